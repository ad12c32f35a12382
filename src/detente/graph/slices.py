"""The moves of one party from one state: what witnesses and small searches need.

A single state is a flat index into the state arrays.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from detente.graph.blocks import Blocks
from detente.graph.model import Graph, Party
from detente.graph.moves import blocks_of_party


def moves_at(graph: Graph, party: Party, state: int) -> NDArray[np.intp]:
    """Return the states the party can move to from one state, in ascending order."""
    return _own_changes(graph, party, state, back=False)


def improvements_at(graph: Graph, party: Party, state: int) -> NDArray[np.intp]:
    """Return the states the party can move to and prefers to the one it leaves."""
    states = moves_at(graph, party, state)
    ranks = graph.ranks[party].ravel()
    better: NDArray[np.intp] = states[ranks[states] > ranks[state]]
    return better


def own_assignment(graph: Graph, party: Party, states: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return the number (from 0) of the party's own assignment in each state."""
    if graph.rows is not None:
        return own_numbers(graph, party)[states]
    axes = graph.axes[party]
    after = math.prod(graph.shape[axes.stop :])
    return states // after % math.prod(graph.shape[axes])


def joint_states(graph: Graph, choices: Sequence[NDArray[np.intp]]) -> NDArray[np.intp]:
    """Return the state of each joint choice of own assignments, -1 where it is not feasible.

    Parameters
    ----------
    choices : sequence of int arrays
        For each party some of its own assignments, as :func:`own_assignment` numbers them.

    Returns
    -------
    int array, one axis a party
    """
    grid = np.ix_(*choices)
    if graph.rows is None:
        sizes = [math.prod(graph.shape[own]) for own in graph.axes]
        states = np.asarray(np.ravel_multi_index(grid, sizes))
        return np.where(graph.feasible.ravel()[states], states, -1)
    at: NDArray[np.intp] = np.zeros((1,) * len(choices), np.intp)
    for (known, n), chosen in zip(_prefixes(graph), grid, strict=True):
        wanted = at * n + chosen
        found = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
        at = np.where((at >= 0) & (known[found] == wanted), found, -1)
    last = _last_places(graph)
    return np.where(at >= 0, last[at], -1)


def _prefixes(graph: Graph) -> list[tuple[NDArray[np.intp], int]]:
    """Return for each party the joint assignments of it and those before it, as rising keys.

    A key is the position of the assignment of those before, times how many assignments the party
    has, plus the number of its own.
    """
    rows = graph.rows
    assert rows is not None

    def work() -> list[tuple[NDArray[np.intp], int]]:
        found = []
        at: NDArray[np.intp] = np.zeros(len(rows.table), np.intp)
        for party in range(len(graph.parties)):
            own = own_numbers(graph, party)
            n = int(own.max(initial=0)) + 1
            known, inverse = np.unique(at * n + own, return_inverse=True)
            at = inverse.reshape(-1)
            found.append((known, n))
        rows.kept["last places"] = np.argsort(at, kind="stable")
        return found

    return rows.once("prefixes", work)


def _last_places(graph: Graph) -> NDArray[np.intp]:
    """Return the state at each position among the joint assignments of all parties."""
    assert graph.rows is not None
    places: NDArray[np.intp] = graph.rows.kept["last places"]
    return places


def own_numbers(graph: Graph, party: Party) -> NDArray[np.intp]:
    """Return for each state of a list the number (from 0) of the party's own assignment."""
    rows = graph.rows
    if rows is None:
        raise TypeError("states stored as arrays are numbered by own_assignment")
    axes = range(graph.axes[party].start, graph.axes[party].stop)
    return rows.once(("own", axes), lambda: rows.number(axes))


def sources_at(graph: Graph, party: Party, state: int, *, improving: bool) -> NDArray[np.intp]:
    """Return the states from which one move (or improvement) of the party leads to a state."""
    states = _own_changes(graph, party, state, back=True)
    if improving:
        ranks = graph.ranks[party].ravel()
        states = states[ranks[states] < ranks[state]]
    return states


def _own_changes(graph: Graph, party: Party, state: int, *, back: bool) -> NDArray[np.intp]:
    if graph.rows is not None:
        return _in_blocks(blocks_of_party(graph, party), state, back=back)
    axes = graph.axes[party]
    levels = np.unravel_index(state, graph.shape)
    offsets: NDArray[np.intp] = np.zeros((), np.intp)
    for axis in range(axes.start, axes.stop):
        stride = math.prod(graph.shape[axis + 1 :])
        allowed = graph.changes[axis].T if back else graph.changes[axis]
        change = np.flatnonzero(allowed[levels[axis]]) - levels[axis]
        offsets = np.add.outer(offsets, change * stride)
    states = np.sort(state + offsets.ravel())
    kept: NDArray[np.intp] = states[graph.feasible.ravel()[states] & (states != state)]
    return kept


def _in_blocks(table: Blocks, state: int, *, back: bool) -> NDArray[np.intp]:
    """Return the other states of the blocks that a state's block leads to, in ascending order."""
    own = int(table.block[state])
    ways = table.back if back else table.ways
    into = [own] if ways is None else ways.of(own).tolist()
    states = np.concatenate([table.members(block) for block in into])
    kept: NDArray[np.intp] = np.sort(states[states != state])
    return kept
