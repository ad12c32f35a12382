"""Where a quotation stands in a report, to the letter.

Quotation marks, dashes, accents and white space are folded, nothing else: a changed digit, letter,
capital or a word left out is another text. What is found are the report's own characters.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from detente.reading.paragraphs import Span

_MARKS = dict.fromkeys(map(ord, "“”„‟«»「」『』＂"), '"') | dict.fromkeys(
    map(ord, "‘’‚‛‹›`´ʼ＇"), "'"
)
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−－"), "-")
_FOLDS = _MARKS | _DASHES
_NOTHING = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")


@dataclass(frozen=True, slots=True)
class Folded:
    """A text with quotation marks, dashes, accents and white space folded.

    Parameters
    ----------
    text : str
        The folded characters.
    starts, ends : tuple of int
        Where in the original each of them begins and ends.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """Return the original characters of a stretch of folded ones."""
        return Span(self.starts[start], self.ends[end - 1])


@lru_cache(maxsize=64)  # one paragraph is asked for by each proposal about it
def fold(text: str, offset: int = 0) -> Folded:
    """Return a text folded; places are counted from ``offset``."""
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for at, char in enumerate(text, start=offset):
        for piece in _pieces(char):
            if piece == " " and out and out[-1] == " ":
                ends[-1] = at + 1
                continue
            out.append(piece)
            starts.append(at)
            ends.append(at + 1)
        if unicodedata.combining(char) and ends:
            ends[-1] = at + 1
    return Folded("".join(out), tuple(starts), tuple(ends))


def _pieces(char: str) -> str:
    """Return what one character folds to: none, one or several."""
    if char in _NOTHING or unicodedata.combining(char):
        return ""
    if char.isspace():
        return " "
    if ord(char) in _FOLDS:
        return _FOLDS[ord(char)]
    if char < "\x80":
        return char
    apart = unicodedata.normalize("NFD", char)
    return "".join(c for c in apart if not unicodedata.combining(c)).translate(_FOLDS)


def places(quote: str, text: Folded) -> list[Span]:
    """Return every place where a quotation stands as whole words.

    Parameters
    ----------
    quote : str
        Quotation marks and white space around it do not count.
    text : Folded
        Where to look.
    """
    wanted = fold(quote).text.strip(" \"'")
    found: list[Span] = []
    if not wanted:
        return found
    at = text.text.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        if not _cuts(text.text, at) and not _cuts(text.text, end):
            found.append(text.span(at, end))
        at = text.text.find(wanted, at + 1)
    return found


def _cuts(text: str, at: int) -> bool:
    """Whether a place lies inside a word or a number."""
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    if before.isalnum() and after.isalnum():
        return True
    inner = at + 1 < len(text) and after in "'-.,%" and text[at + 1].isalnum() and before.isalnum()
    return inner or (at > 1 and before in "'-.," and text[at - 2].isalnum() and after.isalnum())
