"""A list of feasible states gives the answers of the arrays, which the oracle vouches for."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import detente
from detente.case import formula as fm
from detente.case.model import Case, Option, Outcome, Party, Rule, Statement, Statements
from detente.errors import CaseError, LimitError
from detente.graph import Graph, build, climb, jointly, using
from detente.graph.fan import Fan
from detente.graph.find import find_state
from detente.graph.joint import closure
from detente.graph.listed import as_list, listed, put_back
from detente.graph.listing import TooMany, listing
from detente.graph.moves import any_move, only, spread
from detente.graph.slices import improvements_at, joint_states, moves_at, own_assignment, sources_at
from detente.graph.space import Box, Rows
from detente.graph.together import exceeded, joint_improvements
from oracle import Conflict, joint
from strategies import QUICK, graphs
from strategies_case import cases, feasible_states

OPS = (np.minimum, np.maximum, np.bitwise_or)


@QUICK
@given(cases())
def test_a_listing_holds_just_the_states_that_no_rule_excludes(case):
    options = case.options
    wanted = sorted(
        tuple(o.levels.index(state[p.name, o.name]) for p, o in options)
        for state in feasible_states(case)
    )
    if not wanted:
        with pytest.raises(CaseError, match="leave no state"):
            listing(case, 1 << 20)
        return
    found = listing(case, 1 << 20)
    assert [tuple(row) for row in found.table.tolist()] == wanted
    assert [found.find(levels) for levels in wanted] == list(range(len(wanted)))


def test_a_list_is_in_order_where_levels_are_too_many_for_a_number():
    # Of 70 options the first two are free, and the others are taken all or none: 2^3 states.
    options = tuple(Option(f"o{k}", "O") for k in range(70))
    taken = [fm.OptionIs("a", o.name) for o in options]
    rules = tuple(Rule(fm.Not(fm.Iff(x, y))) for x, y in itertools.pairwise(taken[2:]))
    case = Case("c", "C", (Party("a", "A", options),), infeasible=rules)
    wanted = [[x, y, *[z] * 68] for x, y, z in itertools.product((0, 1), repeat=3)]
    assert listing(case, 1 << 20).table.tolist() == wanted


@QUICK
@given(cases(), st.data())
def test_a_list_is_made_from_that_of_a_case_with_fewer_rules(case, data):
    kept = data.draw(st.integers(0, len(case.infeasible)))
    wider = replace(case, infeasible=case.infeasible[:kept])
    with using("list"):
        try:
            graph = build(wider)
        except (CaseError, LimitError):  # no state, or preferences that cannot be worked out
            return
        try:
            found = build(case)
        except CaseError as error:
            if "leave no state" in str(error):
                assert not list(feasible_states(case))
            return
    fresh = listing(case, 1 << 20)
    assert graph.rows.table.tolist() == listing(wider, 1 << 20).table.tolist()
    assert found.rows.table.tolist() == fresh.table.tolist()


def test_a_list_under_other_outcomes_or_options_is_not_taken():
    x, y = Option("x", "X"), Option("y", "Y")
    party = Party("a", "A", (x, y), Statements((Statement(fm.parse("a.y")),)))
    rules = (Rule(fm.parse("o")),)
    one = Case("c", "C", (party,), outcomes=(Outcome("o", fm.parse("a.x")),), infeasible=rules)
    other = replace(one, outcomes=(Outcome("o", fm.parse("a.y")),))
    wide = replace(one, parties=(replace(party, options=(x, Option("y", "Y", ("0", "1", "2")))),))
    with using("list"):
        graphs = [build(case) for case in (one, other, wide)]
    tables = [graph.rows.table.tolist() for graph in graphs]
    assert tables == [[[0, 0], [0, 1]], [[0, 0], [1, 0]], [[0, 0], [0, 1], [0, 2]]]


def test_a_listing_stops_where_states_become_too_many():
    case = detente.load("korea-2018")
    with pytest.raises(TooMany):
        listing(case, 1_000)
    with using("arrays"):
        assert len(listing(case, 20_000).table) == build(case).n_states


@QUICK
@given(graphs(), st.booleans(), st.booleans())
def test_moves_from_a_list_are_those_of_the_arrays(graph, back, stay):
    thin = listed(graph)
    rng = np.random.default_rng(0)
    for party in range(len(graph.parties)):
        for op in OPS:
            values = only(op, rng.integers(0, 9, graph.shape).astype(np.int16), graph.feasible)
            dense = np.broadcast_to(
                spread(op, values, graph, party, back=back, stay=stay), graph.shape
            )
            found = spread(op, as_list(values, graph), thin, party, back=back, stay=stay)
            assert found.tolist() == as_list(dense, graph).tolist()
        some = (rng.random(graph.shape) < 0.4) & graph.feasible
        assert put_back(any_move(as_list(some, graph), thin, party, back=back), graph).tolist() == (
            any_move(some, graph, party, back=back).tolist()
        )


@QUICK
@given(graphs())
def test_improvements_on_a_list_are_those_of_the_arrays(graph):
    thin = listed(graph)
    rng = np.random.default_rng(1)
    everybody = tuple(range(len(graph.parties)))
    for party in everybody:
        for op in (np.minimum, np.bitwise_or):
            values = only(op, rng.integers(0, 9, graph.shape).astype(np.int16), graph.feasible)
            dense = climb.over_improvements(op, values, graph, party)
            found = climb.over_improvements(op, as_list(values, graph), thin, party)
            assert found.tolist() == as_list(dense, graph).tolist()
    values = rng.integers(0, 9, graph.shape).astype(np.int16)
    for close in (
        lambda v, g: climb.improving_closure(v, g, everybody),
        lambda v, g: closure(np.minimum, v, g, everybody),
        lambda v, g: closure(np.maximum, v, g, everybody[:2], back=True),
    ):
        dense = np.broadcast_to(close(values, graph), graph.shape)
        assert close(as_list(values, graph), thin).tolist() == as_list(dense, graph).tolist()


@QUICK
@given(graphs())
def test_single_states_of_a_list_lead_where_the_arrays_say(graph):
    thin = listed(graph)
    at = np.flatnonzero(graph.feasible)  # position in the list -> flat index
    for party in range(len(graph.parties)):
        fan = Fan(thin, party)
        source, target = fan(np.arange(len(at)))
        for k, state in enumerate(at.tolist()):
            assert at[moves_at(thin, party, k)].tolist() == moves_at(graph, party, state).tolist()
            assert sorted(at[target[source == k]]) == moves_at(graph, party, state).tolist()
            assert at[improvements_at(thin, party, k)].tolist() == (
                improvements_at(graph, party, state).tolist()
            )
            for improving in (False, True):
                assert at[sources_at(thin, party, k, improving=improving)].tolist() == (
                    sources_at(graph, party, state, improving=improving).tolist()
                )


@QUICK
@given(graphs())
def test_joint_choices_on_a_list_meet_in_the_same_states(graph):
    thin = listed(graph)
    at = np.flatnonzero(graph.feasible)
    n = len(graph.parties)
    dense = [np.unique(own_assignment(graph, p, at)) for p in range(n)]
    ours = [np.unique(own_assignment(thin, p, np.arange(len(at)))) for p in range(n)]
    wanted = joint_states(graph, dense)
    found = joint_states(thin, ours)
    assert np.where(found >= 0, at[found], -1).tolist() == wanted.tolist()


@QUICK
@given(graphs())
def test_states_have_the_same_names_and_distances(graph):
    thin = listed(graph)
    at = np.flatnonzero(graph.feasible)
    assert thin.codes(np.arange(len(at))) == graph.codes(at)
    here = graph.space.at(int(at[-1]))
    assert thin.space.differing(here).tolist() == graph.space.differing(here).ravel()[at].tolist()
    rows = [graph.space.at(int(s)) for s in at]
    some = np.arange(len(at)) % 3 == 0
    wanted = [
        min(
            sum(x != y for x, y in zip(a, b, strict=True))
            for b, s in zip(rows, some, strict=True)
            if s
        )
        for a in rows
    ]
    assert thin.space.away(some).tolist() == wanted
    goal = np.zeros(graph.shape, bool)
    goal.flat[at[some]] = True
    assert graph.space.away(goal).ravel()[at].tolist() == wanted
    missing = np.flatnonzero(~graph.feasible)
    assert all(thin.space.find(graph.space.at(int(s))) < 0 for s in missing)


@QUICK
@given(st.data())
def test_what_is_exceeded_is_what_loops_say(data):
    members, n = data.draw(st.integers(1, 3)), data.draw(st.integers(1, 12))
    numbers = st.lists(st.integers(0, 4), min_size=n, max_size=n)
    component = np.array(data.draw(st.lists(st.integers(0, 2), min_size=n, max_size=n)))
    values = np.array([data.draw(numbers) for _ in range(members)])
    bounds = np.array([data.draw(numbers) for _ in range(members)])
    wanted = [
        any(
            component[x] == component[s]
            and all(v[x] > b[s] for v, b in zip(values, bounds, strict=True))
            for x in range(n)
        )
        for s in range(n)
    ]
    assert exceeded(component, values, bounds).tolist() == wanted


@QUICK
@given(graphs(parties=(2, 3)), st.integers(0, 999))
def test_joint_steps_from_a_set_lead_where_those_from_its_states_lead(graph, seed):
    thin = listed(graph)
    some = np.random.default_rng(seed).random(thin.shape) < 0.4
    for n in range(1, len(graph.parties) + 1):
        for movers in itertools.combinations(range(len(graph.parties)), n):
            wanted, _ = jointly.from_few(np.flatnonzero(some), thin, movers)
            assert np.flatnonzero(jointly.onward(some, thin, movers)).tolist() == sorted({*wanted})


@QUICK
@given(graphs(parties=(2, 3)))
def test_joint_improvements_are_joint_moves_to_what_every_member_prefers(graph):
    check_joint_improvements(graph)


def test_joint_improvements_from_more_than_64_states_that_cannot_be_gone_back_to():
    # All three together may come from any of the 72 states to any other but back over a's first
    # option, and all want the same: more ends than one word of 64 bits has room for.
    rng = np.random.default_rng(5)
    shape = (2, 3, 2, 3, 2)
    changes = [np.ones((n, n), bool) for n in shape]
    changes[0] = np.triu(changes[0])
    graph = Graph(
        parties=("a", "b", "c"),
        options=tuple(f"{p}.o{k}" for k, p in enumerate("aabbc")),
        owner=(0, 0, 1, 1, 2),
        changes=tuple(changes),
        feasible=np.ones(shape, bool),
        ranks=(rng.permutation(72).reshape(shape).astype(np.int32),) * 3,
    )
    check_joint_improvements(graph, members=3)


def check_joint_improvements(graph, members=2):
    conflict = Conflict.from_graph(graph)
    for group in itertools.combinations(range(len(graph.parties)), members):
        ways = joint_improvements(listed(graph), group)
        for k, s in enumerate(conflict.states):
            wanted = {
                t
                for t in joint(conflict, group, s)
                if all(conflict.payoff[p][t] > conflict.payoff[p][s] for p in group)
            }
            assert {conflict.states[t] for t in ways.of(k)} == wanted


THIN = """\
title: One of three, ten times over
parties:
  a:
    name: A
    options: {{{options}}}
  b: {{name: B, options: {{x: X}}}}
