"""Stability against coalitions: parties that move together when all of them gain.

A coalition leaves a state for one that every member strictly prefers and that a legal sequence of
the members' moves reaches; on the way a member may lose. It is deterred by an answer after which
some member is no better off than before.

Preferences of a coalition are partial, so no threshold settles all states at once as in
:mod:`detente.stability.classic`. But all states on which the members agree in rank share one
question. 64 such questions are put at a time, one bit each: a set of states for each question is
one array of 64-bit words.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.graph.joint import closure, fixpoint, settle
from detente.graph.model import BoolArray, Graph, IntArray
from detente.graph.moves import only
from detente.graph.together import Coalition, Words, into

LANES = 64


@dataclass(frozen=True, eq=False)
class Questions:
    """Up to 64 rank vectors of a coalition: would it leave a state of these ranks.

    Parameters
    ----------
    better : uint64 array of the graph's shape
        Bit k: every member strictly prefers the state to vector k.
    asked : uint64 array of the graph's shape
        Bit k: the state has vector k.
    """

    better: Words
    asked: Words


def sub_coalitions(parties: Coalition) -> tuple[Coalition, ...]:
    """Return all nonempty coalitions of some parties, small ones first."""
    sizes = range(1, len(parties) + 1)
    return tuple(c for n in sizes for c in itertools.combinations(parties, n))


def cnash(graph: Graph, coalition: Coalition) -> BoolArray:
    """Return where the coalition can reach nothing that all its members prefer.

    References
    ----------
    [KilgourHipelFangPeng2001]_; [InoharaHipel2008a]_.
    """
    return _stays(graph, coalition, lambda better: better)


def cgmr(graph: Graph, coalition: Coalition) -> BoolArray:
    """Return where the others can answer each coalition improvement by any moves.

    References
    ----------
    [InoharaHipel2008a]_.
    """
    others = _others(graph, coalition)
    return _stays(graph, coalition, lambda better: better & ~_reaching(~better, graph, others))


def csmr(graph: Graph, coalition: Coalition) -> BoolArray:
    """Return where, besides, the coalition cannot escape the answer by one more joint move.

    References
    ----------
    [InoharaHipel2008a]_.
    """
    others = _others(graph, coalition)

    def unanswered(better: Words) -> Words:
        inescapable = ~_reaching(better, graph, coalition)
        return better & ~_reaching(inescapable, graph, others)

    return _stays(graph, coalition, unanswered)


def cseq(graph: Graph, coalition: Coalition, *, alone: bool = False) -> BoolArray:
    """Return where the others can answer by improvements of their own, alone or together.

    Parameters
    ----------
    alone : bool
        Let the others answer by individual improvements only, a smaller set of answers; the
        literature has both readings, and the default is the wider.

    References
    ----------
    [InoharaHipel2008b]_.
    """
    others = _others(graph, coalition)
    movers = [c for c in sub_coalitions(others) if len(c) == 1 or not alone]

    def unanswered(better: Words) -> Words:
        return better & ~improving_into(~better, graph, movers)

    return _stays(graph, coalition, unanswered)


def _stays(graph: Graph, coalition: Coalition, unanswered: Callable[[Words], Words]) -> BoolArray:
    """Return where the coalition reaches no improvement that goes unanswered."""
    leaves = np.zeros(graph.shape, bool)
    for questions in _questions(graph, coalition):
        tempting = only(np.bitwise_or, unanswered(questions.better), graph.feasible)
        leaves |= (_reaching(tempting, graph, coalition) & questions.asked) != 0
    stable: BoolArray = graph.feasible & ~leaves
    return stable


def _questions(graph: Graph, coalition: Coalition) -> Iterator[Questions]:
    """Yield the rank vectors that occur, 64 at a time."""
    ranks = {p: np.where(graph.feasible, graph.ranks[p], 0) for p in coalition}
    number = np.zeros(graph.shape, np.int64)
    for party in coalition:
        number = number * (int(ranks[party].max()) + 1) + ranks[party]
        met, again = np.unique(number[graph.feasible], return_inverse=True)
        number = np.full(graph.shape, -1, np.int64)
        number[graph.feasible] = again.reshape(-1)
    first = np.zeros(len(met), np.intp)
    flat = number.ravel()
    first[flat[flat >= 0]] = np.flatnonzero(flat >= 0)
    for start in range(0, len(met), LANES):
        states = first[start : start + LANES]
        bits = np.uint64(1) << np.arange(len(states), dtype=np.uint64)
        better = np.full(graph.shape, ~np.uint64(0))
        for party in coalition:
            better &= _beaten(ranks[party], states, bits)[ranks[party]]
        lane = number - start
        here = (lane >= 0) & (lane < len(states))
        asked = np.where(here, np.uint64(1) << np.where(here, lane, 0).astype(np.uint64), 0)
        yield Questions(better, asked.astype(np.uint64))


def _beaten(ranks: IntArray, states: NDArray[np.intp], bits: Words) -> Words:
    """Return, for each rank of a party, the bits of those given states that rank lower."""
    levels = np.arange(int(ranks.max()) + 1)
    lower = ranks.ravel()[states] < levels[:, None]
    words: Words = np.bitwise_or.reduce(np.where(lower, bits, np.uint64(0)), axis=1)
    return words


def _reaching(states: Words, graph: Graph, movers: Coalition) -> Words:
    """Return from where the movers can reach each set, the set itself included."""
    found: Words = closure(np.bitwise_or, states, graph, movers)
    return found


def improving_into(states: Words, graph: Graph, movers: Sequence[Coalition]) -> Words:
    """Return from where coalition improvements of the movers in turn lead into each set.

    Parameters
    ----------
    states : uint64 array of the graph's shape
        Each bit is a set of states; it is contained in the answer.
    movers : sequence of coalition
        Who may improve, each as one, nobody twice in a row.
    """

    def step(coalition: Coalition, array: Words) -> Words:
        return into(array, graph, coalition)

    repeat = settle if all(graph.transitive) else fixpoint
    result: Words = repeat(np.bitwise_or, states, graph, movers, step)
    return result


def _others(graph: Graph, coalition: Coalition) -> Coalition:
    return tuple(p for p in range(len(graph.parties)) if p not in coalition)
