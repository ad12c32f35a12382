"""What a dossier rests on, as a document: the case's facts and the evidence."""

from __future__ import annotations

from detente.case.check import assumptions, drafts
from detente.case.formula import to_text
from detente.case.lines import cited
from detente.case.model import Basis, Case, Condition, Refusal
from detente.dossier.answers import Answers, Plan
from detente.dossier.documents.shapes.brief import PlanFacts
from detente.dossier.documents.shapes.facts import (
    Basis as BasisFacts,
)
from detente.dossier.documents.shapes.facts import (
    CaseFacts,
    ConditionFacts,
    EvidenceFacts,
    PartyFacts,
    RefusalFacts,
    ReportFacts,
)
from detente.reading.records import claim_facts
from detente.wayout.deadlock import everything_said


def plan_document(plan: Plan) -> PlanFacts:
    """Return what was asked."""
    return {
        "source": plan.source,
        "concept": plan.concept,
        "concepts": list(plan.concepts),
        "joint": plan.joint,
        "cost": plan.cost,
        "target": plan.target or None,
        "earlier": plan.compared or None,
    }


def case_document(answers: Answers) -> CaseFacts:
    """Return the case's facts: who can do what, what was said, how much of it is sourced."""
    case = answers.case
    lines, assumed = len(list(cited(case))), len(assumptions(case))
    return {
        "name": case.name,
        "title": case.title,
        "as_of": case.as_of.isoformat() if case.as_of else None,
        "source": case.source,
        "draft": case.draft,
        "target": None if case.target is None else to_text(case.target),
        "earlier": case.earlier or None,
        "lines": lines,
        "sourced": lines - assumed,
        "assumed": assumed,
        "draft_lines": drafts(case),
        "warnings": [problem.message for problem in answers.warnings],
        "parties": _parties(case),
        "outcomes": [
            {"name": o.name, "label": o.label, "formula": to_text(o.formula)} for o in case.outcomes
        ],
        "infeasible": [{"formula": to_text(r.formula), **_basis(r.basis)} for r in case.infeasible],
        "equivalent": [{"formula": to_text(r.formula), **_basis(r.basis)} for r in case.equivalent],
        "said": {said.id: _said(said) for said in everything_said(case)},
    }


def _parties(case: Case) -> list[PartyFacts]:
    today = case.status_quo
    return [
        {
            "name": party.name,
            "label": party.label,
            "options": [
                {
                    "name": option.name,
                    "label": option.label,
                    "levels": list(option.levels),
                    "today": None
                    if today is None
                    else option.levels[today[case.axis_of[party.name, option.name]]],
                }
                for option in party.options
            ],
        }
        for party in case.parties
    ]


def _said(said: Condition | Refusal) -> ConditionFacts | RefusalFacts:
    if isinstance(said, Condition):
        return {
            "party": said.party,
            "firmness": said.firmness,
            "kind": "condition",
            "option": to_text(said.option),
            "needs": to_text(said.needs),
            **_basis(said.basis),
        }
    return {
        "party": said.party,
        "firmness": said.firmness,
        "kind": "refusal",
        "refuses": to_text(said.refuses),
        **_basis(said.basis),
    }


def _basis(basis: Basis) -> BasisFacts:
    return {
        "cite": [{"report": c.report, "quote": c.quote} for c in basis.cite],
        "note": basis.note,
        "draft": basis.draft,
    }


def evidence_document(answers: Answers) -> EvidenceFacts:
    """Return the reports, which of them repeat others, and the claims."""
    evidence = answers.evidence
    records = {record.report: record for record in evidence.records}
    quotes = [c for _, _, basis in cited(answers.whole) for c in basis.cite]
    reports: list[ReportFacts] = []
    for report in evidence.reports:
        record = records.get(report.id)
        reports.append(
            {
                "id": report.id,
                "title": report.title,
                "source": report.source,
                "date": report.date,
                "url": report.url,
                "sha256": report.sha256,
                "read": record is not None,
                "duplicate_of": record.duplicate_of if record else None,
                "duplicate_kind": record.duplicate_kind if record else None,
                "shared": record.shared if record else 0.0,
                "claims": sum(claim.report == report.id for claim in evidence.claims),
            }
        )
    return {
        "reports": reports,
        "copies": evidence.copies,
        "originals": len(reports) - evidence.copies,
        "citations": len(quotes),
        "not_found": sum(evidence.locate(quote) is None for quote in quotes),
        "reviewed": evidence.reviewed,
        "notes": list(evidence.notes),
        "claims": [claim_facts(claim) for claim in evidence.claims],
    }
