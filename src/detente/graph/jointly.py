"""Joint steps on a list of states: several parties announce together, each changing something.

Only the state that a joint step leads to must be feasible, not those between the changes of one
member and the next.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.graph.blocks import Index, may, ragged
from detente.graph.model import BoolArray, Graph, Party
from detente.graph.moves import any_move
from detente.graph.slices import own_numbers
from detente.graph.together import blocks_of_all, free

PAIRS = 1 << 21
"""Pairs of states compared at a time."""


def assignments(graph: Graph, movers: Sequence[Party]) -> int:
    """Return how many states the largest slice of some parties holds."""
    return int(_slices(graph, tuple(movers)).size.max(initial=1))


@dataclass(frozen=True, eq=False)
class _Slices:
    """The slices of some parties: of each state which, and of each which states."""

    part: Index
    order: Index
    begin: Index
    size: Index


def _slices(graph: Graph, movers: tuple[Party, ...]) -> _Slices:
    """Return the slices of some parties, worked out once for a list of states."""
    rows = graph.rows
    assert rows is not None
    return rows.once(("slices", movers, graph.owner), lambda: _cut(graph, movers))


def _cut(graph: Graph, movers: tuple[Party, ...]) -> _Slices:
    part = blocks_of_all(graph, movers)
    size = np.bincount(part)
    return _Slices(part, np.argsort(part, kind="stable"), np.cumsum(size) - size, size)


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
    sources = np.flatnonzero(states)
    count = np.zeros(states.shape, np.int64)
    for n in range(len(movers) + 1):
        for moving in itertools.combinations(movers, n):
            if not moving:  # the slice of nobody is the state alone
                count[sources] += 1 if len(movers) % 2 == 0 else -1
                continue
            slices = _slices(graph, moving)
            many = np.bincount(slices.part[sources], minlength=len(slices.size))[slices.part]
            np.add(count, many if (len(movers) - n) % 2 == 0 else -many, out=count)
    return count > 0


def from_few(
    sources: Index, graph: Graph, movers: tuple[Party, ...]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the states to which the movers step from some states, and those without yielding."""
    slices = _slices(graph, movers)
    begin, size = slices.begin[slices.part[sources]], slices.size[slices.part[sources]]
    targets, content = [sources[:0]], [sources[:0]]
    for source, target in _pieces(sources, slices.order, begin, size):
        can = _step(source, target, graph, movers)
        source, target = source[can], target[can]
        targets.append(target)
        content.append(target[_gain(source, target, graph, movers)])
    return np.concatenate(targets), np.concatenate(content)


def into(target: int, graph: Graph, movers: tuple[Party, ...]) -> NDArray[np.intp]:
    """Return the states from which one step of the movers leads to a state, in rising order."""
    slices = _slices(graph, movers)
    k = slices.part[target]
    sources = slices.order[slices.begin[k] : slices.begin[k] + slices.size[k]]
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
    return list(_pieces(first, order, low, many))


def _pieces(first: Index, order: Index, low: Index, many: Index) -> Iterator[tuple[Index, Index]]:
    """Yield each state with those that stand in ``order`` from ``low`` on, as many as ``many``."""
    piece = np.cumsum(many) // PAIRS
    cuts = np.flatnonzero(np.diff(piece)) + 1
    for rows in np.split(np.arange(len(first)), cuts):
        n = many[rows]
        yield np.repeat(first[rows], n), order[np.repeat(low[rows], n) + ragged(n)]


def _step(source: Index, target: Index, graph: Graph, movers: Sequence[Party]) -> BoolArray:
    """Return which pairs of a slice are steps: every mover changes something, and may."""
    rows = graph.rows
    assert rows is not None
    fits = np.ones(len(source), bool)
    for party in movers:
        own = own_numbers(graph, party)
        fits &= own[source] != own[target]
        axes = range(graph.axes[party].start, graph.axes[party].stop)
        fits &= may(rows, axes, graph.changes, graph.guards_of(axes), source, target)
    return fits


def _gain(source: Index, target: Index, graph: Graph, movers: Sequence[Party]) -> BoolArray:
    """Return which steps leave no mover worse off."""
    fits = np.ones(len(source), bool)
    for party in movers:
        fits &= graph.ranks[party][target] >= graph.ranks[party][source]
    return fits
