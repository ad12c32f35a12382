"""What all would rather have, and who can, of very many states, as JSON documents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from detente.case.formula import to_text
from detente.case.model import Case
from detente.dossier.documents.large import code_of, moves_of
from detente.dossier.documents.shapes.agreement import (
    MeansDocument,
    PowerDocument,
    States,
    WhoDocument,
    ZoneDocument,
)
from detente.dossier.documents.shapes.wayout import PathDocument, PathStep
from detente.graph.diagrams import Where
from detente.graph.diagrams.ways import Way
from detente.wayout.deadlock import everything_said
from detente.wayout.results import Ways, Who, Zone
from detente.wayout.symbolic import LargeMeans, LargePower, LargeWays, LargeWho, LargeZone

if TYPE_CHECKING:
    from detente.graph.diagrams import Large


def large_zone_document(result: Zone, found: LargeZone, *, counts: bool) -> ZoneDocument:
    """Return the zone of a case; what diagrams do not tell is left out.

    Parameters
    ----------
    counts : bool
        Numbers in place of lists of states.
    """
    graph: Large = result.graph  # type: ignore[assignment]
    names = result.case.party_names
    target = result.target

    def told(states: Where) -> States:
        return states.size() if counts else list(graph.states(states))

    within = found.states & (~graph.everything if target is None else graph.satisfying(target))
    return {
        "case": result.case.name,
        "parties": [names[i] for i in found.parties],
        "today": code_of(result.case, found.start),
        "zone": told(found.states),
        "weak": told(found.weak),
        "pareto": None if found.pareto is None else told(found.pareto),
        "hold": {name: told(states) for name, states in found.hold},
        "reachable": told(found.reachable),
        "by_improvements": None if found.willingly is None else told(found.willingly),
        "without": {
            names[i]: told(states) for i, states in zip(found.parties, found.without, strict=True)
        },
        "target": None if target is None else to_text(target),
        "in_target": told(within),
        "stay_today": {name: [names[i] for i in stay] for name, stay in found.stays},
        "silent": [names[i] for i in result.silent],
    }


def large_path_document(result: Ways, found: LargeWays) -> PathDocument:
    """Return the shortest ways into a target; what diagrams do not weigh is null."""
    case, way = result.case, found.way
    firmness = {said.id: said.firmness for said in everything_said(case)}
    broken = [name for names in found.breaks for name in names]
    document: PathDocument = {
        "case": case.name,
        "target": to_text(result.target),
        "from": code_of(case, found.start),
        "found": way.found,
        "exposure": None,
        "breaks": broken,
        "cost_of_breaks": sum(firmness[name] for name in broken) if way.found else None,
        "yielding_steps": None,
        "joint_steps": 0 if way.found else None,
        "without_joint": None,
        "end": None,
        "steps": _steps(case, way, found.breaks),
        "willingly": (
            _steps(case, found.willingly) if found.willingly and found.willingly.found else None
        ),
    }
    if found.nearest is not None:
        document["nearest"] = code_of(case, found.nearest)
    return document


def _steps(case: Case, way: Way, breaks: Sequence[Sequence[str]] = ()) -> list[PathStep]:
    return [
        {
            "movers": [case.party_names[go.mover]],
            "from": code_of(case, go.source),
            "to": code_of(case, go.target),
            "exposure": {},
            "yields": [],
            "breaks": list(breaks[k]) if breaks else [],
        }
        for k, go in enumerate(way.moves)
    ]


def large_who_document(result: Who, found: LargeWho) -> WhoDocument:
    """Return who can bring a target about, and who can prevent it."""
    return {
        "case": result.case.name,
        "target": to_text(result.target),
        "today": code_of(result.case, found.start),
        **_power(result.case, found, found.any_moves),
        "would": _power(result.case, found, found.would),
        "silent": [result.case.party_names[i] for i in result.silent],
    }


def _power(case: Case, found: LargeWho, power: LargePower) -> PowerDocument:
    names = case.party_names
    makers, preventers = (
        sorted(sorted(names[i] for i in means.group) for means in side)
        for side in (power.makers, power.preventers)
    )
    return {
        "makers": makers,
        "preventers": preventers,
        "how": {
            "makers": [_means(case, found, means) for means in power.makers],
            "preventers": [_means(case, found, means) for means in power.preventers],
        },
    }


def _means(case: Case, found: LargeWho, means: LargeMeans) -> MeansDocument:
    moves = means.way.moves
    return {
        "group": sorted(case.party_names[i] for i in means.group),
        "moves": moves_of(case, moves),
        "end": code_of(case, moves[-1].target if moves else found.start),
    }
