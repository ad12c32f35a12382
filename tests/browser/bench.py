"""A workbench of its own for the tests, and a page of it that is listened to."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from browser.machine import tool

PATIENCE = int(os.environ.get("DETENTE_PATIENCE", "60000"))
"""Milliseconds for an answer, on a machine that does much else."""

READING = 4 * PATIENCE
"""Milliseconds for reports to be read or drafted from, with a parser that is loaded first."""

KOREA = "/case/~korea-2018"

PICTURES = os.environ.get("DETENTE_SCREENSHOTS", "")


class Server:
    """A running ``detente serve``, in a process of its own."""

    def __init__(self, home: Path, source: str = ".") -> None:
        self.home = home
        self.source = source
        self.process: subprocess.Popen[str] | None = None
        self.address = ""

    def start(self) -> None:
        command = [sys.executable, "-m", "detente", "serve", self.source, "--no-open"]
        self.process = subprocess.Popen(
            command, cwd=self.home, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        self.address = self.process.stdout.readline().strip()
        assert self.address, self.process.stderr.read()

    def stop(self, *, kill: bool = False) -> None:
        (self.process.kill if kill else self.process.terminate)()
        self.process.wait(PATIENCE / 1000)
        told = "" if kill else self.process.stderr.read()
        self.process.stdout.close()
        self.process.stderr.close()
        assert not told, told

    def restart(self, *, kill: bool = False) -> None:
        self.stop(kill=kill)
        self.start()

    @property
    def root(self) -> str:
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def query(self) -> str:
        return urlsplit(self.address).query


@contextmanager
def visited(browser, server, path="/", *, width=1280, height=860, scheme="light", **wishes):
    """Open a page of the workbench; what it must not do is written down."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=scheme,
        has_touch=width < 900,
        accept_downloads=True,
        **wishes,
    )
    heard = tool.Heard()

    def decide(route) -> None:
        if route.request.url.startswith((server.root, "blob:", "data:")):
            route.continue_()
        else:
            heard.requests.append(route.request.url)
            route.abort()

    try:
        context.route("**/*", decide)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("console", lambda said: said.type == "error" and heard.console.append(said.text))
        page.on("pageerror", lambda error: heard.errors.append(str(error)))
        page.on("dialog", lambda box: (heard.dialogs.append(box.message), box.dismiss()))
        page.goto(f"{server.root}{path}?{server.query}")
        yield page, heard
    finally:
        context.close()


def picture(page, name: str) -> None:
    """Keep a picture, if somebody wants to look at them."""
    if PICTURES:
        Path(PICTURES).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(PICTURES) / f"bench-{name}.png")
