"""What several parties can bring about together: legal sequences of their moves.

A legal sequence never lets one party move twice in a row (THEORY.md section 1). Where every
party's moves are transitive, that rule changes nothing and one array holds the answer (Lemma 1);
elsewhere one array for each possible last mover does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

import numpy as np

from detente.graph.model import Graph, Party
from detente.graph.moves import AnyArray, only, spread

Step: TypeAlias = Callable[[Party, AnyArray], AnyArray]
"""Combines values over one move of a party; infeasible states hold the losing value."""


def closure(
    op: np.ufunc,
    values: AnyArray,
    graph: Graph,
    movers: Sequence[Party],
    *,
    back: bool = False,
) -> AnyArray:
    """Combine, for every state s, the values at s and wherever the movers can go from s.

    Parameters
    ----------
    op : ufunc
        ``np.minimum``, ``np.maximum`` or ``np.bitwise_or``.
    values : array
        One axis an option.
    graph : Graph
        The conflict.
    movers : sequence of int
        The parties that may move, in any order, none twice in a row.
    back : bool
        Combine over the states that can reach s instead.

    Returns
    -------
    array
        The shape of the graph; infeasible states hold the loser of ``op``.
    """
    strict = not all(graph.transitive[j] for j in movers)

    def step(party: Party, array: AnyArray) -> AnyArray:
        return spread(op, array, graph, party, back=back, stay=not strict)

    return fixpoint(op, values, graph, movers, step, alternate=strict)


def fixpoint(
    op: np.ufunc,
    values: AnyArray,
    graph: Graph,
    movers: Sequence[Party],
    step: Step,
    *,
    alternate: bool,
) -> AnyArray:
    """Repeat one-move steps until nothing changes.

    Parameters
    ----------
    step : callable
        ``step(party, array)``: ``op`` over the array at the states one move of the party leads to.
    alternate : bool
        Track the mover, so that no party moves twice in a row; needed where moves are not
        transitive.

    Notes
    -----
    With ``alternate``, ``after[j][s]`` combines the values over legal sequences from s that j does
    not begin: what may still happen once j has moved to s. The last array lets anyone begin.
    """
    start = only(op, np.broadcast_to(values, graph.shape), graph.feasible)
    if not alternate:
        return _settle(op, start, graph, movers, step)
    after = dict.fromkeys(movers, start)
    settled = False
    while not settled:
        settled = True
        for k in movers:
            reached = only(op, step(k, after[k]), graph.feasible)
            for j in movers:
                if j != k:
                    new = op(after[j], reached)
                    settled &= bool((new == after[j]).all())
                    after[j] = new
    result = start
    for k in movers:
        result = op(result, only(op, step(k, after[k]), graph.feasible))
    return result


def _settle(
    op: np.ufunc,
    current: AnyArray,
    graph: Graph,
    movers: Sequence[Party],
    step: Step,
) -> AnyArray:
    """Repeat transitive steps; a party acts again only after somebody else changed something."""
    stale = dict.fromkeys(movers, True)
    while any(stale.values()):
        for j in movers:
            if not stale[j]:
                continue
            stale[j] = False
            new = only(op, op(current, step(j, current)), graph.feasible)
            if not np.array_equal(new, current):
                current = new
                stale = {k: k != j or stale[k] for k in movers}
    return current
