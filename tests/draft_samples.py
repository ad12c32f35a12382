"""Drafts of the samples, and short views of them, for the tests of drafting."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import detente
from detente.case.formula import to_text
from detente.questions.draft import Draft
from rules_alone import rules_alone

SAMPLES = Path(__file__).parent / "drafting" / "samples"
READING = Path(__file__).parent / "reading" / "samples"


@cache
def drafted(name: str) -> Draft:
    """The draft of a sample: a folder of this test's, or a file of the reader's tests."""
    folder = SAMPLES / name
    with rules_alone():
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


def fresh(name: str) -> Path:
    """A path of this name in a folder of its own."""
    return Path(mkdtemp()) / name


REPORT = (
    "Spain demanded talks. Portugal refused to close the pass. Spain offered grain. Portugal "
    "demanded that Spain withdraw. Spain threatened to shut the border."
)
LATER = "Portugal dropped its demand and offered to repair the road."


def pass_report(text: str = REPORT) -> Path:
    """A file with a short report of a pass, and of two who quarrel over it."""
    file = fresh(f"pass-{len(text)}.txt")
    file.write_text(text, "utf-8")
    return file


def doubtful() -> Path:
    """A case with a warning: what its outcome asks cannot be."""
    file = fresh("case.yaml")
    file.write_text(
        "title: t\nparties: {a: {options: {x: Go, y: Stay}}}\npreferences: {a: [a.x]}\n"
        "infeasible: [a.x and a.y]\noutcomes: {both: a.x and a.y}\n",
        "utf-8",
    )
    return file
