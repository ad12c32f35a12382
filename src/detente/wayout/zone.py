"""The zone of agreement: what several parties would all rather have than today.

Today is one state. A party gains where it is strictly better off than there; the zone is where
all the parties asked about gain. Everything here is about levels on one party's own scale: gains
of two parties are never added or weighed against each other.

Whether today is a stalemate, whom it hurts and whether there is a way out are the three parts of
ripeness [Zartman2000]_; the measure of hurting taken here is our own.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from detente.case.model import Case
from detente.graph.climb import improving_closure, improving_from
from detente.graph.joint import closure, fixpoint, settle
from detente.graph.model import BoolArray, Graph, Party
from detente.graph.moves import best
from detente.stability.registry import Concept
from detente.wayout.misses import Near, nearest

HURTING = Fraction(1, 4)
"""Today hurts a party if at most this share of the feasible states is worse for it."""

BLOCK = 256
"""Levels of the zone compared with each other at a time."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What today is worth to one party, and what it could count on without agreement.

    Parameters
    ----------
    party : int
        Who.
    better, worse : int
        How many feasible states it ranks above today, and below.
    hurting : bool
        Whether today hurts it: by its place, or as the case says.
    pushed_to : int
        The lowest rank that improvements of the others, one after the other, can bring it to
        from today.
    alone : int
        The highest rank that it can make sure of against such improvements by one move of its
        own or by none: its best alternative to an agreement.
    """

    party: Party
    better: int
    worse: int
    hurting: bool
    pushed_to: int
    alone: int


@dataclass(frozen=True, eq=False)
class Zone:
    """What some parties would all rather have than today; of states that count as one the first.

    Parameters
    ----------
    start : int
        Flat index of today's state.
    parties : tuple of int
        Whose gain is asked for.
    states : bool array, one axis an option
        The zone.
    weak : bool array
        Where nobody is worse off than today and somebody is better off; it holds the zone.
    pareto : bool array
        The states of the zone from which nothing would make one of them better off and none of
        them worse.
    hold : tuple of (str, bool array)
        For each concept asked about the states of the zone that are equilibria.
    stays : tuple of (str, tuple of int)
        For each concept all the parties that would stay where they are today.
    reachable, willingly : bool arrays
        The states of the zone that any moves lead to, and that improvements alone lead to.
    without : tuple of bool arrays
        For each of the parties: where all the others gain.
    standings : tuple of Standing
        One for each of the parties.
    acceptable : bool array
        The states of the zone that give each of them at least what it can make sure of alone.
    nearest : tuple of Near
        Where the zone is empty, the outcomes that fail the fewest; those of most states first.
        Empty if nobody gains anything anywhere.
    """

    start: int
    parties: tuple[Party, ...]
    states: BoolArray = field(repr=False)
    weak: BoolArray = field(repr=False)
    pareto: BoolArray = field(repr=False)
    hold: tuple[tuple[str, BoolArray], ...] = field(repr=False)
    stays: tuple[tuple[str, tuple[Party, ...]], ...]
    reachable: BoolArray = field(repr=False)
    willingly: BoolArray = field(repr=False)
    without: tuple[BoolArray, ...] = field(repr=False)
    standings: tuple[Standing, ...]
    acceptable: BoolArray = field(repr=False)
    nearest: tuple[Near, ...]


def zone(
    case: Case,
    graph: Graph,
    start: int,
    parties: Sequence[Party],
    concepts: Sequence[Concept],
    *,
    hurting: Collection[Party] = (),
) -> Zone:
    """Return what some parties would all rather have than a state.

    Parameters
    ----------
    case, graph : Case, Graph
        The case and its arrays.
    start : int
        Flat index of today's state.
    parties : sequence of int
        Whose gain is asked for; the case must say what they want.
    concepts : sequence of Concept
        Concepts over parties, under which the zone may hold.
    hurting : collection of int
        Parties that today hurts, whatever its place.
    """
    members = tuple(sorted(parties))
    gains = [better_than(graph, i, start) for i in members]
    states = _all_of(gains, graph.feasible)
    fine = [graph.feasible & (graph.ranks[i] >= graph.ranks[i].flat[start]) for i in members]
    verdicts = [(c.name, [c.stable(graph, i) for i in range(len(graph.parties))]) for c in concepts]
    standings = tuple(_standing(graph, start, i, i in hurting) for i in members)
    acceptable = states.copy()
    for own in standings:
        acceptable &= graph.ranks[own.party] >= own.alone
    one = graph.singly
    return Zone(
        start,
        members,
        one(states),
        one(_all_of(fine, graph.feasible) & np.logical_or.reduce(gains)),
        one(pareto(graph, states, members)),
        tuple((name, one(states & np.logical_and.reduce(stable))) for name, stable in verdicts),
        tuple(
            (name, tuple(i for i, where in enumerate(stable) if where.flat[start]))
            for name, stable in verdicts
        ),
        one(states & reached(graph, start, range(len(graph.parties)))),
        one(states & reached(graph, start, range(len(graph.parties)), improving=True)),
        tuple(one(_all_of(gains[:k] + gains[k + 1 :], graph.feasible)) for k in range(len(gains))),
        standings,
        one(acceptable),
        () if states.any() else tuple(nearest(case, graph, start, members, gains)),
    )


def better_than(graph: Graph, party: Party, state: int) -> BoolArray:
    """Return the feasible states that a party ranks above one."""
    ranks = graph.ranks[party]
    better: BoolArray = graph.feasible & (ranks > ranks.flat[state])
    return better


def reached(
    graph: Graph, start: int, movers: Sequence[Party], *, improving: bool = False
) -> BoolArray:
    """Return a state and all that legal sequences of moves, or of improvements, lead to from it."""
    here = np.zeros(graph.shape, bool)
    here.flat[start] = True
    if not improving:
        found: BoolArray = closure(np.bitwise_or, here, graph, movers, back=True)
        return found
    transitive = all(graph.transitive[j] for j in movers)
    walk = settle if transitive else fixpoint
    went: BoolArray = walk(
        np.bitwise_or, here, graph, movers, lambda j, states: improving_from(states, graph, j)
    )
    return went


def pareto(graph: Graph, states: BoolArray, parties: Sequence[Party]) -> BoolArray:
    """Return the states of a set that no other state of it betters for some and for none worsens.

    For a zone that is the same as asking all feasible states: whatever is at least as good for
    everybody as a state of the zone lies in the zone.
    """
    at = np.flatnonzero(states)
    if not len(at) or not parties:
        return states.copy()
    ranks = np.stack([graph.ranks[i].ravel()[at].astype(np.int64) for i in parties], axis=1)
    levels, number = np.unique(ranks, axis=0, return_inverse=True)
    found = np.zeros_like(states)
    found.flat[at[_undominated(levels)[number.reshape(-1)]]] = True
    return found


def _undominated(levels: NDArray[np.int64]) -> BoolArray:
    """Return which of some distinct vectors no other one equals or exceeds everywhere.

    A vector that exceeds another has the larger sum, so those of large sums come first, and a
    block need be compared with itself and what is left after it only.
    """
    left = np.argsort(-levels.sum(axis=1), kind="stable")
    kept = np.zeros(len(levels), bool)
    while len(left):
        block, left = left[:BLOCK], left[BLOCK:]
        over = np.all(levels[block][:, None, :] <= levels[block][None, :, :], axis=2)
        block = block[np.count_nonzero(over, axis=1) == 1]  # each equals itself
        kept[block] = True
        for one in block:
            left = left[(levels[left] > levels[one]).any(axis=1)]
    return kept


def _standing(graph: Graph, start: int, party: Party, hurting: bool) -> Standing:
    ranks = graph.ranks[party]
    after = improving_closure(ranks, graph, graph.others(party))
    better = graph.count(graph.feasible & (ranks > ranks.flat[start]))
    worse = graph.count(graph.feasible & (ranks < ranks.flat[start]))
    alone = np.broadcast_to(best(after, graph, party), graph.shape).flat[start]
    hurts = hurting or worse <= HURTING * graph.n_states
    return Standing(party, better, worse, hurts, int(after.flat[start]), int(alone))


def _all_of(sets: Sequence[BoolArray], feasible: BoolArray) -> BoolArray:
    """Return where all of some sets meet; everything feasible if there are none."""
    found: BoolArray = np.logical_and.reduce([feasible, *sets])
    return found
