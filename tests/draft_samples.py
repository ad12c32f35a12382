"""Drafts of the samples, and short views of them, for the tests of drafting."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import detente
from detente.case.formula import to_text
from detente.questions.draft import Draft

SAMPLES = Path(__file__).parent / "drafting" / "samples"
READING = Path(__file__).parent / "reading" / "samples"


@cache
def drafted(name: str) -> Draft:
    """The draft of a sample: a folder of this test's, or a file of the reader's tests."""
    folder = SAMPLES / name
    return detente.draft(folder if folder.is_dir() else READING / f"{name}.txt")


def labels(made: Draft) -> dict[str, list[str]]:
    """Party label to its options' labels."""
    return {p.label: [o.label for o in p.options] for p in made.case.parties}


def conditions(made: Draft) -> set[tuple[str, str]]:
    """What is bound to what, as formulas."""
    return {(to_text(c.option), to_text(c.needs)) for c in made.case.conditions}


def refusals(made: Draft) -> set[tuple[str, str]]:
    """Who refuses what."""
    return {(r.party, to_text(r.refuses)) for r in made.case.refusals}


def wishes(made: Draft, party: str) -> list[str]:
    """A party's preference statements in order."""
    return [to_text(s.formula) for s in made.case.party(party).preferences.statements]
