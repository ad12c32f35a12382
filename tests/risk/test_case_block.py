"""What a case may say about risk: read, checked, listed as assumptions, and written back."""

from __future__ import annotations

from fractions import Fraction

import pytest

from detente.case import check
from detente.case.files import parse
from detente.case.formula import parse as formula
from detente.case.model import Basis, Citation, Conduct, Figure, RiskDefaults, Statement
from detente.case.write import to_yaml
from detente.errors import CaseError

CASE = """\
title: Two neighbours
parties:
  north: {options: {talk: Talk, attack: Attack}}
  south: {options: {talk: Talk}}
outcomes:
  war: north.attack
  talks: north.talk and south.talk
status_quo: []
"""
RISK = """\
risk:
  danger: {that: war, note: The worst.}
  goal: talks
  misstep: {all: 0.02, north: {rate: 1/8, cite: [{report: a, quote: nervous hands}]}}
  tempo: {south: 2}
  behaviour: {type: cautious, concept: gmr, note: Both wait and see.}
  what_if: [not north.talk, {that: south.talk, note: A promise.}]
"""


def read(risk):
    return parse(CASE + risk, file="case.yaml", name="neighbours").case


def test_everything_is_read():
    cited = Basis((Citation("a", "nervous hands"),))
    assert read(RISK).risk == RiskDefaults(
        danger=Statement(formula("war"), Basis(note="The worst.")),
        goal=Statement(formula("talks")),
        misstep=Figure(Fraction(1, 50)),
        missteps=(("north", Figure(Fraction(1, 8), cited)),),
        tempos=(("south", Figure(Fraction(2))),),
        behaviour=Conduct("cautious", None, "gmr", Basis(note="Both wait and see.")),
        what_if=(
            Statement(formula("not north.talk")),
            Statement(formula("south.talk"), Basis(note="A promise.")),
        ),
    )


def test_one_number_and_one_word_stand_for_all():
    risk = read("risk: {misstep: 0.1, tempo: {rate: 3, note: n}, behaviour: softmax}").risk
    assert risk.misstep == Figure(Fraction(1, 10))
    assert risk.tempo == Figure(Fraction(3), Basis(note="n"))
    assert risk.behaviour == Conduct("softmax")


@pytest.mark.parametrize("risk", [RISK, "", "risk: {behaviour: {type: softmax, temperature: 0.5}}"])
def test_it_is_written_back(risk):
    case = read(risk)
    again = parse(to_yaml(case), file="case.yaml", name="neighbours").case
    assert again == case


def test_what_cites_nothing_is_an_assumption():
    listed = {a.path: (a.text, a.note) for a in check.assumptions(read(RISK))}
    assert listed["risk", "danger"] == ("danger: war", "The worst.")
    assert listed["risk", "misstep", "all"] == ("misstep rate of everybody: 0.02", "")
    assert listed["risk", "tempo", "south"] == ("tempo of south: 2", "")
    assert listed["risk", "behaviour"] == ("behaviour: cautious gmr", "Both wait and see.")
    assert ("risk", "misstep", "north") not in listed


@pytest.mark.parametrize(
    ("risk", "told"),
    [
        ("risk: {misstep: 1.5}", "case.yaml:9:17: a misstep rate is from 0 to 1, not 1.5"),
        ("risk: {misstep: {north: -1}}", "case.yaml:9:25: a misstep rate is from 0 to 1, not -1"),
        ("risk: {tempo: {north: -1}}", "case.yaml:9:23: a tempo is 0 or more, not -1"),
        ("risk: {tempo: {nort: 1}}", "unknown party 'nort'; did you mean 'north'?"),
        ("risk: {danger: wor}", "unknown outcome 'wor'; did you mean 'war'?"),
        ("risk: {behaviour: softmux}", "unknown behaviour 'softmux'; did you mean 'softmax'?"),
        ("risk: {behaviour: {type: softmax, temperature: 0}}", "a temperature is above 0, not 0"),
        ("risk: {dangr: war}", "unknown key 'dangr'; did you mean 'danger'?"),
        ("risk: {misstep: {north: {rat: 1}}}", "unknown key 'rat'; did you mean 'rate'?"),
        ("risk: {behaviour: {typ: softmax}}", "unknown key 'typ'; did you mean 'type'?"),
        ("risk: {misstep: often}", "expected a number such as 3, -0.5 or 1/3, found 'often'"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(risk, told):
    with pytest.raises(CaseError) as caught:
        read(risk)
    assert told in str(caught.value)


def test_an_export_names_what_it_leaves_out():
    from detente.case.gmcr.export import to_json
    from detente.graph import build

    two_levels = read("risk: {misstep: 0.1}")
    assert "what to assume about risk" in to_json(two_levels, build).left_out
    assert "what to assume about risk" not in to_json(read(""), build).left_out
