"""How states are stored: a cell for every combination of levels, or a list of those that can be.

This is the small interface behind which the stores differ. An array over the states has the
shape of the space; a state is a flat index into it. Everything else in ``graph`` answers for a
state the same three questions whatever the store: the best within one move of a party, where
others can lead, and which level each option has.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from detente.case.model import Case
from detente.case.truth import Truth

BoolArray: TypeAlias = NDArray[np.bool_]
Levels: TypeAlias = tuple[int, ...]
"""For every option its level."""

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz+_"
"""The character of each level of an option with more than two."""

T = TypeVar("T")


def alphabet(levels: int) -> str:
    """Return the characters of an option's levels: N and Y for two, digits otherwise."""
    return "NY" if levels == 2 else DIGITS[:levels]


class Space(ABC):
    """The states of a case, in one way of storing them."""

    name: ClassVar[str]
    """What a result shows: ``arrays`` or ``list``."""

    levels: Levels
    """How many levels every option has."""

    @property
    @abstractmethod
    def shape(self) -> tuple[int, ...]:
        """The shape of all arrays over the states."""

    @abstractmethod
    def line(self, axis: int, wanted: Sequence[int]) -> BoolArray:
        """Return where an option has one of some levels, in a shape that broadcasts."""

    @abstractmethod
    def rows(self, states: NDArray[np.intp]) -> NDArray[np.intp]:
        """Return ``[state, option]``: the levels in some states, given by flat index."""

    @abstractmethod
    def find(self, levels: Sequence[int]) -> int:
        """Return the flat index of a state given by its levels; -1 if it is not stored."""

    @abstractmethod
    def differing(self, levels: Sequence[int]) -> NDArray[np.int16]:
        """Return in how many options each state differs from given levels."""

    @abstractmethod
    def away(self, states: BoolArray) -> NDArray[np.int16]:
        """Return in how many options each state differs from the nearest one of a set."""

    def at(self, state: int) -> Levels:
        """Return the levels in one state."""
        return tuple(int(level) for level in self.rows(np.array([state]))[0])

    def codes(self, states: NDArray[np.intp]) -> list[str]:
        """Return the strings of states given by flat index."""
        if not self.levels:
            return [""] * len(states)
        rows = self.rows(states)
        letters = [np.array(list(alphabet(n)))[rows[:, k]] for k, n in enumerate(self.levels)]
        joined: list[str] = np.stack(letters, axis=1).view(f"<U{len(letters)}").ravel().tolist()
        return joined

    def truth(self, case: Case) -> Truth:
        """Return the evaluator of a case's formulas over these states."""
        return _TruthOver(case, self)


class _TruthOver(Truth):
    """An evaluator that asks the space where an option has some levels."""

    def __init__(self, case: Case, space: Space) -> None:
        super().__init__(case)
        self._space = space

    def _line(self, axis: int, wanted: Sequence[int]) -> BoolArray:
        return self._space.line(axis, wanted)


