"""Improvements: moves after which the mover is strictly better off.

The answer a state gets depends on its own rank, so one running maximum along the axes is not
enough. Inside a slice (all options of the others fixed) the states are sorted by the mover's rank
once; then the least value among the better ones is a suffix minimum.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.errors import LimitError
from detente.graph import pairwise, rising
from detente.graph.joint import fixpoint
from detente.graph.model import BoolArray, Graph, IntArray, Party
from detente.graph.moves import AnyArray, loser, only, spread

CHUNK = 1 << 17
"""Cells worked on at a time: small enough for the cache, large enough to hide numpy's overhead."""

MAX_PAIRS = 60_000
"""Most pairs of classes of one party: those of ten one-way options."""


@dataclass(frozen=True, eq=False)
class Climb:
    """One party's improvements, sorted once and used many times.

    A slice holds the party's own assignments, numbered from 0. They fall into classes that agree
    on the options whose changes are restricted; between two classes either every move is allowed
    or none.

    Parameters
    ----------
    before, own, after : int
        The states of the graph as (before, own assignments, after): slice ``a * after + b`` is
        ``[a, :, b]``.
    members : int array of shape (classes, size)
        The own assignments of each class.
    pairs : tuple of (int, int)
        (from class, to class) wherever a move may lead.
    order : unsigned integer array of shape (slices, classes, size)
        The own assignments of each class in ascending rank.
    above : tuple of unsigned integer arrays, each (slices, size)
        For each pair and each state of the first class: how many members of the second class are
        not better, which is where the better ones begin in ``order``.
    """

    before: int
    own: int
    after: int
    members: NDArray[np.intp]
    pairs: tuple[tuple[int, int], ...]
    order: NDArray[np.unsignedinteger]
    above: tuple[NDArray[np.unsignedinteger], ...]

    def slices(self, values: AnyArray) -> AnyArray:
        """Return a view of a C-contiguous state array as (before, after, own)."""
        return values.reshape(self.before, self.own, self.after).transpose(0, 2, 1)


def climb(graph: Graph, party: Party) -> Climb:
    """Return one party's sorted improvements, worked out once for a graph."""
    return graph.once(("climb", party), lambda: _climb(graph, party))


def _climb(graph: Graph, party: Party) -> Climb:
    axes = graph.axes[party]
    shape = graph.shape[axes]
    n_pairs = math.prod(int(c.sum()) for c in graph.changes[axes] if not c.all())
    if n_pairs > MAX_PAIRS:
        raise LimitError(
            f"'{graph.parties[party]}' has too many options that cannot change freely: its "
            f"improvements fall into {n_pairs:,} kinds, at most {MAX_PAIRS:,} are worked out; let "
            "some of them change both ways, or leave out the concepts that need its improvements"
        )
    before, own, after = (
        math.prod(part) for part in (graph.shape[: axes.start], shape, graph.shape[axes.stop :])
    )
    members, allowed = _classes(graph, axes)
    classes, size = members.shape
    pairs = tuple((int(a), int(b)) for a, b in np.argwhere(allowed))
    small = np.uint8 if own < 256 else np.uint16 if own < 65536 else np.uint32
    order = np.empty((before * after, classes, size), small)
    above = tuple(np.empty((before * after, size), small) for _ in pairs)
    table = Climb(before, own, after, members, pairs, order, above)
    ranks = table.slices(graph.ranks[party])
    for rows in _chunks(np.arange(before * after), own):
        _sort(ranks[np.divmod(rows, after)], table, slice(rows[0], rows[-1] + 1))
    return table


def _classes(graph: Graph, axes: slice) -> tuple[NDArray[np.intp], BoolArray]:
    """Return the own assignments of each class, and which class may move to which."""
    own = range(axes.start, axes.stop)
    bound = [axis for axis in own if not graph.changes[axis].all()]
    free = [axis for axis in own if axis not in bound]
    allowed = np.ones((1, 1), bool)
    for axis in bound:
        allowed = np.kron(allowed, graph.changes[axis])
    shape = graph.shape[axes]
    numbers = np.arange(math.prod(shape)).reshape(shape)
    sorted_axes = [axis - axes.start for axis in bound + free]
    return numbers.transpose(sorted_axes).reshape(len(allowed), -1), allowed


def _sort(ranks: IntArray, table: Climb, rows: slice) -> None:
    """Fill the tables for some slices: ``ranks`` is (slices, own assignments)."""
    n, own = ranks.shape
    classes, size = table.members.shape
    class_of = np.empty(own, np.intp)
    class_of[table.members] = np.arange(classes)[:, None]
    by_rank = np.argsort(ranks, axis=1, kind="stable")
    sorted_ranks = np.take_along_axis(ranks, by_rank, 1)
    last_equal = np.ones(ranks.shape, bool)
    last_equal[:, :-1] = sorted_ranks[:, 1:] != sorted_ranks[:, :-1]
    end = np.where(last_equal, np.arange(1, own + 1), own)
    end = np.minimum.accumulate(end[:, ::-1], axis=1)[:, ::-1]  # past the last equal rank
    not_better = np.empty(ranks.shape, np.intp)
    np.put_along_axis(not_better, by_rank, end, 1)
    sorted_classes = class_of[by_rank]
    for target in range(classes):
        member = sorted_classes == target
        table.order[rows, target] = by_rank[member].reshape(n, size)
        met = np.zeros((n, own + 1), np.intp)
        np.cumsum(member, axis=1, out=met[:, 1:])
        for above, (source, into) in zip(table.above, table.pairs, strict=True):
            if into == target:
                start = not_better[:, table.members[source]]
                above[rows] = np.take_along_axis(met, start, 1)


