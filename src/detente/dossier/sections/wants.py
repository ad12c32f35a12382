"""Question 1: who wants what, and who said so."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.model import Condition, Party, Ranking, Refusal, Statements, Weights
from detente.dossier.page.blocks import (
    Block,
    Details,
    Heading,
    Inline,
    Items,
    Mark,
    Para,
    Section,
    join,
)
from detente.dossier.say import HEADINGS, show
from detente.dossier.sections import phrases
from detente.dossier.sections.context import Context, method
from detente.dossier.sections.drawn import stances
from detente.dossier.sections.entry import Entry
from detente.dossier.sections.offers import offers
from detente.english.speech import sentence
from detente.reading.claims import Claim

SHOWN = 30
"""Claims of one party that are listed."""


def section(context: Context) -> Section:
    """Return the section."""
    return ENTRY.section(_blocks(context))


ENTRY = Entry(1, section, "evidence", "Who wants what, and who said so?", "positions")


def _blocks(context: Context) -> Iterator[Block]:
    case = context.answers.case
    yield Para(_answer(context), kind="answer")
    yield from stances.drawn(context)
    for party in case.parties:
        yield from _party(context, party)
    yield from offers(context)
    yield method(
        context,
        "Wishes, conditions and refusals are those of the case. What the reports say was found in "
        "them by rules.",
        context.command("check"),
    )


def _answer(context: Context) -> Inline:
    """Say what each party wants most, as the case has it."""
    parties = context.answers.case.parties
    groups: dict[str, list[str]] = {}
    for party in parties:
        first = _first_wish(context, party)
        if first:
            groups.setdefault(first, []).append(party.name)
    told: Inline = ()
    for k, (first, who) in enumerate(groups.items()):
        named = join([(context.party(name),) for name in who])
        want = context.english.agree(who, "wants", "want")
        lead: Inline = ("Above all, ", *named)
        if k:
            lead = (", while ", *named) if k % 2 else (" ", *phrases.capital(named))
        end = "." if k % 2 or k == len(groups) - 1 else ""
        told = (*told, *lead, f" {want} ", *context.say(f"{first}{end}"))
    if told:
        return told
    if any(party.preferences != Statements() for party in parties):
        return ("The case ranks or weighs what can come about for each party, as told below.",)
    return ("The case does not say what the parties want.",)


def _first_wish(context: Context, party: Party) -> str:
    wants = party.preferences
    if isinstance(wants, Statements) and wants.statements:
        return context.english.to(wants.statements[0].formula, party.name)
    return ""


def _party(context: Context, party: Party) -> Iterator[Block]:
    case = context.answers.case
    everything: tuple[Condition | Refusal, ...] = (*case.conditions, *case.refusals)
    said = [s for s in everything if s.party == party.name]
    if said:
        yield Heading(party.label)
        yield Para((*phrases.capital((context.party(party.name),)), " said aloud:"))
        yield Items(
            tuple(
                Para(
                    context.say(f"{context.formulas.said(s)}.", start=True),
                    (context.said_note(s),),
                )
                for s in said
            )
        )
    name, want = (
        context.english.party(party.name),
        context.english.agree([party.name], "wants", "want"),
    )
    yield Details(
        sentence(f"What {name} {want}, and who says so"),
        (*_wishes(context, party), *_reported(context, party)),
    )


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _wishes(context: Context, party: Party) -> Iterator[Block]:
    wants = party.preferences
    label = phrases.capital((context.party(party.name),))[0]
    many = context.english.name(party.name).many
    match wants:
        case Statements(()):
            has = (
                " have no wishes in the case, and they count"
                if many
                else " has no wishes in the case, and it counts"
            )
            yield Para((label, f"{has} as indifferent."))
        case Statements(statements):
            yield Para((label, f" want{'' if many else 's'}, the most important first:"))
            items = tuple(
                Para(
                    context.say(_sentence(context.english.to(s.formula, party.name))),
                    (context.sources.note("", s.basis),),
                )
                for s in statements
            )
            yield Items(items, ordered=True)
        case Weights(weights):
            yield Para((label, f" weigh{'' if many else 's'} what follows, and the sum counts:"))
            yield Items(
                tuple(
                    Para((f"{_sentence(context.formulas.clause(f))} Weight {float(w):g}.",))
                    for f, w in weights
                )
            )
        case Ranking(groups):
            yield Para((label, f" rank{'' if many else 's'}, best first:"))
            items = tuple(
                Para((_sentence("; or ".join(context.formulas.clause(f) for f in group)),))
                for group in groups
            )
            yield Items(items, ordered=True)


def _reported(context: Context, party: Party) -> Iterator[Block]:
    """Tell what the reports say of a party, in their words."""
    claims = [c for c in context.answers.evidence.claims if c.party == party.name]
    positions = {(c.report, c.content) for c in claims if c.kind != "statement"}
    told = [c for c in claims if c.kind != "statement" or (c.report, c.content) not in positions]
    if not told:
        return
    order = list(HEADINGS)
    told.sort(key=lambda c: order.index(c.kind))
    items = tuple(_claim(context, claim) for claim in told[:SHOWN])
    yield Para((f"What the reports say of {context.english.party(party.name)}:",))
    yield Items(items)
    yield from phrases.further(len(told) - SHOWN)


def _claim(context: Context, claim: Claim) -> Para:
    """Tell a claim in one line: what the party does, in which words, and who says so."""
    known = {p.name: p.label for p in context.answers.case.parties}
    target = known.get(claim.target or "", claim.target or "")
    lead = HEADINGS[claim.kind].capitalize()
    if target and claim.kind != "statement":
        lead += f", to {target}"
    quote = context.sources.claim(claim)
    by = show(claim.speaker) if claim.speaker else "the report itself"
    where = Mark("cite" if quote.passage else "code", quote.where, quote.passage)
    return Para((f"{lead}: ", Mark("quote", quote.text), f" ({by}; ", where, ")"))
