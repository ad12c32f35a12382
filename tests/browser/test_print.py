"""A dossier on paper: A4, every question there, nothing cut at the edge, nothing folded away."""

from __future__ import annotations

import io
import re
import unicodedata

import pytest

from browser.conftest import CASES, EACH
from browser.machine import faults, tool
from marked import few

A4 = (595.28, 841.89)
"""Points."""

MARGIN = 16 / 25.4 * 72
"""Points, as the page's style asks."""

INSIDE = round((210 - 2 * 16) / 25.4 * 96)
"""CSS pixels between the margins."""


def letters(text: str) -> str:
    """Text without white space and ligatures, which a PDF sets at will."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


@pytest.fixture
def printed(visit):
    """A function from a case's name to its pages and what the page on the screen says."""
    pypdf = pytest.importorskip("pypdf")

    def made(case: str):
        with visit(case) as page:
            said = page.evaluate(
                """() => {
                  const open = (e) => !e.closest('details');
                  const told = (s) =>
                    [...document.querySelectorAll(s)].filter(open).map((e) => e.textContent);
                  return { titles: told('h1, main section:not(#model, #computed, #reports) > h2'),
                    captions: told('figcaption, caption'),
                    foot: told('.foot p'), about: told('#about h2') };
                }"""
            )
            return pypdf.PdfReader(io.BytesIO(tool.print_a4(page))), said

    return made


@pytest.mark.parametrize("case", few(CASES, "dam", "korea-2018"))
def test_a_dossier_prints_on_a4(printed, case):
    pdf, said = printed(case)
    assert len(pdf.pages) > 0
    for sheet in pdf.pages:
        assert (float(sheet.mediabox.width), float(sheet.mediabox.height)) == pytest.approx(
            A4, abs=1
        )
    text = letters("".join(sheet.extract_text() for sheet in pdf.pages))
    assert len(said["titles"]) > 3
    for kind in ("titles", "captions"):  # what is folded is printed with --full alone
        missing = [told for told in said[kind] if letters(told)[:60] not in text]
        assert missing == [], kind


def test_the_answer_fits_the_first_sheet_and_all_fits_twelve(printed):
    pdf, said = printed("korea-2018")
    assert len(pdf.pages) <= 12
    first, *rest = (letters(sheet.extract_text()) for sheet in pdf.pages)
    assert said["foot"]
    assert all(letters(told) in first for told in said["foot"])
    (after,) = map(letters, said["about"])
    assert after not in first
    assert after in "".join(rest)


@pytest.mark.parametrize("case", EACH)
def test_no_sheet_is_blank_and_nothing_stands_in_the_margin(printed, case):
    pdf, _ = printed(case)
    for number, sheet in enumerate(pdf.pages, 1):
        starts = []

        def note(text, user, placed, font, size, starts=starts):
            if text.strip():
                starts.append(placed[4] * user[0] + user[4])

        text = sheet.extract_text(visitor_text=note)
        assert text.strip(), f"sheet {number} is blank"
        assert min(starts) >= MARGIN - 2, f"sheet {number}"
        assert max(starts) <= A4[0] - MARGIN, f"sheet {number}"


@pytest.mark.parametrize("scheme", tool.SCHEMES)
@pytest.mark.parametrize("case", EACH)
def test_what_is_printed_fits_and_is_black_on_white(visit, case, scheme):
    with visit(case, width=INSIDE, scheme=scheme) as page:
        page.emulate_media(media="print")
        assert faults(page, "overflow", "squeezed", "collisions", "drawings", "contrast") == {}
        paper, ink = (
            page.evaluate(f"() => getComputedStyle(document.body).{name}")
            for name in ("backgroundColor", "color")
        )
        assert paper == "rgb(255, 255, 255)"
        assert max(map(int, re.findall(r"\d+", ink))) < 40
        assert not page.locator(".skip").is_visible()


@pytest.mark.parametrize("case", few(CASES, "hostile"))
def test_every_sheet_has_its_number_and_says_where_it_is_a_draft(printed, case):
    pdf, _ = printed(case)
    sheets = [letters(sheet.extract_text()) for sheet in pdf.pages]
    for number, text in enumerate(sheets, start=1):
        assert f"{number}/{len(sheets)}" in text
        assert ("Draft,madebyaprogram" in text) is (case == "hostile")
