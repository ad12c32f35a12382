"""Who would leave which state and why, and where today can lead."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.formula import OutcomeIs
from detente.dossier.answers import StateReasons, Unanswered
from detente.dossier.page.blocks import Block, Heading, Inline, Items, Para
from detente.dossier.sections import phrases
from detente.dossier.sections.context import Context
from detente.dossier.text.reasons import consequence
from detente.dossier.words import concept_name, listing
from detente.english.speech import sentence
from detente.stability.analysis import Verdicts
from detente.stability.statusquo import Evolution
from detente.stability.tally import reach
from detente.stability.witness import Reason

DESTINATIONS = 3
"""States that today can lead to, told with the way."""


def who_leaves_today(context: Context) -> Inline:
    """Return those who would leave today's situation; nothing where that is not known."""
    told = context.answers.reasons
    if isinstance(told, Unanswered) or not told or told[0].outcome:
        return ()
    leaving = [p for reason in told[0].leaving for p in reason.focal]
    return phrases.parties(context, list(dict.fromkeys(leaving)))


def leaving(context: Context) -> Iterator[Block]:
    """Yield who would break today and the outcomes that hold nowhere, and why."""
    told = context.answers.reasons
    if isinstance(told, Unanswered):
        yield Para((f"Who would leave which state is not told: {told.why}.",), kind="fine")
        return
    if not told:
        return
    yield Heading("Who would break what, and why", "who-breaks")
    for one in told:
        yield from _state(context, one)


def _state(context: Context, one: StateReasons) -> Iterator[Block]:
    levels = context.words.levels(one.state)
    tempted = [r for r in one.reasons if r.deterrents]
    if one.outcome:
        clause = context.english.clause(OutcomeIs(one.outcome))
        yield Para(
            (
                *context.say(
                    f"No situation lasts in which {clause}. In the nearest one things are "
                ),
                *phrases.situation(context, levels),
                ".",
            )
        )
    elif not tempted:
        yield Para(("No party has a move away from the present situation that it would prefer.",))
    else:
        yield Para(("As things stand, ", *phrases.state(context, levels), "."))
    told = one.leaving or tuple(tempted)
    if told:
        yield Items(tuple(_reason(context, reason) for reason in told))


def _reason(context: Context, reason: Reason) -> Para:
    """Tell why one party would leave, or why it stays though it is tempted."""
    who = phrases.parties(context, reason.focal)
    one = len(reason.focal) == 1
    if reason.stable:
        verb = context.english.agree(reason.focal, " is tempted but stays", " are tempted but stay")
    else:
        verb = " would move away"
    first = reason.deterrents[0]
    because = consequence(context.words, reason, first).removesuffix(".")
    leads_to = first.improvement.target
    notes = phrases.wish_note(context, reason.focal[0], reason.state, leads_to) if one else ()
    told = context.say(f"{verb}. {sentence(because)}.")
    return Para((*phrases.capital(who), *told), notes)


def from_today(context: Context, result: Verdicts) -> Iterator[Block]:
    """Yield where today can lead if each party moves only to its own advantage."""
    found = context.answers.evolution
    yield Heading("Where the present situation can lead", "from-today")
    if isinstance(found, Unanswered):
        yield Para((f"This is not told: {found.why}.",), kind="fine")
        return
    counted = reach(result, found)
    if not counted.by_improvements:
        yield Para(
            (
                "No chain of moves, each to the mover’s own advantage, leads from the present "
                "situation to another state that holds. ",
                *_against(counted.by_moves),
            )
        )
        return
    n = counted.by_improvements
    yield Para(
        (
            "If each party moves only to its own advantage, the present situation can lead to ",
            phrases.counted(n, "/evolution/reach/by_improvements"),
            " other state that holds under at least one view, reached as follows."
            if n == 1
            else " other states that hold under at least one view. The nearest are these.",
        )
    )
    yield Items(tuple(_ways(context, found)))


def _against(n: int) -> Inline:
    if not n:
        return ("Nor do any other moves.",)
    return (
        "Moves against the mover’s own advantage lead to ",
        phrases.counted(n, "/evolution/reach/by_moves"),
        " such state." if n == 1 else " such states.",
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
                f". That holds under {listing(under)}.",
            )
        )
