"""How much a result hangs on: the least change of what the parties want after which it is another.

A change drops a statement, or moves it to another priority; of a party whose preference is a
ranking it swaps neighbours, merges two neighbouring classes, or moves a state to the class beside
its own. Changes are counted over all parties, each as one.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np

from detente.case.model import Basis, Case, Statements
from detente.doubt.rankings import Ranked, Rankings, Swap
from detente.errors import LimitError
from detente.graph.model import BoolArray, Graph, IntArray
from detente.stability.registry import Concept
from detente.wayout.local import stays_at
from detente.wayout.minds import Edit, Mind, Wishes, pool
from detente.wayout.results import Zone

SECONDS = 20.0
"""Most time for one search."""

ZONE_STATES = 4_096
"""Most states of a case that is asked beside other questions what turns its zone."""

MOST = 200
"""Most ways of least number that are kept."""

Change: TypeAlias = Edit | Swap
Ranks: TypeAlias = tuple[IntArray, ...]
Holds: TypeAlias = Callable[[Ranks], bool]
"""Whether a result holds if the parties ranked the states so."""


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
    """What one party could want after so many changes, as ranks; no two the same."""

    def __init__(self, case: Case, graph: Graph, party: int, most: int, *, add: bool) -> None:
        self._graph, self._party = graph, party
        by_wishes = isinstance(case.parties[party].preferences, Statements)
        self._minds: Wishes | Rankings = (
            Wishes(case, graph, party, pool(case) if add else (), most)
            if by_wishes
            else Rankings(graph, party)
        )
        self._kept: dict[int, list[tuple[tuple[Change, ...], IntArray]]] = {
            0: [((), graph.ranks[party])]
        }
        self._met = {self._key(graph.ranks[party])}

    def after(self, n: int) -> list[tuple[tuple[Change, ...], IntArray]]:
        """Return the changes with which just so many lead to a ranking that is new."""
        for k in range(len(self._kept), n + 1):
            self._kept[k] = list(self._new(k))
        return self._kept[n]

    def _new(self, n: int) -> Iterator[tuple[tuple[Change, ...], IntArray]]:
        for mind in self._minds.with_edits(n):
            ranks = self._ranks(mind)
            if n > 1 and self._key(ranks) in self._met:
                continue  # fewer changes come to the same
            if self._key(ranks) != self._key(self._graph.ranks[self._party]):
                self._met.add(self._key(ranks))
                yield mind.edits, ranks

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

    def _key(self, ranks: IntArray) -> bytes:
        return ranks[self._graph.feasible].astype(np.int32).tobytes()


def radius(
    case: Case,
    graph: Graph,
    holds: Holds,
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
    holds : callable
        Whether the result holds under some rankings, such as :func:`outcome` makes.
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
    number is a proof.
    """
    today = holds(graph.ranks)
    end = time.monotonic() + seconds
    parties = [_Party(case, graph, p, most, add=add) for p in range(len(graph.parties))]
    turns: list[tuple[Change, ...]] = []
    level, stopped = 0, ""
    try:
        while not turns and level < most and not stopped:
            level += 1
            spreads = list(_spreads(len(parties), level))
            for done, counts in enumerate(spreads):
                if on_progress is not None:
                    on_progress(done, len(spreads))
                options = [party.after(n) for party, n in zip(parties, counts, strict=True)]
                for chosen in itertools.product(*options):
                    if time.monotonic() > end:
                        stopped = "time"
                        break
                    if holds(tuple(ranks for _, ranks in chosen)) != today:
                        turns.append(tuple(edit for edits, _ in chosen for edit in edits))
                        stopped = "count" if len(turns) >= MOST else ""
                    if stopped:
                        break
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


def outcome(graph: Graph, target: BoolArray, concept: Concept) -> Holds:
    """Return the test whether some state of a set is an equilibrium.

    The states that last passed are asked first, one by one; only where they all fail are all
    states looked at.
    """
    target = target & graph.feasible
    parties = range(len(graph.parties))
    lucky: list[int] = []
    one_by_one = concept.rules.in_turn and concept.rules.reading == ""

    def holds(ranks: Ranks) -> bool:
        changed = replace(graph, ranks=ranks)
        for state in lucky if one_by_one else ():
            if all(stays_at(changed, p, state, concept.rules) for p in parties):
                return True
        held = target
        for p in parties:
            if not held.any():
                return False
            held = held & concept.stable(changed, p)
        found = np.flatnonzero(held)[:1].tolist()
        lucky[:0] = [state for state in found if state not in lucky]
        del lucky[4:]
        return bool(found)

    return holds


def gain(graph: Graph, today: int, parties: Sequence[int]) -> Holds:
    """Return the test whether anything is better than today for all of some parties.

    Parameters
    ----------
    today : int
        Flat index.
    """

    def holds(ranks: Ranks) -> bool:
        better = [ranks[p] > ranks[p].flat[today] for p in parties]
        return bool((np.logical_and.reduce(better) & graph.feasible).any())

    return holds


def zone_turn(case: Case, found: Zone) -> Radius:
    """Return which single change turns whether anything is better for all than today.

    Raises
    ------
    LimitError
        If there are more states than are gone through beside other questions.
    """
    if found.graph.n_states > ZONE_STATES:
        raise LimitError(f"the case has more than {ZONE_STATES:,} states")
    test = gain(found.graph, found.found.start, found.found.parties)
    return radius(case, found.graph, test, most=1)


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
