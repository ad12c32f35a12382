"""Answers about the way out as JSON documents: what ``--json`` prints."""

from __future__ import annotations

from fractions import Fraction
from typing import cast

import numpy as np

from detente.case.cnf import Levels
from detente.case.formula import to_text
from detente.case.model import Case, Understood
from detente.case.understood import missing
from detente.dossier.documents.engine import code, pattern_code, preferences_document
from detente.dossier.documents.shapes.wayout import (
    BrokerAnswer,
    BrokerDocument,
    ChangeDocument,
    ComparisonAnswer,
    DeadlockAnswer,
    DeadlockDocument,
    DiffDocument,
    EditDocument,
    End,
    PathAnswer,
    PathDocument,
    PathStep,
    ProfileDocument,
    ShiftDocument,
    UnderstoodDocument,
    UnlockAnswer,
    UnlockDocument,
    UseDocument,
)
from detente.graph.model import Graph
from detente.graph.states import alphabet
from detente.stability.patterns import cover
from detente.wayout.broker import Brokering, Use
from detente.wayout.changes import Change
from detente.wayout.choreography import Way
from detente.wayout.compare import Comparison, Shift
from detente.wayout.deadlock import Deadlock
from detente.wayout.minds import Edit
from detente.wayout.profile import Profile
from detente.wayout.results import Unlock, Ways


def deadlock_document(found: Deadlock) -> DeadlockDocument:
    """Return knots and concessions of a case."""
    document = cast(DeadlockDocument, {"case": found.case.name, **deadlock_answer(found)})
    if found.case.draft and found.case.understood is not None:
        document["understood"] = understood_document(found.case)
    return document


def understood_document(case: Case) -> UnderstoodDocument:
    """Return how much a draft is made of, and what is missing to answer from it."""
    found = case.understood or Understood()
    why = list(missing(case))
    return {
        "enough": not why,
        "sentences": found.sentences,
        "parties": found.parties,
        "talks": found.talks,
        "positions": found.positions,
        "answered": found.answered,
        "missing": why,
    }


def deadlock_answer(found: Deadlock) -> DeadlockAnswer:
    """Return knots and concessions; ``rules`` says which rules make it impossible."""
    document: DeadlockAnswer = {
        "target": to_text(found.target),
        "verdict": found.verdict,
        "knots": [list(knot) for knot in found.knots],
        "concessions": [
            {
                "drop": list(c.drop),
                "cost": c.cost,
                "burden": dict(c.burden),
                "witness": levels_code(c.witness, found.case.shape),
            }
            for c in found.concessions
        ],
        "complete": found.complete,
    }
    if found.verdict == "impossible":
        document["rules"] = [to_text(found.case.infeasible[k].formula) for k in found.rules]
    if found.verdict == "open":
        document["witness"] = levels_code(found.witness, found.case.shape)
    return document


def levels_code(levels: Levels, shape: tuple[int, ...]) -> str:
    """Return the string of a state given by the level of every option."""
    return "".join(alphabet(n)[level] for level, n in zip(levels, shape, strict=True))


def unlock_document(result: Unlock) -> UnlockDocument:
    """Return the least changes of mind in a case."""
    return {"case": result.case.name, **unlock_answer(result)}


def unlock_answer(result: Unlock) -> UnlockAnswer:
    """Return the equilibria inside the target, or all edits of least cost and what holds then."""
    found, graph = result.found, result.graph
    document: UnlockAnswer = {
        "target": to_text(result.target),
        "concept": result.concept,
        "already": graph.codes(np.array(found.already, np.intp)),
        "cost": found.cost,
        "edits": [[_edit(graph, e) for e in answer.edits] for answer in found.answers],
        "holds": [graph.codes(np.array(a.states, np.intp)) for a in found.answers],
        "proved_below": found.proved_below,
        "complete": not found.stopped,
    }
    if result.requirements:
        document["preferences"] = preferences_document(graph, result.requirements)
    return document


def _edit(graph: Graph, edit: Edit) -> EditDocument:
    return {
        "party": graph.parties[edit.party],
        "op": edit.op,
        "statement": to_text(edit.statement),
        "priority": edit.priority,
        "was": edit.was,
    }


def path_document(result: Ways) -> PathDocument:
    """Return the best path in a case with its end, and the other paths that are as good."""
    return {"case": result.case.name, **path_answer(result), "steps": best_steps(result)}


def best_steps(result: Ways) -> list[PathStep]:
    """Return the steps of the best path; none where there is no path."""
    return _steps(result.graph, result.found.paths[0]) if result.found.paths else []


