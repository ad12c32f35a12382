"""Moves listed one by one, against the definition."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from arcs_listed import literal
from detente.errors import LimitError
from detente.graph.arcs import arcs
from strategies import QUICK, graphs


@given(graphs(), st.data())
@QUICK
def test_arcs_are_the_moves_of_the_definition(graph, data):
    every = literal(graph)
    listed = [(a.mover, a.source, a.target, a.gain) for a in arcs(graph)]
    assert len(listed) == len(set(listed))
    assert set(listed) == every
    states = np.flatnonzero(graph.feasible).tolist()
    some = data.draw(st.sets(st.sampled_from(states)))
    within = {(a.mover, a.source, a.target, a.gain) for a in arcs(graph, some)}
    assert within == {one for one in every if {one[1], one[2]} <= some}


@given(graphs())
@QUICK
def test_more_moves_than_the_limit_are_refused(graph):
    n = len(literal(graph))
    assert len(list(arcs(graph, most=n))) == n
    if n:
        with pytest.raises(LimitError, match=f"more than {n - 1:,} moves"):
            list(itertools.islice(arcs(graph, most=n - 1), None))
