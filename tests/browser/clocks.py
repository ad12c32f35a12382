"""What the workbench's clocks show: for the test that holds them, and for the benchmark."""

from __future__ import annotations

import time
from dataclasses import dataclass

from browser.bench import KOREA, visited
from detente.reading import judged
from detente.reading.paragraphs import Span

QUICK = ("q3", "q4", "q5", "q6", "q10", "q11")

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


@dataclass(frozen=True)
class Seen:
    """Seconds after a key: until the edit is seen, most questions are answered, and all are."""

    edit: float
    quick: float
    every: float


def edits(browser, server, n=1):
    """Move a wish of the Korean case some times; return what was seen each time."""
    found = []
    with visited(browser, server, KOREA) as (page, _):
        page.locator("#status", has_text="answered in").wait_for()
        page.locator("#option-usa-talk .lv button").nth(1).click()  # makes the copy
        page.locator("#status", has_text="answered in").wait_for()
        for k in range(n):
            found.append(_edit(page, 2 + k % 3))
    return found


def _edit(page, at):
    wishes = page.locator("#party-usa-card [data-wish]")
    words = wishes.nth(at).locator(".words").inner_text()
    wishes.nth(at).locator(".words").focus()
    begun = time.perf_counter()
    page.keyboard.press("Alt+ArrowUp")
    wishes.nth(at - 1).filter(has_text=words).wait_for()
    seen = time.perf_counter() - begun
    page.locator("#q-q3.stale").wait_for()
    for name in QUICK:
        page.locator(f"#q-{name}:not(.stale)").wait_for()
    quick = time.perf_counter() - begun
    page.locator("#status", has_text="answered in").wait_for()
    return Seen(seen, quick, time.perf_counter() - begun)


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


def frames(browser, server):
    """Return the milliseconds of each frame while 200 claims scroll for ten seconds."""
    many_claims(server.home)
    with visited(browser, server, "/case/large") as (page, _):
        page.locator("#status", has_text="answered in").wait_for()
        assert page.locator("mark.cl").count() >= 200
        return page.evaluate(SCROLL)
