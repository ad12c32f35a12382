"""Stability of a state for a coalition.

[KilgourHipelFangPeng2001]_ and [InoharaHipel2008a]_: a coalition improvement is a joint move, by
a legal sequence of the members, to a state that every member prefers to the start.
"""

from __future__ import annotations

from collections.abc import Callable

from oracle.conflict import Conflict, State, remembered, subsets
from oracle.joint import ends_of_legal_sequences, joint

Coalition = tuple[int, ...]


@remembered
def coalition_improvements(c: Conflict, group: Coalition, s: State) -> list[State]:
    """R_H^++(s)."""
    return [
        q for q in sorted(joint(c, group, s)) if all(c.payoff[i][q] > c.payoff[i][s] for i in group)
    ]


def deterring(c: Conflict, group: Coalition, s: State, q: State) -> bool:
    """Whether some member finds q no better than s."""
    return any(c.payoff[i][q] <= c.payoff[i][s] for i in group)


@remembered
def cnash(c: Conflict, group: Coalition, s: State) -> bool:
    return not coalition_improvements(c, group, s)


@remembered
def cgmr(c: Conflict, group: Coalition, s: State) -> bool:
    return all(
        any(deterring(c, group, s, y) for y in joint(c, c.others(group), x))
        for x in coalition_improvements(c, group, s)
    )


@remembered
def csmr(c: Conflict, group: Coalition, s: State) -> bool:
    return all(
        any(
            deterring(c, group, s, y) and all(deterring(c, group, s, z) for z in joint(c, group, y))
            for y in joint(c, c.others(group), x)
        )
        for x in coalition_improvements(c, group, s)
    )


@remembered
def answers_of_coalitions(c: Conflict, outside: Coalition, x: State) -> frozenset[State]:
    """Ends of sequences of coalition improvements, no sub-coalition twice in a row."""
    return ends_of_legal_sequences(
        x, subsets(outside), lambda group, state: coalition_improvements(c, group, state)
    )


@remembered
def cseq(c: Conflict, group: Coalition, s: State) -> bool:
    return all(
        any(deterring(c, group, s, y) for y in answers_of_coalitions(c, c.others(group), x))
        for x in coalition_improvements(c, group, s)
    )


COALITION: dict[str, Callable[[Conflict, Coalition, State], bool]] = {
    "cnash": cnash,
    "cgmr": cgmr,
    "csmr": csmr,
    "cseq": cseq,
}
