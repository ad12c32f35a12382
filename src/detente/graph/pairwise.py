"""Improvements of a party with few assignments of its own: each compared with each.

Sorting pays where a party has many assignments. With a handful, comparing whole planes of the
array, one for each assignment, is several times quicker, as nothing is gathered or sorted.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from detente.graph.model import BoolArray, Graph, IntArray, Party
from detente.graph.moves import AnyArray, loser, only

FEW = 16
"""Assignments of a party up to which each is compared with each."""

CHUNK = 1 << 16
"""Cells of a plane worked on at a time, so that they stay in the cache."""


def few(graph: Graph, party: Party) -> bool:
    """Return whether a party has few assignments of its own."""
    return graph.rows is None and math.prod(graph.shape[graph.axes[party]]) <= FEW


def over_improvements(op: np.ufunc, values: AnyArray, graph: Graph, party: Party) -> AnyArray:
    """Combine, for every state, the values over the party's improvements from it.

    As :func:`detente.graph.climb.over_improvements`.
    """
    ranks = graph.once(("planes", party), lambda: _planes(graph.ranks[party], graph, party))
    allowed = graph.once(("own changes", party), lambda: _own_changes(graph, party))
    planes = _planes(values, graph, party)
    nothing = values.dtype.type(loser(op, values.dtype))
    found = np.full_like(planes, nothing)
    cells = planes.shape[1]
    for start in range(0, cells, CHUNK):
        at = slice(start, start + CHUNK)
        for old, row in enumerate(allowed):
            mine = ranks[old, at]
            for new in np.flatnonzero(row):
                better = np.where(ranks[new, at] > mine, planes[new, at], nothing)
                op(found[old, at], better, out=found[old, at])
    return _back(found, graph, party)


def improving_closure(start: IntArray, graph: Graph, movers: Sequence[Party]) -> IntArray:
    """Return the least value at each state and wherever improvements of the movers lead.

    Moves must be transitive, and all movers have few assignments.
    """
    current = start
    stale = dict.fromkeys(movers, True)
    while any(stale.values()):
        for j in movers:
            if not stale[j]:
                continue
            stale[j] = False
            least = only(
                np.minimum, over_improvements(np.minimum, current, graph, j), graph.feasible
            )
            if (least < current).any():
                current = np.minimum(current, least)
                stale = {k: k != j or stale[k] for k in movers}
    return current


def _planes(values: AnyArray, graph: Graph, party: Party) -> AnyArray:
    """Return values as (own assignment, everything else), each plane in one piece."""
    before, own, after = _parts(graph, party)
    array = np.ascontiguousarray(np.broadcast_to(values, graph.shape))
    planes = array.reshape(before, own, after).transpose(1, 0, 2)
    return np.ascontiguousarray(planes).reshape(own, before * after)


def _back(planes: AnyArray, graph: Graph, party: Party) -> AnyArray:
    before, own, after = _parts(graph, party)
    values = planes.reshape(own, before, after).transpose(1, 0, 2)
    return np.ascontiguousarray(values).reshape(graph.shape)


def _parts(graph: Graph, party: Party) -> tuple[int, int, int]:
    axes = graph.axes[party]
    parts = graph.shape[: axes.start], graph.shape[axes], graph.shape[axes.stop :]
    before, own, after = map(math.prod, parts)
    return before, own, after


def _own_changes(graph: Graph, party: Party) -> BoolArray:
    """Return ``[old, new]``: whether the party may change its assignment so; staying is not."""
    allowed = np.ones((1, 1), bool)
    for axis in range(graph.axes[party].start, graph.axes[party].stop):
        allowed = np.kron(allowed, graph.changes[axis])
    return allowed & ~np.eye(len(allowed), dtype=bool)
