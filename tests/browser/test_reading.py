"""Reading a dossier: citations open, the keyboard reaches them, and nothing needs a script."""

from __future__ import annotations

import pytest

from browser.conftest import CASES, EACH
from browser.machine import CHECKS, faults, tool
from marked import few

CITING = few([case for case in CASES if case != "elmira"], "dam")  # elmira has no reports

ACTIVE = "() => document.activeElement"
IN_DIALOG = "() => document.activeElement.closest('dialog') !== null"
# The paragraphs of the open passage: what is marked in each.
MARKED = """() => [...document.querySelectorAll('dialog p')]
  .map((p) => [...p.querySelectorAll('mark')].map((m) => m.textContent).join(''))
  .filter(Boolean).join(' ')"""
SHOWN = """() => {
  const box = document.querySelector(':target').getBoundingClientRect();
  return [box.top, box.bottom, innerHeight];
}"""
MAX_TABS = 400


def plain(text: str) -> str:
    """Text with single spaces."""
    return " ".join(text.split())


def first_cite(page):
    """The first citation beside a quotation."""
    return page.locator(".quote a.cite").first


def quoted(page) -> str:
    """The words beside the first citation."""
    return plain(page.locator(".quote:has(a.cite) q").first.text_content())


@pytest.mark.parametrize("case", CITING)
def test_a_click_on_a_citation_shows_its_words(visit, case):
    with visit(case) as page:
        dialog = page.locator("dialog")
        assert not dialog.is_visible()
        first_cite(page).click()
        assert dialog.is_visible()
        assert plain(page.evaluate(MARKED)) == quoted(page)
        dialog.get_by_role("button").click()
        assert not dialog.is_visible()


@pytest.mark.parametrize("case", CITING)
def test_every_citation_shows_its_words(visit, case):
    with visit(case) as page:
        page.evaluate("() => document.querySelectorAll('details').forEach((d) => d.open = true)")
        assert page.locator("a.cite").count() > 1
        assert faults(page, "citations") == {}


@pytest.mark.parametrize("scheme", tool.SCHEMES)
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("case", CITING)
def test_an_open_passage_is_legible(visit, case, width, scheme):
    with visit(case, width=width, scheme=scheme) as page:
        first_cite(page).click()
        page.evaluate(CHECKS)
        assert page.evaluate("() => checks.contrast(document.querySelector('dialog'))") == []
        box = page.locator("dialog").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= tool.HEIGHT
        mark = page.locator("dialog mark").first
        assert mark.evaluate("(m) => getComputedStyle(m).backgroundColor") != "rgba(0, 0, 0, 0)"


def test_a_passage_leads_to_its_report(visit):
    with visit("dam") as page:
        first_cite(page).click()
        passage = page.locator("#passage-link").get_attribute("href")
        page.locator("#passage-link").click()
        assert not page.locator("dialog").is_visible()
        assert page.evaluate("() => location.hash") == passage


@pytest.mark.parametrize("case", CITING)
def test_the_keyboard_opens_and_closes_a_passage(visit, case):
    with visit(case, still=True) as page:
        for _ in range(MAX_TABS):
            page.keyboard.press("Tab")
            if page.evaluate("() => document.activeElement.matches('a.cite')"):
                break
        else:
            pytest.fail(f"{MAX_TABS} presses of Tab reach no citation")
        style = page.evaluate(
            "() => { const s = getComputedStyle(document.activeElement);"
            " return [s.outlineStyle, parseFloat(s.outlineWidth)]; }"
        )
        assert style[0] != "none"
        assert style[1] >= 2
        cite = page.evaluate_handle(ACTIVE)
        top = page.evaluate("() => scrollY")
        page.keyboard.press("Enter")
        assert page.locator("dialog").is_visible()
        assert page.evaluate(IN_DIALOG)
        page.keyboard.press("Escape")
        assert not page.locator("dialog").is_visible()
        assert page.evaluate("(cite) => document.activeElement === cite", cite)
        assert page.evaluate("() => scrollY") == top


@pytest.mark.parametrize("case", EACH)
def test_the_keyboard_skips_the_table_of_contents(visit, case):
    with visit(case, still=True) as page:
        page.keyboard.press("Tab")
        skip = page.locator(".skip")
        assert skip.evaluate("(e) => e === document.activeElement")
        box = skip.bounding_box()
        assert box["x"] >= 0
        assert box["y"] >= 0
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        where = page.evaluate("() => document.activeElement.closest('main') !== null")
        assert where or page.locator("main :is(a, summary, button)").count() == 0


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("case", CITING)
def test_a_citation_leads_to_its_passage_without_a_script(visit, case, width):
    with visit(case, width=width, script=False, still=True) as page:
        words = quoted(page)
        first_cite(page).click()
        assert not page.locator("dialog").is_visible()
        target = page.locator("mark:target, :target + mark").first
        assert words.startswith(plain(target.text_content())[:40])
        box = target.bounding_box()
        banner = page.locator(".draft-banner")
        covered = banner.bounding_box()["height"] if banner.count() else 0
        assert box["y"] >= covered - 1
        assert box["y"] < tool.HEIGHT
        assert target.evaluate("(m) => getComputedStyle(m).outlineStyle") != "none"


NAMED = {"img", "image", "figure", "link", "button", "heading", "table", "dialog", "region"}
NAMED |= {"navigation", "columnheader", "rowheader", "DisclosureTriangle", "graphics-document"}


def announced(page) -> list[tuple[str, str]]:
    """What a screen reader is told: every role with its name."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    return [
        (node["role"]["value"], plain(str(node.get("name", {}).get("value", ""))))
        for node in nodes
        if not node.get("ignored")
    ]


@pytest.mark.parametrize("case", EACH)
def test_a_screen_reader_is_told_the_same_on_a_phone(visit, case):
    told = {}
    for width in (1280, 390):
        with visit(case, width=width) as page:
            page.evaluate("() => document.querySelectorAll('details').forEach(d => d.open = true)")
            told[width] = announced(page)
            tables = page.locator("main table").count()
            headings = page.locator("main h2").count()
        names = [role for role, name in told[width] if role in NAMED and not name]
        assert names == []
        roles = [role for role, _ in told[width]]
        assert roles.count("main") == 1
        assert roles.count("navigation") == 1
        assert roles.count("banner") == 1
        assert roles.count("region") >= headings
        assert tables == page_tables(told[width])
    heads = {w: sorted(n for r, n in t if r == "columnheader") for w, t in told.items()}
    assert heads[1280] == heads[390]


def page_tables(told: list[tuple[str, str]]) -> int:
    """How many tables are announced."""
    return sum(role == "table" for role, _ in told)


def test_words_in_a_report_stay_words(visit):
    with visit("hostile") as page:
        assert page.evaluate("() => window.hit") is None
        assert page.locator("main img, main link, main script, main style:not(svg *)").count() == 0
        text = page.locator("#reports").text_content()
        assert "<script>window.hit=1" in text
        assert "\u202e" not in page.content()
