"""A page told on a terminal: the answers, in so few lines that 40 hold them and a last word."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from detente.dossier.page.blocks import Page, plain
from detente.dossier.say import show

LINES = 38
WIDTH = 80
SHARES = (4, 3, 2)
"""Lines that one answer may take; fewer where all of them would be too many."""


def summary(page: Page, width: int = WIDTH, lines: int = LINES) -> list[str]:
    """Return the first sentence of every section, as many lines in all as fit.

    Parameters
    ----------
    page : Page
        The dossier.
    width, lines : int
        Of the terminal; at least 40 columns are used.
    """
    told: list[str] = []
    for share in SHARES:
        told = list(_lines(page, max(width, 40), share))
        if len(told) <= lines:
            return told
    return [*told[: lines - 1], "…"]


def _lines(page: Page, width: int, share: int) -> Iterator[str]:
    yield from _wrapped(page.title, width, 2)
    if page.draft:
        yield from _wrapped(page.draft, width, 2)
    yield from _wrapped(page.kicker, width, 2)
    for section in page.sections:
        if section.answer:
            mark = section.kicker.removeprefix("Question ") if section.id != "about" else "–"
            yield from _answer(mark, plain(section.answer), width, share)


def _answer(mark: str, text: str, width: int, share: int) -> list[str]:
    return textwrap.wrap(
        show(text),
        width,
        initial_indent=f"{mark:>2} ",
        subsequent_indent="   ",
        max_lines=share,
        placeholder=" …",
    )


def _wrapped(text: str, width: int, most: int) -> list[str]:
    return textwrap.wrap(show(text), width, max_lines=most, placeholder=" …")
