"""The zone of agreement: against sets and loops, by hand, and against known figures."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from random_cases import cases, holds

import detente
from detente.case.formula import parse
from detente.case.model import Case, Option, Party, Ranking, Statement, Statements, Weights
from detente.graph import build
from detente.graph.find import status_quo
from detente.stability.registry import find
from detente.wayout.zone import Zone, pareto, reached, zone
from oracle import agreement, individual
from oracle.conflict import Conflict, State
from oracle.joint import joint, joint_improvements
from strategies import graphs

MANY = settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
FEW = settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
CONCEPTS = ("nash", "gmr", "smr", "seq")


def asked(case: Case, parties: tuple[int, ...], concepts: tuple[str, ...] = CONCEPTS) -> Zone:
    graph = build(case)
    return zone(case, graph, status_quo(case, graph), parties, [find(c) for c in concepts])


def states(mask: np.ndarray) -> set[State]:
    return {tuple(int(x) for x in s) for s in np.argwhere(mask)}


@st.composite
def asked_cases(draw: st.DrawFn) -> tuple[Case, tuple[int, ...]]:
    """A case, some with weights instead of statements, and some of its parties."""
    case = draw(cases(parties=(1, 4), options=(1, 5), said=0))
    people = []
    for party in case.parties:
        if draw(st.integers(0, 3)) == 0:
            numbers = st.integers(-3, 3).map(Fraction)
            wishes = tuple((s.formula, draw(numbers)) for s in party.preferences.statements)
            party = replace(party, preferences=Weights(wishes))
        people.append(party)
    every = list(range(len(people)))
    some = draw(st.lists(st.sampled_from(every), min_size=1, unique=True))
    return replace(case, parties=tuple(people)), tuple(sorted(some))


@MANY
@given(asked_cases())
def test_the_zone_is_what_the_definitions_say(drawn):
    case, parties = drawn
    found = asked(case, parties)
    c = Conflict.from_graph(build(case))
    today = case.status_quo
    want = agreement.gains(c, parties, today)
    assert states(found.states) == want
    assert states(found.weak) == agreement.weak_gains(c, parties, today)
    assert states(found.pareto) == agreement.pareto(c, parties, want)
    assert states(found.reachable) == want & joint(c, c.parties, today)
    assert states(found.willingly) == want & joint_improvements(c, c.parties, today)
    for k, i in enumerate(parties):
        others = [j for j in parties if j != i]
        assert states(found.without[k]) == agreement.gains(c, others, today)
    for name in CONCEPTS:
        stable = getattr(individual, name)
        held = {s for s in want if all(stable(c, i, s) for i in c.parties)}
        assert states(dict(found.hold)[name]) == held
        assert dict(found.stays)[name] == tuple(i for i in c.parties if stable(c, i, today))


@MANY
@given(asked_cases())
def test_what_each_party_has_without_agreement_is_what_the_definitions_say(drawn):
    case, parties = drawn
    found = asked(case, parties, ("nash",))
    c = Conflict.from_graph(build(case))
    today = case.status_quo
    fine = agreement.gains(c, parties, today)
    for i, own in zip(parties, found.standings, strict=True):
        mine = c.payoff[i]
        worse = sum(mine[s] < mine[today] for s in c.states)
        assert own.party == i
        assert own.better == sum(mine[s] > mine[today] for s in c.states)
        assert (own.worse, own.hurting) == (worse, 4 * worse <= len(c.states))
        assert own.pushed_to == agreement.pushed_to(c, i, today)
        assert own.alone == agreement.alone(c, i, today)
        fine = {s for s in fine if mine[s] >= own.alone}
    assert states(found.acceptable) == fine


def lost(case: Case, party: int, today: State, s: State) -> int:
    """The wish that holds today and not there: the first of statements, the heaviest of weights."""
    wants = case.parties[party].preferences
    if isinstance(wants, Weights):
        fell = [
            (-abs(w), k)
            for k, (f, w) in enumerate(wants.weights)
            if w * (holds(f, case, s) - holds(f, case, today)) < 0
        ]
        return min(fell)[1] if fell else -1
    for k, wish in enumerate(wants.statements):
        if holds(wish.formula, case, s) != holds(wish.formula, case, today):
            return k
    return -1


@MANY
@given(asked_cases())
def test_what_comes_nearest_fails_the_fewest_for_the_wishes_told(drawn):
    case, parties = drawn
    found = asked(case, parties, ())
    c = Conflict.from_graph(build(case))
    today = case.status_quo
    if found.states.any():
        assert found.nearest == ()
        return
    failing = {s: [i for i in parties if c.payoff[i][s] <= c.payoff[i][today]] for s in c.states}
    fewest = min(map(len, failing.values()))
    if fewest == len(parties):
        assert found.nearest == ()
        return
    told = [s for near in found.nearest for s in states(near.states)]
    assert sorted(told) == sorted(s for s in c.states if len(failing[s]) == fewest)
    sizes = [int(near.states.sum()) for near in found.nearest]
    assert sizes == sorted(sizes, reverse=True)
    for near in found.nearest:
        for s in states(near.states):
            assert [miss.party for miss in near.misses] == failing[s]
            for miss in near.misses:
                worse = c.payoff[miss.party][s] < c.payoff[miss.party][today]
                assert miss.worse == worse
                assert miss.wish == (lost(case, miss.party, today, s) if worse else -1)
    kinds = [near.misses for near in found.nearest]
    assert len(set(kinds)) == len(kinds)


@MANY
@given(graphs(parties=(1, 4)), st.data())
def test_pareto_needs_no_state_outside_the_zone_and_no_order(graph, data):
    # Options that move one level at a time and rankings of any kind; blocks of two, so that most
    # of the comparing goes across blocks.
    c = Conflict.from_graph(graph)
    today = data.draw(st.sampled_from(c.states))
    zone_ = np.zeros(graph.shape, bool)
    want = agreement.gains(c, c.parties, today)
    for s in want:
        zone_[s] = True
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("detente.wayout.zone.BLOCK", 2)
        assert states(pareto(graph, zone_, c.parties)) == agreement.pareto(c, c.parties, want)


@MANY
@given(graphs(parties=(1, 4)), st.data())
def test_what_is_reached_is_what_legal_sequences_reach(graph, data):
    c = Conflict.from_graph(graph)
    today = data.draw(st.sampled_from(c.states))
    movers = tuple(i for i in c.parties if data.draw(st.booleans()))
    start = int(np.ravel_multi_index(today, graph.shape))
    for improving, definition in ((False, joint), (True, joint_improvements)):
        found = reached(graph, start, movers, improving=improving)
        assert states(found) == {today, *definition(c, movers, today)}


@FEW
@given(asked_cases(), st.data())
def test_more_parties_never_make_the_zone_larger(drawn, data):
    case, parties = drawn
    assume(len(parties) > 1)
    fewer = data.draw(st.sampled_from(parties))
    whole, part = asked(case, parties, ()), asked(case, tuple(i for i in parties if i != fewer), ())
    assert not (whole.states & ~part.states).any()
    assert np.array_equal(part.states, whole.without[parties.index(fewer)])


@FEW
@given(asked_cases())
def test_the_zone_lies_in_the_weak_zone_and_has_a_best_state_if_any(drawn):
    found = asked(*drawn)
    assert not (found.states & ~found.weak).any()
    assert found.pareto.any() == found.states.any()
    assert not (found.willingly & ~found.reachable).any()
    for _, held in found.hold:
        assert not (held & ~found.states).any()


# --- by hand ----------------------------------------------------------------------------------


def lake() -> Case:
    """Two fishers; today both fish full, each wants the other to rest most, then the stock kept."""

    def fisher(name: str, other: str) -> Party:
        wishes = (f"not {other}.fish", f"{name}.fish")
        wants = Statements(tuple(Statement(parse(text)) for text in wishes))
        return Party(name, name.title(), (Option("fish", "Fish"),), wants)

    people = (fisher("ann", "ben"), fisher("ben", "ann"))
    return Case("lake", "A lake", people, status_quo=(1, 1))


def test_the_prisoners_on_the_lake_agree_on_resting():
    # By hand: ranks (ann, ben): NN (2, 2), NY (0, 3), YN (3, 0), YY (1, 1) today. Only NN is
    # better for both. It is no Nash equilibrium (each would fish again) but holds under SEQ and
    # the others, as the other's fishing again answers. Alone each is sure of its 1 of 3 only.
    found = asked(lake(), (0, 1))
    assert states(found.states) == states(found.pareto) == {(0, 0)}
    assert {name: int(x.sum()) for name, x in found.hold} == {
        "nash": 0,
        "gmr": 1,
        "smr": 1,
        "seq": 1,
    }
    assert [int(x.sum()) for x in found.without] == [2, 2]
    assert [(s.better, s.worse, s.pushed_to, s.alone) for s in found.standings] == [
        (2, 1, 1, 1)
    ] * 2
    assert [s.hurting for s in found.standings] == [True, True]  # one of four is a quarter
    assert dict(found.stays)["nash"] == (0, 1)
    assert int(found.willingly.sum()) == 0
    assert int(found.reachable.sum()) == 1


def test_an_empty_zone_names_the_wish_that_fails():
    # By hand: one dam, one option. Up wants it, Down does not; today it is not there. Building it
    # fails Down by its only wish; nothing else can be.
    up = Party("up", "Up", (Option("dam", "Dam"),), Statements((Statement(parse("up.dam")),)))
    down = Party("down", "Down", (), Statements((Statement(parse("not up.dam")),)))
    found = asked(Case("dam", "A dam", (up, down), status_quo=(0,)), (0, 1))
    (near,) = found.nearest
    assert states(near.states) == {(1,)}
    assert [(m.party, m.worse, m.wish) for m in near.misses] == [(1, True, 0)]


def test_a_ranking_fails_by_no_single_wish():
    up = Party("up", "Up", (Option("dam", "Dam"),), Statements((Statement(parse("up.dam")),)))
    groups = ((parse("not up.dam"),), (parse("up.dam"),))
    down = Party("down", "Down", (), Ranking(groups))
    found = asked(Case("dam", "A dam", (up, down), status_quo=(0,)), (0, 1))
    assert [(m.party, m.worse, m.wish) for m in found.nearest[0].misses] == [(1, True, -1)]


def test_of_two_wishes_of_one_weight_the_first_is_told():
    # By hand: Up gains by the dam; Down loses both its wishes, each worth 2, and gains one of 1.
    # The wish worth 3 cannot be met, so it is not lost.
    up = Party("up", "Up", (Option("dam", "Dam"),), Statements((Statement(parse("up.dam")),)))
    never = "up.dam and not up.dam"
    wishes = [("up.dam", 1), ("not up.dam", 2), ("up.dam", -2), (never, 3)]
    weights = Weights(tuple((parse(text), Fraction(w)) for text, w in wishes))
    down = Party("down", "Down", (), weights)
    found = asked(Case("dam", "A dam", (up, down), status_quo=(0,)), (0, 1))
    assert [(m.party, m.worse, m.wish) for m in found.nearest[0].misses] == [(1, True, 1)]


def test_nothing_comes_near_where_today_is_everybodys_best():
    up = Party("up", "Up", (Option("dam", "Dam"),), Statements((Statement(parse("not up.dam")),)))
    found = asked(Case("dam", "A dam", (up,), status_quo=(0,)), (0,))
    assert (found.states.any(), found.nearest) == (False, ())


# --- the figures that an independent program found --------------------------------------------


@pytest.fixture(scope="module")
def korea():
    found = {}
    for year in ("2017", "2018"):
        case = detente.load(f"korea-{year}")
        found[year] = (case, asked(case, tuple(range(len(case.parties)))))
    return found


def test_korea_in_2017_has_no_zone_and_two_who_block_it(korea):
    case, found = korea["2017"]
    assert not found.states.any()
    without = {
        case.party_names[i]: int(x.sum()) for i, x in zip(found.parties, found.without, strict=True)
    }
    assert without == {"usa": 8, "prk": 32, "rok": 0, "chn": 0}
    # Nearest is what fails one party alone: the 32 and the 8. By hand from the lists of wishes:
    # each ranks its first two (no attack, no strike …) alike there and today and loses the third.
    told = {case.party_names[m.party]: int(n.states.sum()) for n in found.nearest for m in n.misses}
    assert told == {"prk": 32, "usa": 8}


def test_korea_in_2018_has_a_zone_of_talks(korea):
    case, found = korea["2018"]
    graph = build(case)
    assert int(found.states.sum()) == 12
    talks = np.broadcast_to(detente.states(case, "talks").states, graph.shape)
    assert not (found.states & ~talks).any()
    assert int(found.pareto.sum()) == 6
    assert {name: int(x.sum()) for name, x in found.hold if name in ("nash", "seq")} == {
        "nash": 1,
        "seq": 4,
    }
    without = {
        case.party_names[i]: int(x.sum()) for i, x in zip(found.parties, found.without, strict=True)
    }
    assert without == {"usa": 231, "prk": 333, "rok": 12, "chn": 12, "rus": 12}
    assert (int(found.reachable.sum()), int(found.willingly.sum())) == (12, 1)
    shares = [round(s.worse / graph.n_states, 2) for s in found.standings]
    assert shares == [0.73, 0.85, 0.39, 0.66, 0.40]
    assert not any(s.hurting for s in found.standings)


def test_the_analyst_may_say_whom_today_hurts(korea):
    case, _ = korea["2018"]
    graph = build(case)
    found = zone(case, graph, status_quo(case, graph), [0, 1], [], hurting=[1])
    assert [s.hurting for s in found.standings] == [False, True]
