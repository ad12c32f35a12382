"""The classic solution concepts: where one party has no reason to leave.

Every function takes a conflict and a party and returns a bool array over the states, false on
infeasible ones. A party leaves a state by an improvement (strictly better for it) unless the
others can answer with something no better for it than where it was (equal deters). Answers are
legal sequences of moves, in which nobody moves twice in a row.

All rest on one theorem: s is stable exactly if the best, over the party's moves from s, of
what it must fear afterwards is no better than s. What it must fear, ``feared[s1]``, is the least
rank among s1 and all answers to s1; comparing it with the rank of s settles all improvements at
once, because a move that is no improvement can never exceed the rank of s.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

import numpy as np

from detente.graph.climb import improving_closure
from detente.graph.joint import closure
from detente.graph.model import BoolArray, Graph, IntArray, Party
from detente.graph.moves import best

Answer: TypeAlias = Callable[[IntArray, Graph, Sequence[Party]], IntArray]
"""The least value that some parties can bring about from each state."""


def any_answer(values: IntArray, graph: Graph, movers: Sequence[Party]) -> IntArray:
    """Return, for every state s, the least value at s and wherever the movers can go from s."""
    least: IntArray = closure(np.minimum, values, graph, movers)
    return least


def nash(graph: Graph, party: Party) -> BoolArray:
    """Return where the party has no improvement.

    References
    ----------
    [Nash1950]_; in this form [KilgourHipelFang1987]_.
    """
    return _stays(graph, party, graph.ranks[party])


def gmr(graph: Graph, party: Party, answer: Answer = any_answer) -> BoolArray:
    """Return where the others can answer each improvement by any moves (general metarationality).

    Parameters
    ----------
    answer : callable
        What an answer is; :mod:`detente.stability.answers` has the readings of older programs.

    References
    ----------
    [Howard1971]_; [FangHipelKilgour1993]_.
    """
    return _stays(graph, party, answer(graph.ranks[party], graph, graph.others(party)))


def smr(graph: Graph, party: Party, answer: Answer = any_answer) -> BoolArray:
    """Return where, besides, the party cannot escape the answer by one more move of its own.

    References
    ----------
    Symmetric metarationality: [Howard1971]_; [FangHipelKilgour1993]_.
    """
    return _stays(graph, party, _inescapable(graph, party, answer))


def seq(graph: Graph, party: Party, answer: Answer = improving_closure) -> BoolArray:
    """Return where the others can answer each improvement by improvements of their own.

    References
    ----------
    Sequential stability: [FraserHipel1979]_, [FraserHipel1984]_.
    """
    return _stays(graph, party, answer(graph.ranks[party], graph, graph.others(party)))


def sseq(graph: Graph, party: Party, answer: Answer = improving_closure) -> BoolArray:
    """Return where, besides, the party cannot escape the answer by one more move of its own.

    References
    ----------
    Symmetric sequential stability: [RegoVieira2017]_.
    """
    return _stays(graph, party, _inescapable(graph, party, answer))


def _stays(graph: Graph, party: Party, feared: IntArray) -> BoolArray:
    """Return where no move of the party has a prospect better than staying."""
    stable: BoolArray = (best(feared, graph, party) <= graph.ranks[party]) & graph.feasible
    return stable


def _inescapable(graph: Graph, party: Party, answer: Answer) -> IntArray:
    """Return what the party must fear at each state if it may react to the answer once."""
    ranks = graph.ranks[party]
    escaped = np.maximum(ranks, best(ranks, graph, party))
    return np.minimum(ranks, answer(escaped, graph, graph.others(party)))
