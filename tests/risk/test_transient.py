"""Solving for the figures of a chain: by elimination, by iteration, and by which of them when."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from scipy.sparse import csr_array

import detente
from detente.case import files
from detente.errors import LimitError
from detente.risk import hitting as figures
from detente.risk import transient
from risk import literal
from risk.questions import MANY, questions
from risk.small import three_states


@given(questions(inside=True))
@settings(MANY, max_examples=25)
def test_the_iteration_agrees_with_the_elimination(q):
    want = figures.hitting(q.chain, q.misstep, ticks=0)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(transient, "SMALL", 0)
        patch.setattr(transient, "ELIMINATED", 0)
        got = figures.hitting(q.chain, q.misstep, ticks=0)
    assert got.p_danger == pytest.approx(want.p_danger, abs=1e-9)
    np.testing.assert_allclose(got.share, want.share, rtol=1e-6, atol=1e-7)
    if want.expected_ticks is not None:
        assert got.expected_ticks == pytest.approx(want.expected_ticks, rel=1e-7)


@pytest.fixture
def lame_iteration(monkeypatch):
    """An iteration that comes nowhere."""
    monkeypatch.setattr(transient, "SMALL", 0)
    monkeypatch.setattr(transient, "STEPS", 1)
    monkeypatch.setattr(transient, "ROUNDS", 1)


def test_where_the_iteration_comes_not_near_the_elimination_takes_over(lame_iteration):
    found = three_states(1e-3, 3e-3)
    assert found.p_danger == pytest.approx(1 / 4, rel=1e-13)
    assert found.expected_ticks == pytest.approx(500, rel=1e-13)


def test_an_iteration_that_ends_too_soon_tells_by_how_much(monkeypatch):
    # Left once in 1000 ticks, with a worth of 1/1000 a tick: the solution is 1, and nothing found.
    iteration = transient.Iteration(csr_array([[0.999]]))
    monkeypatch.setattr(transient, "ROUNDS", 1)
    with pytest.raises(transient.NotNear) as found:
        iteration.solve(np.array([0.001]))
    assert 1 <= found.value.error <= 2


def test_a_slow_chain_is_refused_rather_than_guessed(lame_iteration, monkeypatch):
    monkeypatch.setattr(transient, "ELIMINATED", 0)
    with pytest.raises(LimitError, match=r"could be wrong by 1; raise the misstep rates"):
        three_states(1e-3, 1e-3)


@given(questions(inside=True, cells=16))
@settings(MANY, max_examples=25)
def test_eliminating_in_blocks_is_exact_too(q):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(transient, "BLOCK", 3)
        found = figures.hitting(q.chain, q.misstep, ticks=0)
    assert found.p_danger == pytest.approx(float(literal.p_danger(q.literal)), abs=1e-12)
    ticks = literal.mean_ticks(q.literal)
    assert ticks is None or found.expected_ticks == pytest.approx(float(ticks), rel=1e-11)


ORDINARY = """\
parties:
  a:
    options:
      o0: O0
      o1: {label: O1, levels: [l0, l1, l2, l3, l4, l5, l6, l7], irreversible: true}
  b: {options: {o2: {label: O2, levels: [l0, l1, l2]}, x0: X0, x1: X1, x2: X2}}
outcomes:
  war: a.o0 and a.o1 = l6 and b.x1 and not b.x0
  talks: a.o0 and a.o1 = l7 and b.o2 = l2 and b.x0 and b.x1 and b.x2
status_quo: []
preferences: {a: [not a.o0, a.o1 = l3], b: [b.o2 = l1, b.x1]}
"""


def test_an_irreversible_option_is_no_trouble(monkeypatch):
    # 377 states, more than are eliminated at once; by dense elimination, done apart, 0.154.
    monkeypatch.setattr(transient, "ELIMINATED", 0)
    case = files.parse(ORDINARY, file="case.yaml", name="ordinary").case
    found = detente.risk(case, misstep=0.1, ticks=0, ways=0, rates=[], what_if=[]).base.hitting
    assert found.reachable > transient.SMALL
    assert round(found.p_danger, 3) == 0.154


# At 1e-4 the iteration bounds the times near enough and then comes not near them.
@pytest.mark.parametrize("rare", [1e-4, 1e-12])
def test_rare_missteps_leave_no_iteration_without_an_answer(rare, monkeypatch):
    case = files.parse(ORDINARY, file="case.yaml", name="ordinary").case
    asked = {"ticks": 0, "ways": 0, "rates": [], "what_if": [], "misstep": rare}
    found = detente.risk(case, **asked).base.hitting
    monkeypatch.setattr(transient, "SMALL", 1000)  # elimination alone, which tests above hold
    exact = detente.risk(case, **asked).base.hitting
    assert found.p_danger == pytest.approx(exact.p_danger, rel=1e-6)
    assert found.expected_ticks == pytest.approx(exact.expected_ticks, rel=1e-6)


def test_the_iteration_leaves_alone_a_state_that_seems_never_to_be_left():
    with pytest.raises(transient.NotNear):
        transient.Iteration(csr_array(np.array([[1.0]])))
