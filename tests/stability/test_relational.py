"""Unknown preference, strength and attitudes: printed figures, a literal oracle, laws."""

from __future__ import annotations

import itertools
from dataclasses import replace
from fractions import Fraction
from functools import cache

import numpy as np
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import detente
import jacobi
from detente.case import formula as fm
from detente.case.files import parse
from detente.case.model import Case, Option, Party, Reading, Rule, Statement, Statements, Weights
from detente.errors import CaseError
from detente.graph import build, using
from detente.stability.registry import find
from detente.stability.witness import reason
from oracle import INDIVIDUAL, Conflict
from strategies_case import formulas, holds_in

SOME = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
MANY = settings(SOME, max_examples=500)
FOUR = ("nash", "gmr", "smr", "seq")
SENSES = [f"{basic}_{sense}" for basic in FOUR for sense in "abcd"]
STRONG = [f"{basic}_{sense}" for basic in FOUR[1:] for sense in ("strong", "weak")]
ATTITUDES = [f"r{basic}" for basic in FOUR]
OWNERS = "aabc"
ATOMS = [fm.OptionIs(p, f"o{k}") for k, p in enumerate(OWNERS)]


def equilibria(case, name):
    graph = build(case)
    held = graph.feasible
    for party in range(len(graph.parties)):
        held = held & find(name).stable(graph, party)
    return graph.states(held)


# --- figures, worked out by a program apart before this one ------------------------------------


def with_unknown_pairs():
    """Jacobi's first variant; which of 4 and 5 the one, of 0 and 4 the other likes is not known."""
    content = jacobi.content(jacobi.BASE, one_way=False)
    for party, (a, b) in (("us", (4, 5)), ("nk", (0, 4))):
        order = list(jacobi.BASE[party])
        i, j = order.index(a), order.index(b)
        other = [*order]
        other[i], other[j] = b, a
        content["preferences"][party] = {
            "readings": {
                name: {"ranking": [jacobi.formula(n) for n in ranking]}
                for name, ranking in (("one", order), ("two", other))
            }
        }
    return parse(yaml.safe_dump(content, sort_keys=False), file="c.yaml", name="c").case


@pytest.mark.parametrize("sense", "abcd")
def test_the_four_senses_of_unknown_preference(sense):
    case = with_unknown_pairs()
    keen = sense in "ac"
    assert jacobi.numbers(equilibria(case, f"nash_{sense}")) == ({5} if keen else {0, 4, 5})
    assert jacobi.numbers(equilibria(case, f"seq_{sense}")) == (
        {0, 5, 10} if keen else {0, 4, 5, 10}
    )
    for name in ("gmr", "smr"):
        assert jacobi.numbers(equilibria(case, f"{name}_{sense}")) == {0, 4, 5, 10, 12}


DILEMMA = {
    "parties": {p: {"options": {"defect": {}}} for p in "rc"},
    "preferences": {
        p: {
            "ranking": [
                f"{p}.defect and not {q}.defect",
                f"not {p}.defect and not {q}.defect",
                f"{p}.defect and {q}.defect",
                f"not {p}.defect and {q}.defect",
            ]
        }
        for p, q in ("rc", "cr")
    },
}
ALL = {"NN", "YN", "NY", "YY"}


@pytest.mark.parametrize(
    ("own", "other", "nash", "rest"),
    [
        (1, 0, {"YY"}, {"NN", "YY"}),  # selfish
        (1, 1, ALL, ALL),  # both kind
        (0, 1, {"NN"}, {"NN"}),  # altruist
        (1, -1, {"YY"}, {"NN", "YY"}),  # hostile
        (0, -1, {"YY"}, {"YY"}),  # spite
    ],
)
def test_the_prisoners_dilemma_with_attitudes(own, other, nash, rest):
    attitudes = {p: {p: own, q: other} for p, q in ("rc", "cr")}
    text = yaml.safe_dump({**DILEMMA, "attitudes": attitudes}, sort_keys=False)
    case = parse(text, file="c.yaml", name="c").case
    assert set(equilibria(case, "rnash")) == nash
    for name in ("rgmr", "rsmr", "rseq"):
        assert set(equilibria(case, name)) == rest


def test_strength_in_the_sustainable_development_conflict():
    # The greens far prefer that the developers sustain, these that the greens be active; computed
    # by a program apart: strong GMR and SMR hold at YY and NY, strong SEQ at YY.
    text = """\
parties: {greens: {options: {active: A}}, firms: {options: {sustain: S}}}
preferences:
  greens:
    - {that: firms.sustain, strong: true}
    - greens.active
  firms:
    - {that: firms.sustain iff (firms.sustain or not greens.active), strong: true}
    - not greens.active
    - firms.sustain
"""
    case = parse(text, file="c.yaml", name="c").case
    assert {"YY", "NY"} >= set(equilibria(case, "seq_strong"))
    for name in ("gmr", "smr", "seq"):
        strong, weak = (set(equilibria(case, f"{name}_{s}")) for s in ("strong", "weak"))
        assert strong <= set(equilibria(case, name))
        assert not strong & weak