def path_answer(result: Ways) -> PathAnswer:
    """Return all about the paths but the steps of the best one."""
    found, graph = result.found, result.graph
    best = found.paths[0] if found.paths else None
    document: PathAnswer = {
        "target": to_text(result.target),
        "from": code(graph, found.start),
        "found": best is not None,
        "exposure": None if best is None else float(best.exposure),
        "breaks": [] if best is None else list(best.breaks),
        "cost_of_breaks": None if best is None else best.cost,
        "yielding_steps": None if best is None else best.yielding_steps,
        "joint_steps": None if best is None else best.joint_steps,
        "without_joint": _number(found.without_joint),
        "end": _end(result, 0) if best is not None else None,
    }
    if best is None:
        document["nearest"] = code(graph, found.nearest)
    else:
        document["others"] = [
            {"steps": _steps(graph, path), "breaks": list(path.breaks), "end": _end(result, k)}
            for k, path in enumerate(found.paths[1:], start=1)
        ]
        document["more"] = found.more
    return document


def _steps(graph: Graph, path: Way) -> list[PathStep]:
    return [
        {
            "movers": [graph.parties[i] for i in step.movers],
            "from": code(graph, step.source),
            "to": code(graph, step.target),
            "exposure": {
                graph.parties[i]: float(x) for i, x in zip(step.movers, step.exposure, strict=True)
            },
            "yields": [graph.parties[i] for i in step.yields],
            "breaks": list(step.breaks),
        }
        for step in path.steps
    ]


def _end(result: Ways, number: int) -> End:
    end = result.ends[number]
    levels = zip(result.graph.parties, end.levels, strict=True)
    return {
        "state": code(result.graph, end.state),
        "equilibrium_under": list(end.under),
        "level": {name: [float(today), float(then)] for name, (today, then) in levels},
    }


def broker_document(found: Brokering, target: str) -> BrokerDocument:
    """Return what each option of a third party of a case changes."""
    return {"case": found.today.case.name, **broker_answer(found, target)}


def broker_answer(found: Brokering, target: str) -> BrokerAnswer:
    """Return what each option of a third party changes, the most helpful first."""
    return {
        "target": target,
        "concept": found.concept,
        "today": profile_document(found.today),
        "uses": [_use(found, use) for use in found.uses],
        "complete": found.complete,
    }


def _use(found: Brokering, use: Use) -> UseDocument:
    party, option = found.today.case.options[use.axis]
    return {
        "party": party.name,
        "option": f"{party.name}.{option.name}",
        "level": option.levels[use.level],
        "possible": use.after is not None,
        "dissolved": [list(knot) for knot in use.dissolved],
        "goes_back_on": list(use.goes_back_on),
        "unused": None
        if use.unused is None
        else {
            "verdict": use.unused.verdict,
            "knots": [list(knot) for knot in use.unused.knots],
            "cost": use.unused.cost,
        },
        "then": None if use.after is None else profile_document(use.after),
    }


def profile_document(standing: Profile) -> ProfileDocument:
    """Return where a case stands towards its target, in figures."""
    stuck, graph = standing.deadlock, standing.graph
    return {
        "verdict": None if stuck is None else stuck.verdict,
        "knots": [list(knot) for knot in standing.knots],
        "cost": standing.cost,
        "exposure": _number(standing.exposure),
        "without_joint": _number(standing.without_joint),
        "equilibria": {} if graph is None else {n: graph.count(s) for n, s in standing.equilibria},
        "equilibria_in_target": {
            name: standing.holding_in_target(name) for name, _ in standing.equilibria
        },
        "lacking": list(standing.lacking),
    }


def comparison_document(found: Comparison) -> DiffDocument:
    """Return what is written otherwise in two cases, and what follows."""
    return {
        "case": [found.before.case.name, found.after.case.name],
        **comparison_answer(found),
        "changes": [change_document(change) for change in found.changes],
    }


def change_document(change: Change) -> ChangeDocument:
    """Return one thing that is written otherwise."""
    return {
        "what": change.what,
        "how": change.how,
        "party": change.party,
        "name": change.name,
        "before": change.before,
        "after": change.after,
    }


def comparison_answer(found: Comparison) -> ComparisonAnswer:
    """Return what differs between two cases, and where each stands."""
    return {
        "before": profile_document(found.before),
        "after": profile_document(found.after),
        "knots": {
            "dissolved": [list(knot) for knot in found.knots_gone],
            "new": [list(knot) for knot in found.knots_new],
        },
        "equilibria": {shift.concept: _shift(shift) for shift in found.shifts},
    }


def _shift(shift: Shift) -> ShiftDocument:
    def patterns(states: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> list[str]:
        covered = cover(states, shift.feasible | states, space=shift.space)
        return [pattern_code(p, shift.space.levels) for p in covered.patterns]

    return {
        "options": list(shift.options),
        "before": shift.before,
        "after": shift.after,
        "gained": patterns(shift.gained),
        "lost": patterns(shift.lost),
        "excluded": shift.excluded,
    }


def _number(part: Fraction | None) -> float | None:
    return None if part is None else float(part)
