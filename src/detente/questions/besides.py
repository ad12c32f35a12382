"""What a dossier asks beside its questions: beliefs, doubt, pressing words; all its tables."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from detente.case.model import Case, Statements
from detente.dossier.answers import Answered, Answers, Nuance, StateReasons, Unanswered
from detente.doubt.holding import Doubt, doubt
from detente.doubt.hypergame import Hypergame, hypergame
from detente.doubt.radius import Radius, zone_turn
from detente.errors import CaseError, DetenteError
from detente.graph.completions import n_completions
from detente.graph.find import STATUS_QUO, find_state
from detente.graph.model import BoolArray, Graph
from detente.questions.result import Tabled
from detente.stability import analysis
from detente.stability.analysis import Verdicts
from detente.stability.registry import CLASSIC, find
from detente.stability.tally import OutcomeTally, nearest_to
from detente.stability.witness import reason
from detente.wayout.dilemmas import dilemmas
from detente.wayout.results import Zone

if TYPE_CHECKING:
    from detente.dossier.sheets.model import Table

Found = TypeVar("Found")

ANSWERS = ("stability", "deadlock", "unlock", "path", "broker", "zone", "comparison")
"""Answers of a dossier with tables of their own, in its order."""

MAX_REASONED = 9
"""States told with who would leave them: today, and outcomes that hold nowhere."""


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
    """Return the zone, what turns it, and what only some cases say enough for, by field."""
    return {
        "zone": found,
        "zone_turn": answered(lambda: _zone_turn(case, needed(found))),
        "views": answered(lambda: _views(case, concept, needed(found))),
        "doubt": answered(lambda: _doubt(case, concept, needed(found))),
        "nuances": answered(lambda: _nuances(case, concept, needed(found).graph)),
        "dilemmas": answered(lambda: dilemmas(case, needed(found).graph)),
    }


def _zone_turn(case: Case, zone: Zone) -> Radius:
    return zone_turn(case, zone.graph, zone.found.start, zone.found.parties)


def reasons(result: Verdicts, counted: OutcomeTally, concept: str) -> tuple[StateReasons, ...]:
    """Return who would leave today, and who each outcome that holds nowhere."""
    case, graph = result.case, result.graph
    if concept not in dict(counted.equilibria):
        raise CaseError(f"the work was interrupted before {concept} was worked out")
    asked = analysis.tasks(graph, [find(concept)])
    today = case.status_quo
    places = [("", find_state(case, graph, STATUS_QUO))] if today is not None else []
    truth = graph.truth(case)
    for held in counted.outcomes:
        if held.outcome and held.states and not held.under(concept):
            formula = case.outcome_named[held.outcome].formula
            states = graph.where(truth, formula)
            places.append((held.outcome, nearest_to(states, today, graph.space)))
    return tuple(
        StateReasons(
            name, at, tuple(reason(graph, task.concept, task.members, at) for task in asked)
        )
        for name, at in places[:MAX_REASONED]
    )


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


def _doubt(case: Case, concept: str, found: Zone) -> Doubt:
    if math.prod(map(n_completions, case.parties)) == 1:
        raise CaseError("the case calls nothing unsure that the parties want")
    return doubt(case, found.graph, [find(concept)], np.random.default_rng(0))


def _nuances(case: Case, concept: str, graph: Graph) -> tuple[Nuance, ...]:
    """Return how much holds where more than rankings is asked, as far as the case says more."""
    if concept not in CLASSIC:
        raise CaseError(f"there is no concept that asks more than rankings beside {concept}")
    names = []
    if any(n_completions(party) > 1 for party in case.parties):
        names += [f"{concept}_a", f"{concept}_d"]
    wants = [party.preferences for party in case.parties]
    if any(w.strong for own in wants if isinstance(own, Statements) for w in own.statements):
        names += [] if concept == "nash" else [f"{concept}_strong"]
    if case.attitudes:
        names.append(f"r{concept}")
    plain = _held(graph, concept) if names else graph.feasible
    every = [(name, _held(graph, name)) for name in names]
    return tuple(Nuance(name, graph.count(at), graph.count(at & plain)) for name, at in every)


def _held(graph: Graph, concept: str) -> BoolArray:
    held = graph.feasible
    for party in range(len(graph.parties)):
        held = held & find(concept).stable(graph, party)
    return held
