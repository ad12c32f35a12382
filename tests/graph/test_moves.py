"""One party's moves over whole arrays, against its moves one state at a time."""

from __future__ import annotations

import functools
import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.graph import Graph, climb, moves, slices
from oracle import Conflict, improvements
from oracle.cases import ONE_AT_A_TIME
from strategies import QUICK, bytes_over, graphs

OPS = (np.maximum, np.minimum, np.logical_or, np.bitwise_or)


@st.composite
def values_for(draw, op, shape):
    """An array that ``op`` may combine: ranks, truths, or sets in 64 bits."""
    raw = bytes_over(draw, shape)
    if op is np.logical_or:
        return raw % 3 == 0
    if op is np.bitwise_or:
        return raw.astype(np.uint64) << np.uint64(56 * (raw.size % 2))
    return (raw % 9).astype(np.int8)


def lose(op, dtype):
    """What never changes the other operand of ``op``, told by hand."""
    if dtype.kind != "i":
        return dtype.type(0)
    return np.iinfo(dtype).min if op is np.maximum else np.iinfo(dtype).max


def combine(op, members, dtype):
    return functools.reduce(op, members, lose(op, dtype))


def into(conflict, party):
    """For each state, the states that the party can reach it from."""
    reach = conflict.moves[party]
    return {q: [s for s in conflict.states if q in reach[s]] for q in conflict.states}


def kept(op, values, graph):
    """The values, with the loser at infeasible states."""
    return np.where(graph.feasible, values, values.dtype.type(lose(op, values.dtype)))


def index(graph, state):
    return int(np.ravel_multi_index(state, graph.shape))


@pytest.mark.parametrize("op", OPS, ids=lambda op: op.__name__)
@given(graph=graphs(), data=st.data(), back=st.booleans(), stay=st.booleans())
@QUICK
def test_spread_combines_over_moves(op, graph, data, back, stay):
    values = kept(op, data.draw(values_for(op, graph.shape)), graph)
    before = values.copy()
    conflict = Conflict.from_graph(graph)
    for party in conflict.parties:
        spread = moves.spread(op, values, graph, party, back=back, stay=stay)
        assert spread.dtype == values.dtype
        spread = np.broadcast_to(spread, graph.shape)
        reach = into(conflict, party) if back else conflict.moves[party]
        for s in conflict.states:
            met = [*reach[s], s] if stay else reach[s]
            assert spread[s] == combine(op, [values[q] for q in met], values.dtype)
    np.testing.assert_array_equal(values, before)


@given(graph=graphs(all_feasible=True), data=st.data(), back=st.booleans(), stay=st.booleans())
@QUICK
def test_spread_of_values_that_some_options_do_not_enter(graph, data, back, stay):
    enters = data.draw(st.lists(st.booleans(), min_size=len(graph.shape), max_size=48))
    shape = tuple(n if own else 1 for n, own in zip(graph.shape, enters, strict=False))
    values = data.draw(values_for(np.maximum, shape))
    for party in range(len(graph.parties)):
        short = moves.spread(np.maximum, values, graph, party, back=back, stay=stay)
        whole = moves.spread(
            np.maximum, np.broadcast_to(values, graph.shape), graph, party, back=back, stay=stay
        )
        np.testing.assert_array_equal(*np.broadcast_arrays(short, whole, np.ones(graph.shape))[:2])


@given(graph=graphs(), data=st.data())
@QUICK
def test_best_leaves_infeasible_states_out(graph, data):
    values = data.draw(values_for(np.maximum, graph.shape))
    conflict = Conflict.from_graph(graph)
    for party in conflict.parties:
        best = np.broadcast_to(moves.best(values, graph, party), graph.shape)
        for s in conflict.states:
            assert best[s] == max(values[q] for q in (s, *conflict.moves[party][s]))


def test_one_level_at_a_time_by_hand():
    # From level 0 the second party reaches level 1 alone, whatever the first option is.
    values = np.array([[0, 1, 2]] * 2, np.int8)
    reached = moves.spread(np.maximum, values, ONE_AT_A_TIME, 1)
    assert np.broadcast_to(reached, (2, 3)).tolist() == [[1, 2, 2]] * 2
    away = moves.spread(np.maximum, values, ONE_AT_A_TIME, 1, stay=False)
    assert np.broadcast_to(away, (2, 3)).tolist() == [[1, 2, 1]] * 2


@pytest.mark.parametrize("at", range(7))
def test_of_many_levels_the_best_is_found_wherever_it_is(at):
    values = np.arange(7) == at
    free = np.ones((7, 7), bool)
    ranks = (np.zeros(7, np.int8),)
    graph = Graph(("a",), ("a.o",), (0,), (free,), np.ones(7, bool), ranks)
    assert np.broadcast_to(moves.spread(np.logical_or, values, graph, 0), 7).all()


@given(graph=graphs())
@QUICK
def test_moves_from_one_state(graph):
    conflict = Conflict.from_graph(graph)
    for party, s in itertools.product(conflict.parties, conflict.states):
        at = index(graph, s)
        reached = slices.moves_at(graph, party, at)
        assert reached.tolist() == sorted(index(graph, q) for q in conflict.moves[party][s])
        better = slices.improvements_at(graph, party, at)
        assert better.tolist() == sorted(index(graph, q) for q in improvements(conflict, party, s))


@given(graph=graphs())
@QUICK
def test_moves_into_one_state(graph):
    conflict = Conflict.from_graph(graph)
    for party, q in itertools.product(conflict.parties, conflict.states):
        for improving in (False, True):
            came = slices.sources_at(graph, party, index(graph, q), improving=improving)
            expected = [
                index(graph, s)
                for s in conflict.states
                if q
                in (improvements(conflict, party, s) if improving else conflict.moves[party][s])
            ]
            assert sorted(came.tolist()) == expected


@pytest.mark.parametrize("op", [np.minimum, np.bitwise_or], ids=lambda op: op.__name__)
@given(graph=graphs(), data=st.data())
@QUICK
def test_over_improvements(op, graph, data):
    values = kept(op, data.draw(values_for(op, graph.shape)), graph)
    conflict = Conflict.from_graph(graph)
    for party in conflict.parties:
        found = climb.over_improvements(op, values, graph, party)
        for s in conflict.states:
            met = [values[q] for q in improvements(conflict, party, s)]
            assert found[s] == combine(op, met, values.dtype)


@given(graph=graphs(), data=st.data())
@QUICK
def test_sets_that_one_move_leads_into_or_from(graph, data):
    chosen = bytes_over(data.draw, graph.shape) % 3 == 0
    conflict = Conflict.from_graph(graph)
    for party in conflict.parties:
        reach = conflict.moves[party]
        pairs = {
            climb.improving_into: lambda s, q, p=party: q in improvements(conflict, p, s),
            climb.improving_from: lambda s, q, p=party: s in improvements(conflict, p, q),
            moves.any_move: lambda s, q, r=reach: q in r[s],
            functools.partial(moves.any_move, back=True): lambda s, q, r=reach: s in r[q],
        }
        for kernel, related in pairs.items():
            found = np.broadcast_to(kernel(chosen, graph, party), graph.shape)
            expected = np.zeros(graph.shape, bool)
            for s in conflict.states:
                expected[s] = any(chosen[q] and related(s, q) for q in conflict.states)
            np.testing.assert_array_equal(found, expected)
