"""Offers, refusals, threats and deeds as claims, and the offers that an answer names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from detente.reading.actors import Actors
from detente.reading.claims import Claim
from detente.reading.paragraphs import Span
from detente.reading.report import Report
from detente.reading.said import (
    SELF,
    Said,
    around,
    clipped,
    other_actor,
    position,
    same_cue,
    who_acts,
)
from detente.reading.sentences import Sentence
from detente.reading.speakers import AUTHOR, Cast, Speaker
from detente.reading.stances import Stance

_KIND = {"accept": "event", "ignore": "refusal", "lapse": "event"}


def of_stance(
    report: Report,
    s: Sentence,
    stance: Stance,
    said: Sequence[Said],
    drafts: Sequence[Claim],
    people: Cast,
    known: Actors,
) -> list[Claim]:
    """Return the claims of a stance, first the offer it answers where the sentence names one."""
    cue = s.span(*stance.cue)
    within = around(said, cue)
    sense = stance.sense
    if sense.kind == "event" and _is_hypothetical(s, stance, cue, drafts):
        return []
    actor = who_acts(s, stance.actor, within, people)
    if stance.actor is not None and s.low[stance.actor[0]] in SELF and within is None:
        return []
    if (
        stance.actor is not None
        and s.low[stance.actor[0]] not in SELF
        and not people.is_actor(s.span(*stance.actor))
    ):
        if sense.kind != "lapse" and (within is None or sense.kind not in ("threat", "refusal")):
            return []
        actor = within.speaker if within else AUTHOR
    if actor.party is None and not (stance.owner and sense.kind in ("lapse", "ignore", "refusal")):
        return []
    content = (clipped(s.span(*stance.content), cue, within),)
    target = other_actor(known, report.text, content, actor.party)
    within = within or same_cue(said, cue)
    kind = _KIND.get(sense.kind, sense.kind)
    if (
        kind == "event"
        and sense.kind == "event"
        and target is None
        and sense.plover not in ("MOBILIZE", "RETREAT", "PROTEST")
    ):
        return []
    found = []
    if stance.owner is not None and sense.kind in ("refusal", "ignore", "accept", "lapse"):
        found += _answered(report, s, stance, actor, people, known)
    answer = position(report, kind, actor.party, within, target, cue, content, sense.plover)
    fate = sense.kind if sense.kind in ("refusal", "ignore", "accept", "lapse") else None
    return [*found, replace(answer, reply_to=fate)]


def _is_hypothetical(s: Sentence, stance: Stance, cue: Span, drafts: Sequence[Claim]) -> bool:
    """Tell whether something is not done but only may be: "would lift", "only if Spain signs"."""
    if any(
        word in ("will", "would", "could", "may", "might", "'ll", "can", "to", "if")
        for word in s.low[max(0, stance.cue[0] - 2) : stance.cue[1]]
    ):
        return True
    return any(
        d.kind == "condition" and part.start <= cue.start < part.end
        for d in drafts
        for part in d.content
    )


def _answered(
    report: Report, s: Sentence, stance: Stance, actor: Speaker, people: Cast, known: Actors
) -> list[Claim]:
    """Return the offer that the sentence of an answer names: "rejected Smith's offer"."""
    assert stance.owner is not None
    begin, end = stance.owner
    giver_units, content = _giver(s, begin, end, stance)
    if giver_units is None or not people.is_actor(s.span(*giver_units)):
        return []
    giver = people.resolve(s.span(*giver_units))
    if giver.party is None or giver.party == actor.party or content[0] >= content[1]:
        return []
    span = s.span(*content)
    return [position(report, "offer", giver.party, None, actor.party, span, (span,), "AGREE")]


def _giver(
    s: Sentence, begin: int, end: int, stance: Stance
) -> tuple[tuple[int, int] | None, tuple[int, int]]:
    """Return who made what is answered, and the units of what they made."""
    for k in range(begin + 1, end):
        if s.low[k] == "by":
            return (k + 1, end), (begin, end)
    for k in range(begin + 1, end):
        if s.low[k] in ("'s", "'"):
            passive = end <= stance.cue[0] + 1  # the offer stands before the verb
            stop = end if passive else max(stance.content[1], end)
            return (begin, k), (k + 1, max(stop, k + 2))
    return None, (begin, end)
