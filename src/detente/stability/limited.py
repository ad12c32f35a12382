"""Looking ahead a limited, or an unlimited, number of moves."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.errors import LimitError, ShapeError
from detente.graph.joint import closure
from detente.graph.model import BoolArray, Graph, IntArray, Party
from detente.graph.moves import best, only, spread
from detente.stability.rules import Rules

MAX_HORIZON = 10_000
"""Moves looked ahead before a search for a settled forecast is given up."""


@dataclass(frozen=True, eq=False)
class Forecast:
    """Where two parties that look some moves ahead expect to end.

    Parameters
    ----------
    ends : pair of int arrays of the graph's shape
        ``ends[i][s]``: the flat index of the state expected when party i is to move at s.
    moves : pair of int arrays of the graph's shape
        ``moves[i][s]``: where party i moves to at s; s itself where it stays.
    tied : pair of bool arrays
        Where the mover's best move was not unique; the one with the lowest index was followed.
    """

    ends: tuple[NDArray[np.int64], ...]
    moves: tuple[NDArray[np.int64], ...]
    tied: tuple[BoolArray, ...]


def stays(graph: Graph, party: Party, rules: Rules) -> BoolArray:
    """Return where one of two parties stays that look as far ahead as the rules say."""
    if rules.horizon:
        return limited_move(graph, party, rules.horizon)
    return nonmyopic(graph, party)


def stays_at_worst(graph: Graph, party: Party, rules: Rules) -> BoolArray:
    """Return where a party stays that expects the worst as far ahead as the rules say."""
    return pessimistic(graph, party, rules.horizon)


def limited_move(graph: Graph, party: Party, horizon: int) -> BoolArray:
    """Return where the party, looking ``horizon`` moves ahead, expects to stay.

    The parties alternate, each choosing what serves it best in the end. A party that gains nothing
    stays; among equally good moves it takes the state of lowest index (:class:`Forecast` tells
    where that mattered). Horizon 1 is Nash.

    Raises
    ------
    ShapeError
        If there are not just two parties: no definition for more is agreed on.

    References
    ----------
    [Kilgour1985]_; [FangHipelKilgour1989]_.
    """
    states = np.arange(graph.feasible.size).reshape(graph.shape)
    for step, forecast in enumerate(forecasts(graph)):
        if step == horizon:
            stays: BoolArray = (forecast.ends[party] == states) & graph.feasible
            return stays
    raise AssertionError("forecasts never end")  # pragma: no cover


def nonmyopic(graph: Graph, party: Party) -> BoolArray:
    """Return where the party stays for every long enough horizon.

    Forecasts of growing horizon repeat sooner or later; a state is stable if the party stays in
    every forecast of the part that repeats. Where they alternate it is not.

    Raises
    ------
    LimitError
        If they have not begun to repeat after ``MAX_HORIZON`` moves.

    References
    ----------
    [BramsWittman1981]_; [Kilgour1985]_.
    """
    states = np.arange(graph.feasible.size).reshape(graph.shape)
    first, last = settled(graph)
    found = graph.feasible.copy()
    for forecast in itertools.islice(forecasts(graph), first, last):
        found &= forecast.ends[party] == states
    return found


def settled(graph: Graph) -> tuple[int, int]:
    """Return two horizons, the second the first one whose forecast repeats the first's.

    From the first on, forecasts go round; one whole round has been seen before the second.
    """

    def work() -> tuple[int, int]:
        seen: dict[bytes, int] = {}
        for horizon, forecast in enumerate(itertools.islice(forecasts(graph), MAX_HORIZON)):
            key = hashlib.sha256(b"".join(ends.tobytes() for ends in forecast.ends)).digest()
            if key in seen:
                return seen[key], horizon
            seen[key] = horizon
        raise LimitError(f"forecasts did not settle within {MAX_HORIZON:,} moves")

    return graph.once("settled", work)


def forecasts(graph: Graph) -> Iterator[Forecast]:
    """Yield the forecasts for horizon 0, 1, 2, … without end."""
    if len(graph.parties) != 2:
        raise ShapeError(
            f"limited-move and non-myopic stability are defined for two parties, not "
            f"{len(graph.parties)}; 'pessimistic2', 'pessimistic3', … work for any number"
        )
    size = graph.feasible.size
    states = np.arange(size).reshape(graph.shape)
    current = Forecast((states,) * 2, (states,) * 2, (np.zeros(graph.shape, bool),) * 2)
    while True:
        yield current
        pairs = [_look_ahead(graph, i, current.ends[1 - i]) for i in (0, 1)]
        current = Forecast(*zip(*pairs, strict=True))


def _look_ahead(
    graph: Graph, party: Party, after: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], BoolArray]:
    """Return where the party expects to end and moves to, given the other's forecast after it."""
    size = graph.feasible.size
    ranks = graph.ranks[party]
    states = np.arange(size).reshape(graph.shape)
    prospect = ranks.ravel()[after].astype(np.int64) * size
    ways = [prospect + (size - 1 - states), prospect + states]  # lowest, highest index wins ties
    chosen = [
        np.broadcast_to(
            spread(np.maximum, only(np.maximum, w, graph.feasible), graph, party, stay=False),
            graph.shape,
        )
        for w in ways
    ]
    gains = graph.feasible & (chosen[0] // size > ranks)  # where no move is, far below all ranks
    first, last = size - 1 - chosen[0] % size, chosen[1] % size
    moves = np.where(gains, first, states)
    return np.where(gains, after.ravel()[first], states), moves, gains & (first != last)


def pessimistic(graph: Graph, party: Party, horizon: int) -> BoolArray:
    """Return where the party stays if it expects the worst for ``horizon`` moves.

    The party and all others together, as one adversary that makes any moves, act in turn; either
    may stop. Horizon 1 is Nash, 2 is GMR, 3 is SMR. Our own definition, for any number of parties.
    """
    ranks = graph.ranks[party]
    stable: BoolArray = best(worst_case(graph, party, horizon), graph, party) <= ranks
    return stable & graph.feasible


def worst_case(graph: Graph, party: Party, horizon: int, after: int = 1) -> IntArray:
    """Return what the party expects at each state once some of the turns are over.

    Parameters
    ----------
    horizon : int
        Turns in all; the party has the odd ones, the adversary the even ones.
    after : int
        Turns that are over.
    """
    ranks = graph.ranks[party]
    value = ranks
    for turn in range(horizon, after, -1):
        if turn % 2:
            value = np.maximum(ranks, best(value, graph, party))
        else:
            value = np.minimum(ranks, closure(np.minimum, value, graph, graph.others(party)))
    return value
