"""Turns of speech, one sentence each: what a party does in it, to whom, or that nobody does.

The sentences are our own, written by families of construction and kind before the rules that read
them; what each says was decided by hand.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.reading.claims import KINDS
from detente.reading.ingest import report_of
from detente.reading.reader import read

CONTEXT = (
    "Kenya and Ethiopia have quarrelled over Lake Turkana since May. Kenya runs the ferries,"
    " Ethiopia the dam."
)
POSITIONS = frozenset(KINDS) - {"statement"}
ROWS = [
    tuple(line.split("|"))
    for line in Path(__file__).with_name("turns.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


def positions(rules, sentence):
    text = f"{CONTEXT}\n\n{sentence}\n"
    found = read(report_of(text.encode(), "r.txt", "r"), rules)
    return [c for c in found if c.kind in POSITIONS and c.content[0].start > len(CONTEXT)]


@pytest.mark.parametrize(("kind", "party", "target", "sentence"), ROWS, ids=lambda x: x[:40])
def test_a_turn_of_speech(rules, kind, party, target, sentence):
    found = positions(rules, sentence)
    told = [(c.kind, c.party, c.target, c.text) for c in found]
    if kind == "none":
        assert not found, told
    else:
        mine = [c for c in found if c.kind == kind and c.party == party]
        assert mine, told
        assert target == "-" or any(c.target == target for c in mine), told


def test_every_kind_is_tried():
    assert {row[0] for row in ROWS} == (POSITIONS - {"event"}) | {"none"}
    assert len(ROWS) > 200


@pytest.mark.parametrize(
    ("plain", "wrapped"),
    [
        ("Kenya will close the border.", "It is not true that Kenya will close the border."),
        ("Kenya closed the border.", "If Kenya closed the border, the market would collapse."),
        ("Kenya closed the border.", "Rumours that Kenya closed the border spread on Monday."),
        ("Kenya will pay the fees.", "Will Kenya pay the fees?"),
        ("Kenya rejected the plan.", "It is unclear whether Kenya rejected the plan."),
        ("Kenya demanded an apology.", "Nobody knows whether Kenya demanded an apology."),
    ],
)
def test_what_is_only_supposed_asked_or_denied_is_nobodys_position(rules, plain, wrapped):
    said = f"The Kenyan foreign minister said that {plain[0]}{plain[1:]}"
    assert positions(rules, said) or positions(rules, plain)
    assert not [c for c in positions(rules, wrapped) if c.party == "Kenya"]
