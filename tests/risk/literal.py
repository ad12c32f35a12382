"""The slide by mistake read aloud: plain loops and fractions, one state at a time.

Shares no code with the package; moves, improvements and answers come from the oracle's lists.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

from oracle.conflict import Conflict, State
from oracle.joint import improvements, joint, joint_improvements


@dataclass(frozen=True)
class Asked:
    """A question: where it starts and ends, who moves how often and errs how often."""

    conflict: Conflict
    start: State
    danger: frozenset[State]
    goal: frozenset[State]
    tempo: tuple[Fraction, ...]
    misstep: tuple[Fraction, ...]
    behaviour: str = "improve"
    concept: str = "seq"
    temperature: float = 1.0


def wanted(q: Asked, party: int, s: State) -> dict[State, Fraction | float]:
    """What a party does when it does not err: where it goes, with which chance."""
    c = q.conflict
    better = improvements(c, party, s)
    if q.behaviour == "cautious":
        better = [t for t in better if not sanctioned(c, party, s, t, q.concept)]
    if not better:
        return {s: Fraction(1)}
    if q.behaviour == "softmax":
        gain = {t: c.payoff[party][t] - c.payoff[party][s] for t in better}
        weight = {t: math.exp(g / q.temperature) for t, g in gain.items()}
        return {t: w / sum(weight.values()) for t, w in weight.items()}
    return {t: Fraction(1, len(better)) for t in better}


def sanctioned(c: Conflict, party: int, s: State, t: State, concept: str) -> bool:
    """Whether the others can, or would, answer the move from s to t so that it does not pay."""
    mine, others = c.payoff[party], c.others([party])
    if concept == "nash":
        return False
    answers = (joint_improvements if concept in ("seq", "sseq") else joint)(c, others, t)
    for u in answers:
        caught = all(mine[v] <= mine[s] for v in c.moves[party][u])
        if mine[u] <= mine[s] and (concept in ("gmr", "seq") or caught):
            return True
    return False


def step(q: Asked, s: State) -> dict[State, Fraction | float]:
    """Where one tick leads from a state, with which chance."""
    if s in q.danger or s in q.goal:
        return {s: Fraction(1)}
    chances: dict[State, Fraction | float] = {}
    for party, tempo in enumerate(q.tempo):
        drawn = tempo / sum(q.tempo)
        moves = q.conflict.moves[party][s]
        erring = {t: Fraction(1, len(moves)) for t in moves} or {s: Fraction(1)}
        for weight, lots in (
            (q.misstep[party], erring),
            (1 - q.misstep[party], wanted(q, party, s)),
        ):
            for t, chance in lots.items():
                chances[t] = chances.get(t, 0) + drawn * weight * chance
    return {t: chance for t, chance in chances.items() if chance}


def chain(q: Asked) -> dict[State, dict[State, Fraction | float]]:
    """The chain on the states it can come to."""
    rows: dict[State, dict[State, Fraction | float]] = {}
    waiting = [q.start]
    while waiting:
        s = waiting.pop()
        if s not in rows:
            rows[s] = step(q, s)
            waiting.extend(rows[s])
    return rows


def can_reach(rows: dict[State, dict[State, Fraction | float]], ends: frozenset[State]) -> set:
    """The states from which one of some states can be reached."""
    found = {s for s in rows if s in ends}
    while more := {s for s in rows if s not in found and found & rows[s].keys()}:
        found |= more
    return found


def p_danger(q: Asked) -> Fraction | float:
    """The probability to come to danger before the goal."""
    rows = chain(q)
    able = can_reach(rows, q.danger)
    unknown = [s for s in rows if s in able and s not in q.danger]
    return solve(rows, unknown, dict.fromkeys(q.danger, 1)).get(q.start, int(q.start in q.danger))


def mean_ticks(q: Asked) -> Fraction | float | None:
    """The mean time to danger or the goal; None if it may come to neither."""
    rows = chain(q)
    ends = q.danger | q.goal
    if len(can_reach(rows, ends)) < len(rows):
        return None
    unknown = [s for s in rows if s not in ends]
    return solve(rows, unknown, {}, each=1).get(q.start, 0)


def within(q: Asked, ticks: int) -> list[Fraction | float]:
    """The probability to be in danger after 0, 1, 2, ... ticks."""
    rows = chain(q)
    at: dict[State, Fraction | float] = {q.start: Fraction(1)}
    found = []
    for _ in range(ticks + 1):
        found.append(sum((p for s, p in at.items() if s in q.danger), Fraction(0)))
        onward: dict[State, Fraction | float] = {}
        for s, p in at.items():
            for t, chance in rows[s].items():
                onward[t] = onward.get(t, 0) + p * chance
        at = onward
    return found


def solve(rows, unknown, known, each=0):
    """Gauss elimination of x[s] = each + sum of chance * x[t]; x is 0 where nothing is known."""
    place = {s: k for k, s in enumerate(unknown)}
    table = []
    for s in unknown:
        line = [Fraction(0)] * len(unknown) + [Fraction(each)]
        line[place[s]] += 1
        for t, chance in rows[s].items():
            if t in place:
                line[place[t]] -= chance
            else:
                line[-1] += chance * known.get(t, 0)
        table.append(line)
    for k in range(len(table)):
        pivot = max(range(k, len(table)), key=lambda r: abs(table[r][k]))
        table[k], table[pivot] = table[pivot], table[k]
        table[k] = [x / table[k][k] for x in table[k]]
        for r in range(len(table)):
            if r != k and table[r][k]:
                factor = table[r][k]
                table[r] = [x - factor * y for x, y in zip(table[r], table[k], strict=True)]
    return {s: table[place[s]][-1] for s in unknown}
