"""The drawings of a dossier, as data: what stands in their cells, worded like the sections.

Each maker yields a :class:`~detente.dossier.page.blocks.Plate`, or nothing where there is nothing
to see.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import TypeVar

from detente.dossier.answers import Answers, Unanswered
from detente.dossier.page.blocks import Plate
from detente.dossier.sections.context import Context
from detente.dossier.sections.drawn import (
    around,
    clashes,
    curves,
    dealt,
    powers,
    situations,
    slides,
    stances,
)
from detente.dossier.sections.drawn.steps import way
from detente.wayout.broker import Brokering

Found = TypeVar("Found")

KNOTS = 8
"""Clashes drawn."""


def _of(
    part: Callable[[Answers], Found | Unanswered], draw: Callable[[Context, Found], Iterator[Plate]]
) -> Callable[[Context], Iterator[Plate]]:
    """Return a drawing of one of the answers, which is nothing where there is none."""

    def drawn(context: Context) -> Iterator[Plate]:
        found = part(context.answers)
        if not isinstance(found, Unanswered):
            yield from draw(context, found)

    return drawn


def _parties(context: Context, found: Brokering) -> Iterator[Plate]:
    from detente.dossier.sections import third_parties  # it draws with what stands here

    yield from third_parties.drawn(context, found)


DRAWN: Mapping[str, Callable[[Context], Iterator[Plate]]] = MappingProxyType(
    {
        "positions": stances.drawn,
        "outcomes": _of(
            lambda answers: answers.stability,
            lambda context, found: situations.lasting(context, found, context.answers.plan.concept),
        ),
        "moves": _of(lambda answers: answers.neighbourhood, around.moves),
        "knots": _of(
            lambda answers: answers.deadlock,
            lambda context, found: clashes.knots(context, found, KNOTS),
        ),
        "path": _of(lambda answers: answers.path, way),
        "parties": _of(lambda answers: answers.broker, _parties),
        "risk": _of(lambda answers: answers.risk, slides.danger),
        "ticks": _of(lambda answers: answers.risk, curves.over_time),
        "missteps": _of(lambda answers: answers.risk, curves.over_rates),
        "shares": _of(lambda answers: answers.risk, curves.shares),
        "zone": _of(lambda answers: answers.zone, situations.proposals),
        "who": _of(lambda answers: answers.who, powers.who),
        "timeline": dealt.timeline,
    }
)
"""Every drawing by its name, in the order of the page."""
