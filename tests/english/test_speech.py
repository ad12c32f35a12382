"""A case in English. Every expected sentence was written by hand before the program said it."""

from __future__ import annotations

import pytest

import detente
from detente.case.files import parse
from detente.case.formula import parse as formula
from detente.case.model import Party
from detente.english.check import sayings, unsayable
from detente.english.names import name_of
from detente.english.speech import English

CASE = """
title: The harbour
parties:
  union:
    name: Dockers
    options:
      strike: Strike
      work: {label: Overtime, does: work overtime}
  port:
    name: Port Authority
    options:
      pay:
        label: Pay
        levels: {low: pay the old wage, half: pay half as much again, full: pay double}
      police: {label: Call the police, irreversible: true}
  town:
    name: Town of Aldersea
    options:
      mediate: Mediate
      water: {label: Fresh water, levels: [none, partly, fully]}
outcomes:
  deal: {that: not union.strike and port.pay = full, label: The port pays double}
  riot: {that: union.strike and port.police, label: A riot, as: noun}
  talks: {that: town.mediate and not port.police, label: The dockers and the port talk, as: clause}
  both: {that: union.work and not port.police, label: Both sides hold their fire}
  idle: {that: not union.work and not town.mediate, label: Nobody does anything}
status_quo: []
conditions:
  - {party: union, option: not union.strike, needs: port.pay = full}
  - {party: port, option: port.pay = half, needs: union.work and not union.strike}
  - {party: town, option: riot, needs: town.mediate}
refusals:
  - {party: port, refuses: port.pay = full}
  - {party: union, refuses: not union.strike}
  - {party: town, refuses: riot}
"""


@pytest.fixture(scope="module")
def english() -> English:
    return English(parse(CASE, file="case.yaml", name="harbour").case)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("union.strike", "the dockers strike"),
        ("not union.strike", "the dockers do not strike"),
        ("port.pay = half", "the Port Authority pays half as much again"),
        ("not port.pay = half", "the Port Authority does not pay half as much again"),
        ("port.pay = low", "the Port Authority pays the old wage"),
        ("town.water = fully", "the Town of Aldersea opts for fully in the matter of fresh water"),
        ("union.strike and union.work", "the dockers strike and work overtime"),
        ("union.strike and port.police",
         "the dockers strike and the Port Authority calls the police"),
        ("union.strike or port.police and town.mediate",
         "the dockers strike or both the Port Authority calls the police "
         "and the Town of Aldersea mediates"),
        ("not (union.strike and port.police)",
         "the dockers do not strike if the Port Authority calls the police"),
        ("not (union.strike or port.police)",
         "the dockers do not strike and the Port Authority does not call the police"),
        ("union.strike if not (port.police and town.mediate)",
         "the dockers strike unless the Port Authority calls the police "
         "and the Town of Aldersea mediates"),
        ("union.work iff town.mediate",
         "the dockers work overtime exactly when the Town of Aldersea mediates"),
        ("not (union.work iff town.mediate)",
         "either the dockers work overtime or the Town of Aldersea mediates, but not both"),
        ("deal", "the port pays double"),
        ("not deal", "the port does not pay double"),
        ("riot", "there is a riot"),
        ("not riot", "there is no riot"),
        ("talks", "the dockers and the port talk"),
        ("not talks", "the dockers and the port do not talk"),
        ("not both", "not both sides hold their fire"),
        ("not union.strike and union.work and not town.mediate",
         "the dockers work overtime and do not strike and the Town of Aldersea does not mediate"),
        ("not idle", "the dockers work overtime or the Town of Aldersea mediates"),
    ],
)  # fmt: skip
def test_a_formula_is_a_clause(english: English, text: str, said: str) -> None:
    assert english.clause(formula(text)) == said


@pytest.mark.parametrize(
    ("party", "text", "wanted"),
    [
        ("union", "union.strike", "to strike"),
        ("union", "not union.work", "not to work overtime"),
        ("union", "not port.police", "the Port Authority not to call the police"),
        ("union", "not port.police and union.strike",
         "to strike and the Port Authority not to call the police"),
        ("port", "union.work or not port.police",
         "not to call the police or the dockers to work overtime"),
        ("town", "not both", "not both sides to hold their fire"),
        ("town", "not riot", "no riot"),
        ("town", "riot", "a riot"),
        ("town", "talks", "the dockers and the port to talk"),
        ("port", "port.police if union.strike", "to call the police if the dockers strike"),
        ("union", "port.pay = full if not union.strike",
         "the Port Authority to pay double if they do not strike"),
    ],
)  # fmt: skip
def test_a_wish_follows_the_verb(english: English, party: str, text: str, wanted: str) -> None:
    assert english.to(formula(text), party) == wanted


