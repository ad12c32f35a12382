"""Decision diagrams at 2^48 states against a SAT solver, one state at a time.

Nothing of the engine is used but the verdicts in question: the definitions are put to the solver
for options that change freely and no rules, where the others together can bring about any choice
of their own options.
"""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from pysat.solvers import Solver

from detente.case import formula as fm
from detente.case.model import Case, Option, Party, Statement, Statements
from detente.stability.registry import find

pytest.importorskip("dd.cudd")

from detente.graph.diagrams import large

BITS = 48


def conflict(seed: int) -> Case:
    rng = np.random.default_rng(seed)
    owner = [k * 3 // BITS for k in range(BITS)]

    def literal() -> fm.Formula:
        k = int(rng.integers(BITS))
        atom = fm.OptionIs(f"p{owner[k]}", f"o{k}")
        return atom if rng.random() < 0.5 else fm.Not(atom)

    def wishes() -> Statements:
        made = (fm.Or((fm.And((literal(), literal())), literal())) for _ in range(9))
        return Statements(tuple(map(Statement, made)))

    return Case(
        "big",
        "Big",
        tuple(
            Party(
                f"p{p}",
                f"P{p}",
                tuple(Option(f"o{k}", f"O{k}") for k in range(BITS) if owner[k] == p),
                wishes(),
            )
            for p in range(3)
        ),
    )


class Question:
    """One party's wishes over the options of both sides, as clauses."""

    def __init__(self, case: Case, party: int) -> None:
        self.wishes = [s.formula for s in case.parties[party].preferences.statements]
        self.own = [k for k in range(BITS) if k * 3 // BITS == party]
        self.others = [k for k in range(BITS) if k not in self.own]

    def holds(self, wish: fm.Formula, state: list[bool]) -> bool:
        match wish:
            case fm.OptionIs(_, option):
                return state[int(option[1:])]
            case fm.Not(operand):
                return not self.holds(operand, state)
            case fm.And(operands):
                return all(self.holds(o, state) for o in operands)
            case fm.Or(operands):
                return any(self.holds(o, state) for o in operands)
        raise AssertionError

    def rank(self, state: list[bool]) -> list[bool]:
        return [self.holds(w, state) for w in self.wishes]

    def find(self, fixed, bounds, *, above: bool):
        """An assignment of the open options that ranks above (not above) a bound in every setting.

        ``fixed`` lists settings of the other options; the open ones are the same in all of them.
        """
        solver, fresh = Solver("cadical153"), itertools.count(BITS + 1)

        def literal(wish, setting):
            match wish:
                case fm.OptionIs(_, option):
                    k = int(option[1:])
                    if k in setting:
                        return true if setting[k] else -true
                    return k + 1
                case fm.Not(operand):
                    return -literal(operand, setting)
                case fm.And(operands):
                    return both([literal(o, setting) for o in operands])
                case fm.Or(operands):
                    return -both([-literal(o, setting) for o in operands])
            raise AssertionError

        def both(literals):
            v = next(fresh)
            for one in literals:
                solver.add_clause([-v, one])
            solver.add_clause([v, *(-one for one in literals)])
            return v

        true = next(fresh)
        solver.add_clause([true])
        for setting in fixed:
            vector = [literal(w, setting) for w in self.wishes]
            greater, equal = -true, true
            for bit, bound in zip(vector, bounds, strict=True):
                if not bound:
                    greater = -both([-greater, -both([equal, bit])])
                equal = both([equal, bit if bound else -bit])
            solver.add_clause([greater if above else -greater])
        if not solver.solve():
            return None
        model = set(solver.get_model())
        return {k: k + 1 in model for k in range(BITS) if k not in fixed[0]}


def stays(question: Question, concept: str, state: list[bool]) -> bool:
    """The definition, by counterexamples."""
    bound = question.rank(state)
    others = {k: state[k] for k in question.others}
    if question.find([others], bound, above=True) is None:
        return True
    if concept == "nash":
        return False
    if concept == "gmr":
        answers = [others]
        while (move := question.find(answers, bound, above=True)) is not None:
            answer = question.find([move], bound, above=False)
            if answer is None:
                return False  # this move meets no answer
            answers.append(answer)
        return True
    moves = [{k: state[k] for k in question.own}]  # smr: an answer that no move of its own escapes
    while (answer := question.find(moves, bound, above=False)) is not None:
        escape = question.find([answer], bound, above=True)
        if escape is None:
            return True
        moves.append(escape)
    return False


@pytest.mark.parametrize(
    "samples", [8, pytest.param(340, marks=pytest.mark.slow)], ids=["few", "a thousand"]
)
@pytest.mark.parametrize("concept", ["nash", "gmr", "smr"])
def test_sampled_states_are_stable_as_a_solver_says(concept, samples):
    case = conflict(seed=5)
    diagrams = large(case)
    rng = np.random.default_rng(7)
    seen = set()
    for party in range(3):
        question = Question(case, party)
        stable = find(concept).stable(diagrams, party)
        for k in range(samples):
            state = (rng.random(BITS) < 0.5).tolist()
            if k % 2 and (near := pick(stable if k % 4 == 1 else ~stable, rng)) is not None:
                state = near
            verdict = stable.holds([int(x) for x in state])
            assert verdict == stays(question, concept, state)
            seen.add(verdict)
    assert seen == {True, False}


def pick(states, rng):
    """A state of a set, its options settled in a random order; None if it is empty."""
    if not states.any():
        return None
    node, coding = states.node, states.coding
    found = [False] * BITS
    for axis in rng.permutation(BITS).tolist():
        found[axis] = bool(rng.random() < 0.5)
        rest = node & coding.level(axis, int(found[axis]))
        if rest == coding.bdd.false:
            found[axis] = not found[axis]
            rest = node & coding.level(axis, int(found[axis]))
        node = rest
    return found
