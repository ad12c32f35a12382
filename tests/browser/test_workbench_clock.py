"""How quick the workbench is; run by ``make bench``, on a machine that does nothing else."""

from __future__ import annotations

import time

import pytest

from browser.bench import Server, visited
from detente.reading import judged
from detente.reading.paragraphs import Span

pytest.importorskip("starlette")
pytestmark = pytest.mark.clock

SEEN = 0.100
"""Seconds until an edit is seen."""

SOON, LATER = 2.0, 5.0
"""Seconds until answers of a case of Korea's size are there: most of them; all of them."""

QUICK = ("q3", "q4", "q5", "q6", "q10", "q11")

FRAME = 50.0
"""Milliseconds that no frame may take while 200 claims and 256 states scroll for ten seconds."""

SENTENCE = "Side {n} said on Monday that it would not give way before the others do so, too. "

OPTIONS = "\n".join(f"      o{k}: Do the thing of number {k}" for k in range(8))
WISHES = "\n".join(f"    - {'not ' * (k % 2)}one.o{k}" for k in range(8))
LARGE = f"""\
title: Many claims
parties:
  one:
    options:
{OPTIONS}
  two: {{options: {{}}}}
outcomes: {{talks: one.o0 and one.o1}}
status_quo: []
preferences:
  one:
{WISHES}
"""


@pytest.fixture
def server(tmp_path):
    made = Server(tmp_path)
    made.start()
    yield made
    made.stop()


def test_an_edit_is_seen_and_answered_in_time(chromium, server, capsys):
    with visited(chromium, server, "/case/~korea-2018") as (page, _):
        page.locator("#status", has_text="answered in").wait_for()
        page.locator("#option-usa-talk .lv button").nth(1).click()  # makes the copy
        page.locator("#status", has_text="answered in").wait_for()
        wish = page.locator("#party-usa-card [data-wish]").nth(3)
        words = wish.locator(".words").inner_text()
        wish.locator(".words").focus()
        begun = time.perf_counter()
        page.keyboard.press("Alt+ArrowUp")
        page.locator("#party-usa-card [data-wish]").nth(2).filter(has_text=words).wait_for()
        seen = time.perf_counter() - begun
        for name in QUICK:
            page.locator(f"#q-{name}:not(.stale)").wait_for()
        quick = time.perf_counter() - begun
        page.locator("#status", has_text="answered in").wait_for()
        every = time.perf_counter() - begun
    with capsys.disabled():
        print(f"\nan edit seen {seen * 1000:.0f} ms; answers {quick:.1f} s; all {every:.1f} s")
    assert seen < SEEN
    assert quick < SOON
    assert every < LATER


def many_claims(home):
    """A case of 256 states with 200 claims."""
    folder = home / "large"
    (folder / "reports").mkdir(parents=True)
    text = "".join(SENTENCE.format(n=n) + "\n\n" * (n % 5 == 4) for n in range(200))
    (folder / "reports" / "news.txt").write_text(text)
    (folder / "case.yaml").write_text(LARGE)
    rows, at = "", 0
    for n in range(200):
        length = len(SENTENCE.format(n=n)) - 1
        span = Span(at, at + length)
        claim = judged.claim_by_hand("news", text, span, "demand", "one", rows)
        rows, at = judged.added(rows, claim), text.find("Side", at + length)
    (folder / "claims.jsonl").write_text(rows)


SCROLL = """() => new Promise((done) => {
  const panes = [...document.querySelectorAll(".sc")];
  const frames = [];
  let last = performance.now(), way = 1;
  const end = last + 10000;
  const step = (now) => {
    frames.push(now - last);
    last = now;
    for (const pane of panes) {
      pane.scrollTop += way * 60;
      if (pane.scrollTop + pane.clientHeight >= pane.scrollHeight - 1) way = -1;
      if (pane.scrollTop <= 0) way = 1;
    }
    if (now < end) requestAnimationFrame(step); else done(frames.slice(1));
  };
  requestAnimationFrame(step);
})"""


def test_two_hundred_claims_scroll_smoothly(chromium, server, capsys):
    many_claims(server.home)
    with visited(chromium, server, "/case/large") as (page, _):
        page.locator("#status", has_text="answered in").wait_for()
        assert page.locator("mark.cl").count() >= 200
        frames = page.evaluate(SCROLL)
    with capsys.disabled():
        print(f"\n{len(frames)} frames in 10 s, the longest {max(frames):.0f} ms")
    assert max(frames) < FRAME
