"""How much of its reports a draft is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from detente.case.model import Case, Statements, Understood
from detente.drafting.options import Menu
from detente.drafting.positions import Position
from detente.drafting.sides import Sides
from detente.reading.claims import Claim
from detente.reading.records import SentenceRecord


def understanding(
    case: Case,
    people: Sides,
    menu: Menu,
    positions: Sequence[Position],
    claims: Sequence[Claim],
    sentences: Sequence[SentenceRecord],
    dropped: int = 0,
) -> Case:
    """Return a drafted case with how much of its reports it is made of.

    Parameters
    ----------
    case : Case
        The draft.
    people : Sides
        Who takes part.
    menu : Menu
        Its options.
    positions : sequence of Position
        What it was made of.
    claims : sequence of Claim
        What was read.
    sentences : sequence of SentenceRecord
        All sentences, marked whether worth reading.
    dropped : int
        Proposals of a language model that were dropped.
    """
    worth = [s for s in sentences if s.worth]
    told = [c for c in claims if c.party and c.kind != "statement"]
    heard = sum(any(_in(c, s) for c in told) for s in worth)
    wishing = [p for p in case.parties if _wishes(p.preferences)]
    talkers = {menu.party_names[t] for t in people.talks}
    both = bool(talkers) and talkers <= _speaking(case)
    return replace(
        case,
        understood=Understood(
            round(100 * heard / len(worth)) if worth else 0,
            round(100 * len(wishing) / len(case.parties)),
            both,
            _positions(claims, people),
            heard,
            dropped,
            _answered(positions, menu, people.talks),
        ),
    )


def _wishes(preferences: object) -> bool:
    return isinstance(preferences, Statements) and bool(preferences.statements)


def _speaking(case: Case) -> set[str]:
    """Return the parties with a condition, a refusal or a wish in their own words."""
    said = {c.party for c in case.conditions} | {r.party for r in case.refusals}
    return said | {p.name for p in case.parties if _wishes(p.preferences)}


def _positions(claims: Sequence[Claim], people: Sides) -> int:
    """Return how many positions of the parties were understood."""
    kinds = ("condition", "refusal", "demand")
    return sum(c.kind in kinds and c.party in people.names for c in claims)


_SAID = ("no", "bond", "offer", "does", "threat")
"""Sorts of positions in which a party speaks of a deed of its own."""


def _answered(positions: Sequence[Position], menu: Menu, talks: Sequence[str]) -> int:
    """Return of how much that some ask of each other the other has spoken, in percent."""
    at_table = frozenset(talks)
    asked: set[str] = set()
    spoken: set[str] = set()
    for one in positions:
        wanted = one.need if one.sort == "bond" else one.deed if one.sort == "wish" else None
        if wanted is not None and {one.party, wanted.agent} <= at_table:
            asked.add(menu.named(wanted))
        if one.sort in _SAID and one.deed.agent == one.party:
            spoken.add(menu.named(one.deed))
    asked.discard("")
    return round(100 * len(asked & spoken) / len(asked)) if asked else 0


def _in(claim: Claim, sentence: SentenceRecord) -> bool:
    """Tell whether a claim stands in a sentence."""
    begin, end = sentence.span
    return claim.report == sentence.report and any(
        part.start < end and begin < part.end for part in claim.content
    )
