"""The dossier of a case of more than thirty options."""

from __future__ import annotations

import pytest

import detente


@pytest.mark.slow
def test_a_case_of_thirty_three_options_is_answered_like_any_other():
    found = detente.brief(detente.load("nile-2021"))
    document = found.document()
    text = str(document)
    assert "combinations of levels; a dossier asks" not in text
    told = " ".join("\n".join(map(str, found.told())).split())
    # By hand: the Union's chair offers talks, Ethiopia wants the Union alone, and Egypt attends
    # only if others mediate beside it; so these two words cannot both be kept.
    assert "Egypt will attend the talks only if the African Union holds the talks with" in told
    assert "Ethiopia will not agree to the African Union holding the talks with" in told
