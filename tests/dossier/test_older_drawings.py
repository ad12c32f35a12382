"""Risk and sweeps drawn: wide and narrow, with long and hostile labels."""

import xml.etree.ElementTree as ET

import pytest
from hard_to_draw import relabelled, several
from sheets import check

import detente
from detente.dossier.drawings.risk import rates_svg, shares_svg, ticks_svg
from detente.dossier.drawings.sweep import sweep_svg
from detente.risk.uncertainty import Misstep

WIDTHS = (300, 340, 519, 520, 720, 1100)


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


def test_a_sweep_is_whole_at_every_width(risky):
    case, _ = risky
    found = detente.sweep(case, [Misstep("ardan", 0.01, 0.2)], 5, workers=1)
    for width in WIDTHS:
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
