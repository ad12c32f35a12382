"""Stability of a state for one party, each definition as it is written.

Nash 1951; GMR and SMR: [Howard1971]_; SEQ and SIM: [FraserHipel1984]_; SSEQ: [RegoVieira2017]_.
A sanction deters when it is no better than the state the party started from.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable

from oracle.conflict import Conflict, State, remembered
from oracle.joint import improvements, joint, joint_improvements


@remembered
def nash(c: Conflict, i: int, s: State) -> bool:
    """No improvement."""
    return not improvements(c, i, s)


@remembered
def gmr(c: Conflict, i: int, s: State) -> bool:
    """Every improvement can be answered by some joint move that leaves i no better off."""
    return all(
        any(c.payoff[i][s2] <= c.payoff[i][s] for s2 in joint(c, c.others([i]), s1))
        for s1 in improvements(c, i, s)
    )


@remembered
def smr(c: Conflict, i: int, s: State) -> bool:
    """As GMR, and i cannot escape the answer by a further move."""
    return all(_inescapable(c, i, s, joint(c, c.others([i]), s1)) for s1 in improvements(c, i, s))


@remembered
def seq(c: Conflict, i: int, s: State) -> bool:
    """As GMR, the opponents moving only to their own benefit."""
    return all(
        any(c.payoff[i][s2] <= c.payoff[i][s] for s2 in joint_improvements(c, c.others([i]), s1))
        for s1 in improvements(c, i, s)
    )


@remembered
def sseq(c: Conflict, i: int, s: State) -> bool:
    """As SEQ, and i cannot escape the answer by a further move."""
    return all(
        _inescapable(c, i, s, joint_improvements(c, c.others([i]), s1))
        for s1 in improvements(c, i, s)
    )


@remembered
def sim(c: Conflict, i: int, s: State) -> bool:
    """Every improvement can be spoilt by opponents who improve from s at the same time."""
    return all(
        any(c.payoff[i][end] <= c.payoff[i][s] for end in _at_once(c, i, s, s1))
        for s1 in improvements(c, i, s)
    )


def fh(c: Conflict, i: int, s: State) -> bool:
    """Every improvement is answered in turn, or every improvement is spoilt at once."""
    return bool(seq(c, i, s) or sim(c, i, s))


def _inescapable(c: Conflict, i: int, s: State, answers: Iterable[State]) -> bool:
    mine = c.payoff[i]
    return any(
        mine[s2] <= mine[s] and all(mine[s3] <= mine[s] for s3 in c.moves[i][s2]) for s2 in answers
    )


def _at_once(c: Conflict, i: int, s: State, s1: State) -> Iterable[State]:
    """The feasible states when i goes to s1 while each opponent improves from s, or stays."""
    opponents = c.others([i])
    feasible = set(c.states)
    for choice in itertools.product(*([s, *improvements(c, j, s)] for j in opponents)):
        goes_to = {i: s1, **dict(zip(opponents, choice, strict=True))}
        end = tuple(goes_to[owner][axis] for axis, owner in enumerate(c.owner))
        if end in feasible:
            yield end


INDIVIDUAL: dict[str, Callable[[Conflict, int, State], bool]] = {
    "nash": nash,
    "gmr": gmr,
    "smr": smr,
    "seq": seq,
    "sseq": sseq,
    "sim": sim,
}
