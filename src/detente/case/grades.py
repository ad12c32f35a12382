"""What a line of a case rests on: a party's own words, another's words about it, or a reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Literal, TypeAlias

from detente.case.lines import cited
from detente.case.model import Basis, Case

Grade: TypeAlias = Literal["own", "other", "inferred"]

INFERRED = "Inferred"
OTHER = "Said of it by"
"""How the note of a line begins that rests on a reason, or on what another says."""

_ASSUMED = ("Inferred", "Assumed")


def grade(basis: Basis) -> Grade:
    """Return what a line rests on; a line without words is inferred."""
    if not basis.cite or basis.note.startswith(_ASSUMED):
        return "inferred"
    return "other" if basis.note.startswith(OTHER) else "own"


def graded(case: Case) -> Mapping[Grade, int]:
    """Return how many lines of a case rest on what; all three are there."""
    found = Counter(grade(basis) for _, _, basis in cited(case))
    return {"own": found["own"], "other": found["other"], "inferred": found["inferred"]}


def told(case: Case) -> str:
    """Return the count of all three, as text."""
    found = graded(case)
    return _graded_text(found) + by_model(case)


def asked_model(case: Case) -> bool:
    """Return whether a language model was asked for lines of a case, too."""
    dropped = case.understood is not None and case.understood.dropped
    return bool(dropped) or any(basis.by for _, _, basis in cited(case))


def found_by(basis: Basis, *, asked: bool) -> str:
    """Return who found a line, as text; empty where no model was asked, or a person wrote it."""
    if not asked or not (basis.draft or basis.by):
        return ""
    if basis.by == "both":
        return "found by the reader and by the model"
    return f"found by the {basis.by or 'reader'} alone: look at it"


def by_model(case: Case) -> str:
    """Return how many lines a language model proposed alone, and what was dropped; mostly empty."""
    lines = [basis for _, _, basis in cited(case)]
    alone = sum(basis.by == "model" for basis in lines)
    n = case.understood.dropped if case.understood is not None else 0
    if not asked_model(case):
        return ""
    dropped = f"; {n} proposal{'s were' if n != 1 else ' was'} dropped" if n else ""
    return (
        f"; {alone} of {len(lines)} lines {'were' if alone != 1 else 'was'} proposed by a model"
        f" alone; every quotation stands in the reports{dropped}"
    )


def _graded_text(found: Mapping[Grade, int]) -> str:
    return (
        f"{found['own']} of {sum(found.values())} lines rest on a party's own words,"
        f" {found['other']} on another's about it, {found['inferred']} inferred"
    )
