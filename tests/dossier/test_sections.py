"""The sections of a dossier: what they tell is so, checked by hand and by definition."""

from __future__ import annotations

import itertools
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pages
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import detente
from detente.case.files import parse
from detente.case.model import Statements
from detente.case.truth import TruthAt
from detente.dossier.answers import Unanswered
from detente.dossier.page.blocks import Para, Table, plain
from detente.dossier.sections import page as page_of
from detente.dossier.sections.phrases import deciding_wish
from detente.questions.brief import brief
from detente.wayout.broker import Effect, effect
from detente.wayout.results import classes, place_of
from strategies_case import cases


def section(made, name):
    return next(s for s in page_of(made).sections if s.id == name)


def flat(blocks):
    for block in blocks:
        yield block
        yield from flat(getattr(block, "blocks", ()))


def told(made, name):
    return plain(section(made, name).answer)


def case_of(text):
    return parse(text, file="made.yaml", name="made").case


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cases(max_cells=16), st.data())
def test_the_deciding_wish_is_the_first_that_differs(case, data):
    for number, party in enumerate(case.parties):
        cells = st.tuples(*(st.integers(0, n - 1) for n in case.shape))
        before, after = data.draw(cells), data.draw(cells)
        found = deciding_wish(case, number, before, after)
        if not isinstance(party.preferences, Statements):
            assert found is None
            continue
        values = [
            [bool(TruthAt(case, state)(s.formula)) for s in party.preferences.statements]
            for state in (before, after)
        ]
        differ = [k for k, (a, b) in enumerate(zip(*values, strict=True)) if a != b]
        assert found == (party.preferences.statements[differ[0]] if differ else None)


def test_a_place_counts_the_better_levels():
    path = pages.dossier("dam").path
    for party in range(3):
        ranks = path.graph.ranks[party][path.graph.feasible]
        assert classes(path, party) == len(np.unique(ranks))
        top = int(ranks.max())
        for rank in np.unique(ranks):
            better = len(np.unique(ranks[ranks > rank]))
            assert place_of(path, party, Fraction(int(rank), top)) == better + 1


def test_a_use_helps_harms_changes_nothing_or_cannot_be():
    for *signs, knots in itertools.product(*[(-1, 0, 1)] * 3, (0, 1)):
        for possible in (False, True):
            found = Effect(*signs, knots, possible=possible)
            kinds = [found.helps, found.harms, found.idle, not found.possible]
            assert sum(kinds) == 1
            if possible and any(signs):
                first = next(s for s in signs if s)
                assert found.helps == (first > 0)


def test_an_effect_compares_with_the_option_left_alone():
    broker = pages.dossier("dam").broker
    (use,) = broker.uses
    assert (use.unused.cost, use.after.cost) == (4, 3)
    assert effect(broker, use) == Effect(1, 0, 0, 1, possible=True)
    assert effect(broker, replace(use, after=None)) == Effect(0, 0, 0, 0, possible=False)


def test_the_dam_is_answered():
    made = pages.dossier("dam")
    assert "under all four views" in told(made, "q3")
    assert told(made, "q4").startswith("Velia will send a delegation only if Ardan opens the gates")
    assert "one of two such clashes, called knots," in told(made, "q4")
    assert "Velia drops its demand that Ardan open the gates" in told(made, "q5")
    assert "One other way is as cheap" in told(made, "q5")
    # Talks are in the knots, so some word of a knot is broken on every way to them.
    assert "Velia would have to take back what it has said in public" in told(made, "q6")
    assert "None of the steps requires a party to yield" not in told(made, "q6")
    assert told(made, "q7").startswith("It helps most if Corland posts observers at the dam")
    assert "Velia’s missteps matter most" in told(made, "q8")
    # Seven of them: the target, and of risk the danger, the goal, two rates and two what-ifs.
    assert told(made, "q9").startswith(
        "23 entries of the case have changed. One clash of words has appeared and the cheapest"
    )
    assert section(made, "q9").title == "What changed since 1 April 2030?"


