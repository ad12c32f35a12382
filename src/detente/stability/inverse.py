"""Inverse analysis: which preferences would make a given state hold.

For one party, with the preferences of the others as they are, a state e is stable exactly if
certain states are not preferred to it. More such states never hurt, so the smallest sets of states
that must not be preferred say everything.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from detente.errors import LimitError
from detente.graph.model import Graph, Party
from detente.graph.paths import layers
from detente.graph.slices import moves_at
from detente.stability.registry import sequential
from detente.stability.rules import Rules

StateSetKey: TypeAlias = frozenset[int]

MAX_SETS = 500
"""Smallest sets kept for one party before the search is given up."""

MAX_COMBINATIONS = 20_000
"""Sets compared at one time before the search is given up."""

MAX_RELEVANT = 20
"""Most states that the count of rankings can depend on."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """What one party's preferences must satisfy for a state to be stable for it.

    Parameters
    ----------
    party : int
        The party.
    sets : tuple of frozenset of int
        The smallest sets of states (flat indices), any one of which suffices if none of its
        states is preferred to the given one. One empty set: stable whatever the party wants.
        None at all: never stable. Smaller sets first.
    satisfied : bool
        Whether the party's present preferences do.
    rankings : int or None
        In how many of the strict rankings of all feasible states the state is stable for the
        party; None if the sets hold more than ``MAX_RELEVANT`` different states.
    """

    party: Party
    sets: tuple[StateSetKey, ...]
    satisfied: bool
    rankings: int | None


def inverse(graph: Graph, state: int, concept: str) -> tuple[Requirement, ...]:
    """Return for every party which preferences make a state stable.

    Parameters
    ----------
    graph : Graph
        The present preferences serve for the others, where their improvements matter.
    state : int
        Flat index of the state that should hold.
    concept : str
        ``nash``, ``gmr``, ``smr``, ``seq`` or ``sseq``.

    Raises
    ------
    CaseError
        If the concept has no inverse here.
    LimitError
        If a party has more than ``MAX_SETS`` smallest sets.

    Notes
    -----
    Under SEQ and SSEQ the requirements of two parties depend on each other: a change of one
    party's preferences also changes what it would do in answer to others.

    References
    ----------
    [KinsaraKilgourHipel2015]_; the monotone form is our own.
    """
    rules = sequential(concept, "inverse analysis knows").rules
    return tuple(_requirement(graph, p, state, rules) for p in range(len(graph.parties)))


def _requirement(graph: Graph, party: Party, state: int, rules: Rules) -> Requirement:
    sets: list[StateSetKey] = [frozenset()]
    for move in _firsts(graph, moves_at(graph, party, state), state):
        ways = _ways_to_deter(graph, party, state, move, rules)
        if len(sets) * len(ways) <= MAX_COMBINATIONS:
            sets = _smallest([a | b for a in sets for b in ways])
        if len(sets) > MAX_SETS or len(sets) * len(ways) > MAX_COMBINATIONS:
            raise LimitError(
                f"'{graph.parties[party]}' has more than {MAX_SETS} smallest sets of states that "
                "must not be preferred; ask about a case with fewer options"
            )
    ranks = graph.ranks[party].ravel()
    satisfied = any(all(ranks[s] <= ranks[state] for s in required) for required in sets)
    ordered = tuple(sorted(sets, key=lambda s: (len(s), sorted(s))))
    return Requirement(party, ordered, satisfied, count_rankings(sets, graph.n_states))


def _ways_to_deter(
    graph: Graph, party: Party, state: int, move: int, rules: Rules
) -> list[StateSetKey]:
    """Return the smallest sets of states that, not preferred, make one move not worth while."""
    ways = [frozenset({move})]
    if rules.answered:
        measured = layers(graph, move, graph.others(party), improving=rules.improving)
        for answer in np.unique(graph.firsts(np.flatnonzero(measured.reached() > 0))).tolist():
            needed = {answer}
            if rules.final:
                needed |= set(_firsts(graph, moves_at(graph, party, answer), answer))
            ways.append(frozenset(needed - {graph.first(state)}))
    return _smallest(ways)


def _firsts(graph: Graph, states: NDArray[np.intp], beside: int) -> list[int]:
    """Return the first of each class of some states, but for the class of one."""
    found: list[int] = np.unique(graph.firsts(states)).tolist()
    return [state for state in found if state != graph.first(beside)]


def _smallest(sets: Sequence[StateSetKey]) -> list[StateSetKey]:
    """Return the sets that contain no other of them."""
    kept: list[StateSetKey] = []
    for candidate in sorted(set(sets), key=len):
        if not any(small <= candidate for small in kept):
            kept.append(candidate)
    return kept


def count_rankings(sets: Sequence[StateSetKey], n_states: int) -> int | None:
    """Return in how many strict rankings one of the sets lies wholly below the state in question.

    Parameters
    ----------
    sets : sequence of frozenset of int
        States other than the one in question.
    n_states : int
        How many states are ranked in all.

    Returns
    -------
    int or None
        Of the ``n_states!`` strict rankings; None if the sets hold too many different states.

    Notes
    -----
    Only the order of the r states that occur and the state itself matters. A set A of them lies
    below it, and the others above, in |A|! (r - |A|)! of the (r + 1)! orders.
    """
    relevant = sorted(frozenset().union(*sets))
    r = len(relevant)
    if r > MAX_RELEVANT:
        return None
    bit = {state: 1 << k for k, state in enumerate(relevant)}
    below = np.arange(1 << r)
    suffices = np.zeros(1 << r, bool)
    for required in sets:
        mask = sum(bit[s] for s in required)
        suffices |= below & mask == mask
    sizes = np.bitwise_count(below[suffices])
    orders = sum(
        math.factorial(size) * math.factorial(r - size) * int(n)
        for size, n in enumerate(np.bincount(sizes))
    )
    return orders * math.factorial(n_states) // math.factorial(r + 1)
