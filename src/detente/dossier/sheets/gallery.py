"""The built-in cases as a table."""

from __future__ import annotations

from collections.abc import Sequence

from detente.dossier.sheets.model import Table
from detente.gallery import Entry


def gallery_table(entries: Sequence[Entry]) -> Table:
    """Return one row a case: its name, title, parties, how many states, how well it is known."""
    rows = tuple((e.name, e.title, ", ".join(e.parties), e.n_states, e.grade) for e in entries)
    return Table("cases", "Built-in cases", ("name", "title", "parties", "states", "grade"), rows)
