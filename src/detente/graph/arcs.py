"""The moves of a conflict one by one: the graph of the graph model, for drawing and for others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from detente.errors import LimitError
from detente.graph.model import Graph, Party
from detente.graph.slices import moves_at

MOST = 1_000_000
"""Moves listed at most."""


@dataclass(frozen=True, slots=True)
class Arc:
    """One move of one party.

    Parameters
    ----------
    mover : int
        The party.
    source, target : int
        Flat indices of the states.
    gain : int
        1 where the mover prefers the target, -1 where the source, 0 where it is indifferent.
    """

    mover: Party
    source: int
    target: int
    gain: int


def arcs(graph: Graph, states: Iterable[int] | None = None, *, most: int = MOST) -> Iterator[Arc]:
    """Yield the moves between some states, by source, then party, then target.

    Parameters
    ----------
    states : iterable of int, optional
        Flat indices; by default all feasible states.
    most : int
        Moves at most.

    Raises
    ------
    LimitError
        If there are more.
    """
    every = states is None
    chosen = _first(graph) if states is None else sorted(set(states))
    wanted = frozenset(() if every else chosen)
    ranks = [r.ravel() for r in graph.ranks]
    given = 0
    for source in chosen:
        for mover, rank in enumerate(ranks):
            for target in _targets(graph, mover, source):
                if not every and target not in wanted:
                    continue
                given += 1
                if given > most:
                    raise LimitError(f"there are more than {most:,} moves to list")
                gain = int(np.sign(int(rank[target]) - int(rank[source])))
                yield Arc(mover, source, target, gain)


def _first(graph: Graph) -> list[int]:
    """Return the feasible states; of those that count as one the first."""
    found: list[int] = graph.states(graph.feasible).at.tolist()
    return found


def _targets(graph: Graph, mover: Party, source: int) -> list[int]:
    """Return where a party can go; of states that count as one to the first, and not to itself."""
    targets = moves_at(graph, mover, source)
    if graph.merged is not None:
        targets = np.unique(graph.merged[targets])
        targets = targets[targets != graph.merged[source]]
    found: list[int] = targets.tolist()
    return found
