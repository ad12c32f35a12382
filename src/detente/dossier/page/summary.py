"""The first page on a terminal: the same words, in so few lines that 40 hold them."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import replace

from detente.dossier.page.blocks import plain
from detente.dossier.page.dossier import FIRM, Front, Page
from detente.dossier.say import show

WIDTH = 80
LINES = 39
"""Most lines; long labels cost a part of the page, not its end."""


def summary(page: Page, width: int = WIDTH) -> list[str]:
    """Return the first page as lines.

    Parameters
    ----------
    page : Page
        The dossier.
    width : int
        Of the terminal; at least 40 columns are used.
    """
    front = page.front
    told = list(_lines(page, front, max(width, 40)))
    while len(told) > LINES and front.sides:
        front = replace(front, sides=front.sides[:-1])
        told = list(_lines(page, front, max(width, 40)))
    return told if len(told) <= LINES else [*told[: LINES - 1], "…"]


def _lines(page: Page, front: Front, width: int) -> Iterator[str]:
    if page.draft:
        yield from _wrapped(page.draft, width)
    for run in front.top:
        yield from _wrapped(plain(run), width)
    yield ""
    yield from _wrapped(plain(front.headline), width)
    yield from _wrapped(plain(front.lead), width)
    yield ""
    yield from _judgements(front, width)
    for side in front.sides:
        told = " ".join(plain(para) for para in side.paras)
        yield from _wrapped(f"{side.title}: {told}", width)
    yield ""
    for run in front.foot:
        yield from _wrapped(plain(run), width)


def _judgements(front: Front, width: int) -> Iterator[str]:
    for k, one in enumerate(front.judgements, start=1):
        told = f"{plain(one.text)} {FIRM[one.firm]} {plain(one.rests)}"
        yield from _wrapped(told, width, f"{k}. ")


def _wrapped(text: str, width: int, lead: str = "") -> list[str]:
    return textwrap.wrap(show(text), width, initial_indent=lead, subsequent_indent=" " * len(lead))
