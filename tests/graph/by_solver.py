"""Conflicts of very many states, and what the definitions say of one state, by a SAT solver.

Nothing of the engine is used. Options change freely and there are no rules, so the others together
can bring about any choice of their own options. Improvements of two others are followed over all
their choices at once, in plain arrays, for one choice of the third.
"""

from __future__ import annotations

import functools
import itertools
from dataclasses import dataclass, field

import numpy as np
from pysat.solvers import Solver

from detente.case import formula as fm
from detente.case.model import Case, Option, Party, Statement, Statements


def conflict(seed: int, sizes: tuple[int, int, int], wishes: int = 9) -> Case:
    """Three parties with so many yes-no options each, option k named ``ok``, and random wishes."""
    rng = np.random.default_rng(seed)
    owner = [p for p, n in enumerate(sizes) for _ in range(n)]

    def literal() -> fm.Formula:
        k = int(rng.integers(len(owner)))
        atom = fm.OptionIs(f"p{owner[k]}", f"o{k}")
        return atom if rng.random() < 0.5 else fm.Not(atom)

    def wants() -> Statements:
        made = (fm.Or((fm.And((literal(), literal())), literal())) for _ in range(wishes))
        return Statements(tuple(map(Statement, made)))

    options = [Option(f"o{k}", f"O{k}") for k in range(len(owner))]
    parties = tuple(
        Party(f"p{p}", f"P{p}", tuple(o for o, q in zip(options, owner, strict=True) if p == q), w)
        for p, w in enumerate([wants() for _ in range(3)])
    )
    return Case("big", "Big", parties)


def holds(wish: fm.Formula, value):
    """Whether a wish holds, by the truth of option k: of a state, or of a grid of them."""
    match wish:
        case fm.OptionIs(_, option):
            return value(int(option[1:]))
        case fm.Not(operand):
            return np.logical_not(holds(operand, value))
        case fm.And(operands):
            return functools.reduce(np.logical_and, (holds(o, value) for o in operands))
        case fm.Or(operands):
            return functools.reduce(np.logical_or, (holds(o, value) for o in operands))
    raise AssertionError(wish)


class Clauses:
    """A solver over some open options, where wishes of settings of all others are literals."""

    def __init__(self, size: int) -> None:
        self.solver, self.fresh = Solver("cadical153"), itertools.count(size + 1)
        self.true = next(self.fresh)
        self.solver.add_clause([self.true])

    def literal(self, wish: fm.Formula, setting: dict[int, bool]) -> int:
        match wish:
            case fm.OptionIs(_, option):
                k = int(option[1:])
                if k in setting:
                    return self.true if setting[k] else -self.true
                return k + 1
            case fm.Not(operand):
                return -self.literal(operand, setting)
            case fm.And(operands):
                return self.both([self.literal(o, setting) for o in operands])
            case fm.Or(operands):
                return -self.both([-self.literal(o, setting) for o in operands])
        raise AssertionError(wish)

    def both(self, literals: list[int]) -> int:
        v = next(self.fresh)
        for one in literals:
            self.solver.add_clause([-v, one])
        self.solver.add_clause([v, *(-one for one in literals)])
        return v

    def above(self, vector: list[int], bound: list[int]) -> int:
        """The literal of one vector standing above another, the first place counting most."""
        greater, equal = -self.true, self.true
        for bit, other in zip(vector, bound, strict=True):
            gains = self.both([equal, bit, -other])
            greater = -self.both([-greater, -gains])
            same = -self.both([-self.both([bit, other]), -self.both([-bit, -other])])
            equal = self.both([equal, same])
        return greater

    def known(self, bound: list[bool]) -> list[int]:
        return [self.true if b else -self.true for b in bound]

    def model(self, open_options: list[int]) -> dict[int, bool] | None:
        if not self.solver.solve():
            return None
        found = set(self.solver.get_model())
        return {k: k + 1 in found for k in open_options}


