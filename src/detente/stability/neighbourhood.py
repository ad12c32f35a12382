"""The neighbourhood of a state: who can move where, and what the others would gain by doing then.

All moves are counted; only so many states are kept as a person can take in, by a rule that can be
said in one sentence (:func:`neighbourhood`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.graph.model import BoolArray, Graph, Party
from detente.graph.slices import improvements_at, moves_at

NEAR = 7
"""Neighbours kept unless the caller asks for another number."""

FAR = 4
"""States two moves away kept unless the caller asks for another number."""


@dataclass(frozen=True, slots=True)
class Move:
    """One move of one party.

    Parameters
    ----------
    mover : int
        The party.
    source, target : int
        Flat indices of the states.
    improves : bool
        Whether the mover prefers where it leads.
    """

    mover: Party
    source: int
    target: int
    improves: bool


@dataclass(frozen=True, slots=True)
class Reach:
    """What one party can do from the start: how many moves, and how many improvements."""

    moves: int
    improvements: int


@dataclass(frozen=True, eq=False)
class Neighbourhood:
    """The states around one state.

    Parameters
    ----------
    start : int
        Flat index.
    moves : tuple of Move
        One from the start to each neighbour that is kept, the movers in turn.
    answers : tuple of Move
        Improvements of another party from those neighbours to the states two moves away that are
        kept, sorted by target as they were chosen.
    holds : frozenset of int
        Those of all these states, the start included, that hold.
    reach : tuple of Reach
        For each party what it can do from the start, whether kept or not.
    """

    start: int
    moves: tuple[Move, ...]
    answers: tuple[Move, ...]
    holds: frozenset[int]
    reach: tuple[Reach, ...]


def neighbourhood(
    graph: Graph, start: int, equilibria: BoolArray, *, near: int = NEAR, far: int = FAR
) -> Neighbourhood:
    """Return the states around one state.

    The parties take turns, and each adds its best move that is not there yet: the one that leads
    where it likes it best, of equals one that leads where a state holds, then the one that changes
    the fewest options. From the neighbours chosen so, the improvements of the other parties lead
    on; of the states they lead to, those that hold come first, then those with the fewest options
    changed.

    Parameters
    ----------
    start : int
        Flat index of a feasible state.
    equilibria : bool array of the graph's shape
        The states that hold.
    near, far : int
        States kept one and two moves away, at most.

    Notes
    -----
    Two moves are by two parties: what one party can do by two moves in a row it can mostly do by
    one, and a sequence of moves never lets one party move twice in a row. As parties change
    options of their own only, a neighbour is one party's doing, and a state two moves away is
    reached by at most two orders of the same two moves.
    """
    parties = range(len(graph.parties))
    choices = [_best_first(graph, p, start, moves_at(graph, p, start), equilibria) for p in parties]
    gains = [_better(graph, p, start) for p in parties]
    chosen = list(_in_turn(choices, near))
    moves = tuple(Move(p, start, t, t in gains[p]) for p, t in chosen)
    onward = [
        Move(q, move.target, int(t), True)
        for move in moves
        for q in graph.others(move.mover)
        for t in improvements_at(graph, q, move.target)
    ]
    targets = list(dict.fromkeys(m.target for m in onward))
    targets.sort(key=lambda t: (not equilibria.flat[t], _changed(graph, start, t), t))
    kept = {t: k for k, t in enumerate(targets[:far])}
    answers = sorted((m for m in onward if m.target in kept), key=lambda m: kept[m.target])
    states = {start, *(m.target for m in moves), *kept}
    return Neighbourhood(
        start,
        moves,
        tuple(answers),
        frozenset(s for s in states if equilibria.flat[s]),
        tuple(Reach(len(c), len(g)) for c, g in zip(choices, gains, strict=True)),
    )


def _best_first(
    graph: Graph, party: Party, start: int, states: NDArray[np.intp], equilibria: BoolArray
) -> list[int]:
    ranks = graph.ranks[party]

    def place(state: int) -> tuple[int, bool, int, int]:
        rank = -int(ranks.flat[state])
        return (rank, not equilibria.flat[state], _changed(graph, start, state), state)

    return sorted(states.tolist(), key=place)


def _better(graph: Graph, party: Party, start: int) -> frozenset[int]:
    return frozenset(improvements_at(graph, party, start).tolist())


def _in_turn(choices: Sequence[Sequence[int]], most: int) -> Iterator[tuple[Party, int]]:
    """Yield one state of each party in turn until there are enough or none is left."""
    given = 0
    for k in range(max(map(len, choices), default=0)):
        for party, states in enumerate(choices):
            if k < len(states) and given < most:
                yield party, states[k]
                given += 1


def _changed(graph: Graph, a: int, b: int) -> int:
    """Return the number of options that differ between two states."""
    before, after = graph.space.rows(np.array([a, b]))
    return int(np.count_nonzero(before != after))
