"""Sets of states for a terminal: patterns before any list."""

from __future__ import annotations

import math

import numpy as np
from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from detente.case.model import Case
from detente.dossier.tables.patterns import pattern_tables
from detente.dossier.tables.stability import columns_of, groups_of, heading, legend
from detente.dossier.words import Words, plural
from detente.graph.states import StateSet


def states_view(case: Case, found: StateSet, formula: str | None) -> RenderableType:
    """Return how many states there are, and the patterns that say which."""
    n_feasible = len(StateSet(found.feasible, found.feasible, found.space, found.merged))
    if formula is None:
        text = plural(n_feasible, "feasible state")
        cells = math.prod(found.space.levels)
        if excluded := cells - int(np.count_nonzero(found.feasible)):
            text += f"; the rules exclude {excluded:,} of {cells:,} combinations"
    else:
        text = f"{len(found):,} of {plural(n_feasible, 'state')}: {formula}"
    parts: list[RenderableType] = [heading(case.title), Text(text), Text()]
    groups = groups_of(case, found)
    columns = [column for group in groups for column in columns_of(case, group)]
    parts += pattern_tables(case, columns, ("states",))
    parts += legend(case, columns)
    if left_out := sum(group.cover.left_out for group in groups):
        parts.append(Text(f"and {plural(left_out, 'more state')} in further patterns"))
    return Group(*parts)


def states_list(case: Case, found: StateSet, limit: int) -> RenderableType:
    """Return states one by one: their strings and what the parties do."""
    words = Words(case, found.space)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1, 0, 0))
    table.add_column("state", no_wrap=True)
    table.add_column("what the parties do", overflow="fold")
    at = found.at
    for code, state in zip(found.space.codes(at[:limit]), at, strict=False):
        table.add_row(code, Text(words.state_in_line(int(state))))
    more = [Text(f"and {len(at) - limit:,} more")] if len(at) > limit else []
    return Group(Text(), table, *more)
