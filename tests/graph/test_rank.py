"""Preferences as ranks, against tuples and fractions compared one state at a time."""

from __future__ import annotations

import itertools
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import LimitError, ShapeError
from detente.graph import rank
from strategies import QUICK, feasible_cells, option_levels


@st.composite
def truths(draw, shape, most):
    """Statements, each over some of the options only."""
    found = []
    for _ in range(draw(st.integers(0, most))):
        matters = draw(st.lists(st.booleans(), min_size=len(shape), max_size=len(shape)))
        own = tuple(n if kept else 1 for n, kept in zip(shape, matters, strict=True))
        size = int(np.prod(own))
        bits = draw(st.binary(min_size=size, max_size=size))
        found.append(np.frombuffer(bits, np.uint8).reshape(own) % 2 == 1)
    return found


@st.composite
def questions(draw, most=8):
    shape = draw(option_levels(48))
    return draw(feasible_cells(shape)), draw(truths(shape, most))


def dense_by(key, feasible):
    """Rank feasible states by a key, by sorting the keys that occur."""
    keys = {s: key(s) for s in map(tuple, np.argwhere(feasible).tolist())}
    order = sorted(set(keys.values()))
    return {s: order.index(k) for s, k in keys.items()}


def as_dict(ranks, feasible):
    assert ranks.shape == feasible.shape
    assert ranks.dtype.kind == "i"
    held = ranks[feasible]
    ends = np.iinfo(ranks.dtype)
    assert ends.min < ranks.min()
    assert ranks.max() < ends.max
    return dict(zip(map(tuple, np.argwhere(feasible).tolist()), held.tolist(), strict=True))


def full(truth, feasible):
    return np.broadcast_to(truth, feasible.shape)


@given(questions())
@QUICK
def test_statements_compare_as_tuples(question):
    feasible, held = question
    whole = [full(truth, feasible) for truth in held]
    expected = dense_by(lambda s: tuple(bool(truth[s]) for truth in whole), feasible)
    assert as_dict(rank.by_statements(held, feasible), feasible) == expected
    assert as_dict(rank.by_statements(iter(held), feasible), feasible) == expected


@pytest.mark.parametrize("n_statements", [62, 63, 64, 65, 100])
def test_a_hundred_statements(n_statements):
    # The last statement alone tells the states apart that all others leave equal, and the first
    # outweighs all that follow: sums of powers of two in 64 bits can do neither.
    shape = (2, 2, 2)
    first, middle, last = (np.indices(shape)[axis] == 1 for axis in range(3))
    held = [first, *[middle] * (n_statements - 2), last]
    ranks = rank.by_statements(held, np.ones(shape, bool))
    # By hand: 4 for the first, 2 for the middle, 1 for the last.
    assert ranks.tolist() == [[[0, 1], [2, 3]], [[4, 5], [6, 7]]]


@given(st.integers(0, 1 << 32), st.sampled_from((0.001, 0.03, 0.5)))
@settings(QUICK, max_examples=10)
def test_many_random_statements_compare_as_tuples(seed, often):
    shape = (2, 2, 3, 2)
    held = list(np.random.default_rng(seed).random((100, *shape)) < often)
    feasible = np.ones(shape, bool)
    expected = dense_by(lambda s: tuple(bool(truth[s]) for truth in held), feasible)
    assert as_dict(rank.by_statements(held, feasible), feasible) == expected


def test_no_statement_means_indifference():
    feasible = np.array([[True, False], [True, True]])
    assert set(as_dict(rank.by_statements([], feasible), feasible).values()) == {0}


@pytest.mark.parametrize(("n", "bits"), [(6, 8), (9, 16), (15, 32)])
def test_many_classes_stay_apart_in_few_bytes(n, bits):
    # 2^n states, each statement one option: the rank is the state's number in binary.
    shape = (2,) * n
    held = [np.indices(shape)[axis] == 1 for axis in range(n)]
    ranks = rank.by_statements(held, np.ones(shape, bool))
    assert ranks.ravel().tolist() == list(range(1 << n))
    assert np.iinfo(ranks.dtype).bits == bits


weights = st.fractions(min_value=-20, max_value=20, max_denominator=30)


@given(questions(), st.data())
@QUICK
def test_weights_are_added_exactly(question, data):
    feasible, held = question
    numbers = data.draw(st.lists(weights, min_size=len(held), max_size=len(held)))
    whole = [full(truth, feasible) for truth in held]

    def score(s):
        return sum((w for truth, w in zip(whole, numbers, strict=True) if truth[s]), Fraction(0))

    expected = dense_by(score, feasible)
    assert as_dict(rank.by_weights(held, numbers, feasible), feasible) == expected


def test_tenths_tie_as_decimals_do():
    # 0.1 + 0.2 = 0.3, which binary floating point denies.
    shape = (2, 2, 2)
    held = [np.indices(shape)[axis] == 1 for axis in range(3)]
    ranks = rank.by_weights(held, [Fraction(n, 10) for n in (1, 2, 3)], np.ones(shape, bool))
    assert ranks[1, 1, 0] == ranks[0, 0, 1]


def test_weights_too_far_apart_are_refused():
    held = [np.array([False, True])] * 2
    with pytest.raises(LimitError, match="differ too much"):
        rank.by_weights(held, [Fraction(1 << 61), Fraction(1, 3)], np.ones(2, bool))


@given(feasible=option_levels(48).flatmap(feasible_cells), data=st.data())
@QUICK
def test_groups_rank_by_place(feasible, data):
    states = list(map(tuple, np.argwhere(feasible).tolist()))
    n_groups = data.draw(st.integers(1, 5))
    place = data.draw(
        st.lists(st.integers(0, n_groups - 1), min_size=len(states), max_size=len(states))
    )
    groups = [np.zeros(feasible.shape, bool) for _ in range(n_groups)]
    for s, group in zip(states, place, strict=True):
        groups[group][s] = True
    where = dict(zip(states, place, strict=True))
    expected = dense_by(lambda s: -where[s], feasible)
    assert as_dict(rank.by_groups(groups, feasible), feasible) == expected
    assert not rank.misfits(groups, feasible).any()


def test_groups_may_name_infeasible_states_and_be_empty():
    feasible = np.array([True, True, False])
    groups = [np.array([0, 1, 1], bool), np.zeros(3, bool), np.array([1, 0, 1], bool)]
    assert rank.by_groups(groups, feasible)[:2].tolist() == [0, 1]


def test_states_left_out_or_named_twice():
    feasible = np.ones((2, 2), bool)
    first_row = np.array([[True], [False]])
    everywhere = np.ones((1, 1), bool)
    assert rank.misfits([first_row], feasible).tolist() == [[False, False], [True, True]]
    assert rank.misfits([first_row, everywhere], feasible).tolist() == [[True, True], [False] * 2]
    for groups in ([first_row], [first_row, everywhere]):
        with pytest.raises(ShapeError):
            rank.by_groups(groups, feasible)


def test_ranks_of_a_few_statements_by_hand():
    # Options x, y; wants y, then not x: NY > YY > NN > YN.
    x, y = (np.indices((2, 2))[axis] == 1 for axis in (0, 1))
    ranks = rank.by_statements([y, ~x], np.ones((2, 2), bool))
    order = sorted(itertools.product((0, 1), repeat=2), key=lambda s: -ranks[s])
    assert order == [(0, 1), (1, 1), (0, 0), (1, 0)]
