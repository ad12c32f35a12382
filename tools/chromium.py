"""A real browser for the dossier: finding it, starting it, and opening one page without a network.

The tests and ``make look`` share this. The browser is the machine's own Chromium; nothing here
downloads one.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from detente.printing import NAMES, VARIABLE, found

__all__ = ["NAMES", "VARIABLE", "Heard", "found", "opened", "print_a4", "started"]

FLAGS = (
    "--headless=new",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-color-profile=srgb",
    "--font-render-hinting=none",
)

WIDTHS = (1280, 820, 390)
"""Pixels: a desk, a tablet, a phone."""

SCHEMES = ("light", "dark")

HEIGHT = 900
"""Pixels of the window; a picture of a whole page is as tall as the page."""


@contextmanager
def started(program: Path) -> Iterator[Any]:
    """Start a browser with an empty profile; it ends with the block."""
    from playwright.sync_api import sync_playwright

    root = hasattr(os, "geteuid") and os.geteuid() == 0
    flags = [*FLAGS, "--no-sandbox"] if root else [*FLAGS]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(program), args=flags)
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Heard:
    """What a page did that a dossier must not do.

    Parameters
    ----------
    console : list of str
        Errors and warnings, among them those of the page's own policy (CSP).
    errors : list of str
        Errors of its script that nothing caught.
    requests : list of str
        Addresses it asked for, besides its own; none was let through.
    dialogs : list of str
        Boxes it opened, such as ``alert``.
    """

    console: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    def all(self) -> list[str]:
        """Return everything that was heard."""
        return [*self.console, *self.errors, *self.requests, *self.dialogs]


@contextmanager
def opened(
    browser: Any,
    file: Path,
    *,
    width: int = WIDTHS[0],
    scheme: str = "light",
    script: bool = True,
    still: bool = False,
) -> Iterator[tuple[Any, Heard]]:
    """Open a file as a reader would, with everything else refused and written down.

    Parameters
    ----------
    browser : playwright.sync_api.Browser
        From :func:`started`.
    file : Path
        The page.
    width : int
        Of the window, in pixels.
    scheme : str
        ``light`` or ``dark``, as the reader's system asks.
    script : bool
        Whether the reader lets scripts run.
    still : bool
        Whether the reader asks for less motion.
    """
    context = browser.new_context(
        viewport={"width": width, "height": HEIGHT},
        color_scheme=scheme,
        java_script_enabled=script,
        has_touch=width < 500,
        reduced_motion="reduce" if still else "no-preference",
    )
    heard, address = Heard(), file.resolve().as_uri()

    def decide(route: Any) -> None:
        if route.request.url.split("#")[0] == address:
            route.continue_()
        else:
            heard.requests.append(route.request.url)
            route.abort()

    try:
        context.route("**/*", decide)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("console", lambda said: _listen(heard, said))
        page.on("pageerror", lambda error: heard.errors.append(str(error)))
        page.on("websocket", lambda socket: heard.requests.append(socket.url))
        page.on("dialog", lambda box: (heard.dialogs.append(box.message), box.dismiss()))
        page.goto(address)
        yield page, heard
    finally:
        context.close()


def _listen(heard: Heard, said: Any) -> None:
    if said.type in ("error", "warning", "assert"):
        heard.console.append(f"{said.type}: {said.text}")


def print_a4(page: Any) -> bytes:
    """Return a page printed on A4, as PDF."""
    return page.pdf(prefer_css_page_size=True, format="A4")
