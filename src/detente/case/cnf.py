"""Formulas of a case as clauses, so that a solver can be asked without listing any states."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from detente.case import formula as fm
from detente.case.model import Case, Condition, Refusal, Rule
from detente.case.truth import innermost_first

Literal: TypeAlias = int
"""A variable's number from 1, negative where it is to be false."""

Levels: TypeAlias = tuple[int, ...]
"""A state as the level of every option."""


class Encoding:
    """The options of a case as variables, its formulas as literals over them.

    A two-level option is one variable; one with more levels has a variable for each, just one of
    which is true [Sinz2005]_. Every part of a formula gets a variable of its own that is true
    exactly where the part holds [Tseitin1968]_, and parts that occur twice share it.

    Parameters
    ----------
    case : Case
        Declares the options and outcomes. Its rules are not put in: see :meth:`forbid`.
    """

    def __init__(self, case: Case) -> None:
        self.case = case
        self.clauses: list[list[Literal]] = []
        self.variables = 0
        self._known: dict[fm.Formula | tuple[str, frozenset[Literal]], Literal] = {}
        self._outcomes: set[str] = set()
        self._levels = tuple(self._of_option(n) for n in case.shape)

    def level(self, axis: int, level: int) -> Literal:
        """Return the literal that says that an option stands at a level."""
        return self._levels[axis][level]

    def literal(self, formula: fm.Formula) -> Literal:
        """Return the literal that is true exactly where a formula holds."""
        for name in innermost_first(self.case, formula, self._outcomes):
            self._part(self.case.outcome_named[name].formula)  # so that no tower is climbed
            self._outcomes.add(name)
        return self._part(formula)

    def any_of(self, literals: Sequence[Literal]) -> Literal:
        """Return the literal that is true exactly where one of some is, or more of them."""
        return -self._both([-literal for literal in literals])

    def all_of(self, literals: Sequence[Literal]) -> Literal:
        """Return the literal that is true exactly where all of some are."""
        return self._both(literals)

    def variable(self) -> Literal:
        """Return a new variable, for what else a solver is to be asked."""
        return self._new()

    def forbid(self, rules: Sequence[Rule]) -> None:
        """Let no rule's formula hold."""
        self.clauses += [[-self.literal(rule.formula)] for rule in rules]

    def selector(self, literal: Literal) -> Literal:
        """Return a new variable that, while it is true, makes a literal true."""
        chosen = self._new()
        self.clauses.append([-chosen, literal])
        return chosen

    def levels(self, model: Sequence[Literal]) -> Levels:
        """Return the state that a solver's model describes."""
        true = {literal for literal in model if literal > 0}
        return tuple(
            next(k for k, lit in enumerate(of) if (abs(lit) in true) == (lit > 0))
            for of in self._levels
        )

    def _part(self, formula: fm.Formula) -> Literal:
        if formula not in self._known:
            self._known[formula] = self._encode(formula)
        return self._known[formula]

    def _encode(self, formula: fm.Formula) -> Literal:
        match formula:
            case fm.OptionIs(party, option, level):
                axis = self.case.axis_of[party, option]
                names = self.case.options[axis][1].levels
                if level is None:
                    return -self.level(axis, 0)
                return self.level(axis, names.index(level))
            case fm.OutcomeIs(name):
                return self._part(self.case.outcome_named[name].formula)
            case fm.Not(operand):
                return -self._part(operand)
            case fm.And(operands):
                return self._both([self._part(o) for o in operands])
            case fm.Or(operands):
                return -self._both([-self._part(o) for o in operands])
            case fm.If(then, given):
                return -self._both([-self._part(then), self._part(given)])
            case fm.Iff(left, right):
                a, b = self._part(left), self._part(right)
                return self._both([-self._both([a, -b]), -self._both([-a, b])])

    def _both(self, literals: Sequence[Literal]) -> Literal:
        """Return the literal that is true exactly where all of some are."""
        key = ("and", frozenset(literals))
        if key not in self._known:
            every = self._new()
            self.clauses += [[-every, literal] for literal in literals]
            self.clauses.append([every, *(-literal for literal in literals)])
            self._known[key] = every
        return self._known[key]

    def _of_option(self, n_levels: int) -> tuple[Literal, ...]:
        if n_levels == 2:
            taken = self._new()
            return (-taken, taken)
        levels = tuple(self._new() for _ in range(n_levels))
        self.clauses.append(list(levels))
        reached = [self._new() for _ in levels]  # the option stands at this level, or a lower one
        self.clauses += [[-level, up] for level, up in zip(levels, reached, strict=True)]
        for k, level in enumerate(levels[1:]):
            self.clauses += [[-reached[k], reached[k + 1]], [-reached[k], -level]]
        return levels

    def _new(self) -> Literal:
        self.variables += 1
        return self.variables


def said(constraint: Condition | Refusal) -> fm.Formula:
    """Return what a condition or refusal lets hold, as one formula."""
    if isinstance(constraint, Condition):
        return fm.If(constraint.needs, constraint.option)
    return fm.Not(constraint.refuses)
