"""Offers and what became of them, as the reports tell it."""

from __future__ import annotations

from collections.abc import Iterator

from detente.dossier.page.blocks import Block, Details, Inline, Items, Note, Para
from detente.dossier.sections import phrases
from detente.dossier.sections.context import Context
from detente.dossier.sections.drawn.dealt import FATES, firmest, timeline
from detente.dossier.words import plural
from detente.reading.claims import Claim
from detente.reading.dealings import Dealing, dealings

SHOWN = 12
"""Offers told one by one."""


def offers(context: Context) -> Iterator[Block]:
    """Yield the offers with their fate, and a drawing; nothing where no report tells of one."""
    evidence = context.answers.evidence
    found = dealings(evidence.claims, evidence.records)
    made = [one for one in found if one.claim.kind == "offer"]
    if not made and not evidence.events:
        return
    made.sort(key=lambda one: not one.answers)
    claims = {claim.id: claim for claim in evidence.claims}
    if not made:
        yield Details("What event data tells", (_counted(context), *timeline(context)))
        return
    blocks: list[Block] = [Items(tuple(_offer(context, one, claims) for one in made[:SHOWN]))]
    blocks += phrases.further(len(made) - SHOWN)
    if evidence.events:
        blocks.append(_counted(context))
    yield Details("Offers and what became of them", (*blocks, *timeline(context)))


def _counted(context: Context) -> Para:
    """Say how many events stand in the timeline, and that they are no words of a report."""
    events = context.answers.evidence.events
    told = plural(len(events), "event")
    beside = (
        "of the parties come from event data, beside what reports say, and no line rests on them"
    )
    return Para((f"{told} {beside}.",), kind="fine")


def _offer(context: Context, one: Dealing, claims: dict[str, Claim]) -> Para:
    claim = one.claim
    told: Inline = (*phrases.capital(_who(context, claim.party)), " made an offer")
    if claim.target:
        told = (*told, " to ", *_who(context, claim.target))
    notes = [_note(context, claim)]
    notes += [_note(context, claims[answer.by]) for answer in one.answers]
    answer = firmest(one)
    if answer is None:
        return Para((*told, ", and no report tells of an answer."), tuple(notes))
    by = claims[answer.by].party
    who = (" by ", *_who(context, by)) if by and answer.fate != "lapsed" else ()
    return Para((*told, f", which {FATES[answer.fate]}", *who, "."), tuple(notes))


def _note(context: Context, claim: Claim) -> Note:
    return Note(claim.speaker or "The report itself", quotes=(context.sources.claim(claim),))


def _who(context: Context, name: str | None) -> Inline:
    if name is None:
        return ("a party that is not named",)
    if name in context.answers.case.party_names:
        return (context.party(name),)
    return (name,)
