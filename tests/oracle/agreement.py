"""What several parties would all rather have, and who can bring something about: sets and loops."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from oracle.conflict import Conflict, State, subsets
from oracle.joint import joint, joint_improvements

Group = tuple[int, ...]


def gains(c: Conflict, group: Iterable[int], today: State) -> set[State]:
    """Where everybody in a group is strictly better off than today."""
    return {s for s in c.states if all(c.payoff[i][s] > c.payoff[i][today] for i in group)}


def weak_gains(c: Conflict, group: Sequence[int], today: State) -> set[State]:
    """Where nobody in a group is worse off and somebody is better off."""
    return {
        s
        for s in c.states
        if all(c.payoff[i][s] >= c.payoff[i][today] for i in group)
        and any(c.payoff[i][s] > c.payoff[i][today] for i in group)
    }


def pareto(c: Conflict, group: Sequence[int], zone: set[State]) -> set[State]:
    """The states of a zone that no feasible state at all betters for some and worsens for none."""

    def over(z: State, s: State) -> bool:
        at_least = all(c.payoff[i][z] >= c.payoff[i][s] for i in group)
        return at_least and any(c.payoff[i][z] > c.payoff[i][s] for i in group)

    return {s for s in zone if not any(over(z, s) for z in c.states)}


def pushed_to(c: Conflict, i: int, s: State) -> int:
    """The least level that the others' improvements can bring a party to from a state."""
    return min(c.payoff[i][q] for q in {s, *joint_improvements(c, c.others([i]), s)})


def alone(c: Conflict, i: int, s: State) -> int:
    """The most a party can make sure of by one move of its own or none."""
    return max(pushed_to(c, i, q) for q in (s, *c.moves[i][s]))


def can(c: Conflict, group: Group, today: State, aim: set[State], improving: bool) -> set[State]:
    """Where a group can go so that the others cannot get out of a set any more."""
    rest = c.others(group)
    leave = joint_improvements if improving else joint
    mine = {today, *joint(c, group, today)}
    return {s for s in mine if s in aim and all(q in aim for q in leave(c, rest, s))}


def smallest(c: Conflict, today: State, aim: set[State], improving: bool) -> set[Group]:
    """The smallest groups that can bring a set about for good."""
    able = [g for g in ((), *subsets(c.parties)) if can(c, g, today, aim, improving)]
    return {g for g in able if not any(set(h) < set(g) for h in able)}
