"""How the workbench looks and is reached: contrast, room, notes that do not overlap, hostile words.

Each width is a device: a desk, the same at 200 % zoom, a tablet, a phone.
"""

from __future__ import annotations

import itertools
import re

import pytest

from browser import cases
from browser.bench import KOREA, picture, visited
from browser.machine import CHECKS
from marked import few

KINDS = ("demand", "offer")
WIDTHS = {"desk": (1280, 860), "zoomed": (640, 430), "tablet": (768, 1024), "phone": (390, 800)}
VIEWS = {"desk": [""], "tablet": ["reports", "model"]}
EVERY = ["reports", "model", "answers"]

pytest.importorskip("starlette")


@pytest.fixture(scope="module")
def server(server):
    """The workbench over a folder with a hostile case in it."""
    cases.write_hostile(server.home / "hostile")
    return server


def told(page, *names):
    """What checks find wrong in what people see; panes may be longer than the window."""
    page.evaluate(CHECKS)
    page.evaluate("() => document.querySelectorAll('.vh').forEach((e) => e.remove())")
    found = [fault for name in names for fault in page.evaluate(f"() => checks.{name}()")]
    scrolls = re.compile(r"cut below: (div\S*\.sc|span\.g|section#review|p#rev-words|b|ul#found)\b")
    ends = re.compile(r"(too wide for its box, \d+ in \d+|words cut|cut below): (h1|p#sum)\b")
    return [fault for fault in found if not scrolls.match(fault) and not ends.match(fault)]


def answered(page):
    page.locator("#status", has_text="answered in").wait_for(state="attached")


@pytest.mark.parametrize("scheme", few(["light", "dark"], "light"))
@pytest.mark.parametrize("device", few(WIDTHS, "desk", "phone"))
def test_everything_can_be_read(chromium, server, device, scheme):
    width, height = WIDTHS[device]
    with visited(chromium, server, KOREA, width=width, height=height, scheme=scheme) as (page, _):
        answered(page)
        for view in VIEWS.get(device, EVERY):
            if view:
                page.locator(f".tabs [data-view={view}]").click()
            picture(page, f"{device}-{scheme}-{view or 'all'}")
            assert told(page, "contrast", "overflow", "smallText", "squeezed", "headings") == []


@pytest.mark.slow
@pytest.mark.parametrize("scheme", few(["light", "dark"], "dark"))
def test_the_start_and_the_forms_can_be_read(chromium, server, expect, scheme):
    with visited(chromium, server, "/start", width=390, scheme=scheme) as (page, _):
        assert told(page, "contrast", "overflow", "smallText") == []
        page.locator('[data-form="paste"]').click()
        expect(page.locator("#dialog")).to_be_visible()
        assert told(page, "contrast", "overflow") == []
    with visited(chromium, server, KOREA, scheme=scheme) as (page, _):
        for way in ("conditions/1", "preferences/usa/0"):
            page.locator(f'[id="{way}"] .words').click()
            expect(page.locator("#dialog")).to_be_visible()
            assert page.evaluate(CHECKS) is None
            assert page.evaluate("() => checks.contrast(document.querySelector('dialog'))") == []
            page.keyboard.press("Escape")
        page.locator("header #whatif").click()
        expect(page.locator("#what-if tbody tr").first).to_be_attached()
        page.evaluate(CHECKS)
        assert page.evaluate("() => checks.contrast(document.querySelector('#what-if'))") == []


NOTES = """() => [...document.querySelectorAll('mark[data-said]')].flatMap((mark) => {
  const look = getComputedStyle(mark, '::before'), at = mark.getClientRects()[0].top;
  const top = at + parseFloat(look.marginTop);
  if (look.display === 'none') return [];
  return [[top, top + parseFloat(look.height), at, look.position, mark.dataset.said]];
})"""


