"""Who would leave which state and why, and where today can lead."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.formula import OutcomeIs
from detente.dossier.answers import Stand, Unanswered
from detente.dossier.page.blocks import Block, Heading, Inline, Items, Para
from detente.dossier.sections import phrases
from detente.dossier.sections.context import Context, number
from detente.dossier.text.reasons import consequence
from detente.dossier.words import concept_name, listing
from detente.stability.analysis import Verdicts
from detente.stability.statusquo import Evolution
from detente.stability.tally import reach
from detente.stability.witness import Reason

DESTINATIONS = 3
"""States that today can lead to, told with the way."""


def who_leaves_today(context: Context) -> Inline:
    """Return those who would leave today's situation; nothing where that is not known."""
    stands = context.answers.stands
    if isinstance(stands, Unanswered) or not stands or stands[0].outcome:
        return ()
    leaving = [p for reason in stands[0].leaving for p in reason.focal]
    return phrases.parties(context, list(dict.fromkeys(leaving)))


def leaving(context: Context) -> Iterator[Block]:
    """Yield who would break today and the outcomes that hold nowhere, and why."""
    stands = context.answers.stands
    if isinstance(stands, Unanswered):
        yield Para((f"Who would leave which state is not told: {stands.why}.",), kind="fine")
        return
    if not stands:
        return
    yield Heading("Who would break what, and why", "who-breaks")
    for stand in stands:
        yield from _stand(context, stand)


def _stand(context: Context, stand: Stand) -> Iterator[Block]:
    levels = context.words.levels(stand.state)
    tempted = [r for r in stand.reasons if r.deterrents]
    if stand.outcome:
        clause = context.english.clause(OutcomeIs(stand.outcome))
        yield Para(
            (
                *context.say(f"Nothing lasts in which {clause}. What comes nearest to today: "),
                *phrases.situation(context, levels),
                ".",
            )
        )
    elif not tempted:
        yield Para(("Nobody has a move away from today’s situation that it would prefer.",))
    else:
        yield Para(("Today’s situation: ", *phrases.state(context, levels), "."))
    told = stand.leaving or tuple(tempted)
    if told:
        yield Items(tuple(_reason(context, reason) for reason in told))


def _reason(context: Context, reason: Reason) -> Para:
    """Tell why one party would leave, or why it stays though it is tempted."""
    who = phrases.parties(context, reason.focal)
    one = len(reason.focal) == 1
    if reason.stable:
        verb = " is tempted and stays" if one else " are tempted and stay"
        if one:
            verb = context.english.agree(reason.focal, verb, " are tempted and stay")
    else:
        verb = " would leave"
    first = reason.deterrents[0]
    because = consequence(context.words, reason, first).removesuffix(".")
    leads_to = first.improvement.target
    notes = phrases.wish_note(context, reason.focal[0], reason.state, leads_to) if one else ()
    return Para((*phrases.capital(who), f"{verb}: ", *context.say(because), "."), notes)


def from_today(context: Context, result: Verdicts) -> Iterator[Block]:
    """Yield where today can lead if everybody moves only to its own advantage."""
    found = context.answers.evolution
    yield Heading("Where today can lead", "from-today")
    if isinstance(found, Unanswered):
        yield Para((f"This is not told: {found.why}.",), kind="fine")
        return
    counted = reach(result, found)
    if not counted.by_improvements:
        yield Para(
            (
                "No chain of moves, each to the mover’s own advantage, leads from today to another "
                "state that holds. ",
                *_against(counted.by_moves),
            )
        )
        return
    n = counted.by_improvements
    yield Para(
        (
            "If everybody moves only to its own advantage, today can lead to ",
            number(n, "/evolution/reach/by_improvements"),
            " other state that holds under one view or another."
            if n == 1
            else " other states that hold under one view or another. The nearest:",
        )
    )
    yield Items(tuple(_ways(context, found)))


def _against(n: int) -> Inline:
    if not n:
        return ("Nor do any other moves.",)
    return (
        "Moves against the mover’s own advantage lead to ",
        number(n, "/evolution/reach/by_moves"),
        " of them.",
    )


def _ways(context: Context, found: Evolution) -> Iterator[Para]:
    shown = 0
    for destination in found.destinations:
        ways = destination.by_improvements
        if not ways.length or shown == DESTINATIONS:
            continue
        shown += 1
        under = [concept_name(name) for name in context.holding_under(destination.state)]
        yield Para(
            (
                *phrases.capital(phrases.steps(context, ways.sequences[0])),
                f"; that holds under {listing(under)}.",
            )
        )