BARE = "title: Bare\nparties:\n  a: {name: A, options: {x: X}}\n  b: {name: B}\n"
WISHES = "preferences: {a: [a.x], b: [not a.x]}\n"


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        (BARE, {"q3", "q4", "q5", "q6", "q7", "q8", "q9", "q10", "q11"}),
        (BARE + WISHES, {"q4", "q5", "q6", "q7", "q8", "q9", "q10", "q11"}),
        (BARE + WISHES + "target: a.x\n", {"q4", "q6", "q7", "q8", "q9", "q10", "q11"}),
        (BARE + WISHES + "target: a.x\nstatus_quo: []\n", {"q4", "q7", "q8", "q9"}),
        (
            BARE + WISHES + "outcomes: {war: a.x}\nstatus_quo: []\n",
            {"q4", "q5", "q6", "q7", "q9"},
        ),
    ],
    ids=["nothing", "wishes", "target", "today", "danger"],
)
def test_what_cannot_be_answered_says_what_to_add(text, missing):
    made = brief(case_of(text))
    for s in page_of(made).sections:
        answer = plain(s.answer)
        assert answer.startswith("Not answered") == (s.id in missing), (s.id, answer)
    for why in made.document()["unanswered"].values():
        assert not why.endswith(".")


def test_a_search_that_was_stopped_claims_no_more_than_it_knows():
    made = pages.dossier("dam")
    stuck = replace(made.deadlock, knots=made.deadlock.knots[:1])
    assert "that is the whole deadlock" in told(replace(made, deadlock=stuck), "q4")
    for why, known in (("concessions", True), ("knots", False), ("time", False)):
        cut = replace(made, deadlock=replace(stuck, stopped=(why,)))
        assert ("that is the whole deadlock" in told(cut, "q4")) is known
        assert ("At least one other way" in told(cut, "q5")) is (why == "time")


def test_an_impossible_target_names_the_rules():
    text = BARE + WISHES + (
        "infeasible: [a.x]\ntarget: a.x\nstatus_quo: []\n"
        "refusals: [{party: b, refuses: a.x}]\n"
    )  # fmt: skip
    made = brief(case_of(text))
    assert "the rules of the case exclude" in told(made, "q4")
    assert "No concession helps" in told(made, "q5")
    assert "leave no situation in which A opts for X" in told(made, "q6")
    rules = [i for b in section(made, "q4").blocks for i in getattr(b, "items", ())]
    assert [plain(rule.text) for rule in rules] == ["It cannot be that A opts for X."]


def test_nothing_said_stands_in_the_way():
    text = BARE + WISHES + (
        "target: a.x\nstatus_quo: []\nconditions: [{party: a, option: a.x, needs: a.x}]\n"
    )  # fmt: skip
    made = brief(case_of(text))
    assert "No stated position stands in the way" in told(made, "q4")
    assert "No stated position has to be given up" in told(made, "q5")
    assert told(made, "q6").startswith("A would opt for X.")


MIND = """
title: One mind
parties: {a: {name: A, options: {x: X}}, b: {name: B, options: {y: Y}}}
outcomes: {talks: a.x and b.y}
status_quo: []
preferences: {a: [not a.x], b: [b.y]}
"""


def test_the_least_change_of_mind_is_told():
    made = brief(case_of(MIND))
    assert made.unlock.found.cost == 1
    texts = [
        plain(item.text) for b in section(made, "q5").blocks for item in getattr(b, "items", ())
    ]
    assert any(text.startswith("A no longer wants not to opt for X") for text in texts)
    assert any("its 1st wish" in text for text in texts)


def test_the_table_of_outcomes_is_that_of_the_result():
    made = pages.dossier("garrison")
    table = next(b for b in flat(section(made, "q3").blocks) if isinstance(b, Table))
    shown = [(plain(row[0].text), plain(row[1].text)) for row in table.rows]
    # Counted state by state, not taken from the tally; a row is known by its whole text.
    counted = {o.label: f"{len(detente.states(made.case, o.name)):,}" for o in made.case.outcomes}
    assert len(counted) == len(shown) == 3
    assert dict(shown) == counted


def test_an_interrupted_dossier_says_so():
    made = pages.dossier("dam")
    cut = replace(
        made,
        interrupted=True,
        path=Unanswered("the work was interrupted while this was worked out"),
        comparison=Unanswered("the work was interrupted before this was asked"),
    )
    page = page_of(cut)
    first = next(s for s in page.sections if s.id == "q6").blocks[0]
    assert isinstance(first, Para)
    assert "interrupted" in plain(first.text)
    about = next(s for s in page.sections if s.id == "about")
    texts = [plain(i.text) for b in about.blocks for i in getattr(b, "items", ())]
    assert any("interrupted" in text for text in texts)