@dataclass(frozen=True)
class Box(Space):
    """A cell for every combination of levels: arrays have one axis an option.

    Parameters
    ----------
    levels : tuple of int
        How many levels every option has.
    """

    levels: Levels
    name: ClassVar[str] = "arrays"

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of all arrays over the states."""
        return self.levels

    def line(self, axis: int, wanted: Sequence[int]) -> BoolArray:
        """Return an array of length 1 on all axes but one."""
        line = np.zeros(self.levels[axis], bool)
        line[list(wanted)] = True
        return self._along(axis, line)

    def rows(self, states: NDArray[np.intp]) -> NDArray[np.intp]:
        """Return ``[state, option]``: the levels in some states."""
        if not self.levels:
            return np.zeros((len(states), 0), np.intp)
        return np.stack(np.unravel_index(states, self.levels), axis=1)

    def find(self, levels: Sequence[int]) -> int:
        """Return the flat index of a state given by its levels."""
        return int(np.ravel_multi_index(tuple(levels), self.levels)) if self.levels else 0

    def differing(self, levels: Sequence[int]) -> NDArray[np.int16]:
        """Return in how many options each state differs from given levels."""
        distance = np.zeros((1,) * len(self.levels), np.int16)
        for axis, level in enumerate(levels):
            distance = distance + self._along(axis, np.arange(self.levels[axis]) != level)
        return np.broadcast_to(distance, self.shape)

    def away(self, states: BoolArray) -> NDArray[np.int16]:
        """Return in how many options each combination differs from the nearest one of a set."""
        away = np.where(states, 0, len(self.levels) + 1).astype(np.int16)
        for axis in range(away.ndim):
            away = np.minimum(away, away.min(axis=axis, keepdims=True) + 1)
        return away

    def _along(self, axis: int, line: NDArray[Any]) -> NDArray[Any]:
        return line.reshape([-1 if k == axis else 1 for k in range(len(self.levels))])


@dataclass(frozen=True, eq=False)
class Rows(Space):
    """The feasible states alone, in the order their combinations would have in a box.

    Parameters
    ----------
    levels : tuple of int
        How many levels every option has.
    table : int8 array of shape (states, options)
        The level of every option in each state; rows rise lexicographically.
    lanes : tuple of int
        Further axes of the arrays, along which nobody moves; as a rule none.
    kept : dict
        What was worked out about the table once (:meth:`once`).
    """

    levels: Levels
    table: NDArray[np.int8]
    lanes: tuple[int, ...] = ()
    kept: dict[Hashable, Any] = field(default_factory=dict, repr=False)
    name: ClassVar[str] = "list"

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of all arrays over the states."""
        return (len(self.table), *self.lanes)

    def line(self, axis: int, wanted: Sequence[int]) -> BoolArray:
        """Return where an option has one of some levels."""
        line = np.zeros(self.levels[axis], bool)
        line[list(wanted)] = True
        return line[self.table[:, axis]]

    def rows(self, states: NDArray[np.intp]) -> NDArray[np.intp]:
        """Return ``[state, option]``: the levels in some states."""
        return self.table[states].astype(np.intp)

    def find(self, levels: Sequence[int]) -> int:
        """Return the position of a state given by its levels; -1 if it is not feasible."""
        first, last = 0, len(self.table)
        for axis, level in enumerate(levels):
            column = self.table[first:last, axis]
            first, last = (first + int(np.searchsorted(column, level, s)) for s in _SIDES)
        return first if first < last else -1

    def differing(self, levels: Sequence[int]) -> NDArray[np.int16]:
        """Return in how many options each state differs from given levels."""
        wanted = np.array(levels, np.int8)
        differing: NDArray[np.int16] = (self.table != wanted).sum(axis=1, dtype=np.int16)
        return differing

    def away(self, states: BoolArray) -> NDArray[np.int16]:
        """Return in how many options each state differs from the nearest one of a set."""
        marks = [self.table == level for level in range(max(self.levels, default=1))]
        every = np.concatenate(marks, axis=1).astype(np.float32)
        goal = every[states].T
        away = np.full(len(every), len(self.levels) + 1, np.int16)
        step = max(1, (1 << 24) // max(1, goal.shape[1]))
        for first in range(0, len(every) if goal.shape[1] else 0, step):
            agree = (every[first : first + step] @ goal).max(axis=1)
            away[first : first + step] = len(self.levels) - np.rint(agree)
        return away

    def number(self, axes: Sequence[int], marks: Sequence[BoolArray] = ()) -> NDArray[np.int64]:
        """Return a number for each state, the same where it agrees on some options and marks.

        Numbers run from 0 without gaps and rise as the combinations do.
        """
        key = np.zeros(len(self.table), np.int64)
        size = 1
        for axis in axes:
            if size * self.levels[axis] >= 1 << 62:
                key, size = _dense(key)
            key = key * self.levels[axis] + self.table[:, axis]
            size *= self.levels[axis]
        for mark in marks:
            if 2 * size >= 1 << 62:
                key, size = _dense(key)
            key, size = 2 * key + mark, 2 * size
        return _dense(key)[0]

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what ``make`` gives, worked out at the first call with this key and kept."""
        if key not in self.kept:
            self.kept[key] = make()
        kept: T = self.kept[key]
        return kept


_SIDES: tuple[Any, Any] = ("left", "right")


def _dense(key: NDArray[np.int64]) -> tuple[NDArray[np.int64], int]:
    """Renumber from 0 without gaps, in the same order."""
    if not len(key) or int(key.max()) < 4 * len(key):
        met = np.zeros(int(key.max(initial=0)) + 1, bool)
        met[key] = True
        number = np.cumsum(met) - 1
        return number[key], int(met.sum())
    values, inverse = np.unique(key, return_inverse=True)
    return inverse.reshape(-1).astype(np.int64), len(values)
