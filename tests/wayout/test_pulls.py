"""What a formula pulls at, against formulas read aloud in every state."""

import itertools

from hypothesis import given, settings
from random_cases import cases, holds

from detente.case import formula as fm
from detente.case.model import Case, Option, Outcome, Party
from detente.wayout.pulls import pulls


def every_state(case):
    """All assignments of levels, feasible or not."""
    return list(itertools.product(*(range(n) for n in case.shape)))


@settings(max_examples=150, deadline=None)
@given(cases(said=0, rules=0, statements=(0, 0)))
def test_following_every_pull_grants_what_is_asked_for(case):
    formula = case.outcomes[0].formula
    pulled = pulls(case, formula)
    common = {
        axis: frozenset.intersection(*(levels for a, levels in pulled if a == axis))
        for axis, _ in pulled
    }
    if not all(common.values()):
        return  # pulled both ways
    # Wherever all pulls are followed the formula holds; whatever else is so.
    for state in every_state(case):
        if all(state[axis] in levels for axis, levels in common.items()):
            assert holds(formula, case, state)


@settings(max_examples=150, deadline=None)
@given(cases(said=0, rules=0, statements=(0, 0)))
def test_an_option_that_is_not_pulled_does_not_matter(case):
    formula = case.outcomes[0].formula
    spoken = {axis for axis, _ in pulls(case, formula)}
    told = {}
    for state in every_state(case):
        key = tuple(level for axis, level in enumerate(state) if axis in spoken)
        assert told.setdefault(key, holds(formula, case, state)) == holds(formula, case, state)


def test_a_tower_of_outcomes_takes_no_more_than_its_bricks():
    atom = fm.OptionIs("a", "x")
    tower = [Outcome("o0", atom)]
    for k in range(60):
        below = fm.OutcomeIs(f"o{k}")
        tower.append(Outcome(f"o{k + 1}", fm.And((below, fm.Not(fm.Not(below))))))
    case = Case("t", "T", (Party("a", "A", (Option("x", "X"),)),), tuple(tower))
    assert pulls(case, fm.OutcomeIs("o60")) == ((0, frozenset({1})),)
