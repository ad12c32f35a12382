"""The dossier of every built-in case: valid, self-contained, and every figure from a result."""

from __future__ import annotations

import re
from dataclasses import fields

import pages
import pytest

from detente.dossier.answers import Answers
from detente.dossier.page.blocks import Items, Para, Table
from detente.dossier.sections import SECTIONS
from detente.dossier.sections import page as page_of
from detente.questions.brief import STEPS

ALL = pages.EACH
QUESTIONS = [f"q{k}" for k in range(1, 12)]


@pytest.mark.parametrize("name", ALL)
def test_it_is_valid_html_with_every_tag_closed(name):
    page = pages.html(name)
    _, errors = pages.tree(page)
    assert errors == []
    found = pages.read(page)
    assert found.wrong == []
    assert found.open == []


@pytest.mark.parametrize("name", ALL)
def test_ids_are_unique_and_links_resolve(name):
    found = pages.read(pages.html(name))
    assert len(found.ids) == len(set(found.ids)), sorted(
        i for i in found.ids if found.ids.count(i) > 1
    )
    known = set(found.ids)
    for tag, attribute, value in found.attributes:
        if attribute in ("href", "xlink:href") and value.startswith("#"):
            assert value[1:] in known, (tag, value)
        if attribute in ("aria-labelledby", "aria-describedby", "for"):
            assert set(value.split()) <= known, (tag, value)


@pytest.mark.parametrize("name", ALL)
def test_nothing_is_fetched(name):
    page = pages.html(name)
    for tag, attribute, value in pages.read(page).attributes:
        if attribute in ("src", "href", "xlink:href", "srcset", "action", "poster", "data"):
            assert value.startswith(("#", "data:")), (tag, attribute, value)
        if attribute == "style" or attribute in ("fill", "stroke", "marker-end", "filter", "mask"):
            assert all(u.startswith("#") for u in re.findall(r"url\(['\"]?([^)'\"]*)", value))
    for style in re.findall(r"<style[^>]*>(.*?)</style>", page, re.DOTALL):
        assert "@import" not in style
        assert all(
            u.startswith(("#", "data:")) for u in re.findall(r"url\(['\"]?([^)'\"]*)", style)
        )
    scripts = re.findall(r"<script[^>]*>(.*?)</script>", page, re.DOTALL)
    assert not any(re.search(r"fetch|XMLHttp|import\(|WebSocket|https?:", s) for s in scripts)


@pytest.mark.parametrize("name", ALL)
def test_every_figure_is_that_of_its_result(name):
    root, _ = pages.tree(pages.html(name))
    figures = list(root.iter("data"))
    assert figures
    for mark in figures:
        assert mark.get("data-from"), f"a figure from nowhere: {mark.text}"
        found = pages.at(pages.document(name), mark.get("data-from"))
        assert not isinstance(found, bool)
        assert float(mark.get("value")) == found, mark.get("data-from")
        assert _agrees(mark.text, found), (mark.text, found)


LETTERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
"""Numbers as running text has them, from nothing on."""


def _agrees(shown: str, value: float) -> bool:
    """Whether a shown figure is the value, rounded as far as its digits go."""
    if not re.search(r"\d", shown):
        if shown.lower() in LETTERS:
            return LETTERS.index(shown.lower()) == value
        return (shown.lower(), value) in {("never", 0), ("none", 0), ("nothing", 0), ("best", 1)}
    text = shown.replace(",", "").replace("%", "").replace("\u2212", "-").strip()
    if match := re.fullmatch(r"about (\d+) in (100|1000)", text):
        return abs(int(match[1]) - value * int(match[2])) <= 0.5001
    if shown == "less than 1 in 1,000":
        return 0 <= value < 0.0005
    if shown == "more than 99 in 100":
        return 0.995 < value <= 1
    if shown.startswith("less than"):
        return 0 < value < 0.01
    if shown.startswith("above"):
        return 0.999 < value < 1
    if match := re.fullmatch(r"(\d+)(st|nd|rd|th)( best)?", text):
        return int(match[1]) == value
    percent = 100 if "%" in shown else 1
    mantissa, _, exponent = text.partition("e")
    unit = 10.0 ** (int(exponent or 0) - len(mantissa.partition(".")[2]))
    return abs(float(text) - value * percent) <= 0.5001 * unit


