"""Stability when the others answer at the same moment instead of after the move."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from detente.errors import LimitError
from detente.graph.climb import improving_into
from detente.graph.model import BoolArray, Graph, Party
from detente.graph.slices import improvements_at, joint_states, own_assignment
from detente.stability.rules import Rules

WORK_LIMIT = 1 << 33
"""Most joint outcomes looked at, summed over all states."""


def stays(graph: Graph, party: Party, rules: Rules, *, limit: int = WORK_LIMIT) -> BoolArray:
    """Return where the others can spoil each improvement by improving from the same state.

    For an improvement of the party, every other party either stays or takes one of its own
    improvements from the same state; the joint outcome spoils it if it is feasible and no better
    for the party than where it was.

    Raises
    ------
    LimitError
        If more than ``limit`` joint outcomes would have to be looked at.

    References
    ----------
    Simultaneous sanctioning: [FraserHipel1984]_.
    """
    tempted = improving_into(graph.feasible, graph, party)
    threatened = np.zeros(graph.shape, bool)
    for other in graph.others(party):
        threatened |= improving_into(graph.feasible, graph, other)
    stable = graph.feasible & ~tempted
    ranks = graph.ranks[party].ravel()
    others = graph.others(party)
    looked_at = 0
    for flat in np.flatnonzero(tempted & threatened):
        choices = joint_choices(graph, party, int(flat))
        looked_at += math.prod(map(len, choices))
        if looked_at > limit:
            raise LimitError(
                f"sim for '{graph.parties[party]}' would look at more than {limit:,} joint "
                "outcomes; leave 'sim' out, or use a smaller case"
            )
        outcomes = joint_states(graph, choices)
        spoiled = (outcomes >= 0) & (ranks[outcomes] <= ranks[flat])
        stable.flat[flat] = bool(spoiled.any(axis=others).all())
    return stable


def joint_choices(graph: Graph, party: Party, flat: int) -> list[NDArray[np.intp]]:
    """Return the own assignments each party may end at, numbered from 0.

    For the focal party those of its improvements, for every other its improvements or staying.
    """
    choices = []
    for p in range(len(graph.parties)):
        ends = improvements_at(graph, p, flat)
        if p != party:
            ends = np.concatenate([[flat], ends])
        choices.append(own_assignment(graph, p, ends))
    return choices
