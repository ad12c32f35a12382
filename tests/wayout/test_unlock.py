"""Unlock: the local test against the oracle, the search against every edit, and by hand."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from random_cases import cases, holds

from detente.case.formula import Formula, Not, OptionIs, Or, OutcomeIs, to_text
from detente.case.model import Case, Option, Party, Statement, Statements, Weights
from detente.graph import build
from detente.stability.registry import SEQUENTIAL, find
from detente.wayout.local import stays_at
from detente.wayout.minds import EXACT, Edit, Wishes, pool
from detente.wayout.unlock import Unlocking, unlock
from oracle import INDIVIDUAL
from oracle.conflict import Conflict, State
from strategies import graphs

MANY = settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
CONCEPTS = st.sampled_from(SEQUENTIAL)


@MANY
@given(graphs(parties=(2, 4), max_cells=32), CONCEPTS)
def test_the_local_test_agrees_with_the_definitions_and_the_arrays(graph, concept):
    conflict = Conflict.from_graph(graph)
    for party in conflict.parties:
        whole = find(concept).stable(graph, party)
        for state in conflict.states:
            at = int(np.ravel_multi_index(state, graph.shape))
            verdict = stays_at(graph, party, at, find(concept).rules)
            assert verdict == INDIVIDUAL[concept](conflict, party, state)
            assert verdict == whole[state]


Lists = tuple[tuple[Formula, ...], ...]
"""The statements of every party, the most important first."""


class EveryEdit:
    """All edits of a case, one after the other, and what holds after them."""

    def __init__(self, case: Case, concept: str) -> None:
        self.case = case
        self.concept = concept
        self.conflict = Conflict.from_graph(build(case))
        self.lists: Lists = tuple(
            tuple(s.formula for s in p.preferences.statements) for p in case.parties
        )
        self.pool: list[Formula] = []
        for outcome in case.outcomes:
            self.pool += [OutcomeIs(outcome.name), Not(OutcomeIs(outcome.name))]
        for party, option in case.options:
            one = OptionIs(party.name, option.name)
            many = [OptionIs(party.name, option.name, level) for level in option.levels]
            self.pool += [one, Not(one)] if len(many) == 2 else many

    def edited(self, party: int, lists: Lists) -> Iterator[Lists]:
        """Every list one edit of a party away."""
        mine, stated = lists[party], self.lists[party]
        for k, formula in enumerate(mine):
            rest = mine[:k] + mine[k + 1 :]
            yield self.put(party, lists, rest)
            for to in range(len(mine)):
                yield self.put(party, lists, (*rest[:to], formula, *rest[to:]))
        for formula in (*self.pool, *stated):
            if formula not in mine:
                for to in range(len(mine) + 1):
                    yield self.put(party, lists, (*mine[:to], formula, *mine[to:]))

    @staticmethod
    def put(party: int, lists: Lists, mine: tuple[Formula, ...]) -> Lists:
        return (*lists[:party], mine, *lists[party + 1 :])

    def levels(self, cost: int) -> list[set[Lists]]:
        """For each cost the lists that it takes just so much to come to."""
        found = [{self.lists}]
        for _ in range(cost):
            seen = set().union(*found)
            parties = range(len(self.lists))
            new = {q for lists in found[-1] for p in parties for q in self.edited(p, lists)}
            found.append(new - seen)
        return found

    def equilibria(self, lists: Lists, among: list[State]) -> list[State]:
        conflict = self.conflict
        for party, mine in enumerate(lists):
            if mine != self.lists[party]:
                vector = {s: self.vector(mine, s) for s in conflict.states}
                order = sorted(set(vector.values()))
                conflict = conflict.with_payoff(party, {s: order.index(vector[s]) for s in vector})
        stays = INDIVIDUAL[self.concept]
        return [s for s in among if all(stays(conflict, p, s) for p in conflict.parties)]

    def vector(self, mine: tuple[Formula, ...], state: State) -> tuple[bool, ...]:
        return tuple(holds(f, self.case, state) for f in mine)


def lists_after(oracle: EveryEdit, edits: tuple[Edit, ...]) -> Lists:
    """Carry out edits in their order, checking what they say of themselves."""
    lists = oracle.lists
    for edit in edits:
        mine = lists[edit.party]
        if edit.was is None:
            assert edit.op == "add"
            assert edit.statement not in mine
        else:
            assert edit.op in ("drop", "move")
            assert mine[edit.was - 1] == edit.statement
            mine = mine[: edit.was - 1] + mine[edit.was :]
        if edit.priority is not None:
            mine = (*mine[: edit.priority - 1], edit.statement, *mine[edit.priority - 1 :])
        lists = oracle.put(edit.party, lists, mine)
    return lists


def compare(case: Case, concept: str, cost: int, data: st.DataObject) -> None:
    oracle = EveryEdit(case, concept)
    assume(len(set(map(to_text, itertools.chain(*oracle.lists)))) > 0)
    assume(all(len(set(mine)) == len(mine) for mine in oracle.lists))
    holding = oracle.equilibria(oracle.lists, list(oracle.conflict.states))
    others = [s for s in oracle.conflict.states if s not in holding]
    assume(others)
    wanted = data.draw(st.lists(st.sampled_from(others), min_size=1, max_size=3, unique=True))
    graph = build(case)
    target = np.zeros(graph.shape, bool)
    for s in wanted:
        target[s] = True
    found = unlock(case, graph, target, find(concept), cost=cost, max_answers=10**6)
    assert (found.already, found.stopped) == ((), "")
    for k, every in enumerate(oracle.levels(cost)):
        working = {lists: oracle.equilibria(lists, sorted(wanted)) for lists in every}
        working = {lists: states for lists, states in working.items() if states}
        if working:
            assert (found.cost, found.proved_below) == (k, k)
            assert told(found, oracle, graph.shape) == working
            return
    assert (found.cost, found.proved_below, found.answers) == (None, cost + 1, ())


def told(found: Unlocking, oracle: EveryEdit, shape: tuple[int, ...]) -> dict[Lists, list[State]]:
    answers = {}
    for answer in found.answers:
        assert len(answer.edits) == found.cost
        states = [tuple(int(x) for x in np.unravel_index(s, shape)) for s in answer.states]
        answers[lists_after(oracle, answer.edits)] = sorted(states)
    assert len(answers) == len(found.answers)
    return answers


@MANY
@given(cases(parties=(2, 3), options=(2, 3), said=0), CONCEPTS, st.data())
def test_unlocking_at_cost_one_tries_every_edit(case, concept, data):
    compare(case, concept, 1, data)


@MANY
@given(
    cases(parties=(2, 2), options=(2, 2), said=0, rules=1, statements=(1, 2)), CONCEPTS, st.data()
)
def test_unlocking_at_cost_two_tries_every_two_edits(case, concept, data):
    compare(case, concept, 2, data)


@settings(MANY, max_examples=60)
@given(cases(parties=(1, 2), options=(1, 3), said=0), st.booleans())
def test_each_mind_finds_better_what_fulfils_the_first_wish_that_differs(case, weighing):
    first, *others = case.parties
    if weighing:  # then what is put in comes first, and the weights decide where that is equal
        weights = tuple((s.formula, Fraction(1)) for s in first.preferences.statements)
        case = replace(case, parties=(replace(first, preferences=Weights(weights)), *others))
    graph = build(case)
    at = np.flatnonzero(graph.feasible)
    low, high = (side.ravel() for side in np.meshgrid(at, at))
    for party, ranks in enumerate(graph.ranks):
        wishes = Wishes(case, graph, party, pool(case), 1)
        weighs = weighing and party == 0
        below = ranks.ravel() * weighs
        fulfilled = {
            s: [holds(f, case, graph.space.at(s)) for f in wishes.formulas] for s in at.tolist()
        }
        every = [[m for m in wishes.with_edits(n) if m.order] for n in (0, 1)]
        for minds in filter(None, every):
            orders = [wishes.ranks(minds)]
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(wishes, "_dtype", None)  # as if they were too many for a word
                orders.append(wishes.ranks(minds))
            found = [order.reshape(-1, len(minds)).T for order in orders]
            told = [order[:, high] > order[:, low] for order in found]
            if not weighs:
                told.append(wishes.better(minds, low, high))
            for k, mind in enumerate(minds):
                worth = {
                    s: ([row[j] for j in mind.order], below[s]) for s, row in fulfilled.items()
                }
                pairs = zip(low.tolist(), high.tolist(), strict=True)
                wanted = [worth[b] > worth[a] for a, b in pairs]
                assert all(better[k].tolist() == wanted for better in told)


@pytest.mark.parametrize("n", [EXACT, EXACT + 1])
def test_the_last_of_many_wishes_decides_where_all_others_are_met(n):
    taken = OptionIs("a", "x")
    always = Or((taken, Not(taken)))
    wishes = Statements((*[Statement(always)] * (n - 1), Statement(taken)))
    case = Case("c", "C", (Party("a", "A", (Option("x", "X"),), wishes),))
    found = Wishes(case, build(case), 0, (), 0)
    no_yes = np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])
    assert found.better(found.with_edits(0), *no_yes).tolist() == [[False, True, False, False]]