def over_improvements(op: np.ufunc, values: AnyArray, graph: Graph, party: Party) -> AnyArray:
    """Combine, for every state s, the values over the party's improvements from s.

    Parameters
    ----------
    op : ufunc
        ``np.minimum`` over ranks, or ``np.bitwise_or`` over sets.
    values : array of the graph's shape
        Infeasible states must hold the loser of ``op``.

    Returns
    -------
    array of the graph's shape
        The loser of ``op`` where the party has no improvement.
    """
    if graph.rows is not None:
        return rising.over_improvements(op, np.broadcast_to(values, graph.shape), graph, party)
    if pairwise.few(graph, party):
        return pairwise.over_improvements(op, values, graph, party)
    table = climb(graph, party)
    result = np.empty(values.shape, values.dtype)
    source, into = table.slices(np.ascontiguousarray(values)), table.slices(result)
    for rows in _chunks(np.arange(table.before * table.after), table.own):
        at = np.divmod(rows, table.after)
        into[at] = _over_improvements(op, source[at], table, rows)
    return result


def _over_improvements(
    op: np.ufunc, values: AnyArray, table: Climb, rows: NDArray[np.intp]
) -> AnyArray:
    """Do the work of :func:`over_improvements` for some slices, (slices, own assignments)."""
    classes, size = table.members.shape
    n = len(rows)
    nothing = loser(op, values.dtype)
    order = table.order[rows].reshape(n, -1)
    in_order = np.take_along_axis(values, order.astype(np.intp), 1).reshape(n, classes, size)
    suffix = np.full((n, classes, size + 1), nothing, values.dtype)
    op.accumulate(in_order[:, :, ::-1], axis=2, out=suffix[:, :, -2::-1])
    result = np.full((n, table.own), nothing, values.dtype)
    base = (np.arange(n) * (classes * (size + 1)))[:, None]
    for (source, into), above in zip(table.pairs, table.above, strict=True):
        found = suffix.ravel().take(above[rows] + (base + into * (size + 1)))
        mine = table.members[source]
        result[:, mine] = op(result[:, mine], found)
    return result


def _chunks(rows: NDArray[np.intp], width: int) -> Iterator[NDArray[np.intp]]:
    step = max(1, CHUNK // width)
    for start in range(0, len(rows), step):
        yield rows[start : start + step]


def improving_closure(values: IntArray, graph: Graph, movers: Sequence[Party]) -> IntArray:
    """Return, for every state s, the least value at s and wherever improvements lead from s.

    Each step must be an improvement for its own mover, judged from the state it moves from; no
    party moves twice in a row (:func:`detente.graph.joint.fixpoint`).
    """
    if graph.kernel is not None:
        least: IntArray = graph.kernel.improving_closure(values, movers)
        return least
    if all(graph.transitive[j] for j in movers):
        start = only(np.minimum, values, graph.feasible)
        if graph.rows is not None:
            return rising.improving_closure(start, graph, tuple(movers))
        if all(pairwise.few(graph, j) for j in movers):
            return pairwise.improving_closure(start, graph, movers)
        return _settle(np.ascontiguousarray(start), graph, movers)
    closed: IntArray = fixpoint(
        np.minimum,
        values,
        graph,
        movers,
        lambda j, array: over_improvements(np.minimum, array, graph, j),
    )
    return closed


def _settle(current: IntArray, graph: Graph, movers: Sequence[Party]) -> IntArray:
    """Lower values in place until nothing changes, looking only at slices where something did.

    ``current`` must be C-contiguous: slices are written through views of it.
    """
    stale = {j: np.ones(climb(graph, j).before * climb(graph, j).after, bool) for j in movers}
    while any(rows.any() for rows in stale.values()):
        for j in movers:
            table = climb(graph, j)
            lowered = np.zeros(current.shape, bool)
            here, mark = table.slices(current), table.slices(lowered)
            for rows in _chunks(np.flatnonzero(stale[j]), table.own):
                at = np.divmod(rows, table.after)
                old = here[at]
                new = np.minimum(old, _over_improvements(np.minimum, old, table, rows))
                here[at] = new
                mark[at] = new != old
            np.copyto(current, loser(np.minimum, current.dtype), where=~graph.feasible)
            stale[j][...] = False
            lowered &= graph.feasible
            for k in movers:
                if k != j:
                    stale[k] |= climb(graph, k).slices(lowered).any(axis=2).ravel()
    return current


def improving_into(states: BoolArray, graph: Graph, party: Party) -> BoolArray:
    """Return the states from which one improvement of the party leads into a set."""
    ranks = graph.ranks[party]
    goal = only(np.maximum, ranks, states & graph.feasible)
    found: BoolArray = spread(np.maximum, goal, graph, party) > ranks
    return found & graph.feasible


def improving_from(states: BoolArray, graph: Graph, party: Party) -> BoolArray:
    """Return the states to which one improvement of the party leads from a set."""
    ranks = graph.ranks[party]
    start = only(np.minimum, ranks, states & graph.feasible)
    found: BoolArray = spread(np.minimum, start, graph, party, back=True) < ranks
    return found & graph.feasible
