"""Sentences of disputes of chance that were wrong once, as an editor put them right."""

from __future__ import annotations

from pathlib import Path

import disputes
import pytest
import told

import detente
from detente.dossier.sections import page
from detente.questions.brief import brief

MENDED = {
    16: (
        "It is unlikely (about 34 in 100) that the dispute is over by mistake before there is a "
        "long blockade.",
    ),
    17: (
        "One thing in the case is doubtful, and ‘detente check’ says what.",
        "Ostrava wants to shut the pipeline and the environmentalists not to seize the ferry.",
        "In some of them, the settlers publish the figures, shut the pipeline and do not go to "
        "court.",
        "The settlers alone can bring about a lasting situation in which the two sides talk, and "
        "can prevent it as well.",
        "The present situation is painful for the settlers.",
    ),
    19: (
        "The settlers give up their claim to the islands and let a few inspectors in.",
        "If they let a few inspectors in and no longer give up their claim to the islands, they "
        "gain, and nothing the others would do undoes that gain.",
        "In one situation, all three parties would be better off than now, but there is no long "
        "blockade in it.",
    ),
    20: ("Two steps, of which none pays at once.",),
    24: ("The European Union could stop insisting on signing.",),
    26: ("Not both sides hold their fire because Harvia refuses to lift the embargo.",),
    28: (
        "If the others move only where they gain by it, it comes about if no party prevents it, "
        "and Marland and the Port Authority can each prevent it.",
    ),
    29: ("They are most divided over what the dockers do.",),
    33: (
        "In one situation all others gain, but the Port Authority loses the 1st of its wishes, "
        "the Lake Commission not to give up its claim to the islands, and the Town of Aldersea "
        "is no better off than now.",
    ),
    37: ("The southern provinces are as well off as now.",),
}
"""By the number of the case."""


@pytest.mark.parametrize("seed", MENDED)
def test_what_an_editor_mended_is_said_so(seed: int, tmp_path: Path) -> None:
    file, target = disputes.write(tmp_path, seed)
    said = told.sentences(page(brief(file, target=target)))
    assert [one for one in MENDED[seed] if one not in said] == []


def test_reasons_of_several_are_theirs(tmp_path: Path) -> None:
    file, _ = disputes.write(tmp_path, 38)
    said = str(detente.explain(detente.load(file), "status_quo"))
    assert "The environmentalists do nothing (their 7th best of 10)" in said
    assert "The environmentalists stay: no move of their own is better for them." in said