def test_conditions_and_refusals_are_sentences(english: English) -> None:
    case = english.case
    assert [english.said(s) for s in (*case.conditions, *case.refusals)] == [
        "the dockers will refrain from striking only if the Port Authority pays double",
        "the Port Authority will pay half as much again only if the dockers work overtime "
        "and do not strike",
        "the Town of Aldersea will agree to a riot only if it mediates",
        "the Port Authority refuses to pay double",
        "the dockers insist on striking",
        "the Town of Aldersea will not agree to a riot",
    ]


def test_changes_are_deeds(english: English) -> None:
    case = english.case
    union, port, _ = case.parties
    assert english.changes(union, (0, 0, 0, 0, 0, 0), (1, 1, 0, 0, 0, 0)) == [
        "strike", "work overtime",
    ]  # fmt: skip
    assert english.changes(union, (1, 0, 0, 0, 0, 0), (0, 0, 0, 0, 0, 0)) == ["no longer strike"]
    assert english.changes(union, (1, 0, 0, 0, 0, 0), (0, 1, 0, 0, 0, 0)) == [
        "work overtime", "no longer strike",
    ]  # fmt: skip
    assert english.changes(port, (0, 0, 2, 0, 0, 0), (0, 0, 0, 0, 0, 0)) == ["pays the old wage"]


@pytest.mark.parametrize(
    ("label", "text", "many"),
    [
        ("United States", "the United States", False),
        ("The United States", "the United States", False),
        ("North Korea", "North Korea", False),
        ("Rail Operators' Group", "the Rail Operators' Group", False),
        ("European Union", "the European Union", False),
        ("EU", "the EU", False),
        ("NATO", "NATO", False),
        ("Netherlands", "the Netherlands", False),
        ("Government of Canada", "the Government of Canada", False),
        ("Local government", "the local government", False),
        ("Groups that support the export", "the groups that support the export", True),
        ("American opponents of the project", "the American opponents of the project", True),
        ("Environmentalists", "the environmentalists", True),
        ("Uniroyal Chemical", "Uniroyal Chemical", False),
        ("Opponent A", "Opponent A", False),
        ("Workers", "the workers", True),
        ("World Trade Organization", "the World Trade Organization", False),
        ("Road and Tram Drivers' Union", "the Road and Tram Drivers' Union", False),
    ],
)  # fmt: skip
def test_a_party_has_its_article_and_number(label: str, text: str, many: bool) -> None:
    name = name_of(Party("p", label))
    assert (name.text, name.many) == (text, many)


def test_the_case_overrides_the_guess() -> None:
    assert name_of(Party("p", "Greens", the=True, plural=True)).text == "the Greens"
    assert name_of(Party("p", "Greens", the=True, plural=True)).many
    assert name_of(Party("p", "Workers", the=False)).text == "Workers"


def test_a_label_that_cannot_be_said_is_told(english: English) -> None:
    told = [p.message for p in unsayable(english.case, lambda path: None)]
    assert len(told) == 1
    assert told[0].startswith(
        "'Fresh water' does not begin with a verb, so a sentence says 'the Town of Aldersea opts "
        "for fully in the matter of fresh water'; write what is done"
    )


def test_every_label_of_the_gallery_can_be_said() -> None:
    from detente import gallery

    for name in gallery.names():
        case = detente.load(name)
        assert not list(unsayable(case, lambda path: None)), name
        assert all(s.said for s in sayings(case))


def test_refusals_are_taken_back_at_once() -> None:
    text = CASE + "  - {party: port, refuses: port.police}\n"
    english = English(parse(text, file="case.yaml", name="harbour").case)
    own = [said for said in english.case.refusals if said.party == "port"]
    assert english.taking_all(own) == (
        "withdraws its refusals to pay double and to call the police"
    )
    assert english.taking_all(own[:1]) == "withdraws its refusal to pay double"
    assert english.taking_all(own[:1], "bare") == "withdraw its refusal to pay double"


def test_what_is_given_up_is_named_by_what_it_was(english: English) -> None:
    said = (*english.case.conditions, *english.case.refusals)
    assert [english.taking_back(one) for one in said] == [
        "drop their demand that the Port Authority pay double",
        "drops its demand that the dockers work overtime and not strike",
        "drops its condition that it mediate",
        "withdraws its refusal to pay double",
        "stop insisting on striking",
        "drops its objection to a riot",
    ]
    assert [english.words(one) for one in said[2:]] == [
        "the Town of Aldersea’s condition that it mediate",
        "the Port Authority’s refusal to pay double",
        "the dockers’ insistence on striking",
        "the Town of Aldersea’s objection to a riot",
    ]
