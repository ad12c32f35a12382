"""Improvements on a list of states: in each block the states sorted by the mover's rank."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.errors import LimitError
from detente.graph.blocks import MAX_WAYS, AnyArray, Blocks, Index, Ways, over_ways, ragged, running
from detente.graph.model import Graph, IntArray, Party
from detente.graph.moves import blocks_of_party, loser


@dataclass(frozen=True, eq=False)
class Rising:
    """One party's improvements.

    Parameters
    ----------
    table : Blocks
        The party's blocks.
    order : int array
        The states, block by block, by rising rank inside a block.
    better : Ways or int array
        For each state where in ``order`` the better states of a block begin: for one block a
        state (its own), -1 where there are none; or for every block that its moves lead to.
    """

    table: Blocks
    order: Index
    better: Ways | Index


def rising(graph: Graph, party: Party) -> Rising:
    """Return one party's sorted improvements, worked out once for a graph."""
    return graph.once(("climb", party), lambda: _rising(graph, party))


def _rising(graph: Graph, party: Party) -> Rising:
    table = blocks_of_party(graph, party)
    ranks = graph.ranks[party].astype(np.int64)
    span = int(ranks.max(initial=0)) + 1
    key = table.block * span + ranks
    order = np.argsort(key, kind="stable")
    key = key[order]
    if table.ways is None:
        return Rising(table, order, _begin(key, order, table, span, ranks, table.block))
    many = np.diff(table.ways.start)[table.block]
    if int(many.sum()) > MAX_WAYS:
        raise LimitError(
            f"'{graph.parties[party]}' has too many options that cannot change freely: its "
            f"improvements fall into more than {MAX_WAYS:,} kinds; let some of them change both "
            "ways, or leave out the concepts that need its improvements"
        )
    into = table.ways.to[np.repeat(table.ways.start[table.block], many) + ragged(many)]
    found = _begin(key, order, table, span, np.repeat(ranks, many), into)
    source = np.repeat(np.arange(len(ranks)), many)[found >= 0]
    ways = Ways(np.searchsorted(source, np.arange(len(ranks) + 1)), found[found >= 0])
    return Rising(table, order, ways)


def _begin(key: Index, order: Index, table: Blocks, span: int, ranks: Index, into: Index) -> Index:
    """Return where in ``order`` the states of a block begin that are better than a rank."""
    found = np.searchsorted(key, into * span + ranks, side="right")
    return np.where(found < table.start[into + 1], found, -1)


def over_improvements(op: np.ufunc, values: AnyArray, graph: Graph, party: Party) -> AnyArray:
    """Combine, for every state, the values over the party's improvements from it."""
    climb = rising(graph, party)
    nothing = loser(op, values.dtype)
    suffix = _suffix(op, values[climb.order], climb)
    if isinstance(climb.better, Ways):
        return over_ways(op, suffix, climb.better, nothing)
    found: AnyArray = np.where(climb.better >= 0, suffix[climb.better], values.dtype.type(nothing))
    return found


def _suffix(op: np.ufunc, values: AnyArray, climb: Rising) -> AnyArray:
    """Return ``op`` over each value and those after it in its block."""
    block = climb.table.block[climb.order]
    if op is np.minimum and values.dtype.kind == "i" and values.dtype.itemsize <= 4:
        lift = block << 33  # so that no block's values reach into another's
        flat = np.minimum.accumulate((values + lift)[::-1])[::-1] - lift
        suffix: AnyArray = flat.astype(values.dtype)
        return suffix
    return running(op, values[::-1], block[::-1], climb.table.longest)[::-1]


def improving_closure(values: IntArray, graph: Graph, movers: tuple[Party, ...]) -> IntArray:
    """Return the least value at each state and wherever improvements of the movers lead.

    Moves must be transitive.
    """
    current = values.copy()
    stale = dict.fromkeys(movers, True)
    while any(stale.values()):
        for j in movers:
            if not stale[j]:
                continue
            stale[j] = False
            new = np.minimum(current, over_improvements(np.minimum, current, graph, j))
            if not np.array_equal(new, current):
                current = new
                stale = {k: k != j or stale[k] for k in movers}
    return current
