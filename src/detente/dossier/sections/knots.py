"""Question 4: why what is wanted does not come about, as the smallest sets that clash."""

from __future__ import annotations

from collections.abc import Iterator

from detente.dossier.answers import Unanswered
from detente.dossier.page.blocks import (
    Block,
    Heading,
    Inline,
    Items,
    Mark,
    Para,
    Section,
    join,
    plain,
)
from detente.dossier.sections import judging, phrases
from detente.dossier.sections.context import Context, method, number, pointer, unanswered
from detente.dossier.sections.draft import unfinished
from detente.dossier.sections.drawn import clashes
from detente.dossier.sections.entry import Entry
from detente.dossier.sections.nuances import dilemmas
from detente.english.speech import sentence
from detente.wayout.deadlock import Deadlock

SHOWN = 8
"""Knots told one by one."""

LONG = 330
"""Characters beyond which the answer does not tell the smallest knot word by word."""


def section(context: Context, most: int = SHOWN) -> Section:
    """Return the section; ``most`` knots are told one by one."""
    title = (
        "Why are they not talking?"
        if context.talks
        else f"What stands in the way of {context.goal}?"
    )
    if not context.goal:
        title = "Why does it not come about?"
    return ENTRY.section(_blocks(context, most), title)


ENTRY = Entry(4, section, "deadlock", "Why are they not talking?", "knots")


def _blocks(context: Context, most: int) -> Iterator[Block]:
    found = context.answers.deadlock
    if isinstance(found, Unanswered):
        yield unanswered(found)
        return
    match found.verdict:
        case "deadlock":
            yield from _knots(context, found, most)
        case "holds":
            yield Para(
                (f"{sentence(context.goal_is)} already, so nothing stands in the way.",),
                kind="answer",
            )
        case "open" if told := unfinished(context.answers.case):
            yield Para((told,), kind="answer")
        case "open":
            yield Para(
                (
                    f"No stated position stands in the way of {context.goal}, as every condition "
                    "and every refusal can be kept there. If it does not come about all the same, "
                    "preferences stand in the way.",
                ),
                kind="answer",
            )
        case _:
            yield from _impossible(context, found)
    yield from dilemmas(context)
    yield method(
        context,
        "The smallest sets of conditions and refusals that cannot be kept together with the target"
        f"{'' if found.all_knots else ', not all of them'}, found by a satisfiability solver.",
        context.command("deadlock"),
    )


def _knots(context: Context, found: Deadlock, most: int) -> Iterator[Block]:
    yield Para(_answer(context, found), kind="answer")
    yield from clashes.knots(context, found, most, tuple(_one_by_one(context, found, most)))
    if len(found.knots) > most:
        n = number(len(found.knots), "/deadlock/knots#")
        yield Para(("The smallest of ", n, " knots are told here."), kind="fine")


def _one_by_one(context: Context, found: Deadlock, most: int) -> Iterator[Block]:
    seen: set[str] = set()
    for k, knot in enumerate(found.knots[:most], start=1):
        if len(found.knots) > 1:
            yield Heading(f"Knot {k}", f"knot-{k}")
        yield Items(
            tuple(
                Para(
                    (
                        *phrases.capital(_said(context, found, name)),
                        ". This has firmness ",
                        number(
                            found.said(name).firmness, pointer("case", "said", name, "firmness")
                        ),
                        ".",
                    ),
                    phrases.once([context.said_note(found.said(name))], seen),
                )
                for name in knot
            )
        )
        kept = {1: "This cannot be kept", 2: "These two cannot both be kept"}.get(
            len(knot), "These cannot all be kept"
        )
        yield Para((Mark("clash", kept), f" if {context.goal_is}."))


def _answer(context: Context, found: Deadlock) -> Inline:
    """Tell the smallest knot, and how many there are."""
    if not found.knots:
        return (
            f"What was said cannot all be kept if {context.goal_is}, but the search was "
            "stopped before it was found which of it.",
        )
    n, first = len(found.knots), found.knots[0]
    both = "These two" if len(first) == 2 else "These"
    if len(first) == 1:
        both = "This"
    told = _alternating(context, found, first)
    if len(plain(told)) > LONG:
        who = join([(context.party(p),) for p in _speakers(found, first)])
        told, both = ("What ", *who, " said in public clashes"), "Some of it"
    kept = "be kept" if len(first) == 1 else "both be kept" if len(first) == 2 else "all be kept"
    clash: Inline = (*phrases.capital(told), f". {both} cannot {kept} if {context.goal_is}")
    if n == 1 and found.all_knots:
        return (*clash, ", and that is the whole deadlock.")
    if n == 1:
        return (*clash, ". The search was stopped, and there may be more such clashes.")
    return (
        *clash,
        ". This is one of " if found.all_knots else ". This is one of at least ",
        phrases.counted(n, "/deadlock/knots#"),
        " such clashes, called knots, and each of them is enough to prevent it.",
    )


def _alternating(context: Context, found: Deadlock, knot: tuple[str, ...]) -> Inline:
    return context.say(judging.positions(context, [found.said(name) for name in knot]))


def _speakers(found: Deadlock, knot: tuple[str, ...]) -> list[str]:
    return list(dict.fromkeys(found.said(name).party for name in knot))


def _said(context: Context, found: Deadlock, name: str) -> Inline:
    return context.say(context.formulas.said(found.said(name)))


def _impossible(context: Context, found: Deadlock) -> Iterator[Block]:
    yield Para(
        (
            f"Whatever the parties concede, it cannot come about that {context.goal_is}, because ",
            "the rules of the case exclude it."
            if found.rules
            else "what is asked for contradicts itself.",
        ),
        kind="answer",
    )
    rules = [context.answers.case.infeasible[k] for k in found.rules]
    yield Items(
        tuple(
            Para(
                context.say(context.formulas.rule(rule.formula)),
                (context.sources.note("Rule", rule.basis),),
            )
            for rule in rules
        )
    )
