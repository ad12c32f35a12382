"""Pages and drawings as PNG and PDF, by the browser of the machine.

Nothing here draws: a browser lays out what détente wrote, without a network. Where there is none,
the error says so; SVG and HTML never need one.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from detente.errors import DetenteError

NAMES = ("chromium", "chromium-browser", "google-chrome")
"""Programs that are looked for, in this order."""

FURTHER = (
    "google-chrome-stable",
    "microsoft-edge",
    "msedge",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
"""Programs that are as good, and where they stand on other systems."""

VARIABLE = "DETENTE_BROWSER"
"""Names another program; ``no`` means that there shall be none."""

SECONDS = 120
"""Most time for one page."""

SCALE = 3
"""Points of a PNG for each pixel of a drawing: sharp on paper and on a wall."""

MAX_SIDE = 16_000
"""Points of a PNG, each way, that browsers still draw."""

_FLAGS = (
    "--headless=new",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-extensions",
    "--disable-sync",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)


def found() -> Path | None:
    """Return the browser of this machine, or None."""
    named = os.environ.get(VARIABLE, "")
    if named == "no":
        return None
    looked_for = (named,) if named else (*NAMES, *FURTHER)
    program = next(filter(None, map(shutil.which, looked_for)), None)
    return Path(program) if program else None


def require(what: str) -> Path:
    """Return the browser of this machine.

    Parameters
    ----------
    what : str
        What needs it, for the message: ``a PNG``.

    Raises
    ------
    DetenteError
        If there is none; the message says what to do.
    """
    if (program := found()) is None:
        raise DetenteError(
            f"{what} is made by a browser, and none was found; install Chromium or Chrome, or name "
            f"one in {VARIABLE}. SVG and HTML need none"
        )
    return program


def svg_png(svg: str, width: float, height: float) -> bytes:
    """Return a drawing as PNG; its size is in pixels as the drawing counts them.

    Raises
    ------
    DetenteError
        If there is no browser, or it fails.
    """
    program = require("a PNG")
    scale = max(1.0, min(SCALE, MAX_SIDE / max(width, height)))
    page = _PAGE.format(style="", body=svg)
    size = f"{round(width)},{round(height)}"
    flags = [f"--force-device-scale-factor={scale:g}", f"--window-size={size}"]
    return _made(program, page, "--screenshot", "out.png", flags)


def picture(svg: str) -> bytes:
    """Return a drawing as PNG; its size is that of its view box.

    Raises
    ------
    DetenteError
        If there is no browser, or it fails.
    """
    return svg_png(svg, *size_of(svg))


def size_of(svg: str) -> tuple[float, float]:
    """Return the width and height of a drawing in pixels, as its view box has them."""
    box = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    assert box is not None, "every drawing has a view box"
    return float(box[1]), float(box[2])


def svg_pdf(svg: str, width: float, height: float) -> bytes:
    """Return a drawing as a PDF of one page, as large as the drawing.

    Raises
    ------
    DetenteError
        If there is no browser, or it fails.
    """
    # A little higher than the drawing: rounding must not push it onto a second page.
    size = f"@page{{size:{width:g}px {height + 1:g}px;margin:0}}"
    page = _PAGE.format(style=size, body=svg)
    return _made(require("a PDF"), page, "--print-to-pdf", "out.pdf", ["--no-pdf-header-footer"])


def html_pdf(html: str) -> bytes:
    """Return a page as PDF, as it prints.

    Raises
    ------
    DetenteError
        If there is no browser, or it fails.
    """
    return _made(require("a PDF"), html, "--print-to-pdf", "out.pdf", ["--no-pdf-header-footer"])


_PAGE = (
    '<!doctype html><meta charset="utf-8"><title>détente</title>'
    "<style>html,body{{margin:0}}svg{{display:block}}{style}</style>{body}"
)


def _made(program: Path, page: str, how: str, name: str, flags: list[str]) -> bytes:
    """Return what a browser makes of a page, in a folder and with a profile of its own."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    with tempfile.TemporaryDirectory(prefix="detente-", ignore_cleanup_errors=True) as held:
        folder = Path(held)
        (folder / "page.html").write_text(page, "utf-8")
        command = [
            str(program),
            *_FLAGS,
            *(["--no-sandbox"] if root else []),
            *flags,
            f"--user-data-dir={folder / 'profile'}",
            f"{how}={folder / name}",
            (folder / "page.html").as_uri(),
        ]
        try:
            done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
        except subprocess.TimeoutExpired:
            raise DetenteError(
                f"the browser {program} did not answer within {SECONDS} seconds"
            ) from None
        except OSError as error:
            raise DetenteError(
                f"the browser {program} cannot be started: {error.strerror or error}"
            ) from None
        made = folder / name
        if not made.is_file() or not made.stat().st_size:
            told = done.stderr.decode("utf-8", "replace").strip().splitlines()
            why = f": {told[-1]}" if told else ""
            raise DetenteError(f"the browser {program} made nothing{why}")
        return made.read_bytes()
