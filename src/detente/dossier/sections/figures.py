"""The drawings of the sections, each in two layouts and with how to read it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from detente.case.formula import Formula
from detente.case.model import Statements
from detente.dossier.answers import RiskFound, Unanswered
from detente.dossier.drawings.broker import broker_drawing
from detente.dossier.drawings.knots import knots_drawing
from detente.dossier.drawings.marks import NARROW, WIDE
from detente.dossier.drawings.moves import moves_drawing
from detente.dossier.drawings.outcomes import outcomes_drawing
from detente.dossier.drawings.path import path_drawing
from detente.dossier.drawings.positions import positions_drawing
from detente.dossier.drawings.risk import rates_svg, ticks_svg
from detente.dossier.page.blocks import Block, Figure
from detente.dossier.sections.context import Context
from detente.stability.analysis import Verdicts
from detente.wayout.broker import Brokering
from detente.wayout.deadlock import Deadlock, everything_said
from detente.wayout.results import Ways


def figure(name: str, caption: str, draw: Callable[[str, float], str]) -> Figure:
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


def knots(context: Context, found: Deadlock) -> Iterator[Block]:
    """Yield who requires what of whom, and where that clashes."""
    cites = {said.id: said.basis.cite for said in everything_said(found.case)}

    def link(name: str) -> str | None:
        cite = cites.get(name)
        passage = context.sources.cited(cite[0]).passage if cite else ""
        return f"#{passage}" if passage else None

    yield figure(
        "knots",
        "A solid arrow requires, a dashed one refuses; what is red cannot be had together. "
        "Numbers are firmness. What was said opens the words it was read from.",
        lambda prefix, width: knots_drawing(
            found, prefix=prefix, width=width, link=link, styled=False
        ),
    )


def positions(context: Context) -> Iterator[Block]:
    """Yield who would have which option, and how firmly; nothing where nobody wants anything."""
    case = context.answers.case
    if all(party.preferences == Statements() for party in case.parties):
        return
    yield figure(
        "positions",
        "A row for each thing that can be done, a mark for each party that is for or against it.",
        lambda prefix, width: positions_drawing(case, prefix=prefix, width=width, styled=False),
    )


def moves(context: Context) -> Iterator[Block]:
    """Yield the neighbourhood of today as states and moves; nothing where that is not known."""
    result, near = context.answers.stability, context.answers.neighbourhood
    if isinstance(result, Unanswered) or isinstance(near, Unanswered):
        return
    concept = context.answers.plan.concept
    yield figure(
        "neighbourhood",
        "Today, what each party can make of it in one move, and what others would make of that. "
        "Each box says what differs from today.",
        lambda prefix, width: moves_drawing(
            context.answers.case,
            result.graph,
            near,
            concept=concept,
            prefix=prefix,
            width=width,
            styled=False,
        ),
    )


def outcomes(found: Verdicts) -> Iterator[Block]:
    """Yield which outcomes hold under which concepts."""
    yield figure(
        "outcomes",
        "A row for each outcome, a column for each view of how far the parties look ahead.",
        lambda prefix, width: outcomes_drawing(found, prefix=prefix, width=width, styled=False),
    )


def broker(found: Brokering, target: Formula) -> Iterator[Block]:
    """Yield what third parties' options change, before and after."""
    yield figure(
        "third-parties",
        "From the hollow mark, without the option, to the full one, with it.",
        lambda prefix, width: broker_drawing(
            found, target, prefix=prefix, width=width, styled=False
        ),
    )


def path(context: Context, found: Ways) -> Iterator[Block]:
    """Yield the way as a staircase; nothing where nobody has to move."""
    if found.found.paths and found.found.paths[0].steps:
        yield figure(
            "way",
            "One lane a party, its height the party’s own scale from worst to best. A mark is a "
            "move; one that points down is a step down, and a dashed line is what the mover could "
            "lose against today.",
            lambda prefix, width: path_drawing(found, prefix=prefix, width=width, styled=False),
        )


def risk(context: Context, slide: RiskFound) -> Iterator[Block]:
    """Yield danger over misstep rates, and over time where the case says what a tick stands for."""
    case, scenarios = context.answers.case, slide.scenarios
    if case.risk.tick:
        yield figure(
            "danger-ticks",
            "The probability that danger has come by each tick, as things are and with something "
            f"changed. A tick is {case.risk.tick}.",
            lambda prefix, width: ticks_svg(
                case, scenarios, name=prefix, width=width, styled=False
            ),
        )
    if len(scenarios[0].rates) > 1:
        yield figure(
            "danger-missteps",
            "The probability of danger before the goal, if everybody erred at the rate below.",
            lambda prefix, width: rates_svg(
                case, scenarios, name=prefix, width=width, styled=False
            ),
        )
