"""How much of its reports a draft is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from detente.case.model import Case, Statements, Understood
from detente.drafting.options import Menu
from detente.drafting.sides import Sides
from detente.reading.claims import Claim
from detente.reading.records import SentenceRecord


def understanding(
    case: Case,
    people: Sides,
    menu: Menu,
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


def _in(claim: Claim, sentence: SentenceRecord) -> bool:
    """Tell whether a claim stands in a sentence."""
    begin, end = sentence.span
    return claim.report == sentence.report and any(
        part.start < end and begin < part.end for part in claim.content
    )
