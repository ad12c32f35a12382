"""The slide by mistake for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from detente.case.model import Case
from detente.dossier.tables.stability import heading
from detente.dossier.text.risk import Row, rows, share_rows, title_of
from detente.risk.scenario import Scenario

BESIDE = 2
"""What-ifs in one table, beside the case as it is."""

BARS = "▁▂▃▄▅▆▇█"


def risk_tables(case: Case, scenarios: Sequence[Scenario]) -> RenderableType:
    """Return the figures, side by side for every what-if; as many tables as 80 columns take."""
    others = scenarios[1:]
    pieces = [others[k : k + BESIDE] for k in range(0, len(others), BESIDE)] or [others]
    tables = [_table(case, [scenarios[0], *piece]) for piece in pieces]
    return Group(*(part for table in tables for part in (table, Text())))


def _table(case: Case, scenarios: Sequence[Scenario]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 2, 0, 0))
    table.add_column("", max_width=24, overflow="fold")
    for one in scenarios:
        table.add_column(Text(title_of(one)), justify="right", overflow="fold", max_width=15)
    for row in [*rows(scenarios), *_curves(scenarios)]:
        table.add_row(Text(row.label), *map(Text, row.cells))
    table.add_section()
    table.add_row(Text("points for one point", style="bold"))
    table.add_row(Text("more missteps of", style="bold"))
    for row in share_rows(case, scenarios):
        table.add_row(Text(f"  {row.label}"), *map(Text, row.cells))
    return table


def _curves(scenarios: Sequence[Scenario]) -> list[Row]:
    """Return danger over time and over misstep rates as rows of bars."""
    last = len(scenarios[0].hitting.within) - 1
    found = []
    if last:
        ticks = np.linspace(0, last, min(13, last + 1)).astype(int)
        bars = tuple(bar_line(s.hitting.within[ticks].tolist()) for s in scenarios)
        found.append(Row(f"danger, ticks 0 to {last:,}", bars))
    rates = scenarios[0].rates
    if len(rates) > 1:
        bars = tuple(bar_line(s.over_rates.tolist()) for s in scenarios)
        label = f"missteps {rates[0]:g} to {rates[-1]:g}"
        found.append(Row(label, bars))
    return found


def bar_line(chances: Sequence[float]) -> str:
    """Return probabilities as bars: the lowest for 0, a full one for 1."""
    return "".join(BARS[round(p * 7)] for p in chances)


def risk_heading(case: Case) -> RenderableType:
    """Return the case's title."""
    return Group(heading(case.title), Text())
