"""Paths, risk and sweeps drawn: wide and narrow, with long and hostile labels."""

import xml.etree.ElementTree as ET
from fractions import Fraction

import pytest
from sheets import SVG, check, data
from stands import relabelled, several

import detente
from detente.dossier.drawings.path import path_drawing
from detente.dossier.drawings.risk import rates_svg, shares_svg, ticks_svg
from detente.dossier.drawings.sweep import sweep_svg
from detente.risk.uncertainty import Misstep

WIDTHS = (300, 340, 519, 520, 720, 1100)

LADDER = """
title: A long way
parties:
  a: {name: A, options: {up: {label: Climb, levels: [l0, l1, l2, l3, l4, l5, l6, l7, l8, l9]}}}
  b: {name: B, options: {see: See it}}
outcomes: {top: a.up = l9}
status_quo: []
preferences: {a: [top], b: [top]}
"""


def ladder():
    """Ten rungs, one step at a time."""
    from detente.case.files import parse

    text = LADDER.replace(
        "l9]}", "l9], changes: [" + ", ".join(f"[l{k}, l{k + 1}]" for k in range(9)) + "]}"
    )
    return parse(text, file="case.yaml", name="ladder").case


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    ("case", "target"),
    [
        (several(), "talks and velia.pledge"),
        (relabelled(several()), "talks and velia.pledge"),
        (detente.load("elmira"), "settled"),
        (ladder(), "top"),
        (several(), "velia.halt and corland.aid and corland.host"),
    ],
)
def test_a_path_is_whole_at_every_width(case, target, width):
    result = detente.path(case, target)
    root = check(path_drawing(result, width=width), width=width)
    steps = result.found.paths[0].steps if result.found.paths else ()
    assert data(root, "step") == [str(k) for k in range(1, len(steps) + 1)]
    assert [m.split() for m in data(root, "movers")] == [
        [case.party_names[m] for m in step.movers] for step in steps
    ]


@pytest.mark.parametrize("width", [300, 720])
def test_a_long_path_goes_on_below(width):
    result = detente.path(ladder(), "top")
    root = check(path_drawing(result, width=width))
    lanes = [g for g in root.iter(f"{SVG}g") if g.get("data-party") == "a"]
    assert len(lanes) == (2 if width == 300 else 1)
    told = [Fraction(x) for g in lanes for x in g.get("data-levels").split()]
    assert told[0] == 0
    assert told[-1] == 1
    assert len(told) == 10 + (len(lanes) - 1)  # the last of one strip begins the next


@pytest.fixture(scope="module", params=["plain", "hostile"])
def risky(request):
    case = several() if request.param == "plain" else relabelled(several())
    return case, detente.risk(case, what_if=["not union.strike or corland.host", "corland.aid"])


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("draw", [ticks_svg, rates_svg, shares_svg])
def test_risk_is_whole_at_every_width(risky, draw, width):
    case, found = risky
    root = check(draw(case, (found.base, *found.what_if), width=width), width=width)
    assert root.get("role") == "img"


@pytest.mark.parametrize("width", WIDTHS)
def test_a_sweep_is_whole_at_every_width(risky, width):
    case, _ = risky
    found = detente.sweep(case, [Misstep("ardan", 0.01, 0.2)], 5, workers=1)
    check(sweep_svg(case, found.task, found.tally, width=width), width=width)


COLOURED = ("fill", "stroke", "color", "stop-color", "flood-color", "lighting-color")


def test_without_a_style_sheet_there_is_no_colour_of_its_own(risky):
    case, found = risky
    drawn = ticks_svg(case, (found.base,), styled=False)
    assert "<style" not in drawn
    # Whatever an element says of itself, anywhere in the drawing: no colour by number or by name.
    root = ET.fromstring(drawn)
    said = [
        (element.tag, name, value)
        for element in root.iter()
        for name, value in element.attrib.items()
        if name in COLOURED or name == "style"
    ]
    assert [
        one for one in said if one[1] == "style" or one[2] not in ("none", "currentColor")
    ] == []
    assert [element.tag for element in root.iter() if element.tag.endswith("linearGradient")] == []
