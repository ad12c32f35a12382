"""The moves of one party from many states at once, one row a state.

Moves to states that count as one are one move, and lead to the first of these.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from detente.graph.blocks import may
from detente.graph.model import BoolArray, Graph, Party
from detente.graph.together import blocks_of_all

CELLS = 1 << 22
"""States times assignments looked at at a time."""


class Fan:
    """Where one party's moves lead.

    Parameters
    ----------
    graph : Graph
        The conflict.
    party : int
        Who moves.

    Attributes
    ----------
    width : int
        The assignments that a row has room for.
    """

    def __init__(self, graph: Graph, party: Party) -> None:
        self.graph, self.party = graph, party
        self.own = range(graph.axes[party].start, graph.axes[party].stop)
        if graph.rows is not None:
            self.part = blocks_of_all(graph, (party,))
            self.order = np.argsort(self.part, kind="stable")
            self.size = np.bincount(self.part)
            self.begin = np.cumsum(self.size) - self.size
            self.width = int(self.size.max(initial=1))
            return
        allowed = np.ones((1, 1), bool)
        for axis in self.own:
            allowed = np.kron(allowed, graph.changes[axis])
        np.fill_diagonal(allowed, False)
        self.after = math.prod(graph.shape[self.own.stop :])
        self.allowed = allowed
        self.width = len(allowed)

    def __call__(self, states: NDArray[np.intp]) -> tuple[NDArray[np.intp], BoolArray]:
        """Return ``[state, assignment]``: where it leads, and whether that is a move."""
        found = self._in_list(states) if self.graph.rows is not None else self._in_box(states)
        return found if self.graph.merged is None else self._merged(states, *found)

    def pieces(self, states: NDArray[np.intp]) -> list[NDArray[np.intp]]:
        """Cut many states into pieces that are looked at in turn."""
        step = max(1, CELLS // self.width)
        return [states[k : k + step] for k in range(0, len(states), step)]

    def _in_box(self, states: NDArray[np.intp]) -> tuple[NDArray[np.intp], BoolArray]:
        own = states // self.after % self.width
        change = np.arange(self.width) - own[:, None]
        targets = states[:, None] + change * self.after
        return targets, self.allowed[own] & self.graph.feasible.ravel()[targets]

    def _merged(
        self, states: NDArray[np.intp], targets: NDArray[np.intp], can: BoolArray
    ) -> tuple[NDArray[np.intp], BoolArray]:
        """Return the moves with each class of states once, and none within one."""
        merged = self.graph.merged
        assert merged is not None
        firsts = np.sort(np.where(can, merged[targets], -1), axis=1)
        kept = (firsts >= 0) & (firsts != merged[states][:, None])
        kept[:, 1:] &= firsts[:, 1:] != firsts[:, :-1]
        return np.maximum(firsts, 0), kept

    def _in_list(self, states: NDArray[np.intp]) -> tuple[NDArray[np.intp], BoolArray]:
        rows = self.graph.rows
        assert rows is not None
        part = self.part[states]
        room = np.arange(self.width)
        can = room < self.size[part][:, None]
        targets = self.order[np.where(can, self.begin[part][:, None] + room, 0)]
        can &= targets != states[:, None]
        guards = self.graph.guards_of(self.own)
        can &= may(rows, self.own, self.graph.changes, guards, states[:, None], targets)
        return targets, can