# --- the definitions as sets -------------------------------------------------------------------


@st.composite
def nuanced(draw):
    """Three parties, four options, readings, strong wishes and attitudes."""
    any_formula = formulas(st.sampled_from(ATOMS), max_leaves=3)
    wish = st.builds(Statement, any_formula, strong=st.booleans())
    wishes = st.lists(wish, max_size=3).map(lambda ws: Statements(tuple(ws)))
    parties = []
    for name in "abc":
        views = draw(st.lists(wishes, min_size=1, max_size=3))
        options = tuple(Option(f"o{k}", "O") for k, p in enumerate(OWNERS) if p == name)
        readings = tuple(Reading(str(k), w) for k, w in enumerate(views)) if views[1:] else ()
        parties.append(Party(name, name, options, views[0], readings=readings))
    level = st.integers(-1, 1)
    pairs = draw(st.lists(st.sampled_from([(a, b) for a in "abc" for b in "abc"]), unique=True))
    return Case(
        "n",
        "N",
        tuple(parties),
        infeasible=tuple(map(Rule, draw(st.lists(any_formula, max_size=1)))),
        attitudes=tuple((a, b, draw(level)) for a, b in pairs),
    )


def relations(case, kind):
    """Return (leaves, deters, answers): each says of a party and two states whether it is so."""
    parties = case.parties

    @cache
    def value(i, view, s):
        """Which statements hold, of a party as it is written, or of one of its readings."""
        wants = parties[i].preferences if view is None else parties[i].readings[view].preferences
        return tuple(holds_in(w.formula, case, s) for w in wants.statements)

    def main(i, s, q):
        return value(i, None, q) > value(i, None, s)

    if kind in "abcd":

        @cache
        def compared(i, s, q):
            views = range(len(parties[i].readings)) or [None]
            pairs = [(value(i, view, s), value(i, view, q)) for view in views]
            told = {(there > here) - (there < here) for here, there in pairs}
            return told.pop() if len(told) == 1 else None

        def leaves(i, s, q):
            return compared(i, s, q) == 1 or (kind in "ac" and compared(i, s, q) is None)

        def deters(i, s, q):
            return compared(i, s, q) in (-1, 0) or (kind in "cd" and compared(i, s, q) is None)

        return leaves, deters, lambda j, s, q: compared(j, s, q) in (1, None)
    if kind == "strong":

        def far_worse(i, s, q):
            wishes = parties[i].preferences.statements
            for wish, here, there in zip(wishes, value(i, None, s), value(i, None, q), strict=True):
                if here != there:
                    return here and wish.strong
            return False

        return main, far_worse, main
    towards = {(a, b): 1 if a == b else 0 for a in "abc" for b in "abc"}
    towards |= {(a, b): k for a, b, k in case.attitudes}

    @cache
    def reply(i, s, q):
        for j, party in enumerate(parties):
            attitude = towards[parties[i].name, party.name]
            if (attitude > 0 and main(j, q, s)) or (attitude < 0 and main(j, s, q)):
                return False
        return True

    return reply, lambda i, s, q: not reply(i, s, q), reply


def by_hand(case, conflict, name):
    """Return what says of a party and a state whether it stays there."""
    basic, _, sense = name.partition("_")
    kind = sense or "attitude"
    basic = basic[1:] if not sense else basic
    leaves, deters, answers = relations(case, "strong" if kind == "weak" else kind)

    @cache
    def reached(i, q):
        """Where the others can go: nobody twice in a row."""
        seen, fresh = set(), [(q, None)]
        while fresh:
            state, last = fresh.pop()
            for j in conflict.parties:
                if j in (i, last):
                    continue
                for t in conflict.moves[j][state]:
                    if basic == "seq" and not answers(j, state, t):
                        continue
                    if (t, j) not in seen:
                        seen.add((t, j))
                        fresh.append((t, j))
        return {t for t, _ in seen}

    def spoiled(i, s, q):
        return any(
            deters(i, s, t)
            and (basic != "smr" or all(deters(i, s, u) for u in conflict.moves[i][t]))
            for t in reached(i, q)
        )

    def stays(i, s):
        tempting = [q for q in conflict.moves[i][s] if leaves(i, s, q)]
        if basic == "nash":
            return not tempting
        found = all(spoiled(i, s, q) for q in tempting)
        return INDIVIDUAL[basic](conflict, i, s) and not found if kind == "weak" else found

    return stays


def check(case, names):
    try:
        graph = build(case)
    except CaseError:
        return  # the rules leave no state
    conflict = Conflict.from_graph(graph)
    for name in names:
        stays = by_hand(case, conflict, name)
        for party in conflict.parties:
            found = find(name).stable(graph, party)
            for s in conflict.states:
                assert bool(found[s]) == stays(party, s), (name, party, s)


EVERY = [*SENSES, *STRONG, *ATTITUDES]


