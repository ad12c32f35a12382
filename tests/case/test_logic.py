"""The logic of a case, against states counted one by one."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import detente
from detente.case import files
from detente.case import formula as fm
from detente.case.logic import Logic, TooHard, forced
from detente.case.model import Case, Option, Party, Rule
from detente.case.truth import axes_of, may_change
from detente.errors import CaseError
from strategies_case import atoms_of, cases, formulas, holds_in

MANY = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def states(case: Case) -> list[tuple[int, ...]]:
    """Return every state that no rule excludes, in the order of states."""
    every = itertools.product(*(range(n) for n in case.shape))
    return [s for s in every if not any(holds_in(r.formula, case, s) for r in case.infeasible)]


@st.composite
def cases_with_formula(draw):
    case = draw(cases(max_cells=36))
    atoms = atoms_of(case.parties, tuple(o.name for o in case.outcomes))
    return case, draw(formulas(st.sampled_from(atoms)))


@given(cases_with_formula())
@MANY
def test_what_is_possible_is_what_some_feasible_state_shows(drawn):
    case, formula = drawn
    logic = Logic(case)
    verdicts = {holds_in(formula, case, s) for s in states(case)}
    assert tuple(logic.possible(formula)) == (True in verdicts, False in verdicts)
    free = {holds_in(formula, case, s) for s in states(replace(case, infeasible=()))}
    assert tuple(logic.possible(formula, ruled=False)) == (True in free, False in free)


@given(cases_with_formula())
@MANY
def test_rules_named_as_contradictory_are_so_and_none_is_idle(drawn):
    case, formula = drawn
    case = replace(case, infeasible=(*case.infeasible, Rule(formula), Rule(fm.Not(formula))))
    named = list(Logic(case).contradictions())
    assert named
    assert len(set().union(*named)) == sum(map(len, named)), "a rule stands in two sets"
    for rules in named:
        for left_out in (None, *rules):
            kept = tuple(case.infeasible[i] for i in rules if i != left_out)
            assert bool(states(replace(case, infeasible=kept))) == (left_out is not None)
    rest = [r for i, r in enumerate(case.infeasible) if not any(i in rules for rules in named)]
    assert states(replace(case, infeasible=tuple(rest)))


@given(cases_with_formula())
@MANY
def test_rules_that_exclude_a_formula_do_and_none_is_idle(drawn):
    case, formula = drawn
    rules = Logic(case).excluding(formula)
    possible = any(holds_in(formula, case, s) for s in states(case))
    assert (rules is None) == possible
    for left_out in (None, *(rules or ())):
        kept = tuple(case.infeasible[i] for i in rules or () if i != left_out)
        found = any(holds_in(formula, case, s) for s in states(replace(case, infeasible=kept)))
        if rules is not None:
            assert found == (left_out is not None)


@given(cases_with_formula())
@MANY
def test_an_example_is_the_first_in_the_order_of_states(drawn):
    case, formula = drawn
    axes = axes_of(case, [formula])
    logic = Logic(case)
    shown = [s for s in states(case) if holds_in(formula, case, s)]
    first = min((tuple(s[axis] for axis in axes) for s in shown), default=())
    assert logic.example(logic.encoding.literal(formula), axes) == first


@given(cases_with_formula(), st.randoms(use_true_random=False))
@MANY
def test_what_is_forced_holds_in_the_nearest_state(drawn, rnd):
    # The stated tie-break: the fewest options changed, then the first in the order of states.
    case, formula = drawn
    feasible = states(case)
    if not feasible:
        return
    today = rnd.choice(feasible)
    case = replace(case, status_quo=today)
    fitting = [s for s in feasible if holds_in(formula, case, s)]
    if not fitting:
        with pytest.raises(CaseError, match="so it cannot be taken as given"):
            forced(case, formula)
        return
    nearest = min(fitting, key=lambda s: (sum(a != b for a, b in zip(s, today, strict=True)), s))
    found = forced(case, formula)
    assert found.case.status_quo == nearest
    assert found.moved == (nearest != today)
    assert states(found.case) == fitting
    assert forced(replace(case, status_quo=None), formula).case.status_quo is None


def test_the_nearest_state_is_found_where_each_two_of_three_clash():
    # By hand: one of three may stay, and by the order of states it is the last; that two must go
    # does not show in what clashes, where one of each pair would be enough.
    options = tuple(Option(name, name) for name in "xyz")
    free = Case("c", "C", (Party("a", "A", options),), status_quo=(1, 1, 1))
    one = fm.parse("not (a.x and a.y) and not (a.y and a.z) and not (a.x and a.z)")
    assert forced(free, one).case.status_quo == (0, 0, 1)


def test_whether_options_may_change_is_asked_of_each_that_does():
    # By hand: a's option is only taken, never left; b's changes freely.
    once = Option("x", "X", changes=frozenset({(0, 1)}))
    case = Case("c", "C", (Party("a", "A", (once,)), Party("b", "B", (Option("y", "Y"),))))
    states = [*itertools.product((0, 1), repeat=2)]
    for before, after in itertools.product(states, states):
        assert may_change(case, before, after) == (before[0] <= after[0])


def test_of_several_nearest_states_whatif_and_risk_take_the_same():
    # Either party may talk; by the order of states that of the later option comes first.
    case = detente.load("korea-2017")
    asked = "usa.talk or prk.talk"
    forced_for_whatif = detente.whatif(case, [asked]).after.case.status_quo
    (scenario,) = detente.risk(case, what_if=[asked], ways=0, rates=[]).what_if
    assert forced_for_whatif == scenario.case.status_quo
    levels = dict(zip(case.option_names, forced_for_whatif, strict=True))
    assert (levels["usa.talk"], levels["prk.talk"]) == (0, 1)


def test_sixty_options_in_a_chain_are_no_trouble():
    # Every other option must be taken, or its neighbours: by hand, "neither o3 nor o4" cannot be.
    k = 60
    chain = " and ".join(f"(a.o{i} or a.o{i + 1})" for i in range(k - 1))
    options = ", ".join(f"o{i}: O{i}" for i in range(k))
    even = " and ".join(f"a.o{i}" for i in range(0, k, 2))
    text = (
        f"parties: {{a: {{options: {{{options}}}}}}}\ninfeasible: [not ({chain})]\n"
        f"outcomes: {{all: {even}}}\npreferences: {{a: [all, 'not a.o3 and not a.o4']}}\n"
    )
    loaded = files.parse(text, file="case.yaml", name="large")
    assert [p.message for p in loaded.problems] == [
        "'not a.o3 and not a.o4' holds in no feasible state, so it tells no state from another"
    ]
    # From nothing taken, 30 are the fewest, one of each pair; the first in order leaves o0, so it
    # takes o1, leaves o2, and so on.
    start = replace(loaded.case, infeasible=(), status_quo=(0,) * k)
    found = forced(start, fm.parse(chain)).case.status_quo
    assert found == (0, 1) * (k // 2)


def test_what_is_too_hard_says_so():
    n = 8
    holes = ", ".join(f"h{k}" for k in range(n))
    options = ", ".join(f"o{i}: {{levels: [{holes}]}}" for i in range(n + 1))
    rules = ", ".join(
        f"a.o{i} = h{k} and a.o{j} = h{k}" for i in range(n + 1) for j in range(i) for k in range(n)
    )
    text = f"parties: {{a: {{options: {{{options}}}}}}}\npreferences: {{a: [a.o0]}}\n"
    case = files.parse(text, file="c", name="c").case
    rules_of = [fm.parse(rule) for rule in rules.split(", ")]
    case = replace(case, infeasible=tuple(Rule(rule) for rule in rules_of))
    with pytest.raises(TooHard):
        list(Logic(case, conflicts=20).contradictions())
