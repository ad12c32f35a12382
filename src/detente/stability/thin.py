"""Patterns of a set of states stored as a list: the same ones as over arrays.

A pattern is widened option by option, and for every state one number is kept: how many of the
options still fixed it differs in. A state comes in when that falls to nought.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.graph.model import BoolArray
from detente.graph.space import Rows
from detente.stability.cover import Cover, Pattern, in_order, sort_key


def cover(
    space: Rows, wanted: BoolArray, limit: int, merged: NDArray[np.intp] | None = None
) -> Cover:
    """Return patterns that say a set of states, as :func:`detente.stability.patterns.cover`."""
    table = space.table
    columns = np.ascontiguousarray(table.T)  # whole options are worked on: in one piece, quicker
    outside = _Side(columns[:, ~wanted])
    left = np.flatnonzero(wanted)
    found: list[Pattern] = []
    while len(found) < limit and len(left):
        pattern = _expand(table[left[0]], outside, _Side(columns[:, left]))
        left = left[~_fits(pattern, table[left])]
        found.append(pattern)
    rows, at = table[wanted], np.flatnonzero(wanted)
    kept = _irredundant(found, rows)

    def size(some: NDArray[np.intp]) -> int:
        return len(some if merged is None else np.unique(merged[some]))

    counts = [size(at[_fits(p, rows)]) for p in kept]
    return in_order(kept, counts, size(at), size(left))


@dataclass(frozen=True, eq=False)
class _Side:
    """Some states, ``[option, state]``: those that must stay out, or those that should come in."""

    columns: NDArray[np.int8]

    def against(self, seed: NDArray[np.int8]) -> _Differing:
        """Return how they differ from one state."""
        differs = self.columns != seed[:, None]
        return _Differing(differs, differs.sum(axis=0, dtype=np.int16))


@dataclass(frozen=True, eq=False)
class _Differing:
    """Where some states differ from a pattern: in which options, and in how many fixed ones."""

    differs: BoolArray
    fixed: NDArray[np.int16]

    def opening(self) -> NDArray[np.intp]:
        """Return for each option how many states come in if it alone is opened, besides those in.

        Meaningful for options that are still fixed.
        """
        return np.asarray(np.count_nonzero(self.differs[:, self.fixed == 1], axis=1), np.intp)

    def open(self, axis: int) -> None:
        """Open an option."""
        np.subtract(self.fixed, self.differs[axis], out=self.fixed)

    def without(self, axes: list[int]) -> _Differing:
        """Return those states alone that differ in none of some options."""
        near = ~self.differs[axes].any(axis=0)
        return _Differing(self.differs[:, near], self.fixed[near])


def _expand(seed: NDArray[np.int8], outside: _Side, left: _Side) -> Pattern:
    """Open options while nothing from outside comes in, that which brings in most first."""
    pattern: list[int | None] = [int(level) for level in seed]
    out, into = outside.against(seed), left.against(seed)
    fixed = list(range(len(pattern)))
    while fixed:
        barred = out.opening()
        if shut := [axis for axis in fixed if barred[axis]]:
            # A pattern only ever widens: these stay fixed, and what differs in them never comes in.
            fixed = [axis for axis in fixed if not barred[axis]]
            out, into = out.without(shut), into.without(shut)
        if not fixed:
            break
        gains = into.opening()
        widest = max(fixed, key=lambda axis: (gains[axis], axis))
        pattern[widest] = None
        fixed.remove(widest)
        out.open(widest)
        into.open(widest)
    return tuple(pattern)


def _fits(pattern: Pattern, table: NDArray[np.int8]) -> BoolArray:
    """Return which states fit a pattern."""
    fits = np.ones(len(table), bool)
    for axis, level in enumerate(pattern):
        if level is not None:
            fits &= table[:, axis] == level
    return fits


def _irredundant(patterns: list[Pattern], rows: NDArray[np.int8]) -> list[Pattern]:
    """Drop patterns whose states the others hold as well, the smallest first."""
    fits = {pattern: _fits(pattern, rows) for pattern in patterns}
    times = np.zeros(len(rows), np.uint16)
    for states in fits.values():
        times += states
    kept = list(patterns)
    for pattern in sorted(patterns, key=lambda p: (int(fits[p].sum()), sort_key(p))):
        if (times[fits[pattern]] >= 2).all():
            times -= fits[pattern]
            kept.remove(pattern)
    return kept
