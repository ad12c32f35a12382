"""The workbench: an edit, the answers after it, and a page that scrolls.

``python benchmarks/workbench.py`` prints a table. Processor time is what the work takes and hardly
depends on neighbours; what a person sees is told beside it, with how busy the machine was.
"""

from __future__ import annotations

import os
import platform
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import detente
from detente import gallery
from detente.case.files import CASE_FILE
from detente.workbench import panes
from detente.workbench.lane import ASKED, Asked, Told, answers
from detente.workbench.library import Library
from detente.workbench.session import Session

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from browser import clocks  # noqa: E402
from browser.bench import Server  # noqa: E402
from browser.machine import missing, tool  # noqa: E402

EDITS = 40
"""Edits whose median counts."""

SEEN = 9
"""Edits that are looked at in the browser."""


def of_edits(session: Session, way: str) -> list[float]:
    """Return the milliseconds of processor time of each edit, with all that the page then shows."""
    found = []
    for k in range(EDITS):
        begun = time.process_time()
        session.change("move", {"way": f"{way}/{1 + k % 2}", "to": k % 2}, session.store.revision)
        state = panes.state(session)
        found.append((time.process_time() - begun) * 1000)
        assert len(state["model"]) > 2
    return found


def of_answers(name: str) -> dict[str, float]:
    """Return the seconds of processor time after which each answer is known, in its process."""
    folder = gallery.folder(name)
    text, claims = ((folder / file).read_text("utf-8") for file in (CASE_FILE, "claims.jsonl"))
    found: dict[str, float] = {}
    for lane in ASKED:
        asked = Asked(lane, text, claims, str(folder / CASE_FILE), name)
        begun = time.process_time()
        for told in answers(asked):
            if isinstance(told, Told):
                assert told.answered or told.section == "q9", told.words
                found[told.section] = time.process_time() - begun
    return found


def row(what: str, figure: str, asked: str) -> None:
    """Print one row."""
    print(f"| {what} | {figure} | {asked} |", flush=True)


def in_a_case(make: Callable[[Path], str], way: str) -> str:
    """Return the median and the longest of an edit of a case."""
    with tempfile.TemporaryDirectory() as home:
        key = make(Path(home))
        library = Library(Path(home))
        found = of_edits(Session(library, library.entry(key)), way)
    return f"{statistics.median(found):.0f} ms, at most {max(found):.0f}"


def _large(home: Path) -> str:
    clocks.many_claims(home)
    return "large"


def main() -> None:
    """Print the table."""
    busy = os.getloadavg()[0]
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, load {busy:.1f} at the start, "
        f"Python {platform.python_version()}, détente {detente.__version__}\n"
    )
    print("| what | figure | asked for |")
    print("|---|---|---|")
    korea = in_a_case(lambda home: "~korea-2018", "preferences/usa")
    row("an edit of Korea, with the page's new pieces: processor time", korea, "")
    large = in_a_case(_large, "preferences/one")
    row("the same with 256 states and 200 claims", large, "")
    of_answers("korea-2018")  # what is imported late is there from now on, as in a warm process
    times = of_answers("korea-2018")
    quick, slow = max(times[name] for name in clocks.QUICK), max(times["q7"], times["q8"])
    row("the first answer of Korea: processor time", f"{times['q3']:.2f} s", "")
    row("most answers", f"{quick:.2f} s", "")
    row("third parties and the risk, in a process of their own", f"{slow:.2f} s", "")
    program = tool.found()
    if program is None:
        print(f"\n{missing()}", file=sys.stderr)
        return
    with tempfile.TemporaryDirectory() as home, tool.started(program) as browser:
        server = Server(Path(home))
        server.start()
        try:
            seen = clocks.edits(browser, server, SEEN)
            frames = sorted(clocks.frames(browser, server))
        finally:
            server.stop()
    middle = {k: statistics.median(getattr(s, k) for s in seen) for k in ("edit", "quick", "every")}
    edit = f"{middle['edit'] * 1000:.0f} ms, at least {min(s.edit for s in seen) * 1000:.0f}"
    row("an edit until it is seen in Chromium", edit, "100 ms")
    row("most answers seen after it", f"{middle['quick']:.1f} s", "2 s")
    row("all answers seen", f"{middle['every']:.1f} s", "5 s")
    late = f"{frames[len(frames) // 2]:.0f} ms, the longest {frames[-1]:.0f}"
    row(f"a frame of {len(frames)} while 200 claims scroll for 10 s", late, "50 ms")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\nload {os.getloadavg()[0]:.1f} at the end; peak of this process {peak:.0f} MB")


if __name__ == "__main__":
    main()
