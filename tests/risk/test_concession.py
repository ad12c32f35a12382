"""The cheapest concession of a case drawn at random: by hand, by all sets, and by the solver."""

from __future__ import annotations

from dataclasses import replace

import pytest

import detente
from detente.case.files import parse
from detente.case.formula import parse as formula
from detente.risk.sweep import Concession, cheapest
from detente.risk.uncertainty import Firmness, edited
from risk.small import CASE


@pytest.fixture(scope="module")
def case():
    return parse(CASE, file="case.yaml", name="small").case


def test_concessions_by_trying_all_sets(case):
    for text in ("talks", "north.talk", "war", "talks and war", "talks and north.pledge"):
        graph_feasible = detente.states(case).states
        want = _cheapest_by_hand(case, text)
        assert cheapest(case, graph_feasible, formula(text)).cost == want


def test_of_sets_that_cost_the_same_the_one_with_the_lightest_largest_burden():
    # Talks break the lines of one room or the other: 3 of a and 1 of b, or 2 of each.
    text = """\
parties:
  a: {options: {talk: Talk, far: Far, near: Near}}
  b: {options: {far: Far, near: Near}}
outcomes: {talks: a.talk}
infeasible: [a.talk and not (a.far and b.far) and not (a.near and b.near)]
status_quo: []
preferences: {a: [a.talk], b: [a.talk]}
refusals:
  - {id: a_far, party: a, refuses: a.far, firmness: 3}
  - {id: b_far, party: b, refuses: b.far, firmness: 1}
  - {id: a_near, party: a, refuses: a.near, firmness: 2}
  - {id: b_near, party: b, refuses: b.near, firmness: 2}
"""
    made = parse(text, file="case.yaml", name="even").case
    found = cheapest(made, detente.states(made).states, formula("talks"))
    assert found == Concession(4, ("a_near", "b_near"))


def _cheapest_by_hand(case, target):
    """Remove each set of the two things said, and look whether a state of the target is left."""
    said = {"c1": ("not ally.talk or north.pledge", 3), "never": ("not north.pledge", 4)}
    costs = []
    for gone in ((), ("c1",), ("never",), ("c1", "never")):
        kept = [f"({text})" for name, (text, _) in said.items() if name not in gone]
        if len(detente.states(case, " and ".join([f"({target})", *kept]))):
            costs.append(sum(said[name][1] for name in gone))
    return min(costs, default=None)


def test_nothing_need_be_given_up_where_the_target_holds_today(case):
    # Today the North has pledged, though it refuses to: what holds, holds.
    broken = replace(case, status_quo=(0, 1, 0, 0, 2))
    for text in ("ally.squeeze = full", "north.pledge", "not north.talk"):
        assert cheapest(broken, detente.states(broken).states, formula(text)) == Concession(0, ())
        assert detente.deadlock(broken, text).cost == 0


TARGETS = (
    "talks",
    "north.pledge",
    "talks and ally.squeeze = none",
    "north.attack and ally.talk",
    "not north.talk",
    "ally.talk and north.pledge",
    "north.talk and north.attack",
)


@pytest.mark.parametrize(("target", "firm"), [(t, f) for t in TARGETS for f in (1, 3, 4, 9)])
def test_the_cheapest_concession_is_that_of_the_solver(case, target, firm):
    drawn = edited(case, [Firmness("never", 1, 9)], (firm,)).case
    found = cheapest(drawn, detente.states(drawn).states, formula(target))
    solved = detente.deadlock(drawn, target)
    assert found.cost == solved.cost
    if solved.verdict == "deadlock":
        assert found.ids == tuple(sorted(solved.concessions[0].drop))
