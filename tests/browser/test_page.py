"""A dossier at three widths, light and dark: quiet, legible, in order, and nothing cut off."""

from __future__ import annotations

import base64
import os
from pathlib import Path

import pytest

from browser.conftest import EACH
from browser.machine import PICTURE, faults, tool

LOOKS = ("overflow", "smallText", "squeezed", "collisions", "drawings", "contrast")
ORDER = ("pictures", "headings", "tables", "landmarks")
TALLEST = 12_000
"""Pixels of a page that are taken as one picture; what is below is looked at by the checks."""


def open_details(page) -> None:
    """Open what most readers skip, so that it is looked at too."""
    page.evaluate("() => document.querySelectorAll('details').forEach((d) => { d.open = true; })")


def shot(page, file: Path) -> bytes:
    """A picture of a page, as far down as is looked at."""
    height = min(TALLEST, page.evaluate("document.documentElement.scrollHeight"))
    clip = {"x": 0, "y": 0, "width": page.viewport_size["width"], "height": height}
    return page.screenshot(path=file, clip=clip, full_page=True)


def picture(page, name: str, folder: Path) -> dict:
    """Take a picture, keep it, and say what its pixels show."""
    taken = b""
    for patience in (2, 1, 0):  # a busy machine's Chromium now and then cannot take one at once
        try:
            taken = shot(page, folder / f"{name}.png")
            break
        except Exception as error:
            if not patience or "Unable to capture" not in str(error):
                raise
    blank = page.context.new_page()
    seen = blank.evaluate(PICTURE, "data:image/png;base64," + base64.b64encode(taken).decode())
    blank.close()
    return seen


@pytest.fixture
def folder(tmp_path):
    """Where pictures go: a temporary folder, or one that is kept."""
    kept = os.environ.get("DETENTE_SCREENSHOTS")
    where = Path(kept) if kept else tmp_path
    where.mkdir(parents=True, exist_ok=True)
    return where


@pytest.mark.parametrize("scheme", tool.SCHEMES)
@pytest.mark.parametrize("width", tool.WIDTHS)
@pytest.mark.parametrize("case", EACH)
def test_a_page_can_be_shown_to_a_stranger(visit, folder, case, width, scheme):
    with visit(case, width=width, scheme=scheme) as page:
        seen = picture(page, f"{case}-{width}-{scheme}", folder)
        open_details(page)
        assert faults(page, *LOOKS, *ORDER) == {}
    assert seen["width"] == width
    light = sum(seen["paper"]) / 3
    assert light < 40 if scheme == "dark" else light > 235
    assert 0.01 < seen["ink"] < 0.6
    assert seen["colours"] > 50
    assert seen["gap"] < 400
    assert seen["edge"] < 0.05


@pytest.mark.parametrize("case", EACH)
def test_a_small_phone_serves_too(visit, case):
    with visit(case, width=360) as page:
        open_details(page)
        assert faults(page, *LOOKS) == {}


@pytest.mark.parametrize("case", EACH)
def test_a_phone_can_be_touched(visit, case):
    with visit(case, width=390) as page:
        open_details(page)
        assert faults(page, "targets") == {}


@pytest.mark.parametrize("case", EACH)
def test_less_motion_is_respected(visit, case):
    with visit(case, still=True) as page:
        assert faults(page, "motion") == {}
