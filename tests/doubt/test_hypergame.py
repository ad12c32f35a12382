"""What each believes of the others: worked figures, a literal oracle, and laws."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import detente
from detente.case import formula as fm
from detente.case.files import parse
from detente.case.model import Belief, Case, Option, Party, Rule, Statement, Statements, View
from detente.doubt.hypergame import hypergame
from detente.errors import CaseError
from detente.graph import build, using
from detente.stability.registry import find
from jacobi import numbers
from oracle import INDIVIDUAL, Conflict
from strategies_case import formulas, holds_in

SOME = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
MANY = settings(SOME, max_examples=500)
ATOMS = [fm.OptionIs(p, o) for p in "ab" for o in "xy"]
FOUR = ("nash", "gmr", "smr", "seq")

FIGURES = {
    "nash": ({0, 4, 5}, {4, 5}, {0, 5}, {0, 4, 5}, {0}, {4, 12}),
    "seq": ({0, 4, 5}, {4, 5}, {0, 5, 12}, {0, 2, 4, 5, 10, 12}, {0, 2, 10, 12}, {2, 4, 10}),
    "gmr": (
        {0, 2, 4, 5, 8, 10, 12}, {0, 4, 5, 10, 12}, {0, 5, 8, 10, 12},
        {0, 2, 4, 5, 8, 10, 12}, {2, 8}, {2, 4},
    ),
    "smr": (
        {0, 2, 4, 5, 8, 10, 12}, {0, 4, 5, 10, 12}, {0, 5, 8, 10, 12},
        {0, 2, 4, 5, 8, 10, 12}, {2, 8}, {2, 4},
    ),
}  # fmt: skip
"""Truth, what each expects, what holds, where each is surprised, of Jacobi's model.

