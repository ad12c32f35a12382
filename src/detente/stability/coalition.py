"""Stability against coalitions: parties that move together when all of them gain.

A coalition leaves a state for one that every member strictly prefers and that a legal sequence of
the members' moves reaches; on the way a member may lose. It is deterred by an answer after which
some member is no better off than before.

Preferences of a coalition are partial, so one threshold does not settle all states as in
:mod:`detente.stability.classic`. But one for each member does: the others have no answer to x at
s exactly if, for every member, the least they can bring about for it from x is above its rank of
s. Only an answer that must not be escaped is asked for one rank vector of the members at a time,
64 of them at once, one bit each, and only where the thresholds leave it open.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.graph.joint import closure, fixpoint, settle
from detente.graph.listed import as_list, listed, put_back
from detente.graph.model import BoolArray, Graph, IntArray
from detente.graph.moves import AnyArray, best
from detente.graph.together import (
    Coalition,
    Words,
    components,
    exceeded,
    free,
    over_joint_improvements,
)
from detente.stability import classic
from detente.stability.rules import Rules

LANES = 64


@dataclass(frozen=True, eq=False)
class Questions:
    """Up to 64 rank vectors of a coalition: would it leave a state of these ranks.

    Parameters
    ----------
    states : int array
        One state for each vector.
    bits : uint64 array
        The bit of each vector.
    asked : uint64 array, one a state
        Bit k: the state has vector k and is asked about.
    """

    states: NDArray[np.intp]
    bits: Words
    asked: Words

    def above(self, values: Sequence[IntArray], ranks: Sequence[IntArray]) -> Words:
        """Return bit k: the values of a state are above vector k for every member."""
        found = np.full(len(self.asked), ~np.uint64(0))
        for value, rank in zip(values, ranks, strict=True):
            levels = np.arange(int(max(value.max(), rank.max())) + 1)
            lower = rank[self.states] < levels[:, None]
            found &= np.bitwise_or.reduce(np.where(lower, self.bits, np.uint64(0)), axis=1)[value]
        return found


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
    thin = listed(graph)
    found: BoolArray = put_back(~_leaves(thin, coalition, rules), graph)
    return found


def _leaves(graph: Graph, coalition: Coalition, rules: Rules) -> BoolArray:
    """Return where the coalition leaves, over a list of states."""
    ranks = [graph.ranks[p] for p in coalition]
    if not rules.answered:
        return _reaches_above(graph, coalition, ranks)
    others = _others(graph, coalition)
    alone = len(coalition) == 1 and graph.transitive[coalition[0]]
    if alone and rules.final and not rules.improving:
        return ~classic.stays(graph, coalition[0], rules)
    leaves = _reaches_above(graph, coalition, [least(r, graph, others, rules) for r in ranks])
    if rules.final and others:
        tempted = _reaches_above(graph, coalition, ranks)
        for questions in _questions(graph, coalition, tempted & ~leaves):
            better = questions.above(ranks, ranks)
            tempting = better & ~answered(better, graph, coalition, rules)
            leaves |= (reaching(tempting, graph, coalition) & questions.asked) != 0
    return leaves


def least(values: IntArray, graph: Graph, others: Coalition, rules: Rules) -> IntArray:
    """Return the least value at each state and wherever answers of the others lead from it."""
    found: IntArray
    if not rules.improving:
        found = closure(np.minimum, values, graph, others)
    else:
        found = _in_turn(np.minimum, values, graph, _movers(others, rules))
    return found


def _reaches_above(graph: Graph, coalition: Coalition, values: Sequence[IntArray]) -> BoolArray:
    """Return where the coalition reaches a state of values above its ranks, for every member."""
    ranks = [graph.ranks[p] for p in coalition]
    if len(coalition) == 1:
        found: BoolArray = best(values[0], graph, coalition[0]) > ranks[0]
        return found
    if free(graph, coalition):
        return exceeded(components(graph, coalition), np.stack(values), np.stack(ranks))
    maybe = np.ones(graph.shape, bool)
    for value, rank in zip(values, ranks, strict=True):
        maybe &= closure(np.maximum, value, graph, coalition) > rank
    found = np.zeros(graph.shape, bool)
    for questions in _questions(graph, coalition, maybe):
        above = questions.above(values, ranks)
        found |= (reaching(above, graph, coalition) & questions.asked) != 0
    return found


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
    others = _others(graph, coalition)
    goal = hurtful(better, graph, coalition, rules)
    if not rules.improving:
        return reaching(goal, graph, others)
    thin = listed(graph)
    found: Words = _in_turn(np.bitwise_or, as_list(goal, graph), thin, _movers(others, rules))
    return put_back(found, graph)


def _questions(graph: Graph, coalition: Coalition, about: BoolArray) -> Iterator[Questions]:
    """Yield the rank vectors of some states of a list, 64 at a time."""
    at = np.flatnonzero(about)
    vectors = np.stack([graph.ranks[p][at] for p in coalition], axis=1)
    _, first, number = np.unique(vectors, axis=0, return_index=True, return_inverse=True)
    number = number.reshape(-1)
    for start in range(0, len(first), LANES):
        states = at[first[start : start + LANES]]
        bits = np.uint64(1) << np.arange(len(states), dtype=np.uint64)
        here = (number >= start) & (number < start + len(states))
        asked = np.zeros(graph.shape, np.uint64)
        asked[at[here]] = bits[number[here] - start]
        yield Questions(states, bits, asked)


def reaching(states: Words, graph: Graph, movers: Coalition) -> Words:
    """Return from where the movers can reach each set, the set itself included.

    Parameters
    ----------
    states : uint64 array of the graph's shape
        Each bit is a set of states.
    """
    found: Words
    if graph.rows is not None and len(movers) > 1 and free(graph, movers):
        component = components(graph, movers)
        found = np.zeros(int(component.max(initial=-1)) + 1, np.uint64)
        np.bitwise_or.at(found, component, states)
        return found[component]
    found = closure(np.bitwise_or, states, graph, movers)
    return found


def _movers(others: Coalition, rules: Rules) -> list[Coalition]:
    """Return who answers by improvements: single parties, and coalitions unless ruled out."""
    return [c for c in sub_coalitions(others) if len(c) == 1 or rules.reading != "alone"]


def _in_turn(op: np.ufunc, values: AnyArray, graph: Graph, movers: Sequence[Coalition]) -> AnyArray:
    """Combine the values at each state and wherever improvements of the movers lead.

    Each mover acts as one, nobody twice in a row.
    """

    def step(coalition: Coalition, array: AnyArray) -> AnyArray:
        return over_joint_improvements(op, array, graph, coalition)

    repeat = settle if all(graph.transitive) else fixpoint
    result: AnyArray = repeat(op, values, graph, movers, step)
    return result


def _others(graph: Graph, coalition: Coalition) -> Coalition:
    return tuple(p for p in range(len(graph.parties)) if p not in coalition)
