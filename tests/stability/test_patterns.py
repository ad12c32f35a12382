"""Patterns say a set exactly and without a spare word, and outcomes split it cleanly."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from detente.stability.patterns import Cover, by_outcome, cover
from oracle import faults_of_cover
from strategies import THOROUGH, bytes_over, feasible_cells, option_levels


@st.composite
def sets_of_states(draw, max_cells=96):
    shape = draw(option_levels(max_cells))
    feasible = draw(feasible_cells(shape))
    often = draw(st.sampled_from((0, 30, 128, 230, 256)))
    return bytes_over(draw, shape) < often, feasible


def as_states(mask: np.ndarray) -> list[tuple[int, ...]]:
    return list(map(tuple, np.argwhere(mask).tolist()))


def literals(found: Cover) -> list[dict[int, int]]:
    return [{a: level for a, level in enumerate(p) if level is not None} for p in found.patterns]


@given(sets_of_states())
@THOROUGH
def test_cover_is_exact_and_has_no_spare_word(question):
    states, feasible = question
    found = cover(states, feasible, limit=1000)
    wanted = as_states(states & feasible)
    patterns = literals(found)
    assert faults_of_cover(patterns, wanted, as_states(feasible)) == []
    assert (found.states, found.left_out) == (len(wanted), 0)
    assert found.counts == tuple(
        sum(all(s[a] == level for a, level in p.items()) for s in wanted) for p in patterns
    )
    assert list(found.counts) == sorted(found.counts, reverse=True)


@given(sets_of_states(), st.integers(1, 3))
@THOROUGH
def test_cut_cover_counts_what_it_leaves_out(question, limit):
    states, feasible = question
    found = cover(states, feasible, limit=limit)
    wanted = as_states(states & feasible)
    patterns = literals(found)
    assert len(patterns) <= limit
    told = {s for s in wanted for p in patterns if all(s[a] == v for a, v in p.items())}
    assert found.left_out == len(wanted) - len(told)
    assert faults_of_cover(patterns, told, as_states(feasible & ~states) + sorted(told)) == []


def test_majority_by_hand():
    # At least two of three: three patterns of two words each.
    x, y, z = (np.indices((2, 2, 2))[axis] == 1 for axis in range(3))
    everywhere = np.ones((2, 2, 2), bool)
    found = cover((x & y) | (y & z) | (x & z), everywhere)
    assert set(found.patterns) == {(1, 1, None), (None, 1, 1), (1, None, 1)}
    assert found.counts == (2, 2, 2)
    assert found.states == 4


def test_infeasible_states_shorten_patterns():
    # Both at once cannot be, so "x" needs no "and not y".
    feasible = np.array([[True, True], [True, False]])
    states = np.array([[False, False], [True, False]])
    assert cover(states, feasible).patterns == ((1, None),)


def test_everything_and_nothing():
    everywhere = np.ones((2, 3), bool)
    assert cover(everywhere, everywhere).patterns == ((None, None),)
    nothing = cover(~everywhere, everywhere)
    assert (nothing.patterns, nothing.states) == ((), 0)


@given(sets_of_states(max_cells=48), st.data())
@THOROUGH
def test_outcomes_split_a_set(question, data):
    states, feasible = question
    names = ("war", "talks", "deal")[: data.draw(st.integers(0, 3))]
    holds = {name: bytes_over(data.draw, states.shape) % 3 == 0 for name in names}
    groups = by_outcome(states, feasible, list(holds.items()), limit=1000)
    expected: dict[tuple[str, ...], list[tuple[int, ...]]] = {}
    for s in as_states(states & feasible):
        expected.setdefault(tuple(name for name in names if holds[name][s]), []).append(s)
    assert {group.outcomes for group in groups} == set(expected)
    assert len(groups) == len(expected)
    for group in groups:
        members = expected[group.outcomes]
        assert group.cover.states == len(members)
        assert faults_of_cover(literals(group.cover), members, as_states(feasible)) == []
    sizes = [group.cover.states for group in groups]
    assert sizes == sorted(sizes, reverse=True)
