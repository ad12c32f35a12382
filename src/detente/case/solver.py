"""The questions put to the solver, python-sat, which is loaded when the first one is asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from detente.case.cnf import Encoding, Levels, Literal

if TYPE_CHECKING:
    from pysat.formula import WCNF

SOLVER = "g4"


class Nearest:
    """The states nearest to a given one in which some literals hold: one solver for many of them.

    Near is where few options have changed; of the states equally near the first in the order of
    states, that in which the first option that differs has the lower level.

    Parameters
    ----------
    encoding : Encoding
        Its clauses hold in every state that is found.
    origin : tuple of int
        The level of every option.
    """

    def __init__(self, encoding: Encoding, origin: Levels) -> None:
        from pysat.solvers import Solver

        self._encoding = encoding
        self._stays = [encoding.level(axis, level) for axis, level in enumerate(origin)]
        self._counted: list[list[Literal]] = []  # [k][i]: more than k of the first i + 1 changed
        self._solver = Solver(SOLVER)
        self._fed = 0

    def __call__(self, kept: Sequence[Literal] = ()) -> Levels:
        """Return the nearest state in which all of some literals hold.

        Returns
        -------
        tuple of int
            The level of every option; empty if they cannot hold together.
        """
        found = self._state(kept)
        if not found:
            return ()
        least = self._at_least(kept)
        while not (nearer := self._state([*kept, *self._at_most(least)])):
            least += 1
        return self._first([*kept, *self._at_most(least)], nearer)

    def _at_least(self, kept: Sequence[Literal]) -> int:
        """Return a number of options that must change: of sets that share none and cannot stay."""
        staying = dict.fromkeys(self._stays)
        least = 0
        while not self._state([*kept, *staying]):
            for literal in self._solver.get_core() or []:
                staying.pop(literal, None)
            least += 1
        return least

    def _first(self, kept: list[Literal], found: Levels) -> Levels:
        """Return the first state in the order of states in which some literals hold."""
        for axis in range(len(found)):
            for level in range(found[axis]):
                if lower := self._state([*kept, self._encoding.level(axis, level)]):
                    found = lower
                    break
            kept = [*kept, self._encoding.level(axis, found[axis])]
        return found

    def _at_most(self, most: int) -> list[Literal]:
        """Return the literal that lets no more options change; none if all may.

        Each column of the counter [Sinz2005]_ counts one change more, and is made when needed.
        """
        if most >= len(self._stays):
            return []
        while len(self._counted) <= most:
            before = self._counted[-1] if self._counted else None
            column: list[Literal] = []
            for i, stays in enumerate(self._stays):
                more = self._encoding.variable()
                clauses = self._encoding.clauses
                if before is None:
                    clauses.append([stays, more])
                elif i:
                    clauses.append([stays, -before[i - 1], more])
                if column:
                    clauses.append([-column[-1], more])
                column.append(more)
            self._counted.append(column)
        return [-self._counted[most][-1]]

    def _state(self, kept: Sequence[Literal]) -> Levels:
        self._solver.append_formula(self._encoding.clauses[self._fed :])
        self._fed = len(self._encoding.clauses)
        if not self._solver.solve(assumptions=list(kept)):
            return ()
        return self._encoding.levels(self._solver.get_model() or [])


def rising_corrections(
    encoding: Encoding, weights: Mapping[Literal, int]
) -> Iterator[tuple[int, list[Literal]]]:
    """Yield (cost, selectors to give up), each set minimal, by rising cost."""
    from pysat.examples.rc2 import RC2

    with RC2(_weighted(encoding, weights), solver=SOLVER) as maxsat:
        while (model := maxsat.compute()) is not None:
            true = set(model)
            dropped = [literal for literal in weights if literal not in true]
            yield sum(weights[literal] for literal in dropped), dropped
            if not dropped:
                return
            maxsat.add_clause(dropped)  # from now on one of them is kept


def every_knot(encoding: Encoding, chosen: Sequence[Literal]) -> Iterator[list[Literal]]:
    """Yield the minimal sets of selectors that cannot all be true, in no order, quickly."""
    return _knots(encoding, chosen, unsorted=True, puresat="mgh")


def rising_knots(encoding: Encoding, chosen: Sequence[Literal]) -> Iterator[list[Literal]]:
    """Yield the minimal sets of selectors that cannot all be true, by rising size."""
    return _knots(encoding, chosen, reduce=-1)


def _knots(
    encoding: Encoding, chosen: Sequence[Literal], **settings: object
) -> Iterator[list[Literal]]:
    from pysat.examples.optux import OptUx

    # Weights of 1, whatever the firmness: a knot's size is what orders knots.
    formula = _weighted(encoding, dict.fromkeys(chosen, 1))
    with OptUx(formula, solver=SOLVER, **settings) as search:
        for positions in search.enumerate():
            yield [chosen[k - 1] for k in positions]


def _weighted(encoding: Encoding, wishes: Mapping[Literal, int]) -> WCNF:
    from pysat.formula import WCNF

    formula = WCNF()
    for clause in encoding.clauses:
        formula.append(clause)
    for literal, weight in wishes.items():
        formula.append([literal], weight=weight)
    return formula
