"""Where the way ends: what holds there, which words it breaks, who is better or worse off."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from detente.case.cnf import Levels
from detente.case.cnf import said as said_formula
from detente.case.truth import TruthAt
from detente.dossier.page.blocks import Block, Details, Heading, Inline, Items, Note, Para
from detente.dossier.sections import phrases
from detente.dossier.sections.context import Context, number
from detente.dossier.words import concept_name, listing, ordinal
from detente.wayout.deadlock import everything_said
from detente.wayout.results import Ways, classes, place_of


def arrival(context: Context, found: Ways) -> Iterator[Block]:
    """Yield the state at the end of the way: where it holds, what it breaks, who gains."""
    end = found.ends[0]
    names = context.answers.case.party_names
    yield Heading("Where it ends", "end")
    levels = context.words.levels(end.state)
    under = [concept_name(name) for name in end.under]
    holds = "This does not hold, as at least one party would leave it by every view tried."
    if under:
        holds = f"This holds under {listing(under)}, by which no party would leave it."
    yield Para(("At the end, ", *phrases.moved(context, levels), f". {holds}"))
    yield from _broken(context, levels)
    rows: list[Para] = []
    for p, (today, then) in enumerate(end.levels):
        at = f"/path/places/{names[p]}"
        how = "better" if then > today else "worse" if then < today else ""
        if not how:
            continue
        rows.append(
            Para(
                (
                    *phrases.capital((context.party_at(p),)),
                    f" {context.english.agree([p], 'is', 'are')} {how} off, with ",
                    *_place(context, found, p, then, f"{at}/then", "best"),
                    " situation of ",
                    number(classes(found, p), f"{at}/of"),
                    " rather than ",
                    *_place(context, found, p, today, f"{at}/today"),
                    ".",
                ),
                _because(context, found, p),
            )
        )
    if rows:
        told = Items(tuple(rows))
        yield Details("What that is to each of them, and who says so", (told,))
    same = [p for p, (today, then) in enumerate(end.levels) if today == then]
    if same:
        is_ = context.english.agree(same, "is", "are")
        yield Para(
            (*phrases.capital(phrases.parties(context, same)), f" {is_} as well off as now.")
        )


def _because(context: Context, found: Ways, party: int) -> tuple[Note, ...]:
    return phrases.wish_note(context, party, found.found.start, found.ends[0].state)


def _place(
    context: Context, found: Ways, party: int, level: Fraction, at: str, best: str = ""
) -> Inline:
    at_place = place_of(found, party, level)
    shown = "best" if at_place == 1 else f"{ordinal(at_place)} {best}".rstrip()
    return (f"{context.english.name(party).its} ", number(at_place, at, shown))


def _broken(context: Context, levels: Levels) -> Iterator[Block]:
    """Name what was said aloud and is not kept at the end of the way."""
    truth = TruthAt(context.answers.case, levels)
    broken = [s for s in everything_said(context.answers.case) if not truth(said_formula(s))]
    if not broken:
        return
    yield Para(
        (
            "The way follows from what the parties want, not from what they have said. At its end "
            "these words are not kept.",
        )
    )
    yield Items(
        tuple(
            Para(context.say(f"{context.formulas.said(s)}.", start=True), (context.said_note(s),))
            for s in broken
        )
    )
