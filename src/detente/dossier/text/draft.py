"""What a drafted case holds and what it leaves open, in words and as a document."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from detente.case.check import drafts
from detente.case.formula import to_text
from detente.case.model import Case
from detente.dossier.formula_words import FormulaWords
from detente.dossier.text.digest import show
from detente.dossier.words import plural
from detente.drafting.gaps import Gap
from detente.reading.records import ReportRecord

WIDTH = 79
_LINES = {"parties": 6, "outcomes": 3, "conditions": 5, "refusals": 5, "gaps": 8}
"""Entries told of each kind; the others are counted."""


def draft_text(
    case: Case, gaps: Sequence[Gap], records: Sequence[ReportRecord], claims: int
) -> str:
    """Tell what a drafted case holds, at most 40 lines of 80 columns.

    Parameters
    ----------
    case : Case
        The drafted case.
    gaps : sequence of Gap
        What the reports leave open.
    records : sequence of ReportRecord
        The reports.
    claims : int
        How many claims were found.
    """
    formula = FormulaWords(case)
    copies = sum(r.duplicate_of is not None for r in records)
    copied = f", {plural(copies, 'copy', 'copies')} among them" if copies else ""
    lines = [
        *_entry(f"A draft: {case.title}.", ""),
        f"  from {plural(len(records), 'report')}{copied}; {plural(claims, 'claim')};"
        f" {plural(drafts(case), 'line')} to go through",
        "Parties and what each could do",
    ]
    parties = [f"{p.label}: {'; '.join(o.label for o in p.options)}" for p in case.parties]
    lines += _some("parties", parties)
    lines.append("Outcomes")
    lines += _some("outcomes", [f"{o.name}: {formula.clause(o.formula)}" for o in case.outcomes])
    if case.conditions:
        lines.append("Conditions")
        lines += _some("conditions", [formula.said(c) for c in case.conditions])
    if case.refusals:
        lines.append("Refusals")
        lines += _some("refusals", [formula.said(r) for r in case.refusals])
    if gaps:
        lines.append("What the reports leave open")
        lines += _some("gaps", [gap.text for gap in gaps])
    return "\n".join(lines)


def _some(kind: str, texts: Sequence[str]) -> Iterator[str]:
    """Yield the first entries of a kind, a line each, and how many more there are."""
    for text in texts[: _LINES[kind]]:
        yield from _entry(text, "  - ")
    if len(texts) > _LINES[kind]:
        yield f"    and {len(texts) - _LINES[kind]:,} more; the case has them all"


def _entry(text: str, mark: str) -> list[str]:
    """Return one entry on one line, cut where it is too long."""
    return [mark + textwrap.shorten(show(text), WIDTH - len(mark), placeholder=" …")]


def draft_document(
    case: Case, gaps: Sequence[Gap], records: Sequence[ReportRecord], claims: int
) -> dict[str, object]:
    """Return what a drafted case holds as a JSON document."""
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
        "status_quo": [
            n for n, level in zip(case.option_names, today, strict=True) if level
        ],
        "conditions": [
            {"id": c.id, "party": c.party, "option": to_text(c.option), "needs": to_text(c.needs)}
            for c in case.conditions
        ],
        "refusals": [
            {"id": r.id, "party": r.party, "refuses": to_text(r.refuses)} for r in case.refusals
        ],
        "gaps": [{"kind": gap.kind, "text": gap.text} for gap in gaps],
    }
