"""The logic of a case: what can hold, what excludes what, what is nearest, what is forced.

A solver answers, so that no state is ever listed: a case of hundreds of options that hang together
is asked like any other. Where a question turns out to be too hard it says so (:class:`TooHard`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from detente.case import formula as fm
from detente.case.cnf import Encoding, Levels, Literal
from detente.case.formula import Formula
from detente.case.model import Case, Rule
from detente.case.solver import SOLVER, Nearest
from detente.errors import CaseError

CONFLICTS = 100_000
"""Dead ends that the solver may run into over all questions about a case; some seconds."""


class Possible(NamedTuple):
    """Whether a formula holds in some feasible state, and whether it fails in some."""

    holds: bool
    fails: bool


class Forced(NamedTuple):
    """A case in which a formula always holds, and whether today had to change for that."""

    case: Case
    moved: bool


class TooHard(Exception):  # noqa: N818 - a signal, never seen by a user
    """A question took the solver more than was allowed."""


class Logic:
    """Answers questions about the feasible states of a case.

    Parameters
    ----------
    case : Case
        Its names must be declared, and its outcomes without cycles.
    conflicts : int, optional
        Dead ends after which a question counts as too hard, over all questions; None for no end.
    """

    def __init__(self, case: Case, conflicts: int | None = CONFLICTS) -> None:
        from pysat.solvers import Solver

        self.case = case
        self.encoding = Encoding(case)
        literal, selector = self.encoding.literal, self.encoding.selector
        self._rules = [selector(-literal(rule.formula)) for rule in case.infeasible]
        self._conflicts = conflicts
        self._solver = Solver(SOLVER)
        self._fed = 0

    def possible(self, formula: Formula, *, ruled: bool = True) -> Possible:
        """Tell whether a formula holds in some feasible state, and whether it fails in some.

        Parameters
        ----------
        formula : Formula
            Its names must be declared.
        ruled : bool
            Whether only states count that the rules allow.

        Raises
        ------
        TooHard
            If that took too much.
        """
        rules = self._rules if ruled else []
        literal = self.encoding.literal(formula)
        return Possible(self._ask([*rules, literal]), self._ask([*rules, -literal]))

    def contradictions(self) -> Iterator[tuple[int, ...]]:
        """Yield sets of rules that leave no state, each rule needed; no rule stands in two.

        Raises
        ------
        TooHard
            If that took too much.
        """
        left = list(range(len(self._rules)))
        while (core := self._core(left, [])) is not None:
            yield core
            left = [rule for rule in left if rule not in core]

    def excluding(self, formula: Formula) -> tuple[int, ...] | None:
        """Return rules that exclude a formula, each of them needed; None if they let it hold.

        Raises
        ------
        TooHard
            If that took too much.
        """
        return self._core(range(len(self._rules)), [self.encoding.literal(formula)])

    def example(self, literal: Literal, axes: Sequence[int]) -> Levels:
        """Return the first levels of some options with which a literal is true by the rules.

        Returns
        -------
        tuple of int
            The levels that are first in the order of states; empty where there are none.

        Raises
        ------
        TooHard
            If that took too much.
        """
        kept = [*self._rules, literal]
        if not self._ask(kept):
            return ()
        found = self._levels()
        for axis in axes:
            for level in range(found[axis]):
                if self._ask([*kept, self.encoding.level(axis, level)]):
                    found = self._levels()
                    break
            kept.append(self.encoding.level(axis, found[axis]))
        return tuple(found[axis] for axis in axes)

    def allows(self, literal: Literal) -> bool:
        """Whether a literal is true in some feasible state.

        Raises
        ------
        TooHard
            If that took too much.
        """
        return self._ask([*self._rules, literal])

    def _core(self, rules: Sequence[int], kept: list[Literal]) -> tuple[int, ...] | None:
        """Return rules that cannot be kept with some literals, each needed; None if all can."""
        chosen = {self._rules[rule]: rule for rule in rules}
        if self._ask([*chosen, *kept]):
            return None
        core = [literal for literal in self._solver.get_core() or [] if literal in chosen]
        try:
            for literal in list(core):
                rest = [other for other in core if other != literal]
                if not self._ask([*rest, *kept]):
                    core = rest
        except TooHard:  # these rules do exclude each other, though not each may be needed
            pass
        return tuple(sorted(chosen[literal] for literal in core))

    def _ask(self, kept: Sequence[Literal]) -> bool:
        """Tell whether some literals can be true together."""
        self._solver.append_formula(self.encoding.clauses[self._fed :])
        self._fed = len(self.encoding.clauses)
        if self._conflicts is None:
            return bool(self._solver.solve(assumptions=list(kept)))
        before = self._solver.accum_stats()["conflicts"]
        if self._conflicts <= before:
            raise TooHard
        self._solver.conf_budget(self._conflicts - before)
        answer: bool | None = self._solver.solve_limited(assumptions=list(kept))
        if answer is None:
            raise TooHard
        return answer

    def _levels(self) -> Levels:
        return self.encoding.levels(self._solver.get_model() or [])


def forced(case: Case, formula: Formula, told: str = "") -> Forced:
    """Return a case in which a formula holds in every state, today's included.

    Where it does not hold today, the nearest feasible state in which it does takes the place of
    the status quo: that with the fewest options changed, of several the first in the order of
    states.

    Parameters
    ----------
    told : str
        The formula as the user wrote it, for the message.

    Raises
    ------
    CaseError
        If no feasible state satisfies it.
    """
    edited = replace(case, infeasible=(*case.infeasible, Rule(fm.Not(formula))))
    encoding = Encoding(edited)
    encoding.forbid(edited.infeasible)
    today = case.status_quo
    found = Nearest(encoding, today or (0,) * len(case.shape))()
    if not found:
        words = told or fm.to_text(formula)
        raise CaseError(f"no feasible state satisfies '{words}', so it cannot be taken as given")
    if today is None or found == today:
        return Forced(edited, False)
    return Forced(replace(edited, status_quo=found), True)
