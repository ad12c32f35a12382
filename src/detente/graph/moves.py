"""Moves of one party, for all states at once.

Every function here answers, for each state s, a question about the values at the states one party
can move to from s. Cells of infeasible states must hold the value that loses (:func:`loser`);
:func:`only` puts it there. Results at infeasible states mean nothing.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from detente.graph import blocks as listed
from detente.graph.blocks import Blocks, blocks
from detente.graph.model import BoolArray, Graph, IntArray, Party

AnyArray: TypeAlias = NDArray[Any]


def loser(op: np.ufunc, dtype: np.dtype[Any]) -> int:
    """Return the value that never changes the other operand: −∞ for ``np.maximum``, and so on.

    Ranks leave both ends of their type unused, so that these ends serve as −∞ and +∞.
    """
    if dtype.kind == "i" and op is np.maximum:
        return int(np.iinfo(dtype).min)
    if dtype.kind == "i" and op is np.minimum:
        return int(np.iinfo(dtype).max)
    return 0


def only(op: np.ufunc, values: AnyArray, states: BoolArray) -> AnyArray:
    """Return the values at some states and the loser of ``op`` elsewhere, as a new array."""
    return np.where(states, values, values.dtype.type(loser(op, values.dtype)))


def spread(
    op: np.ufunc,
    values: AnyArray,
    graph: Graph,
    party: Party,
    *,
    back: bool = False,
    stay: bool = True,
) -> AnyArray:
    """Combine, for every state s, the values over the party's moves from s.

    Parameters
    ----------
    op : ufunc
        ``np.maximum``, ``np.minimum``, ``np.logical_or`` or ``np.bitwise_or``: associative,
        commutative and idempotent.
    values : array
        Of a shape that broadcasts to the graph's: length 1 on the axis of an option means that
        the value does not depend on it.
    graph : Graph
        The conflict.
    party : int
        Who moves.
    back : bool
        Combine over the states from which s is reached instead.
    stay : bool
        Count s itself among the states combined.

    Returns
    -------
    array
        Of the values' type. An own axis along which every change is allowed may come back with
        length 1: all states along it share the result. Where no move leaves s and ``stay`` is
        false, the result is the type's losing value for ``op``.

    Notes
    -----
    A move sets all own options at once, each change allowed by its option, so one pass along each
    own axis is exact, also across infeasible assignments in between. Without
    s itself, the moves are split by the first option they change: nothing changes before it,
    anything may change after it.
    """
    if graph.rows is not None:
        table = blocks_of_party(graph, party)
        values = np.broadcast_to(values, graph.shape)
        nothing = values.dtype.type(loser(op, values.dtype))
        return listed.spread(op, values, table, nothing, back=back, stay=stay)
    axes = range(graph.axes[party].start, graph.axes[party].stop)
    if stay:
        return _along_all(op, values, graph, axes, back)
    result: AnyArray = np.full((1,) * values.ndim, loser(op, values.dtype), values.dtype)
    for first in axes:
        strict = _allowed(graph, first, back) & ~np.eye(graph.shape[first], dtype=bool)
        after = _along_all(op, values, graph, range(first + 1, axes.stop), back)
        result = op(result, _along(op, after, first, strict))
    return result


def blocks_of_party(graph: Graph, *parties: Party) -> Blocks:
    """Return the blocks of a list of states that some parties' moves treat alike."""
    if graph.rows is None:
        raise TypeError("states stored as arrays have no blocks")
    own = [axis for p in parties for axis in range(graph.axes[p].start, graph.axes[p].stop)]
    name = "+".join(graph.parties[p] for p in parties)
    return blocks(graph.rows, own, graph.changes, name, graph.guards_of(own))


def any_move(states: AnyArray, graph: Graph, party: Party, *, back: bool = False) -> AnyArray:
    """Return the states from which (``back``: to which) one move of the party leads into a set."""
    kept = only(np.bitwise_or, states, graph.feasible)
    reached = spread(np.bitwise_or, kept, graph, party, back=back, stay=False)
    return only(np.bitwise_or, reached, graph.feasible)


def best(values: IntArray, graph: Graph, party: Party) -> IntArray:
    """Return the highest value among s and the party's moves from s, infeasible states left out."""
    if graph.kernel is not None:
        found: IntArray = graph.kernel.best(values, party)
        return found
    return spread(np.maximum, only(np.maximum, values, graph.feasible), graph, party)


def _along_all(op: np.ufunc, values: AnyArray, graph: Graph, axes: range, back: bool) -> AnyArray:
    free = [axis for axis in axes if graph.changes[axis].all()]
    for axis in axes:
        if axis not in free:
            values = _along(op, values, axis, _allowed(graph, axis, back))
    return _merge(op, values, free)


def _allowed(graph: Graph, axis: int, back: bool) -> BoolArray:
    return graph.changes[axis].T if back else graph.changes[axis]


def _merge(op: np.ufunc, values: AnyArray, axes: list[int]) -> AnyArray:
    """Combine whole axes, keeping them with length 1.

    Halves are combined pairwise, outermost axis first: the slices are long and contiguous, which
    is many times faster than ``op.reduce`` over axes that do not adjoin.
    """
    for axis in axes:
        while values.shape[axis] > 1:
            values = _fold(op, values, axis)
    return values


def _fold(op: np.ufunc, values: AnyArray, axis: int) -> AnyArray:
    n = values.shape[axis]
    at: tuple[Any, ...] = (slice(None),) * axis
    result: AnyArray = op(values[*at, : n // 2], values[*at, n // 2 : 2 * (n // 2)])
    if n % 2:
        result[*at, :1] = op(result[*at, :1], values[*at, -1:])
    return result


def _along(op: np.ufunc, values: AnyArray, axis: int, allowed: BoolArray) -> AnyArray:
    """Combine along one axis over the allowed new levels of each old one."""
    if values.shape[axis] == 1:
        values = np.repeat(values, allowed.shape[0], axis)
    at: tuple[Any, ...] = (slice(None),) * axis
    result: AnyArray = np.full_like(values, loser(op, values.dtype))
    for old, row in enumerate(allowed):
        into = result[*at, old : old + 1]
        for new in np.flatnonzero(row):
            op(into, values[*at, new : new + 1], out=into)
    return result
