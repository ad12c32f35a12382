"""Lines of a transcript, such as ``SMITH: We shall see``."""

from __future__ import annotations

from collections.abc import Sequence

from detente.reading.attribution import Attribution
from detente.reading.paragraphs import Span
from detente.reading.sentences import QUOTE, Sentence

_NAME = 5
"""A speaker's name before the colon has at most so many units."""


def transcript_line(row: Sequence[Sentence]) -> list[Attribution]:
    """Return the one attribution of a transcript's paragraph; empty where it is no such line.

    The name stands in capitals, alone before a colon, at the start or after an opening mark.
    """
    if not row:
        return []
    s = row[0]
    start, end = s.start[0], row[-1].end[-1]
    if s.low[0] == QUOTE:
        start = s.quote[0].inner.start  # a quotation inside may shut what opened before the name
        end = s.quote[0].inner.end if s.quote[0].end >= end else end
    colon = s.text.find(":", start, min(end, start + 40))
    name = s.text[start:colon] if colon > 0 else ""
    letters = [c for c in name if c.isalpha()]
    if not name or len(letters) < 2 or not name.isupper() or name.count(" ") > _NAME:
        return []
    begin = colon + 1
    while begin < end and s.text[begin].isspace():
        begin += 1
    if begin >= end:
        return []
    said = (Span(begin, end),)
    return [Attribution(Span(start, colon), Span(colon, colon + 1), said, True, "", 0)]
