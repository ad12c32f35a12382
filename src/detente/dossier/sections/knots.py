"""Question 4: why what is wanted does not come about, as the smallest sets that clash."""

from __future__ import annotations

from collections.abc import Iterator

from detente.dossier.answers import Unanswered
from detente.dossier.page.blocks import Block, Heading, Inline, Items, Mark, Para, Section, join
from detente.dossier.sections.context import Context, method, number, unanswered
from detente.dossier.words import plural
from detente.wayout.deadlock import Deadlock

SHOWN = 8
"""Knots told one by one."""


def section(context: Context) -> Section:
    """Return the section."""
    title = "Why are they not talking?" if context.talks else f"Why is there no {context.goal}?"
    if not context.goal:
        title = "Why does it not come about?"
    return Section("q4", "Question 4", title, tuple(_blocks(context)))


def _blocks(context: Context) -> Iterator[Block]:
    found = context.answers.deadlock
    if isinstance(found, Unanswered):
        yield unanswered(found)
        return
    match found.verdict:
        case "deadlock":
            yield from _knots(context, found)
        case "holds":
            yield Para(
                (f"{context.goal} holds already today, so nothing stands in its way.",),
                kind="answer",
            )
        case "open":
            yield Para(
                (
                    f"Nothing that was said stands in the way of {context.goal}: every condition "
                    "and every refusal can be kept there. If it does not come about all the same, "
                    "preferences stand in the way.",
                ),
                kind="answer",
            )
        case _:
            yield from _impossible(context, found)
    yield method(
        context,
        "The smallest sets of conditions and refusals that cannot be kept together with the "
        f"target, found by a satisfiability solver{'' if found.complete else '; not all of them'}.",
        context.command("deadlock"),
    )


def _knots(context: Context, found: Deadlock) -> Iterator[Block]:
    yield Para(_answer(context, found), kind="answer")
    for k, knot in enumerate(found.knots[:SHOWN], start=1):
        if len(found.knots) > 1:
            yield Heading(f"Knot {k}", f"knot-{k}")
        yield Items(
            tuple(
                Para(
                    (
                        *_said(context, found, name),
                        f" Firmness {found.said(name).firmness}; {name}.",
                    ),
                    (context.said_note(found.said(name)),),
                )
                for name in knot
            )
        )
        yield Para((Mark("clash", "These cannot all be kept"), f" together with {context.goal}."))
    left = len(found.knots) - SHOWN
    if left > 0:
        yield Para((f"{plural(left, 'further knot')} of the same kind.",), kind="fine")


def _answer(context: Context, found: Deadlock) -> Inline:
    n = len(found.knots)
    first = found.knots[0] if found.knots else ()
    who = join([(context.party(p),) for p in _speakers(found, first)])
    knots = "one knot" if n == 1 else "knots"
    count: Inline = () if n == 1 else (number(n, "/deadlock/knots#"), " ")
    end = "it is the whole deadlock" if n == 1 else "each is enough to keep it from happening"
    return (
        "What ",
        *who,
        f" said cannot all be kept together with {context.goal}. There ",
        "is " if n == 1 else "are ",
        *count,
        f"{knots}, and {end}.",
    )


def _speakers(found: Deadlock, knot: tuple[str, ...]) -> list[str]:
    return list(dict.fromkeys(found.said(name).party for name in knot))


def _said(context: Context, found: Deadlock, name: str) -> Inline:
    said = found.said(name)
    told = context.formulas.said(said)
    label = context.answers.case.party(said.party).label
    return (context.party(said.party), f"{told.removeprefix(label)}.")


def _impossible(context: Context, found: Deadlock) -> Iterator[Block]:
    yield Para(
        (
            f"{context.goal} cannot come about at all, whatever anybody concedes: the rules of the "
            "case exclude it.",
        ),
        kind="answer",
    )
    rules = [context.answers.case.infeasible[k] for k in found.rules]
    yield Items(
        tuple(
            Para(
                (f"It cannot be that {context.formulas.clause(rule.formula)}.",),
                (context.sources.note("Rule", rule.basis),),
            )
            for rule in rules
        )
    )
