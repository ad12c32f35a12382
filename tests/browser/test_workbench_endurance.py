"""Minutes of use, driven at speed: neither memory, nor processes, nor what the page holds grows."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from browser.bench import KOREA, Server, visited

pytest.importorskip("starlette")
pytestmark = pytest.mark.slow

MINUTES = float(os.environ.get("DETENTE_MINUTES", "10"))
"""How long; the first fifth is not counted, as everything is made then that is kept."""

MEGABYTES, SHARE = 40, 1.35
"""By how much the program's memory may grow, and by which factor what the page holds."""


def children(pid):
    """All processes below one."""
    own = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [one for child in own for one in (child, *children(child))]


def held(server, page, client):
    """What is held: megabytes, threads, processes and open files of the program; the page's own."""
    pid = server.process.pid
    told = dict(
        row.split(":", 1)
        for row in Path(f"/proc/{pid}/status").read_text().splitlines()
        if ":" in row
    )
    client.send("HeapProfiler.collectGarbage")
    found = {m["name"]: m["value"] for m in client.send("Performance.getMetrics")["metrics"]}
    return {
        "megabytes": int(told["VmRSS"].split()[0]) / 1024,
        "threads": int(told["Threads"]),
        "processes": len(children(pid)),
        "files": len(list(Path(f"/proc/{pid}/fd").iterdir())),
        "nodes": found["Nodes"],
        "listeners": found["JSEventListeners"],
        "heap": found["JSHeapUsedSize"] / 2**20,
    }


def one_round(page, n):
    """Something of everything that a person does."""
    wishes = page.locator("#party-usa-card [data-wish] .words")
    wishes.nth(n % 4 + 1).focus()
    page.keyboard.press("Alt+ArrowUp")
    page.locator("#option-usa-talk .lv button").nth(n % 2).click()
    page.keyboard.press("Escape")
    for key in ("j", "j", "k", "w", "z", "u", "1", "z"):
        page.keyboard.press(key)
    question = page.locator("#q-q4 h3 > button")
    question.click()
    question.click()
    page.locator('[id="conditions/1"] .words').click()
    page.locator("#dialog h2").wait_for()
    page.keyboard.press("Escape")
    page.locator("#search").fill("talk")
    page.locator("#found button").first.wait_for()
    page.locator("#search").fill("")
    if n % 5 == 0:
        page.locator("header #whatif").click()
        page.locator("#what-if-lines").evaluate("(d) => { d.open = true; }")
        page.locator("#what-if label.check input").nth(n % 3).click()
        page.locator("#what-if .chips button").first.wait_for()
        page.locator("header #whatif").click()
    page.keyboard.press("z")


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="counts by /proc")
def test_minutes_of_use_leak_nothing(chromium, tmp_path, capsys):
    server = Server(tmp_path)
    server.start()
    try:
        with visited(chromium, server, KOREA) as (page, heard):
            page.locator(".party-card").first.wait_for()
            client = page.context.new_cdp_session(page)
            client.send("Performance.enable")
            begun, rounds, before = time.monotonic(), 0, None
            while (gone := time.monotonic() - begun) < MINUTES * 60:
                one_round(page, rounds)
                rounds += 1
                if before is None and gone > MINUTES * 12:
                    page.locator("#status", has_text="answered in").wait_for()
                    before = held(server, page, client)
            page.locator("#status", has_text="answered in").wait_for()
            after = held(server, page, client)
            assert heard.errors == []
    finally:
        server.stop()
    with capsys.disabled():
        rows = (f"{k} {before[k]:.0f} → {after[k]:.0f}" for k in before)
        print(f"\n{rounds} rounds in {MINUTES:g} minutes: {', '.join(rows)}")
    assert after["megabytes"] < before["megabytes"] + MEGABYTES
    assert after["heap"] < before["heap"] * SHARE + 5
    for name in ("nodes", "listeners"):
        assert after[name] < before[name] * SHARE, name
    for name in ("threads", "processes", "files"):
        assert after[name] <= before[name] + 6, name
