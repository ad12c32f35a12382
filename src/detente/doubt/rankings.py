"""Changes of a ranking: neighbours swapped, merged, or one state moved to the class beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from detente.graph.model import Graph, IntArray, Party


@dataclass(frozen=True, slots=True)
class Swap:
    """One change of a ranking.

    Parameters
    ----------
    party : int
        Whose.
    op : str
        ``swap``: two neighbours change places. ``merge``: two neighbouring classes become one.
        ``move``: a state goes over to the class beside its own.
    upper, lower : tuple of int
        What stood higher and what stood lower before, as flat indices; of ``move`` the state, and
        a state of the class that it joins, in that order if it falls.
    """

    party: Party
    op: Literal["swap", "merge", "move"]
    upper: tuple[int, ...]
    lower: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A ranking after some changes: for each feasible state its class, larger is better."""

    classes: tuple[int, ...]
    edits: tuple[Swap, ...] = ()


class Rankings:
    """Everything that one party's ranking could be, by so many changes of neighbours.

    Parameters
    ----------
    graph : Graph
        The conflict.
    party : int
        Whose ranking.
    """

    def __init__(self, graph: Graph, party: Party) -> None:
        self.party = party
        self._graph = graph
        self._at = graph.states(graph.feasible).at  # what counts as one moves as one
        self.found: list[list[Ranked]] = [
            [Ranked(tuple(graph.ranks[party].ravel()[self._at].tolist()))]
        ]
        self._met = {self.found[0][0].classes}

    def with_edits(self, n: int) -> list[Ranked]:
        """Return the rankings that it takes just so many changes to come to."""
        while len(self.found) <= n:
            new = []
            for ranking in self.found[-1]:
                for classes, edit in self._edits(ranking.classes):
                    if classes not in self._met:
                        self._met.add(classes)
                        new.append(Ranked(classes, (*ranking.edits, edit)))
            self.found.append(new)
        return self.found[n]

    def ranks(self, ranking: Ranked) -> IntArray:
        """Return the rank array of one of them."""
        found = np.zeros(self._graph.feasible.size, np.int32)
        found[self._at] = ranking.classes
        cells = self._graph.firsts(np.arange(len(found)))
        return found[cells].reshape(self._graph.shape)

    def _edits(self, classes: Sequence[int]) -> Iterator[tuple[tuple[int, ...], Swap]]:
        ranks = np.array(classes)
        for high in range(int(ranks.max(initial=0)), 0, -1):
            above, below = (np.flatnonzero(ranks == k) for k in (high, high - 1))
            pair = self._states(above), self._states(below)
            if len(above) == len(below) == 1:
                yield self._new(ranks, {above[0]: 2 * high - 2, below[0]: 2 * high}, "swap", pair)
            merged = dict.fromkeys(above.tolist(), 2 * high - 2)
            yield self._new(ranks, merged, "merge", pair)
            for k in above.tolist() if len(above) > 1 else ():
                own = self._states(np.array([k])), pair[1][:1]
                yield self._new(ranks, {k: 2 * high - 2}, "move", own)
            for k in below.tolist() if len(below) > 1 else ():
                own = pair[0][:1], self._states(np.array([k]))
                yield self._new(ranks, {k: 2 * high}, "move", own)

    def _new(
        self,
        ranks: IntArray,
        changed: dict[int, int],
        op: Literal["swap", "merge", "move"],
        pair: tuple[tuple[int, ...], tuple[int, ...]],
    ) -> tuple[tuple[int, ...], Swap]:
        new = 2 * ranks
        for k, value in changed.items():
            new[k] = value
        return tuple(np.unique(new, return_inverse=True)[1].reshape(-1).tolist()), Swap(
            self.party, op, *pair
        )

    def _states(self, positions: NDArray[np.intp]) -> tuple[int, ...]:
        return tuple(self._at[positions].tolist())
