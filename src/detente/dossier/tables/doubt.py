"""Which states hold in every way that the wishes may be, for a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from detente.case.model import Case
from detente.dossier.tables.stability import heading, plain_table
from detente.dossier.words import listing, plural
from detente.doubt.holding import Doubt, InDoubt
from detente.graph.completions import graded
from detente.graph.model import Graph

MAX_ROWS = 24
"""States shown; what they leave out is counted."""


def doubt_view(case: Case, graph: Graph, found: Doubt) -> RenderableType:
    """Return what holds in every way, and what in some, as a table with a line for each state."""
    if found.n_ways == 1:
        return Text(
            "Nothing about the wishes in this case is left open: one way, and it is told above."
        )
    open_to = [
        f"{party.label} in {ways:,}"
        for party, ways in zip(case.parties, found.ways, strict=True)
        if ways > 1
    ]
    told = (
        f"What is wished may be so: {listing(open_to)}, {plural(found.n_ways, 'way')} in all. "
        f"Each character of a state is an option: {', '.join(case.option_names)}."
    )
    rows = _rows(graph, found.held)
    parts: list[RenderableType] = [heading("What holds in doubt"), Text(told), Text()]
    if rows:
        parts.append(_table(graph, found, rows[:MAX_ROWS], shares=graded(case)))
    else:
        parts.append(Text("No state holds in any way, under any of these concepts."))
    if len(rows) > MAX_ROWS:
        parts.append(Text(f"and {plural(len(rows) - MAX_ROWS, 'more state')} in some way"))
    parts += [Text(line) for line in _bounds(found.held)]
    return Group(*parts)


def _rows(graph: Graph, held: Sequence[InDoubt]) -> list[int]:
    """Return the states that hold in some way, those that hold most surely first."""
    some = np.logical_or.reduce([h.possible for h in held])
    somewhere: list[int] = graph.states(some).at.tolist()

    def sure(state: int) -> tuple[int, Fraction]:
        always = sum(bool(h.necessary.flat[state]) for h in held)
        return -always, -sum((h.share(state) for h in held if h.counts), Fraction(0))

    return sorted(somewhere, key=sure)


def _table(graph: Graph, found: Doubt, rows: Sequence[int], *, shares: bool) -> Table:
    table = plain_table("state")
    for held in found.held:
        table.add_column(held.concept.name, justify="right")
    for state, code in zip(rows, graph.codes(np.array(rows)), strict=True):
        table.add_row(code, *(_cell(held, state, found.n_ways, shares) for held in found.held))
    return table


def _cell(held: InDoubt, state: int, ways: int, shares: bool) -> str:
    if held.necessary.flat[state]:
        return "always"
    if not held.possible.flat[state]:
        return "–"
    if not held.counts and held.hits is None:
        return "perhaps"
    if not held.counts:
        low, high = (round(100 * bound) for bound in held.interval(state))
        return f"{low} to {high} %"
    told = f"{held.times(state):,} of {ways:,}"
    return f"{told}, {100 * float(held.share(state)):.0f} %" if shares else told


def _bounds(held: Sequence[InDoubt]) -> list[str]:
    names = [h.concept.name for h in held if h.how == "bounds"]
    if not names:
        return []
    return [
        f"Under {listing(names)} there are too many ways to go through: 'always' is sure, and what "
        f"is not shown never holds; {_between(held)}"
    ]


def _between(held: Sequence[InDoubt]) -> str:
    """Say what the other cells mean."""
    draws = max(h.draws for h in held if h.how == "bounds")
    if not draws:
        return "'perhaps' may be always, sometimes or never."
    return (
        f"of the rest {draws} ways were drawn, and the share in which it holds lies between the "
        "bounds shown, 19 times of 20."
    )
