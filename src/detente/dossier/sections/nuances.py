"""What the case says of wishes beyond their order, and of public words, in a few lines."""

from __future__ import annotations

from collections.abc import Iterator

from detente.dossier.answers import Nuance, Unanswered
from detente.dossier.page.blocks import Block, Details, Items, Para
from detente.dossier.say import spelled
from detente.dossier.sections.context import Context, number
from detente.dossier.text.dilemmas import dilemma_lines
from detente.dossier.words import plural

SHOWN = 8
"""Dilemmas told one by one."""


def nuances(context: Context) -> Iterator[Block]:
    """Yield what holds where wishes are unsure or strong, or attitudes are given."""
    found = context.answers.doubt
    if not isinstance(found, Unanswered):
        (held,) = found.held
        zone = context.answers.zone
        assert not isinstance(zone, Unanswered)
        sure, may = map(zone.graph.count, (held.necessary, held.possible))
        least, most = ("at least ", "at most ") if held.how == "bounds" else ("", "")
        told = (
            f" ways. {_capital(least + _situations(sure))} in every one of them, "
            f"{most}{spelled(may)} in some."
        )
        ways = (
            "Some of what they want is unsure: it may be in ",
            number(found.n_ways, "/doubt/all"),
        )
        yield Para((*ways, *context.say(told)))
    more = context.answers.nuances
    if not isinstance(more, Unanswered):
        yield from (Para(context.say(line)) for line in _lines({n.concept: n for n in more}))


def _lines(by_name: dict[str, Nuance]) -> Iterator[str]:
    senses = {name[-1]: n for name, n in by_name.items() if name[-2:] in ("_a", "_d")}
    if senses:
        yield (
            "If whatever may be better moves them, and only what is surely no better keeps them "
            f"back, {_situations(senses['a'].states)}; if only what is surely better moves them, "
            f"and whatever may be no better keeps them back, {_situations(senses['d'].states)}."
        )
    for name, nuance in by_name.items():
        if name.endswith("_strong"):
            yield (
                f"Some wishes are called strong. {_capital(_situations(nuance.states))} strongly: "
                "whoever gained by leaving would be answered by something far worse for it."
            )
        elif not name.endswith(("_a", "_d")):
            yield (
                "The case says how they are disposed to each other. With that, "
                f"{_situations(nuance.states)}, {spelled(nuance.also)} of them without it, too."
            )


def dilemmas(context: Context) -> Iterator[Block]:
    """Yield whom public words put under pressure, where they do."""
    found = context.answers.dilemmas
    if isinstance(found, Unanswered) or not found.found:
        return
    case = context.answers.case
    items = tuple(
        Para(context.say(" ".join(dilemma_lines(case, found, one)))) for one in found.found[:SHOWN]
    )
    left = len(found.found) - len(items)
    rest = (Para((f"There are {plural(left, 'more')}.",), kind="fine"),) if left else ()
    title = f"Who is under pressure by whose words: {plural(len(found.found), 'dilemma')}"
    yield Details(title, (Items(items), *rest))


def _situations(n: int) -> str:
    return f"{spelled(n)} {'situation holds' if n == 1 else 'situations hold'}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
