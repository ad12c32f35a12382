"""Whether a label that a person wrote and one of a draft are one deed."""

from __future__ import annotations

import pytest

from detente.drafting.likeness import likeness
from detente.drafting.matching import act_of
from detente.reading.lexicon import load

LIKE = likeness(load(None))

ONE = [
    ("Withdraw its troops from the valley", "Pull back the soldiers"),
    ("Reopen the port", "Open the port to all ships"),
    ("Pay a higher wage", "Pay the wages that are owed"),
    ("Lift the embargo", "Ease the embargo"),
]
CONTRARY = [
    ("Halt the filling of the reservoir", "Resume the filling"),
    ("Reopen the port", "Close the port"),
    ("Keep the camp at the ford", "Dismantle the camp"),
]
OTHERS = [
    ("Pay the night bonus", "Give back the second man"),
    ("Release the prisoners of the valley", "Leave the valley to the farmers"),
    ("Open the books to the auditors", "Dismiss the auditors"),
    ("Put the pond on the agenda", "Move the pond"),
    ("Discuss the decree", "Rescind the decree"),
    ("Give the licence back", "Review the licence"),
    ("Send all of them to the dam", "Blow up all of the dam"),
    ("Hold a vote before the autumn", "Publish the roster before the autumn"),
    ("Take the seats that are theirs", "Take the oath"),
]


@pytest.mark.parametrize(
    ("way", "a", "b"),
    [(way, *pair) for way, pairs in ((1, ONE), (-1, CONTRARY), (0, OTHERS)) for pair in pairs],
)
def test_one_deed_the_contrary_or_another(way, a, b):
    # judged by hand: what a reader of the two labels would say
    assert LIKE.alike(act_of(a), act_of(b)) == way
    assert LIKE.alike(act_of(b), act_of(a)) == way
