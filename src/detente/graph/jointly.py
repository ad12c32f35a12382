"""Joint steps on a list of states: several parties announce together, each changing something.

Only the state that a joint step leads to must be feasible, not those between the changes of one
member and the next.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from detente.graph.blocks import Index, ragged
from detente.graph.model import BoolArray, Graph, Party
from detente.graph.moves import any_move
from detente.graph.slices import own_numbers
from detente.graph.together import blocks_of_all, free

PAIRS = 1 << 21
"""Pairs of states compared at a time."""


def assignments(graph: Graph, movers: Sequence[Party]) -> int:
    """Return how many states the largest slice of some parties holds."""
    part = blocks_of_all(graph, tuple(movers))
    return int(np.bincount(part).max(initial=1))


def onward(states: BoolArray, graph: Graph, movers: tuple[Party, ...]) -> BoolArray:
    """Return the states to which one step of the movers together leads from a set."""
    if len(movers) == 1:
        return any_move(states, graph, movers[0], back=True)
    if not free(graph, movers):
        part = blocks_of_all(graph, movers)
        touched = np.zeros(int(part.max(initial=-1)) + 1, bool)
        touched[part[states]] = True
        return reached(states, graph, movers, touched[part], content=False)
    # Sources of the slice that differ in each member's options, by inclusion and exclusion.
    count = np.zeros(states.shape, np.int64)
    for n in range(len(movers) + 1):
        for moving in itertools.combinations(movers, n):
            part = blocks_of_all(graph, moving)
            here = np.bincount(part, weights=states).astype(np.int64)[part]
            count += here if (len(movers) - n) % 2 == 0 else -here
    return count > 0


def from_few(
    sources: Index, graph: Graph, movers: tuple[Party, ...]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the states to which the movers step from some states, and those without yielding."""
    part = blocks_of_all(graph, movers)
    every = np.arange(len(part))
    targets, content = [every[:0]], [every[:0]]
    for source, target in _pairs(sources, every, part):
        can = _step(source, target, graph, movers)
        source, target = source[can], target[can]
        targets.append(target)
        content.append(target[_gain(source, target, graph, movers)])
    return np.concatenate(targets), np.concatenate(content)


def into(target: int, graph: Graph, movers: tuple[Party, ...]) -> NDArray[np.intp]:
    """Return the states from which one step of the movers leads to a state, in rising order."""
    part = blocks_of_all(graph, movers)
    sources = np.flatnonzero(part == part[target])
    here = np.full(len(sources), target)
    found: NDArray[np.intp] = sources[_step(sources, here, graph, movers)]
    return found


def reached(
    states: BoolArray,
    graph: Graph,
    movers: tuple[Party, ...],
    wanted: BoolArray,
    *,
    content: bool = True,
) -> BoolArray:
    """Return the wanted states that a step from a set leads to.

    Parameters
    ----------
    content : bool
        Only steps that leave no mover worse off.
    """
    part = blocks_of_all(graph, movers)
    found = np.zeros(states.shape, bool)
    for target, source in _pairs(np.flatnonzero(wanted), np.flatnonzero(states), part):
        fits = _step(source, target, graph, movers)
        if content:
            fits &= _gain(source, target, graph, movers)
        found[target[fits]] = True
    return found


def _pairs(first: Index, second: Index, part: Index) -> list[tuple[Index, Index]]:
    """Return the pairs of states that stand in one part, in pieces of about ``PAIRS``."""
    order = second[np.argsort(part[second], kind="stable")]
    low = np.searchsorted(part[order], part[first], side="left")
    many = np.searchsorted(part[order], part[first], side="right") - low
    piece = np.cumsum(many) // PAIRS
    cuts = np.flatnonzero(np.diff(piece)) + 1
    found = []
    for rows in np.split(np.arange(len(first)), cuts):
        n = many[rows]
        found.append((np.repeat(first[rows], n), order[np.repeat(low[rows], n) + ragged(n)]))
    return found


def _step(source: Index, target: Index, graph: Graph, movers: Sequence[Party]) -> BoolArray:
    """Return which pairs of a slice are steps: every mover changes something, and may."""
    rows = graph.rows
    assert rows is not None
    fits = np.ones(len(source), bool)
    for party in movers:
        own = own_numbers(graph, party)
        fits &= own[source] != own[target]
        for axis in range(graph.axes[party].start, graph.axes[party].stop):
            allowed = graph.changes[axis]
            if not allowed.all():
                fits &= allowed[rows.table[source, axis], rows.table[target, axis]]
    return fits


def _gain(source: Index, target: Index, graph: Graph, movers: Sequence[Party]) -> BoolArray:
    """Return which steps leave no mover worse off."""
    fits = np.ones(len(source), bool)
    for party in movers:
        fits &= graph.ranks[party][target] >= graph.ranks[party][source]
    return fits
