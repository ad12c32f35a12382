"""What holds outcome by outcome, against counting states one by one."""

from __future__ import annotations

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.case import formula as fm
from detente.case.files import parse
from detente.case.truth import TruthAt
from detente.errors import CaseError, LimitError
from detente.questions.stability import evolution, stability
from detente.stability.tally import nearest_to, reach, tally
from strategies_case import cases


def states(result):
    return [s for s in np.ndindex(result.graph.shape) if result.graph.feasible[s]]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cases(max_cells=16))
def test_every_count_is_that_of_the_states(case):
    try:
        result = stability(case, ["nash", "gmr"])
    except (CaseError, LimitError):
        return
    found = tally(result)
    for held in found.outcomes:
        mine = [s for s in states(result) if is_in(case, held.outcome, s)]
        assert held.states == len(mine)
        for name, n in held.holding:
            assert n == sum(bool(result.equilibria(name).states[s]) for s in mine)
        for name, each in held.staying:
            assert [focal for focal, _ in each] == list(case.party_names)
            for focal, n in each:
                assert n == sum(bool(result.stable(name, focal).states[s]) for s in mine)
    named = {o.name for o in case.outcomes}
    assert {h.outcome for h in found.outcomes} - {""} == named
    for name, n in found.equilibria:
        assert n == sum(bool(result.equilibria(name).states[s]) for s in states(result))
    if case.status_quo is None:
        assert found.today is None
    else:
        holding = [n for n in ("nash", "gmr") if result.equilibria(n).states[case.status_quo]]
        assert found.today == tuple(holding)


def is_in(case, outcome, state):
    """Whether an outcome holds in a state; the outcome without a name is none of the others."""
    if outcome:
        return bool(TruthAt(case, state)(fm.OutcomeIs(outcome)))
    return not any(is_in(case, o.name, state) for o in case.outcomes)


@st.composite
def sets_and_a_day(draw):
    shape = draw(st.lists(st.integers(1, 3), min_size=1, max_size=3).map(tuple))
    everything = list(np.ndindex(shape))
    chosen = draw(st.lists(st.sampled_from(everything), min_size=1, unique=True))
    marked = np.zeros(shape, bool)
    for state in chosen:
        marked[state] = True
    return marked, chosen, draw(st.sampled_from(everything))


@given(sets_and_a_day())
def test_the_nearest_state_differs_in_the_fewest_options(drawn):
    marked, chosen, today = drawn

    def far(state):
        return sum(a != b for a, b in zip(state, today, strict=True))

    found = np.unravel_index(nearest_to(marked, today), marked.shape)
    assert found == min(sorted(chosen), key=far)
    assert np.unravel_index(nearest_to(marked, None), marked.shape) == min(chosen)


STEPS = """
title: Two switches
parties:
  a: {name: A, options: {x: X, y: {label: Y, irreversible: true}}}
outcomes: {on: a.x and a.y}
status_quo: [a.y]
preferences: {a: [a.x]}
"""


def test_what_today_can_lead_to_is_parted_by_how():
    case = parse(STEPS, file="steps.yaml", name="steps").case
    result = stability(case, ["nash"])
    found = reach(result, evolution(result))
    # x is wanted and nothing else, so X holds with or without Y; Y cannot be taken back.
    assert sorted(result.equilibria("nash")) == ["YN", "YY"]
    assert (found.by_improvements, found.by_moves, found.out_of_reach) == (1, 0, 1)
