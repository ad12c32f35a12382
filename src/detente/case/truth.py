"""Where a formula holds, over all states of a case at once, or in one state."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from detente.case import formula as fm
from detente.case.model import Case

if TYPE_CHECKING:
    from numpy.typing import NDArray

    BoolArray: TypeAlias = NDArray[np.bool_]


class Truth:
    """The evaluator of one case: call it with a formula.

    Outcomes are worked out once each and from the innermost, so a tower of outcomes costs no more
    than its bricks, in time and in depth of the stack.

    Parameters
    ----------
    case : Case
        All names in the formulas must be declared there.
    axes : sequence of int, optional
        The options that the formulas may mention, in rising order; by default all. The arrays
        have one axis for each of them.

    Examples
    --------
    >>> from detente.case.model import Case, Option, Party
    >>> case = Case("c", "C", (Party("a", "A", (Option("x", "X"), Option("y", "Y"))),))
    >>> Truth(case)(fm.parse("a.x and not a.y")).tolist()
    [[False, False], [True, False]]
    """

    def __init__(self, case: Case, axes: Sequence[int] | None = None) -> None:
        self._case = case
        own = range(len(case.shape)) if axes is None else axes
        self._position = {axis: i for i, axis in enumerate(own)}
        self._outcomes: dict[str, BoolArray] = {}

    def __call__(self, formula: fm.Formula) -> BoolArray:
        """Return a bool array with one axis an option, length 1 where it does not matter."""
        for name in innermost_first(self._case, formula, self._outcomes):
            meaning = self._case.outcome_named[name].formula
            self._outcomes[name] = fm.evaluate(meaning, self._atom)
        return fm.evaluate(formula, self._atom)

    def _atom(self, atom: fm.OptionIs | fm.OutcomeIs) -> BoolArray:
        if isinstance(atom, fm.OutcomeIs):
            return self._outcomes[atom.name]
        axis = self._case.axis_of[atom.party, atom.option]
        return self._line(axis, _wanted(self._case, axis, atom.level))

    def _line(self, axis: int, wanted: Sequence[int]) -> BoolArray:
        """Return an array that is true where the option has one of the levels wanted."""
        line = np.zeros(self._case.shape[axis], bool)
        line[list(wanted)] = True
        shape = [1] * len(self._position)
        shape[self._position[axis]] = len(line)
        return line.reshape(shape)


class TruthAt(Truth):
    """The evaluator in one state: call it with a formula, and get an array without axes.

    Parameters
    ----------
    case : Case
        All names in the formulas must be declared there.
    state : sequence of int
        The level of every option.
    """

    def __init__(self, case: Case, state: Sequence[int]) -> None:
        super().__init__(case, ())
        self._state = state

    def _line(self, axis: int, wanted: Sequence[int]) -> BoolArray:
        return np.asarray(self._state[axis] in wanted)


def may_change(case: Case, before: Sequence[int], after: Sequence[int]) -> bool:
    """Return whether every option may change as it does from one state to another."""
    here, there = TruthAt(case, before), TruthAt(case, after)
    for (_, option), change in zip(case.options, zip(before, after, strict=True), strict=True):
        if change[0] == change[1] or option.changes is None:
            continue
        own = [guard for guard in option.guards if change in guard.pairs(len(option.levels))]
        if change not in option.changes or (
            own and not any(_holds(here, g.before) and _holds(there, g.after) for g in own)
        ):
            return False
    return True


def _holds(truth: TruthAt, formula: fm.Formula | None) -> bool:
    return formula is None or bool(truth(formula))


def _wanted(case: Case, axis: int, level: str | None) -> Sequence[int]:
    """Return the levels that a name in a formula stands for."""
    levels = case.options[axis][1].levels
    return range(1, len(levels)) if level is None else (levels.index(level),)


def innermost_first(case: Case, formula: fm.Formula, done: Iterable[str]) -> Iterable[str]:
    """Return the outcomes that a formula stands on and that are not done, bricks before walls."""
    order: dict[str, None] = {}
    waiting = [(name, False) for name in mentioned_outcomes(formula)]
    while waiting:
        name, ready = waiting.pop()
        if ready:
            order[name] = None
        elif name not in order and name not in done:
            waiting.append((name, True))
            inner = mentioned_outcomes(case.outcome_named[name].formula)
            waiting.extend((n, False) for n in inner)
    return order


def sound_outcomes(case: Case) -> list[str]:
    """Return the outcomes, each after those it builds on; those on a cycle are left out."""
    waits = {o.name: mentioned_outcomes(o.formula) for o in case.outcomes}
    above: dict[str, list[str]] = {name: [] for name in waits}
    for name, inner in waits.items():
        for other in inner:
            above[other].append(name)
    missing = {name: len(inner) for name, inner in waits.items()}
    order = [name for name, count in missing.items() if count == 0]
    for name in order:  # grows while it is read
        for higher in above[name]:
            missing[higher] -= 1
            if missing[higher] == 0:
                order.append(higher)
    return order


def axes_of(case: Case, formulas: Iterable[fm.Formula]) -> tuple[int, ...]:
    """Return the options that formulas mention, outcomes looked into, as axes in rising order."""
    found: set[int] = set()
    seen: set[str] = set()
    waiting = list(formulas)
    while waiting:
        for atom in fm.atoms(waiting.pop()):
            if isinstance(atom, fm.OptionIs):
                found.add(case.axis_of[atom.party, atom.option])
            elif atom.name not in seen:
                seen.add(atom.name)
                waiting.append(case.outcome_named[atom.name].formula)
    return tuple(sorted(found))


def mentioned_outcomes(formula: fm.Formula) -> list[str]:
    """Return the names of the outcomes that stand in a formula itself, each once."""
    names = (atom.name for atom in fm.atoms(formula) if isinstance(atom, fm.OutcomeIs))
    return list(dict.fromkeys(names))
