"""Reasons where more than one ranking says who leaves and what deters."""

from __future__ import annotations

import numpy as np

from detente.errors import CaseError
from detente.graph.model import Graph, Party
from detente.graph.paths import Step
from detente.graph.slices import moves_at
from detente.stability import relational
from detente.stability.rules import Rules
from detente.stability.witness.reason import Deterrent, Prospects, alone


def prospects(graph: Graph, party: Party, state: int, rules: Rules) -> Prospects:
    """Return what tempts one party at a state, and what the others would make of it.

    Raises
    ------
    CaseError
        Of weak stability, which is the lack of a reason.
    """
    if rules.preference == "weak":
        raise CaseError(
            "what holds weakly holds, and not strongly: ask why under the concept without "
            "'_weak' and under the one with '_strong'"
        )
    found = relational.prospect(graph, party, state, rules)

    def trace(k: int) -> Deterrent:
        improvement = alone(Step(party, state, int(found.targets[k])))
        response = tuple(alone(Step(*step)) for step in found.way(k))
        end = response[-1].target if response else improvement.target
        return Deterrent(improvement, response, None, bool(found.deterred[k]), end)

    return Prospects(
        len(moves_at(graph, party, state)) > 0,
        found.targets,
        found.deterred,
        graph.ranks[party].ravel()[found.targets].astype(np.int64),
        trace,
    )
