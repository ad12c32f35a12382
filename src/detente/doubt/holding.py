"""Which states hold whatever the parties want, which may hold, and in how many ways.

Whether a party stays under Nash, GMR or SMR hangs on its own wishes alone, and what one party wants
tells nothing of another: so each is counted by itself, and the numbers are multiplied. Where others
answer by what they gain, the ways are gone through jointly; where these are too many, two bounds
that are always right are told instead. Pairs of states alone would not do: a move may be better in
no single way for sure, and yet one of two moves in each.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from detente.case.model import Case
from detente.errors import CaseError, LimitError
from detente.graph import abreast
from detente.graph.completions import PossibleRanking, n_completions, possible_rankings
from detente.graph.lanes import lanes
from detente.graph.model import BoolArray, Graph, IntArray, Party
from detente.stability.classic import stays
from detente.stability.registry import Concept, find
from detente.stability.rules import Rules

MAX_JOINT = 1 << 12
"""Most joint ways that are gone through."""

DRAWS = 200
"""Joint ways that are drawn where there are too many to go through."""

MAX_DRAWN_STATES = 1 << 16
"""Most states for which that is done."""

Z = 1.959964
"""Half the width of 95 % of a normal distribution, in standard deviations."""

How = Literal["by party", "jointly", "bounds"]


@dataclass(frozen=True, eq=False, slots=True)
class Count:
    """How often each state is stable for one party, or holds; counted over some ways.

    Parameters
    ----------
    times : int array of the shape of the states
        In how many ways.
    parts : int array of that shape
        Its share, as a whole number of parts.
    ways, whole : int
        How many ways there are, and how many parts make 1.
    """

    times: NDArray[np.int64]
    parts: NDArray[np.int64]
    ways: int
    whole: int


@dataclass(frozen=True, eq=False, slots=True)
class InDoubt:
    """Which states hold under one concept, in doubt.

    Parameters
    ----------
    concept : Concept
        The concept.
    how : "by party", "jointly" or "bounds"
        How it was counted. Under ``bounds`` the first two are what is certain: states that hold in
        every way are ``necessary`` at least there, and ``possible`` at most there.
    necessary, possible : bool array of the shape of the states
        Where a state holds in every way, and in some.
    counts : tuple of Count
        Their product counts the ways in which a state holds; empty under ``bounds``.
    hits : int array, optional
        Under ``bounds`` how often each state held in ways drawn by their shares.
    draws : int
        How many were drawn.
    """

    concept: Concept
    how: How
    necessary: BoolArray
    possible: BoolArray
    counts: tuple[Count, ...]
    hits: NDArray[np.int64] | None = None
    draws: int = 0

    def interval(self, state: int) -> tuple[float, float]:
        """Return between which bounds the share of a state lies, as the draws say.

        Notes
        -----
        Wilson's interval at 95 %.
        """
        if self.hits is None:
            return 0.0, 1.0
        n, z2 = self.draws, Z * Z
        p = int(self.hits.flat[state]) / n
        middle = (p + z2 / (2 * n)) / (1 + z2 / n)
        half = Z / (1 + z2 / n) * math.sqrt(p * (1 - p) / n + z2 / (4 * n * n))
        return (middle - half if p else 0.0), (middle + half if p < 1 else 1.0)

    def times(self, state: int) -> int:
        """Return in how many ways a state, by its flat index, holds."""
        return math.prod(int(count.times.flat[state]) for count in self.counts)

    def share(self, state: int) -> Fraction:
        """Return how likely it is that a state, by its flat index, holds."""
        parts = (Fraction(int(c.parts.flat[state]), c.whole) for c in self.counts)
        return math.prod(parts, start=Fraction(1))


@dataclass(frozen=True, eq=False, slots=True)
class Doubt:
    """Which states hold in every way that the parties' wishes may be, and in some.

    Parameters
    ----------
    ways : tuple of int
        In how many ways each party's wishes may be.
    held : tuple of InDoubt
        One for each concept.
    """

    ways: tuple[int, ...]
    held: tuple[InDoubt, ...]

    @property
    def n_ways(self) -> int:
        """In how many ways the wishes of all may be."""
        return math.prod(self.ways)


def doubt(case: Case, graph: Graph, concepts: Sequence[Concept], rng: np.random.Generator) -> Doubt:
    """Return which states hold in every way that the wishes of the parties may be, and in some.

    Parameters
    ----------
    concepts : sequence of Concept
        Over parties.
    rng : Generator
        For the ways that are drawn where there are too many.

    Raises
    ------
    LimitError
        If there are too many ways.
    CaseError
        If a concept is over coalitions, or some way tells apart states that count as one.
    """
    for concept in concepts:
        if concept.over != "party":
            raise CaseError(
                f"doubt is counted under concepts over parties; '{concept.name}' is over coalitions"
            )
        if concept.rules.preference:
            raise CaseError(
                f"'{concept.name}' asks more than rankings; doubt is counted under concepts that "
                "do not"
            )
    known = possible_rankings(case, graph)
    _require_alike(case, graph, known)
    held = tuple(_under(graph, concept, known, rng) for concept in concepts)
    return Doubt(tuple(map(n_completions, case.parties)), held)


def _require_alike(
    case: Case, graph: Graph, known: tuple[tuple[PossibleRanking, ...], ...]
) -> None:
    if graph.merged is None:
        return
    at = np.flatnonzero(graph.feasible)
    firsts = graph.firsts(at)
    for party, several in zip(case.parties, known, strict=True):
        for ranking in several:
            ranks = ranking.ranks.ravel()
            if (apart := ranks[at] != ranks[firsts]).any():
                k = int(apart.argmax())
                one, other = graph.codes(np.array([firsts[k], at[k]]))
                raise CaseError(
                    f"'equivalent': as {party.name}'s wishes may be, it does not like {one} and "
                    f"{other} equally, so these cannot count as one state in every way; mend its "
                    "preferences, or take that out of the case for --doubt"
                )


def own_wishes_decide(concept: Concept) -> bool:
    """Return whether a party's own wishes alone decide whether it stays."""
    parts = (*concept.any_of, *(part for _, part in concept.by_party))
    if parts:
        return all(map(own_wishes_decide, parts))
    return concept.rules.answers in ("nothing", "moves", "worst")


