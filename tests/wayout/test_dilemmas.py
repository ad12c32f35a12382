"""Confrontation dilemmas: published card tables, the definitions cell by cell, and words."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import detente
from detente.case.files import parse
from detente.case.model import Case, Disbelief, Option, Party, Stance
from detente.errors import CaseError
from detente.graph import build
from detente.wayout.dilemmas import dilemmas

SOME = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
MANY = settings(SOME, max_examples=500)

BOSNIA = """\
title: The safe areas in Bosnia, 1995
parties:
  serbs:
    name: Bosnian Serbs
    the: true
    plural: true
    options:
      attack: Attack the enclaves
      withdraw: Withdraw their heavy weapons
      hostages: Take hostages
  un: {name: United Nations, the: true, options: {strikes: Use air strikes}}
status_quo: []
positions:
  un: {serbs.attack: no, serbs.withdraw: yes, serbs.hostages: no}
  serbs: {un.strikes: no}
intentions: {serbs.attack: yes, serbs.withdraw: no, serbs.hostages: yes, un.strikes: yes}
doubts: [{party: serbs, option: un.strikes}]
"""
"""The card table as the encyclopaedia tells it: three persuasion dilemmas and one of rejection."""

VIKINGS = """\
parties:
  nuns: {name: Nuns, the: true, plural: true, options: {hide: Hide}}
  vikings: {name: Vikings, the: true, plural: true, options: {raid: Raid the convent}}
status_quo: []
positions: {nuns: {vikings.raid: no}, vikings: {vikings.raid: yes}}
intentions: {vikings.raid: yes}
"""


def case_of(text):
    return parse(text, file="case.yaml", name="made").case


def told(text):
    case = case_of(text)
    found = dilemmas(case, build(case))
    names = case.party_names
    return sorted(
        (names[d.party], d.kind, names[d.other], case.option_names[d.axis]) for d in found.found
    )


def test_the_card_table_of_bosnia():
    assert told(BOSNIA) == [
        ("un", "persuasion", "serbs", "serbs.attack"),
        ("un", "persuasion", "serbs", "serbs.hostages"),
        ("un", "persuasion", "serbs", "serbs.withdraw"),
        ("un", "rejection", "serbs", "un.strikes"),
    ]


def test_the_nuns_and_the_vikings():
    assert told(VIKINGS) == [("nuns", "persuasion", "vikings", "vikings.raid")]
    # Once the nuns have done what cannot be undone, which the vikings oppose, these have one, too.
    acted = VIKINGS.replace("vikings: {vikings.raid: yes}}", "vikings: {nuns.hide: no}}")
    acted = acted.replace("intentions: {", "intentions: {nuns.hide: yes, ")
    assert told(acted) == [
        ("nuns", "persuasion", "vikings", "vikings.raid"),
        ("vikings", "persuasion", "nuns", "nuns.hide"),
    ]


def test_where_all_agree_and_believe_each_other_there_is_none():
    agreed = VIKINGS.replace("nuns: {vikings.raid: no}", "nuns: {vikings.raid: yes}")
    assert told(agreed) == []


@st.composite
def tables(draw):
    """Three parties with an option each, and whatever they may say of them."""
    names, options = "abc", [(p, "x") for p in "abc"]
    level = st.integers(0, 1)
    pairs = list(itertools.product(names, options))
    said = draw(st.lists(st.sampled_from(pairs), unique=True))
    meant = draw(st.lists(st.sampled_from(options), unique=True))
    doubts = draw(st.lists(st.sampled_from([p for p in pairs if p[0] != p[1][0]]), unique=True))
    return Case(
        "t",
        "T",
        tuple(Party(n, n.upper(), (Option("x", "X"),)) for n in names),
        status_quo=draw(st.tuples(level, level, level)),
        positions=tuple(Stance(p, o, draw(level)) for p, o in said),
        intentions=tuple(Stance(o[0], o, draw(level)) for o in meant),
        doubts=tuple(Disbelief(p, o) for p, o in doubts),
    )


def check(case):
    """Go through every party and option by the words of the definitions; nobody wants anything."""
    found = {(d.kind, d.party, d.other, d.axis) for d in dilemmas(case, build(case)).found}
    position = {("abc".index(s.party), "abc".index(s.option[0])): s.level for s in case.positions}
    intention = dict(enumerate(case.status_quo))
    intention |= {"abc".index(s.option[0]): s.level for s in case.intentions}
    doubt = {("abc".index(d.party), "abc".index(d.option[0])) for d in case.doubts}
    wanted = set()
    for i, k in itertools.permutations(range(3), 2):
        o = k  # the option of k
        if (i, o) not in position:
            continue
        as_wanted = position.get((k, o)) == position[i, o] or intention[o] == position[i, o]
        if position[i, o] != intention[o] and (i, o) not in doubt:
            wanted.add(("persuasion", i, k, o))
        if as_wanted and (i, o) in doubt:
            wanted |= {("trust", i, k, o), ("co-operation", k, i, o)}
        if position[i, o] != intention[o] and (i, o) in doubt:
            wanted.add(("rejection", k, i, o))
    assert found == wanted  # no sufficiency: nobody is known to want anything


@SOME
@given(tables())
def test_they_are_what_the_definitions_say(case):
    check(case)


@pytest.mark.slow
@MANY
@given(tables())
def test_they_are_what_the_definitions_say_often(case):
    check(case)


BLUFF = """\
parties:
  north: {name: North, options: {strike: Strike, test: Test a missile}}
  south: {name: South, options: {drill: Hold a drill}}
