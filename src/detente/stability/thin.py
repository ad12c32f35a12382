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
    side = _Side(table[~wanted])
    left = np.flatnonzero(wanted)
    found: list[Pattern] = []
    while len(found) < limit and len(left):
        pattern = _expand(table[left[0]], side, _Side(table[left]))
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
    """Some states: those that must stay out, or those that should come in."""

    table: NDArray[np.int8]

    def against(self, seed: NDArray[np.int8]) -> _Differing:
        """Return how they differ from one state."""
        differs = self.table != seed
        return _Differing(differs, differs.sum(axis=1, dtype=np.int16))


@dataclass(frozen=True, eq=False)
class _Differing:
    """Where some states differ from a pattern: in which options, and in how many fixed ones."""

    differs: BoolArray
    fixed: NDArray[np.int16]

    def opening(self) -> NDArray[np.intp]:
        """Return for each option how many states come in if it alone is opened, besides those in.

        Meaningful for options that are still fixed.
        """
        return np.asarray(self.differs[self.fixed == 1].sum(axis=0, dtype=np.intp))

    def open(self, axis: int) -> None:
        """Open an option."""
        np.subtract(self.fixed, self.differs[:, axis], out=self.fixed)


def _expand(seed: NDArray[np.int8], outside: _Side, left: _Side) -> Pattern:
    """Open options while nothing from outside comes in, that which brings in most first."""
    pattern: list[int | None] = [int(level) for level in seed]
    out, into = outside.against(seed), left.against(seed)
    fixed = list(range(len(pattern)))
    while fixed:
        barred, gains = out.opening(), into.opening()
        fixed = [axis for axis in fixed if not barred[axis]]  # a pattern only ever widens
        if not fixed:
            break
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
