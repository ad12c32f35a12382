"""What comes nearest where the parties have no zone of agreement, and what it lacks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from detente.case.formula import Formula
from detente.case.model import Case, Ranking, Statements, Weights
from detente.case.truth import Truth
from detente.graph.model import BoolArray, Graph, IntArray, Party

NO_WISH = -1


@dataclass(frozen=True, slots=True)
class Miss:
    """A party that some outcome gives nothing.

    Parameters
    ----------
    party : int
        Who.
    worse : bool
        Whether it is worse off than today, not just as well.
    wish : int
        The first of its wishes that holds today and no longer there, as a position in what the
        case says of it; -1 where no single wish tells it.
    """

    party: Party
    worse: bool
    wish: int


@dataclass(frozen=True, eq=False)
class Near:
    """Outcomes that come nearest to the zone, and fail the same parties for the same reasons."""

    misses: tuple[Miss, ...]
    states: BoolArray


def nearest(
    case: Case, graph: Graph, start: int, parties: Sequence[Party], gains: Sequence[BoolArray]
) -> list[Near]:
    """Return the outcomes that fail the fewest, parted by whom they fail and by which wish.

    Parameters
    ----------
    gains : sequence of bool arrays
        For each of the parties where it is better off than at the start.

    Returns
    -------
    list of Near
        Those of most states first; none if nobody gains anywhere.
    """
    fails = np.zeros(graph.shape, np.int64)
    for gain in gains:
        fails += ~gain
    fewest = int(fails[graph.feasible].min())
    if fewest == len(parties):
        return []
    at = np.flatnonzero(graph.singly(graph.feasible & (fails == fewest)))
    truth = graph.truth(case)
    told = np.empty((len(at), 2 * len(parties)), np.int64)
    for k, i in enumerate(parties):
        ranks = graph.ranks[i].ravel()
        failing = ~gains[k].ravel()[at]
        worse = ranks[at] < ranks[start]
        wish = np.broadcast_to(lost_wish(case, graph, truth, i, start), graph.shape).ravel()[at]
        told[:, 2 * k] = failing * (1 + worse)
        told[:, 2 * k + 1] = np.where(failing & worse, wish, NO_WISH)
    kinds, number, counts = np.unique(told, axis=0, return_inverse=True, return_counts=True)
    found = []
    for kind in np.argsort(-counts, kind="stable").tolist():
        states = np.zeros(graph.shape, bool)
        states.flat[at[number.reshape(-1) == kind]] = True
        rows = kinds[kind].reshape(-1, 2).tolist()
        misses = tuple(
            Miss(i, how == 2, wish) for i, (how, wish) in zip(parties, rows, strict=True) if how
        )
        found.append(Near(misses, states))
    return found


def lost_wish(case: Case, graph: Graph, truth: Truth, party: Party, start: int) -> IntArray:
    """Return for every state the wish of a party that it lacks beside today.

    Of statements it is the first on which the state and today differ, which is what makes the
    state worse; of weights the heaviest that counted today and does so no longer.

    Returns
    -------
    int array that broadcasts to the graph's shape
        Positions in the party's preferences; -1 where there is none.
    """
    wish: IntArray = np.full((1,) * len(graph.shape), NO_WISH, np.int64)
    match case.parties[party].preferences:
        case Statements(statements):
            for k in reversed(range(len(statements))):
                holds = truth(statements[k].formula)
                wish = np.where(holds == _there(holds, graph, start), wish, k)
        case Weights(weights):
            for k in sorted(range(len(weights)), key=lambda k: (abs(weights[k][1]), -k)):
                formula, weight = weights[k]
                holds = truth(formula) == (weight > 0)
                if weight and _there(holds, graph, start):
                    wish = np.where(holds, wish, k)
        case Ranking():
            pass
    return wish


def _there(holds: BoolArray, graph: Graph, state: int) -> bool:
    """Return the entry of an array that broadcasts to the graph's shape."""
    return bool(np.broadcast_to(holds, graph.shape).flat[state])


def wish_of(case: Case, miss: Miss) -> Formula | None:
    """Return the wish that a party would lose; None where no single one tells it."""
    if miss.wish < 0:
        return None
    match case.parties[miss.party].preferences:
        case Statements(statements):
            return statements[miss.wish].formula
        case Weights(weights):
            return weights[miss.wish][0]
    return None
