"""Sets of states as tables for a terminal: options as rows, patterns as columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich import box
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from detente.case.model import Case
from detente.dossier.words import is_plain
from detente.stability.patterns import Pattern

WIDTH = 80
LABEL_WIDTH = 38
HEAD_WIDTH = 9


@dataclass(frozen=True, slots=True)
class Column:
    """One pattern and what is said of it.

    Parameters
    ----------
    outcomes : tuple of str
        Names of the outcomes that hold, above the levels.
    pattern : Pattern
        A level, or None where any will do, for each option.
    notes : tuple of str
        Below the levels, one for each row name.
    """

    outcomes: tuple[str, ...]
    pattern: Pattern
    notes: tuple[str, ...]


def pattern_tables(
    case: Case, columns: Sequence[Column], rows: Sequence[str]
) -> Iterator[RenderableType]:
    """Yield tables of 80 columns, as many as the patterns need; a dot stands for any level.

    Parameters
    ----------
    case : Case
        Labels come from here.
    columns : sequence of Column
        From left to right.
    rows : sequence of str
        Names of the notes.
    """
    labels = [f"  {o.label}" for _, o in case.options] + [p.label for p in case.parties]
    label_width = min(LABEL_WIDTH, max(map(len, labels), default=0))
    start = 0
    while start < len(columns):
        if start:
            yield Text()
        used, end = label_width + 2, start
        while end < len(columns) and used + _width(case, columns[end]) + 2 <= WIDTH:
            used += _width(case, columns[end]) + 2
            end += 1
        end = max(end, start + 1)
        yield _table(case, columns[start:end], rows, label_width)
        start = end


def _width(case: Case, column: Column) -> int:
    levels = [
        option.levels[level]
        for (_, option), level in zip(case.options, column.pattern, strict=True)
        if level is not None
    ]
    return max(3, *map(len, [*levels, *column.notes, *_head(column).split("\n")]))


def _head(column: Column) -> str:
    """Return the outcomes' names, long ones broken at an underscore."""
    broken = [n if len(n) <= HEAD_WIDTH else n.replace("_", "_\n") for n in column.outcomes]
    return "\n".join(broken)


def _table(case: Case, columns: Sequence[Column], rows: Sequence[str], label_width: int) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1, 0, 0))
    table.add_column(width=label_width, overflow="fold")
    for column in columns:
        table.add_column(Text(_head(column)), width=_width(case, column), overflow="fold")
    for party in case.parties:
        if party.options:
            table.add_row(Text(party.label, style="bold"))
        for option in party.options:
            axis = case.axis_of[party.name, option.name]
            cells = []
            for column in columns:
                level = column.pattern[axis]
                if level is None:
                    cells.append(Text("·", style="dim"))
                else:
                    strong = "bold" if level and is_plain(option) else ""
                    cells.append(Text(option.levels[level], style=strong))
            table.add_row(Text(f"  {option.label}"), *cells)
    table.add_section()
    for k, name in enumerate(rows):
        table.add_row(Text(name), *[Text(column.notes[k]) for column in columns])
    return table
