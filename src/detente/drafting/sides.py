"""The parties of a draft: who takes part with more than words, and who stands against whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from detente.reading.actors import Actors
from detente.reading.claims import Claim

MAX_PARTIES = 6
"""Most parties of a draft; the rest are named as left out."""

WEIGHT = {
    "condition": 3.0,
    "refusal": 3.0,
    "threat": 3.0,
    "offer": 2.0,
    "pressure": 2.0,
    "support": 1.0,
    "event": 1.0,
    "statement": 0.1,
}
"""What a claim of each kind counts when parties are weighed; no unit."""

_HARD = frozenset({"condition", "refusal", "threat", "pressure"})
_KINDLY = 0.1
"""What offers, help and their answers count when opponents are told."""

_ASKED = 2.0
"""What it counts to be asked for something."""


@dataclass(frozen=True)
class Sides:
    """Who takes part.

    Parameters
    ----------
    names : tuple of str
        The parties as claims name them, those that take part most first.
    left_out : tuple of str
        Further ones beyond the limit.
    against : mapping of str to str
        Each party to the one it has most to do with.
    """

    names: tuple[str, ...]
    left_out: tuple[str, ...]
    against: Mapping[str, str]


def sides(claims: Sequence[Claim], actors_of: Callable[[str], Actors]) -> Sides:
    """Return the parties of some claims.

    Parameters
    ----------
    claims : sequence of Claim
        Of all reports.
    actors_of : callable
        A report's id to the actors that may be named in it.
    """
    weight: defaultdict[str, float] = defaultdict(float)
    side_of = {c.speaker: c.party for c in claims if c.speaker and c.kind == "statement"}
    acting = {c.party for c in claims if c.party and _acts(c, side_of)}
    for c in claims:
        if c.party:
            weight[c.party] += WEIGHT[c.kind]
        if c.target and c.kind == "condition":
            weight[c.target] += _ASKED
            if c.target in actors_of(c.report).names.values():
                acting.add(c.target)
    order = sorted(acting, key=lambda name: (-weight[name], name))
    names = tuple(order[:MAX_PARTIES])
    return Sides(names, tuple(order[MAX_PARTIES:]), _against(names, claims, weight))


def _acts(c: Claim, side_of: Mapping[str, str | None]) -> bool:
    """Tell whether a claim is more than words about others, and not told by others alone."""
    if c.kind == "statement" or c.plover == "ACCUSE":
        return False
    return c.speaker is None or side_of.get(c.speaker, c.party) == c.party


def _against(
    names: Sequence[str], claims: Iterable[Claim], weight: Mapping[str, float]
) -> dict[str, str]:
    """Return each party's opposite: the one it asks, threatens, answers or speaks of most."""
    found = list(claims)
    party_of = {c.id: c.party for c in found}
    offers = {c.id for c in found if c.kind == "offer"}
    between: defaultdict[tuple[str, str], float] = defaultdict(float)
    hard: defaultdict[str, float] = defaultdict(float)
    for c in found:
        worth = _KINDLY if c.kind not in _HARD or c.reply_to in offers else WEIGHT[c.kind]
        if c.party and c.kind in _HARD and c.reply_to not in offers:
            hard[c.party] += worth
        for other in (c.target, party_of.get(c.reply_to or "")):
            if c.party and other and other != c.party:
                between[c.party, other] += worth
                between[other, c.party] += worth / 2
    return {
        name: max(
            (between[name, other] + hard[other] / 2, weight[other], other)
            for other in names
            if other != name
        )[2]
        for name in names
        if len(names) > 1
    }
