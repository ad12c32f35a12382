"""No answer depends on how states are stored: every concept, every reason, every pattern."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import ShapeError
from detente.graph.listed import as_list, listed
from detente.stability import registry
from detente.stability.analysis import tasks
from detente.stability.neighbourhood import neighbourhood
from detente.stability.patterns import cover
from detente.stability.statusquo import evolution
from detente.stability.witness import reason
from strategies import QUICK, graphs

NAMES = (*registry.CONCEPTS, "l2", "pessimistic3", "gmr:once", "smr:single", "seq:once")


def focals(graph, concept):
    return [
        task.members if concept.over == "coalition" else task.members[0]
        for task in tasks(graph, [concept])
    ]


@pytest.mark.parametrize("name", NAMES)
def test_a_concept_says_the_same_of_arrays_and_of_a_list(name):
    concept = registry.find(name)
    parties = (2, 2) if concept.rules.answers == "play" else (2, 4)

    @QUICK
    @given(graphs(parties=parties, max_cells=48 if concept.over == "party" else 24))
    def check(graph):
        thin = listed(graph)
        for focal in focals(graph, concept):
            wanted = as_list(concept.stable(graph, focal), graph)
            assert concept.stable(thin, focal).tolist() == wanted.tolist()

    check()


@pytest.mark.parametrize("name", ["gmr", "smr", "seq", "sim", "cgmr", "csmr", "cseq"])
def test_reasons_are_the_same(name):
    concept = registry.find(name)

    @QUICK
    @given(graphs(max_cells=18, parties=(2, 3)), st.randoms(use_true_random=False))
    def check(graph, random):
        thin = listed(graph)
        at = np.flatnonzero(graph.feasible)
        k = random.randrange(len(at))
        for task in tasks(graph, [concept]):
            dense = reason(graph, concept, task.members, int(at[k]))
            ours = reason(thin, concept, task.members, k)
            assert ours.stable == dense.stable
            assert [at[d.end] for d in ours.deterrents] == [d.end for d in dense.deterrents]
            assert [
                [(s.mover, at[s.target]) for s in d.improvement.steps] for d in ours.deterrents
            ] == ([[(s.mover, s.target) for s in d.improvement.steps] for d in dense.deterrents])

    check()


@QUICK
@given(graphs(max_cells=96), st.integers(0, 1000))
def test_patterns_are_the_same(graph, seed):
    thin = listed(graph)
    some = (np.random.default_rng(seed).random(graph.shape) < 0.5) & graph.feasible
    for limit in (2, 40):
        dense = cover(some, graph.feasible, limit=limit)
        assert cover(as_list(some, graph), thin.feasible, space=thin.space, limit=limit) == dense


@QUICK
@given(graphs(max_cells=24))
def test_neighbourhood_and_evolution_are_the_same(graph):
    thin = listed(graph)
    at = np.flatnonzero(graph.feasible)
    try:
        holds = registry.find("seq").stable(graph, 0)
    except ShapeError:
        return
    dense = neighbourhood(graph, int(at[0]), holds)
    ours = neighbourhood(thin, 0, as_list(holds, graph))
    assert [(m.mover, at[m.target], m.improves) for m in ours.moves] == (
        [(m.mover, m.target, m.improves) for m in dense.moves]
    )
    assert ours.reach == dense.reach
    first, second = (
        evolution(graph, int(at[0]), holds),
        evolution(thin, 0, as_list(holds, graph)),
    )
    assert second.moves.tolist() == first.moves.ravel()[at].tolist()
    assert second.improvements.tolist() == first.improvements.ravel()[at].tolist()