Both are peaceful, each takes the other for belligerent. Worked out by a program apart, before.
"""


@pytest.mark.parametrize("name", FOUR)
def test_mutual_fear_makes_the_settlement_hold(name):
    found = detente.views(detente.load("korea-jacobi-feared"), name)
    (game,) = found.games
    told = (
        game.true, game.seen[0].expected, game.seen[1].expected,
        game.holds, game.surprised(0), game.surprised(1),
    )  # fmt: skip
    assert tuple(numbers(found.graph.states(states)) for states in told) == FIGURES[name]
    assert (10 in FIGURES[name][3] - FIGURES[name][0]) == (name == "seq")


@st.composite
def views_of_two(draw):
    """A case of two parties with two options each, and how each sees the other."""
    any_formula = formulas(st.sampled_from(ATOMS), max_leaves=3)
    wishes = st.lists(any_formula, max_size=3).map(lambda fs: Statements(tuple(map(Statement, fs))))
    options = (Option("x", "X"), Option("y", "Y"))
    views = []
    for mine, other in ("ab", "ba"):
        beliefs = draw(st.lists(wishes, max_size=1))
        hidden = draw(st.lists(st.sampled_from([(other, "x"), (other, "y")]), max_size=1))
        views.append(View(mine, tuple(Belief(other, w) for w in beliefs), tuple(hidden)))
    return Case(
        "two",
        "Two",
        tuple(Party(name, name.upper(), options, draw(wishes)) for name in "ab"),
        infeasible=tuple(map(Rule, draw(st.lists(any_formula, max_size=1)))),
        status_quo=draw(st.tuples(*[st.integers(0, 1)] * 4)),
        views=tuple(views),
    )


def by_hand(case, name):
    """Return (true, per party: known, expected stability of each) state by state."""
    every = [tuple(s) for s in np.ndindex(2, 2, 2, 2)]
    definition = INDIVIDUAL[name]

    def conflict(wants, fixed):
        ok = [
            s
            for s in every
            if not any(holds_in(r.formula, case, s) for r in case.infeasible)
            and all(s[axis] == case.status_quo[axis] for axis in fixed)
        ]
        moves = tuple(
            {
                s: tuple(
                    q for q in ok if q != s and all(s[k] == q[k] for k in range(4) if k // 2 != p)
                )
                for s in ok
            }
            for p in (0, 1)
        )
        payoff = tuple(
            {s: tuple(holds_in(f.formula, case, s) for f in w.statements) for s in ok}
            for w in wants
        )
        return Conflict((0, 0, 1, 1), 2, tuple(ok), moves, payoff)

    truth = [p.preferences for p in case.parties]
    real = conflict(truth, ())
    true = {s for s in real.states if all(definition(real, i, s) for i in (0, 1))}
    seen = []
    for i, view in enumerate(case.views):
        wants = list(truth)
        for belief in view.beliefs:
            wants["ab".index(belief.party)] = belief.preferences
        fixed = [case.axis_of[option] for option in view.unaware]
        game = conflict(wants, fixed)
        verdicts = {}
        for s in real.states:
            there = tuple(case.status_quo[k] if k in fixed else level for k, level in enumerate(s))
            if there in game.states:
                verdicts[s] = tuple(definition(game, j, there) for j in (0, 1))
        seen.append(verdicts)
        assert i < 2
    return real.states, true, seen


def check(case, name):
    try:
        graph = build(case)
        (game,) = hypergame(case, graph, [find(name)])
    except CaseError:
        return  # the rules leave no state, or none that a party knows
    states, true, seen = by_hand(case, name)
    for s in states:
        assert game.true[s] == (s in true)
        verdicts = [view.get(s) for view in seen]
        assert game.holds[s] == all(v is not None and v[i] for i, v in enumerate(verdicts))
        assert game.apart[s] == (None in verdicts and verdicts != [None, None])
        for i, mine in enumerate(verdicts):
            assert game.seen[i].known[s] == (mine is not None)
            assert game.seen[i].expected[s] == (mine is not None and all(mine))
            wrong = None not in verdicts and mine[1 - i] != verdicts[1 - i][1 - i]
            assert game.surprised(i)[s] == wrong


@SOME
@given(views_of_two(), st.sampled_from(FOUR))
def test_it_is_what_the_definition_says(case, name):
    check(case, name)


@pytest.mark.slow
@MANY
@given(views_of_two(), st.sampled_from(FOUR))
def test_it_is_what_the_definition_says_often(case, name):
    check(case, name)


@SOME
@given(views_of_two())
def test_laws(case):
    try:
        graph = build(case)
    except CaseError:
        return
    concepts = [find(name) for name in FOUR]
    right = replace(case, views=tuple(View(v.party) for v in case.views))
    for game in hypergame(right, graph, concepts):
        assert game.holds.tolist() == game.true.tolist()
        assert not any(game.surprised(i).any() for i in (0, 1))
    aware = replace(case, views=tuple(replace(v, unaware=()) for v in case.views))
    nash = hypergame(aware, graph, concepts)[0]
    assert nash.holds.tolist() == nash.true.tolist()  # its own wishes alone say whether it leaves
    with using("list"):
        thin = build(aware)
        listed = hypergame(aware, thin, concepts)
    for dense, ours in zip(hypergame(aware, graph, concepts), listed, strict=True):
        assert dense.holds[graph.feasible].tolist() == ours.holds.tolist()


HEAD = "parties: {a: {options: {x: X}}, b: {options: {x: X, y: Y}}, unaware: U}\n"


@pytest.mark.parametrize(
    ("views", "message"),
    [
        ("{c: {b: {preferences: [a.x]}}}", "unknown party 'c'"),
        ("{a: {c: {preferences: [a.x]}}}", "unknown party 'c'"),
        ("{a: {a: {preferences: [a.x]}}}", "a party knows its own wishes"),
        ("{a: {unaware: [a.x]}}", "a party knows its own options"),
        ("{a: {unaware: [b.z]}}", "unknown option 'b.z'"),
        ("{a: {unaware: [b.x = yes]}}", "is no option"),
        ("{a: {b: {preferences: {readings: {h: [a.x], s: [b.x]}}}}}", "a belief has no readings"),
        ("{a: {}}", "'unaware' is not allowed as a party's name"),
    ],
)
def test_mistakes_are_told(views, message):
    head = HEAD if "unaware' is" in message else HEAD.replace(", unaware: U", "")
    with pytest.raises(CaseError) as raised:
        parse(f"{head}views: {views}\n", file="t.yaml", name="t")
    assert message in str(raised.value)


def test_a_case_without_views_is_told_what_to_add():
    with pytest.raises(CaseError, match="add it under 'views'"):
        detente.views(detente.load("elmira"))


def test_what_is_told():
    told = str(detente.views(detente.load("korea-jacobi-feared"), "seq"))
    assert "Under SEQ 6 states hold; in truth it would be 3." in told
    assert "If the United States knew what North Korea wants, 4 states would hold" in told
    document = detente.views(detente.load("korea-jacobi-feared"), "seq").document()
    assert document["concepts"]["seq"]["surprised"]["us"]["nk"] == ["NNNN", "NNYY", "NYNN", "NYNY"]


def test_the_dossier_tells_what_each_believes():
    page = detente.brief("korea-jacobi-feared").markdown()
    flat = " ".join(page.split())
    assert "As each sees it, six situations hold. If all were right about each other" in flat
    assert "it would be three, three of them the same" in flat