def _improving(concept: Concept) -> bool:
    """Whether the others answer by improvements, however many, as under seq."""
    return replace(concept.rules, final=False) == Rules("improvements")


def _under(
    graph: Graph,
    concept: Concept,
    known: tuple[tuple[PossibleRanking, ...], ...],
    rng: np.random.Generator,
) -> InDoubt:
    if own_wishes_decide(concept):
        counts = tuple(
            _counted(graph.shape, (_stays(graph, concept, party, one) for one in several), several)
            for party, several in enumerate(known)
        )
        return _exact(concept, "by party", counts)
    if math.prod(map(len, known)) <= MAX_JOINT:
        return _exact(concept, "jointly", (_jointly(graph, concept, known),))
    if not _improving(concept):
        raise LimitError(
            f"'{concept.name}' would have to be worked out in "
            f"{math.prod(map(len, known)):,} joint ways, more than {MAX_JOINT:,}; settle some of "
            "what is unsure, or ask nash, gmr, smr or seq"
        )
    # Who has no better move stays under seq, and who stays under seq stays under gmr.
    lower, upper = (_under(graph, find(name), known, rng) for name in ("nash", "gmr"))
    hits, draws = None, 0
    if graph.feasible.size <= MAX_DRAWN_STATES:
        hits, draws = _drawn(graph, concept, known, rng), DRAWS
    return InDoubt(concept, "bounds", lower.necessary, upper.possible, (), hits, draws)


def _drawn(
    graph: Graph,
    concept: Concept,
    known: tuple[tuple[PossibleRanking, ...], ...],
    rng: np.random.Generator,
) -> NDArray[np.int64]:
    """Return how often each state holds in joint ways drawn by their shares."""
    shares = [np.array([float(ranking.share) for ranking in several]) for several in known]
    picks = [rng.choice(len(s), DRAWS, p=s / s.sum()) for s in shares]
    hits = np.zeros(graph.shape, np.int64)
    for drawn in zip(*picks, strict=True):
        ranks = tuple(several[int(k)].ranks for several, k in zip(known, drawn, strict=True))
        changed, held = graph.with_ranks(ranks), graph.feasible
        for party in range(len(graph.parties)):
            held = held & concept.stable(changed, party)
        hits += held
    return hits


