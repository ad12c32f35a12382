"""How much a result hangs on: the least change of what the parties want after which it is another.

A change drops a statement, or moves it to another priority; of a party whose preference is a
ranking it swaps neighbours, merges two neighbouring classes, or moves a state to the class beside
its own. Changes are counted over all parties, each as one.
"""

from __future__ import annotations

import functools
import itertools
import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias, TypeGuard

import numpy as np
from numpy.typing import NDArray

from detente.case.model import Basis, Case, Statements
from detente.doubt.rankings import Ranked, Rankings, Swap
from detente.errors import LimitError
from detente.graph.model import BoolArray, Graph, IntArray
from detente.stability.registry import Concept
from detente.wayout.local import grounds, stays_at
from detente.wayout.minds import Edit, Mind, Wishes, pool

SECONDS = 20.0
"""Most time for one search."""

ZONE_STATES = 4_096
"""Most states of a case that is asked beside other questions what turns its zone."""

MOST = 200
"""Most ways of least number that are kept."""

AT_ONCE = 1 << 26
"""Most changes together that are held against proofs at once."""

PROOFS = 200
"""Most proofs that a result still holds that changes are held against."""

Comparisons: TypeAlias = tuple[NDArray[np.intp], NDArray[np.intp], BoolArray]
"""Pairs of states, and whether the second is better than the first."""

Proof: TypeAlias = tuple[Comparisons, ...]
"""What each party must think for a state to be an equilibrium."""

Change: TypeAlias = Edit | Swap
Ranks: TypeAlias = tuple[IntArray, ...]


@dataclass(frozen=True, slots=True)
class Radius:
    """How many changes a result can bear.

    Parameters
    ----------
    holds : bool
        Whether it holds as things are.
    least : int or None
        The fewest changes after which that is otherwise; None if none was found.
    turns : tuple of tuple of Edit or Swap
        All ways of that number, as far as the search went.
    proved_below : int
        No fewer changes suffice: each was tried.
    stopped : str
        ``"count"``, ``"time"`` or ``"interrupted"`` if the search did not end; else empty.
    """

    holds: bool
    least: int | None
    turns: tuple[tuple[Change, ...], ...]
    proved_below: int
    stopped: str = ""


class _Party:
    """What one party could want after so many changes."""

    def __init__(self, case: Case, graph: Graph, party: int, most: int, *, add: bool) -> None:
        self._graph = graph
        by_wishes = isinstance(case.parties[party].preferences, Statements)
        self._minds: Wishes | Rankings = (
            Wishes(case, graph, party, pool(case) if add else (), most)
            if by_wishes
            else Rankings(graph, party)
        )
        self._kept: dict[tuple[int, int], IntArray | None] = {(0, 0): graph.ranks[party]}
        self._first: dict[tuple[int, bytes], int] = {}

    def after(self, n: int) -> Sequence[Mind | Ranked]:
        """Return what just so many changes make of it."""
        return self._minds.with_edits(n)

    def ranks(self, n: int, k: int) -> IntArray | None:
        """Return the ranking after the k-th of so many changes; None if it was met with others."""
        if (n, k) not in self._kept:
            ranks = self._ranks(self.after(n)[k])
            key = (n, ranks[self._graph.feasible].astype(np.int32).tobytes())
            known = n > 1 and self._first.setdefault(key, k) != k
            self._kept[n, k] = None if known else ranks
        return self._kept[n, k]

    def better(self, n: int, low: NDArray[np.intp], high: NDArray[np.intp]) -> BoolArray:
        """Return for each of what so many changes make which of some pairs' second is better."""
        if isinstance(self._minds, Wishes):
            return self._minds.better(self._minds.with_edits(n), low, high)
        each = (self._minds.ranks(mind).ravel() for mind in self._minds.with_edits(n))
        found = [ranks[high] > ranks[low] for ranks in each]
        return np.array(found, bool).reshape(len(found), len(high))  # also where there is none

    def agrees(self, n: int, said: Comparisons) -> BoolArray:
        """Return for each of what so many changes make whether it compares states as is said."""
        low, high, better = said
        agreed: BoolArray = (self.better(n, low, high) == better).all(axis=1)
        return agreed

    def _ranks(self, mind: Mind | Ranked) -> IntArray:
        if isinstance(self._minds, Rankings):
            assert isinstance(mind, Ranked)
            return self._minds.ranks(mind)
        assert isinstance(mind, Mind)
        wide = self._minds.ranks([mind])[..., 0]
        found = np.zeros(wide.shape, np.int32)
        at = self._graph.feasible
        found[at] = np.unique(wide[at], return_inverse=True)[1].reshape(-1)
        return found


