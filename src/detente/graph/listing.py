"""The feasible states of a case as a list, without an array of all combinations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from detente.case.formula import Formula
from detente.case.model import Case, Rule
from detente.case.truth import Truth, axes_of
from detente.errors import nothing_left
from detente.graph.space import BoolArray, Rows


class TooMany(Exception):  # noqa: N818 - a signal, never seen by a user
    """There are more states, or beginnings of states, than were asked for."""


class _Partial(Truth):
    """Formulas over beginnings of states: the levels of some options, a row each."""

    def __init__(self, case: Case, columns: Mapping[int, NDArray[np.int8]]) -> None:
        super().__init__(case)
        self._levels = case.shape
        self._columns = columns

    def fails(self, formula: Formula) -> BoolArray:
        """Return the rows in which a formula does not hold."""
        return ~np.broadcast_to(self(formula), len(next(iter(self._columns.values()))))

    def _line(self, axis: int, wanted: Sequence[int]) -> BoolArray:
        line = np.zeros(self._levels[axis], bool)
        line[list(wanted)] = True
        return line[self._columns[axis]]


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
    columns: dict[int, NDArray[np.int8]] = {}
    n = 1
    for axis in _order(len(case.shape), [axes for axes, _ in rules]):
        levels = case.shape[axis]
        if n * levels > most:
            raise TooMany
        seen = {axis, *columns}
        met = [(axes, formula) for axes, formula in rules if axis in axes and axes <= seen]
        here = np.tile(np.arange(levels, dtype=np.int8), n)
        kept = np.arange(n * levels)
        if met:
            told = set().union(*(axes for axes, _ in met)) - {axis}
            partial = _Partial(
                case, {axis: here, **{k: np.repeat(columns[k], levels) for k in told}}
            )
            kept = np.flatnonzero(np.logical_and.reduce([partial.fails(f) for _, f in met]))
        before = kept // levels
        columns = {k: column[before] for k, column in columns.items()}
        columns[axis] = here[kept]
        n = len(kept)
    if not n:
        raise nothing_left()
    table = np.stack([columns[k] for k in range(len(case.shape))], axis=1)
    return Rows(case.shape, np.ascontiguousarray(table[_in_order(table, case.shape)]))


def narrowed(rows: Rows, case: Case, rules: Sequence[Rule]) -> Rows:
    """Return those of some states in which none of some rules holds.

    Raises
    ------
    CaseError
        If there is none.
    """
    left = np.ones(rows.shape, bool)
    truth = rows.truth(case)
    for rule in rules:
        left &= ~truth(rule.formula)
    if not left.any():
        raise nothing_left()
    return Rows(case.shape, rows.table[left])


def _in_order(table: NDArray[np.int8], shape: Sequence[int]) -> NDArray[np.intp]:
    """Return how rows are sorted, by their first level first: as many levels to a number as fit."""
    numbers: list[NDArray[np.int64]] = []
    room = 1
    for axis, levels in enumerate(shape):
        if not numbers or room * levels > np.iinfo(np.int64).max:
            numbers.append(np.zeros(len(table), np.int64))
            room = 1
        numbers[-1] *= levels
        numbers[-1] += table[:, axis]
        room *= levels
    return np.lexsort(numbers[::-1])


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
