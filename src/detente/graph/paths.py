"""Shortest legal sequences of moves from one state to others.

A state is a flat index into the state arrays (C order). Sequences are found layer by layer: layer
k holds, for each party, the states that a legal sequence of k moves reaches with that party moving
last and no shorter one does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.graph.climb import improving_from
from detente.graph.model import BoolArray, Graph, Party
from detente.graph.moves import any_move
from detente.graph.slices import sources_at

MAX_SEQUENCES = 20
"""Sequences to one state that are told apart unless the caller asks for more."""


@dataclass(frozen=True, slots=True)
class Step:
    """One move."""

    mover: Party
    source: int
    target: int


@dataclass(frozen=True, slots=True)
class Paths:
    """The shortest legal sequences from one state into a set of states.

    Parameters
    ----------
    sequences : tuple of tuple of Step
        Empty if the set is out of reach; one empty sequence if the start lies in it.
    complete : bool
        Whether these are all the shortest ones.
    """

    sequences: tuple[tuple[Step, ...], ...]
    complete: bool = True

    @property
    def length(self) -> int | None:
        """Moves in each sequence; None if the set is out of reach."""
        return len(self.sequences[0]) if self.sequences else None


@dataclass(frozen=True, eq=False)
class Layers:
    """How many moves a party that moves last needs to bring about each state.

    Parameters
    ----------
    start : int
        The state all sequences begin at.
    movers : tuple of int
        Who may move.
    improving : bool
        Whether each step must be an improvement for its mover.
    moves : int array of shape (movers, states)
        Length of the shortest legal sequence that ends with this mover's move; -1 if none.
    """

    start: int
    movers: tuple[Party, ...]
    improving: bool
    moves: NDArray[np.int32]

    def reached(self) -> NDArray[np.int32]:
        """Return, for every state, the least number of moves to it; -1 if out of reach."""
        far = np.iinfo(np.int32).max
        least = np.where(self.moves < 0, far, self.moves).min(axis=0, initial=far)
        least[self.start] = 0
        return np.where(least == far, -1, least).astype(np.int32)


def layers(
    graph: Graph,
    start: int,
    movers: Sequence[Party],
    *,
    improving: bool,
    goal: BoolArray | None = None,
) -> Layers:
    """Measure all states from one start.

    Parameters
    ----------
    goal : bool array of the graph's shape, optional
        Stop at the first layer that meets it.
    """
    order = tuple(movers)
    moves = np.full((len(order), graph.feasible.size), -1, np.int32)
    origin = np.zeros(graph.shape, bool)
    origin.flat[start] = True
    fresh = dict.fromkeys(order, origin)  # what each mover may go on from: not its own last move
    length = 0
    while any(states.any() for states in fresh.values()):
        length += 1
        new = {}
        for row, j in enumerate(order):
            went = (improving_from if improving else _moves_from)(fresh[j], graph, j)
            new[j] = went & (moves[row] < 0).reshape(graph.shape)
            moves[row][new[j].ravel()] = length
        fresh = {
            j: np.logical_or.reduce([new[k] for k in order if k != j] or [np.zeros_like(origin)])
            for j in order
        }
        if goal is not None and any((states & goal).any() for states in new.values()):
            break
    return Layers(start, order, improving, moves)


def _moves_from(states: BoolArray, graph: Graph, party: Party) -> BoolArray:
    reached: BoolArray = any_move(states, graph, party, back=True)
    return reached


def shortest(
    graph: Graph,
    start: int,
    goal: BoolArray,
    movers: Sequence[Party],
    *,
    improving: bool = False,
    limit: int = MAX_SEQUENCES,
) -> Paths:
    """Return the shortest legal sequences into a set of states.

    Parameters
    ----------
    start : int
        Where the sequences begin.
    goal : bool array of the graph's shape
        Where they may end.
    movers : sequence of int
        Who may move; nobody twice in a row.
    improving : bool
        Each step must be an improvement for its mover.
    limit : int
        At most so many sequences.
    """
    if goal.flat[start]:
        return Paths(((),))
    measured = layers(graph, start, movers, improving=improving, goal=goal)
    reached = measured.reached()
    ends = np.flatnonzero(goal.ravel() & (reached > 0))
    if not len(ends):
        return Paths(())
    nearest = ends[reached[ends] == reached[ends].min()]
    return trace(graph, measured, nearest, limit=limit)


def trace(
    graph: Graph, measured: Layers, ends: NDArray[np.intp], *, limit: int = MAX_SEQUENCES
) -> Paths:
    """Return all shortest sequences to given states, all equally far, up to a limit.

    References
    ----------
    Shortest coloured paths of a status quo analysis: [LiKilgourHipel2005]_.
    """
    found: list[tuple[Step, ...]] = []
    reached = measured.reached()
    stack: list[tuple[int, int, tuple[Step, ...]]] = [
        (int(end), row, ())
        for end in reversed(ends)
        for row in reversed(range(len(measured.movers)))
        if measured.moves[row, end] == reached[end]
    ]
    while stack and len(found) <= limit:
        state, row, tail = stack.pop()
        mover, length = measured.movers[row], int(measured.moves[row, state])
        for source in sources_at(graph, mover, state, improving=measured.improving)[::-1]:
            path = (Step(mover, int(source), state), *tail)
            if length == 1:
                if source == measured.start:
                    found.append(path)
                continue
            for before in reversed(range(len(measured.movers))):
                if before != row and measured.moves[before, source] == length - 1:
                    stack.append((int(source), before, path))
    return Paths(tuple(found[:limit]), complete=len(found) <= limit)
