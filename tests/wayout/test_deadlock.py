"""Deadlock: against enumeration of every subset, and by hand."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from random_cases import cases, feasible_states, formulas, holds

from detente.case.files import parse, read_formula
from detente.case.formula import And, Not, OptionIs, OutcomeIs
from detente.case.model import Case, Condition, Option, Party, Refusal, Rule
from detente.errors import CaseError
from detente.wayout.deadlock import Deadlock, deadlock, everything_said

MANY = settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))


def keeps(case: Case, said: Condition | Refusal, state: tuple[int, ...]) -> bool:
    """Whether a state keeps to something that was said."""
    if isinstance(said, Condition):
        return not holds(said.option, case, state) or holds(said.needs, case, state)
    return not holds(said.refuses, case, state)


def subsets(items: list[str]) -> list[frozenset[str]]:
    return [
        frozenset(chosen)
        for n in range(len(items) + 1)
        for chosen in itertools.combinations(items, n)
    ]


def smallest(sets: list[frozenset[str]]) -> set[frozenset[str]]:
    return {s for s in sets if not any(t < s for t in sets)}


class Enumerated:
    """Knots and concessions by trying every subset of what was said in every state."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.target = OutcomeIs("goal")
        self.states = [s for s in feasible_states(case) if holds(self.target, case, s)]
        self.said = {s.id: s for s in everything_said(case)}
        kept_in = [
            frozenset(n for n, s in self.said.items() if keeps(case, s, x)) for x in self.states
        ]
        every = subsets(list(self.said))
        can = {s: any(s <= kept for kept in kept_in) for s in every}
        self.knots = smallest([s for s in every if not can[s]])
        whole = frozenset(self.said)
        self.concessions = smallest([d for d in every if can[whole - d]])

    def firmness(self, ids: frozenset[str], party: str | None = None) -> int:
        voices = [self.said[i] for i in ids]
        return sum(s.firmness for s in voices if party in (None, s.party))

    def distance(self, ids: frozenset[str]) -> int:
        """Options changed by the nearest state that keeps all but some things said."""
        left = [s for name, s in self.said.items() if name not in ids]
        return min(
            sum(a != b for a, b in zip(x, self.case.status_quo, strict=True))
            for x in self.states
            if all(keeps(self.case, s, x) for s in left)
        )


@MANY
@given(cases())
def test_knots_and_concessions_are_those_of_every_subset(case):
    oracle = Enumerated(case)
    today = holds(oracle.target, case, case.status_quo)
    if not everything_said(case) and oracle.states and not today:
        with pytest.raises(CaseError, match="a condition or refusal"):
            deadlock(case, oracle.target)
        return
    found = deadlock(case, oracle.target, limit=10_000)
    assert found.complete
    if not oracle.states:
        assert found.verdict == "impossible"
    elif today:
        assert found.verdict == "holds"
    elif frozenset() in oracle.concessions:
        assert found.verdict == "open"
        changed = sum(a != b for a, b in zip(found.witness, case.status_quo, strict=True))
        assert found.witness in oracle.states
        assert changed == oracle.distance(frozenset())
    else:
        assert found.verdict == "deadlock"
        compare(found, oracle)


def compare(found: Deadlock, oracle: Enumerated) -> None:
    """Hold a deadlock against the enumeration: sets, order, cost, burden, witnesses."""
    case = found.case
    assert [frozenset(k) for k in found.knots] == sorted(
        oracle.knots, key=lambda k: (len(k), sorted(k))
    )

    def order(ids: frozenset[str]) -> tuple[int, int, list[str]]:
        shares = [oracle.firmness(ids, p) for p in case.party_names]
        return oracle.firmness(ids), max(shares), sorted(ids)

    assert [frozenset(c.drop) for c in found.concessions] == sorted(oracle.concessions, key=order)
    for concession in found.concessions:
        ids = frozenset(concession.drop)
        assert concession.cost == oracle.firmness(ids)
        shares = [(p, oracle.firmness(ids, p)) for p in case.party_names]
        assert list(concession.burden) == [s for s in shares if s[1]]
        assert concession.witness in oracle.states
        left = [s for name, s in oracle.said.items() if name not in ids]
        assert all(keeps(case, s, concession.witness) for s in left)
        changed = sum(a != b for a, b in zip(concession.witness, case.status_quo, strict=True))
        assert changed == oracle.distance(ids)


