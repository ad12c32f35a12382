"""Reasons: every move they name can be made, and they bear the verdict out."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.stability.registry import CONCEPTS, find
from detente.stability.witness import reason as reason_for
from oracle import COALITION, INDIVIDUAL, Conflict, improvements, shortest_sequences
from oracle.cases import case_named, from_text, make
from strategies import QUICK, graphs

IMPROVING = ("seq", "sseq")
FINAL = ("smr", "sseq")


class Told:
    """Reads a reason's flat indices back as states."""

    def __init__(self, graph):
        self.shape = graph.shape

    def state(self, flat):
        return tuple(map(int, np.unravel_index(flat, self.shape)))

    def step(self, step):
        return step.mover, self.state(step.source), self.state(step.target)

    def turn(self, turn):
        (step,) = turn.steps
        assert turn.movers == (step.mover,)
        return self.step(step)


@pytest.mark.parametrize("name", ["nash", "gmr", "smr", "seq", "sseq"])
def test_reasons_bear_the_verdict_out(name):
    @given(graph=graphs(max_cells=24), data=st.data())
    @QUICK
    def check(graph, data):
        conflict = Conflict.from_graph(graph)
        s = data.draw(st.sampled_from(conflict.states))
        i = data.draw(st.sampled_from(conflict.parties))
        flat = int(np.ravel_multi_index(s, graph.shape))
        reason = reason_for(graph, CONCEPTS[name], [i], flat, limit=1000)
        assert (reason.concept.name, reason.focal, reason.state) == (name, (i,), flat)
        assert reason.stable == INDIVIDUAL[name](conflict, i, s)
        assert reason.can_move == bool(conflict.moves[i][s])
        told = Told(graph)
        moves = [told.turn(d.improvement) for d in reason.deterrents]
        assert all(move[:2] == (i, s) for move in moves)
        assert sorted(target for *_, target in moves) == sorted(improvements(conflict, i, s))
        payoff = conflict.payoff[i]
        order = [
            (d.sanctioned, -payoff[t]) for d, (*_, t) in zip(reason.deterrents, moves, strict=True)
        ]
        assert order == sorted(order)
        for deterrent in reason.deterrents:
            examine(name, conflict, i, s, deterrent, told)
        short = reason_for(graph, CONCEPTS[name], [i], flat, limit=1)
        assert short.deterrents == reason.deterrents[:1]
        assert short.left_out == max(0, len(moves) - 1)
        assert short.stable == reason.stable

    check()


def examine(name, conflict, i, s, deterrent, told):
    """Check one improvement's answer against all shortest answers there are."""
    *_, improved = told.turn(deterrent.improvement)
    payoff = conflict.payoff[i]
    answers = (
        {}
        if name == "nash"
        else shortest_sequences(conflict, improved, name in IMPROVING, conflict.others([i]))
    )
    hurtful = {q: ways for q, ways in answers.items() if payoff[q] <= payoff[s]}
    lasting = {
        q: ways
        for q, ways in hurtful.items()
        if name not in FINAL or all(payoff[r] <= payoff[s] for r in conflict.moves[i][q])
    }
    assert deterrent.sanctioned == bool(lasting)
    fitting = {way for ways in (lasting or hurtful).values() for way in ways}
    steps = [told.turn(turn) for turn in deterrent.response]
    if not fitting:
        assert not steps
        assert deterrent.escape is None
        return
    assert steps[0][1] == improved
    assert all(a[2] == b[1] for a, b in itertools.pairwise(steps))
    way = tuple((mover, target) for mover, _, target in steps)
    assert way in fitting
    assert len(way) == min(map(len, fitting))
    if lasting:
        assert deterrent.escape is None
    else:
        mover, source, target = told.turn(deterrent.escape)
        assert (mover, source) == (i, way[-1][1])
        assert target in conflict.moves[i][source]
        assert payoff[target] == max(payoff[r] for r in conflict.moves[i][source]) > payoff[s]


@pytest.mark.parametrize("name", ["seq", "cseq"])
def test_answer_that_takes_the_same_opponent_twice(name):
    # By hand (tests/oracle/cases.py): p1, p2 and p1 again, each gaining, deter p0 at NNN.
    graph = case_named("seq_repeat").graph
    reason = reason_for(graph, CONCEPTS[name], [0], 0)
    (deterrent,) = reason.deterrents
    told = Told(graph)
    assert reason.stable
    assert [told.turn(turn)[::2] for turn in deterrent.response] == [
        (1, from_text("YYN")),
        (2, from_text("YYY")),
        (1, from_text("YNY")),
    ]


def legal(conflict, told, turn):
    """Check that a turn is a legal sequence of its movers' moves; return its ends."""
    steps = [told.step(step) for step in turn.steps]
    assert all(b in conflict.moves[j][a] for j, a, b in steps)
    assert all(x[2] == y[1] and x[0] != y[0] for x, y in itertools.pairwise(steps))
    assert {j for j, *_ in steps} <= set(turn.movers)
    return steps[0][1], steps[-1][2]


