"""Offers and what became of them, as the reports tell it."""

from __future__ import annotations

from collections.abc import Iterator

from detente.dossier.drawings.marks import NARROW, WIDE
from detente.dossier.drawings.timeline import timeline_drawing
from detente.dossier.page.blocks import Block, Details, Figure, Inline, Items, Note, Para
from detente.dossier.sections import phrases
from detente.dossier.sections.context import Context
from detente.dossier.words import plural
from detente.reading.claims import Claim
from detente.reading.dealings import Dealing, Fate, dealings
from detente.reading.events import dealt

SHOWN = 12
"""Offers told one by one."""

FATES: dict[Fate, str] = {
    "refused": "was turned down",
    "accepted": "was taken up",
    "unanswered": "was left without an answer",
    "lapsed": "lapsed",
    "answered": "was answered",
}
"""What became of an offer, the firmest first."""


def offers(context: Context) -> Iterator[Block]:
    """Yield the offers with their fate, and a drawing; nothing where no report tells of one."""
    evidence = context.answers.evidence
    found = dealings(evidence.claims, evidence.records)
    made = [one for one in found if one.claim.kind == "offer"]
    if not made and not evidence.events:
        return
    found = tuple(sorted((*found, *dealt(evidence.events)), key=lambda one: one.day or "~"))
    made.sort(key=lambda one: not one.answers)
    claims = {claim.id: claim for claim in evidence.claims}
    if not made:
        yield Details(
            "What event data tells", (_counted(context), _timeline(context, found, claims))
        )
        return
    blocks: list[Block] = [Items(tuple(_offer(context, one, claims) for one in made[:SHOWN]))]
    if len(made) > SHOWN:
        blocks.append(Para((f"and {len(made) - SHOWN:,} more in claims.jsonl",), kind="fine"))
    if evidence.events:
        blocks.append(_counted(context))
    yield Details("Offers and what became of them", (*blocks, _timeline(context, found, claims)))


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
    if not one.answers:
        return Para((*told, ", and no report tells of an answer."), tuple(notes))
    fates = {answer.fate: answer for answer in reversed(one.answers)}
    fate = next(f for f in FATES if f in fates)
    by = claims[fates[fate].by].party
    who = (" by ", *_who(context, by)) if by and fate != "lapsed" else ()
    return Para((*told, f", which {FATES[fate]}", *who, "."), tuple(notes))


def _note(context: Context, claim: Claim) -> Note:
    return Note(claim.speaker or "The report itself", quotes=(context.sources.claim(claim),))


def _who(context: Context, name: str | None) -> Inline:
    if name is None:
        return ("a party that is not named",)
    if name in context.answers.case.party_names:
        return (context.party(name),)
    return (name,)


def _timeline(context: Context, found: tuple[Dealing, ...], claims: dict[str, Claim]) -> Figure:
    parties = [(p.name, p.label) for p in context.answers.case.parties]

    def link(name: str) -> str | None:
        if name not in claims:
            return None
        passage = context.sources.claim(claims[name]).passage
        return f"#{passage}" if passage else None

    def draw(width: float, prefix: str) -> str:
        return timeline_drawing(found, parties, prefix=prefix, width=width, link=link, styled=False)

    return Figure(
        "timeline",
        "Time runs down, one lane a party. An arrow leads from an offer to what became of it. Each "
        "opens the words it was read from.",
        draw(WIDE, "timeline-wide"),
        draw(NARROW, "timeline-narrow"),
    )
