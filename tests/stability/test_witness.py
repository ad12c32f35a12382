"""Reasons: every move they name can be made, and they bear the verdict out."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import CaseError
from detente.stability.registry import CONCEPTS
from detente.stability.witness import Reasons
from oracle import INDIVIDUAL, Conflict, improvements, shortest_sequences
from oracle.cases import case_named, from_text
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


@pytest.mark.parametrize("name", ["nash", "gmr", "smr", "seq", "sseq"])
def test_reasons_bear_the_verdict_out(name):
    @given(graph=graphs(max_cells=24), data=st.data())
    @QUICK
    def check(graph, data):
        conflict = Conflict.from_graph(graph)
        s = data.draw(st.sampled_from(conflict.states))
        i = data.draw(st.sampled_from(conflict.parties))
        flat = int(np.ravel_multi_index(s, graph.shape))
        reasons = Reasons(graph, CONCEPTS[name])
        reason = reasons(i, flat, limit=1000)
        assert (reason.concept.name, reason.party, reason.state) == (name, i, flat)
        assert reason.stable == INDIVIDUAL[name](conflict, i, s)
        assert reason.can_move == bool(conflict.moves[i][s])
        told = Told(graph)
        moves = [told.step(d.improvement) for d in reason.deterrents]
        assert all(move[:2] == (i, s) for move in moves)
        assert sorted(target for *_, target in moves) == sorted(improvements(conflict, i, s))
        payoff = conflict.payoff[i]
        order = [
            (d.sanctioned, -payoff[t]) for d, (*_, t) in zip(reason.deterrents, moves, strict=True)
        ]
        assert order == sorted(order)
        for deterrent in reason.deterrents:
            examine(name, conflict, i, s, deterrent, told)
        short = reasons(i, flat, limit=1)
        assert short.deterrents == reason.deterrents[:1]
        assert short.left_out == max(0, len(moves) - 1)
        assert short.stable == reason.stable

    check()


def examine(name, conflict, i, s, deterrent, told):
    """Check one improvement's answer against all shortest answers there are."""
    *_, improved = told.step(deterrent.improvement)
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
    steps = [told.step(step) for step in deterrent.response]
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
        mover, source, target = told.step(deterrent.escape)
        assert (mover, source) == (i, way[-1][1])
        assert target in conflict.moves[i][source]
        assert payoff[target] == max(payoff[r] for r in conflict.moves[i][source]) > payoff[s]


def test_answer_that_takes_the_same_opponent_twice():
    # By hand (tests/oracle/cases.py): p1, p2 and p1 again, each gaining, deter p0 at NNN.
    graph = case_named("seq_repeat").graph
    reason = Reasons(graph, CONCEPTS["seq"])(0, 0)
    (deterrent,) = reason.deterrents
    told = Told(graph)
    assert reason.stable
    assert [(step.mover, told.state(step.target)) for step in deterrent.response] == [
        (1, from_text("YYN")),
        (2, from_text("YYY")),
        (1, from_text("YNY")),
    ]


def test_concepts_without_sequences_are_refused():
    with pytest.raises(CaseError, match="not for 'cnash'"):
        Reasons(case_named("elmira").graph, CONCEPTS["cnash"])
