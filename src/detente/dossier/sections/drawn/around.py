"""The moves from today, drawn: how many each party has, and which of them would pay."""

from __future__ import annotations

from collections.abc import Iterator

from detente.dossier.drawings import glyphs
from detente.dossier.page.blocks import Inline, Plate, Row, Spot
from detente.dossier.sections import phrases
from detente.dossier.sections.context import Context
from detente.dossier.sections.drawn.common import NOBODY_GAINS, signed
from detente.dossier.words import plural
from detente.english.speech import listing
from detente.stability.neighbourhood import Neighbourhood

TOLD = 2
"""Paying moves of a party that are told."""


def moves(context: Context, found: Neighbourhood) -> Iterator[Plate]:
    """Yield a row for each party that can move at all."""
    rows = [
        Row(
            (Spot(), Spot(("worse or no better | better",)), Spot(("What would pay",))),
            "head",
        )
    ]
    every = sum(r.moves for r in found.reach)
    pays = sum(r.improvements for r in found.reach)
    for p, reach in enumerate(found.reach):
        if not reach.moves:
            continue
        paying = f"{reach.improvements or 'none'} {'are' if reach.improvements > 1 else 'is'}"
        told = f"{plural(reach.moves, 'move')}, of which {paying} better for it"
        drawn = glyphs.dots(p, reach.moves - reach.improvements, reach.improvements, told)
        rows.append(Row((Spot(signed(context, p)), Spot(glyph=drawn), _pays(context, found, p))))
    if not every:
        return
    yield Plate(
        "moves",
        _finding(every, pays),
        "Each dot is a possible move. Right of the line and full, it would be better for the party "
        "that makes it, and left of it and hollow, it would not. A bar stands for more moves than "
        "dots have room for.",
        (1.0, 1.5, 1.5),
        tuple(rows),
    )


def _finding(every: int, pays: int) -> Inline:
    if not pays:
        return (NOBODY_GAINS,)
    them = "them" if 1 < pays < every else "it"
    few = "Every" if pays == every else "One" if pays == 1 else "Some"
    verb, moves_ = ("are", "possible moves") if few == "Some" else ("is", "possible move")
    return (f"{few} {moves_} {verb} better for the party that makes {them}.",)


def _pays(context: Context, found: Neighbourhood, party: int) -> Spot:
    own = [m for m in found.moves if m.mover == party and m.improves]
    told: list[Inline] = []
    before = context.words.levels(found.start)
    for move in own[:TOLD]:
        changes = context.english.changes(
            context.answers.case.parties[party], before, context.words.levels(move.target)
        )
        told.append(context.say(listing(changes)))
    if not told:
        return Spot(("nothing",))
    more = found.reach[party].improvements - len(told)
    rest: tuple[Inline, ...] = (("and more",),) if more > 0 else ()
    return Spot(phrases.capital(phrases.joined(told, "or")), rest)
