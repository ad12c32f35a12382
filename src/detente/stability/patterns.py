"""Saying a set of states in few words.

A pattern fixes the level of some options and leaves the rest open. A set is covered exactly: every
feasible state that fits one of the patterns is in the set, and every state of the set fits one.
Infeasible states may fit or not, which is what makes patterns short.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.graph.model import BoolArray
from detente.graph.sets import one_each
from detente.graph.space import Rows, Space
from detente.stability import thin
from detente.stability.cover import MAX_PATTERNS, Cover, Pattern, in_order, sort_key

__all__ = ["MAX_PATTERNS", "Cover", "OutcomeGroup", "Pattern", "by_outcome", "cover"]


@dataclass(frozen=True, slots=True)
class OutcomeGroup:
    """The part of a set in which the same outcomes hold.

    Parameters
    ----------
    outcomes : tuple of str
        Their names; empty where none holds.
    cover : Cover
        The states.
    """

    outcomes: tuple[str, ...]
    cover: Cover


def cover(
    states: BoolArray,
    feasible: BoolArray,
    *,
    space: Space | None = None,
    limit: int = MAX_PATTERNS,
    merged: NDArray[np.intp] | None = None,
) -> Cover:
    """Return patterns that say a set of feasible states.

    Parameters
    ----------
    states : bool array, one axis an option
        The set; infeasible states in it are ignored.
    feasible : bool array of the same shape
        Where states can be.
    space : Space, optional
        How states are stored, where not with one axis an option.
    limit : int
        At most so many patterns; what they leave out is counted.
    merged : int array, optional
        Which states count as one, as a graph has it.

    Notes
    -----
    From a state not yet covered, options are opened one by one as long as no feasible state
    outside the set comes in; of several the one that brings in most uncovered states goes first.
    What others cover altogether is dropped in the end, the smallest first. Minimal covers are hard
    to find; this one is irredundant, as in the expand and irredundant steps of two-level logic
    minimisation [Brayton1984]_.
    """
    wanted = states & feasible
    if isinstance(space, Rows):
        return thin.cover(space, wanted, limit, merged)
    outside = feasible & ~states
    left = wanted.copy()
    found: list[Pattern] = []
    while len(found) < limit and left.any():
        seed = np.unravel_index(int(left.argmax()), left.shape)
        pattern = _expand([int(level) for level in seed], outside, left)
        left[_where(pattern)] = False
        found.append(pattern)
    kept = _irredundant(found, wanted)
    size = partial(_size, merged=merged)
    counts = [size(wanted, p) for p in kept]
    return in_order(kept, counts, size(wanted), size(left))


def _size(
    states: BoolArray, pattern: Pattern | None = None, *, merged: NDArray[np.intp] | None
) -> int:
    """Return how many states of a set fit a pattern; those that count as one count once."""
    if merged is None:
        return int(np.count_nonzero(states if pattern is None else states[_where(pattern)]))
    here = states.copy()
    if pattern is not None:
        fits = np.zeros_like(here)
        fits[_where(pattern)] = True
        here &= fits
    return len(one_each(here, merged))


def by_outcome(
    states: BoolArray,
    feasible: BoolArray,
    outcomes: Sequence[tuple[str, BoolArray]],
    *,
    space: Space | None = None,
    limit: int = MAX_PATTERNS,
    merged: NDArray[np.intp] | None = None,
) -> tuple[OutcomeGroup, ...]:
    """Return the set split by the outcomes that hold, the largest part first.

    Parameters
    ----------
    outcomes : sequence of (name, bool array)
        Where each outcome holds; length 1 on axes it does not depend on.
    space : Space, optional
        How states are stored, where not with one axis an option.
    limit : int
        At most so many patterns for each part.
    merged : int array, optional
        Which states count as one, as a graph has it.
    """
    wanted = states & feasible
    which = np.zeros((1,) * states.ndim, np.uint64)
    for bit, (_, holds) in enumerate(outcomes[:64]):
        which = which | np.where(holds, np.uint64(1 << bit), np.uint64(0))
    which = np.broadcast_to(which, states.shape)
    groups = []
    for mask in np.unique(which[wanted]).tolist():
        names = tuple(name for bit, (name, _) in enumerate(outcomes[:64]) if mask >> bit & 1)
        part = wanted & (which == np.uint64(mask))
        told = cover(part, feasible, space=space, limit=limit, merged=merged)
        groups.append(OutcomeGroup(names, told))
    return tuple(sorted(groups, key=lambda g: (-g.cover.states, g.outcomes)))


def _expand(pattern: list[int | None], outside: BoolArray, left: BoolArray) -> Pattern:
    """Open options while nothing from outside comes in."""
    fixed = list(range(len(pattern)))
    while fixed:
        gains = {}
        for axis in list(fixed):
            opened = pattern.copy()
            opened[axis] = None
            if outside[_where(opened)].any():
                fixed.remove(axis)  # and it stays so: a pattern only ever widens
            else:
                gains[axis] = int(np.count_nonzero(left[_where(opened)]))
        if not gains:
            break
        widest = max(gains, key=lambda axis: (gains[axis], axis))
        pattern[widest] = None
        fixed.remove(widest)
    return tuple(pattern)


def _irredundant(patterns: list[Pattern], wanted: BoolArray) -> list[Pattern]:
    """Drop patterns whose states the others hold as well, the smallest first."""
    times = np.zeros(wanted.shape, np.uint16)
    for pattern in patterns:
        times[_where(pattern)] += 1
    kept = list(patterns)
    for pattern in sorted(patterns, key=lambda p: (int(wanted[_where(p)].sum()), sort_key(p))):
        at = _where(pattern)
        if (times[at][wanted[at]] >= 2).all():
            times[at] -= 1
            kept.remove(pattern)
    return kept


def _where(pattern: Sequence[int | None]) -> Any:
    return tuple(slice(None) if level is None else level for level in pattern)
