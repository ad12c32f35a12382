"""What a drafted case holds and what it leaves open, in words and as a document."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence

from detente.case.check import drafts
from detente.case.grades import told
from detente.case.model import Case
from detente.dossier.formula_words import FormulaWords
from detente.dossier.say import show
from detente.dossier.words import plural
from detente.drafting.build import NOBODY
from detente.drafting.gaps import Gap
from detente.drafting.reviewing import MEANING, Proposal
from detente.english.speech import sentence
from detente.reading.records import ReportRecord

WIDTH = 79
MAX_LINES = 37
"""Lines of the summary at most."""

_TRIED = ((None, 4, 6), (2, 4, 6), (1, 4, 6), (1, 4, 4), (1, 3, 3), (1, 2, 2), (1, 2, 1))
"""Rows of an entry at most, positions of each kind and things left open that are told, until all
fits."""

_SHOWN = {"parties": 6, "outcomes": 4, "rules": 1}
"""Entries told of other kinds; the rest is counted."""

_WHOLE = ("conditions", "refusals", "gaps")
"""Kinds whose entries are told whole or not at all: what a party asks stands at the end of its
condition, and what is left open says what to do."""

_HEADINGS = {
    "parties": "Parties and what each could do",
    "outcomes": "Outcomes",
    "rules": "What cannot be",
    "conditions": "Conditions",
    "refusals": "Refusals",
    "gaps": "What the reports leave open",
}


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
    for rows, positions, open_ in _TRIED:
        shown = {**_SHOWN, "conditions": positions, "refusals": positions, "gaps": open_}
        whole = _lines(case, gaps, records, claims, rows, shown)
        if len(whole) <= MAX_LINES:
            break
    return "\n".join(whole)


def _lines(
    case: Case,
    gaps: Sequence[Gap],
    records: Sequence[ReportRecord],
    claims: int,
    rows: int | None,
    shown: Mapping[str, int],
) -> list[str]:
    """Return the lines, each entry on so many rows at most, and so many of each kind."""
    formula = FormulaWords(case)
    copies = sum(r.duplicate_of is not None for r in records)
    copied = f", {plural(copies, 'copy', 'copies')} among them" if copies else ""
    parts = {
        "parties": [
            f"{p.label}: {'; '.join(o.label for o in p.options) or 'nothing that was told'}"
            for p in case.parties
            if p.label != NOBODY
        ],
        "outcomes": [f"{o.name}: {formula.clause(o.formula)}" for o in case.outcomes],
        "rules": [formula.clause(r.formula) for r in case.infeasible],
        "conditions": [formula.said(c) for c in case.conditions],
        "refusals": [formula.said(r) for r in case.refusals],
        "gaps": [gap.text for gap in gaps if gap.kind != "understood"],
    }
    warned = [gap.text for gap in gaps if gap.kind == "understood"]
    lines = [
        *_entry(f"A draft: {case.title}.", "", rows),
        f"  from {plural(len(records), 'report')}{copied}; {plural(claims, 'claim')};"
        f" {plural(drafts(case), 'line')} to go through",
        *(_entry(told(case), "  ", None) if drafts(case) else ()),
        *(line for text in warned for line in _entry(text, "", None)),
    ]
    for kind, texts in parts.items():
        if texts:
            lines.append(_HEADINGS[kind])
        for text in texts[: shown[kind]]:
            lines += _entry(text, "  - ", None if kind in _WHOLE else rows)
        if len(texts) > shown[kind]:
            lines.append(f"    and {len(texts) - shown[kind]:,} more; the case has them all")
    return lines


def _entry(text: str, mark: str, rows: int | None) -> list[str]:
    """Return one entry, cut after some rows; None for whole."""
    return textwrap.wrap(
        show(text),
        WIDTH,
        initial_indent=mark,
        subsequent_indent=" " * len(mark),
        max_lines=rows,
        placeholder=" …",
        break_on_hyphens=False,
    )


def update_text(case: Case, found: Sequence[Proposal]) -> str:
    """Tell what later reports propose, a line each.

    Parameters
    ----------
    case : Case
        The case as it is.
    found : sequence of Proposal
        What would change in it.
    """
    if not found:
        return f"These reports bring nothing new to {show(case.title)}."
    lines = [f"{plural(len(found), 'proposal')} for {show(case.title)}; nothing was touched."]
    for kind, meaning in MEANING.items():
        some = [p for p in found if p.kind == kind]
        lines += [f"{sentence(meaning)}:"] if some else []
        lines += [f"  - {p.id}  {p.party}: {show(p.said)}" for p in some]
    return "\n".join(lines)