def _stays(graph: Graph, concept: Concept, party: int, ranking: PossibleRanking) -> BoolArray:
    ranks = (*graph.ranks[:party], ranking.ranks, *graph.ranks[party + 1 :])
    return concept.stable(replace(graph, ranks=ranks), party)


def _jointly(
    graph: Graph, concept: Concept, known: tuple[tuple[PossibleRanking, ...], ...]
) -> Count:
    ways = tuple(map(len, known))
    # A bit for each state: whether it holds in a way.
    held = np.zeros((*ways, -(-graph.feasible.size // 8)), np.uint8)
    held[...] = np.packbits(graph.feasible)
    # What follows from one party's ranking alone serves every way in which it has that one.
    tables: dict[tuple[Party, int], dict[Hashable, Any]] = {}
    for party, own in enumerate(known):
        others = graph.others(party)
        for chosen in itertools.product(*(range(ways[p]) for p in others)):
            at = dict(zip(others, chosen, strict=True))
            ranks = tuple(known[p][at.get(p, 0)].ranks for p in range(len(known)))
            changed = graph.with_ranks(ranks, [tables.get(pair, {}) for pair in at.items()])
            stable = _stays_each(changed, concept, party, [ranking.ranks for ranking in own])
            place = tuple(at.get(p, slice(None)) for p in range(len(known)))
            held[place] &= np.packbits(stable.reshape(len(own), -1), axis=1)
            for pair in at.items():
                tables.setdefault(pair, changed.tables(pair[0]))
    together = [
        PossibleRanking(
            known[0][0].ranks, math.prod(m.times for m in way), _product(m.share for m in way)
        )
        for way in itertools.product(*known)
    ]
    bits = held.reshape(len(together), -1)
    size = graph.feasible.size
    each = (np.unpackbits(row, count=size).view(bool).reshape(graph.shape) for row in bits)
    return _counted(graph.shape, each, together)


def _stays_each(
    graph: Graph, concept: Concept, party: Party, rankings: Sequence[IntArray]
) -> NDArray[np.bool_]:
    """Return where a party stays under each of some rankings of its own."""
    if _improving(concept):
        wide = lanes(graph, np.stack(rankings, axis=-1))

        def answer(values: IntArray, *_: object) -> IntArray:
            return abreast.improving_closure(values, graph, graph.others(party))

        return np.moveaxis(stays(wide, party, concept.rules, answer=answer), -1, 0)
    found = []
    for ranks in rankings:
        of_all = (*graph.ranks[:party], ranks, *graph.ranks[party + 1 :])
        same = [graph.tables(p) for p in graph.others(party)]
        found.append(concept.stable(graph.with_ranks(of_all, same), party))
    return np.array(found)


def _product(shares: Iterable[Fraction]) -> Fraction:
    return math.prod(shares, start=Fraction(1))


def _counted(
    shape: tuple[int, ...], held: Iterable[BoolArray], known: Sequence[PossibleRanking]
) -> Count:
    whole = math.lcm(*(ranking.share.denominator for ranking in known))
    if whole >= 1 << 62:
        raise LimitError(
            "the chances differ too much in size to be added exactly; use rounder ones"
        )
    times, parts = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    for where, ranking in zip(held, known, strict=True):
        times += where * np.int64(ranking.times)
        parts += where * np.int64(ranking.share * whole)
    ways = sum(ranking.times for ranking in known)
    for array in (times, parts):
        array.setflags(write=False)
    return Count(times, parts, ways, whole)


def _exact(concept: Concept, how: How, counts: tuple[Count, ...]) -> InDoubt:
    necessary = np.logical_and.reduce([count.times == count.ways for count in counts])
    possible = np.logical_and.reduce([count.times > 0 for count in counts])
    return InDoubt(concept, how, necessary, possible, counts)
