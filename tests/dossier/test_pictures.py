"""The pictures in the documentation are what the program draws now."""

from __future__ import annotations

from pathlib import Path

import detente
from detente.dossier import telling

IMAGES = Path(__file__).parents[2] / "docs" / "images"


def test_the_knots_of_the_front_page():
    found = detente.deadlock(detente.load("korea-2018"))
    picture = (IMAGES / "korea-2018-knots.svg").read_text("utf-8")
    told = telling.context(found.case, found.target, deadlock=found)
    assert picture == telling.picture("knots", told) + "\n"