@MANY
@given(cases(said=7))
def test_knots_are_the_smallest_sets_that_meet_every_concession_and_the_other_way_round(case):
    # The duality of minimal unsatisfiable subsets and minimal correction sets.
    if not everything_said(case):
        return
    found = deadlock(case, OutcomeIs("goal"), limit=10_000)
    if found.verdict != "deadlock":
        return
    knots = {frozenset(k) for k in found.knots}
    concessions = {frozenset(c.drop) for c in found.concessions}
    every = subsets([s.id for s in everything_said(case)])
    assert knots == smallest([s for s in every if all(s & c for c in concessions)])
    assert concessions == smallest([s for s in every if all(s & k for k in knots)])


@MANY
@given(cases(), st.integers(0, 3))
def test_a_limit_leaves_out_the_dearest_and_never_one_of_the_cheapest(case, limit):
    if not everything_said(case):
        return
    whole = deadlock(case, OutcomeIs("goal"), limit=10_000)
    part = deadlock(case, OutcomeIs("goal"), limit=limit)
    least = sum(c.cost == whole.cost for c in whole.concessions)
    assert part.knots == whole.knots
    assert part.concessions == whole.concessions[: max(limit, least)]
    assert part.complete == (len(part.concessions) == len(whole.concessions))


@MANY
@given(cases(rules=4), st.data())
def test_excluding_rules_exclude_and_each_is_needed(case, data):
    # The rules that excluded too much are added back; what is left over must not exclude.
    more = tuple(Rule(data.draw(formulas((OutcomeIs("goal"),), 1))) for _ in range(2))
    case = replace(case, infeasible=(*case.infeasible, *more))
    try:
        found = deadlock(case, OutcomeIs("goal"))
    except CaseError:
        return

    def possible(rules: tuple[Rule, ...]) -> bool:
        left = replace(case, infeasible=rules)
        return any(holds(OutcomeIs("goal"), case, s) for s in feasible_states(left))

    rules = tuple(case.infeasible[k] for k in found.rules)
    assert (found.verdict == "impossible") == (not possible(case.infeasible))
    if found.verdict == "impossible":
        assert not possible(rules)
        assert all(possible((*rules[:k], *rules[k + 1 :])) for k in range(len(rules)))


CIRCULAR = """
title: Each waits for the other's first step
parties:
  north: {name: North, options: {talk: Enter talks, freeze: Freeze its tests}}
  south: {name: South, options: {talk: Enter talks, pause: Pause its drills}}
outcomes: {talks: north.talk and south.talk}
status_quo: [not north.talk]
conditions:
  - {party: north, option: north.freeze, needs: south.pause}
  - {party: south, option: south.talk, needs: north.freeze, firmness: 2}
refusals:
  - {party: south, refuses: south.pause, firmness: 2}
"""


def worked_case(text: str) -> Case:
    return parse(text, file="page", name="worked").case


def test_three_things_said_that_make_one_knot():
    # By hand: talks need south.talk, so (c2) the freeze, so (c1) the pause, which r1 refuses.
    # Each of the three alone frees the way; c1 costs 1 and the others 2.
    found = deadlock(worked_case(CIRCULAR), OutcomeIs("talks"))
    assert found.verdict == "deadlock"
    assert found.knots == (("c1", "c2", "r1"),)
    assert [(c.drop, c.cost, c.burden) for c in found.concessions] == [
        (("c1",), 1, (("north", 1),)),
        (("c2",), 2, (("south", 2),)),
        (("r1",), 2, (("south", 2),)),
    ]
    # talk, freeze, talk, pause: without c1 both talk and the North freezes (3 changes).
    assert [c.witness for c in found.concessions] == [(1, 1, 1, 0), (1, 0, 1, 0), (1, 1, 1, 1)]
    assert found.complete
    assert found.cost == 1


def test_an_even_burden_comes_first_at_equal_cost():
    # By hand: two knots {c1, r1} and {c2, r2}; of the four ways to cut both at cost 2, the two
    # that take one thing from each party come before those that take both from one.
    text = """
title: Two knots
parties:
  a: {name: A, options: {talk: Talk, x: X}}
  b: {name: B, options: {talk: Talk, y: Y}}
outcomes: {talks: a.talk and b.talk}
status_quo: [not a.talk]
conditions:
  - {party: a, option: a.talk, needs: b.y}
  - {party: b, option: b.talk, needs: a.x}
refusals:
  - {party: a, refuses: a.x}
  - {party: b, refuses: b.y}
"""
    found = deadlock(worked_case(text), OutcomeIs("talks"))
    assert found.knots == (("c1", "r2"), ("c2", "r1"))
    assert [c.drop for c in found.concessions] == [
        ("c1", "c2"),
        ("r1", "r2"),
        ("c1", "r1"),
        ("c2", "r2"),
    ]


