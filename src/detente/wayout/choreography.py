"""Choreography: the order of moves that leads to a target with the least exposure on the way."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from detente.graph.model import BoolArray, Graph
from detente.wayout.steps import Movers, Moves, PathStep

Key: TypeAlias = tuple[int, int, int]
"""(yielding steps, joint steps, length) of a path."""

PATHS = 3
FEW_PAIRS = 1 << 16
"""Steps up to which they are followed one by one, not for all states at once."""


@dataclass(frozen=True, slots=True)
class Path:
    """Steps from the start into the target; none if the start lies in it."""

    steps: tuple[PathStep, ...]

    @property
    def exposure(self) -> Fraction:
        """The largest exposure of any mover in any step."""
        return max((x for step in self.steps for x in step.exposure), default=Fraction(0))

    @property
    def yielding_steps(self) -> int:
        """The number of steps in which some mover yields."""
        return sum(bool(step.yields) for step in self.steps)

    @property
    def joint_steps(self) -> int:
        """The number of steps taken together."""
        return sum(len(step.movers) > 1 for step in self.steps)

    def end(self, start: int) -> int:
        """Return the last state of a path from a start."""
        return self.steps[-1].target if self.steps else start


@dataclass(frozen=True, slots=True)
class Choreography:
    """The best paths from a start into a target.

    Parameters
    ----------
    start : int
        Flat index.
    paths : tuple of Path
        Distinct and equally good; empty if no path leads there.
    more : bool
        Whether there are further paths as good.
    without_joint : Fraction or None
        The exposure of the best path in which nobody moves together; None if there is none.
    nearest : int
        Where no path leads there, the reachable state that differs from a state of the target in
        the fewest options; else the end of the first path.
    """

    start: int
    paths: tuple[Path, ...]
    more: bool
    without_joint: Fraction | None
    nearest: int


def choreography(
    graph: Graph, start: int, target: BoolArray, *, joint: int = 2, paths: int = PATHS
) -> Choreography:
    """Return the best paths from a start into a set of states.

    Best is, in this order: the least largest exposure, the fewest steps in which a mover yields,
    the fewest joint steps, the fewest steps.

    Parameters
    ----------
    start : int
        Flat index.
    target : bool array of the graph's shape
        Where the path may end.
    joint : int
        The most parties that may move together.
    paths : int
        At most so many equally good paths.

    Notes
    -----
    One search with the four numbers as its key would be wrong: a beginning with a smaller largest
    exposure can hide one with fewer yielding steps that a later step makes equal. So the least
    possible exposure comes first (a bottleneck path), and then, over the steps that keep to it, a
    shortest path [Dijkstra1959]_ by the other three, which are sums.
    """
    target = target & graph.feasible
    moves = Moves(graph, start, joint)
    alone = least_exposure(Moves(graph, start, 1), target)
    without_joint = _exact(moves, target, alone)
    bound = least_exposure(moves, target) if joint > 1 else alone
    if bound is None:
        return Choreography(start, (), False, without_joint, _nearest(moves, target))
    found = list(itertools.islice(_shortest(moves, target, bound), paths + 1))
    end = found[0].end(start)
    return Choreography(start, tuple(found[:paths]), len(found) > paths, without_joint, end)


def least_exposure(moves: Moves, target: BoolArray) -> float | None:
    """Return the least bound on exposure that lets a path into the target; None if none does."""
    if _within(moves, target, 0.0).any():  # often so, and then nothing has to be searched
        return 0.0
    if not _within(moves, target, np.inf).any():
        return None
    levels = np.unique(np.concatenate([[0.0], *(r.ravel() for r in moves.risk.values())]))
    low, high = 1, len(levels) - 1  # 0 is the lowest, and not enough
    while low < high:
        middle = (low + high) // 2
        if _within(moves, target, levels[middle]).any():
            high = middle
        else:
            low = middle + 1
    return float(levels[low])


def _within(moves: Moves, target: BoolArray, bound: float) -> BoolArray:
    """Return the target's states that steps within a bound lead to."""
    seen = _flood(moves, target, bound)
    found: BoolArray = seen & target
    return found


def _flood(moves: Moves, target: BoolArray, bound: float) -> BoolArray:
    """Return what steps within a bound lead to; it ends early where that meets the target."""
    seen = np.zeros(moves.graph.shape, bool)
    seen.flat[moves.start] = True
    fresh = seen.copy()
    while fresh.any() and not (fresh & target).any():
        new = np.zeros_like(seen)
        for movers, reached in moves.onward(fresh):
            new |= reached & (moves.risk[movers] <= bound)
        fresh = new & ~seen
        seen |= fresh
    return seen


def _exact(moves: Moves, target: BoolArray, bound: float | None) -> Fraction | None:
    """Return the fraction that a bound on exposure stands for."""
    if bound is None:
        return None
    tops = {int(r[moves.graph.feasible].max(initial=0)) or 1 for r in moves.graph.ranks}
    return min(
        (Fraction(round(bound * top), top) for top in tops), key=lambda f: abs(float(f) - bound)
    )


