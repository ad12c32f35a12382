"""The oracle itself: against worked cases, and against even plainer enumeration."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given

from oracle import (
    COALITION,
    INDIVIDUAL,
    Conflict,
    faults_of_cover,
    improvements,
    joint,
    joint_improvements,
    limited_move,
    minimal_sets,
    nonmyopic,
    pessimistic,
    rankings_that_work,
    settled,
    shortest_sequences,
    stable_lower_sets,
)
from oracle.cases import (
    CASES,
    INVERSE_SYRIA,
    LIMITED_MOVE,
    ONE_AT_A_TIME,
    SYRIA,
    case_named,
    from_text,
    text,
    two_by_two,
)
from strategies import QUICK, graphs


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_worked_cases(case):
    conflict = Conflict.from_graph(case.graph)
    assert set(case.equilibria) == {*INDIVIDUAL, *COALITION}
    for concept, strings in case.equilibria.items():
        definition = {**INDIVIDUAL, **COALITION}[concept]
        asked = conflict.parties if concept in INDIVIDUAL else conflict.coalitions()
        found = {s for s in conflict.states if all(definition(conflict, who, s) for who in asked)}
        assert {text(case.graph, s) for s in found} == strings, concept


def test_nobody_moves_twice_in_a_row():
    conflict = Conflict.from_graph(ONE_AT_A_TIME)
    assert joint(conflict, (1,), (1, 0)) == {(1, 1)}
    assert joint(conflict, (0, 1), (1, 0)) >= {(0, 2), (1, 2)}
    assert not INDIVIDUAL["gmr"](conflict, 0, (0, 0))


@given(graphs(max_cells=12, parties=(2, 3)))
@QUICK
def test_pair_search_is_enumeration_of_sequences(graph):
    conflict = Conflict.from_graph(graph)
    everybody = conflict.parties
    for s in conflict.states[:3]:
        for improving, ends in ((False, joint), (True, joint_improvements)):
            listed = enumerate_sequences(conflict, s, improving, longest=4)
            reached = {path[-1][1] for path in listed}
            assert reached <= ends(conflict, everybody, s)
            shortest = shortest_sequences(conflict, s, improving)
            assert set(shortest) == ends(conflict, everybody, s) - {s}
            for q in reached - {s}:
                to_q = [path for path in listed if path[-1][1] == q]
                least = min(map(len, to_q))
                assert shortest[q] == {path for path in to_q if len(path) == least}


def enumerate_sequences(conflict, start, improving, longest):
    """Every legal sequence of up to a number of moves, by brute force."""
    found = []
    for length in range(1, longest + 1):
        for movers in itertools.product(conflict.parties, repeat=length):
            if all(a != b for a, b in itertools.pairwise(movers)):
                found += walks(conflict, start, movers, improving)
    return found


def walks(conflict, s, movers, improving):
    if not movers:
        return [()]
    first, *later = movers
    reach = improvements(conflict, first, s) if improving else conflict.moves[first][s]
    return [((first, q), *rest) for q in reach for rest in walks(conflict, q, later, improving)]


@given(graphs(max_cells=24))
@QUICK
def test_single_party_goes_one_move(graph):
    conflict = Conflict.from_graph(graph)
    for i, s in itertools.product(conflict.parties, conflict.states):
        assert joint(conflict, (i,), s) == set(conflict.moves[i][s])


@pytest.mark.parametrize(("name", "by_horizon"), LIMITED_MOVE)
def test_limited_move_of_worked_cases(name, by_horizon):
    graph = case_named(name).graph
    conflict = Conflict.from_graph(graph)
    for h, strings in enumerate(by_horizon, start=1):
        found = {
            text(graph, s)
            for s in conflict.states
            if all(limited_move(conflict, h, i, s) for i in conflict.parties)
        }
        assert found == set(strings.split()), h


# [BramsWittman1981]_: the non-myopic equilibria of both; matching pennies never settles.
@pytest.mark.parametrize(
    ("name", "strings"),
    [("prisoners_dilemma", "NN YY"), ("chicken", "NN"), ("matching_pennies", "")],
)
def test_nonmyopic_of_worked_cases(name, strings):
    graph = case_named(name).graph
    conflict = Conflict.from_graph(graph)
    found = {
        text(graph, s)
        for s in conflict.states
        if all(nonmyopic(conflict, i, s) for i in conflict.parties)
    }
    assert found == set(strings.split())


def test_288_pairs_of_strict_games_never_settle():
    # 576 strict games, 4 608 (party, state) pairs; counted elsewhere.
    unsettled = 0
    for row, column in itertools.product(itertools.permutations(range(4)), repeat=2):
        conflict = Conflict.from_graph(two_by_two(row, column))
        first, period = settled(conflict)
        horizons = range(first, first + period)
        unsettled += sum(
            len({limited_move(conflict, h, i, s) for h in horizons}) == 2
            for i in (0, 1)
            for s in conflict.states
        )
    assert unsettled == 288


@given(graphs(max_cells=24))
@QUICK
def test_short_horizons_are_the_classic_concepts(graph):
    conflict = Conflict.from_graph(graph)
    for i, s in itertools.product(conflict.parties, conflict.states):
        assert pessimistic(conflict, 1, i, s) == INDIVIDUAL["nash"](conflict, i, s)
        assert pessimistic(conflict, 2, i, s) == INDIVIDUAL["gmr"](conflict, i, s)
        assert pessimistic(conflict, 3, i, s) == INDIVIDUAL["smr"](conflict, i, s)


@pytest.mark.parametrize(("number", "counts"), INVERSE_SYRIA.items())
def test_inverse_counts(number, counts):
    # The counts ask for an equilibrium: Iraq, whose ranking is fixed, must hold the state too
    # (under SEQ, with Syria's new ranking behind its improvements).
    conflict = Conflict.from_graph(case_named("syria_iraq").graph)
    e = from_text(SYRIA[number])

    def both(concept):
        return lambda c, i, s: concept(c, i, s) and concept(c, 1 - i, s)

    for concept, count in counts.items():
        assert rankings_that_work(conflict, both(INDIVIDUAL[concept]), 0, e) == count, concept


def test_inverse_of_syria_by_hand():
    # Syria at YNN can go to NNN and NYN; Iraq answers NNN by NNY, NYN by NYY.
    conflict = Conflict.from_graph(case_named("syria_iraq").graph)
    minimal = minimal_sets(conflict, INDIVIDUAL["gmr"], 0, from_text("YNN"))
    ways = itertools.product(("NNN", "NNY"), ("NYN", "NYY"))
    assert minimal == {frozenset(map(from_text, way)) for way in ways}


@given(graphs(max_cells=6, parties=(2, 3)))
@QUICK
def test_stability_grows_with_the_lower_set(graph):
    conflict = Conflict.from_graph(graph)
    e = conflict.states[0]
    for concept in ("nash", "gmr", "smr", "seq", "sseq"):
        stable = stable_lower_sets(conflict, INDIVIDUAL[concept], 0, e)
        for lower, s in itertools.product(stable, conflict.states):
            assert s == e or lower | {s} in stable


def test_faults_of_cover():
    # Three of four states: N- and -Y say it; YY instead of -Y says too much, NN says it again.
    square = list(itertools.product((0, 1), repeat=2))
    wanted = [(0, 0), (0, 1), (1, 1)]
    assert faults_of_cover([{0: 0}, {1: 1}], wanted, square) == []
    assert len(faults_of_cover([{0: 0}, {0: 1, 1: 1}], wanted, square)) == 1
    assert len(faults_of_cover([{0: 0}, {1: 1}, {0: 0, 1: 0}], wanted, square)) > 1
    assert len(faults_of_cover([{0: 0}], wanted, square)) == 1
    assert faults_of_cover([{1: 1}], wanted[1:], square) == []
    assert faults_of_cover([], [], square) == []
    assert len(faults_of_cover([{}], wanted, square)) == 1
    assert faults_of_cover([{}], square, square) == []
