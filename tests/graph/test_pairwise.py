"""Few assignments compared each with each, and many values at once, say the same as one by one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.graph import abreast, climb, pairwise
from detente.graph.moves import only
from detente.stability import registry
from strategies import QUICK, graphs, guarded_graphs


@QUICK
@given(graphs(max_cells=64))
def test_improvements_are_those_of_the_sorted_tables(graph):
    rng = np.random.default_rng(3)
    for party in range(len(graph.parties)):
        for op in (np.minimum, np.bitwise_or):
            values = only(op, rng.integers(0, 9, graph.shape).astype(np.int16), graph.feasible)
            planes = pairwise.over_improvements(op, values, graph, party)
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(pairwise, "FEW", 0)
                tables = climb.over_improvements(op, values, graph, party)
            assert planes[graph.feasible].tolist() == tables[graph.feasible].tolist()


@QUICK
@given(graphs(max_cells=64))
def test_sequential_stability_is_the_same_by_tables(graph):
    seq = registry.find("seq")
    few = [seq.stable(replace(graph), p).tolist() for p in range(len(graph.parties))]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pairwise, "FEW", 0)
        many = [seq.stable(replace(graph), p).tolist() for p in range(len(graph.parties))]
    assert few == many


@QUICK
@given(
    st.one_of(graphs(max_cells=64), guarded_graphs()),
    st.integers(1, 11),
    st.sampled_from((np.int8, np.int16, np.int32, np.int64)),
)
def test_many_values_at_once_are_lowered_as_each_alone(graph, many, kind):
    values = np.random.default_rng(4).integers(0, 9, (*graph.shape, many)).astype(kind)
    movers = tuple(range(len(graph.parties)))[1:]
    found = abreast.improving_closure(values, graph, movers)
    assert found.shape == values.shape
    for k in range(many):
        alone = climb.improving_closure(np.ascontiguousarray(values[..., k]), graph, movers)
        at = graph.feasible
        assert found[..., k][at].tolist() == alone[at].tolist()
