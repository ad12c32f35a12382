"""Which lines of a case rest on unconfirmed reports alone, and the case without them.

Grades are those of the Admiralty scale. A citation counts as unconfirmed if its source is graded D,
E or F, or what it says 4, 5 or 6; one that nobody has graded does not. A line rests on unconfirmed
reports alone if it has citations and all of them are unconfirmed.
"""

from __future__ import annotations

from dataclasses import replace

from detente.case.lines import cited
from detente.case.model import Basis, Case, Citation, Party, Statements

DOUBTFUL = 4
"""From which grade on what is said is doubtful, improbable or cannot be judged."""


def is_unconfirmed(cite: Citation) -> bool:
    """Whether a citation is graded so that it confirms nothing."""
    return cite.reliability in tuple("DEF") or cite.credibility >= DOUBTFUL


def rests_on_unconfirmed(basis: Basis) -> bool:
    """Whether a line has citations, all of them unconfirmed."""
    return bool(basis.cite) and all(map(is_unconfirmed, basis.cite))


def unconfirmed(case: Case) -> int:
    """Return how many wishes, conditions and refusals rest on unconfirmed reports alone."""
    bases = [basis for party in case.parties for basis in _wishes(party)]
    bases += [one.basis for one in case.conditions]
    bases += [one.basis for one in case.refusals]
    return sum(map(rests_on_unconfirmed, bases))


def confirmed(case: Case) -> Case:
    """Return a case without the wishes, conditions and refusals of :func:`unconfirmed`."""
    return replace(
        case,
        parties=tuple(map(_confirmed, case.parties)),
        conditions=tuple(c for c in case.conditions if not rests_on_unconfirmed(c.basis)),
        refusals=tuple(r for r in case.refusals if not rests_on_unconfirmed(r.basis)),
    )


def by_grade(case: Case) -> dict[str, int]:
    """Return how many reports are graded so, by the best grade of a source; ungraded ones as ""."""
    best: dict[str, str] = {}
    for _, _, basis in cited(case):
        for cite in basis.cite:
            known = best.get(cite.report, "")
            grades = [grade for grade in (known, cite.reliability) if grade]
            best[cite.report] = min(grades, default="")
    found = sorted(best.values(), key=lambda grade: grade or "Z")
    return {grade: found.count(grade) for grade in dict.fromkeys(found)}


def _wishes(party: Party) -> list[Basis]:
    wants = party.preferences
    return [s.basis for s in wants.statements] if isinstance(wants, Statements) else []


def _confirmed(party: Party) -> Party:
    wants = party.preferences
    if not isinstance(wants, Statements):
        return party
    kept = tuple(s for s in wants.statements if not rests_on_unconfirmed(s.basis))
    return party if kept == wants.statements else replace(party, preferences=Statements(kept))
