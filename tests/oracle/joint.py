"""Joint moves: legal sequences, in which nobody moves twice in a row.

Legal sequences: [FangHipelKilgour1993]_, [XuHipelKilgourFang2018]_ ch. 4. Anybody may return
after somebody else has moved, and an improving step is judged by its own mover from the state it
leaves.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import Any

from oracle.conflict import Conflict, State, remembered, remembered_by_moves


def improvements(conflict: Conflict, party: int, s: State) -> list[State]:
    """R_i^+(s): the moves of a party to states it prefers."""
    payoff = conflict.payoff[party]
    return [q for q in conflict.moves[party][s] if payoff[q] > payoff[s]]


def ends_of_legal_sequences(
    start: State, movers: Iterable[Hashable], steps: Callable[[Any, State], Iterable[State]]
) -> frozenset[State]:
    """End states of sequences of one or more steps without the same mover twice in a row.

    The search goes over pairs (state, last mover): what may follow depends on nothing else.
    """
    pool = tuple(movers)
    waiting: list[tuple[State, Hashable]] = [(start, None)]
    met: set[tuple[State, Hashable]] = set()
    while waiting:
        s, last = waiting.pop()
        for mover in pool:
            if mover == last:
                continue
            for q in steps(mover, s):
                if (q, mover) not in met:
                    met.add((q, mover))
                    waiting.append((q, mover))
    return frozenset(q for q, _ in met)


@remembered_by_moves
def joint(conflict: Conflict, group: tuple[int, ...], s: State) -> frozenset[State]:
    """R_H(s): where a set of parties can go together; s itself if they can come back."""
    return ends_of_legal_sequences(s, group, lambda j, x: conflict.moves[j][x])


@remembered
def joint_improvements(conflict: Conflict, group: tuple[int, ...], s: State) -> frozenset[State]:
    """R_H^+(s): the same, each step an improvement for its own mover."""
    return ends_of_legal_sequences(s, group, lambda j, x: improvements(conflict, j, x))
