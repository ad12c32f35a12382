"""What a dossier asks beside its questions: what turns the zone, and beliefs; all its tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from detente.case.model import Case
from detente.dossier.answers import Answered, Answers, Unanswered
from detente.doubt.hypergame import Hypergame, hypergame
from detente.doubt.radius import zone_turn
from detente.errors import CaseError, DetenteError
from detente.questions.result import Tabled
from detente.stability.registry import find
from detente.wayout.results import Zone

if TYPE_CHECKING:
    from detente.dossier.sheets.model import Table

Found = TypeVar("Found")

ANSWERS = ("stability", "deadlock", "unlock", "path", "broker", "zone", "comparison")
"""Answers of a dossier with tables of their own, in its order."""


def answered(question: Callable[[], Found]) -> Answered[Found]:
    """Return the answer, or why there is none."""
    try:
        return question()
    except DetenteError as error:
        return Unanswered(str(error).rstrip("."))


def needed(answer: Answered[Found]) -> Found:
    """Return an answer that another builds on.

    Raises
    ------
    CaseError
        If there is none.
    """
    if isinstance(answer, Unanswered):
        raise CaseError(answer.why)
    return answer


def besides(case: Case, concept: str, found: Answered[Zone]) -> Mapping[str, Any]:
    """Return the zone, what turns it, and what holds as each party sees the others, by field."""
    return {
        "zone": found,
        "zone_turn": answered(lambda: zone_turn(case, needed(found))),
        "views": answered(lambda: _views(case, concept, needed(found))),
    }


def _views(case: Case, concept: str, found: Zone) -> Hypergame:
    if not case.views:
        raise CaseError("the case does not say what parties believe of each other")
    (game,) = hypergame(case, found.graph, [find(concept)])
    return game


def tables_of(answers: Answers) -> Iterator[Table]:
    """Yield the tables of all answers of a dossier, each named by its question, too."""
    for name in ANSWERS:
        found = getattr(answers, name)
        for table in found.tables() if isinstance(found, Tabled) else ():
            yield replace(table, name=f"{name}-{table.name}")
