"""Verb phrases in any form. Every expected form is that of a dictionary or of the issue's text."""

from __future__ import annotations

import pytest

from detente.english.deeds import deed, done_first

FORMS = [
    ("Fire on the South", "fires on the South", "firing on the South"),
    ("Sit down with North Korea", "sits down with North Korea", "sitting down with North Korea"),
    ("Do not swerve", "does not swerve", "not swerving"),
    ("Have its army leave", "has its army leave", "having its army leave"),
    ("Be ready to talk", "is ready to talk", "being ready to talk"),
    ("Go first", "goes first", "going first"),
    ("Withdraw its forces", "withdraws its forces", "withdrawing its forces"),
    ("Deny the charges", "denies the charges", "denying the charges"),
    ("Lie low", "lies low", "lying low"),
    ("Publicly accept the offer", "publicly accepts the offer", "publicly accepting the offer"),
    ("Apply the brake", "applies the brake", "applying the brake"),
    ("To free the hostages", "frees the hostages", "freeing the hostages"),
    ("Halts the tests", "halts the tests", "halting the tests"),
    ("Stop the tests and open the sites", "stops the tests and opens the sites",
     "stopping the tests and opening the sites"),
    ("Ban trade and travel", "bans trade and travel", "banning trade and travel"),
    ("Reimpose the tariff", "reimposes the tariff", "reimposing the tariff"),
    ("Maximum pressure by sanctions", "opts for maximum pressure by sanctions",
     "opting for maximum pressure by sanctions"),
    ("Travel ban", "opts for travel ban", "opting for travel ban"),
    ("Complete denuclearization", "opts for complete denuclearization",
     "opting for complete denuclearization"),
    ("Complete the dam", "completes the dam", "completing the dam"),
    ("American bases in the north", "opts for American bases in the north",
     "opting for American bases in the north"),
]  # fmt: skip


@pytest.mark.parametrize(("label", "third", "ing"), FORMS)
def test_a_label_is_said_in_the_third_person_and_in_ing(label: str, third: str, ing: str) -> None:
    assert (deed(label).say("is"), deed(label).say("ing")) == (third, ing)


@pytest.mark.parametrize(
    ("label", "to", "not_to", "denied", "many"),
    [
        ("Fire on the South", "to fire on the South", "not to fire on the South",
         "does not fire on the South", "do not fire on the South"),
        ("Do not swerve", "not to swerve", "to swerve", "swerves", "swerve"),
        ("Be ready to talk", "to be ready to talk", "not to be ready to talk",
         "is not ready to talk", "are not ready to talk"),
        ("Halt tests and open the sites", "to halt tests and open the sites",
         "not to halt tests or open the sites", "does not halt tests or open the sites",
         "do not halt tests or open the sites"),
    ],
)  # fmt: skip
def test_what_is_left_is_said(label: str, to: str, not_to: str, denied: str, many: str) -> None:
    phrase = deed(label)
    assert phrase.say("to") == to
    assert phrase.left.say("to") == not_to
    assert phrase.left.say("is") == denied
    assert deed(label, many=True).left.say("is") == many


def test_the_past_is_that_of_the_verb() -> None:
    assert deed("Strike first").say("past") == "struck first"
    assert deed("Stop the clock").say("past") == "stopped the clock"
    assert deed("Be ready", many=True).say("past") == "were ready"
    assert deed("Be ready").left.say("past") == "was not ready"
    assert deed("Choose a side").left.say("past") == "did not choose a side"


@pytest.mark.parametrize(
    ("label", "many"),
    [
        ("Withdraw its troops", "withdraw their troops"),
        ("Have its army leave its bases", "have their army leave their bases"),
        ("Declare itself neutral", "declare themselves neutral"),
        ("Leave the valley to its people", "leave the valley to its people"),
        ("Its own way", "opt for their own way"),
    ],
)
def test_what_is_its_is_theirs_where_several_do_it(label: str, many: str) -> None:
    assert deed(label, many=True).say() == many


def test_what_is_left_comes_last() -> None:
    # "they do not sign, pay and talk" would be read as doing none of the three.
    told = ["do not sign", "pay", "no longer strike", "talk", "note the date"]
    assert done_first(told) == ["pay", "talk", "note the date", "do not sign", "no longer strike"]


def test_a_label_without_a_verb_is_known_for_one() -> None:
    assert deed("Fire on the South").known
    assert not deed("Missile defence in the region").known


def test_denying_twice_changes_nothing() -> None:
    for label, _, _ in FORMS:
        assert deed(label).left.left == deed(label)
