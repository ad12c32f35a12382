"""Few assignments compared each with each say the same as many sorted, which the oracle knows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from detente.graph import climb, pairwise
from detente.graph.moves import only
from detente.stability import registry
from strategies import QUICK, graphs


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