@dataclass
class Question:
    """One party's wishes over its own options and the others'."""

    case: Case
    party: int
    verdicts: dict[object, bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.wants = [[s.formula for s in p.preferences.statements] for p in self.case.parties]
        self.wishes = self.wants[self.party]
        owned = [[int(o.name[1:]) for o in p.options] for p in self.case.parties]
        self.own = owned[self.party]
        self.size = sum(map(len, owned))
        self.others = [k for k in range(self.size) if k not in self.own]
        self.two = [(q, owned[q]) for q in range(3) if q != self.party]

    def rank(self, state: list[bool]) -> list[bool]:
        return [bool(holds(w, state.__getitem__)) for w in self.wishes]

    def find(self, fixed, bound, *, above: bool):
        """An assignment of the open options that ranks above (not above) a bound in every setting.

        ``fixed`` lists settings of the other options; the open ones are the same in all of them.
        """
        clauses = Clauses(self.size)
        for setting in fixed:
            vector = [clauses.literal(w, setting) for w in self.wishes]
            greater = clauses.above(vector, clauses.known(bound))
            clauses.solver.add_clause([greater if above else -greater])
        return clauses.model([k for k in range(self.size) if k not in fixed[0]])

    def stays(self, concept: str, state: list[bool]) -> bool:
        """The definition, by counterexamples."""
        bound = self.rank(state)
        others = {k: state[k] for k in self.others}
        if concept == "seq":
            key = (tuple(others.values()), tuple(bound))
            if key not in self.verdicts:
                self.verdicts[key] = self._sequentially(others, bound)
            return self.verdicts[key]
        if self.find([others], bound, above=True) is None:
            return True
        if concept == "nash":
            return False
        if concept == "gmr":
            answers = [others]
            while (move := self.find(answers, bound, above=True)) is not None:
                answer = self.find([move], bound, above=False)
                if answer is None:
                    return False  # this move meets no answer
                answers.append(answer)
            return True
        moves = [{k: state[k] for k in self.own}]  # smr: an answer that no move of its own escapes
        while (answer := self.find(moves, bound, above=False)) is not None:
            escape = self.find([answer], bound, above=True)
            if escape is None:
                return True
            moves.append(escape)
        return False

    def _sequentially(self, others: dict[int, bool], bound: list[bool]) -> bool:
        """Whether the others deter every move by improvements.

        Each sequence of theirs that deters one move rules out all moves that it deters likewise.
        """
        clauses = Clauses(self.size)
        known = clauses.known(bound)
        vector = [clauses.literal(w, others) for w in self.wishes]
        clauses.solver.add_clause([clauses.above(vector, known)])
        while (move := clauses.model(self.own)) is not None:
            sequence = self.deterring(move, others, bound)
            if sequence is None:
                return False
            deters = []
            for (_, before), (mover, after) in itertools.pairwise(sequence):
                old, new = (
                    [clauses.literal(w, setting) for w in self.wants[mover]]
                    for setting in (before, after)
                )
                deters.append(clauses.above(new, old))
            end = [clauses.literal(w, sequence[-1][1]) for w in self.wishes]
            deters.append(-clauses.above(end, known))
            clauses.solver.add_clause([-one for one in deters])
        return True

    def deterring(self, move: dict[int, bool], others: dict[int, bool], bound: list[bool]):
        """Improvements of the other two from a state to where the party is no better than a bound.

        A list of who moved and all settings of the others then, the first one before any move;
        None if there are none. Both parties' choices are the axes of a grid.
        """
        (j, mine), (k, theirs) = self.two
        grid = (1 << len(mine), 1 << len(theirs))
        at = {option: (0, bit) for bit, option in enumerate(mine)}
        at |= {option: (1, bit) for bit, option in enumerate(theirs)}
        lines = [np.arange(grid[0])[:, None], np.arange(grid[1])[None, :]]

        def value(option: int):
            if option in move:
                return np.bool_(move[option])
            axis, bit = at[option]
            return (lines[axis] >> bit & 1).astype(bool)

        def ranks(wishes):
            total = np.zeros(grid, np.int16)
            for wish in wishes:
                total = 2 * total + holds(wish, value)
            return total

        goal = ranks(self.wishes) <= int("".join(str(int(b)) for b in bound), 2)
        order = [ranks(self.wants[j]), ranks(self.wants[k])]
        start = tuple(
            sum(int(others[option]) << bit for bit, option in enumerate(own))
            for own in (mine, theirs)
        )
        rounds = in_rounds(order, goal, start)
        if not (rounds[-1] & goal).any():
            return None
        cells = [(self.party, start), *traced(rounds, order, goal, (j, k))]
        return [
            (
                mover,
                {
                    option: bool(cell[axis] >> bit & 1)
                    for axis, own in enumerate((mine, theirs))
                    for bit, option in enumerate(own)
                },
            )
            for mover, cell in cells
        ]


def in_rounds(order, goal, start):
    """What improvements of two parties in turn reach on their grid, until they meet a goal."""
    reached = np.zeros(goal.shape, bool)
    reached[start] = True
    rounds = [reached]  # improvements of one party in a row make one, so they take turns
    stale = 0
    while not (rounds[-1] & goal).any() and stale < 2:
        axis = len(rounds) % 2
        lowest = np.where(rounds[-1], order[axis], np.iinfo(np.int16).max)
        grown = rounds[-1] | (order[axis] > lowest.min(axis=axis, keepdims=True))
        stale = stale + 1 if (grown == rounds[-1]).all() else 0
        rounds.append(grown)
    return rounds


def traced(rounds, order, goal, parties):
    """Who moves to which cells of the grid, from the start of some rounds to their goal."""
    cell = tuple(map(int, np.argwhere(rounds[-1] & goal)[0]))
    back = []
    for number in reversed(range(1, len(rounds))):
        if rounds[number - 1][cell]:
            continue
        axis = number % 2
        back.append((parties[axis], cell))
        line = tuple(slice(None) if a == axis else cell[a] for a in (0, 1))
        came = rounds[number - 1][line] & (order[axis][line] < order[axis][cell])
        source = list(cell)
        source[axis] = int(came.argmax())
        cell = tuple(source)
    assert rounds[0][cell]
    return back[::-1]