@pytest.mark.parametrize("name", ["cnash", "cgmr", "csmr", "cseq"])
def test_reasons_of_coalitions_bear_the_verdict_out(name):
    @given(graph=graphs(max_cells=16), data=st.data())
    @QUICK
    def check(graph, data):
        conflict = Conflict.from_graph(graph)
        told = Told(graph)
        s = data.draw(st.sampled_from(conflict.states))
        group = data.draw(st.sampled_from(conflict.coalitions()))
        flat = int(np.ravel_multi_index(s, graph.shape))
        reason = reason_for(graph, CONCEPTS[name], group, flat, limit=1000)
        assert reason.stable == COALITION[name](conflict, group, s)

        def gains(members, a, b):
            return all(conflict.payoff[p][b] > conflict.payoff[p][a] for p in members)

        for deterrent in reason.deterrents:
            start, at = legal(conflict, told, deterrent.improvement)
            assert start == s
            assert gains(group, s, at)
            for turn in deterrent.response:
                assert not set(turn.movers) & set(group)
                begin, end = legal(conflict, told, turn)
                assert begin == at
                assert name != "cseq" or gains(turn.movers, begin, end)
                at = end
            if deterrent.sanctioned:
                assert deterrent.traced
                assert name != "cnash"
                assert not gains(group, s, at)
            if deterrent.escape:
                begin, end = legal(conflict, told, deterrent.escape)
                assert (begin, gains(group, s, end)) == (at, True)
                at = end
            assert told.state(deterrent.end) == at

    check()


def test_reasons_of_simultaneous_answers_bear_the_verdict_out():
    @given(graph=graphs(max_cells=24), data=st.data())
    @QUICK
    def check(graph, data):
        conflict = Conflict.from_graph(graph)
        told = Told(graph)
        s = data.draw(st.sampled_from(conflict.states))
        i = data.draw(st.sampled_from(conflict.parties))
        flat = int(np.ravel_multi_index(s, graph.shape))
        reason = reason_for(graph, CONCEPTS["sim"], [i], flat, limit=1000)
        assert reason.stable == INDIVIDUAL["sim"](conflict, i, s)
        assert len(reason.deterrents) == len(list(improvements(conflict, i, s)))
        for deterrent in reason.deterrents:
            end = list(s)
            for turn in (deterrent.improvement, *deterrent.response):
                mover, begin, target = told.turn(turn)
                assert begin == s
                assert conflict.payoff[mover][target] > conflict.payoff[mover][s]
                for axis, owner in enumerate(graph.owner):
                    if owner == mover:
                        end[axis] = target[axis]
            assert told.state(deterrent.end) == tuple(end)
            if deterrent.sanctioned:
                assert graph.feasible[tuple(end)]
                assert conflict.payoff[i][tuple(end)] <= conflict.payoff[i][s]

    check()


@pytest.mark.parametrize("name", ["l1", "l2", "l3", "l4", "nm", "pessimistic2", "pessimistic4"])
def test_play_that_is_looked_through_bears_the_verdict_out(name):
    two = {"parties": (2, 2)} if name.startswith(("l", "nm")) else {}

    @given(graph=graphs(max_cells=16, **two), data=st.data())
    @QUICK
    def check(graph, data):
        conflict = Conflict.from_graph(graph)
        told = Told(graph)
        s = data.draw(st.sampled_from(conflict.states))
        i = data.draw(st.sampled_from(conflict.parties))
        flat = int(np.ravel_multi_index(s, graph.shape))
        reason = reason_for(graph, find(name), [i], flat, limit=1000)
        assert reason.stable == find(name).stable(graph, i)[s]
        for deterrent in reason.deterrents:
            _, better = legal(conflict, told, deterrent.improvement)
            mover, at = i, s
            for turn in (deterrent.improvement, *deterrent.response):
                assert (mover == i) == (i in turn.movers)
                begin, end = legal(conflict, told, turn)
                assert begin == at
                at, mover = end, next(iter(conflict.others([i]))) if mover == i else i
            assert told.state(deterrent.end) == at
            assert deterrent.sanctioned == (conflict.payoff[i][at] <= conflict.payoff[i][s])
            assert max(conflict.payoff[i][q] for q in (better, at)) > conflict.payoff[i][s]

    check()


def test_others_do_their_worst_to_who_expects_it():
    # By hand: p0 likes YN best and YY least; if it takes its option, p1 takes its own.
    graph = make((0, 1), [{"YN": 2, "NN": 1, "NY": 1}, {}])
    (deterrent,) = reason_for(graph, find("pessimistic2"), [0], 0).deterrents
    told = Told(graph)
    assert told.turn(deterrent.improvement) == (0, from_text("NN"), from_text("YN"))
    assert [*map(told.turn, deterrent.response)] == [(1, from_text("YN"), from_text("YY"))]


def test_reasons_of_looking_far_ahead_are_told_where_the_party_leaves():
    # Where forecasts go round, a party may stay at one horizon and leave at the next: the reason
    # is told at one at which it leaves. Such states are rare, so every state is asked about.
    @given(graph=graphs(max_cells=12, parties=(2, 2)))
    @QUICK
    def check(graph):
        for party in (0, 1):
            stays = find("nm").stable(graph, party)
            for flat in np.flatnonzero(graph.feasible).tolist():
                assert reason_for(graph, find("nm"), [party], flat).stable == stays.flat[flat]

    check()


@pytest.mark.parametrize("name", CONCEPTS)
def test_every_concept_has_reasons(name):
    graph = case_named("prisoners_dilemma").graph
    focal = (0, 1) if CONCEPTS[name].over == "coalition" else (0,)
    reason = reason_for(graph, CONCEPTS[name], focal, 0)
    assert reason.stable == CONCEPTS[name].stable(graph, focal if len(focal) > 1 else 0).flat[0]
