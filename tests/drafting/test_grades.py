"""What a line rests on: a party's own words, another's about it, or a reason."""

from __future__ import annotations

import pytest

import detente
from detente.case.grades import grade, graded, told
from detente.case.model import Basis, Citation

CITE = (Citation("a", "words"),)


@pytest.mark.parametrize(
    ("basis", "want"),
    [
        (Basis(CITE), "own"),
        (Basis(CITE, "Said of it by Brazil."), "other"),
        (Basis(CITE, "Inferred: it does this."), "inferred"),
        (Basis(CITE, "Assumed: as before."), "inferred"),
        (Basis((), "whatever"), "inferred"),
        (Basis(CITE, "A person's note."), "own"),
    ],
)
def test_grades(basis, want):
    assert grade(basis) == want


def test_what_another_says_of_a_party_is_told_so_and_all_three_are_counted(tmp_path):
    (tmp_path / "a.txt").write_text(
        "Brazil demanded that France withdraw its troops.\n\n"
        "“France refused to withdraw its troops,” Brazilian President Luz Prado said.\n\n"
        "France demanded that Brazil reopen the port. Brazil refused to reopen the port.\n"
        "\nFrance suspended its payments to Brazil.\n",
        "utf-8",
    )
    made = detente.draft(tmp_path)
    (refusal,) = [r for r in made.case.refusals if r.party == "france"]
    assert refusal.basis.note == "Said of it by Brazil."
    found = graded(made.case)
    assert found["other"] == 2  # the refusal, and the wish that it is
    # it suspended its payments, so it would rather; and each settles for what it is refused
    assert found["inferred"] == 3
    assert sum(found.values()) == len(
        [s for p in made.case.parties for s in p.preferences.statements]
    ) + len([*made.case.refusals, *made.case.conditions])
    assert told(made.case) in " ".join(str(made).split())
