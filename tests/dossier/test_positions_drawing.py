"""Positions drawn: whatever a party said or wants is in its cell, and nothing else."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sheets import SVG, check, words
from stands import nine, relabelled, several

from detente.case.files import parse
from detente.dossier.drawings.positions import positions_drawing
from detente.wayout.positions import positions
from wayout.random_cases import cases

WEIGHED = """
title: Weighed
parties:
  a: {name: A, options: {x: X, y: Y, z: {label: Z, levels: [none, some, all]}}}
  b: {name: B, options: {w: W}}
preferences:
  a:
    weights: {a.x: 2, a.y: -5, a.z = some: 1, b.w: 0}
  b:
    ranking: [[a.x], [not a.x]]
conditions: [{party: b, option: b.w, needs: a.z = none or a.z = some, firmness: 7}]
refusals: [{party: b, refuses: a.x, firmness: 3}]
"""


def cells(root):
    """(option, party) to the cell's other facts."""
    found = {}
    for row in root.iter(f"{SVG}g"):
        if row.get("data-option"):
            for cell in row.iter(f"{SVG}g"):
                if cell.get("data-way"):
                    key = (row.get("data-option"), cell.get("data-party"))
                    assert key not in found
                    found[key] = tuple(cell.get(f"data-{k}") for k in ("way", "voice", "said"))
    return found


def test_by_hand():
    case = parse(WEIGHED, file="case.yaml", name="weighed").case
    told = [(p.party, p.axis, sorted(p.levels), p.voice, p.said, p.weight) for p in positions(case)]
    assert told == [
        (0, 1, [0], "wants", "", 1),
        (0, 0, [1], "wants", "", 2),
        (0, 2, [1], "wants", "", 3),
        (1, 2, [0], "requires", "c1", 7),
        (1, 2, [1], "requires", "c1", 7),
        (1, 0, [0], "refuses", "r1", 3),
    ]
    root = check(positions_drawing(case))
    assert cells(root) == {
        ("a.x", "a"): ("up", "wants", None),
        ("a.y", "a"): ("down", "wants", None),
        ("a.z", "a"): ("up", "wants", None),
        ("a.z", "b"): ("both", "aloud", "c1"),
        ("a.x", "b"): ("down", "aloud", "r1"),
    }
    assert "7" in words(root).split()


@pytest.mark.parametrize("width", [300, 340, 519, 520, 720, 1100])
@pytest.mark.parametrize("case", [several(), nine(), relabelled(several()), relabelled(nine())])
def test_nothing_is_cut_off_or_stands_on_anything_else(case, width):
    check(positions_drawing(case, width=width), width=width)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(cases(parties=(1, 4), options=(1, 4)), st.sampled_from([340, 720]))
def test_any_case_can_be_drawn(case, width):
    root = check(positions_drawing(case, width=width), width=width)
    wanted = {(case.option_names[p.axis], case.party_names[p.party]) for p in positions(case)}
    assert set(cells(root)) == wanted
    aloud = {
        (case.option_names[p.axis], case.party_names[p.party]) for p in positions(case) if p.said
    }
    assert {key for key, (_, voice, _) in cells(root).items() if voice == "aloud"} == aloud


def test_a_mark_leads_to_its_source():
    root = check(positions_drawing(several(), link=lambda name: f"#{name}"), hrefs=SOURCES)
    assert {a.get("href") for a in root.iter(f"{SVG}a")} <= SOURCES
    assert list(root.iter(f"{SVG}a"))


SOURCES = {f"#{kind}{k}" for kind in "cr" for k in range(1, 9)}