def test_notes_in_the_margin_do_not_overlap(chromium, server):
    """Where sentences are short and names long, a note makes room for the one before it."""
    home = server.home / "dense"
    (home / "reports").mkdir(parents=True)
    text = "".join(f"We want {n}. " for n in range(40))
    (home / "reports" / "short.txt").write_text(text)
    name = "The Federation of Allied Lighthouse Keepers and Pilots"
    (home / "case.yaml").write_text(
        f"title: Dense\nparties: {{one: {{name: {name}, options: {{x: X}}}}}}\n"
    )
    from detente.reading import judged
    from detente.reading.paragraphs import Span

    rows = ""
    for n in range(40):
        at = text.index(f"We want {n}.")
        span = Span(at, at + len(f"We want {n}"))
        claim = judged.claim_by_hand("short", text, span, KINDS[n // 20], "one", rows)
        rows = judged.added(rows, claim)
    (home / "claims.jsonl").write_text(rows)
    with visited(chromium, server, "/case/dense") as (page, heard):
        page.locator("mark[data-said]").first.wait_for()
        page.wait_for_function(f"() => ({NOTES})().length < 40")
        notes = page.evaluate(NOTES)
        picture(page, "notes")
        assert heard.all() == []
    assert len(notes) > 3
    assert len({said for *_, said in notes}) == 2
    assert {position for *_, position, _ in notes} == {"absolute"}
    pairs = list(itertools.pairwise(notes))
    assert all(one[1] < other[0] for one, other in pairs)
    assert all(other[2] - one[2] >= 90 for one, other in pairs if one[4] == other[4])
    assert max(end - start for start, end, *_ in notes) <= 90


PLACES = """() => ['#reports .sc', '#model .sc', '#qs', 'footer.keys'].map((css) => {
  const box = document.querySelector(css).getBoundingClientRect();
  return [box.left, box.top, box.width].map(Math.round);
})"""


def test_nothing_moves_while_answers_come_and_messages_are_told(chromium, server, expect):
    with visited(chromium, server, KOREA) as (page, _):
        page.locator(".party-card").first.wait_for()
        before = page.evaluate(PLACES)
        answered(page)
        assert page.evaluate(PLACES) == before
        page.locator("#option-usa-talk .lv button").nth(1).click()
        expect(page.locator("#undo")).to_contain_text("today")
        assert page.evaluate(PLACES) == before
        page.locator('[id="conditions/1"] .words').hover()
        assert page.evaluate(PLACES) == before
        page.locator("#undo").click()
        answered(page)
        assert page.evaluate(PLACES) == before


OPENED = "(all) => all.forEach((button) => button.click())"

LINKS = """() => [...document.querySelectorAll('[href], [src], [action]')]
  .map((e) => e.getAttribute('href') || e.getAttribute('src') || e.getAttribute('action'))"""


@pytest.mark.parametrize("device", few(WIDTHS, "phone"))
def test_hostile_words_are_words_and_leave_room_for_the_rest(chromium, server, expect, device):
    width, height = WIDTHS[device]
    with visited(chromium, server, "/case/hostile", width=width, height=height) as (page, heard):
        answered(page)
        for view in VIEWS.get(device, EVERY):
            if view:
                page.locator(f".tabs [data-view={view}]").click()
            picture(page, f"hostile-{device}-{view or 'all'}")
        if device == "desk":
            page.locator(".q h3 > button").evaluate_all(OPENED)
            expect(page.locator("#q-q1 .dr")).to_contain_text("<script>")
            page.locator('[data-form="party"]').first.click()
            expect(page.locator("#dialog")).to_be_visible()
            page.keyboard.press("Escape")
            page.locator("#search").fill("script")
            expect(page.locator("#found button").first).to_be_visible()
        out = [link for link in page.evaluate(LINKS) if not re.match(r"[/#]|data:,$", link)]
        assert out == []
        assert page.evaluate("() => window.hit") is None
        assert page.evaluate("() => document.querySelectorAll('main img, main script').length") == 0
        assert heard.all() == []
        assert told(page, "overflow", "contrast") == []


def test_links_of_the_page_lead_nowhere_else(chromium, server):
    """Nothing on any page asks, or leads to, another machine."""
    for path in ("/start", KOREA):
        with visited(chromium, server, path) as (page, heard):
            if path == KOREA:
                answered(page)
                page.locator(".q h3 > button").evaluate_all(OPENED)
                page.locator("#q-q11 .dr .method, #q-q11 .dr p").first.wait_for(state="attached")
            out = [link for link in page.evaluate(LINKS) if not re.match(r"[/#]|data:,$", link)]
            assert out == []
            assert heard.all() == []
