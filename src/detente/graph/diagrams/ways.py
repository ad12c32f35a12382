"""Shortest legal sequences of moves on decision diagrams, layer by layer."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from detente.graph.diagrams.coding import PATIENCE
from detente.graph.diagrams.large import Large
from detente.graph.diagrams.sets import Where
from detente.graph.model import Party
from detente.graph.space import Levels

HURRY = 60
"""Seconds that a search for where improvements lead may take, which is told beside other things."""


@dataclass(frozen=True, slots=True)
class Go:
    """One move: who, and the levels before and after."""

    mover: Party
    source: Levels
    target: Levels


@dataclass(frozen=True, slots=True)
class Way:
    """A shortest legal sequence; ``found`` is false if the goal is out of reach."""

    found: bool
    moves: tuple[Go, ...] = ()


def shortest(
    graph: Large,
    start: Levels,
    goal: Where,
    movers: Sequence[Party],
    *,
    improving: bool = False,
) -> Way:
    """Return one of the shortest legal sequences from a state into a set.

    Parameters
    ----------
    movers : sequence of int
        Who may move; nobody twice in a row.
    improving : bool
        Each step must be an improvement for its mover.
    """
    if goal.holds(start):
        return Way(True)
    origin = graph.only(start)
    fresh = dict.fromkeys(movers, origin)  # what each mover may go on from
    nothing = origin & ~origin
    seen = dict.fromkeys(movers, nothing)
    layers: list[dict[Party, Where]] = []
    begin = time.monotonic()
    while any(states.any() for states in fresh.values()):
        new = {}
        for j in movers:
            graph.coding.check(begin, HURRY if improving else PATIENCE)
            new[j] = graph.kernel.forward(fresh[j], j, improving=improving) & ~seen[j]
            seen[j] |= new[j]
        layers.append(new)
        if any((new[j] & goal).any() for j in movers):
            return Way(True, _trace(graph, start, goal, layers, improving=improving))
        fresh = {j: _union([new[k] for k in movers if k != j], nothing) for j in movers}
    return Way(False)


def reached(
    graph: Large, start: Levels, movers: Sequence[Party], *, improving: bool = False
) -> Where:
    """Return a state and all that legal sequences of moves, or improvements, lead to from it."""
    origin, begin = graph.only(start), time.monotonic()
    nothing = origin & ~origin
    fresh = dict.fromkeys(movers, origin)
    seen = dict.fromkeys(movers, nothing)
    while any(states.any() for states in fresh.values()):
        new = {}
        for j in movers:
            graph.coding.check(begin, HURRY if improving else PATIENCE)
            new[j] = graph.kernel.forward(fresh[j], j, improving=improving) & ~seen[j]
            seen[j] |= new[j]
        fresh = {j: _union([new[k] for k in movers if k != j], nothing) for j in movers}
    return _union(list(seen.values()), origin)


def _union(sets: Sequence[Where], nothing: Where) -> Where:
    found = nothing
    for states in sets:
        found = found | states
    return found


def _trace(
    graph: Large,
    start: Levels,
    goal: Where,
    layers: Sequence[dict[Party, Where]],
    *,
    improving: bool,
) -> tuple[Go, ...]:
    """Return a sequence backwards from where the last layer meets the goal."""
    back = graph.kernel.one_improvement if improving else graph.kernel.one_real_move
    last = layers[-1]
    mover = next(j for j in last if (last[j] & goal).any())
    state = nearest(graph, last[mover] & goal, start)
    moves: list[Go] = []
    for depth in reversed(range(len(layers))):
        sources = Where(graph.coding, back(graph.only(state).node, mover))
        if depth == 0:
            moves.append(Go(mover, start, state))
            break
        before = layers[depth - 1]
        earlier = next(j for j in before if j != mover and (before[j] & sources).any())
        source = (before[earlier] & sources).first()
        moves.append(Go(mover, source, state))
        state, mover = source, earlier
    return tuple(reversed(moves))


def nearest(graph: Large, states: Where, today: Levels) -> Levels:
    """Return the state of a set, which must not be empty, that differs from today least.

    Among several it is the first in the order of states.
    """
    return nearest_to(graph, states, Where(graph.coding, graph.coding.state(today)))


def nearest_to(graph: Large, states: Where, goal: Where) -> Levels:
    """Return the state of a set that differs least from one of another; neither may be empty."""
    return closest(graph, states, goal).first()


def closest(graph: Large, states: Where, goal: Where) -> Where:
    """Return all the states of a set that differ from one of another in the fewest options."""
    coding = graph.coding
    ball = goal.node
    while not (near := Where(coding, ball & states.node)).any():
        ball = coding.any_of(coding.bdd.exist(names, ball) for names in coding.x)
    return near