@pytest.mark.parametrize("name", EVERY)
def test_it_is_what_the_definition_says(name):
    @settings(SOME, max_examples=8)
    @given(nuanced())
    def go(case):
        check(case, [name])

    go()


@pytest.mark.slow
@pytest.mark.parametrize("names", [SENSES, STRONG, ATTITUDES], ids=["unknown", "strong", "kind"])
def test_it_is_what_the_definition_says_often(names):
    @MANY
    @given(nuanced())
    def go(case):
        check(case, names)

    go()


@SOME
@given(nuanced(), st.sampled_from([name for name in EVERY if not name.endswith("weak")]))
def test_reasons_are_what_the_definition_asks_for(case, name):
    try:
        graph = build(case)
    except CaseError:
        return
    conflict = Conflict.from_graph(graph)
    basic, _, sense = name.partition("_")
    leaves, deters, answers = relations(case, sense or "attitude")
    stays = by_hand(case, conflict, name)
    for party, s in itertools.product(conflict.parties, conflict.states):
        why = reason(graph, find(name), (party,), graph.space.find(s), limit=99)
        assert why.stable == stays(party, s)
        tempting = {q for q in conflict.moves[party][s] if leaves(party, s, q)}
        at = [graph.space.at(d.improvement.target) for d in why.deterrents]
        assert len(at) == len(tempting)
        assert set(at) == tempting
        for deterrent in why.deterrents:
            here, last = graph.space.at(deterrent.improvement.target), party
            assert bool(deterrent.response) == deterrent.sanctioned
            for turn in deterrent.response:
                (j,), there = turn.movers, graph.space.at(turn.target)
                assert j not in (party, last)
                assert there in conflict.moves[j][here]
                assert not basic.endswith("seq") or answers(j, here, there)
                here, last = there, j
            assert not deterrent.sanctioned or deters(party, s, here)


def test_a_reason_tells_every_move_of_an_answer_in_its_order():
    # By hand, as of "seq_repeat" in tests/oracle/cases.py: b, c and b again deter a at NNN.
    wants = [
        {"a.x and (b.y or not c.z)": 2, "not a.x and not b.y and not c.z": 1},
        {"a.x and b.y and not c.z": 1, "a.x and not b.y and c.z": 1},
        {"a.x and not b.y and not c.z": 1, "a.x and b.y and c.z": 1},
    ]
    parties = tuple(
        Party(
            name,
            name,
            (Option(option, option),),
            Weights(tuple((fm.parse(text), Fraction(w)) for text, w in own.items())),
        )
        for name, option, own in zip("abc", "xyz", wants, strict=True)
    )
    with using("list"):
        graph = build(Case("c", "C", parties))
    (deterrent,) = reason(graph, find("seq_a"), (0,), 0).deterrents
    codes = graph.space.codes(np.array([turn.target for turn in deterrent.response]))
    assert codes == ["YYN", "YYY", "YNY"]


def test_reasons_are_told_in_the_words_of_each_concept():
    case = with_unknown_pairs()
    today = build(case).space.codes(np.array([0]))[0]
    told = str(detente.explain(case, today, concepts="nash_a,gmr_a"))
    assert "  - if it invades, that may be better for it." in told
    assert "Us could strike, and Nk would be surely no better off than now." in told
    assert "no move of its own is better for it in every way" in str(
        detente.explain(case, today, concepts="smr_d")
    )


@SOME
@given(nuanced(), st.sampled_from(FOUR))
def test_where_all_is_known_the_senses_are_the_classic_concept(case, basic):
    known = replace(case, parties=tuple(replace(p, readings=()) for p in case.parties))
    try:
        graph = build(known)
    except CaseError:
        return
    with using("list"):
        thin = build(known)
    for party in range(3):
        wanted = find(basic).stable(graph, party)
        for sense in "abcd":
            concept = find(f"{basic}_{sense}")
            assert concept.stable(graph, party).tolist() == wanted.tolist()
            assert concept.stable(thin, party).tolist() == wanted[graph.feasible].tolist()


@SOME
@given(nuanced())
def test_senses_imply_each_other(case):
    try:
        graph = build(case)
    except CaseError:
        return
    for basic in FOUR:
        for party in range(3):
            a, b, c, d = (find(f"{basic}_{s}").stable(graph, party) for s in "abcd")
            assert not (a & ~b).any()
            assert not (a & ~c).any()
            assert not (b & ~d).any()
            assert not (c & ~d).any()


def test_what_cannot_be_asked_is_refused_by_name():
    case = detente.load("elmira")
    with pytest.raises(CaseError, match="say nothing of"):
        detente.stability(case, "gmr_strong")
    with pytest.raises(CaseError, match="what holds weakly holds, and not strongly"):
        detente.explain(case, concepts="gmr_weak")
    with pytest.raises(CaseError, match="asks more than rankings"):
        detente.stability(case, "gmr_a", doubt=True)
    with pytest.raises(CaseError, match="asks more than rankings"):
        detente.radius(case, concept="rseq")
    with pytest.raises(CaseError, match="unknown concept 'nash_strong'"):
        find("nash_strong")
