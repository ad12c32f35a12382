"""Where improvements lead, for several values of each state at once.

The sorted improvements of the movers serve all values alike. As many values as fill a word of eight
bytes are fetched and kept together, which costs no more than to fetch one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from detente.graph.climb import CHUNK, Climb, climb
from detente.graph.climb import improving_closure as one_by_one
from detente.graph.model import BoolArray, Graph, IntArray, Party
from detente.graph.moves import loser, only

Words = NDArray[np.int64]


def improving_closure(values: IntArray, graph: Graph, movers: Sequence[Party]) -> IntArray:
    """Return the least values at each state and wherever improvements lead from it.

    As :func:`detente.graph.climb.improving_closure`.

    Parameters
    ----------
    values : int array of the graph's shape and one more axis
        A value for each place on the last axis.
    """
    if graph.rows is not None or not all(graph.transitive[j] for j in movers):
        lanes = np.moveaxis(values, -1, 0)
        return np.stack([one_by_one(lane, graph, movers) for lane in lanes], axis=-1)
    start = only(np.minimum, values, graph.feasible[..., None])
    together = [_closed(part, graph, movers) for part in _parts(start)]
    closed: IntArray = np.concatenate(together, axis=-1)[..., : values.shape[-1]]
    return closed


def _parts(values: IntArray) -> Iterator[IntArray]:
    """Yield as many values of each state as fill a word; the last are repeated where some lack."""
    fit = 8 // values.itemsize
    for k in range(0, values.shape[-1], fit):
        yield values.take(range(k, k + fit), axis=-1, mode="clip")


def _closed(values: IntArray, graph: Graph, movers: Sequence[Party]) -> IntArray:
    """Lower values until nothing changes, looking only at slices where something did."""
    current = values.reshape(graph.feasible.size, -1)
    infeasible = np.flatnonzero(~graph.feasible)
    tables = {j: climb(graph, j) for j in movers}
    stale = {j: np.ones(t.before * t.after, bool) for j, t in tables.items()}
    while any(rows.any() for rows in stale.values()):
        for j, table in tables.items():
            lowered = np.zeros(graph.shape, bool)
            rows = np.flatnonzero(stale[j])
            step = max(1, CHUNK // table.own)
            for begin in range(0, len(rows), step):
                _lower(current, lowered.reshape(-1), table, rows[begin : begin + step])
            current[infeasible] = loser(np.minimum, current.dtype)
            stale[j][...] = False
            lowered &= graph.feasible
            for k, other in tables.items():
                if k != j:
                    stale[k] |= other.slices(lowered).any(axis=2).ravel()
    return current.reshape(values.shape)


def _lower(current: IntArray, lowered: BoolArray, table: Climb, rows: NDArray[np.intp]) -> None:
    """Lower the values in some slices to the least over the improvements there, and mark where."""
    classes, size = table.members.shape
    kind, n = current.dtype, len(rows)
    words: Words = current.view(np.int64)[:, 0]
    first, last = np.divmod(rows, table.after)
    base = first * (table.own * table.after) + last
    suffix: Words = np.empty((classes, size + 1, n), np.int64)
    suffix[:, size].view(kind)[...] = loser(np.minimum, kind)
    suffix[:, :size] = words[
        base + table.order[rows].transpose(1, 2, 0).astype(np.intp) * table.after
    ]
    each = suffix.view(kind)
    for k in range(size - 2, -1, -1):
        np.minimum(each[:, k], each[:, k + 1], out=each[:, k])
    for (source, into), above in zip(table.pairs, table.above, strict=True):
        found = suffix[into].ravel().take(above[rows].T.astype(np.intp) * n + np.arange(n))
        mine = base + table.members[source][:, None] * table.after
        old = words.take(mine)
        new = np.minimum(old.view(kind), found.view(kind)).view(np.int64)
        changed = new != old
        words[mine[changed]] = new[changed]
        lowered[mine[changed]] = True
