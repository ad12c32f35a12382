"""Risk and sweeps drawn: wide and narrow, with long and hostile labels."""

import xml.etree.ElementTree as ET

import pytest
from hard_to_draw import relabelled, several
from sheets import check

import detente
from detente.dossier import telling
from detente.dossier.answers import RiskFound
from detente.dossier.drawings.plate import plate_svg
from detente.dossier.sections.drawn.often import often
from detente.risk.uncertainty import Misstep

WIDTHS = (300, 340, 519, 520, 720, 1100)


@pytest.fixture(scope="module", params=["plain", "hostile"])
def risky(request):
    case = several() if request.param == "plain" else relabelled(several())
    found = detente.risk(case, what_if=["not union.strike or corland.host", "corland.aid"])
    told = telling.context(case, risk=RiskFound(found.settings, found.scenarios, found.ticks))
    return case, told


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["ticks", "missteps", "shares"])
def test_risk_is_whole_at_every_width(risky, name, width):
    _, told = risky
    check(telling.picture(name, told, width=width), width=width)


def test_a_sweep_is_whole_at_every_width(risky):
    case, _ = risky
    found = detente.sweep(case, [Misstep("ardan", 0.01, 0.2)], 5, workers=1)
    for width in WIDTHS:
        drawn = plate_svg(often(case, found.task, found.tally), width=width)
        check(drawn, width=width)


COLOURED = ("fill", "stroke", "color", "stop-color", "flood-color", "lighting-color")


def test_without_a_style_sheet_there_is_no_colour_of_its_own(risky):
    _, told = risky
    drawn = telling.picture("ticks", told, styled=False)
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
