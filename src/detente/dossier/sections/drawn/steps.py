"""The way, drawn: who is better or worse off than today after every step, and who moves."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.formula import Not
from detente.dossier.drawings import glyphs
from detente.dossier.page.blocks import Block, Glyph, Inline, Plate, Row, Spot, join
from detente.dossier.say import spelled
from detente.dossier.sections import phrases
from detente.dossier.sections.context import Context, number
from detente.dossier.sections.drawn.common import signed
from detente.english.speech import sentence
from detente.wayout.carry import steps_that_pay
from detente.wayout.choreography import Way
from detente.wayout.results import Ways, words_broken
from detente.wayout.steps import PathStep

SIDE_BY_SIDE = 5
"""Steps that stand side by side; more go below each other."""

OFF = {1: "better off than now", 0: "as well off as now", -1: "worse off than now"}


def way(context: Context, found: Ways, instead: tuple[Block, ...] = ()) -> Iterator[Plate]:
    """Yield the best way; nothing where nobody has to move."""
    if not found.found.paths or not found.found.paths[0].steps:
        return
    best = found.found.paths[0]
    drawn = _across(context, found, best)
    if len(best.steps) > SIDE_BY_SIDE:
        drawn = _down(context, found, best)
    columns, rows = drawn
    broken = [
        Row((Spot(("Taken back on the way: ", *context.say(told)), look="bad"),), "line")
        for told in (f"{context.formulas.said(s)}." for s in words_broken(found, best))
    ]
    yield Plate(
        "way",
        (f"{finding(found, best)}.",),
        "A block above the line means that the party is better off than now by its own wishes, a "
        "hollow one below that it is worse off, and a bar on the line that it is as well off. A "
        "ring marks who moves. Heights mean nothing, as wishes have an order and no size.",
        columns,
        (*rows, *broken),
        instead=instead,
    )


def finding(found: Ways, best: Way) -> str:
    """Say in how many steps, and whether each pays, without a full stop."""
    n, pay = len(best.steps), steps_that_pay(found, best)
    steps = f"{sentence(spelled(n))} {'step' if n == 1 else 'steps'}"
    if n == 1:
        return "One step, and the party that takes it gains" if pay else "One step, against a gain"
    if pay == n:
        return f"{steps}, each better for the party that takes it than to wait"
    few = f"{spelled(pay)} pay" if pay > 1 else "one pays" if pay else "none pays"
    return f"{steps}, of which {few} at once"


def _against(found: Ways, party: int, state: int) -> int:
    """Return whether a party is better (1) or worse (-1) off than at the start."""
    ranks = found.graph.ranks[party]
    now, then = int(ranks.flat[found.found.start]), int(ranks.flat[state])
    return (then > now) - (then < now)


def _deeds(context: Context, step: PathStep) -> Inline:
    return phrases.capital(join([phrases.doing(context, step, m) for m in step.movers]))


def _numbered(k: int) -> Inline:
    return (number(k + 1, f"/path/steps/{k}/number"), " ")


def _bar(context: Context, found: Ways, party: int, step: PathStep | None) -> Glyph:
    how = 0 if step is None else _against(found, party, step.target)
    moves = step is not None and party in step.movers
    told = f"{OFF[how]}, moves" if moves else OFF[how]
    return glyphs.bar(party, how, told, ringed=moves)


def _across(context: Context, found: Ways, best: Way) -> tuple[tuple[float, ...], tuple[Row, ...]]:
    head = [Spot(), Spot(("Today",))]
    head += [Spot((*_numbered(k), *_deeds(context, step))) for k, step in enumerate(best.steps)]
    rows = [Row((*head, Spot(("What it has of it",))), "head")]
    for p in range(len(context.answers.case.parties)):
        bars = [Spot(glyph=_bar(context, found, p, step)) for step in (None, *best.steps)]
        rows.append(Row((Spot(signed(context, p)), *bars, Spot(gain(context, found, p)))))
    return (1.4, *(1.0 for _ in range(len(best.steps) + 1)), 1.9), tuple(rows)


def _down(context: Context, found: Ways, best: Way) -> tuple[tuple[float, ...], tuple[Row, ...]]:
    parties = range(len(context.answers.case.parties))
    head = (Spot(("Step",)), *(Spot(signed(context, p)) for p in parties))
    rows = [Row(head, "head")]
    for k, step in enumerate(best.steps):
        bars = [Spot(glyph=_bar(context, found, p, step)) for p in parties]
        rows.append(Row((Spot((*_numbered(k), *_deeds(context, step))), *bars)))
    return (2.4, *(1.0 for _ in parties)), tuple(rows)


def gain(context: Context, found: Ways, party: int) -> Inline:
    """Say by which wish a party is better or worse off at the end than today."""
    end = found.ends[0].state
    how = _against(found, party, end)
    if not how:
        return ("Nothing that it ranks",)
    levels = context.words.levels
    wish = phrases.deciding_wish(
        context.answers.case, party, levels(found.found.start), levels(end)
    )
    if wish is None:
        return (sentence(OFF[how]),)
    told = wish.formula if how > 0 else Not(wish.formula)
    name = context.answers.case.party_names[party]
    return context.say(context.english.clause(told, name), start=True)
