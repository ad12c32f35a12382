"""Who takes part in a draft: parties, who only helps, and who has to sit down with whom."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from detente.drafting.likeness import Likeness
from detente.drafting.sidesfile import Told
from detente.reading.claims import Claim

MAX_PARTIES = 6
"""Most parties of a draft; the rest are named as left out."""

HARD = ("condition", "refusal", "threat")
"""Kinds of claims that make a party of whoever only helped otherwise."""

OWN = (*HARD, "demand", "offer", "pressure")
"""Kinds of claims that are a position."""

_WEIGHT = {"condition": 3.0, "refusal": 3.0, "threat": 2.0, "demand": 2.0, "pressure": 2.0}
_LEAST = 2
_CLEAR = 1.25
"""By how much the two that face each other most must be ahead of any other two."""


Between: TypeAlias = defaultdict[tuple[str, str], float]
"""How much one party has to do with another."""


@dataclass(frozen=True)
class Sides:
    """Who takes part.

    Parameters
    ----------
    names : tuple of str
        The parties as claims name them, those with most at stake first.
    mediators : tuple of str
        Who brings the others together, and has nothing at stake.
    left_out : tuple of str
        Who is named, but has no position, or is asked for nothing.
    talks : tuple of str
        Who has to sit down with whom; empty where that cannot be told.
    facing : dict of str to str
        Each party to the one that it has most to do with.
    told : bool
        Whether a person said who has to sit down with whom.
    """

    names: tuple[str, ...]
    mediators: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    talks: tuple[str, ...] = ()
    facing: dict[str, str] | None = None
    told: bool = False


NO_SIDES = Sides(())
"""Nobody yet."""


def sides(claims: Sequence[Claim], like: Likeness, told: Told) -> Sides:
    """Return who takes part.

    Parameters
    ----------
    claims : sequence of Claim
        Of all reports.
    like : Likeness
        What deeds have in common.
    told : Told
        What a person said of it.
    """
    has: defaultdict[str, Counter[str]] = defaultdict(Counter)
    between: Between = defaultdict(float)
    helping: set[str] = set(told.mediators)
    for c in claims:
        if not c.party:
            continue
        has[c.party][c.kind] += 1
        if _helps(c, like):
            helping.add(c.party)
        for other in {c.target, c.act.agent if c.act else "", c.bound.agent if c.bound else ""}:
            if other and other != c.party and c.kind in _WEIGHT:
                between[c.party, other] += _WEIGHT[c.kind]
    helping -= {p for p in helping if _stakes(has[p], like) and p not in told.mediators}
    helping -= set(told.talks)
    out = set(told.left_out) | helping
    own = {p for p in has if p not in out and any(has[p][kind] for kind in OWN)}
    asked = {b for (a, b), _ in between.items() if a in own}
    kept = (own & asked) | set(told.talks)
    if len(kept) < _LEAST:
        kept |= _facing_each_other(own, set(has) - out, between)
    weight = {p: sum(n * _WEIGHT.get(kind, 0.5) for kind, n in has[p].items()) for p in kept}
    order = sorted(kept, key=lambda p: (p not in told.talks, -weight[p], p))
    names = tuple(order[:MAX_PARTIES])
    rest = sorted((set(has) | set(order[MAX_PARTIES:]) | set(told.left_out)) - set(names) - helping)
    talks = told.talks or _talks(names, between)
    return Sides(
        names,
        tuple(sorted(helping)),
        tuple(rest),
        talks,
        _facing(names, between, talks),
        bool(told.talks),
    )


def _facing_each_other(own: set[str], known: set[str], between: Between) -> set[str]:
    """Return who asks most of whom: where no two ask each other, a case needs them all the same."""
    pairs = [
        (weight, pair)
        for pair, weight in between.items()
        if pair[0] in own and pair[1] in known and weight >= _WEIGHT["demand"]
    ]
    return set(max(pairs, key=lambda found: (found[0], found[1]))[1]) if pairs else set()


def _helps(c: Claim, like: Likeness) -> bool:
    """Tell whether somebody hosts, invites, brokers, observes or offers its good offices."""
    if c.kind not in ("offer", "support", "event"):
        return False
    if c.kind == "support":
        return True
    verb = c.act.verb if c.act else ""
    first = {like.root(w) for w in c.text.split()[:8]}
    asks = c.kind == "offer" and bool({like.root(h) for h in like.helps} & first)
    return verb in like.helps or asks


def _stakes(kinds: Counter[str], like: Likeness) -> bool:
    """Tell whether somebody holds a condition, refusal or threat of its own."""
    return any(kinds[kind] for kind in HARD)


def _talks(names: Sequence[str], between: Between) -> tuple[str, ...]:
    """Return the two that stand in each other's way, where they are clear of all others."""
    pairs = sorted(_pairs(names, between), reverse=True)
    if not pairs or pairs[0][0] <= 0:
        return ()
    if len(pairs) > 1 and pairs[1][0] * _CLEAR > pairs[0][0]:
        return ()
    return pairs[0][1]


def _pairs(names: Sequence[str], between: Between) -> Iterable[tuple[float, tuple[str, str]]]:
    """Yield how much two ask of each other; nothing where only one asks."""
    for k, a in enumerate(names):
        for b in names[k + 1 :]:
            there, back = between[a, b], between[b, a]
            yield (there + back if there and back else 0.0), (a, b)


def _facing(names: Sequence[str], between: Between, talks: Sequence[str]) -> dict[str, str]:
    """Return whom each has most to do with, where one is clear of the others."""
    found: dict[str, str] = {}
    for name in names:
        if len(talks) == 2 and name in talks:
            found[name] = next(t for t in talks if t != name)
            continue
        others = sorted((between[name, o] + between[o, name] / 2, o) for o in names if o != name)
        if others and others[-1][0] > 0 and (len(others) == 1 or others[-1][0] > others[-2][0]):
            found[name] = others[-1][1]
    return found
