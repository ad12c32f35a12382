"""What a table is: a title, named columns, rows; whatever it is written as."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from detente.errors import DetenteError

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

Cell: TypeAlias = str | int | float | bool | None
"""None where there is nothing to tell."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table of an answer.

    Parameters
    ----------
    name : str
        One word that tells it from the other tables of the answer.
    title : str
        What stands above it.
    columns : tuple of str
        Their names; one that is there already gets a number.
    rows : tuple of tuple of (str, int, float, bool or None)
        As many cells in each as there are columns.
    stub : int
        So many columns on the left say what a row is; they are repeated where a wide table is
        broken.
    """

    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    stub: int = 1

    def __post_init__(self) -> None:
        object.__setattr__(self, "columns", distinct(self.columns))
        assert all(len(row) == len(self.columns) for row in self.rows), "rows are whole"

    def frame(self) -> pd.DataFrame | pl.DataFrame:
        """Return the table as a data frame, of pandas or else of polars.

        Raises
        ------
        ImportError
            If neither library is installed.
        """
        from detente.stability.analysis import data_frame

        cells = zip(*self.rows, strict=True) if self.rows else ([] for _ in self.columns)
        return data_frame(
            {name: list(column) for name, column in zip(self.columns, cells, strict=True)}
        )


def distinct(names: Sequence[str]) -> tuple[str, ...]:
    """Return names with a number behind each that was there before."""
    found: dict[str, None] = {}
    for name in names:
        one = name
        for k in itertools.count(2):
            if one not in found:
                break
            one = f"{name} ({k})"
        found[one] = None
    return tuple(found)


def shown(cell: Cell) -> str:
    """Return a cell as people read it, on one line."""
    match cell:
        case None:
            return "–"
        case bool():
            return "yes" if cell else "no"
        case float():
            return f"{cell:.4g}"
    return one_line(str(cell))


def one_line(text: str) -> str:
    """Return text without line ends and other characters that steer a page."""
    plain = (" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in text)
    return " ".join("".join(plain).split())


def broken(table: Table, most: int) -> Iterator[Table]:
    """Yield a table in pieces of so many columns at most, those on the left repeated."""
    left, room = table.stub, max(1, most - table.stub)
    if len(table.columns) <= max(most, left + 1):
        yield table
        return
    for start in range(left, len(table.columns), room):
        taken = [*range(left), *range(start, min(start + room, len(table.columns)))]
        yield of_columns(table, taken, continued=start > left)


def of_columns(table: Table, taken: Sequence[int], *, continued: bool = False) -> Table:
    """Return some columns of a table."""
    return replace(
        table,
        title=f"{table.title} (continued)" if continued else table.title,
        columns=tuple(table.columns[k] for k in taken),
        rows=tuple(tuple(row[k] for k in taken) for row in table.rows),
    )


def chosen(tables: Sequence[Table], name: str | None) -> tuple[Table, ...]:
    """Return the table of a name, or all of them where none is named.

    Raises
    ------
    DetenteError
        If there is none of that name; the message lists those that there are.
    """
    if name is None:
        return tuple(tables)
    found = tuple(table for table in tables if table.name == name)
    if not found:
        known = ", ".join(table.name for table in tables)
        raise DetenteError(f"there is no table '{name}'; tables of this answer: {known}")
    return found
