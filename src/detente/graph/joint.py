"""What several parties can bring about together: legal sequences of their moves.

A legal sequence never lets one party move twice in a row [FangHipelKilgour1993]_. Where every
party's moves are transitive, that rule changes nothing and one array holds the answer;
elsewhere one array for each possible last mover does.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

import numpy as np

from detente.graph.model import Graph, Party
from detente.graph.moves import AnyArray, loser, only, spread

Mover = TypeVar("Mover", bound=Hashable)
"""Who takes a step: a party, or a coalition that moves as one."""


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
    if graph.kernel is not None:
        found: AnyArray = graph.kernel.closure(op, values, movers)
        return found
    strict = not all(graph.transitive[j] for j in movers)

    def step(party: Party, array: AnyArray) -> AnyArray:
        return spread(op, array, graph, party, back=back, stay=not strict)

    if strict:
        return fixpoint(op, values, graph, movers, step)
    return settle(op, values, graph, movers, step)


def fixpoint(
    op: np.ufunc,
    values: AnyArray,
    graph: Graph,
    movers: Sequence[Mover],
    step: Callable[[Mover, AnyArray], AnyArray],
    *,
    moved: bool = False,
) -> AnyArray:
    """Repeat one-move steps, nobody twice in a row, until nothing changes.

    Parameters
    ----------
    step : callable
        ``step(party, array)``: ``op`` over the array at the states one move of the party leads to.
    moved : bool
        Leave out s itself: only where some move leads counts.

    Notes
    -----
    ``after[j][s]`` combines the values over legal sequences from s that j does not begin: what may
    still happen once j has moved to s. The result lets anyone begin.
    """
    start = only(op, np.broadcast_to(values, graph.shape), graph.feasible)
    after = dict.fromkeys(movers, start)
    settled = False
    while not settled:
        settled = True
        for k in movers:
            reached = only(op, step(k, after[k]), graph.feasible)
            for j in movers:
                if j != k:
                    new = op(after[j], reached)
                    settled &= np.array_equal(new, after[j])
                    after[j] = new
    result = np.full_like(start, loser(op, start.dtype)) if moved else start
    for k in movers:
        result = op(result, only(op, step(k, after[k]), graph.feasible))
    return result


def settle(
    op: np.ufunc,
    values: AnyArray,
    graph: Graph,
    movers: Sequence[Mover],
    step: Callable[[Mover, AnyArray], AnyArray],
) -> AnyArray:
    """Repeat one-move steps until nothing changes, where two steps of one mover make one.

    A mover acts again only after somebody else changed something.
    """
    current = only(op, np.broadcast_to(values, graph.shape), graph.feasible)
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
