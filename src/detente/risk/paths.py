"""The likeliest ways from the start of a chain into danger."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from detente.graph.model import Party
from detente.graph.paths import Step
from detente.risk.chain import Chain, Floats

if TYPE_CHECKING:
    from scipy.sparse import csr_array

EFFORT = 200_000
"""Most pieces of ways looked at."""


@dataclass(frozen=True, slots=True)
class Slide:
    """A way into danger on which no state is met twice.

    Parameters
    ----------
    steps : tuple of Step
        The moves, by flat indices of states.
    mistaken : tuple of float
        For each move the probability that it was a mistake, given that it was made.
    probability : float
        That the moves made from the start are just these, however long the parties wait between
        them.
    """

    steps: tuple[Step, ...]
    mistaken: tuple[float, ...]
    probability: float


@dataclass(frozen=True, slots=True)
class Slides:
    """The likeliest ways into danger, the likeliest first.

    Parameters
    ----------
    ways : tuple of Slide
        As many as were asked for, or all there are.
    complete : bool
        Whether the search ended by itself and not at its limit.
    """

    ways: tuple[Slide, ...] = ()
    complete: bool = True


def slides(chain: Chain, misstep: Floats, k: int, *, effort: int = EFFORT) -> Slides:
    """Return the k likeliest first ways into danger.

    Parameters
    ----------
    misstep : float array, one a party
        Misstep rates, from 0 to 1.
    k : int
        How many.
    effort : int
        Most pieces of ways looked at.

    Notes
    -----
    A way costs the sum of -log of the probabilities of its moves, waiting left out. Pieces of ways
    are lengthened in the order of their cost and the least cost from their end to danger.

    References
    ----------
    [HartNilssonRaphael1968]_.
    """
    if chain.absorbing[chain.start] or not chain.danger.any():
        return Slides()
    costs = _costs(chain.transitions(misstep))
    rest = _least_costs(costs, chain)
    found: list[Slide] = []
    open_ways: list[tuple[float, float, tuple[int, ...]]] = []
    if np.isfinite(rest[chain.start]):
        open_ways.append((float(rest[chain.start]), 0.0, (chain.start,)))
    looked_at = 0
    while open_ways and len(found) < k and looked_at < effort:
        _, cost, way = heapq.heappop(open_ways)
        if chain.danger[way[-1]]:
            found.append(_slide(chain, misstep, way, cost))
            continue
        for state, more in _onward(costs, way[-1]):
            looked_at += 1
            if state not in way and np.isfinite(rest[state]):
                onward = cost + more
                heapq.heappush(open_ways, (onward + float(rest[state]), onward, (*way, state)))
    return Slides(tuple(found), complete=len(found) == k or not open_ways)


def _costs(matrix: csr_array) -> csr_array:
    """Return -log of the probability of each change of state, once there is one."""
    from scipy.sparse import csr_array

    n = matrix.shape[0]
    rows = np.repeat(np.arange(n), np.diff(matrix.indptr))
    away = matrix.indices != rows
    rows, columns, chances = rows[away], matrix.indices[away], matrix.data[away]
    chances /= np.bincount(rows, chances, n)[rows]
    # Explicit zeros would be taken for missing moves.
    costs = np.maximum(-np.log(chances), np.finfo(float).tiny)
    starts = np.searchsorted(rows, np.arange(n + 1))
    return csr_array((costs, columns, starts), shape=matrix.shape)


def _least_costs(costs: csr_array, chain: Chain) -> Floats:
    """Return the least cost from every state to danger."""
    from scipy.sparse.csgraph import dijkstra

    least: Floats = dijkstra(costs.T.tocsr(), indices=np.flatnonzero(chain.danger), min_only=True)
    return least


def _onward(costs: csr_array, state: int) -> Iterator[tuple[int, float]]:
    row = slice(costs.indptr[state], costs.indptr[state + 1])
    yield from zip(costs.indices[row].tolist(), costs.data[row].tolist(), strict=True)


def _slide(chain: Chain, misstep: Floats, way: tuple[int, ...], cost: float) -> Slide:
    steps, mistaken = [], []
    for source, target in itertools.pairwise(way):
        mover, chance = _mover(chain, misstep, source, target)
        steps.append(Step(mover, int(chain.states[source]), int(chain.states[target])))
        mistaken.append(chance)
    return Slide(tuple(steps), tuple(mistaken), float(np.exp(-cost)))


def _mover(chain: Chain, misstep: Floats, source: int, target: int) -> tuple[Party, float]:
    """Return who makes a move, and the probability that it is then a mistake."""
    for party, moves in enumerate(chain.moves):
        row = slice(moves.starts[source], moves.starts[source + 1])
        at = np.flatnonzero(moves.targets[row] == target)
        if len(at):
            erring = misstep[party] * moves.mistaken[row][at[0]]
            meaning = (1 - misstep[party]) * moves.wanted[row][at[0]]
            return party, float(erring / (erring + meaning))
    raise AssertionError("every change of state is somebody's move")
