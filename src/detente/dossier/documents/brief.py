"""All results of a dossier in one JSON document."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Annotated, Any, Literal, TypeAlias, TypeVar

from annotated_types import MinLen
from typing_extensions import TypedDict

from detente.case.formula import to_text
from detente.case.model import Case, Statements
from detente.dossier.answers import (
    Answered,
    Answers,
    Confirmed,
    Nuance,
    RiskFound,
    StateReasons,
    Unanswered,
)
from detente.dossier.documents.agreement import who_answer, zone_answer
from detente.dossier.documents.dilemmas import dilemmas_document
from detente.dossier.documents.doubt import doubt_document, turns_document
from detente.dossier.documents.engine import (
    code,
    evolution_document,
    pattern_code,
    reasons_document,
)
from detente.dossier.documents.facts import case_document, evidence_document, plan_document
from detente.dossier.documents.risk import risk_answer
from detente.dossier.documents.shapes.agreement import WhoAnswer, ZoneAnswer
from detente.dossier.documents.shapes.brief import (
    BrokerInBrief,
    ComparisonInBrief,
    ConfirmedInBrief,
    DeadlockInBrief,
    EvolutionInBrief,
    Holding,
    LeanFacts,
    NuanceFacts,
    NumberedChange,
    OutcomeStanding,
    PathInBrief,
    PlanFacts,
    RiskInBrief,
    StabilityInBrief,
    StateReasonsFacts,
    UnlockInBrief,
    ViewsInBrief,
)
from detente.dossier.documents.shapes.common import Formula, Hash
from detente.dossier.documents.shapes.doubt import DilemmasDocument, TurnsDocument
from detente.dossier.documents.shapes.facts import CaseFacts, EvidenceFacts
from detente.dossier.documents.shapes.states import DoubtDocument
from detente.dossier.documents.wayout import (
    best_steps,
    broker_answer,
    change_document,
    comparison_answer,
    deadlock_answer,
    path_answer,
    unlock_answer,
)
from detente.dossier.say import figure_of
from detente.doubt.hypergame import Hypergame
from detente.graph.model import Graph
from detente.keys import Doc
from detente.stability.analysis import Verdicts
from detente.stability.statusquo import Evolution
from detente.stability.tally import OutcomeTally, reach
from detente.wayout.broker import Brokering, effect
from detente.wayout.carry import Lean
from detente.wayout.changes import Change
from detente.wayout.compare import Comparison
from detente.wayout.deadlock import Deadlock
from detente.wayout.results import Unlock, Ways, classes, place_of

Found = TypeVar("Found")
Made = TypeVar("Made")


Part: TypeAlias = Literal[
    "target",
    "stability",
    "stands",
    "evolution",
    "deadlock",
    "unlock",
    "path",
    "broker",
    "risk",
    "comparison",
    "zone",
    "who",
    "leans",
    "zone_turn",
    "views",
    "doubt",
    "nuances",
    "dilemmas",
]
"""What can be missing."""


class BriefDocument(TypedDict):
    """What 'detente brief CASE --json' prints.

    A result that is missing is null, and 'unanswered' says why.
    """

    format: Annotated[Literal[1], Doc("raised when a key changes its meaning or goes")]
    version: Annotated[str, Doc("of détente")]
    digest: Annotated[Hash, Doc("SHA-256 of the case as it would be written")]
    interrupted: Annotated[bool, Doc("whether the work was stopped before all was asked")]
    plan: Annotated[PlanFacts, Doc("what was asked")]
    case: Annotated[CaseFacts, Doc("what the case says")]
    evidence: Annotated[EvidenceFacts, Doc("what it rests on")]
    target: Annotated[Formula | None, Doc("what should come about, as a formula")]
    stability: Annotated[StabilityInBrief | None, Doc("which states hold")]
    evolution: Annotated[EvolutionInBrief | None, Doc("how they come about")]
    deadlock: Annotated[DeadlockInBrief | None, Doc("what stands in the way of the target")]
    unlock: Annotated[UnlockInBrief | None, Doc("the least changes of mind")]
    path: Annotated[PathInBrief | None, Doc("the way to the target")]
    broker: Annotated[BrokerInBrief | None, Doc("what third parties can do")]
    risk: Annotated[RiskInBrief | None, Doc("how likely a slide by mistake is")]
    comparison: Annotated[ComparisonInBrief | None, Doc("what changed since an earlier case")]
    confirmed: Annotated[
        ConfirmedInBrief | None,
        Doc("whether the answer holds without unconfirmed reports; `null` where none is cited"),
    ]
    zone: Annotated[ZoneAnswer | None, Doc("what all would rather have than today, as numbers")]
    who: Annotated[
        Annotated[list[WhoAnswer], MinLen(1)] | None,
        Doc("who can bring the target about and who can prevent it; then the same of the danger"),
    ]
    leans: Annotated[
        list[LeanFacts] | None, Doc("the wishes on each of which alone the best path hangs")
    ]
    zone_turn: Annotated[
        TurnsDocument | None,
        Doc("the least change of the wishes that empties the zone, or fills an empty one"),
    ]
    views: Annotated[
        ViewsInBrief | None, Doc("what holds as each party sees the others, where the case says it")
    ]
    doubt: Annotated[
        DoubtDocument | None,
        Doc("what holds however the unsure wishes may be, as numbers; `null` if none is unsure"),
    ]
    nuances: Annotated[
        list[NuanceFacts] | None,
        Doc("what holds where unsure or strong wishes or attitudes count; empty if none is given"),
    ]
    dilemmas: Annotated[DilemmasDocument | None, Doc("whom public words put under pressure")]
    unanswered: Annotated[
        dict[Part, Annotated[str, MinLen(1)]],
        Doc("for each result that is null: what is missing"),
    ]


def brief_document(answers: Answers) -> BriefDocument:
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
    unanswered: dict[Part, str] = {}

    def told(name: Part, answer: Answered[Found], make: Callable[[Found], Made]) -> Made | None:
        if isinstance(answer, Unanswered):
            unanswered[name] = answer.why
            return None
        return make(answer)

    def graph() -> Graph:
        assert not isinstance(answers.zone, Unanswered), "what is asked beside it needs its states"
        return answers.zone.graph

    case, target = answers.case, answers.target
    aim = "" if isinstance(target, Unanswered) else to_text(target)
    document: BriefDocument = {
        "format": 1,
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
        "risk": told("risk", answers.risk, lambda r: _risk(answers, r)),
        "comparison": told("comparison", answers.comparison, _comparison),
        "confirmed": (
            None if isinstance(answers.confirmed, Unanswered) else _confirmed(answers.confirmed)
        ),
        "zone": told("zone", answers.zone, lambda r: zone_answer(r, counts=True)),
        "who": told("who", answers.who, lambda r: [who_answer(one) for one in r]),
        "leans": told("leans", answers.leans, lambda r: [_lean(case, one) for one in r]),
        "zone_turn": told(
            "zone_turn", answers.zone_turn, lambda r: turns_document(case, graph(), r)
        ),
        "views": told("views", answers.views, lambda r: _views(case, graph(), r)),
        "doubt": told(
            "doubt", answers.doubt, lambda r: doubt_document(case, graph(), r, counts=True)
        ),
        "nuances": told("nuances", answers.nuances, lambda r: [_nuance(one) for one in r]),
        "dilemmas": told(
            "dilemmas", answers.dilemmas, lambda r: dilemmas_document(case, graph(), r)
        ),
        "unanswered": unanswered,
    }
    if isinstance(answers.reasons, Unanswered) and "stability" not in unanswered:
        unanswered["stands"] = answers.reasons.why
    if isinstance(target, Unanswered):
        unanswered["target"] = target.why
    finite: BriefDocument = _finite(document)
    return finite


def _confirmed(found: Confirmed) -> ConfirmedInBrief:
    less, compared = found.comparison.before, found.comparison
    return {
        "lines": found.lines,
        "holds": found.holds,
        "without": {
            "verdict": less.deadlock.verdict if less.deadlock else None,
            "cost": less.cost,
            "exposure": None if less.exposure is None else float(less.exposure),
        },
        "knots_only_with": [list(knot) for knot in compared.knots_new],
        "knots_only_without": [list(knot) for knot in compared.knots_gone],
    }


def _finite(value: Any) -> Any:
    """Return a document in which a number that is not finite is null."""
    if isinstance(value, dict):
        return {key: _finite(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_finite(inner) for inner in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def _stability(answers: Answers, result: Verdicts) -> StabilityInBrief:
    tally, reasons = answers.tally, answers.reasons
    counted = None if isinstance(tally, Unanswered) else tally
    return {
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
        "today": None if counted is None or counted.today is None else list(counted.today),
        "outcomes": [] if counted is None else _outcomes(counted),
        "holds": {} if counted is None else _holds(result, counted),
        "stands": None
        if isinstance(reasons, Unanswered)
        else [_state_reasons(result, one) for one in reasons],
    }


def _outcomes(tally: OutcomeTally) -> list[OutcomeStanding]:
    return [
        {
            "outcome": held.outcome or None,
            "states": held.states,
            "holding": dict(held.holding),
            "staying": {concept: dict(each) for concept, each in held.staying},
        }
        for held in tally.outcomes
    ]


def _holds(result: Verdicts, tally: OutcomeTally) -> dict[str, Holding]:
    shape = result.graph.levels
    return {
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
    }


def _state_reasons(result: Verdicts, one: StateReasons) -> StateReasonsFacts:
    return {
        "outcome": one.outcome or None,
        "state": code(result.graph, one.state),
        "reasons": reasons_document(result.graph, one.reasons),
    }


def _evolution(answers: Answers, found: Evolution) -> EvolutionInBrief | None:
    result = answers.stability
    if isinstance(result, Unanswered):
        return None
    counted = reach(result, found)
    return {
        **evolution_document(result, found),
        "reach": {
            "by_improvements": counted.by_improvements,
            "by_moves": counted.by_moves,
            "out_of_reach": counted.out_of_reach,
        },
    }


def _deadlock(found: Deadlock) -> DeadlockInBrief:
    cheapest = [c for c in found.concessions if c.cost == found.concessions[0].cost]
    return {
        **deadlock_answer(found),
        "cost": found.cost,
        "ties": max(0, len(cheapest) - 1),
        "stopped": list(found.stopped),
    }


def _unlock(found: Unlock) -> UnlockInBrief:
    return {**unlock_answer(found), "most": found.most}


def _path(found: Ways) -> PathInBrief:
    levels = found.ends[0].levels if found.ends else ()
    return {
        **path_answer(found),
        "steps": [{**step, "number": k} for k, step in enumerate(best_steps(found), start=1)],
        "joint": found.joint,
        "goals": found.goals,
        "places": {
            name: {
                "today": place_of(found, p, today),
                "then": place_of(found, p, then),
                "of": classes(found, p),
            }
            for p, (name, (today, then)) in enumerate(
                zip(found.graph.parties, levels, strict=bool(levels))
            )
        },
    }


def _broker(found: Brokering, aim: str) -> BrokerInBrief:
    effects = [effect(found, use) for use in found.uses]
    return {
        **broker_answer(found, aim),
        "helping": sum(e.helps for e in effects),
        "harming": sum(e.harms for e in effects),
        "idle": sum(e.idle for e in effects),
        "impossible": sum(not e.possible for e in effects),
    }


def _risk(answers: Answers, found: RiskFound) -> RiskInBrief:
    base = found.scenarios[0]
    graph = base.graph
    return {
        **risk_answer(answers.case, found.settings, found.scenarios),
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
        "grounds": [
            {"what": g.what, "value": g.value, "origin": g.origin, "note": g.note}
            for g in found.settings.grounds
        ],
    }


def _lean(case: Case, lean: Lean) -> LeanFacts:
    party = case.parties[lean.party]
    assert isinstance(party.preferences, Statements)
    return {
        "party": party.name,
        "wish": to_text(party.preferences.statements[lean.wish].formula),
        "place": lean.wish + 1,
        "step": None if lean.step < 0 else lean.step + 1,
    }


def _views(case: Case, graph: Graph, game: Hypergame) -> ViewsInBrief:
    return {
        "concept": game.concept.name,
        "holds": graph.count(game.holds),
        "true": graph.count(game.true),
        "same": graph.count(game.holds & game.true),
        "surprised": [
            name
            for i, name in enumerate(case.party_names)
            if (game.surprised(i) & game.holds).any()
        ],
    }


def _nuance(one: Nuance) -> NuanceFacts:
    return {"concept": one.concept, "states": one.states, "also": one.also}


def _comparison(found: Comparison) -> ComparisonInBrief:
    earlier = found.before.case
    return {
        **comparison_answer(found),
        "earlier": {
            "name": earlier.name,
            "title": earlier.title,
            "as_of": earlier.as_of.isoformat() if earlier.as_of else None,
        },
        "changes": [
            _change(change, figures)
            for change, figures in zip(found.changes, _numbered(found), strict=True)
        ],
    }


def _change(change: Change, figures: Change) -> NumberedChange:
    was, now = figure_of(figures.before), figure_of(figures.after)
    return {**change_document(change), "was": was, "now": now}


def _numbered(found: Comparison) -> list[Change]:
    """Return the changes; of those without a place or a firmness the values are left out."""
    with_figures = ("statement", "condition", "refusal")
    return [
        c if c.what in with_figures else Change(c.what, c.how, c.party, c.name)
        for c in found.changes
    ]
