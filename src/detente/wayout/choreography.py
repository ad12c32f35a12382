"""Choreography: the order of moves that leads to a target with the least exposure on the way."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from detente.case.model import Case
from detente.graph import memory
from detente.graph.model import BoolArray, Graph
from detente.wayout.broken import Breaches, Word, Words, breaches, cheapest
from detente.wayout.steps import Moves, PathStep
from detente.wayout.ways import measure, shortest

PATHS = 3

PEAK = 4
"""What the search for paths needs, in times of what the states take: measured on two parties with
2^20 states, 145 bytes a state beside 41."""


def require_room(case: Case, graph: Graph, limit: int | None) -> None:
    """Refuse to look for paths where that needs more memory than may be used.

    Raises
    ------
    LimitError
        With the figure and what to do.
    """
    memory.require_room(case, graph.feasible.size, limit, times=PEAK, what="looking for ways")


@dataclass(frozen=True, slots=True)
class Way:
    """Steps from the start into the target; none if the start lies in it.

    Parameters
    ----------
    steps : tuple of PathStep
        The steps.
    cost : int
        The firmness of the words that they break, each counted once.
    """

    steps: tuple[PathStep, ...]
    cost: int = 0

    @property
    def exposure(self) -> Fraction:
        """The largest exposure of any mover in any step."""
        return max((x for step in self.steps for x in step.exposure), default=Fraction(0))

    @property
    def breaks(self) -> tuple[str, ...]:
        """Ids of the words that are broken on the way and kept at its start, as they come."""
        return tuple(name for step in self.steps for name in step.breaks)

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
    paths : tuple of Way
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
    paths: tuple[Way, ...]
    more: bool
    without_joint: Fraction | None
    nearest: int


def choreography(
    graph: Graph,
    start: int,
    target: BoolArray,
    *,
    joint: int = 2,
    paths: int = PATHS,
    words: Sequence[Word] = (),
) -> Choreography:
    """Return the best paths from a start into a set of states.

    Best is, in this order: the least largest exposure, the least firmness of the words broken on
    the way, the fewest words, the fewest steps in which a mover yields, the fewest joint steps,
    the fewest steps.

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
    words : sequence of Word
        What was said aloud; what the start breaks already counts for nothing.

    Raises
    ------
    LimitError
        If too many sets of words would have to be weighed.

    Notes
    -----
    One search with all these numbers as its key would be wrong: a beginning with a smaller largest
    exposure can hide one with fewer yielding steps that a later step makes equal. So the least
    possible exposure comes first (a bottleneck path); then, over the steps that keep to it, the
    cheapest sets of words by breaking which a path leads there; and then, inside each of these, a
    shortest path [Dijkstra1959]_ by the other three, which are sums.
    """
    target = target & graph.feasible
    moves = Moves(graph, start, joint)
    bound, alone = _bounds(moves, target)
    without_joint = _exact(moves, alone)
    if bound is None:
        return Choreography(start, (), False, without_joint, _nearest(moves, target))
    broken = breaches(words, start, graph.feasible)
    found = list(itertools.islice(_best(moves, target, bound, broken), paths + 1))
    end = found[0].end(start)
    return Choreography(start, tuple(found[:paths]), len(found) > paths, without_joint, end)


def exposures(
    graph: Graph, start: int, target: BoolArray, *, joint: int = 2
) -> tuple[Fraction | None, Fraction | None]:
    """Return the exposure of the best path, and of the best in which nobody moves together.

    What :func:`choreography` finds, without the paths; None where there is none.
    """
    moves = Moves(graph, start, joint)
    bound, alone = _bounds(moves, target & graph.feasible)
    return _exact(moves, bound), _exact(moves, alone)


def _bounds(moves: Moves, target: BoolArray) -> tuple[float | None, float | None]:
    """Return the least bound on exposure, with joint steps and without."""
    alone = least_exposure(Moves(moves.graph, moves.start, 1), target)
    if alone == 0 or all(len(movers) == 1 for movers in moves.coalitions):
        return alone, alone
    return least_exposure(moves, target), alone


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
    seen = _flood(moves, target, bound, moves.graph.feasible)
    found: BoolArray = seen & target
    return found


def _flood(moves: Moves, target: BoolArray, bound: float, allowed: BoolArray) -> BoolArray:
    """Return what allowed steps within a bound lead to, at least until that meets the target."""
    seen = np.zeros(moves.graph.shape, bool)
    seen.flat[moves.start] = True
    fresh = seen.copy()
    while fresh.any() and not (fresh & target).any():
        new = np.zeros_like(seen)
        for movers, reached in moves.onward(fresh):
            new |= reached & (moves.risk[movers] <= bound)
        fresh = new & ~seen & allowed
        seen |= fresh
    return seen


def _exact(moves: Moves, bound: float | None) -> Fraction | None:
    """Return the fraction that a bound on exposure stands for."""
    if bound is None:
        return None
    tops = {int(r[moves.graph.feasible].max(initial=0)) or 1 for r in moves.graph.ranks}
    return min(
        (Fraction(round(bound * top), top) for top in tops), key=lambda f: abs(float(f) - bound)
    )


def _best(moves: Moves, target: BoolArray, bound: float, broken: Breaches) -> Iterator[Way]:
    """Yield the best paths within a bound on exposure, in a fixed order."""

    def reach(allowed: BoolArray) -> tuple[bool, BoolArray]:
        seen = _flood(moves, target, bound, allowed)
        there = bool((seen & target).any())
        edge = np.zeros_like(seen)
        for movers, states in () if there else moves.onward(seen):
            edge |= states & ~seen & (moves.risk[movers] <= bound)
        return there, edge

    measured = [
        (words, measure(moves, target, bound, broken.within(words)))
        for words in cheapest(broken, reach)
    ]
    least = min(found.keys[-1] for _, found in measured)
    for words, found in measured:
        if found.keys[-1] == least:
            for steps in shortest(moves, target, bound, found):
                yield _telling(steps, broken, words)


def _telling(way: tuple[PathStep, ...], broken: Breaches, words: Words) -> Way:
    """Return a path that breaks some words, each told at the step that is the first to do so."""
    steps, left = [], words
    for step in way:
        now = broken.at(step.target) & left
        left = left - now
        steps.append(replace(step, breaks=tuple(broken.words[k].id for k in sorted(now))))
    return Way(tuple(steps), broken.cost(words)[0])


def _nearest(moves: Moves, target: BoolArray) -> int:
    """Return the reachable state that differs from the target in the fewest options."""
    far = len(moves.graph.levels) + 1
    away = moves.graph.space.away(target)
    reachable = _flood(moves, np.zeros_like(target), np.inf, moves.graph.feasible)
    away = np.where(reachable, away, far + 1)
    return int(away.argmin()) if target.any() else moves.start
