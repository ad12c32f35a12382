"""What a coalition can bring about: joint moves, and improvements of all its members.

Preferences of a coalition are partial, so nothing can be sorted. Everything here is asked of a
list of states (:func:`detente.graph.listed.listed`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from detente.errors import LimitError
from detente.graph.blocks import AnyArray, Index, Ways, over_ways, ragged
from detente.graph.climb import over_improvements
from detente.graph.joint import closure
from detente.graph.model import BoolArray, Graph, Party
from detente.graph.moves import blocks_of_party, loser

Coalition: TypeAlias = tuple[Party, ...]
Words: TypeAlias = NDArray[np.uint64]
"""One 64-bit word a state."""

MAX_ARCS = 60_000_000
"""Most joint improvements of a coalition that are kept."""

PAIRS = 1 << 22
"""Pairs of states compared at a time."""


def free(graph: Graph, coalition: Coalition) -> bool:
    """Return whether members can undo every change, so that who is reached can come back."""
    owners = set(coalition)
    return not any(graph.owner[guard.axis] in owners for guard in graph.guards) and all(
        allowed.all()
        for allowed, owner in zip(graph.changes, graph.owner, strict=True)
        if owner in owners
    )


def components(graph: Graph, coalition: Coalition) -> Index:
    """Return a number for each state, the same where the coalition can go from one to the other.

    Its members must be free to undo what they change.
    """
    rows = graph.rows
    assert rows is not None
    return rows.once(("components", coalition), lambda: _components(graph, coalition))


def _components(graph: Graph, coalition: Coalition) -> Index:
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    n = len(graph.feasible)
    if not coalition:
        return np.arange(n)
    links = []
    for party in coalition:
        table = blocks_of_party(graph, party)
        order = table.order
        same = table.block[order[1:]] == table.block[order[:-1]]
        links.append((order[:-1][same], order[1:][same]))
    source, target = (np.concatenate(part) for part in zip(*links, strict=True))
    matrix = csr_array((np.ones(len(source), bool), (source, target)), shape=(n, n))
    numbers: Index = connected_components(matrix, directed=False)[1].astype(np.intp)
    return numbers


def exceeded(component: Index, values: AnyArray, bounds: AnyArray) -> BoolArray:
    """Return where some state of the same component has a greater value for every member.

    Parameters
    ----------
    component : int array, one a state
        Which component.
    values, bounds : int arrays of shape (members, states)
        What the states offer each member, and what must be exceeded.

    Notes
    -----
    Of each component the state with the greatest sum of values is compared with all others, in
    all components at once, and with it goes whatever it is as good as for everybody. So there are
    as many rounds as the largest front of best states has members.
    """
    found = np.zeros(component.shape, bool)
    rows = values.T
    offer = np.lexsort((-rows.sum(axis=1), component))
    asked = np.arange(len(component))
    n = int(component.max(initial=-1)) + 1
    while len(offer) and len(asked):
        heads = np.flatnonzero(np.r_[True, component[offer][1:] != component[offer][:-1]])
        best = np.full(n, -1)
        best[component[offer[heads]]] = offer[heads]
        here = best[component[asked]]
        asked, here = asked[here >= 0], here[here >= 0]
        wins = (rows[here] > bounds.T[asked]).all(axis=1)
        found[asked[wins]] = True
        asked = asked[~wins]
        head = best[component[offer]]
        offer = offer[(rows[offer] > rows[head]).any(axis=1)]
    return found


def into(states: Words, graph: Graph, coalition: Coalition) -> Words:
    """Return from where one improvement of a coalition leads into each set, each bit a set."""
    found: Words = over_joint_improvements(np.bitwise_or, states, graph, coalition)
    return found


def over_joint_improvements(
    op: np.ufunc, values: AnyArray, graph: Graph, coalition: Coalition
) -> AnyArray:
    """Combine, for every state, the values over the coalition's improvements from it.

    A joint improvement is reached by a legal sequence of the members' moves, and better for all
    of them than where it began.
    """
    if len(coalition) == 1:
        return over_improvements(op, values, graph, coalition[0])
    ways = joint_improvements(graph, coalition)
    return over_ways(op, values, ways, values.dtype.type(loser(op, values.dtype)))


def joint_improvements(graph: Graph, coalition: Coalition) -> Ways:
    """Return for each state where a coalition can improve to, worked out once for a graph.

    Raises
    ------
    LimitError
        If there are more than ``MAX_ARCS`` joint improvements.
    """
    return graph.once(("together", coalition), lambda: _improvements(graph, coalition))


def _improvements(graph: Graph, coalition: Coalition) -> Ways:
    n = len(graph.feasible)
    ranks = [graph.ranks[p] for p in coalition]
    if free(graph, coalition):
        part, reached = components(graph, coalition), None
    else:
        part, reached = blocks_of_all(graph, coalition), _reached(graph, coalition)
    order = np.argsort(part, kind="stable")
    sizes = np.bincount(part)
    begin = np.cumsum(sizes) - sizes
    place = np.empty(n, np.intp)
    place[order] = np.arange(n) - begin[part[order]]
    found: list[tuple[Index, Index]] = []
    total = 0
    for sources in _chunks(sizes[part]):
        many = sizes[part[sources]]
        source = np.repeat(sources, many)
        target = order[np.repeat(begin[part[sources]], many) + ragged(many)]
        keep = np.ones(len(source), bool)
        for r in ranks:
            keep &= r[target] > r[source]
        source, target = source[keep], target[keep]
        if reached is not None:
            at = place[target]
            bit = reached[source, at // 64] >> (at % 64).astype(np.uint64) & np.uint64(1)
            source, target = source[bit > 0], target[bit > 0]
        total += len(source)
        if total > MAX_ARCS:
            _refuse(graph, coalition)
        found.append((source, target))
    source, target = (np.concatenate(part) for part in zip(*found, strict=True))
    return Ways(np.searchsorted(source, np.arange(n + 1)), target)


def _chunks(many: Index) -> Sequence[Index]:
    """Return the states in pieces with about ``PAIRS`` pairs each."""
    piece = np.cumsum(many) // PAIRS
    return np.split(np.arange(len(many)), np.flatnonzero(np.diff(piece)) + 1)


def blocks_of_all(graph: Graph, coalition: Coalition) -> Index:
    """Return a number for each state, the same where all but the coalition's options agree."""
    rows = graph.rows
    assert rows is not None
    others = [axis for axis, owner in enumerate(graph.owner) if owner not in coalition]
    return rows.once(("all", tuple(others)), lambda: rows.number(others))


def _reached(graph: Graph, coalition: Coalition) -> Words:
    """Return bit k of the words of each state: the coalition can reach the k-th of its slice."""
    part = blocks_of_all(graph, coalition)
    sizes = np.bincount(part)
    words = -(-int(sizes.max(initial=1)) // 64)
    n = len(graph.feasible)
    if n * words > MAX_ARCS:
        _refuse(graph, coalition)
    order = np.argsort(part, kind="stable")
    begin = np.cumsum(sizes) - sizes
    at = np.empty(n, np.intp)
    at[order] = np.arange(n) - begin[part[order]]
    found = np.zeros((n, words), np.uint64)
    for word in range(words):
        here = np.where(at // 64 == word, np.uint64(1) << (at % 64).astype(np.uint64), np.uint64(0))
        found[:, word] = closure(np.bitwise_or, here.astype(np.uint64), graph, coalition)
    return found


def _refuse(graph: Graph, coalition: Coalition) -> None:
    names = "+".join(graph.parties[p] for p in coalition)
    raise LimitError(
        f"the joint improvements of {names} are too many: more than {MAX_ARCS:,} in "
        f"{graph.n_states:,} states; leave out 'cseq', or ask about a smaller case"
    )
