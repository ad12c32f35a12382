"""Positions: where each party would have each option, said aloud or by its preferences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from detente.case import formula as fm
from detente.case.model import Case, Party, Statements, Weights
from detente.wayout.pulls import pulls

Voice: TypeAlias = Literal["requires", "refuses", "wants"]
"""A condition, a refusal, a preference."""


@dataclass(frozen=True, slots=True)
class Position:
    """One pull of one party at one option.

    Parameters
    ----------
    party, axis : int
        Who, and the option.
    levels : frozenset of int
        Where it would have the option.
    voice : str
        How it is known.
    said : str
        Id of the condition or refusal; empty for a preference.
    weight : int
        Firmness of what was said; the place of a preference from 1, the most important.
    """

    party: int
    axis: int
    levels: frozenset[int]
    voice: Voice
    said: str
    weight: int


def positions(case: Case) -> tuple[Position, ...]:
    """Return every position, party by party, what was said aloud first.

    Of a preference given as statements or weights each formula counts, a negative weight as the
    opposite; a ranking of states says nothing about single options and gives no position. Of a
    preference ``this if that`` only ``this`` is wanted. A formula pulls at an option as
    :func:`detente.wayout.pulls.pulls` has it: it may be one of several things that would do.
    """
    found: list[Position] = []
    for party in range(len(case.parties)):
        found += _aloud(case, party)
        found += _wished(case, party)
    return tuple(found)


def _aloud(case: Case, party: int) -> Iterator[Position]:
    name = case.party_names[party]
    for condition in case.conditions:
        if condition.party == name:
            for axis, levels in pulls(case, condition.needs):
                yield Position(party, axis, levels, "requires", condition.id, condition.firmness)
    for refusal in case.refusals:
        if refusal.party == name:
            for axis, levels in pulls(case, fm.Not(refusal.refuses)):
                yield Position(party, axis, levels, "refuses", refusal.id, refusal.firmness)


def _wished(case: Case, party: int) -> Iterator[Position]:
    for place, formula in enumerate(_wishes(case.parties[party]), start=1):
        wanted = formula.then if isinstance(formula, fm.If) else formula
        for axis, levels in pulls(case, wanted):
            yield Position(party, axis, levels, "wants", "", place)


def _wishes(party: Party) -> tuple[fm.Formula, ...]:
    """Return what a party wants, the most important first."""
    match party.preferences:
        case Statements(statements):
            return tuple(s.formula for s in statements)
        case Weights(weights):
            heavy = sorted(weights, key=lambda pair: -abs(pair[1]))
            return tuple(f if w > 0 else fm.Not(f) for f, w in heavy if w)
        case _:
            return ()
