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
from detente.graph.completions import possible_rankings
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
    board = _board(graph, party, rules)
    found = board.stays()
    if rules.preference == "weak":
        found = classic.stays(board.graph, party, replace(rules, preference="")) & ~found
    return put_back(found, graph).astype(bool) & graph.feasible


@dataclass(frozen=True, eq=False)
class Prospect:
    """What tempts a party at one state, and what the others make of it.

    Parameters
    ----------
    targets : int array
        Where it would go, flat indices.
    deterred : bool array
        From which of these it is deterred.
    way : callable
        The least moves, (mover, from, to), by which the others deter from the k-th.
    """

    targets: Index
    deterred: BoolArray
    way: Callable[[int], tuple[tuple[Party, int, int], ...]]


def prospect(graph: Graph, party: Party, state: int, rules: Rules) -> Prospect:
    """Return what tempts a party at one state; ``rules`` as for :func:`stays`, but not weak.

    Parameters
    ----------
    state : int
        Flat index.
    """
    board = _board(graph, party, rules)
    flat = np.flatnonzero(graph.feasible)
    here = int(np.searchsorted(flat, state))
    own = board.own.to[board.own.start[here] : board.own.start[here + 1]]
    targets = own[board.relations.leaves(party, np.full(len(own), here), own)]
    if not rules.answered:
        return Prospect(flat[targets], np.zeros(len(targets), bool), lambda _: ())
    deters = board.deterring(np.array([here]))
    goal = (deters & np.uint64(1)).astype(bool)
    deterred = (board.reach(deters)[targets] & np.uint64(1)).astype(bool)

    def way(k: int) -> tuple[tuple[Party, int, int], ...]:
        steps = board.shortest(int(targets[k]), goal) if deterred[k] else []
        return tuple((j, int(flat[a]), int(flat[b])) for j, a, b in steps)

    return Prospect(flat[targets], deterred, way)


def _board(graph: Graph, party: Party, rules: Rules) -> _Board:
    if graph.case is None or graph.kernel is not None:
        raise LimitError("this concept needs a case whose states can be listed")
    if graph.n_states > MAX_STATES:
        raise LimitError(
            f"the case has {graph.n_states:,} states; concepts with unknown preference, strength "
            f"or attitudes are worked out for up to {MAX_STATES:,}"
        )
    thin = listed(graph)
    relations = _relations(graph.case, thin, rules)
    others = thin.others(party) if rules.answered else ()
    ways = {j: _answering(thin, j, rules, relations) for j in others}
    return _Board(thin, party, rules, relations, _arcs(thin, party), ways)


@dataclass(frozen=True, eq=False)
class _Board:
    """Whose moves there are, for one party that may leave and others that may answer."""

    graph: Graph
    party: Party
    rules: Rules
    relations: _Relations
    own: Ways
    ways: dict[Party, Ways]

    def stays(self) -> BoolArray:
        """Return where the party stays."""
        n = self.graph.n_states
        source = np.repeat(np.arange(n), np.diff(self.own.start))
        tempting = self.relations.leaves(self.party, source, self.own.to)
        source, target = source[tempting], self.own.to[tempting]
        if not self.rules.answered:
            return ~np.isin(np.arange(n), source)
        stable = np.ones(n, bool)
        for first in range(0, n, WORD):
            reach = self.reach(self.deterring(np.arange(first, min(n, first + WORD))))
            mine = (source >= first) & (source < first + WORD)
            bits = (source[mine] - first).astype(np.uint64)
            spoiled = (reach[target[mine]] >> bits & np.uint64(1)).astype(bool)
            stable[source[mine][~spoiled]] = False
        return stable

    def deterring(self, asked: Index) -> NDArray[np.uint64]:
        """Return for each state a word: bit k says whether it deters from leaving the k-th."""
        every = np.arange(self.graph.n_states)
        deters = _words(self.relations.deters(self.party, asked[:, None], every[None, :]))
        if self.rules.final:
            deters = deters & ~over_ways(np.bitwise_or, ~deters, self.own, np.uint64(0))
        return deters

    def reach(self, words: NDArray[np.uint64]) -> NDArray[np.uint64]:
        """Return what the others can bring about from each state, by one move at least."""

        def step(j: Party, array: NDArray[Any]) -> NDArray[Any]:
            return over_ways(np.bitwise_or, array, self.ways[j], np.uint64(0))

        return fixpoint(np.bitwise_or, words, self.graph, tuple(self.ways), step, moved=True)

    def shortest(self, start: int, goal: BoolArray) -> list[tuple[Party, int, int]]:
        """Return the least moves of the others into a set that they can come to."""
        came: dict[tuple[int, Party], tuple[int, Party]] = {}
        fresh = [(start, self.party)]
        while fresh:
            further = []
            for source, last in fresh:
                for j, ways in self.ways.items():
                    for q in ways.to[ways.start[source] : ways.start[source + 1]].tolist():
                        if j == last or (q, j) in came:
                            continue
                        came[q, j] = (source, last)
                        further.append((q, j))
                        if goal[q]:
                            return _traced(came, (q, j))
            fresh = further
        return []


def _traced(
    came: dict[tuple[int, Party], tuple[int, Party]], at: tuple[int, Party]
) -> list[tuple[Party, int, int]]:
    steps: list[tuple[Party, int, int]] = []
    while at in came:
        before = came[at]
        steps.append((at[1], before[0], at[0]))
        at = before
    return steps[::-1]


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
    known = [
        np.stack([m.ranks for m in of]).astype(np.int64) for of in possible_rankings(case, graph)
    ]

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