status_quo: []
preferences:
  north: [not north.strike, not south.drill]
  south: [not north.strike, south.drill, not north.test]
positions: {north: {south.drill: no}, south: {north.strike: no, north.test: no}}
intentions: {north.strike: yes, north.test: yes, south.drill: yes}
"""


def test_a_bluff_is_seen_through_by_the_wishes():
    case = case_of(BLUFF)
    found = dilemmas(case, build(case))
    kept = {(d.kind, case.option_names[d.axis]): d.kept for d in found.found}
    # By hand: where nobody gives in, the North gains by taking both deeds back, the South loses by
    # dropping its drill.
    assert kept["persuasion", "north.strike"] is False
    assert kept["persuasion", "north.test"] is False
    assert kept["persuasion", "south.drill"] is True
    # Each would rather give in than bear a strike, so no threat is too little.
    assert {d.kind for d in found.found} == {"persuasion"}


def test_a_threat_that_is_not_enough():
    # The South does not mind a test, so threatening one does not move it from its drill.
    text = BLUFF.replace("north.strike: yes, ", "north.strike: no, ")
    case = case_of(text)
    found = dilemmas(case, build(case))
    told_ = {(case.party_names[d.party], d.kind, case.option_names[d.axis]) for d in found.found}
    assert ("north", "sufficiency", "north.test") in told_


def test_a_threat_that_asks_for_nothing_cannot_be_too_little():
    text = BLUFF.replace("north.strike: yes, ", "north.strike: no, ")
    text = text.replace("north: {south.drill: no}, ", "")
    assert told(text) == [("south", "persuasion", "north", "north.test")]


def test_a_future_that_cannot_be_is_told_with_its_rule():
    case = case_of(BLUFF + "infeasible: [north.strike and north.test]\n")
    found = detente.dilemmas(case)
    assert (found.future, found.excluded_by) == (None, 0)
    assert all(d.kept is None for d in found.found)
    assert "cannot be, by a rule of the case: north.strike and north.test" in " ".join(
        str(found).split()
    )


def test_words_are_read_from_conditions_and_refusals():
    text = """\
parties:
  a: {options: {talk: Talk, levy: {label: Levy, levels: [none, some, all]}}}
  b: {options: {pledge: Pledge, leave: Leave}}
outcomes: {good: b.pledge and not b.leave}
status_quo: []
conditions: [{party: a, option: a.talk, needs: good}]
refusals: [{party: b, refuses: b.pledge}, {party: b, refuses: a.levy}, {party: b, refuses: good}]
"""
    case = case_of(text)
    found = dilemmas(case, build(case))
    assert {(w.party, case.option_names[w.axis], w.level, w.source) for w in found.positions} == {
        (0, "b.pledge", 1, "c1"),
        (0, "b.leave", 0, "c1"),
        (1, "b.pledge", 0, "r1"),
        (1, "a.levy", 0, "r2"),
    }
    assert {(w.party, case.option_names[w.axis], w.level) for w in found.intentions} == {
        (0, "a.talk", 0),
        (1, "b.pledge", 0),
    }


def test_what_is_told():
    text = str(detente.dilemmas(case_of(BOSNIA)))
    flat = " ".join(text.split())
    assert "4 dilemmas follow from what is said." in flat
    assert "The United Nations has a rejection dilemma with the Bosnian Serbs." in flat
    threat = "The threat is that the United Nations uses air strikes, and that is not believed."
    assert threat in flat
    assert "Nothing is said in public" in str(detente.dilemmas(detente.load("elmira")))


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("positions: {a: {b.z: yes}}", "unknown option 'b.z'"),
        ("positions: {a: {b.x: maybe}}", "unknown level 'maybe'"),
        ("intentions: {b.x = yes: yes}", "is no option"),
        ("doubts: [{party: c, option: b.x}]", "unknown party 'c'"),
    ],
)
def test_mistakes_are_told(line, message):
    text = f"parties: {{a: {{options: {{x: X}}}}, b: {{options: {{x: X}}}}}}\n{line}\n"
    with pytest.raises(CaseError) as raised:
        case_of(text)
    assert message in str(raised.value)
