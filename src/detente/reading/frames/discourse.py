"""To whom, where a clause alone does not say: whom an answer answers, whom a party deals with.

An answer is to whoever made the offer or demand before it, with a common word first. Else it is
the party of the two spoken of most that the paragraph has named last, and else the party that the
whole pile names beside this one most often. Silences that nobody owns are of whom was asked last.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from detente.reading.analysis.marks import lemma
from detente.reading.analysis.model import Parsed, Unit
from detente.reading.frames.draft import Draft
from detente.reading.frames.sets import listed
from detente.reading.who.world import World

Pair = tuple[Unit, Draft]

_ASKING = ("offer", "demand", "condition", "threat", "concession", "pressure")
_ANSWERS = ("refusal", "acceptance", "silence")
_DIRECTED = listed("discourse: directed")
_OF_TWO = listed("discourse: of two")
"""Kinds that, where nothing else tells, go to whom the party deals with."""
_BACK = 25
"""So many claims back an answered one is looked for."""
_NEAR = 3
"""An offer or demand at most so many claims back is answered without a common word."""


def addressed(pairs: Sequence[Pair], parsed: Parsed, world: World) -> list[Pair]:
    """Return the claims of a report, those without a target with the one the report shows."""
    rows = _silent(list(pairs), parsed, world)
    starts = _starts(parsed)
    for k, (unit, draft) in enumerate(rows):
        if draft.target or not draft.party or draft.kind not in _DIRECTED:
            continue
        target = _answered(rows, k) if draft.kind in _ANSWERS else ""
        if not target and draft.kind in _OF_TWO:
            target = _named_before(unit, draft, parsed, world, starts)
            target = target or world.partner(draft.party, parsed)
        if not target and draft.kind == "acceptance":
            target = world.partner(draft.party, parsed, sole=True)
        if target and target != draft.party and target not in _about(draft, unit, parsed, world):
            rows[k] = (unit, replace(draft, target=target))
    return rows


def _about(draft: Draft, unit: Unit, parsed: Parsed, world: World) -> set[str | None]:
    """Return whom a demand is only about: "the sanctions against it must end" asks it nothing."""
    if draft.kind not in ("demand", "condition"):
        return set()
    against = (t for t in draft.content if t.dep_ == "pobj" and t.head.lower_ == "against")
    return {world.who(t, unit, parsed).party for t in against}


def _silent(rows: list[Pair], parsed: Parsed, world: World) -> list[Pair]:
    """Return claims where a silence that nobody owns is that of whom the last offer was made to."""
    for k, (unit, draft) in enumerate(rows):
        if draft.kind != "silence" or draft.party or draft.speaker:
            continue
        if any(t.dep_ == "poss" and world.who(t, unit, parsed).party for t in draft.content):
            continue  # "the union's proposal was ignored" tells whose it was
        for _, other in reversed(rows[max(0, k - _NEAR) : k]):
            if other.kind in _ASKING and other.party and other.target:
                rows[k] = (unit, replace(draft, party=other.target, target=other.party))
                break
    return rows


def _topics(draft: Draft) -> frozenset[str]:
    """Return the base forms of the content words of a claim."""
    return frozenset(
        lemma(t)
        for t in (*draft.content, *draft.purpose)
        if t.pos_ in ("NOUN", "VERB", "ADJ", "NUM") and not t.is_stop and len(t) > 2
    )


def _answered(rows: Sequence[Pair], k: int) -> str:
    """Return whose offer or demand a claim answers; else who said or did something just before."""
    draft = rows[k][1]
    mine = _topics(draft)
    near = ""
    for at in range(k - 1, max(-1, k - _BACK), -1):
        other = rows[at][1]
        if other.kind not in _ASKING or other.party in ("", draft.party):
            continue
        if other.target and other.target != draft.party:
            continue
        if mine & _topics(other):
            return other.party
        if not near and k - at <= _NEAR:
            near = other.party
    before = (o.party for _, o in reversed(rows[max(0, k - _NEAR) : k]) if o.kind != "event")
    return near or next((party for party in before if party not in ("", draft.party)), "")


def _named_before(
    unit: Unit, draft: Draft, parsed: Parsed, world: World, starts: dict[int, int]
) -> str:
    """Return the other of the two spoken of most, where the paragraph has named it before."""
    here, start = unit.where(draft.content[0]), starts.get(unit.paragraph, 0)
    for at, who in reversed(world.mentions.get(parsed.name, ())):
        if start <= at < here and who.party in world.main and who.party != draft.party:
            return who.party or ""
    return ""


def _starts(parsed: Parsed) -> dict[int, int]:
    """Return where each paragraph of a report begins."""
    found: dict[int, int] = {}
    for unit in parsed.units:
        for span in unit.spans(0, 1):
            found[unit.paragraph] = min(span.start, found.get(unit.paragraph, span.start))
    return found
