"""The drawings of a dossier, as data: what stands in their cells, worded like the sections.

Each maker yields a :class:`~detente.dossier.page.blocks.Plate`, or nothing where there is nothing
to see.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from detente.dossier.answers import Unanswered
from detente.dossier.page.blocks import Plate
from detente.dossier.sections.context import Context
from detente.dossier.sections.drawn import around, clashes, powers, situations, slides, stances
from detente.dossier.sections.drawn import steps as taken

KNOTS = 8
"""Clashes drawn."""


def _path(context: Context) -> Iterator[Plate]:
    found = context.answers.path
    if not isinstance(found, Unanswered):
        yield from taken.way(context, found)


def _knots(context: Context) -> Iterator[Plate]:
    found = context.answers.deadlock
    if not isinstance(found, Unanswered):
        yield from clashes.knots(context, found, KNOTS)


def _outcomes(context: Context) -> Iterator[Plate]:
    found = context.answers.stability
    if not isinstance(found, Unanswered):
        yield from situations.lasting(context, found, context.answers.plan.concept)


def _moves(context: Context) -> Iterator[Plate]:
    found = context.answers.neighbourhood
    if not isinstance(found, Unanswered):
        yield from around.moves(context, found)


def _risk(context: Context) -> Iterator[Plate]:
    found = context.answers.slide
    if not isinstance(found, Unanswered):
        yield from slides.danger(context, found)


def _zone(context: Context) -> Iterator[Plate]:
    found = context.answers.zone
    if not isinstance(found, Unanswered):
        yield from situations.proposals(context, found)


def _who(context: Context) -> Iterator[Plate]:
    found = context.answers.who
    if not isinstance(found, Unanswered):
        yield from powers.who(context, found)


def _parties(context: Context) -> Iterator[Plate]:
    from detente.dossier.sections import third_parties

    found = context.answers.broker
    if not isinstance(found, Unanswered):
        yield from third_parties.drawn(context, found)


DRAWN: Mapping[str, Callable[[Context], Iterator[Plate]]] = MappingProxyType(
    {
        "positions": stances.stands,
        "outcomes": _outcomes,
        "moves": _moves,
        "knots": _knots,
        "path": _path,
        "parties": _parties,
        "risk": _risk,
        "zone": _zone,
        "who": _who,
    }
)
"""Every drawing by its name, in the order of the page."""
