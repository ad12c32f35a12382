"""Joint moves over whole arrays, against the search for legal sequences."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.graph.climb import improving_closure
from detente.graph.joint import closure
from detente.graph.paths import layers, shortest
from oracle import Conflict, joint, joint_improvements, shortest_sequences
from oracle.cases import CUBA, ELMIRA, ONE_AT_A_TIME, case_named, from_text
from strategies import QUICK, bytes_over, graphs

OPS = (np.minimum, np.maximum, np.bitwise_or)


@st.composite
def movers_of(draw, graph):
    """Some of the parties, in any order."""
    everybody = draw(st.permutations(range(len(graph.parties))))
    return tuple(everybody[: draw(st.integers(1, len(everybody)))])


@pytest.mark.parametrize("op", OPS, ids=lambda op: op.__name__)
@given(graph=graphs(), data=st.data(), back=st.booleans())
@QUICK
def test_closure_combines_over_legal_sequences(op, graph, data, back):
    movers = data.draw(movers_of(graph))
    raw = bytes_over(data.draw, graph.shape)
    values = raw.astype(np.uint64) if op is np.bitwise_or else (raw % 9).astype(np.int16)
    before = values.copy()
    conflict = Conflict.from_graph(graph)
    closed = closure(op, values, graph, movers, back=back)
    assert closed.shape == graph.shape
    group = tuple(sorted(movers))
    ends = {s: {s} | joint(conflict, group, s) for s in conflict.states}
    if back:
        ends = {s: {q for q in conflict.states if s in ends[q]} for s in conflict.states}
    for s in conflict.states:
        assert closed[s] == op.reduce([values[q] for q in ends[s]])
    loser = {np.minimum: np.iinfo(np.int16).max, np.maximum: np.iinfo(np.int16).min}.get(op, 0)
    assert (closed[~graph.feasible] == loser).all()
    np.testing.assert_array_equal(values, before)


@given(graph=graphs(), data=st.data())
@QUICK
def test_improving_closure_takes_improving_sequences(graph, data):
    movers = data.draw(movers_of(graph))
    values = (bytes_over(data.draw, graph.shape) % 9).astype(np.int8)
    before = values.copy()
    conflict = Conflict.from_graph(graph)
    closed = improving_closure(values, graph, movers)
    group = tuple(sorted(movers))
    for s in conflict.states:
        ends = {s} | joint_improvements(conflict, group, s)
        assert closed[s] == min(values[q] for q in ends)
    np.testing.assert_array_equal(values, before)


def test_nobody_moves_twice_in_a_row_by_hand():
    # The second party alone gets one level further; with the first in between, all the way.
    values = np.array([[0, 0, 0], [0, 0, 1]], np.int8)
    alone = closure(np.maximum, values, ONE_AT_A_TIME, (1,))
    assert alone.tolist() == [[0, 0, 0], [0, 1, 1]]
    together = closure(np.maximum, values, ONE_AT_A_TIME, (0, 1))
    assert together.tolist() == [[1, 1, 1]] * 2


def test_a_sanction_may_need_the_same_opponent_twice():
    # From YNNN only moves of p1, p2 and p1 again lead to YNYY (tests/oracle/cases.py).
    graph = case_named("gmr_repeat").graph
    goal = np.zeros(graph.shape, np.int8)
    goal[from_text("YNYY")] = 1
    reached = closure(np.maximum, goal, graph, (1, 2))
    assert reached[from_text("YNNN")] == 1
    assert reached[from_text("NNNN")] == 0


def sequences(graph, paths):
    """Paths as (mover, state) pairs; each must be a chain."""
    found = set()
    for steps in paths.sequences:
        assert all(a.target == b.source for a, b in itertools.pairwise(steps))
        found.add(
            tuple(
                (s.mover, tuple(map(int, np.unravel_index(s.target, graph.shape)))) for s in steps
            )
        )
    assert len(found) == len(paths.sequences)
    return found


@given(graph=graphs(max_cells=24), data=st.data(), improving=st.booleans())
@QUICK
def test_shortest_sequences(graph, data, improving):
    conflict = Conflict.from_graph(graph)
    start = data.draw(st.sampled_from(conflict.states))
    flat = int(np.ravel_multi_index(start, graph.shape))
    expected = shortest_sequences(conflict, start, improving)
    everybody = conflict.parties
    reached = layers(graph, flat, everybody, improving=improving).reached().reshape(graph.shape)
    goal = np.zeros(graph.shape, bool)
    for q in conflict.states:
        ways = {()} if q == start else expected.get(q, set())
        assert reached[q] == (len(next(iter(ways))) if ways else -1)
        goal[...] = False
        goal[q] = True
        paths = shortest(graph, flat, goal, everybody, improving=improving, limit=10_000)
        assert paths.complete
        assert sequences(graph, paths) == ways
        if len(ways) > 1:
            some = shortest(graph, flat, goal, everybody, improving=improving, limit=1)
            assert not some.complete
            assert len(some.sequences) == 1
            assert sequences(graph, some) <= ways


@given(graph=graphs(max_cells=24), data=st.data(), improving=st.booleans())
@QUICK
def test_shortest_sequences_into_a_set(graph, data, improving):
    conflict = Conflict.from_graph(graph)
    start = data.draw(st.sampled_from(conflict.states))
    goal = (bytes_over(data.draw, graph.shape) % 4 == 0) & graph.feasible
    flat = int(np.ravel_multi_index(start, graph.shape))
    ways = {
        p
        for q, found in shortest_sequences(conflict, start, improving).items()
        if goal[q]
        for p in found
    }
    nearest = {p for p in ways if len(p) == min(map(len, ways))}
    found = shortest(graph, flat, goal, conflict.parties, improving=improving, limit=10_000)
    assert sequences(graph, found) == ({()} if goal[start] else nearest)


def test_elmira_evolves_by_one_improvement_and_no_further():
    # [KilgourHipelFangPeng2001]_: from state 1 the local government insists (5, here 7); from
    # there only a coalition goes on.
    graph = case_named("elmira").graph
    one, seven, ten = (
        int(np.ravel_multi_index(from_text(ELMIRA[n]), graph.shape)) for n in (1, 7, 10)
    )
    goal = np.zeros(graph.shape, bool)
    goal.flat[seven] = True
    (path,) = shortest(graph, one, goal, (0, 1, 2), improving=True).sequences
    assert [(step.mover, step.target) for step in path] == [(2, seven)]
    goal.flat[[seven, ten]] = False, True
    assert shortest(graph, seven, goal, (0, 1, 2), improving=True).length is None


def test_cuba_by_hand():
    # Status quo 0; the United States improve to 2, the blockade, and the Soviet Union from there
    # to 6 by withdrawing: its only improvement that keeps clear of escalation.
    graph = case_named("cuba").graph
    start, goal = 0, np.zeros(graph.shape, bool)
    goal[from_text(CUBA[6])] = True
    paths = shortest(graph, start, goal, (0, 1), improving=True)
    assert sequences(graph, paths) == {((0, from_text(CUBA[2])), (1, from_text(CUBA[6])))}
