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
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.graph.joint import closure, fixpoint, settle
from detente.graph.model import BoolArray, Graph, IntArray
from detente.graph.moves import only
from detente.graph.together import Coalition, Words, into
from detente.stability.rules import Rules

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


def stays(graph: Graph, coalition: Coalition, rules: Rules) -> BoolArray:
    """Return where the coalition reaches no improvement that goes unanswered.

    Parameters
    ----------
    rules : Rules
        With answers in turn, or none. Improvements are those of single parties and of coalitions
        of the others, a wider set of answers; with the reading ``alone``, of single parties. The
        literature has both.

    References
    ----------
    No answer: [KilgourHipelFangPeng2001]_, [InoharaHipel2008a]_. Any answer, and one that cannot
    be escaped: [InoharaHipel2008a]_. Improvements: [InoharaHipel2008b]_.
    """
    leaves = np.zeros(graph.shape, bool)
    for questions in _questions(graph, coalition):
        tempting = questions.better & ~answered(questions.better, graph, coalition, rules)
        tempting = only(np.bitwise_or, tempting, graph.feasible)
        leaves |= (reaching(tempting, graph, coalition) & questions.asked) != 0
    stable: BoolArray = graph.feasible & ~leaves
    return stable


def hurtful(better: Words, graph: Graph, coalition: Coalition, rules: Rules) -> Words:
    """Return the states that deter a coalition: no better for all, and not escaped if so ruled.

    Parameters
    ----------
    better : uint64 array of the graph's shape
        Each bit: what every member strictly prefers.
    """
    return ~reaching(better, graph, coalition) if rules.final else ~better


def answered(better: Words, graph: Graph, coalition: Coalition, rules: Rules) -> Words:
    """Return from where the others can answer so that it deters the coalition.

    Parameters
    ----------
    better : uint64 array of the graph's shape
        Each bit: what every member strictly prefers.
    """
    if not rules.answered:
        return np.zeros_like(better)
    others = tuple(p for p in range(len(graph.parties)) if p not in coalition)
    goal = hurtful(better, graph, coalition, rules)
    if not rules.improving:
        return reaching(goal, graph, others)
    movers = [c for c in sub_coalitions(others) if len(c) == 1 or rules.reading != "alone"]
    return improving_into(goal, graph, movers)


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


def reaching(states: Words, graph: Graph, movers: Coalition) -> Words:
    """Return from where the movers can reach each set, the set itself included.

    Parameters
    ----------
    states : uint64 array of the graph's shape
        Each bit is a set of states.
    """
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
