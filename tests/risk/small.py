"""Small chains and a small case, whose figures can be worked out by hand."""

from __future__ import annotations

import numpy as np

from detente.risk import chain as chains
from detente.risk import hitting as figures
from detente.risk.chain import Behaviour
from oracle.cases import make

CASE = """\
title: A small stand-off
parties:
  north: {options: {talk: Talk, pledge: Pledge, attack: {label: Attack, irreversible: true}}}
  ally: {options: {talk: Talk, squeeze: {label: Sanctions, levels: [none, partial, full]}}}
outcomes:
  war: north.attack
  talks: north.talk and ally.talk
infeasible: [north.attack and north.talk]
status_quo: [ally.squeeze = full]
preferences:
  ally: [not war, north.pledge, ally.talk if north.pledge]
  north: [not war, ally.squeeze = none, not north.pledge]
conditions: [{party: ally, option: ally.talk, needs: north.pledge, firmness: 3}]
refusals: [{id: never, party: north, refuses: north.pledge, firmness: 4}]
"""
"""Case files for several tests: what holds in it is worked out beside them."""


def three_states(first, second, tempo=(1.0, 1.0)):
    """From NN the first party errs into danger (YN), the second into the goal (NY)."""
    chain = three_states_chain(tempo=tempo)
    return figures.hitting(chain, np.array([first, second]), ticks=5)


def three_states_chain(tempo=(1.0, 1.0), **limits):
    """Return the chain of that."""
    graph = make((0, 1), [{"NN": 1, "NY": 1}, {"NN": 1, "YN": 1}], feasible=("NN", "YN", "NY"))
    danger, goal = np.zeros((2, 2), bool), np.zeros((2, 2), bool)
    danger[1, 0], goal[0, 1] = True, True
    behaviour = Behaviour()
    return chains.build(
        graph, 0, danger, goal, tempo=np.array(tempo), behaviour=behaviour, **limits
    )
