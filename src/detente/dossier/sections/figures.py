"""The drawings of the sections, each in two layouts and with how to read it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from detente.dossier.answers import Slide
from detente.dossier.drawings.path import path_drawing
from detente.dossier.drawings.risk import rates_svg, shares_svg, ticks_svg
from detente.dossier.page.blocks import Block, Figure
from detente.dossier.sections.context import Context
from detente.wayout.results import Path

WIDE, NARROW = 720, 340
"""Widths of a drawing on a page and on a phone, in pixels."""


def figure(name: str, caption: str, draw: Callable[[str, int], str]) -> Figure:
    """Return a drawing in both layouts.

    Parameters
    ----------
    name : str
        The id of the figure; what the ids in its drawings begin with.
    caption : str
        How to read it.
    draw : callable
        ``draw(prefix, width)`` returns SVG.
    """
    return Figure(name, caption, draw(f"{name}-wide", WIDE), draw(f"{name}-narrow", NARROW))


def path(context: Context, found: Path) -> Iterator[Block]:
    """Yield the way as a staircase; nothing where nobody has to move."""
    if found.found.paths and found.found.paths[0].steps:
        yield figure(
            "way",
            "One lane a party, its height the party’s own scale from worst to best. A mark is a "
            "move; one that points down is a step down, and a dashed line is what the mover could "
            "lose against today.",
            lambda prefix, width: path_drawing(found, prefix=prefix, width=width),
        )


def risk(context: Context, slide: Slide) -> Iterator[Block]:
    """Yield danger over time and over misstep rates, and whose missteps matter."""
    case, scenarios = context.answers.case, slide.scenarios
    yield figure(
        "danger-ticks",
        "The probability that danger has come by each tick, as things are and with something "
        "changed.",
        lambda prefix, width: ticks_svg(case, scenarios, name=prefix, width=width),
    )
    if len(scenarios[0].rates) > 1:
        yield figure(
            "danger-missteps",
            "The probability of danger before the goal, if everybody erred at the rate below.",
            lambda prefix, width: rates_svg(case, scenarios, name=prefix, width=width),
        )
    yield figure(
        "danger-shares",
        "By how many percentage points the probability of danger changes if a party’s own "
        "missteps become one percentage point more frequent.",
        lambda prefix, width: shares_svg(case, scenarios, name=prefix, width=width),
    )
