"""Paragraphs: stretches of text that a blank line, or a line's end, sets apart."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LINE = re.compile(r"[^\n\r]+")
_WRAPPED = (45, 100)
"""Typical width, in characters, of lines that a mail program or a wire service wrapped."""


@dataclass(frozen=True, slots=True)
class Span:
    """Characters of a text, end exclusive."""

    start: int
    end: int


def paragraphs(text: str) -> list[Span]:
    """Return the paragraphs that hold anything, in order, without white space around them.

    A single line end closes a paragraph too, unless the text is wrapped: most of its lines
    then have about one width and go on with the next line. A paragraph that breaks off in the
    middle of a sentence ("all U.S." / "forces must leave") goes on with the next one.
    """
    lines = _lines(text)
    if not lines:
        return []
    wrapped = _is_wrapped(text, lines)
    found = [lines[0]]
    for line in lines[1:]:
        before = found[-1]
        gap = text.count("\n", before.end, line.start)
        flows = gap < 2 and wrapped and not _ends(text, before)
        if flows or _breaks_off(text, before, line):
            found[-1] = Span(before.start, line.end)
        else:
            found.append(line)
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


def _is_wrapped(text: str, lines: list[Span]) -> bool:
    """Tell whether the lines look like one flow broken at a width."""
    if len(lines) < 4:
        return False
    widths = sorted(line.end - line.start for line in lines)
    low, high = _WRAPPED
    full = sum(low <= width <= high for width in widths)
    goes_on = sum(text[line.start].islower() for line in lines)
    return widths[-1] <= high + 20 and 2 * full > len(lines) and 4 * goes_on > len(lines)


def _ends(text: str, line: Span) -> bool:
    """Tell whether a wrapped line is so short that the paragraph ends with it."""
    return line.end - line.start < _WRAPPED[0] and text[line.end - 1] in ".?!”\"'"


def _breaks_off(text: str, before: Span, line: Span) -> bool:
    """Tell whether the next line begins in the middle of the sentence before it."""
    if not text[line.start].islower():
        return False
    last = text[before.end - 1]
    abbreviated = last == "." and before.end - before.start > 3 and text[before.end - 3] == "."
    return last.isalnum() or last == "," or abbreviated