def test_rules_alone_exclude_the_target():
    # By hand: the first two rules together leave no way for both to talk; the third has no part.
    text = CIRCULAR + "infeasible: [north.talk and not south.pause, south.pause and south.talk,"
    text += " north.freeze and not north.talk]\n"
    found = deadlock(worked_case(text), OutcomeIs("talks"))
    assert (found.verdict, found.rules, found.knots) == ("impossible", (0, 1), ())


def test_a_target_that_contradicts_itself_needs_no_rule():
    talk = OptionIs("north", "talk")
    found = deadlock(worked_case(CIRCULAR), And((talk, Not(talk))))
    assert (found.verdict, found.rules) == ("impossible", ())


def test_it_holds_already():
    found = deadlock(worked_case(CIRCULAR), read_formula("not talks", worked_case(CIRCULAR)))
    assert (found.verdict, found.witness) == ("holds", (0, 0, 0, 0))


def test_nothing_said_stands_in_the_way():
    found = deadlock(worked_case(CIRCULAR), OptionIs("north", "talk"))
    assert (found.verdict, found.witness, found.concessions) == ("open", (1, 0, 0, 0), ())


def test_what_is_missing_is_asked_for():
    case = worked_case(CIRCULAR)
    with pytest.raises(CaseError, match="status_quo"):
        deadlock(replace(case, status_quo=None), OutcomeIs("talks"))
    with pytest.raises(CaseError, match="add what the parties said aloud"):
        deadlock(replace(case, conditions=(), refusals=()), OutcomeIs("talks"))


def many_knots(pairs: int) -> Case:
    """A case with two knots for each pair: two conditions that forbid what the goal needs."""
    mine = tuple(Option(f"o{k}", f"O{k}") for k in range(pairs + 1))
    party = Party("a", "A", mine)
    wish = tuple(OptionIs("a", f"o{k}") for k in range(pairs))
    goal = OptionIs("a", f"o{pairs}")
    conditions = tuple(
        Condition(f"c{k}{side}", "a", wish[k], Not(wish[k])) for k in range(pairs) for side in "ab"
    )
    conditions = (*conditions, Condition("n", "a", goal, And(wish)))
    return Case("many", "Many", (party,), status_quo=(0,) * (pairs + 1), conditions=conditions)


def test_a_cap_on_count_is_met_and_said():
    # By hand: the goal needs every o_k (n), each of which two conditions forbid: 2 * 6 knots of
    # two, {n, c_k}; six is the cap.
    found = deadlock(many_knots(6), OptionIs("a", "o6"), max_knots=6)
    assert len(found.knots) == 6
    assert all(len(k) == 2 for k in found.knots)
    assert "knots" in found.stopped
    assert len(deadlock(many_knots(6), OptionIs("a", "o6")).knots) == 12


def test_a_cap_on_time_is_said_and_what_was_found_is_kept():
    found = deadlock(many_knots(6), OptionIs("a", "o6"), seconds=0)
    assert len(found.knots) == 1
    assert "time" in found.stopped
    assert not found.complete


def test_an_interruption_keeps_what_was_found(monkeypatch):
    from detente.wayout import deadlock as module

    def two_then_stop(encoding, chosen):
        found = list(itertools.islice(original(encoding, chosen), 2))
        yield from found
        raise KeyboardInterrupt

    original = module.every_knot
    monkeypatch.setattr(module, "every_knot", two_then_stop)
    found = deadlock(many_knots(6), OptionIs("a", "o6"))
    assert len(found.knots) == 2
    assert "interrupted" in found.stopped


def test_thirty_options_of_three_levels_and_more_need_no_list_of_states():
    # 3^40 states; by hand: the goal needs o1 and r forbids it.
    options = tuple(Option(f"o{k}", f"O{k}", ("none", "some", "full")) for k in range(40))
    case = Case(
        "large",
        "Large",
        (Party("a", "A", options),),
        status_quo=(0,) * 40,
        conditions=(Condition("c", "a", OptionIs("a", "o0"), OptionIs("a", "o1", "full")),),
        refusals=(Refusal("r", "a", OptionIs("a", "o1")),),
    )
    found = deadlock(case, OptionIs("a", "o0"))
    assert found.knots == (("c", "r"),)
    assert [sum(map(bool, c.witness)) for c in found.concessions] == [1, 2]
