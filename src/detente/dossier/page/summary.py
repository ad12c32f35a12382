"""A page told on a terminal: the answers, in 40 lines at most."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from detente.dossier.page.blocks import Page, plain
from detente.dossier.text.digest import show

LINES = 40
WIDTH = 80
SHARE = 4
"""Lines that one answer may take."""


def summary(page: Page, width: int = WIDTH, lines: int = LINES) -> list[str]:
    """Return the first sentence of every section, as many lines in all as fit.

    Parameters
    ----------
    page : Page
        The dossier.
    width, lines : int
        Of the terminal; at least 40 columns are used.
    """
    told = list(_lines(page, max(width, 40)))
    return told if len(told) <= lines else [*told[: lines - 1], "…"]


def _lines(page: Page, width: int) -> Iterator[str]:
    yield from _wrapped(page.title, width, 2)
    if page.draft:
        yield from _wrapped(page.draft, width, 2)
    yield from _wrapped(page.kicker, width, 2)
    for section in page.sections:
        if section.answer:
            mark = section.kicker.removeprefix("Question ") if section.id != "about" else "–"
            yield from _answer(mark, plain(section.answer), width)


def _answer(mark: str, text: str, width: int) -> list[str]:
    return textwrap.wrap(
        show(text),
        width,
        initial_indent=f"{mark:>2} ",
        subsequent_indent="   ",
        max_lines=SHARE,
        placeholder=" …",
    )


def _wrapped(text: str, width: int, most: int) -> list[str]:
    return textwrap.wrap(show(text), width, max_lines=most, placeholder=" …")
