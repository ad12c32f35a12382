"""All results of a dossier in one JSON document; ``brief.schema.json`` says what is in it."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TypeAlias, TypeVar

from detente.case.formula import to_text
from detente.dossier.answers import Answered, Answers, Slide, Stand, Unanswered
from detente.dossier.documents.engine import (
    code,
    evolution_document,
    explanation_document,
    pattern_code,
)
from detente.dossier.documents.facts import case_document, evidence_document, plan_document
from detente.dossier.documents.risk import risk_document
from detente.dossier.documents.wayout import (
    broker_document,
    comparison_document,
    deadlock_document,
    path_document,
    unlock_document,
)
from detente.stability.analysis import Verdicts
from detente.stability.statusquo import Evolution
from detente.stability.tally import Tally, reach
from detente.wayout.broker import Brokering, effect
from detente.wayout.changes import Change
from detente.wayout.compare import Comparison
from detente.wayout.deadlock import Deadlock
from detente.wayout.results import Path, Unlock, classes, place_of

Document: TypeAlias = dict[str, object]
Result = TypeVar("Result")

FORMAT = 1
"""Raised when a key changes its meaning or goes."""


def brief_document(answers: Answers) -> Document:
    """Return all results about a case in one document.

    Parameters
    ----------
    answers : Answers
        The results. One that is missing is null, and ``unanswered`` says why.

    Notes
    -----
    Sets of states are given as numbers and patterns, not as lists, so that the document stays
    small for large cases. Every number of the dossier's pages stands in it, not rounded.
    """
    unanswered: dict[str, str] = {}

    def told(name: str, answer: Answered[Result], make: Callable[[Result], Document]) -> object:
        if isinstance(answer, Unanswered):
            unanswered[name] = answer.why
            return None
        return make(answer)

    target = answers.target
    aim = "" if isinstance(target, Unanswered) else to_text(target)
    document: Document = {
        "format": FORMAT,
        "version": answers.version,
        "digest": answers.digest,
        "interrupted": answers.interrupted,
        "plan": plan_document(answers.plan),
        "case": case_document(answers),
        "evidence": evidence_document(answers),
        "target": aim or None,
        "stability": told("stability", answers.stability, lambda r: _stability(answers, r)),
        "evolution": told("evolution", answers.evolution, lambda r: _evolution(answers, r)),
        "deadlock": told("deadlock", answers.deadlock, _deadlock),
        "unlock": told("unlock", answers.unlock, _unlock),
        "path": told("path", answers.path, _path),
        "broker": told("broker", answers.broker, lambda r: _broker(r, aim)),
        "risk": told("risk", answers.slide, lambda r: _risk(answers, r)),
        "comparison": told("comparison", answers.comparison, _comparison),
    }
    if isinstance(answers.stands, Unanswered) and "stability" not in unanswered:
        unanswered["stands"] = answers.stands.why
    if isinstance(target, Unanswered):
        unanswered["target"] = target.why
    document["unanswered"] = unanswered
    return _finite(document)  # type: ignore[return-value]


def _finite(value: object) -> object:
    """Return a document in which a number that is not finite is null."""
    if isinstance(value, dict):
        return {key: _finite(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_finite(inner) for inner in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def _stability(answers: Answers, result: Verdicts) -> Document:
    tally, stands = answers.tally, answers.stands
    document: Document = {
        "states": result.n_states,
        "concepts": [concept.name for concept in result.concepts],
        "complete": result.complete,
        "stable": {
            concept.name: {
                focal: len(result.stable(concept.name, focal))
                for focal in result.focals(concept.name)
            }
            for concept in result.concepts
        },
        **_tally(result, tally),
        "stands": None
        if isinstance(stands, Unanswered)
        else [_stand(answers, result, stand) for stand in stands],
    }
    return document


def _tally(result: Verdicts, tally: Answered[Tally]) -> Document:
    if isinstance(tally, Unanswered):
        return {"today": None, "outcomes": [], "holds": {}}
    shape = result.graph.levels
    return {
        "today": None if tally.today is None else list(tally.today),
        "outcomes": [
            {
                "outcome": held.outcome or None,
                "states": held.states,
                "holding": dict(held.holding),
                "staying": {concept: dict(each) for concept, each in held.staying},
            }
            for held in tally.outcomes
        ],
        "holds": {
            name: {
                "states": dict(tally.equilibria)[name],
                "groups": [
                    {
                        "outcomes": list(group.outcomes),
                        "states": group.cover.states,
                        "patterns": [pattern_code(p, shape) for p in group.cover.patterns],
                        "left_out": group.cover.left_out,
                    }
                    for group in groups
                ],
            }
            for name, groups in tally.groups
        },
    }


def _stand(answers: Answers, result: Verdicts, stand: Stand) -> Document:
    graph = result.graph
    told = explanation_document(answers.case, graph, stand.state, list(stand.reasons))
    return {
        "outcome": stand.outcome or None,
        "state": code(graph, stand.state),
        "reasons": told["reasons"],
    }


def _evolution(answers: Answers, found: Evolution) -> Document:
    result = answers.stability
    if isinstance(result, Unanswered):
        return {}
    counted = reach(result, found)
    return {
        **evolution_document(result, found),
        "reach": {
            "by_improvements": counted.by_improvements,
            "by_moves": counted.by_moves,
            "out_of_reach": counted.out_of_reach,
        },
    }


def _deadlock(found: Deadlock) -> Document:
    cheapest = [c for c in found.concessions if c.cost == found.concessions[0].cost]
    document = deadlock_document(found)
    return {
        **_without_case(document),
        "cost": found.cost,
        "ties": max(0, len(cheapest) - 1),
        "stopped": list(found.stopped),
    }


def _unlock(found: Unlock) -> Document:
    return {**_without_case(unlock_document(found)), "most": found.most}


def _path(found: Path) -> Document:
    document = _without_case(path_document(found))
    steps = document["steps"]
    assert isinstance(steps, list)
    document["steps"] = [{"number": k, **step} for k, step in enumerate(steps, start=1)]
    document["joint"] = found.joint
    document["goals"] = found.goals
    document["places"] = (
        {}
        if not found.ends
        else {
            name: {
                "today": place_of(found, p, today),
                "then": place_of(found, p, then),
                "of": classes(found, p),
            }
            for p, (name, (today, then)) in enumerate(
                zip(found.graph.parties, found.ends[0].levels, strict=True)
            )
        }
    )
    return document


def _broker(found: Brokering, aim: str) -> Document:
    effects = [effect(found, use) for use in found.uses]
    return {
        **_without_case(broker_document(found, aim)),
        "helping": sum(e.helps for e in effects),
        "harming": sum(e.harms for e in effects),
        "idle": sum(e.idle for e in effects),
        "impossible": sum(not e.possible for e in effects),
    }


def _risk(answers: Answers, found: Slide) -> Document:
    base = found.scenarios[0]
    graph = base.graph
    grounds = [
        {"what": g.what, "value": g.value, "origin": g.origin, "note": g.note}
        for g in found.settings.grounds
    ]
    return {
        **_without_case(risk_document(answers.case, found.settings, found.scenarios)),
        "ticks": len(base.hitting.within) - 1,
        "p_goal": base.hitting.p_goal,
        "p_neither": base.hitting.p_neither,
        "rates": [
            [float(rate), float(p)] for rate, p in zip(base.rates, base.over_rates, strict=True)
        ],
        "ways": [
            {
                "probability": way.probability,
                "steps": [
                    {
                        "party": graph.parties[step.mover],
                        "from": code(graph, step.source),
                        "to": code(graph, step.target),
                        "mistaken": float(chance),
                    }
                    for step, chance in zip(way.steps, way.mistaken, strict=True)
                ],
            }
            for way in base.slides.ways
        ],
        "grounds": grounds,
    }


def _comparison(found: Comparison) -> Document:
    document = _without_case(comparison_document(found))
    changes = document["changes"]
    assert isinstance(changes, list)
    document["earlier"] = {
        "name": found.before.case.name,
        "title": found.before.case.title,
        "as_of": found.before.case.as_of.isoformat() if found.before.case.as_of else None,
    }
    document["changes"] = [
        {**told, "was": figure_of(change.before), "now": figure_of(change.after)}
        for told, change in zip(changes, _numbered(found), strict=True)
    ]
    return document


def _numbered(found: Comparison) -> list[Change]:
    """Return the changes; of those without a place or a firmness the values are left out."""
    with_figures = ("statement", "condition", "refusal")
    return [
        c if c.what in with_figures else Change(c.what, c.how, c.party, c.name)
        for c in found.changes
    ]


def figure_of(text: str) -> int | None:
    """Return the number in ``3`` or ``firmness 3``; None where there is none."""
    last = text.rpartition(" ")[2]
    return int(last) if last.isdecimal() else None


def _without_case(document: Document) -> Document:
    """Return a document without what the whole one says already."""
    return {key: value for key, value in document.items() if key not in ("case", "options")}