@dataclass(frozen=True, eq=False)
class _Measured:
    """The least key of every state that the search settled.

    Parameters
    ----------
    keys : list of Key
        Those that occur, the least first; the last one is that of the ends.
    at : int array, one cell a state
        The position in ``keys``; -1 where the search did not come.
    """

    keys: list[Key]
    at: NDArray[np.int32]

    def of(self, state: int) -> Key | None:
        """Return the key of a state; None where the search did not come."""
        number = int(self.at[state])
        return None if number < 0 else self.keys[number]


def _measure(moves: Moves, target: BoolArray, bound: float) -> _Measured:
    """Settle states by rising key, sets of states at a time, until one lies in the target."""
    graph = moves.graph
    at = np.full(graph.shape, -1, np.int32)
    start = np.zeros(graph.shape, bool)
    start.flat[moves.start] = True
    waiting: dict[Key, BoolArray] = {(0, 0, 0): start}
    queue: list[Key] = [(0, 0, 0)]
    keys: list[Key] = []
    while queue:
        key = heapq.heappop(queue)
        fresh = waiting.pop(key) & (at < 0)
        if not fresh.any():
            continue
        at[fresh] = len(keys)
        keys.append(key)
        if (fresh & target).any():
            break
        for further, states in _onward(moves, fresh, key, bound, at < 0):
            if further not in waiting:
                heapq.heappush(queue, further)
                waiting[further] = states
            else:
                waiting[further] = waiting[further] | states
    return _Measured(keys, at.ravel())


def _onward(
    moves: Moves, fresh: BoolArray, key: Key, bound: float, unsettled: BoolArray
) -> Iterator[tuple[Key, BoolArray]]:
    """Yield the states that one more step leads to, with their keys.

    A step that could be made without yielding is among those with one yielding step more as well;
    it was settled by its smaller key before that counts.
    """
    for movers, reached, unyielding in _reached(moves, fresh, bound, unsettled):
        joint = key[1] + (len(movers) > 1)
        for yields, states in ((0, unyielding), (1, reached & ~unyielding)):
            if states.any():
                yield (key[0] + yields, joint, key[2] + 1), states


def _reached(
    moves: Moves, fresh: BoolArray, bound: float, unsettled: BoolArray
) -> Iterator[tuple[Movers, BoolArray, BoolArray]]:
    """Yield for each coalition where a step within the bound leads, and where without yielding."""
    sources = np.flatnonzero(fresh)
    if len(sources) * max(map(moves.assignments, moves.coalitions), default=1) <= FEW_PAIRS:
        for movers, risk in moves.risk.items():
            wanted = unsettled & (risk <= bound)
            both = []
            for targets in moves.one_by_one(movers, sources):
                states = np.zeros(fresh.shape, bool)
                states.flat[targets] = True
                both.append(states & wanted)
            yield movers, both[0], both[1]
        return
    for movers, reached in moves.onward(fresh):
        wanted = reached & unsettled & (moves.risk[movers] <= bound)
        if wanted.any():
            yield movers, wanted, moves.reached_without_yielding(fresh, movers, wanted)


def _shortest(moves: Moves, target: BoolArray, bound: float) -> Iterator[Path]:
    """Yield the best paths within a bound, in a fixed order."""
    measured = _measure(moves, target, bound)
    last = len(measured.keys) - 1
    ends = np.flatnonzero(target.ravel() & (measured.at == last)).tolist()
    stack: list[tuple[int, tuple[tuple[Movers, int, int], ...]]] = [(e, ()) for e in reversed(ends)]
    while stack:
        state, tail = stack.pop()
        if state == moves.start:
            yield Path(tuple(moves.step(*step) for step in tail))
            continue
        before = []
        for movers, risk in moves.risk.items():
            if risk.flat[state] <= bound:
                for source in moves.sources(movers, state).tolist():
                    key = measured.of(source)
                    if key is not None and _after(moves, key, movers, source, state) == measured.of(
                        state
                    ):
                        before.append((source, ((movers, source, state), *tail)))
        stack += reversed(before)


def _after(moves: Moves, key: Key, movers: Movers, source: int, target: int) -> Key:
    """Return the key of a path that is one step longer."""
    yields = any(r.flat[target] < r.flat[source] for r in (moves.graph.ranks[i] for i in movers))
    return (key[0] + yields, key[1] + (len(movers) > 1), key[2] + 1)


def _nearest(moves: Moves, target: BoolArray) -> int:
    """Return the reachable state that differs from the target in the fewest options."""
    far = len(moves.graph.shape) + 1
    away = np.where(target, 0, far)
    for axis in range(away.ndim):
        away = np.minimum(away, away.min(axis=axis, keepdims=True) + 1)
    reachable = _flood(moves, np.zeros_like(target), np.inf)
    away = np.where(reachable, away, far + 1)
    return int(away.argmin()) if target.any() else moves.start
