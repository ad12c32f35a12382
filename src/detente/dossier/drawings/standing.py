"""Who is better or worse off than today, as shapes on, above and below one line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup, escape

from detente.dossier.drawings.glyphs import SHAPES
from detente.dossier.page.dossier import Panel
from detente.dossier.say import show

STEP, ROOM = 34, 18
"""Pixels from party to party, and from the line up and down."""


def sign(k: int) -> Markup:
    """Return the shape of the party at a position, small enough for a line of text."""
    shape = SHAPES[k % len(SHAPES)]
    return Markup(f'<svg class="sign" viewBox="-10 -10 20 20" aria-hidden="true">{shape}</svg>')


def svg(
    panel: Panel, order: Sequence[str], colour: Mapping[str, str], label: Mapping[str, str]
) -> Markup:
    """Return the line of today with every party on, above or below it.

    Parameters
    ----------
    panel : Panel
        The moment.
    order : sequence of str
        The parties from left to right.
    colour, label : mapping
        Party to class of colour, and to its name.
    """
    marks = dict(panel.marks)
    width = STEP * len(order)
    drawn = [f'<path class="today" d="M0 32H{width}"/>']
    for k, name in enumerate(order):
        x, how = STEP * k + STEP / 2, marks.get(name, 0)
        y = 32 - how * ROOM
        hollow = " hollow" if how < 0 else ""
        stem = f'<path class="stem" d="M{x:g} 32V{y:g}"/>' if how else ""
        ring = (
            f'<circle class="ring" cx="{x:g}" cy="{y:g}" r="12"/>' if name in panel.movers else ""
        )
        shape = SHAPES[k % len(SHAPES)]
        where = f'transform="translate({x:g} {y:g})"'
        drawn.append(f'<g class="{colour[name]}{hollow}">{stem}{ring}<g {where}>{shape}</g></g>')
    told = escape(show(_told(panel, order, label)))
    return Markup(
        f'<svg class="standing" viewBox="0 0 {width} 64" role="img" aria-label="{told}" '
        f'style="max-width:{width}px">{"".join(drawn)}</svg>'
    )


def _told(panel: Panel, order: Sequence[str], label: Mapping[str, str]) -> str:
    marks = dict(panel.marks)
    words = {1: "better off than today", 0: "as today", -1: "worse off than today"}
    return "; ".join(f"{label[name]} {words[marks.get(name, 0)]}" for name in order)
