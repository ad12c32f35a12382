"""Paragraphs: stretches of text that a blank line, or a line's end, sets apart.

A line's end alone says little: mail programs, wires and PDF put one wherever a line is full. So
lines flow together unless something shows that a new paragraph begins.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

_LINE = re.compile(r"[^\n\r]+")
_FULL = (40, 120)
"""Width, in characters, of the longest lines of a text that was broken at a width."""
_CLOSERS = "”\"'’)]»*_"
_ENDS = frozenset(".?!…:;")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(“\"'])(?:[A-Z]|(?:[A-Za-z]\.)+[A-Za-z]|Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Capt|Sgt|Adm"
    r"|Sen|Rep|Gov|Rev|Hon|St|No|vs|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\.$"
)
_OPENS_ANEW = re.compile(
    r"(?:[-•*–—]\s|\(?\d{1,2}[.)/]\s|\d{1,2}[.:]\d\d\s|[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,4}"
    r"(?: \([^)\n]{2,60}\))?:\s)"
)
"""Items of a list, times of a running report, turns of a transcript."""
_GOES_ON = re.compile(
    r"(?:[,—]|\w[-‐]|\b(?:a|an|the|of|in|on|at|to|for|from|by|with|and|or|but|nor|that|which|who|whose|as|if"
    r"|its|his|her|their|our|my|your|is|are|was|were|be|been|has|have|had|will|would|could|should"
    r"|may|might|must|not|no|than|into|over|after|before|between|against|under|about|said|says"
    r"|while|when|where|because|since|until|unless|so|such|both|between|per|via|de|von|van|bin|al))$"
)
_SPOKEN_BY = re.compile(r"[”\"’]\s*[―—–-]\s*[A-Z][^.?!“”\"]{1,60}$")
"""A line of a list of voices: words in quotation marks, a dash, and who said them."""
_HEADING_WORDS = 14
_SIGNATURE = 60
"""A signature has fewer characters."""


@dataclass(frozen=True, slots=True)
class Span:
    """Characters of a text, end exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Layout:
    """How a text is laid out.

    Parameters
    ----------
    width : int
        Where lines were broken; 0 for a text whose lines are paragraphs.
    apart : bool
        Whether blank lines stand between paragraphs.
    first : int
        Where the first stretch without a blank line ends: titles and names stand there.
    asks : bool
        Whether lines in quotation marks answer the lines before them, as in an interview.
    """

    width: int
    apart: bool
    first: int
    asks: bool


def paragraphs(text: str) -> list[Span]:
    """Return the paragraphs that hold anything, in order, without white space around them.

    A blank line closes a paragraph unless the sentence goes on after it ("all U.S." / "forces
    must leave"). A single line end closes one where the text has no other sign of paragraphs,
    and where a line is a heading, an item of a list, or ends before its width is used.
    """
    lines = _lines(text)
    if not lines:
        return []
    layout = _layout(text, lines)
    found = [lines[0]]
    before = lines[0]
    for line in lines[1:]:
        if _flows(text, found[-1], before, line, layout):
            found[-1] = Span(found[-1].start, line.end)
        else:
            found.append(line)
        before = line
    return found


def _lines(text: str) -> list[Span]:
    """Return the lines that hold anything, without white space around them."""
    found = []
    for match in _LINE.finditer(text):
        line = match[0]
        start = match.start() + len(line) - len(line.lstrip())
        end = match.start() + len(line.rstrip())
        if start < end:
            found.append(Span(start, end))
    return found


def _gap(text: str, before: Span, line: Span) -> int:
    """Return how many line ends lie between two lines."""
    between = text[before.end : line.start]
    return between.count("\n") or between.count("\r")


