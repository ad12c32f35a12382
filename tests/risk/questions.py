"""Random questions about risk, both for the package and for the oracle."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from detente.graph import Graph
from detente.risk import chain as chains
from detente.risk.chain import Behaviour, Chain
from oracle import Conflict
from risk.literal import Asked
from strategies import graphs

RATES = tuple(Fraction(n, 100) for n in (0, 1, 2, 10, 50, 99, 100))
MANY = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))


@dataclass(frozen=True)
class Question:
    """One question in both forms."""

    graph: Graph
    chain: Chain
    literal: Asked

    @property
    def misstep(self) -> np.ndarray:
        return np.array([float(rate) for rate in self.literal.misstep])

    def with_missteps(self, misstep) -> Question:
        return replace(self, literal=replace(self.literal, misstep=tuple(misstep)))


@st.composite
def questions(
    draw: st.DrawFn, *, behaviours=("improve", "cautious"), inside=False, cells=20
) -> Question:
    """Draw a conflict, where danger and the goal are, and who errs how often."""
    graph = draw(graphs(max_cells=cells, parties=(1, 3)))
    conflict = Conflict.from_graph(graph)
    marks = draw(st.lists(st.integers(0, 5), min_size=len(conflict.states)).map(tuple))
    marks = (marks + (0,) * len(conflict.states))[: len(conflict.states)]
    parties = conflict.n_parties
    tempo = draw(st.lists(st.integers(0, 3), min_size=parties, max_size=parties).filter(any))
    rates = RATES[1:-1] if inside else RATES
    literal = Asked(
        conflict,
        draw(st.sampled_from(conflict.states)),
        frozenset(s for s, m in zip(conflict.states, marks, strict=True) if m == 5),
        frozenset(s for s, m in zip(conflict.states, marks, strict=True) if m == 4),
        tuple(map(Fraction, tempo)),
        tuple(draw(st.sampled_from(rates)) for _ in range(parties)),
        draw(st.sampled_from(behaviours)),
        draw(st.sampled_from(("nash", "gmr", "smr", "seq", "sseq"))),
        draw(st.sampled_from((0.5, 1.0, 3.0))),
    )
    return Question(graph, built(graph, literal), literal)


def built(graph: Graph, literal: Asked) -> Chain:
    """The package's chain for the oracle's question."""
    danger, goal = np.zeros(graph.shape, bool), np.zeros(graph.shape, bool)
    for s in literal.danger:
        danger[s] = True
    for s in literal.goal:
        goal[s] = True
    return chains.build(
        graph,
        int(np.ravel_multi_index(literal.start, graph.shape)),
        danger,
        goal,
        tempo=np.array([float(t) for t in literal.tempo]),
        behaviour=Behaviour(literal.behaviour, literal.temperature, literal.concept),
    )
