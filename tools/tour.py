"""Take the pictures of the tour through the workbench: ``python tools/tour.py FOLDER``.

The built-in Korean case is opened in a folder aside, a few things are done to it as the tour tells
them, and each is pictured once, as it stands when the answers are there.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import chromium

SIZE = {"width": 1280, "height": 800}
PATIENCE = 120_000
"""Milliseconds for all answers."""


@contextmanager
def served(home: Path) -> Iterator[str]:
    """Run the workbench on the Korean case; the address it prints."""
    command = [sys.executable, "-m", "detente", "serve", "korea-2018", "--no-open"]
    with subprocess.Popen(command, cwd=home, text=True, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


def answered(page: Any) -> None:
    """Wait until everything is answered."""
    page.locator("#status", has_text="answered in").wait_for(timeout=PATIENCE)


def overview(page: Any) -> None:
    """Show the three panes: one answer in hand, its lines and their passages lit."""
    answered(page)
    page.locator("#q-q4 h3 > button").hover()


def reviewed(page: Any) -> None:
    """Show a claim in hand."""
    page.locator('#review [data-key="j"]').click()
    page.locator('#review [data-key="j"]').click()


def typed(page: Any) -> None:
    """Show a formula that is being typed."""
    field = page.locator("#wish-chn")
    field.scroll_into_view_if_needed()
    field.click()
    page.keyboard.type("not prk.at")
    page.locator("#wish-chn-list li").first.wait_for()


def changed(page: Any) -> None:
    """Show what changes when the United States takes a condition back."""
    page.locator("#wish-chn").fill("")
    page.locator('[id="conditions/1"] .words').click()
    page.locator("#dialog .danger").click()
    page.locator("#q-q4.ch").wait_for(timeout=PATIENCE)
    answered(page)
    page.locator("#q-q4").scroll_into_view_if_needed()


def supposed(page: Any) -> None:
    """Show a supposition beside the case."""
    page.locator("header #whatif").click()
    page.locator("#what-if-formula").fill("rok.broker = aside")
    page.locator("#what-if-add").click()
    page.locator("#what-if .chips button").wait_for()
    page.locator("#what-if tbody tr").nth(8).locator("ins, .soft").wait_for(timeout=PATIENCE)


SCENES: tuple[tuple[str, Callable[[Any], None]], ...] = (
    ("workbench", overview),
    ("workbench-review", reviewed),
    ("workbench-formula", typed),
    ("workbench-changed", changed),
    ("workbench-what-if", supposed),
)


def tour(folder: Path, scheme: str = "light") -> list[Path]:
    """Take all pictures; return their files."""
    program = chromium.found()
    if program is None:
        raise SystemExit("error: no browser. Install one: apt-get install chromium")
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    with (
        tempfile.TemporaryDirectory() as home,
        served(Path(home)) as address,
        chromium.started(program) as browser,
    ):
        context = browser.new_context(viewport=SIZE, color_scheme=scheme, reduced_motion="reduce")
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(address)
        page.locator(".party-card").first.wait_for()
        for name, scene in SCENES:
            scene(page)
            page.wait_for_timeout(300)
            made.append(folder / f"{name}.png")
            page.screenshot(path=made[-1])
    return made


def main() -> None:
    """Read what is asked, and say where the pictures are."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path, help="where the pictures go")
    parser.add_argument("--dark", action="store_true", help="take them in the dark")
    asked = parser.parse_args()
    for file in tour(asked.folder, "dark" if asked.dark else "light"):
        print(file)


if __name__ == "__main__":
    main()