def _layout(text: str, lines: list[Span]) -> _Layout:
    """Return how a text is laid out."""
    pairs = [(a, b) for a, b in pairwise(lines) if _gap(text, a, b) == 1]
    apart = len(lines) - 1 - len(pairs)
    first = next((a.end for a, b in pairwise(lines) if _gap(text, a, b) > 1), 0)
    cut = sum(not _closed(text, a) for a, _ in pairs)
    low = sum(text[b.start].islower() for _, b in pairs)
    width = 0
    if len(pairs) > 2 and 2 * cut > len(pairs) and 5 * low > len(pairs):
        widths = sorted(a.end - a.start for a, _ in pairs)
        widest = widths[-1 - len(widths) // 20]
        full = sum(_is_full(text, a, b, widest) for a, b in pairs if not _closed(text, a))
        width = widest if _FULL[0] <= widest <= _FULL[1] and 2 * full > cut else 0
    answers = sum(_answers(text, a, b) for a, b in pairs)
    return _Layout(width, apart > 0 and 2 * apart >= min(len(pairs), 8), first, answers > 2)


def _answers(text: str, before: Span, line: Span) -> bool:
    """Tell whether a line looks like an interview's answer to the line before it."""
    if text[line.start] not in '“"‘':
        return False
    whole = text[line.end - 1] in '”"’' and _closed(text, before)
    return whole or text[before.end - 1] == "?"


def _flows(text: str, whole: Span, before: Span, line: Span, layout: _Layout) -> bool:
    """Tell whether a line goes on with the paragraph before it."""
    begins = text[line.start]
    closed = _closed(text, before)
    if begins.islower() and not closed:
        return True
    if _gap(text, before, line) > 1:
        return False
    if begins in '“"‘' and _SPOKEN_BY.search(text[before.start : before.end]):
        return False
    if _opens_anew(text, line) and (closed or _opens_anew(text, whole)):
        return False
    if not closed:
        return not _heading(text, whole, before, line, layout)
    if (layout.asks and begins in '“"‘') or _signs(text, line):
        return False
    if layout.width and layout.apart:
        return not _leaves_room(text, before, line, layout.width)
    if layout.width:
        return _is_full(text, before, line, layout.width)
    return layout.apart and before.end > layout.first


def _opens_anew(text: str, span: Span) -> bool:
    """Tell whether a line begins like an item of a list or a turn."""
    return _OPENS_ANEW.match(text[span.start : span.start + 100]) is not None


def _closed(text: str, line: Span) -> bool:
    """Tell whether a line ends with a sentence, as far as its last characters show."""
    end = text[max(line.start, line.end - 24) : line.end].rstrip(_CLOSERS)
    if not end:
        return True
    return end[-1] in _ENDS and not _ABBREVIATION.search(end)


def _signs(text: str, line: Span) -> bool:
    """Tell whether a line is the last of its stretch and no sentence: a name, a place, a day."""
    rest = text[line.end :].lstrip(" ")
    last = not rest.strip() or rest.startswith(("\n\n", "\r\n\r\n"))
    return last and line.end - line.start < _SIGNATURE and not _closed(text, line)


def _is_full(text: str, before: Span, line: Span, width: int) -> bool:
    """Tell whether the next line's first word had no room left on a line."""
    word = text[line.start : line.end].split(None, 1)[0]
    return before.end - before.start + 1 + len(word) > width


def _leaves_room(text: str, before: Span, line: Span, width: int) -> bool:
    """Tell whether a line ends so early that it was not broken for its width."""
    return before.end - before.start < 0.6 * width and not _is_full(text, before, line, width)


def _heading(text: str, whole: Span, before: Span, line: Span, layout: _Layout) -> bool:
    """Tell whether a line without a full stop stands for itself: a title, a name, an address."""
    words = text[before.start : before.end]
    if whole.start != before.start or _GOES_ON.search(words):
        return False
    if re.search(r"[.!?]['”\"’]? +[A-Z“]", words) or len(words.split()) > _HEADING_WORDS:
        return False
    if layout.width and _is_full(text, before, line, layout.width):
        return False
    return not layout.apart or before.end <= layout.first