infeasible: [{rules}]
preferences:
  a: [a.g0o0, not b.x]
  b: [a.g1o1, b.x if a.g0o2]
"""


def thin_case(folder, groups=10):
    names = [[f"g{g}o{k}" for k in range(3)] for g in range(groups)]
    rules = []
    for own in names:
        rules.append("not (" + " or ".join(f"a.{n}" for n in own) + ")")
        rules += [f"a.{own[i]} and a.{own[j]}" for i in range(3) for j in range(i)]
    options = ", ".join(f"{n}: {n}" for own in names for n in own)
    file = folder / "thin.yaml"
    file.write_text(THIN.format(options=options, rules=", ".join(rules)), encoding="utf-8")
    return detente.load(file)


def test_rules_that_leave_few_states_make_a_list(tmp_path):
    graph = build(thin_case(tmp_path))
    assert graph.space.name == "list"
    assert graph.n_states == 3**10 * 2
    assert math.prod(graph.levels) == 2**31
    assert graph.shape == (3**10 * 2,)


def test_a_small_case_is_kept_in_arrays_unless_asked():
    case = detente.load("elmira")
    assert isinstance(build(case).space, Box)
    with using("list"):
        assert isinstance(build(case).space, Rows)
    assert isinstance(build(case).space, Box)


def test_too_many_states_are_refused_with_what_can_be_asked_instead(tmp_path):
    case = thin_case(tmp_path)
    with pytest.raises(LimitError) as refused:
        build(case, max_memory=1 << 20)
    message = str(refused.value)
    assert "31 options span 2,147,483,648 states" in message
    assert "--store diagrams" in message
    with using("arrays"), pytest.raises(LimitError, match="2,147,483,648 states"):
        build(case)


def test_an_unknown_store_is_refused():
    with (
        pytest.raises(CaseError, match="unknown store 'lists'; did you mean 'list'"),
        using("lists"),
    ):
        pass


def test_a_state_of_a_list_is_found_by_name_and_by_formula(tmp_path):
    case = thin_case(tmp_path, groups=8)
    with using("list"):
        graph = build(case)
    first = "NNY" * 8 + "N"  # the lowest of all in the order of states
    assert find_state(case, graph, first) == 0
    with pytest.raises(CaseError, match="is infeasible"):
        find_state(case, graph, "NNN" * 8 + "N")
    with pytest.raises(CaseError, match=r"2,187 states satisfy 'a.g0o0 and b.x'"):
        find_state(case, graph, "a.g0o0 and b.x")