def radius(
    case: Case,
    graph: Graph,
    holds: Outcome,
    *,
    most: int = 2,
    add: bool = False,
    seconds: float = SECONDS,
    on_progress: Callable[[int, int], None] | None = None,
) -> Radius:
    """Return the least number of changes after which a result is another than today.

    Parameters
    ----------
    case, graph : Case, Graph
        The case and its states.
    holds : Outcome
        The result: whether it holds under some rankings.
    most : int
        The most changes to try.
    add : bool
        Whether a wish may be put in, too: an outcome, or an option at some level.
    seconds : float
        Time after which the search ends.
    on_progress : callable, optional
        Called with how many ways to spread the changes over the parties are done, and how many
        there are.

    Notes
    -----
    Every combination of each number is tried before any of more, so that nothing found below a
    number is a proof. What keeps one state an equilibrium is a list of comparisons of two states by
    one party; a combination that leaves all of them as they are needs no look at anything else.
    """
    today = holds(graph.ranks)
    end = time.monotonic() + seconds
    parties = [_Party(case, graph, p, most, add=add) for p in range(len(graph.parties))]
    turns: list[tuple[Change, ...]] = []
    proofs = holds.proofs(graph.ranks, PROOFS // 4)
    level, stopped = 0, ""
    try:
        while not turns and level < most and not stopped:
            level += 1
            spreads = list(_spreads(len(parties), level))
            for done, counts in enumerate(spreads):
                if on_progress is not None:
                    on_progress(done, len(spreads))
                for place in _open(parties, counts, proofs):
                    if time.monotonic() > end:
                        break
                    each = zip(parties, counts, place, strict=True)
                    ranks = tuple(party.ranks(n, k) for party, n, k in each)
                    if not _all_new(ranks):
                        continue
                    if holds(ranks) != today:
                        each = zip(parties, counts, place, strict=True)
                        turns.append(tuple(e for p, n, k in each for e in p.after(n)[k].edits))
                        stopped = "count" if len(turns) >= MOST else ""
                    elif len(proofs) < PROOFS:
                        proofs += holds.proofs(ranks, 1)
                    if stopped:
                        break
                if not stopped and time.monotonic() > end:
                    stopped = "time"
                if stopped:
                    break
    except KeyboardInterrupt:
        stopped = "interrupted"
    proved = level if turns or stopped else level + 1
    return Radius(today, level if turns else None, tuple(turns), proved, stopped)


def _spreads(n_parties: int, n: int) -> Iterator[tuple[int, ...]]:
    """Yield the ways to spread changes over parties: few parties first."""
    every = itertools.product(range(n + 1), repeat=n_parties)
    fitting = [counts for counts in every if sum(counts) == n]
    yield from sorted(fitting, key=lambda c: (sum(map(bool, c)), [-k for k in c]))


def _open(
    parties: Sequence[_Party], counts: Sequence[int], proofs: Sequence[Proof]
) -> Iterator[tuple[int, ...]]:
    """Yield which changes together no proof covers; more proofs may come in between."""
    sizes = [len(party.after(n)) for party, n in zip(parties, counts, strict=True)]
    if math.prod(sizes) > AT_ONCE:
        yield from itertools.product(*map(range, sizes))
        return
    left, used, k = np.ones(math.prod(sizes), bool), 0, 0
    while k < len(left):
        for proof in proofs[used:]:
            each = zip(parties, counts, proof, strict=True)
            agreed = [party.agrees(n, said) for party, n, said in each]
            left &= ~functools.reduce(np.logical_and.outer, agreed).ravel()
        used = len(proofs)
        k += int(left[k:].argmax())
        if left[k]:
            yield tuple(int(at) for at in np.unravel_index(k, sizes))
            k += 1
        else:
            return


def _all_new(ranks: tuple[IntArray | None, ...]) -> TypeGuard[Ranks]:
    return all(one is not None for one in ranks)


class Outcome:
    """The test whether some state of a set is an equilibrium.

    The states that last passed are asked first, one by one; only where they all fail are all
    states looked at.

    Parameters
    ----------
    graph : Graph
        The conflict.
    target : bool array of the graph's shape
        The set.
    concept : Concept
        What makes an equilibrium.
    """

    def __init__(self, graph: Graph, target: BoolArray, concept: Concept) -> None:
        self._graph, self._target, self._concept = graph, target & graph.feasible, concept
        self._parties = range(len(graph.parties))
        self._lucky: list[int] = []
        rules = concept.rules
        self._one_by_one = rules.in_turn and not (rules.reading or rules.preference)

    def __call__(self, ranks: Ranks) -> bool:
        """Return whether there is one under some rankings."""
        changed = replace(self._graph, ranks=ranks)
        for state in self._lucky if self._one_by_one else ():
            if all(stays_at(changed, p, state, self._concept.rules) for p in self._parties):
                self._first(state)
                return True
        found = np.flatnonzero(self._held(changed))[:1].tolist()
        for state in found:
            self._first(state)
        return bool(found)

    def proofs(self, ranks: Ranks, most: int) -> list[Proof]:
        """Return for some equilibria under some rankings, those met last first, why they are."""
        if not self._one_by_one:
            return []
        changed = replace(self._graph, ranks=ranks)
        states = self._lucky if most == 1 else np.flatnonzero(self._held(changed)).tolist()
        return [proof for s in states[:most] if (proof := self._proof(changed, s)) is not None]

    def _held(self, changed: Graph) -> BoolArray:
        held = self._target
        for p in self._parties:
            if held.any():
                held = held & self._concept.stable(changed, p)
        return held

    def _proof(self, changed: Graph, state: int) -> Proof | None:
        each = [grounds(changed, p, state, self._concept.rules) for p in self._parties]
        if any(own is None for own in each):
            return None
        said = {ground for own in each for ground in own or ()}
        return tuple(_columns([g[1:] for g in said if g[0] == p]) for p in self._parties)

    def _first(self, state: int) -> None:
        self._lucky = [state, *(s for s in self._lucky if s != state)][:4]


def _columns(said: Sequence[tuple[int, int, bool]]) -> Comparisons:
    low, high, better = zip(*said, strict=True) if said else ((), (), ())
    return np.array(low, np.intp), np.array(high, np.intp), np.array(better, bool)


def zone_turn(case: Case, graph: Graph, today: int, parties: Sequence[int]) -> Radius:
    """Return which single change turns whether anything is better than today for some parties.

    Parameters
    ----------
    case, graph : Case, Graph
        The case and its states.
    today : int
        Flat index.
    parties : sequence of int
        All of them must be better off.

    Raises
    ------
    LimitError
        If there are more states than are gone through beside other questions.
    """
    if graph.n_states > ZONE_STATES:
        raise LimitError(f"the case has more than {ZONE_STATES:,} states")
    states = np.flatnonzero(graph.feasible)
    now = np.full(len(states), today)
    better = {p: graph.ranks[p].flat[states] > graph.ranks[p].flat[today] for p in parties}
    holds = bool(np.logical_and.reduce([*better.values()]).any())
    turns: list[tuple[Change, ...]] = []
    for p in sorted(parties):
        changed = _Party(case, graph, p, 1, add=False)
        others = np.logical_and.reduce([better[q] for q in parties if q != p] or [now == today])
        after = (changed.better(1, now, states) & others).any(axis=1)
        turns += [changed.after(1)[k].edits for k in np.flatnonzero(after != holds).tolist()]
    stopped = "count" if len(turns) >= MOST else ""
    return Radius(holds, 1 if turns else None, tuple(turns[:MOST]), 1 if turns else 2, stopped)


def basis_of(case: Case, change: Change) -> Basis | None:
    """Return what the line rests on that a change drops or moves; None where there is none."""
    if isinstance(change, Swap) or change.op == "add":
        return None
    wants = case.parties[change.party].preferences
    statements = wants.statements if isinstance(wants, Statements) else ()
    return next((s.basis for s in statements if s.formula == change.statement), None)


def place_of(case: Case, change: Edit) -> int | None:
    """Return the place of a statement in the case as it is written, from 1."""
    wants = case.parties[change.party].preferences
    statements = wants.statements if isinstance(wants, Statements) else ()
    return next((k for k, s in enumerate(statements, 1) if s.formula == change.statement), None)


def ways_in_order(found: Radius) -> tuple[tuple[Change, ...], ...]:
    """Return the ways in the order of telling: those that drop wishes come first."""
    rank = {"drop": 0, "swap": 1, "move": 2, "merge": 3, "add": 4}
    return tuple(sorted(found.turns, key=lambda way: max(rank[c.op] for c in way)))
