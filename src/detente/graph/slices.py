"""The moves of one party from one state: what witnesses and small searches need.

A single state is a flat index into the state arrays (C order).
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from detente.graph.model import Graph, Party


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
    axes = graph.axes[party]
    after = math.prod(graph.shape[axes.stop :])
    return states // after % math.prod(graph.shape[axes])


def sources_at(graph: Graph, party: Party, state: int, *, improving: bool) -> NDArray[np.intp]:
    """Return the states from which one move (or improvement) of the party leads to a state."""
    states = _own_changes(graph, party, state, back=True)
    if improving:
        ranks = graph.ranks[party].ravel()
        states = states[ranks[states] < ranks[state]]
    return states


def _own_changes(graph: Graph, party: Party, state: int, *, back: bool) -> NDArray[np.intp]:
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
