"""Reasons of the concepts in which the others answer one after the other."""

from __future__ import annotations

import numpy as np

from detente.graph.model import Graph, IntArray, Party
from detente.graph.moves import best
from detente.graph.paths import Step, shortest
from detente.graph.slices import improvements_at, moves_at
from detente.stability.classic import expected
from detente.stability.rules import Rules
from detente.stability.witness.reason import Deterrent, Prospects, alone


def prospects(graph: Graph, party: Party, state: int, rules: Rules) -> Prospects:
    """Return what tempts one party at a state, and what the others would make of it."""
    ranks = graph.ranks[party].ravel()
    targets = improvements_at(graph, party, state)
    sanctioned = fear(graph, party, rules).ravel()[targets] <= ranks[state]

    def trace(k: int) -> Deterrent:
        improvement = Step(party, state, int(targets[k]))
        return _deterrent(graph, improvement, rules, sanctioned=bool(sanctioned[k]))

    return Prospects(
        len(moves_at(graph, party, state)) > 0,
        targets,
        sanctioned,
        ranks[targets].astype(np.int64),
        trace,
    )


def fear(graph: Graph, party: Party, rules: Rules) -> IntArray:
    """Return what a party must expect after each move, in its own ranks; worked out once."""
    return graph.once(("fear", party, rules), lambda: expected(graph, party, rules))


def _deterrent(graph: Graph, improvement: Step, rules: Rules, *, sanctioned: bool) -> Deterrent:
    party, state, improved = improvement.mover, improvement.source, improvement.target
    if not rules.answered:
        return Deterrent(alone(improvement), (), None, sanctioned, improved)
    ranks = graph.ranks[party]
    hurtful = graph.feasible & (ranks <= ranks.flat[state])
    final = hurtful & (best(ranks, graph, party) <= ranks.flat[state])
    goal = final if rules.final and sanctioned else hurtful
    others = graph.others(party)
    paths = shortest(graph, improved, goal, others, improving=rules.improving, limit=1)
    steps = paths.sequences[0] if paths.sequences else ()
    response = tuple(alone(step) for step in steps)
    end = steps[-1].target if steps else improved
    if not steps or sanctioned:
        return Deterrent(alone(improvement), response, None, sanctioned, end)
    ways = improvements_at(graph, party, end)
    escape = Step(party, end, int(ways[ranks.flat[ways].argmax()]))
    return Deterrent(alone(improvement), response, alone(escape), sanctioned, escape.target)
