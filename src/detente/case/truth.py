"""Where a formula holds, over all states of a case at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from detente.case import formula as fm
from detente.case.model import Case

if TYPE_CHECKING:
    from numpy.typing import NDArray

    BoolArray: TypeAlias = NDArray[np.bool_]


class Truth:
    """The evaluator of one case: call it with a formula.

    Outcomes are worked out once each, so a tower of outcomes costs no more than its bricks.

    Parameters
    ----------
    case : Case
        All names in the formulas must be declared there.

    Examples
    --------
    >>> from detente.case.model import Case, Option, Party
    >>> case = Case("c", "C", (Party("a", "A", (Option("x", "X"), Option("y", "Y"))),))
    >>> Truth(case)(fm.parse("a.x and not a.y")).tolist()
    [[False, False], [True, False]]
    """

    def __init__(self, case: Case) -> None:
        self._case = case
        self._meaning = {o.name: o.formula for o in case.outcomes}
        self._outcomes: dict[str, BoolArray] = {}

    def __call__(self, formula: fm.Formula) -> BoolArray:
        """Return a bool array with one axis an option, length 1 where it does not matter."""
        return fm.evaluate(formula, self._atom)

    def _atom(self, atom: fm.OptionIs | fm.OutcomeIs) -> BoolArray:
        if isinstance(atom, fm.OutcomeIs):
            if atom.name not in self._outcomes:
                self._outcomes[atom.name] = self(self._meaning[atom.name])
            return self._outcomes[atom.name]
        axis = self._case.axis_of[atom.party, atom.option]
        levels = self._case.options[axis][1].levels
        wanted = range(1, len(levels)) if atom.level is None else [levels.index(atom.level)]
        line = np.zeros(len(levels), bool)
        line[list(wanted)] = True
        shape = [1] * len(self._case.shape)
        shape[axis] = len(levels)
        return line.reshape(shape)