@pytest.mark.parametrize(
    ("shown", "value", "right"),
    [
        ("1,200", 1200, True),
        ("1,201", 1200, False),
        ("48.8 %", 0.4876, True),
        ("48.9 %", 0.4876, False),
        ("7th best", 7, True),
        ("6th best", 7, False),
        ("less than 1%", 0.005, True),
        ("less than 1%", 0.02, False),
        ("about 6 in 100", 0.064, True),
        ("about 7 in 100", 0.064, False),
        ("about 3 in 1,000", 0.0034, True),
        ("never", 0, True),
        ("never", 2, False),
    ],
)
def test_the_comparison_of_figures_can_fail(shown, value, right):
    assert _agrees(shown, value) is right


@pytest.mark.parametrize("name", ALL)
def test_no_sentence_holds_a_figure_without_its_origin(name):
    root, _ = pages.tree(pages.html(name))
    known = pages.words_of_the_case(pages.dossier(name))
    stray = [
        text
        for text in pages.sentences(root.find("body"))
        if re.search(r"\d", pages.without(text, known))
    ]
    assert stray == []


def test_the_search_for_stray_figures_can_fail():
    root, _ = pages.tree("<!doctype html><title>x</title><p>In <b>3</b> steps, <q>5</q>.</p>")
    assert [t for t in pages.sentences(root.find("body")) if "3" in t and "5" not in t]
    assert pages.without("about Elmira 12 and 12 more", ["Elmira 12"]).split() == [
        "about", "and", "12", "more",
    ]  # fmt: skip


def test_every_answer_that_is_waited_for_is_told_in_a_section():
    assert {entry.answer for entry in SECTIONS} == set(STEPS)
    assert set(STEPS) <= {field.name for field in fields(Answers)}


@pytest.mark.parametrize("name", ALL)
def test_every_question_is_answered_in_its_first_sentence(name):
    page = page_of(pages.dossier(name))
    assert [s.id for s in page.sections] == ["about", *QUESTIONS]
    assert [entry.id for entry in SECTIONS] == ["about", *QUESTIONS]
    for section in page.sections:
        first = section.blocks[0]
        assert isinstance(first, Para)
        assert first.kind == "answer"
        assert pages_text(first).strip()
        for block in section.blocks:
            if isinstance(block, Table):
                assert all(len(row) == len(block.head) for row in block.rows)
            if isinstance(block, Items):
                assert block.items


def pages_text(para: Para) -> str:
    return "".join(p if isinstance(p, str) else p.text for p in para.text)


def test_what_is_said_rests_on_its_words():
    page = pages.html("dam")
    root, _ = pages.tree(page)
    section = next(s for s in root.iter("section") if s.get("id") == "q4")
    quotes = {"".join(q.itertext()) for q in section.iter("q")}
    assert quotes == {
        "The gates open first",
        "the gates stay as they are",
        "not while a single lorry is stopped",
    }
    marks = {m.get("id"): "".join(m.itertext()) for m in root.iter("mark") if m.get("id")}
    cites = [a.get("href")[1:] for a in section.iter("a") if a.get("class") == "cite"]
    assert {marks[c] for c in cites} == quotes


@pytest.mark.parametrize("name", ALL)
def test_the_summary_fits_a_terminal(name):
    lines = str(pages.dossier(name)).splitlines()
    assert len(lines) <= 40
    assert all(len(line) <= 80 for line in lines)
    assert not any(re.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", x) for x in lines)
