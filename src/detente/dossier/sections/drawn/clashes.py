"""What was said and cannot all be kept, drawn: a row for each clash, sentences at its ends."""

from __future__ import annotations

from collections.abc import Iterator

from detente.dossier.drawings import glyphs, theme
from detente.dossier.page.blocks import (
    Block,
    Inline,
    Look,
    Mark,
    Plate,
    Quote,
    Row,
    Spot,
)
from detente.dossier.sections.context import Context, number, pointer
from detente.dossier.sections.drawn.common import sign
from detente.wayout.deadlock import Deadlock


def knots(
    context: Context, found: Deadlock, most: int, instead: tuple[Block, ...] = ()
) -> Iterator[Plate]:
    """Yield the smallest clashes, those that share a sentence beside it."""
    if not found.knots:
        return
    rows: list[Row] = []
    for first, others in _grouped(found.knots[:most]):
        beside = sum(len(other) for other in others) or 1
        for k, other in enumerate(others):
            for j, name in enumerate(other or (None,)):
                left = Spot(rows=0) if k or j else _said(context, found, first, beside)
                meets = Spot(("and",)) if j else Spot(glyph=glyphs.clash("cannot be kept with"))
                right = _goal(context) if name is None else _said(context, found, name)
                rows.append(Row((left, meets, right)))
    more = "" if len(found.knots) <= most else " More clashes are left out here."
    yield Plate(
        "knots",
        (f"What was said that cannot all be kept if {context.goal_is}.",),
        "A red line joins what cannot all be kept. A dashed edge shows that no report has the "
        f"words, which are assumed. The firmer words are, the harder they are to take back.{more}",
        (1.0, 0.26, 1.0),
        tuple(rows),
        instead=instead,
    )


def _grouped(
    knots: tuple[tuple[str, ...], ...],
) -> Iterator[tuple[str, list[tuple[str, ...]]]]:
    """Yield what is at the left with all that it clashes with, a knot each."""
    left = list(knots)
    while left:
        counts = {name: sum(name in knot for knot in left) for name in left[0]}
        first = max(left[0], key=lambda name: counts[name])
        yield first, [tuple(n for n in knot if n != first) for knot in left if first in knot]
        left = [knot for knot in left if first not in knot]


def _said(context: Context, found: Deadlock, name: str, rows: int = 1) -> Spot:
    said = found.said(name)
    party = context.answers.case.party_names.index(said.party)
    told: Inline = (
        sign(context, party),
        *context.say(f"{context.formulas.said(said)}.", start=True),
    )
    firm: Inline = (
        "Firmness ",
        number(said.firmness, pointer("case", "said", name, "firmness")),
        ".",
    )
    words = [_quoted(context.sources.cited(cite)) for cite in said.basis.cite]
    if not words:
        why = said.basis.note or "no report is cited"
        words = [(f"Assumed: {why}",)]
    look: Look = "said" if said.basis.cite else "dashed"
    return Spot(told, (*words, firm), look=look, rows=rows, hue=theme.hue(party))


def _quoted(quote: Quote) -> Inline:
    where = Mark("cite", quote.where, quote.passage) if quote.passage else quote.where
    return (Mark("quote", quote.text), " ", where)


def _goal(context: Context) -> Spot:
    return Spot((f"That {context.goal_is}.",), look="strong")
