"""Shortest ways over steps that keep to a bound on exposure and to allowed states.

Shortest is by three sums in turn: steps in which a mover yields, joint steps, steps.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from detente.graph.model import BoolArray
from detente.wayout.steps import Movers, Moves, PathStep

Key: TypeAlias = tuple[int, int, int]
"""(yielding steps, joint steps, length) of a path."""

FEW_PAIRS = 1 << 16
"""Steps up to which they are followed one by one, not for all states at once."""


@dataclass(frozen=True, eq=False)
class Measured:
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


def measure(moves: Moves, target: BoolArray, bound: float, allowed: BoolArray) -> Measured:
    """Settle allowed states by rising key, sets at a time, until one lies in the target."""
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
        for further, states in _onward(moves, fresh, key, bound, (at < 0) & allowed):
            if further not in waiting:
                heapq.heappush(queue, further)
                waiting[further] = states
            else:
                waiting[further] = waiting[further] | states
    return Measured(keys, at.ravel())


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


def shortest(
    moves: Moves, target: BoolArray, bound: float, measured: Measured
) -> Iterator[tuple[PathStep, ...]]:
    """Yield the paths of the least key, in a fixed order."""
    last = len(measured.keys) - 1
    ends = np.flatnonzero(target.ravel() & (measured.at == last)).tolist()
    stack: list[tuple[int, tuple[tuple[Movers, int, int], ...]]] = [(e, ()) for e in reversed(ends)]
    while stack:
        state, tail = stack.pop()
        if state == moves.start:
            yield tuple(moves.step(*step) for step in tail)
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
