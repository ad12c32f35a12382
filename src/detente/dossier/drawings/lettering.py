"""Words on paper: how wide they are, where lines break, what may be shown.

A drawing is made without knowing the reader's fonts, so widths are reckoned on the broad side: a
line that fits here fits in any common face without serifs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from detente.dossier.say import show

SIZE = 12.5
"""Height of common letters, in pixels, as all lengths here."""

SMALL = 12.0
"""Height of the smallest letters there are."""

LINE = 15.0
"""From one line to the next."""

BOLD = 1.1
ELLIPSIS = "…"
FULL_TITLE = 10_000
"""Longest text kept whole behind one that is cut."""

_THIN = frozenset("ijlI|'’‘.,:;!")
_SLIM = frozenset(' frt()[]{}/\\"“”-‐–`·*')
_BROAD = frozenset("mwMW@%&—…œæŒÆ")
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """Return text fit to be shown: one line, controls and turns of direction made visible."""
    return _NOT_XML.sub("\ufffd", show(text))


def measure(text: str, size: float = SIZE, *, bold: bool = False) -> float:
    """Return the width of a line, in pixels, in a broad face."""
    return sum(map(_advance, text)) * size * (BOLD if bold else 1.0)


@lru_cache(maxsize=4096)
def _advance(letter: str) -> float:
    """Return the width of a letter as a part of its size."""
    if letter in _THIN:
        return 0.34
    if letter in _SLIM:
        return 0.46
    if letter in _BROAD:
        return 1.0
    if unicodedata.east_asian_width(letter) in "WF" or ord(letter) > 0xFFFF:
        return 1.25
    if unicodedata.combining(letter):
        return 0.3
    if letter.isupper():
        return 0.78
    return 0.645 if letter.isascii() or "\u00df" <= letter <= "\u024f" else 0.9


def wrap(
    text: str, width: float, *, lines: int = 4, size: float = SIZE, bold: bool = False
) -> list[str]:
    """Return text on lines that fit a width; where there are too many the last ends in "…".

    Parameters
    ----------
    width : float
        Pixels that a line may take.
    lines : int
        Lines at most, one or more.
    """
    room = width / (size * (BOLD if bold else 1.0))
    made: list[str] = []
    line, used = "", 0.0
    for word in _pieces(clean(text[: 400 * lines]), room):
        wide = sum(map(_advance, word))
        gap = _advance(" ") if line else 0.0
        if line and used + gap + wide > room:
            made.append(line)
            line, used, gap = "", 0.0, 0.0
        line, used = f"{line} {word}" if line else word, used + gap + wide
        if len(made) > lines:
            break
    made.append(line)
    if len(made) <= lines and len(text) <= 400 * lines:
        return made
    return [*made[: lines - 1], _shortened(made[lines - 1], room)]


def _shortened(line: str, room: float) -> str:
    """Return a line with "…" at its end that fits, cut between words where little is lost."""
    most = len(line)
    while most and sum(map(_advance, line[:most] + ELLIPSIS)) > room:
        most -= 1
    blank = line.rfind(" ", 0, most + 1)
    if most < len(line) and blank > most * 2 // 3:
        most = blank
    return line[:most].rstrip() + ELLIPSIS


def cut(text: str, width: float, *, size: float = SIZE, bold: bool = False) -> str:
    """Return text on one line that fits a width, with "…" where it is cut."""
    return wrap(text, width, lines=1, size=size, bold=bold)[0]


def _pieces(text: str, room: float) -> Iterator[str]:
    """Yield words; one wider than a line in parts that fit."""
    for word in text.split():
        part, used = "", 0.0
        for letter in word:
            wide = _advance(letter)
            if part and used + wide > room:
                yield part
                part, used = "", 0.0
            part, used = part + letter, used + wide
        yield part
