"""What all would rather have, and who can bring something about, as JSON documents."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from detente.case.formula import to_text
from detente.dossier.documents.engine import code
from detente.dossier.documents.shapes.agreement import (
    MeansDocument,
    MissDocument,
    PowerDocument,
    ShortDocument,
    States,
    WhoAnswer,
    WhoDocument,
    ZoneAnswer,
    ZoneDocument,
)
from detente.dossier.documents.shapes.states import Move
from detente.graph.model import BoolArray, Graph
from detente.graph.paths import Step
from detente.wayout.misses import Miss, wish_of
from detente.wayout.results import Who, Zone
from detente.wayout.who import Means, Power, Short


def zone_document(result: Zone, *, counts: bool = False) -> ZoneDocument:
    """Return the zone of a case.

    Parameters
    ----------
    counts : bool
        Numbers in place of lists of states.
    """
    return {"case": result.case.name, **zone_answer(result, counts=counts)}


def zone_answer(result: Zone, *, counts: bool = False) -> ZoneAnswer:
    """Return the zone, who blocks it, and what each party could count on without it."""
    found, graph = result.found, result.graph

    def told(states: BoolArray) -> States:
        at = np.flatnonzero(states)
        return len(at) if counts else graph.codes(at)

    names = graph.parties
    return {
        "parties": [names[i] for i in found.parties],
        "today": code(graph, found.start),
        "zone": told(found.states),
        "weak": told(found.weak),
        "pareto": told(found.pareto),
        "hold": {name: told(states) for name, states in found.hold},
        "reachable": told(found.reachable),
        "by_improvements": told(found.willingly),
        "acceptable": told(found.acceptable),
        "without": {
            names[i]: told(states) for i, states in zip(found.parties, found.without, strict=True)
        },
        "target": None if result.target is None else to_text(result.target),
        "in_target": told(result.within),
        "stay_today": {name: [names[i] for i in members] for name, members in found.stays},
        "standing": {
            names[own.party]: {
                "better": own.better,
                "worse": own.worse,
                "hurting": own.hurting,
                "level": _level(graph, own.party, int(graph.ranks[own.party].flat[found.start])),
                "pushed_to": _level(graph, own.party, own.pushed_to),
                "alone": _level(graph, own.party, own.alone),
            }
            for own in found.standings
        },
        "nearest": [
            {
                "states": told(near.states),
                "fails": [_miss(result, miss) for miss in near.misses],
            }
            for near in found.nearest
        ],
        "silent": [names[i] for i in result.silent],
    }


def _miss(result: Zone, miss: Miss) -> MissDocument:
    wish = wish_of(result.case, miss)
    return {
        "party": result.graph.parties[miss.party],
        "worse": miss.worse,
        "wish": None if wish is None else to_text(wish),
        "place": None if wish is None else miss.wish + 1,
    }


def _level(graph: Graph, party: int, rank: int) -> float:
    """Return a rank as a level, from 0, the worst, to 1."""
    top = int(graph.ranks[party][graph.feasible].max(initial=0)) or 1
    return float(Fraction(rank, top))


def who_document(result: Who) -> WhoDocument:
    """Return who can bring a target of a case about, and who can prevent it."""
    return {"case": result.case.name, **who_answer(result)}


def who_answer(result: Who) -> WhoAnswer:
    """Return the smallest groups, whatever the others do and if they improve only."""
    graph, found = result.graph, result.found
    return {
        "target": to_text(result.target),
        "today": code(graph, found.start),
        **_power(graph, found.any_moves),
        "would": _power(graph, found.would),
        "silent": [graph.parties[i] for i in result.silent],
    }


def _power(graph: Graph, power: Power) -> PowerDocument:
    return {
        "makers": sorted(_group(graph, means.group) for means in power.makers),
        "preventers": sorted(_group(graph, means.group) for means in power.preventers),
        "how": {
            "makers": [_means(graph, means) for means in power.makers],
            "preventers": [_means(graph, means) for means in power.preventers],
        },
        "short": {
            "makers": [_short(graph, one) for one in power.short_of_making],
            "preventers": [_short(graph, one) for one in power.short_of_preventing],
        },
    }


def _group(graph: Graph, members: Sequence[int]) -> list[str]:
    return sorted(graph.parties[i] for i in members)


def _means(graph: Graph, means: Means) -> MeansDocument:
    return {
        "group": _group(graph, means.group),
        "moves": _moves(graph, means.moves),
        "end": code(graph, means.end),
    }


def _short(graph: Graph, short: Short) -> ShortDocument:
    return {
        "group": _group(graph, short.group),
        "lacking": graph.parties[short.lacking],
        "reaches": short.reaches,
        "moves": _moves(graph, short.moves),
        "undone": _moves(graph, short.undone),
    }


def _moves(graph: Graph, moves: Sequence[Step]) -> list[Move]:
    return [
        {
            "party": graph.parties[step.mover],
            "from": code(graph, step.source),
            "to": code(graph, step.target),
        }
        for step in moves
    ]
