"""The moves of one party from many states at once.

Moves to states that count as one are one move, and lead to the first of these.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from detente.graph.blocks import Index, may, ragged
from detente.graph.model import Graph, Party
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
        The most moves that a state may have, staying among them.
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

    def __call__(self, states: NDArray[np.intp]) -> tuple[Index, Index]:
        """Return for each move where it starts, as a position in ``states``, and where it leads.

        The moves from one state stand together, in the order of ``states``.
        """
        at, targets = self._in_list(states) if self.graph.rows is not None else self._in_box(states)
        return (at, targets) if self.graph.merged is None else self._merged(states, at, targets)

    def pieces(self, states: NDArray[np.intp]) -> list[NDArray[np.intp]]:
        """Cut many states into pieces that are looked at in turn."""
        step = max(1, CELLS // self.width)
        return [states[k : k + step] for k in range(0, len(states), step)]

    def _in_box(self, states: NDArray[np.intp]) -> tuple[Index, Index]:
        own = states // self.after % self.width
        change = np.arange(self.width) - own[:, None]
        targets = states[:, None] + change * self.after
        at, column = np.nonzero(self.allowed[own] & self.graph.feasible.ravel()[targets])
        return at, targets[at, column]

    def _merged(self, states: NDArray[np.intp], at: Index, targets: Index) -> tuple[Index, Index]:
        """Return the moves with each class of states once, and none within one."""
        merged = self.graph.merged
        assert merged is not None
        firsts = merged[targets]
        away = firsts != merged[states][at]
        found = np.unique(at[away] * len(merged) + firsts[away])
        return found // len(merged), found % len(merged)

    def _in_list(self, states: NDArray[np.intp]) -> tuple[Index, Index]:
        rows = self.graph.rows
        assert rows is not None
        part = self.part[states]
        many = self.size[part]
        at = np.repeat(np.arange(len(states)), many)
        targets = self.order[np.repeat(self.begin[part], many) + ragged(many)]
        sources = states[at]
        guards = self.graph.guards_of(self.own)
        can = may(rows, self.own, self.graph.changes, guards, sources, targets)
        can &= targets != sources
        return at[can], targets[can]
