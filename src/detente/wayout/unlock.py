"""Unlock: the least change of mind after which a state of the target holds."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from detente.case.model import Case
from detente.graph.climb import over_improvements
from detente.graph.joint import fixpoint
from detente.graph.lanes import lanes
from detente.graph.model import BoolArray, Graph, IntArray, Party
from detente.graph.moves import AnyArray, spread
from detente.stability.classic import stays
from detente.stability.registry import Concept
from detente.stability.rules import Rules
from detente.wayout.local import stays_at
from detente.wayout.minds import Edit, Mind, Wishes, pool

MAX_ANSWERS = 200
SECONDS = 60.0
FEW = 4
"""Up to so many states are asked about one by one; more of them, all states at once."""

LANE_CELLS = 1 << 19
"""Cells of the arrays in which many minds are tried at once."""

Mask: TypeAlias = NDArray[np.bool_]
"""For each candidate state, whether it may still hold."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Changes of mind that suffice.

    Parameters
    ----------
    edits : tuple of Edit
        In this order: a priority counts what the edits before it have done.
    states : tuple of int
        The states of the target (flat indices) that hold afterwards.
    ranks : tuple of int arrays
        Every party's ranking afterwards.
    """

    edits: tuple[Edit, ...]
    states: tuple[int, ...]
    ranks: tuple[IntArray, ...]


@dataclass(frozen=True, slots=True)
class Unlocking:
    """The equilibria inside a target, or the least changes of mind that make one.

    Parameters
    ----------
    already : tuple of int
        The states of the target that hold as things are.
    answers : tuple of Answer
        All of least cost, as far as the search went.
    cost : int or None
        Their cost: 0 if a state of the target holds already, None if none was found.
    proved_below : int
        No changes of lower cost suffice: each was tried.
    stopped : str
        ``"count"``, ``"time"`` or ``"interrupted"`` if the search did not end; else empty.
    """

    already: tuple[int, ...]
    answers: tuple[Answer, ...]
    cost: int | None
    proved_below: int
    stopped: str = ""


class _Stop(Exception):  # noqa: N818
    """Why a search ends early."""


def unlock(
    case: Case,
    graph: Graph,
    target: BoolArray,
    concept: Concept,
    *,
    cost: int = 3,
    max_answers: int = MAX_ANSWERS,
    seconds: float = SECONDS,
    on_progress: Callable[[int, int], None] | None = None,
) -> Unlocking:
    """Return the equilibria inside a target, or the cheapest edits after which there is one.

    Parameters
    ----------
    case, graph : Case, Graph
        The case and its arrays.
    target : bool array of the graph's shape
        Where an equilibrium is wanted.
    concept : Concept
        One of :data:`detente.stability.registry.SEQUENTIAL`.
    cost : int
        The dearest changes to try; each edit costs 1.
    max_answers : int
        The search ends when it has so many answers.
    seconds : float
        Time after which it ends.
    on_progress : callable, optional
        Called with how many ways to spread the edits over the parties are done, and how many
        there are.

    Notes
    -----
    All edits of each cost are covered before any dearer ones. A combination is set aside without
    looking at it alone only where some party would leave the state even if the parties that
    change their mind answered with any moves at all; what is left is tested for itself, a few
    states one by one (:mod:`detente.wayout.local`), many of them at once.
    """
    target = target & graph.feasible
    parties = range(len(graph.parties))
    stable = np.logical_and.reduce([concept.stable(graph, p) for p in parties])
    already = tuple(graph.states(stable & target).at.tolist())
    if already:
        return Unlocking(already, (), 0, 0)
    search = _Search(case, graph, np.flatnonzero(target), concept, cost, seconds)
    answers: list[Answer] = []
    level, stopped = 0, ""
    try:
        while not answers and level < cost:
            level += 1
            spreads = list(_spreads(len(graph.parties), level))
            for done, counts in enumerate(spreads):
                if on_progress is not None:
                    on_progress(done, len(spreads))
                for answer in search.answers(counts):
                    answers.append(answer)
                    if len(answers) >= max_answers:
                        raise _Stop("count")
    except _Stop as reason:
        stopped = str(reason)
    except KeyboardInterrupt:
        stopped = "interrupted"
    proved = level if answers or stopped else level + 1
    return Unlocking((), tuple(answers), level if answers else None, proved, stopped)


def _spreads(n_parties: int, cost: int) -> Iterator[tuple[int, ...]]:
    """Yield the ways to spread edits over parties: few parties first."""
    every = itertools.product(range(cost + 1), repeat=n_parties)
    fitting = [counts for counts in every if sum(counts) == cost]
    yield from sorted(fitting, key=lambda c: (sum(map(bool, c)), [-n for n in c]))


class _Search:
    """The search of one call: what was worked out once serves all combinations."""

    def __init__(
        self,
        case: Case,
        graph: Graph,
        candidates: NDArray[np.intp],
        concept: Concept,
        cost: int,
        seconds: float,
    ) -> None:
        self._graph = graph
        self._candidates = candidates
        self._concept = concept
        self._deadline = time.monotonic() + seconds
        self._wishes = [Wishes(case, graph, p, pool(case), cost) for p in range(len(graph.parties))]
        self._unedited: dict[tuple[Party, frozenset[Party]], Mask] = {}
        self._any_answer: dict[tuple[Party, int], NDArray[np.bool_]] = {}

    def answers(self, counts: tuple[int, ...]) -> Iterator[Answer]:
        """Yield what suffices if each party makes just so many edits."""
        edited = frozenset(p for p, n in enumerate(counts) if n)
        open_ones = np.ones(len(self._candidates), bool)
        for party, n in enumerate(counts):
            if not n and open_ones.any():
                open_ones &= self._without_edits(party, edited)
        kept: list[tuple[list[Mind], NDArray[np.bool_]]] = []
        for party in sorted(edited):
            minds, masks = self._promising(party, counts[party], open_ones)
            open_ones &= masks.any(axis=0)
            kept.append((minds, masks))
        if open_ones.any():
            kept = [self._tightened(*k, edited, open_ones) for k in kept]
            yield from self._combined(kept, open_ones, ())

    def _combined(
        self,
        kept: Sequence[tuple[list[Mind], NDArray[np.bool_]]],
        open_ones: Mask,
        chosen: tuple[Mind, ...],
    ) -> Iterator[Answer]:
        """Go through the combinations of minds that leave some state open."""
        self._check_time()
        if not kept:
            yield from self._tested(chosen, open_ones)
            return
        (minds, masks), *rest = kept
        for k in np.flatnonzero((masks & open_ones).any(axis=1)):
            yield from self._combined(rest, masks[k] & open_ones, (*chosen, minds[k]))

    def _tested(self, chosen: tuple[Mind, ...], open_ones: Mask) -> Iterator[Answer]:
        """Yield the combination if some open state holds after it."""
        graph = self._after(chosen)
        states = self._candidates[open_ones].tolist()
        rules = self._concept.rules
        for party in range(len(graph.parties)):
            if len(states) > FEW:
                stable = self._concept.stable(graph, party).ravel()
                states = [s for s in states if stable[s]]
            else:
                states = [s for s in states if stays_at(graph, party, s, rules)]
        if states:
            edits = tuple(edit for mind in chosen for edit in mind.edits)
            held = np.zeros(graph.shape, bool)
            held.flat[states] = True
            yield Answer(edits, tuple(graph.states(held).at.tolist()), graph.ranks)

    def _after(self, chosen: Sequence[Mind]) -> Graph:
        """Return the conflict after some parties changed their minds."""
        ranks = list(self._graph.ranks)
        for mind in chosen:
            party = mind.edits[0].party
            ranks[party] = np.ascontiguousarray(self._wishes[party].ranks([mind])[..., 0])
        return replace(self._graph, ranks=tuple(ranks))

    def _without_edits(self, party: Party, edited: frozenset[Party]) -> Mask:
        """Return where a party that keeps its mind may stay while others change theirs."""
        if (party, edited) not in self._unedited:
            ranks = self._graph.ranks[party]
            self._unedited[party, edited] = self._may_stay(party, ranks, edited)
        return self._unedited[party, edited]

    def _promising(
        self, party: Party, n: int, open_ones: Mask
    ) -> tuple[list[Mind], NDArray[np.bool_]]:
        """Return the minds with which a party may stay if all others answer with any moves."""
        minds = self._wishes[party].with_edits(n)
        whole = n == 1
        masks = self._any_answer.get((party, n))
        if masks is None:
            columns = slice(None) if whole else open_ones
            masks = np.zeros((len(minds), len(self._candidates)), bool)
            step = max(1, LANE_CELLS // self._graph.feasible.size)
            for first in range(0, len(minds) if whole or open_ones.any() else 0, step):
                self._check_time()
                ranks = self._wishes[party].ranks(minds[first : first + step])
                stays = _stays_whatever_mind(self._graph, party, ranks, self._concept.rules)
                masks[first : first + step, columns] = stays[self._candidates[columns]].T
            if whole:
                self._any_answer[party, n] = masks
        masks = masks & open_ones
        some = np.flatnonzero(masks.any(axis=1))
        return [minds[k] for k in some], masks[some]

    def _tightened(
        self,
        minds: list[Mind],
        masks: NDArray[np.bool_],
        edited: frozenset[Party],
        open_ones: Mask,
    ) -> tuple[list[Mind], NDArray[np.bool_]]:
        """Return the minds with which the party may stay if only those edited answer anyhow."""
        masks = masks & open_ones
        if not self._concept.rules.improving:
            return minds, masks  # nobody's preferences matter but its own
        for k in np.flatnonzero(masks.any(axis=1)):
            self._check_time()
            party = minds[k].edits[0].party
            ranks = self._wishes[party].ranks([minds[k]])[..., 0]
            masks[k] &= self._may_stay(party, ranks, edited)
        some = np.flatnonzero(masks.any(axis=1))
        return [minds[k] for k in some], masks[some]

    def _may_stay(self, party: Party, ranks: IntArray, wild: frozenset[Party]) -> Mask:
        """Return where a party stays if the wild ones may answer with any moves."""
        ranks, rules = np.ascontiguousarray(ranks), self._concept.rules
        answer = partial(_answer, wild=wild) if rules.improving else None
        found = stays(self._graph, party, rules, ranks=ranks, answer=answer)
        return found.ravel()[self._candidates]

    def _check_time(self) -> None:
        if time.monotonic() > self._deadline:
            raise _Stop("time")


def _answer(
    values: IntArray, graph: Graph, movers: Sequence[Party], *, wild: frozenset[Party]
) -> IntArray:
    """Return the least value over improvements, the wild ones making any moves."""

    def step(j: Party, array: AnyArray) -> AnyArray:
        if j not in wild:
            return over_improvements(np.minimum, array, graph, j)
        return spread(np.minimum, array, graph, j, stay=False)

    least: IntArray = fixpoint(np.minimum, values, graph, movers, step)
    return least


def _stays_whatever_mind(
    graph: Graph, party: Party, ranks: IntArray, rules: Rules
) -> NDArray[np.bool_]:
    """Return ``[state, mind]``: whether the party may stay if all others answer with any moves.

    The minds are one more axis of the states, along which nobody moves.
    """
    n = ranks.shape[-1]
    return stays(lanes(graph, ranks), party, rules.by_any_moves()).reshape(-1, n)
