"""What holds, outcome by outcome: how many of an outcome's states are equilibria."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.graph.model import BoolArray, Graph
from detente.graph.space import Box, Space
from detente.stability.analysis import Verdicts, holding
from detente.stability.patterns import OutcomeGroup, by_outcome
from detente.stability.statusquo import Evolution

MAX_PATTERNS = 12
"""Patterns for each part of the equilibria that is told."""


@dataclass(frozen=True, slots=True)
class Held:
    """How much of an outcome holds.

    Parameters
    ----------
    outcome : str
        Its name; empty for the states in which no outcome holds.
    states : int
        The feasible states of it.
    holding : tuple of (str, int)
        For each concept how many of them are equilibria.
    staying : tuple of (str, tuple of (str, int))
        For each concept and each party, or coalition, in how many of them it would stay.
    """

    outcome: str
    states: int
    holding: tuple[tuple[str, int], ...]
    staying: tuple[tuple[str, tuple[tuple[str, int], ...]], ...] = ()

    def under(self, concept: str) -> int:
        """Return how many states hold under a concept."""
        return dict(self.holding)[concept]


@dataclass(frozen=True, eq=False)
class OutcomeTally:
    """What holds, outcome by outcome.

    Parameters
    ----------
    outcomes : tuple of Held
        In the case's order; last the states in which none holds, if there are any.
    equilibria : tuple of (str, int)
        For each concept how many states hold.
    groups : tuple of (str, tuple of OutcomeGroup)
        For each concept its equilibria as patterns, parted by the outcomes in which they lie.
    today : tuple of str or None
        The concepts under which the status quo holds; None if there is no status quo.
    """

    outcomes: tuple[Held, ...]
    equilibria: tuple[tuple[str, int], ...]
    groups: tuple[tuple[str, tuple[OutcomeGroup, ...]], ...]
    today: tuple[str, ...] | None


def tally(result: Verdicts) -> OutcomeTally:
    """Return what holds, outcome by outcome.

    Parameters
    ----------
    result : Verdicts
        The equilibria; only concepts that were worked out to their end count.
    """
    case, feasible, graph = result.case, result.graph.feasible, result.graph
    space, truth = result.graph.space, result.graph.truth(case)
    where = [(outcome.name, truth(outcome.formula)) for outcome in case.outcomes]
    today = -1 if case.status_quo is None else space.find(case.status_quo)
    held = [(c.name, result.equilibria(c.name).states) for c in result.concepts]
    stays = [
        (c.name, [(f, result.stable(c.name, f).states) for f in result.focals(c.name)])
        for c in result.concepts
    ]
    rest = feasible.copy()
    parts = []
    for name, holds in where:
        states = feasible & holds
        rest &= ~holds
        parts.append(_count(graph, name, states, held, stays))
    if rest.any():
        parts.append(_count(graph, "", rest, held, stays))
    return OutcomeTally(
        tuple(parts),
        tuple((name, graph.count(states)) for name, states in held),
        tuple(
            (
                name,
                by_outcome(
                    states, feasible, where, space=space, limit=MAX_PATTERNS, merged=graph.merged
                ),
            )
            for name, states in held
        ),
        None
        if case.status_quo is None
        else tuple(name for name, states in held if today >= 0 and states.flat[today]),
    )


def _count(
    graph: Graph,
    name: str,
    states: BoolArray,
    held: list[tuple[str, BoolArray]],
    stays: list[tuple[str, list[tuple[str, BoolArray]]]],
) -> Held:
    def size(among: BoolArray) -> int:
        return graph.count(states & among)

    return Held(
        name,
        size(states),
        tuple((concept, size(e)) for concept, e in held),
        tuple((concept, tuple((f, size(s)) for f, s in each)) for concept, each in stays),
    )


def nearest_to(states: BoolArray, today: tuple[int, ...] | None, space: Space | None = None) -> int:
    """Return the state of a set that differs from today in the fewest options; its flat index.

    Among several it is the first in the order of states, and so without a status quo.
    """
    space = Box(states.shape) if space is None else space
    distance = np.int16(0) if today is None else space.differing(today)
    return int(np.where(states, distance, np.iinfo(np.int16).max).argmin())


@dataclass(frozen=True, slots=True)
class Reach:
    """How many states that hold can come of today.

    Parameters
    ----------
    by_improvements : int
        Other states reached by moves each of which its mover prefers.
    by_moves : int
        Other states reached, but not so.
    out_of_reach : int
        States that no moves lead to.
    """

    by_improvements: int
    by_moves: int
    out_of_reach: int


def reach(result: Verdicts, evolution: Evolution) -> Reach:
    """Return how many states that hold under some concept can come of the status quo."""
    at = result.graph.states(holding(result)).at
    at = at[at != evolution.start]
    moves, improvements = evolution.moves.ravel()[at], evolution.improvements.ravel()[at]
    return Reach(
        int(np.count_nonzero(improvements >= 0)),
        int(np.count_nonzero((improvements < 0) & (moves >= 0))),
        int(np.count_nonzero(moves < 0)),
    )
