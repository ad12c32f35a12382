"""Results as JSON documents: what ``--json`` prints."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from detente.case.formula import Formula, to_text
from detente.case.model import Case
from detente.dossier.documents.shapes.common import Concept, State
from detente.dossier.documents.shapes.states import (
    AimedDocument,
    EvolutionDocument,
    ExplanationDocument,
    ExportDocument,
    Improvement,
    InverseDocument,
    Move,
    Preferences,
    ReasonDocument,
    StabilityDocument,
    StatesDocument,
)
from detente.dossier.documents.shapes.states import Paths as PathsDocument
from detente.graph.find import status_quo
from detente.graph.model import Graph
from detente.graph.paths import Paths, Step
from detente.graph.states import StateSet, alphabet
from detente.stability.aims import aims
from detente.stability.analysis import Verdicts, holding
from detente.stability.inverse import Requirement
from detente.stability.patterns import Pattern, by_outcome
from detente.stability.statusquo import Evolution
from detente.stability.witness import Deterrent, Reason, Turn


def stability_document(result: Verdicts, *, counts: bool = False) -> StabilityDocument:
    """Return the verdicts: lists of state strings, or with ``counts`` their numbers.

    Of an interrupted analysis it holds what was worked out; equilibria only of whole concepts.
    """

    def shown(states: StateSet) -> list[State] | int:
        return states.count if counts else list(states)

    begun = dict.fromkeys(verdict.concept.name for verdict in result.verdicts)
    document: StabilityDocument = {
        "case": result.case.name,
        "parties": list(result.case.party_names),
        "options": list(result.case.option_names),
        "states": result.n_states,
        "store": result.graph.space.name,
        "stable": {
            name: {f: shown(result.stable(name, f)) for f in result.focals(name)} for name in begun
        },
        "equilibria": {c.name: shown(result.equilibria(c.name)) for c in result.concepts},
    }
    if not result.complete:
        document["complete"] = False
    return document


def aimed_document(result: Verdicts, target: Formula) -> AimedDocument:
    """Return how many states of a target hold under each concept, and which is nearest today."""
    names, levels = result.case.party_names, result.case.shape

    def code_of(at: tuple[int, ...]) -> str:
        return "".join(alphabet(n)[k] for n, k in zip(levels, at, strict=True))

    return {
        "formula": to_text(target),
        "holding": {
            aim.concept: {
                "states": aim.states,
                "nearest": None if aim.nearest is None else code_of(aim.nearest),
                "way": [[names[go.mover], code_of(go.target)] for go in aim.way.moves]
                if aim.way.found
                else None,
            }
            for aim in aims(result, target)
        },
    }


def evolution_document(result: Verdicts, evolution: Evolution) -> EvolutionDocument:
    """Return how the equilibria come about from a state."""
    graph = result.graph
    return {
        "from": code(graph, evolution.start),
        "destinations": [
            {
                "state": code(graph, destination.state),
                "equilibrium_under": [
                    c.name
                    for c in result.concepts
                    if result.equilibria(c.name).states.flat[destination.state]
                ],
                "by_moves": paths_document(graph, destination.by_moves),
                "by_improvements": paths_document(graph, destination.by_improvements),
            }
            for destination in evolution.destinations
        ],
        "left_out": evolution.left_out,
        "equilibria": graph.count(holding(result)),
    }


def states_document(case: Case, found: StateSet) -> StatesDocument:
    """Return a set of states as patterns grouped by outcome, and one by one."""
    truth = found.space.truth(case)
    outcomes = [(o.name, truth(o.formula)) for o in case.outcomes]
    groups = by_outcome(
        found.states, found.feasible, outcomes, space=found.space, merged=found.merged
    )
    return {
        "case": case.name,
        "options": list(case.option_names),
        "feasible": len(StateSet(found.feasible, found.feasible, found.space, found.merged)),
        "states": len(found),
        "groups": [
            {
                "outcomes": list(group.outcomes),
                "states": group.cover.states,
                "patterns": [pattern_code(p, found.space.levels) for p in group.cover.patterns],
                "left_out": group.cover.left_out,
            }
            for group in groups
        ],
        "list": list(found),
    }


def export_document(case: Case, graph: Graph) -> ExportDocument:
    """Return the states of a case one by one, with their ranks."""
    found = graph.states(graph.feasible)
    known = case.status_quo is not None and not case.open_today
    worth = [ranks.ravel()[found.at] for ranks in graph.ranks]
    return {
        "case": case.name,
        "options": list(case.option_names),
        "states": list(found),
        "ranks": {
            name: [int(own.max()) + 1 - int(k) for k in own]
            for name, own in zip(graph.parties, worth, strict=True)
        },
        "today": code(graph, status_quo(case, graph)) if known else None,
    }


def explanation_document(
    case: Case, graph: Graph, state: int, reasons: list[Reason]
) -> ExplanationDocument:
    """Return the reasons to stay at a state, or to leave it."""
    return {
        "case": case.name,
        "options": list(case.option_names),
        "state": code(graph, state),
        "reasons": reasons_document(graph, reasons),
    }


def reasons_document(graph: Graph, reasons: Sequence[Reason]) -> list[ReasonDocument]:
    """Return reasons to stay at a state, or to leave it."""
    return [
        {
            "concept": reason.concept.name,
            "by": (reason.by or reason.concept).name,
            "party": "+".join(graph.parties[p] for p in reason.focal),
            "stable": reason.stable,
            "can_move": reason.can_move,
            "improvements": [_deterrent(graph, d) for d in reason.deterrents],
            "left_out": reason.left_out,
        }
        for reason in reasons
    ]


def inverse_document(
    case: Case, graph: Graph, state: int, concept: Concept, requirements: Sequence[Requirement]
) -> InverseDocument:
    """Return what preferences would make a state hold."""
    return {
        "case": case.name,
        "options": list(case.option_names),
        "state": code(graph, state),
        "concept": concept,
        "parties": preferences_document(graph, requirements),
    }


def preferences_document(
    graph: Graph, requirements: Sequence[Requirement]
) -> dict[str, Preferences]:
    """Return for each party what its preferences must be for a state to hold."""
    return {
        graph.parties[r.party]: {
            "sets": [graph.codes(np.array(sorted(s), np.intp)) for s in r.sets],
            "satisfied": r.satisfied,
            "rankings": r.rankings,
        }
        for r in requirements
    }


def code(graph: Graph, state: int) -> str:
    """Return the string of one state."""
    return graph.codes(np.array([state]))[0]


def pattern_code(pattern: Pattern, shape: tuple[int, ...]) -> str:
    """Return a pattern as a state string with ``-`` where any level will do."""
    return "".join(
        "-" if level is None else alphabet(n)[level]
        for level, n in zip(pattern, shape, strict=True)
    )


def paths_document(graph: Graph, paths: Paths) -> PathsDocument:
    """Return sequences of moves; ``moves`` is None if there are none."""
    return {
        "moves": paths.length,
        "sequences": [[_step(graph, step) for step in steps] for steps in paths.sequences],
        "complete": paths.complete,
    }


def _step(graph: Graph, step: Step) -> Move:
    return {
        "party": graph.parties[step.mover],
        "from": code(graph, step.source),
        "to": code(graph, step.target),
    }


def _deterrent(graph: Graph, deterrent: Deterrent) -> Improvement:
    return {
        "to": code(graph, deterrent.improvement.target),
        "by": _turn(graph, deterrent.improvement),
        "sanctioned": deterrent.sanctioned,
        "response": [step for turn in deterrent.response for step in _turn(graph, turn)],
        "at_once": deterrent.at_once,
        "traced": deterrent.traced,
        "escape": _turn(graph, deterrent.escape) if deterrent.escape else None,
        "end": code(graph, deterrent.end),
    }


def _turn(graph: Graph, turn: Turn) -> list[Move]:
    return [_step(graph, step) for step in turn.steps]
