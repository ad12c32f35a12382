"""What is in a case, and what is wrong with it, as tables."""

from __future__ import annotations

from collections.abc import Sequence

from detente.case.lines import Line, lines
from detente.case.model import Case
from detente.dossier.sheets.model import Table
from detente.dossier.sheets.wayout import joined
from detente.drafting.gaps import Gap
from detente.errors import Problem
from detente.gallery import Entry


def check_tables(case: Case | None, problems: Sequence[Problem]) -> tuple[Table, ...]:
    """Return what is wrong or doubtful, then the lines of the case, if it can be used."""
    rows = tuple(
        (p.severity, p.place.file, p.place.line or None, p.place.column or None, p.message)
        if p.place
        else (p.severity, None, None, None, p.message)
        for p in problems
    )
    columns = ("severity", "file", "line", "column", "message")
    found = Table("problems", "What is wrong or doubtful", columns, rows)
    return (found,) if case is None else (found, lines_table(case))


def lines_table(case: Case) -> Table:
    """Return every line of a case with what it rests on, in the order of its file."""
    columns = ("kind", "party", "name", "line", "value", "by", "draft", "reports", "quotes", "note")
    return Table("lines", f"Lines of {case.title}", columns, tuple(map(_line, lines(case))), stub=2)


def _line(line: Line) -> tuple[str | bool | None, ...]:
    told = (line.kind, line.party or None, line.name or None, line.said, line.value or None)
    basis = line.basis
    if basis is None:  # such a line rests on nothing but itself
        return (*told, None, None, None, None, None)
    reports = joined(dict.fromkeys(c.report for c in basis.cite)) or None
    quotes = "; ".join(c.quote for c in basis.cite) or None
    return (*told, basis.by or None, basis.draft, reports, quotes, basis.note or None)


def gaps_table(gaps: Sequence[Gap]) -> Table:
    """Return what the reports of a draft leave open."""
    rows = tuple((gap.kind, gap.text) for gap in gaps)
    return Table("gaps", "What the reports leave open", ("about", "gap"), rows)


def gallery_table(entries: Sequence[Entry]) -> Table:
    """Return one row a case: its name, title, parties, how many states, how well it is known."""
    rows = tuple((e.name, e.title, ", ".join(e.parties), e.n_states, e.grade) for e in entries)
    return Table("cases", "Built-in cases", ("name", "title", "parties", "states", "grade"), rows)
