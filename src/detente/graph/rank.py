"""Preferences as dense ranks: statements, weights or a direct ranking."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from detente.errors import LimitError, ShapeError
from detente.graph.model import BoolArray, IntArray

MAX_KEYS = 1 << 22
"""Statements are taken in together while their combinations stay below this many."""


def by_statements(truths: Iterable[BoolArray], feasible: BoolArray) -> IntArray:
    """Rank states by statements, the most important first.

    Parameters
    ----------
    truths : iterable of bool arrays
        Where each statement holds; length 1 on axes it does not depend on. Any number of them.
    feasible : bool array
        The states to rank.

    Returns
    -------
    signed integer array of the same shape
        Dense rank from 0; larger is better. Two states tie if they agree on every statement.

    References
    ----------
    Lexicographic order of truth vectors: [Peng1997]_, [FangHipelKilgourPeng2003]_.
    """
    ranks = np.zeros((1,) * feasible.ndim, np.int64)
    classes = 1
    max_keys = min(MAX_KEYS, max(1 << 10, 4 * feasible.size))  # a table no larger than need be
    for truth in truths:
        ranks = ranks * 2 + truth
        classes *= 2
        if classes > max_keys:
            ranks, classes = _dense(ranks, classes, feasible)
    return _smallest(*_dense(ranks, classes, feasible), feasible.shape)


def by_weights(
    truths: Sequence[BoolArray], weights: Sequence[Fraction], feasible: BoolArray
) -> IntArray:
    """Rank states by the sum of the weights of the formulas that hold; sums are exact.

    Raises
    ------
    LimitError
        If the weights, brought to whole numbers, do not fit 62 bits.

    References
    ----------
    Option weighting: [HipelKilgourFangPeng1997]_.
    """
    scale = math.lcm(*(w.denominator for w in weights))
    whole = [int(w * scale) for w in weights]
    if sum(map(abs, whole)) >= 1 << 62:
        raise LimitError(
            "the weights differ too much in size to be added exactly; use rounder ones"
        )
    score = np.zeros((1,) * feasible.ndim, np.int64)
    for truth, weight in zip(truths, whole, strict=True):
        score = score + truth * np.int64(weight)
    score = np.broadcast_to(score, feasible.shape)
    values, inverse = np.unique(score[feasible], return_inverse=True)
    ranks = np.zeros(feasible.shape, np.int64)
    ranks[feasible] = inverse.reshape(-1)
    return _smallest(ranks, len(values), feasible.shape)


def by_groups(groups: Sequence[BoolArray], feasible: BoolArray) -> IntArray:
    """Rank states by groups, best first; each feasible state must be in just one.

    Raises
    ------
    ShapeError
        If a feasible state is in no group or in several.
    """
    if misfits(groups, feasible).any():
        raise ShapeError("a ranking must hold every feasible state in just one group")
    ranks = np.zeros((1,) * feasible.ndim, np.int64)
    for worse, group in enumerate(reversed(groups)):
        ranks = np.where(group, worse, ranks)
    return _smallest(*_dense(ranks, len(groups), feasible), feasible.shape)


def misfits(groups: Sequence[BoolArray], feasible: BoolArray) -> BoolArray:
    """Return the feasible states that stand in no group of a ranking, or in several."""
    times = np.zeros((1,) * feasible.ndim, np.int64)
    for group in groups:
        times = times + group
    missed: BoolArray = (times != 1) & feasible
    return missed


def _dense(
    ranks: NDArray[np.int64], classes: int, feasible: BoolArray
) -> tuple[NDArray[np.int64], int]:
    """Renumber ranks so that those of feasible states are 0, 1, 2, …, in the same order."""
    spread_over = np.broadcast_to(ranks, feasible.shape)
    met = np.zeros(classes, bool)
    met[spread_over[feasible]] = True
    number = np.cumsum(met) - 1
    return number.astype(np.int64)[ranks], int(met.sum())


def _smallest(ranks: NDArray[np.int64], classes: int, shape: tuple[int, ...]) -> IntArray:
    """Store ranks in the smallest signed type that leaves both its ends unused."""
    fitting = [t for t in (np.int8, np.int16, np.int32) if classes < np.iinfo(t).max]
    dtype = fitting[0] if fitting else np.int64
    small = np.maximum(ranks, 0).astype(dtype)
    return np.ascontiguousarray(np.broadcast_to(small, shape))
