"""The drawings of the sections, each with how to read it."""

from __future__ import annotations

from collections.abc import Iterator

from detente.dossier.answers import Slide
from detente.dossier.drawings.path import path_drawing
from detente.dossier.drawings.risk import rates_svg, shares_svg, ticks_svg
from detente.dossier.page.blocks import Block, Figure
from detente.dossier.sections.context import Context
from detente.wayout.results import Path


def path(context: Context, found: Path) -> Iterator[Block]:
    """Yield the way as a staircase; nothing where nobody has to move."""
    if found.found.paths and found.found.paths[0].steps:
        yield Figure(
            "way",
            "One lane a party, its height the party’s own scale from worst to best. A mark is a "
            "move; one that points down is a step down, and a dashed line is what the mover could "
            "lose against today.",
            path_drawing(found, prefix="way-drawing"),
        )


def risk(context: Context, slide: Slide) -> Iterator[Block]:
    """Yield danger over time and over misstep rates, and whose missteps matter."""
    case, scenarios = context.answers.case, slide.scenarios
    yield Figure(
        "danger-ticks",
        "The probability that danger has come by each tick, as things are and with something "
        "changed.",
        ticks_svg(case, scenarios, name="danger-ticks-drawing"),
    )
    if len(scenarios[0].rates) > 1:
        yield Figure(
            "danger-missteps",
            "The probability of danger before the goal, if everybody erred at the rate below.",
            rates_svg(case, scenarios, name="danger-missteps-drawing"),
        )
    yield Figure(
        "danger-shares",
        "By how many percentage points the probability of danger changes if a party’s own "
        "missteps become one percentage point more frequent.",
        shares_svg(case, scenarios, name="danger-shares-drawing"),
    )
