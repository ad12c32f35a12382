"""Looking a given number of moves ahead: two parties, or one party against all others."""

from __future__ import annotations

from oracle.conflict import Conflict, State, remembered
from oracle.joint import joint


@remembered
def anticipated(c: Conflict, h: int, i: int, s: State) -> State:
    """G_h(i, s): the state party i expects when it is to move at s, h moves ahead [Kilgour1985]_.

    Where payoffs tie, i rather stays, and else takes the state that comes first in the array.
    """
    if h == 0 or not c.moves[i][s]:
        return s
    (j,) = c.others([i])
    best, expected = None, s
    for q in sorted(c.moves[i][s]):
        outcome = anticipated(c, h - 1, j, q)
        if best is None or c.payoff[i][outcome] > best:
            best, expected = c.payoff[i][outcome], outcome
    return s if c.payoff[i][s] >= c.payoff[i][expected] else expected


def limited_move(c: Conflict, h: int, i: int, s: State) -> bool:
    """L_h stability."""
    return bool(anticipated(c, h, i, s) == s)


@remembered
def settled(c: Conflict) -> tuple[int, int]:
    """From which horizon on, and with which period, everything anticipated repeats itself.

    What is anticipated at h + 1 is a function of what is anticipated at h, so the first
    repetition of the whole table closes a cycle.
    """
    met: dict[tuple[State, ...], int] = {}
    h = 0
    while True:
        table = tuple(anticipated(c, h, i, s) for i in c.parties for s in c.states)
        if table in met:
            return met[table], h - met[table]
        met[table] = h
        h += 1


def nonmyopic(c: Conflict, i: int, s: State) -> bool:
    """Whether from some horizon on, s is L_h stable at every horizon."""
    first, period = settled(c)
    return all(limited_move(c, h, i, s) for h in range(first, first + period))


@remembered
def _value(c: Conflict, h: int, i: int, mine_to_move: bool, s: State) -> int:
    """What i can be sure of at s; whoever stays ends the play, as in limited-move stability."""
    here = c.payoff[i][s]
    if h == 0:
        return here
    reach = c.moves[i][s] if mine_to_move else joint(c, c.others([i]), s)
    ahead = [_value(c, h - 1, i, not mine_to_move, q) for q in reach]
    return max([here, *ahead]) if mine_to_move else min([here, *ahead])


def pessimistic(c: Conflict, h: int, i: int, s: State) -> bool:
    """Stable at horizon h against all others as one adversary: 1 Nash, 2 GMR, 3 SMR."""
    return bool(_value(c, h, i, True, s) <= c.payoff[i][s])
