"""Every concept on every store, on many cases of every kind with up to 2^14 combinations."""

from __future__ import annotations

import numpy as np
import pytest
from any_case import any_case

from detente.errors import CaseError, ShapeError
from detente.graph import build, using
from detente.stability import registry
from detente.stability.analysis import tasks

LARGE = ("nash", "gmr", "smr", "seq", "sseq", "pessimistic3")
"""What decision diagrams tell, too."""

PARTY = (*LARGE, "sim", "gmr:once", "smr:single", "seq:once", "seq|sim")
OTHERS = ("l2", "nm", "cnash", "cgmr", "csmr", "cseq")

SOME = 6
MANY = [pytest.param(k, marks=pytest.mark.slow) for k in range(10)]
"""Ten times 50 cases."""


def conflicts(first: int, many: int, *bits: int, stores=("arrays", "list")):
    """Cases in arrays and as a list; what is refused of one store is refused of the other."""
    seed, given = first, 0
    while given < many:
        seed += 1
        case = any_case(seed, 1 << bits[seed % len(bits)])
        found = []
        for store in stores:
            try:
                with using(store):
                    found.append(build(case))
            except CaseError as refused:
                found.append(str(refused))
        if isinstance(found[0], str):
            assert len(set(found)) == 1
            continue
        given += 1
        yield case, *found


def verdicts(graph, name):
    """Each focal party's, or coalition's, verdicts; none where a concept cannot be asked."""
    concept = registry.find(name)
    for task in tasks(graph, [concept]):
        focal = task.members if concept.over == "coalition" else task.members[0]
        try:
            yield task.members, concept.stable(graph, focal)
        except ShapeError:
            return


def compare_lists(first, many, names, *bits):
    for case, graph, thin in conflicts(first, many, *bits):
        assert thin.space.name == "list"
        for name in names:
            ours = dict(verdicts(thin, name))
            for members, dense in verdicts(graph, name):
                assert np.array_equal(put_back_to(ours[members], graph), dense), (case, name)


def put_back_to(states, graph):
    """Verdicts of a list in the shape of the arrays; both hold feasible states in one order."""
    found = np.zeros(graph.shape, bool)
    found[graph.feasible] = states
    return found


def compare_diagrams(first, many, *bits):
    pytest.importorskip("dd.cudd")
    from detente.graph.diagrams import large

    for case, graph, _ in conflicts(first, many, *bits):
        diagrams = large(case)
        assert diagrams.n_states == graph.n_states
        for name in LARGE:
            concept = registry.find(name)
            for party in range(len(graph.parties)):
                dense, found = concept.stable(graph, party), concept.stable(diagrams, party)
                assert found.size() == int(dense.sum()), (case, name)
                node = diagrams.coding.bdd.false
                states = graph.space.rows(np.flatnonzero(dense))
                if len(states) <= 64:
                    node = diagrams.coding.any_of(map(diagrams.coding.state, states.tolist()))
                    assert found.node == node, (case, name)
                else:  # as many states, and each of a sample of both kinds where it belongs
                    rows = np.flatnonzero(graph.feasible)
                    for state in rows[:: max(1, len(rows) // 64)]:
                        assert found.holds(graph.space.at(int(state))) == dense.flat[state]


def test_a_list_says_the_same():
    compare_lists(0, SOME, PARTY, 6, 8, 10)
    compare_lists(1000, SOME, OTHERS, 4, 6)


def test_diagrams_say_the_same():
    compare_diagrams(0, SOME, 6, 8, 10)


@pytest.mark.parametrize("chunk", MANY)
def test_a_list_says_the_same_of_many(chunk):
    compare_lists(10_000 * (chunk + 1), 50, PARTY, 4, 6, 8, 9, 10, 11, 12, 13, 14)


@pytest.mark.parametrize("chunk", MANY)
def test_a_list_says_the_same_of_coalitions(chunk):
    compare_lists(200_000 + 10_000 * chunk, 50, OTHERS, 4, 5, 6, 7, 8)


@pytest.mark.parametrize("chunk", MANY)
def test_diagrams_say_the_same_of_many(chunk):
    compare_diagrams(400_000 + 10_000 * chunk, 50, 4, 6, 8, 9, 10, 11, 12, 13, 14)


@pytest.mark.slow
@pytest.mark.parametrize(("seed", "bits"), [(1, 20), (2, 20), (3, 20), (4, 22), (5, 22), (6, 24)])
def test_counts_are_those_of_millions_in_arrays(seed, bits):
    pytest.importorskip("dd.cudd")
    from detente.graph.diagrams import large

    case, graph, *_ = next(iter(conflicts(1_000_000 * seed, 1, bits, stores=("arrays",))))
    assert graph.feasible.size > 1 << (bits - 2)
    diagrams = large(case)
    assert diagrams.n_states == graph.n_states
    for name in LARGE[:5]:
        concept = registry.find(name)
        for party in range(len(graph.parties)):
            dense = concept.stable(graph, party)
            assert concept.stable(diagrams, party).size() == int(np.count_nonzero(dense)), name
