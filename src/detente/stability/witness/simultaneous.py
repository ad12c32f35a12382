"""Reasons of simultaneous stability: what the others do at the same moment."""

from __future__ import annotations

import numpy as np

from detente.graph.model import Graph, Party
from detente.graph.paths import Step
from detente.graph.slices import improvements_at, moves_at
from detente.stability.rules import Rules
from detente.stability.simultaneous import block_shape, joint_choices
from detente.stability.witness.reason import Deterrent, Prospects, alone


def prospects(graph: Graph, party: Party, state: int, _: Rules) -> Prospects:
    """Return what tempts one party at a state, and how the others could spoil it at once."""
    blocks = block_shape(graph)
    ranks = graph.ranks[party].ravel()
    here = np.unravel_index(state, blocks)
    targets = improvements_at(graph, party, state)
    choices = joint_choices(graph, party, state)
    outcomes = np.ravel_multi_index(np.ix_(*choices), blocks)  # one axis a party
    spoiled = graph.feasible.ravel()[outcomes] & (ranks[outcomes] <= ranks[state])
    others = tuple(p for p in range(len(blocks)) if p != party)
    sanctioned = np.asarray(spoiled.any(axis=others)).reshape(len(targets))

    def trace(k: int) -> Deterrent:
        improvement = alone(Step(party, state, int(targets[k])))
        if not sanctioned[k]:
            return Deterrent(improvement, (), None, False, int(targets[k]), at_once=True)
        ways = np.argwhere(spoiled.take([k], axis=party))
        ways[:, party] = k
        ends = [[int(choices[p][w[p]]) for p in range(len(blocks))] for w in ways]
        chosen = min(ends, key=lambda end: (sum(end[p] != here[p] for p in others), end))
        response = []
        for p in others:
            if chosen[p] != here[p]:
                own = [*here]
                own[p] = np.intp(chosen[p])
                response.append(alone(Step(p, state, int(np.ravel_multi_index(own, blocks)))))
        end = int(np.ravel_multi_index(chosen, blocks))
        return Deterrent(improvement, tuple(response), None, True, end, at_once=True)

    return Prospects(
        len(moves_at(graph, party, state)) > 0,
        targets,
        sanctioned,
        ranks[targets].astype(np.int64),
        trace,
    )
