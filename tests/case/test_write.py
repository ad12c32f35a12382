"""A case written as YAML reads back as the same case."""

from __future__ import annotations

import dataclasses
import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.case import formula as fm
from detente.case import misfits as shape
from detente.case.assemble import Assembly
from detente.case.document import read
from detente.case.files import parse
from detente.case.model import (
    Basis,
    Case,
    Citation,
    Condition,
    Option,
    Outcome,
    Party,
    Ranking,
    Rule,
    Statement,
    Statements,
    Weights,
)
from detente.case.write import to_yaml
from strategies_case import cases

ROUND_TRIP = settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))


def read_unchecked(text: str) -> Case:
    """Read a case without asking whether it makes sense, which random ones seldom do."""
    document = read(text, file="case.yaml")
    part, misfits = shape.validate(document.plain())
    assert not misfits
    assembly = Assembly(part, document)
    case = assembly.case("drawn")
    assert not assembly.problems
    return case


@given(cases(guards=True, beliefs=True))
@ROUND_TRIP
def test_a_case_survives_being_written_and_read(case):
    assert read_unchecked(to_yaml(case)) == case


@given(cases(guards=True, beliefs=True))
@settings(ROUND_TRIP, max_examples=30)
def test_writing_twice_gives_the_same_text(case):
    text = to_yaml(case)
    assert to_yaml(read_unchecked(text)) == text


# Written by hand, line by line, after the format's description.
WRITTEN = """\
title: "A: small one"
as_of: 2018-02-27
source: By hand
parties:
  north:
    name: The North
    aliases: [Pyongyang, "it, too"]
    options:
      talk: Talk
      attack: {label: Attack now, irreversible: true}
  ally:
    options:
      squeeze: {label: Squeeze, levels: [none, partial, full], changes: [[none, partial]]}
  watcher: {}
outcomes:
  war: north.attack
  calm: {that: not war, label: All is well}
infeasible:
  - north.attack and north.talk
status_quo: [north.talk, ally.squeeze = partial]
preferences: # most important first
  north:
    - (north.talk or war) and calm
    - {that: calm if north.talk, cite: [{report: "001", quote: "\\"now\\""}], note: read so}
  ally:
    weights:
      war: -2.5
      calm iff north.talk: "1/3"
  watcher:
    ranking:
      - [war]
      - [calm]
conditions:
  - id: c1
    party: ally
    option: ally.squeeze = none
    needs: calm
    firmness: 3
    note: heard
"""


def small_case() -> Case:
    def option(party, name, level=None):
        return fm.OptionIs(party, name, level)

    war, calm = fm.OutcomeIs("war"), fm.OutcomeIs("calm")
    talk = option("north", "talk")
    wishes = Statements(
        (
            Statement(fm.And((fm.Or((talk, war)), calm))),
            Statement(fm.If(calm, talk), Basis((Citation("001", '"now"'),), "read so")),
        )
    )
    return Case(
        name="small",
        title="A: small one",
        parties=(
            Party(
                "north",
                "The North",
                (
                    Option("talk", "Talk"),
                    Option("attack", "Attack now", changes=frozenset({(0, 1)})),
                ),
                wishes,
                ("Pyongyang", "it, too"),
            ),
            Party(
                "ally",
                "Ally",
                (Option("squeeze", "Squeeze", ("none", "partial", "full"), frozenset({(0, 1)})),),
                Weights(((war, Fraction("-2.5")), (fm.Iff(calm, talk), Fraction(1, 3)))),
            ),
            Party("watcher", "Watcher", preferences=Ranking(((war,), (calm,)))),
        ),
        outcomes=(
            Outcome("war", option("north", "attack")),
            Outcome("calm", fm.Not(war), "All is well"),
        ),
        infeasible=(Rule(fm.And((option("north", "attack"), talk))),),
        status_quo=(1, 0, 1),
        conditions=(
            Condition("c1", "ally", option("ally", "squeeze", "none"), calm, 3, Basis((), "heard")),
        ),
        as_of=dt.date(2018, 2, 27),
        source="By hand",
    )


def test_the_text_is_the_one_a_person_would_write():
    assert to_yaml(small_case()) == WRITTEN


def test_the_text_reads_as_the_case():
    assert parse(WRITTEN, file="case.yaml", name="small").case == small_case()


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("0", "0"),
        ("-3", "-3"),
        ("1/2", "0.5"),
        ("-1/40", "-0.025"),
        ("3/25", "0.12"),
        ("1/3", '"1/3"'),
        ("1000000", "1000000"),
        ("10000000001/100", "100000000.01"),
    ],
)
def test_weights_are_written_exactly(number, text):  # decimals by hand
    case = dataclasses.replace(
        small_case(),
        parties=(
            Party("a", "A", (Option("x", "X"),), Weights(((fm.parse("a.x"), Fraction(number)),))),
        ),
        outcomes=(),
        infeasible=(),
        status_quo=None,
        conditions=(),
    )
    assert f"      a.x: {text}\n" in to_yaml(case)


def test_a_key_too_long_for_yaml_is_marked():
    formula = fm.Or(tuple(fm.parse("a.x") for _ in range(300)))
    party = Party("a", "A", (Option("x", "X"),), Weights(((formula, Fraction(2)),)))
    case = Case("long", "Long", (party,))
    assert "      ? a.x or a.x" in to_yaml(case)
    assert read_unchecked(to_yaml(case)).parties == case.parties


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=30))
@settings(max_examples=100, deadline=None)
def test_any_quote_survives(quote):
    if any(c in "\ufffe\uffff" for c in quote):
        return
    wish = Statement(fm.parse("a.x"), Basis((Citation("r", quote),)))
    case = Case("drawn", "T", (Party("a", "A", (Option("x", "X"),), Statements((wish,))),))
    assert read_unchecked(to_yaml(case)) == case
