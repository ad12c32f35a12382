"""Doubt as JSON has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from detente.case.formula import Formula, to_text
from detente.case.model import Case
from detente.doubt.holding import Doubt, InDoubt
from detente.doubt.radius import Change, Radius, basis_of, place_of
from detente.doubt.rankings import Swap
from detente.graph.model import Graph

if TYPE_CHECKING:
    from detente.dossier.documents.shapes.doubt import (
        RadiusDocument,
        TurnDocument,
        TurnsDocument,
    )
    from detente.dossier.documents.shapes.states import DoubtDocument, HeldDocument


def doubt_document(
    case: Case, graph: Graph, found: Doubt, *, counts: bool = False
) -> DoubtDocument:
    """Return what holds in every way that the wishes may be, and what in some.

    Parameters
    ----------
    counts : bool
        Numbers in place of lists of states.
    """
    return {
        "ways": dict(zip(case.party_names, found.ways, strict=True)),
        "all": found.n_ways,
        "concepts": {h.concept.name: _held(graph, h, counts=counts) for h in found.held},
    }


def _held(graph: Graph, held: InDoubt, *, counts: bool) -> HeldDocument:
    necessary, possible = (graph.states(s) for s in (held.necessary, held.possible))
    if counts:
        return {"how": held.how, "necessary": necessary.count, "possible": possible.count}
    document: HeldDocument = {
        "how": held.how,
        "necessary": list(necessary),
        "possible": list(possible),
    }
    if held.hits is not None:
        at = graph.states(held.possible & ~held.necessary).at
        document["draws"] = held.draws
        document["drawn"] = [
            {"state": code, "between": list(held.interval(k))}
            for k, code in zip(at.tolist(), graph.codes(at), strict=True)
        ]
    if held.counts:
        at = graph.states(held.possible & ~held.necessary).at
        document["open"] = [
            {"state": code, "ways": held.times(k), "share": float(held.share(k))}
            for k, code in zip(at.tolist(), graph.codes(at), strict=True)
        ]
    return document


def radius_document(
    case: Case, graph: Graph, target: Formula, concept: str, found: Radius
) -> RadiusDocument:
    """Return the least changes after which a target holds no more, or does."""
    return {
        "case": case.name,
        "target": to_text(target),
        "concept": concept,
        **turns_document(case, graph, found),
    }


def turns_document(case: Case, graph: Graph, found: Radius) -> TurnsDocument:
    """Return the least changes that turn something."""
    return {
        "holds": found.holds,
        "radius": found.least,
        "turns": [[_turn(case, graph, change) for change in way] for way in found.turns],
        "proved_below": found.proved_below,
        "complete": not found.stopped,
    }


def _turn(case: Case, graph: Graph, change: Change) -> TurnDocument:
    party = graph.parties[change.party]
    if isinstance(change, Swap):
        upper, lower = (graph.codes(np.array(s, np.intp)) for s in (change.upper, change.lower))
        return {"party": party, "op": change.op, "upper": upper, "lower": lower}
    basis = basis_of(case, change)
    document: TurnDocument = {
        "party": party,
        "op": change.op,
        "statement": to_text(change.statement),
        "priority": change.priority,
        "was": place_of(case, change),
    }
    if basis is not None:
        document["cite"] = [{"report": c.report, "quote": c.quote} for c in basis.cite]
    return document
