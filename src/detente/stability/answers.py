"""What counts as an answer of the others.

The literature lets the others answer by any legal sequence: nobody twice in a row, but anybody
again after somebody else. Two narrower readings serve to compare results with theirs: each of the
others moves at most once (the program gmcr-py), or one of them makes one move (older published
tables). They can only find fewer states stable.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

import numpy as np

from detente.graph.climb import improving_closure, over_improvements
from detente.graph.joint import closure
from detente.graph.model import Graph, IntArray, Party
from detente.graph.moves import only, spread
from detente.stability.rules import Rules

Answer: TypeAlias = Callable[[IntArray, Graph, Sequence[Party]], IntArray]
"""The least value that some parties can bring about from each state."""

Step: TypeAlias = Callable[[IntArray, Graph, Party], IntArray]
"""The least value over one move of a party."""


def answer_of(rules: Rules) -> Answer:
    """Return how the others answer under some rules.

    Parameters
    ----------
    rules : Rules
        With answers by moves or by improvements.
    """
    if rules.reading:
        reading = each_once if rules.reading == "once" else single
        return reading(by_improvements if rules.improving else by_moves)
    return improving_closure if rules.improving else any_answer


def any_answer(values: IntArray, graph: Graph, movers: Sequence[Party]) -> IntArray:
    """Return, for every state s, the least value at s and wherever the movers can go from s."""
    least: IntArray = closure(np.minimum, values, graph, movers)
    return least


def by_moves(values: IntArray, graph: Graph, party: Party) -> IntArray:
    """Return the least value over the party's moves, and of staying."""
    least: IntArray = spread(np.minimum, values, graph, party)
    return least


def by_improvements(values: IntArray, graph: Graph, party: Party) -> IntArray:
    """Return the least value over the party's improvements."""
    least: IntArray = over_improvements(np.minimum, values, graph, party)
    return least


def each_once(step: Step) -> Answer:
    """Return the answer in which every one of the others moves at most once."""

    def answer(values: IntArray, graph: Graph, movers: Sequence[Party]) -> IntArray:
        known: dict[frozenset[Party], IntArray] = {}

        def after(left: frozenset[Party]) -> IntArray:
            if left not in known:
                least = only(np.minimum, values, graph.feasible)
                for j in left:
                    moved = only(np.minimum, step(after(left - {j}), graph, j), graph.feasible)
                    least = np.minimum(least, moved)
                known[left] = least
            return known[left]

        return after(frozenset(movers))

    return answer


def single(step: Step) -> Answer:
    """Return the answer in which one of the others makes one move."""

    def answer(values: IntArray, graph: Graph, movers: Sequence[Party]) -> IntArray:
        start = only(np.minimum, values, graph.feasible)
        least = start
        for j in movers:
            moved = only(np.minimum, step(start, graph, j), graph.feasible)
            least = np.minimum(least, moved)
        return least

    return answer
