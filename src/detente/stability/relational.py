"""Concepts in which more than one ranking says who leaves and what deters.

Where preferences are unknown in part, differ in strength, or are weighed with attitudes towards
others, two questions are asked of pairs of states apart: would a party leave one for the other, and
does the other deter it from leaving the one? Nothing can be sorted by that, so each state is gone
through with the sets of the definitions, over a list of states.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.case.model import Case, Statements
from detente.errors import CaseError, LimitError
from detente.graph.blocks import Index, Ways, over_ways, ragged
from detente.graph.completions import minds
from detente.graph.joint import fixpoint
from detente.graph.listed import listed, put_back
from detente.graph.model import BoolArray, Graph, Party
from detente.graph.moves import blocks_of_party
from detente.stability import classic
from detente.stability.rules import Rules

MAX_STATES = 1 << 14
"""Most states gone through."""

MAX_ARCS = 20_000_000
"""Most moves of one party that are kept."""

WORD = 64
"""States asked about at a time: the bits of a word."""

Pair = Callable[[Party, Index, Index], BoolArray]
"""Whether something is so of a party and pairs of states, (from, to), that broadcast."""


@dataclass(frozen=True, slots=True)
class _Relations:
    """What the parties make of pairs of states.

    Parameters
    ----------
    leaves : callable
        Whether a party would leave the first for the second.
    deters : callable
        Whether the second keeps a party from leaving the first.
    answers : callable
        Whether a party that answers would make that move, under ``seq``.
    """

    leaves: Pair
    deters: Pair
    answers: Pair


def stays(graph: Graph, party: Party, rules: Rules) -> BoolArray:
    """Return where a party stays, by relations that its rules name.

    Parameters
    ----------
    rules : Rules
        With ``preference``, and answers in turn or none.

    Raises
    ------
    CaseError
        If the case does not say what the concept asks about.
    LimitError
        If there are too many states.

    References
    ----------
    Unknown preference: [LiHipelKilgourFang2004]_. Strength: [HamoudaKilgourHipel2004]_. Attitudes:
    [InoharaHipelWalker2007]_.
    """
    if graph.case is None or graph.kernel is not None:
        raise LimitError("this concept needs a case whose states can be listed")
    if graph.n_states > MAX_STATES:
        raise LimitError(
            f"the case has {graph.n_states:,} states; concepts with unknown preference, strength "
            f"or attitudes are worked out for up to {MAX_STATES:,}"
        )
    thin = listed(graph)
    relations = _relations(graph.case, thin, rules)
    found = _stays(thin, party, rules, relations)
    if rules.preference == "weak":
        found = classic.stays(thin, party, replace(rules, preference="")) & ~found
    return put_back(found, graph).astype(bool) & graph.feasible


def _stays(graph: Graph, party: Party, rules: Rules, relations: _Relations) -> BoolArray:
    n = graph.n_states
    own = _arcs(graph, party)
    source = np.repeat(np.arange(n), np.diff(own.start))
    tempting = relations.leaves(party, source, own.to)
    source, target = source[tempting], own.to[tempting]
    if not rules.answered:
        return ~np.isin(np.arange(n), source)
    others = graph.others(party)
    ways = {j: _answering(graph, j, rules, relations) for j in others}

    def step(j: Party, words: NDArray[Any]) -> NDArray[Any]:
        return over_ways(np.bitwise_or, words, ways[j], np.uint64(0))

    stable = np.ones(n, bool)
    every = np.arange(n)
    for first in range(0, n, WORD):
        asked = every[first : first + WORD]
        deters = _words(relations.deters(party, asked[:, None], every[None, :]))
        if rules.final:
            escapes = over_ways(np.bitwise_or, ~deters, own, np.uint64(0))
            deters = deters & ~escapes
        reach = fixpoint(np.bitwise_or, deters, graph, others, step, moved=True)
        mine = (source >= first) & (source < first + WORD)
        bits = (source[mine] - first).astype(np.uint64)
        spoiled = (reach[target[mine]] >> bits & np.uint64(1)).astype(bool)
        stable[source[mine][~spoiled]] = False
    return stable


def _words(rows: BoolArray) -> NDArray[np.uint64]:
    """Return for each state a word: bit k says whether it is in the k-th row."""
    bits = np.uint64(1) << np.arange(len(rows), dtype=np.uint64)
    found: NDArray[np.uint64] = np.bitwise_or.reduce(
        np.where(rows, bits[:, None], np.uint64(0)), axis=0
    )
    return found


def _arcs(graph: Graph, party: Party) -> Ways:
    """Return the moves of a party, state by state."""
    table = blocks_of_party(graph, party)
    if table.ways is None:
        start, to = np.arange(graph.n_states + 1), table.block
    else:
        many = np.diff(table.ways.start)[table.block]
        start = np.r_[0, np.cumsum(many)]
        to = table.ways.to[np.repeat(table.ways.start[table.block], many) + ragged(many)]
    size = np.diff(table.start)[to]
    if int(size.sum()) > MAX_ARCS:
        raise LimitError(f"'{graph.parties[party]}' has more than {MAX_ARCS:,} moves")
    states = table.order[np.repeat(table.start[to], size) + ragged(size)]
    source = np.repeat(np.repeat(np.arange(graph.n_states), np.diff(start)), size)
    real = source != states
    return Ways(np.searchsorted(source[real], np.arange(graph.n_states + 1)), states[real])


def _answering(graph: Graph, party: Party, rules: Rules, relations: _Relations) -> Ways:
    """Return the moves by which one of the others may answer."""
    arcs = _arcs(graph, party)
    if not rules.improving:
        return arcs
    source = np.repeat(np.arange(graph.n_states), np.diff(arcs.start))
    kept = relations.answers(party, source, arcs.to)
    return Ways(np.searchsorted(source[kept], np.arange(graph.n_states + 1)), arcs.to[kept])


def _relations(case: Case, graph: Graph, rules: Rules) -> _Relations:
    if rules.preference in ("strong", "weak"):
        return _strength(case, graph)
    if rules.preference == "attitude":
        return _attitudes(case, graph)
    return _unknown(case, graph, rules.preference)


def _unknown(case: Case, graph: Graph, sense: str) -> _Relations:
    """Take a pair for better, worse or equal if it is so in every way; else for unknown."""
    known = [np.stack([m.ranks for m in of]).astype(np.int64) for of in minds(case, graph)]

    def told(party: Party, source: Index, target: Index) -> tuple[BoolArray, BoolArray]:
        change = known[party][:, target] - known[party][:, source]
        better: BoolArray = np.all(change > 0, axis=0)
        worse: BoolArray = np.all(change < 0, axis=0)
        equal: BoolArray = np.all(change == 0, axis=0)
        return better, ~(better | worse | equal)

    def leaves(party: Party, source: Index, target: Index) -> BoolArray:
        better, unknown = told(party, source, target)
        return better | unknown if sense in "ac" else better

    def deters(party: Party, source: Index, target: Index) -> BoolArray:
        better, unknown = told(party, source, target)
        return ~better if sense in "cd" else ~better & ~unknown

    def answers(party: Party, source: Index, target: Index) -> BoolArray:
        better, unknown = told(party, source, target)
        return better | unknown

    return _Relations(leaves, deters, answers)


def _strength(case: Case, graph: Graph) -> _Relations:
    """Of two states that first differ in a strong wish, the one where it holds is far better."""
    truth = graph.truth(case)
    columns: list[tuple[NDArray[np.bool_], NDArray[np.bool_]]] = []
    for party in case.parties:
        wants = party.preferences
        if not isinstance(wants, Statements):
            raise CaseError(
                f"'{party.name}' has no wishes in order, and weights or a ranking say nothing of "
                "strength; write statements, some of them with 'strong: true'"
            )
        held = [np.broadcast_to(truth(s.formula), graph.shape) for s in wants.statements]
        rows = np.stack(held, axis=1) if held else np.zeros((graph.n_states, 0), bool)
        columns.append((rows, np.array([s.strong for s in wants.statements], bool)))

    def better(party: Party, source: Index, target: Index) -> BoolArray:
        ranks = graph.ranks[party]
        found: BoolArray = ranks[target] > ranks[source]
        return found

    def deters(party: Party, source: Index, target: Index) -> BoolArray:
        rows, strong = columns[party]
        if not len(strong):
            return np.zeros(np.broadcast_shapes(source.shape, target.shape), bool)
        differ = rows[source] != rows[target]
        first = differ.argmax(axis=-1)
        found: BoolArray = differ.any(axis=-1) & strong[first] & ~better(party, source, target)
        return found

    return _Relations(better, deters, better)


def _attitudes(case: Case, graph: Graph) -> _Relations:
    """Let no reply hurt whom one is for, nor help whom one is against."""
    number = {name: i for i, name in enumerate(case.party_names)}
    towards = np.eye(len(number), dtype=np.int8)
    for who, whom, attitude in case.attitudes:
        towards[number[who], number[whom]] = attitude

    def replies(party: Party, source: Index, target: Index) -> BoolArray:
        found = np.ones(np.broadcast_shapes(source.shape, target.shape), bool)
        for other, ranks in enumerate(graph.ranks):
            if towards[party, other] > 0:
                found &= ranks[target] >= ranks[source]
            elif towards[party, other] < 0:
                found &= ranks[target] <= ranks[source]
        return found

    return _Relations(
        replies, lambda party, source, target: ~replies(party, source, target), replies
    )
