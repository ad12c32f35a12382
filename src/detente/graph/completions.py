"""The ways that a party's wishes may be, one by one, and the rankings that they come to."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from detente.case.model import Case, Party, Preferences, Reading, Statement, Statements
from detente.case.truth import Truth
from detente.errors import LimitError
from detente.graph.build import ranks_of
from detente.graph.model import BoolArray, Graph, IntArray

MAX_COMPLETIONS = 1 << 13
"""Most ways that one party's wishes may be."""

HALF = Fraction(1, 2)
"""What the chance of a wish counts for where nobody says."""


@dataclass(frozen=True, eq=False, slots=True)
class PossibleRanking:
    """One ranking that a party may have.

    Parameters
    ----------
    ranks : integer array
        As in :class:`~detente.graph.model.Graph`.
    times : int
        How many of the ways that its wishes may be come to this ranking.
    share : Fraction
        How likely they are together; those that nobody gives a chance count alike.
    """

    ranks: IntArray
    times: int
    share: Fraction


def in_doubt(party: Party) -> bool:
    """Return whether anything about a party's wishes is left open."""
    return n_completions(party) > 1


def graded(case: Case) -> bool:
    """Return whether a case says how likely anything about its wishes is."""
    return any(
        reading.share is not None
        or (
            isinstance(reading.preferences, Statements)
            and any(wish.chance is not None for wish in reading.preferences.statements)
        )
        for party in case.parties
        for reading in _readings(party)
    )


def n_completions(party: Party) -> int:
    """Return in how many ways a party's wishes may be, those included that nobody believes in."""
    return sum(_many(r.preferences) for r in _readings(party))


def completions(party: Party) -> Iterator[tuple[Preferences, Fraction]]:
    """Yield every way that a party's wishes may be, with its share.

    A way picks independently a reading, whether each unsure statement is there, and an order for
    the statements of each ``either``.
    """
    readings = _readings(party)
    for reading in readings:
        share = Fraction(1, len(readings)) if reading.share is None else reading.share
        for wants, part in _ways(reading.preferences):
            yield wants, share * part


def possible_rankings(case: Case, graph: Graph) -> tuple[tuple[PossibleRanking, ...], ...]:
    """Return for each party the rankings that its wishes may come to, no two the same.

    Raises
    ------
    LimitError
        If there are too many ways.
    """
    truth = graph.truth(case)
    return tuple(_possible_rankings(party, truth, graph.feasible) for party in case.parties)


def _possible_rankings(
    party: Party, truth: Truth, feasible: BoolArray
) -> tuple[PossibleRanking, ...]:
    many = n_completions(party)
    if many > MAX_COMPLETIONS:
        raise LimitError(
            f"the wishes of '{party.name}' may be in {many:,} ways, more than the "
            f"{MAX_COMPLETIONS:,} that are looked through; settle some of what is unsure"
        )
    found: dict[bytes, PossibleRanking] = {}
    for wants, share in completions(party):
        ranks = ranks_of(party.name, wants, truth, feasible)
        key = ranks.dtype.char.encode() + ranks[feasible].tobytes()
        before = found.get(key)
        if before is None:
            found[key] = PossibleRanking(ranks, 1, share)
        else:
            found[key] = replace(before, times=before.times + 1, share=before.share + share)
    return tuple(found.values())


def _readings(party: Party) -> tuple[Reading, ...]:
    return party.readings or (Reading("", party.preferences),)


def _many(wants: Preferences) -> int:
    if not isinstance(wants, Statements):
        return 1
    orders = math.prod(math.factorial(len(group)) for group in _groups(wants))
    return orders << sum(wish.unsure for wish in wants.statements)


def _ways(wants: Preferences) -> Iterator[tuple[Preferences, Fraction]]:
    if not isinstance(wants, Statements):
        yield wants, Fraction(1)
        return
    groups = _groups(wants)
    orders = math.prod(math.factorial(len(group)) for group in groups)
    unsure = [wish for wish in wants.statements if wish.unsure]
    for ordered in itertools.product(*map(itertools.permutations, groups)):
        wishes = tuple(itertools.chain.from_iterable(ordered))
        for kept in itertools.product((True, False), repeat=len(unsure)):
            left_out = {id(w) for w, there in zip(unsure, kept, strict=True) if not there}
            there = tuple(wish for wish in wishes if id(wish) not in left_out)
            chances = (_chance(w, there) for w, there in zip(unsure, kept, strict=True))
            yield Statements(there), math.prod(chances, start=Fraction(1, orders))


def _chance(wish: Statement, there: bool) -> Fraction:
    chance = HALF if wish.chance is None else wish.chance
    return chance if there else 1 - chance


def _groups(wants: Statements) -> list[tuple[Statement, ...]]:
    """Return the statements with a place of their own, each alone, and those without together."""
    groups: list[tuple[Statement, ...]] = []
    for wish in wants.statements:
        if wish.either and groups and groups[-1][0].either == wish.either:
            groups[-1] += (wish,)
        else:
            groups.append((wish,))
    return groups
