"""What is known of cases, as documents: what a check found, a draft in short, the gallery."""

from __future__ import annotations

from collections.abc import Sequence

from detente.case.check import assumptions, drafts
from detente.case.formula import to_text
from detente.case.model import Case, Condition, Refusal
from detente.dossier.documents.shapes.common import Citation
from detente.dossier.documents.shapes.facts import (
    CheckDocument,
    CheckedCondition,
    CheckedRefusal,
    DraftDocument,
    GalleryCaseDocument,
    GalleryDocument,
    ProblemDocument,
)
from detente.drafting.gaps import Gap
from detente.english.check import sayings
from detente.errors import Problem
from detente.gallery import Entry, Expected
from detente.reading.records import ReportRecord


def check_document(
    source: str, case: Case | None, problems: Sequence[Problem], *, say: bool = False
) -> CheckDocument:
    """Return what a check found; ``case`` is None where there are errors."""
    document: CheckDocument = {
        "case": case.name if case else source,
        "usable": case is not None,
        "problems": [_problem(problem) for problem in problems],
        "conditions": [_condition(c) for c in (case.conditions if case else ())],
        "refusals": [_refusal(r) for r in (case.refusals if case else ())],
        "draft": bool(case and case.draft),
        "draft_lines": drafts(case) if case else 0,
        "assumptions": [
            {"line": assumption.text, "note": assumption.note}
            for assumption in (assumptions(case) if case else ())
        ],
    }
    if say and case:
        document["say"] = [{"what": s.what, "said": list(s.said)} for s in sayings(case)]
    return document


def _problem(problem: Problem) -> ProblemDocument:
    place = problem.place
    return {
        "severity": problem.severity,
        "file": place.file if place else None,
        "line": place.line or None if place else None,
        "column": place.column or None if place else None,
        "message": problem.message,
    }


def _condition(said: Condition) -> CheckedCondition:
    return {
        "id": said.id,
        "party": said.party,
        "option": to_text(said.option),
        "needs": to_text(said.needs),
        "firmness": said.firmness,
        "cite": _cited(said),
    }


def _refusal(said: Refusal) -> CheckedRefusal:
    return {
        "id": said.id,
        "party": said.party,
        "refuses": to_text(said.refuses),
        "firmness": said.firmness,
        "cite": _cited(said),
    }


def _cited(said: Condition | Refusal) -> list[Citation]:
    return [{"report": c.report, "quote": c.quote} for c in said.basis.cite]


def draft_document(
    case: Case, gaps: Sequence[Gap], records: Sequence[ReportRecord], claims: int
) -> DraftDocument:
    """Return what a drafted case holds."""
    today = case.status_quo or ()
    return {
        "title": case.title,
        "as_of": case.as_of.isoformat() if case.as_of else None,
        "reports": len(records),
        "copies": sum(r.duplicate_of is not None for r in records),
        "claims": claims,
        "draft_lines": drafts(case),
        "parties": [
            {
                "name": p.name,
                "label": p.label,
                "options": [{"name": o.name, "label": o.label} for o in p.options],
            }
            for p in case.parties
        ],
        "outcomes": {o.name: to_text(o.formula) for o in case.outcomes},
        "target": to_text(case.target) if case.target is not None else None,
        "status_quo": [n for n, level in zip(case.option_names, today, strict=True) if level],
        "conditions": [
            {"id": c.id, "party": c.party, "option": to_text(c.option), "needs": to_text(c.needs)}
            for c in case.conditions
        ],
        "refusals": [
            {"id": r.id, "party": r.party, "refuses": to_text(r.refuses)} for r in case.refusals
        ],
        "gaps": [{"kind": gap.kind, "text": gap.text} for gap in gaps],
    }


def gallery_document(entries: Sequence[Entry]) -> GalleryDocument:
    """Return the list of built-in cases."""
    return {
        "cases": [
            {
                "name": e.name,
                "title": e.title,
                "parties": list(e.parties),
                "states": e.n_states,
                "class": e.grade,
            }
            for e in entries
        ]
    }


def gallery_case_document(case: Case, known: Expected) -> GalleryCaseDocument:
    """Return what is known about one built-in case."""
    return {
        "case": case.name,
        "title": case.title,
        "source": case.source,
        "class": known.grade,
        "references": list(known.bib),
        "provenance": known.provenance,
        "notes": known.notes,
        "options": list(case.option_names),
        "states": known.n_states,
        "equilibria": {k.concept: list(k.states) for k in known.equilibria if k.party is None},
    }
