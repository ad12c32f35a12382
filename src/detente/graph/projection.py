"""The states of two conflicts, seen over the options that both have."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from detente.graph.model import BoolArray, Graph
from detente.graph.space import Box, Rows, Space

Over = Callable[[BoolArray], BoolArray]
"""From a set of states to the assignments of the shared options that occur in it."""


def shared_space(before: Graph, after: Graph, shared: Sequence[str]) -> tuple[Space, Over, Over]:
    """Return the assignments of some options, and how sets of states look over them.

    Parameters
    ----------
    shared : sequence of str
        Options of both conflicts, with the same levels, in the order wanted.
    """
    axes = [[graph.options.index(name) for name in shared] for graph in (before, after)]
    levels = tuple(after.levels[axis] for axis in axes[1])
    if before.rows is None and after.rows is None:
        return Box(levels), _of_arrays(axes[0]), _of_arrays(axes[1])
    tables = [
        graph.space.rows(np.flatnonzero(graph.feasible))[:, own].astype(np.int8)
        for graph, own in zip((before, after), axes, strict=True)
    ]
    table, place = np.unique(np.concatenate(tables), axis=0, return_inverse=True)
    place = place.reshape(-1)
    cut = len(tables[0])

    def over(graph: Graph, at: np.ndarray[tuple[int], np.dtype[np.intp]]) -> Over:
        def look(states: BoolArray) -> BoolArray:
            found = np.zeros(len(table), bool)
            found[at[states[graph.feasible]]] = True
            return found

        return look

    return Rows(levels, table), over(before, place[:cut]), over(after, place[cut:])


def _of_arrays(axes: Sequence[int]) -> Over:
    def look(states: BoolArray) -> BoolArray:
        rest = tuple(axis for axis in range(states.ndim) if axis not in axes)
        found: BoolArray = np.asarray(np.any(states, axis=rest) if rest else states)
        left = sorted(axes)
        return found.transpose([left.index(axis) for axis in axes])

    return look
