"""The moves of a conflict, listed by the oracle."""

import numpy as np

from oracle.conflict import Conflict


def literal(graph):
    """Every move with its gain, by sets and loops."""
    conflict = Conflict.from_graph(graph)
    flat = {s: int(np.ravel_multi_index(s, graph.feasible.shape)) for s in conflict.states}
    found = set()
    for party, moves in enumerate(conflict.moves):
        worth = conflict.payoff[party]
        for s, reached in moves.items():
            for q in reached:
                gain = (worth[q] > worth[s]) - (worth[q] < worth[s])
                found.add((party, flat[s], flat[q], gain))
    return found
