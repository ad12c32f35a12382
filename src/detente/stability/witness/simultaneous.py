"""Reasons of simultaneous stability: what the others do at the same moment."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from detente.graph.model import Graph, Party
from detente.graph.paths import Step
from detente.graph.slices import improvements_at, joint_states, moves_at
from detente.stability.rules import Rules
from detente.stability.simultaneous import joint_choices
from detente.stability.witness.reason import Deterrent, Prospects, alone


def prospects(graph: Graph, party: Party, state: int, _: Rules) -> Prospects:
    """Return what tempts one party at a state, and how the others could spoil it at once."""
    ranks = graph.ranks[party].ravel()
    targets = improvements_at(graph, party, state)
    choices = joint_choices(graph, party, state)
    outcomes = joint_states(graph, choices)  # one axis a party
    spoiled = (outcomes >= 0) & (ranks[outcomes] <= ranks[state])
    others = graph.others(party)
    sanctioned = np.asarray(spoiled.any(axis=others)).reshape(len(targets))

    def trace(k: int) -> Deterrent:
        improvement = alone(Step(party, state, int(targets[k])))
        if not sanctioned[k]:
            return Deterrent(improvement, (), None, False, int(targets[k]), at_once=True)
        ways = np.argwhere(spoiled.take([k], axis=party))
        ways[:, party] = k

        def place(way: NDArray[np.intp]) -> tuple[int, list[int]]:
            end = [int(choices[p][k]) for p, k in enumerate(way)]
            return sum(bool(way[p]) for p in others), end

        chosen = min(ways, key=place)  # the first choice of each of the others is to stay
        response = [
            alone(Step(p, state, int(improvements_at(graph, p, state)[chosen[p] - 1])))
            for p in others
            if chosen[p]
        ]
        end = int(outcomes[tuple(chosen)])
        return Deterrent(improvement, tuple(response), None, True, end, at_once=True)

    return Prospects(
        len(moves_at(graph, party, state)) > 0,
        targets,
        sanctioned,
        ranks[targets].astype(np.int64),
        trace,
    )
