"""The feasible states of a case as a list, without an array of all combinations."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from detente.case.formula import Formula
from detente.case.model import Case
from detente.case.truth import Truth, axes_of
from detente.errors import CaseError
from detente.graph.space import BoolArray, Rows


class TooMany(Exception):  # noqa: N818 - a signal, never seen by a user
    """There are more states, or beginnings of states, than were asked for."""


class _Partial(Truth):
    """Formulas over beginnings of states: the levels of some options, a row each."""

    def __init__(self, case: Case) -> None:
        super().__init__(case)
        self._levels = case.shape
        self.columns: dict[int, NDArray[np.int8]] = {}

    def fails(self, formula: Formula) -> BoolArray:
        """Return the rows in which a formula does not hold."""
        self._outcomes.clear()  # they were of other rows
        return ~np.broadcast_to(self(formula), len(next(iter(self.columns.values()))))

    def _line(self, axis: int, wanted: Sequence[int]) -> BoolArray:
        line = np.zeros(self._levels[axis], bool)
        line[list(wanted)] = True
        return line[self.columns[axis]]


def listing(case: Case, most: int) -> Rows:
    """Return the feasible states of a case.

    Options are taken in one by one, and every rule is applied as soon as all its options are
    there, so that what a rule excludes is never multiplied by the options still to come.

    Parameters
    ----------
    most : int
        At most so many states, or beginnings of states, at any time.

    Raises
    ------
    TooMany
        If there are more.
    CaseError
        If the rules leave no state.
    """
    rules = [(frozenset(axes_of(case, (rule.formula,))), rule.formula) for rule in case.infeasible]
    partial = _Partial(case)
    seen: set[int] = set()
    n = 1
    for axis in _order(len(case.shape), [axes for axes, _ in rules]):
        levels = case.shape[axis]
        if n * levels > most:
            raise TooMany
        columns = {k: np.repeat(column, levels) for k, column in partial.columns.items()}
        partial.columns = {**columns, axis: np.tile(np.arange(levels, dtype=np.int8), n)}
        n *= levels
        keep = np.ones(n, bool)
        for axes, formula in rules:
            if axis in axes and axes <= seen | {axis}:
                keep &= partial.fails(formula)
        if not keep.all():
            partial.columns = {k: column[keep] for k, column in partial.columns.items()}
            n = int(keep.sum())
        seen.add(axis)
    if not n or any(not axes and _always(case, rule) for axes, rule in rules):
        raise CaseError("the rules under 'infeasible' leave no state; drop or soften one of them")
    table = np.stack([partial.columns[k] for k in range(len(case.shape))], axis=1)
    order = np.lexsort(table.T[::-1])
    return Rows(case.shape, np.ascontiguousarray(table[order]))


def _always(case: Case, formula: Formula) -> bool:
    """Whether a formula that depends on no option holds."""
    return bool(np.all(Truth(case)(formula)))


def _order(n: int, rules: Sequence[frozenset[int]]) -> list[int]:
    """Return the options in an order in which rules can be applied early.

    Next comes the option that completes most rules, of equals the one most bound to those taken.
    """
    order: list[int] = []
    taken: set[int] = set()
    of = [[axes for axes in rules if axis in axes] for axis in range(n)]

    def gain(axis: int) -> tuple[int, float, int]:
        completed = sum(axes <= taken | {axis} for axes in of[axis])
        bound = sum(len(axes & taken) / len(axes) for axes in of[axis])
        return completed, bound, -axis

    while len(order) < n:
        axis = max((k for k in range(n) if k not in taken), key=gain)
        order.append(axis)
        taken.add(axis)
    return order
