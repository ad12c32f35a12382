"""Grades of sources: shown, counted, and whether the answer holds without unconfirmed reports."""

from __future__ import annotations

import json

import detente
from detente.case.confirmed import by_grade, confirmed, unconfirmed
from detente.case.files import parse
from detente.dossier.page.blocks import plain
from detente.dossier.sections import page

CASE = """
title: A bridge
parties:
  north: {name: North, options: {talk: Enter talks, pull: Pull back its guns}}
  south: {name: South, options: {talk: Enter talks}}
outcomes: {talks: north.talk and south.talk}
status_quo: []
preferences:
  north:
    - {that: not north.pull, cite: [{report: a, quote: we stay, reliability: B, credibility: 2}]}
    - {that: talks, cite: [{report: b, quote: they say so, reliability: E, credibility: 5}]}
  south: [north.pull, talks]
conditions:
  - party: south
    option: south.talk
    needs: north.pull
    firmness: 3
    cite: [{report: b, quote: guns first, reliability: E, credibility: 2}]
refusals:
  - {party: north, refuses: north.pull, firmness: 2, cite: [{report: a, quote: no, reliability: B}]}
"""


def made(text: str = CASE):
    return parse(text, file="case.yaml", name="bridge").case


def test_what_rests_on_unconfirmed_reports_alone_is_left_out():
    case = made()
    assert unconfirmed(case) == 2  # the second wish and the condition, both by E alone
    less = confirmed(case)
    assert [len(p.preferences.statements) for p in less.parties] == [1, 2]
    assert (len(less.conditions), len(less.refusals)) == (0, 1)
    assert by_grade(case) == {"B": 1, "E": 1}


def test_one_confirmed_citation_is_enough_and_ungraded_ones_are_not_unconfirmed():
    both = CASE.replace(
        "[{report: b, quote: guns first, reliability: E, credibility: 2}]",
        "[{report: b, quote: guns first, reliability: E}, {report: a, quote: so it is}]",
    )
    assert unconfirmed(made(both)) == 1
    assert confirmed(made(CASE.replace("reliability: E, ", ""))).conditions  # E gone: 2 confirms
    assert unconfirmed(made(CASE.replace("reliability: E, ", ""))) == 1  # the wish graded 5


def test_the_dossier_says_that_the_answer_changes():
    found = detente.brief(made())
    assert not found.confirmed.holds  # without the condition nothing stands in the way
    told = json.loads(json.dumps(found.document()))["confirmed"]
    assert told["lines"] == 2
    assert told["holds"] is False
    assert told["without"]["verdict"] == "open"
    assert len(told["knots_only_with"]) == 1
    made_page = page(found)
    (sources,) = [side for side in made_page.front.sides if side.title == "Sources"] or [None]
    if sources is not None:
        text = " ".join(map(plain, sources.paras))
        assert "Without unconfirmed reports the answer does not hold." in text


def test_the_dossier_says_that_it_holds():
    firm = CASE.replace("guns first, reliability: E", "guns first, reliability: C")
    found = detente.brief(made(firm))
    assert found.confirmed.lines == 1
    assert found.confirmed.holds == (
        detente.path(confirmed(made(firm)), "talks").found.paths[0].exposure
        == detente.path(made(firm), "talks").found.paths[0].exposure
    )
