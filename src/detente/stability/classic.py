"""The concepts in which the others answer in turn: where one party has no reason to leave.

A party leaves a state by an improvement (strictly better for it) unless the others can answer
with something no better for it than where it was (equal deters). Answers are legal sequences of
moves, in which nobody moves twice in a row.

All rest on one theorem: s is stable exactly if the best, over the party's moves from s, of
what it must expect afterwards is no better than s. What it must expect, ``expected[s1]``, is the
least rank among s1 and all answers to s1; comparing it with the rank of s settles all
improvements at once, because a move that is no improvement can never exceed the rank of s. If the
party may escape an answer by one more move, an answer is worth the best of those.
"""

from __future__ import annotations

import numpy as np

from detente.graph.model import BoolArray, Graph, IntArray, Party
from detente.graph.moves import best
from detente.stability.answers import Answer, answer_of
from detente.stability.rules import Rules


def expected(
    graph: Graph,
    party: Party,
    rules: Rules,
    *,
    ranks: IntArray | None = None,
    answer: Answer | None = None,
) -> IntArray:
    """Return what a party must expect once it has moved to a state, in its own ranks.

    Parameters
    ----------
    rules : Rules
        With answers in turn, or none.
    ranks : int array, optional
        Another ranking of the party's than the graph has.
    answer : callable, optional
        Other answers than the rules say: the least value that some parties can bring about from
        each state.
    """
    ranks = graph.ranks[party] if ranks is None else ranks
    if not rules.answered:
        return ranks
    values = np.maximum(ranks, best(ranks, graph, party)) if rules.final else ranks
    answer = answer_of(rules) if answer is None else answer
    least: IntArray = np.minimum(ranks, answer(values, graph, graph.others(party)))
    return least


def stays(
    graph: Graph,
    party: Party,
    rules: Rules,
    *,
    ranks: IntArray | None = None,
    answer: Answer | None = None,
) -> BoolArray:
    """Return where no move of a party has a prospect better than staying.

    Parameters
    ----------
    rules, ranks, answer
        As for :func:`expected`.

    References
    ----------
    No answer: [Nash1950]_, in this form [KilgourHipelFang1987]_. Any answer, and one that cannot
    be escaped: [Howard1971]_, [FangHipelKilgour1993]_. Answers that are improvements:
    [FraserHipel1979]_, [FraserHipel1984]_; those that cannot be escaped: [RegoVieira2017]_.
    """
    ranks = graph.ranks[party] if ranks is None else ranks
    feared = expected(graph, party, rules, ranks=ranks, answer=answer)
    stable: BoolArray = (best(feared, graph, party) <= ranks) & graph.feasible
    return stable
