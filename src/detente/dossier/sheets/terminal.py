"""Tables for a terminal: wide ones are broken into pieces, one below the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich import box
from rich.cells import cell_len
from rich.console import RenderableType
from rich.table import Table as Drawn
from rich.text import Text

from detente.dossier.sheets.model import Table, of_columns, shown

WIDEST = 36
"""Columns of the terminal that one column of a broken table takes at most."""

BETWEEN = 2
"""Columns of the terminal between two columns of a table."""

WORD = 24
"""Longer words are broken where a table would not fit otherwise."""

Piece = tuple[Table, list[int]]
"""A table that fits, and how wide each of its columns is, the distance to the next one counted."""


def terminal_view(tables: Sequence[Table], width: int) -> Iterator[RenderableType]:
    """Yield tables that fit into so many columns of a terminal."""
    for number, table in enumerate(tables):
        if number:
            yield Text()
        for place, (piece, widths) in enumerate(fitting(table, width)):
            if place:
                yield Text()
            yield Text(shown(piece.title), style="bold")
            yield _drawn(piece, widths)
        if not table.rows:
            yield Text("none")


def fitting(table: Table, width: int) -> Iterator[Piece]:
    """Yield a table in pieces that fit: whole if its words can be folded, broken otherwise.

    The columns on the left are repeated; they take half of the terminal together.
    """
    natural = [max(map(cell_len, _column(table, k))) + BETWEEN for k in range(len(table.columns))]
    if whole := _folded(table, natural, width):
        yield table, whole
        return
    half = max(8, width // (2 * table.stub) - BETWEEN)
    left = [min(half, wide - BETWEEN) + BETWEEN for wide in natural[: table.stub]]
    room = max(4, min(WIDEST, width - sum(left) - BETWEEN))
    widths = [*left, *(min(room, wide - BETWEEN) + BETWEEN for wide in natural[table.stub :])]
    start = table.stub
    while start < len(widths):
        used, end = sum(widths[: table.stub]), start
        while end < len(widths) and (end == start or used + widths[end] <= width):
            used += widths[end]
            end += 1
        taken = [*range(table.stub), *range(start, end)]
        piece = of_columns(table, taken, continued=start > table.stub)
        yield piece, [widths[k] for k in taken]
        start = end


def _folded(table: Table, natural: Sequence[int], width: int) -> list[int]:
    """Return the widths with which a whole table fits, the widest narrowed; empty if it cannot."""
    widths = list(natural)
    least = [
        min(
            WORD,
            max(cell_len(word) for text in _column(table, k) for word in (text.split() or [""])),
        )
        + BETWEEN
        for k in range(len(widths))
    ]
    if sum(map(min, widths, least)) > width:
        return []
    while sum(widths) > width:
        widest = max(range(len(widths)), key=lambda k: widths[k] if widths[k] > least[k] else 0)
        widths[widest] -= 1
    return widths


def _column(table: Table, k: int) -> list[str]:
    return [shown(table.columns[k]), *(shown(row[k]) for row in table.rows)]


def _drawn(table: Table, widths: Sequence[int]) -> Drawn:
    drawn = Drawn(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1, 0, 0))
    for name, wide in zip(table.columns, widths, strict=True):
        drawn.add_column(Text(shown(name)), overflow="fold", width=wide - BETWEEN)
    for row in table.rows:
        drawn.add_row(*[Text(shown(cell)) for cell in row])
    return drawn
