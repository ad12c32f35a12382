"""Offers and what became of them, as the reports tell it."""

from __future__ import annotations

from collections.abc import Iterator

from detente.dossier.page.blocks import Block, Heading, Inline, Items, Note, Para
from detente.dossier.sections.context import Context
from detente.reading.claims import Claim

SHOWN = 12
"""Offers told one by one."""


def offers(context: Context) -> Iterator[Block]:
    """Yield the offers with their fate; nothing where no report tells of one."""
    claims = context.answers.evidence.claims
    made = [c for c in claims if c.kind == "offer"]
    if not made:
        return
    answers: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.reply_to:
            answers.setdefault(claim.reply_to, []).append(claim)
    made.sort(key=lambda c: (c.id not in answers, c.date or "", c.id))
    yield Heading("Offers and what became of them", "offers")
    yield Items(tuple(_offer(context, c, answers.get(c.id, [])) for c in made[:SHOWN]))
    if len(made) > SHOWN:
        yield Para((f"and {len(made) - SHOWN:,} more in claims.jsonl",), kind="fine")


def _offer(context: Context, claim: Claim, answers: list[Claim]) -> Para:
    told: Inline = (*_who(context, claim.party), " made an offer")
    if claim.target:
        told = (*told, " to ", *_who(context, claim.target))
    notes = [Note(claim.speaker or "The report itself", quotes=(context.sources.claim(claim),))]
    if not answers:
        return Para((*told, "; no report tells of an answer."), tuple(notes))
    for answer in answers:
        notes.append(
            Note(answer.speaker or "The report itself", quotes=(context.sources.claim(answer),))
        )
    fate = _fate(context, claim, answers)
    return Para((*told, *fate), tuple(notes))


def _fate(context: Context, claim: Claim, answers: list[Claim]) -> Inline:
    """Say what became of an offer, by the kinds of the claims that answer it."""
    refusing = [a for a in answers if a.kind == "refusal" and a.party != claim.party]
    if refusing and refusing[0].party:
        return (
            "; it was turned down or left unanswered by ",
            *_who(context, refusing[0].party),
            ".",
        )
    if any(a.plover in ("AGREE", "CONSULT", "COOPERATE", "CONCEDE") for a in answers):
        return ("; it was taken up.",)
    return ("; it came to nothing.",) if refusing else ("; the reports tell what followed.",)


def _who(context: Context, name: str | None) -> Inline:
    if name is None:
        return ("somebody",)
    if name in context.answers.case.party_names:
        return (context.party(name),)
    return (name,)
