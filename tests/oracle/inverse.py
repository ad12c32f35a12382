"""Which preferences of one party make a state stable for it: all of them tried.

[KinsaraKilgourHipel2015]_ tries all rankings; for one party with the others fixed, all that
counts is which states are not better than the desired one.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable

from oracle.conflict import Conflict, State

Definition = Callable[[Conflict, int, State], bool]


def stable_lower_sets(c: Conflict, concept: Definition, i: int, e: State) -> set[frozenset[State]]:
    """Every set L such that e is stable for i when just the states of L are not better than e."""
    rest = [s for s in c.states if s != e]
    found = set()
    for size in range(len(rest) + 1):
        for lower in itertools.combinations(rest, size):
            payoff = {s: int(s != e and s not in lower) for s in c.states}
            if concept(c.with_payoff(i, payoff), i, e):
                found.add(frozenset(lower))
    return found


def minimal_sets(c: Conflict, concept: Definition, i: int, e: State) -> set[frozenset[State]]:
    """The least of those sets: each says 'these must not be better than e'."""
    stable = stable_lower_sets(c, concept, i, e)
    return {lower for lower in stable if not any(other < lower for other in stable)}


def rankings_that_work(c: Conflict, concept: Definition, i: int, e: State) -> int:
    """How many of the strict rankings of all states by i make e stable for i."""
    return sum(
        concept(c.with_payoff(i, dict(zip(order, range(len(order)), strict=True))), i, e)
        for order in itertools.permutations(c.states)
    )
