"""Words around a tag: “…,” Smith said; …, said Smith; “…,” Smith said, “…”."""

from __future__ import annotations

from collections.abc import Sequence

from detente.reading.grammar import Grammar
from detente.reading.reported_end import content_end
from detente.reading.sentences import QUOTE, Sentence
from detente.reading.site import Site

SHORT_QUOTE = 4
"""Quotations of fewer words that open with a small letter are parts of somebody's sentence."""


MARKS = frozenset([",", ";", ":", "—", "–", "-"])


Parts = list[tuple[int, int]]


def follows_quote(s: Sentence, site: Site, start: int, high: int, g: Grammar) -> bool:
    """Tell whether a tag stands right after a quotation that it reports: "…," Smith said."""
    if site.kind != "finite" or site.source is None or site.shared:
        return False
    before = site.source[0] - 1
    if before < 0:
        return False
    if s.low[before] != QUOTE:  # "“A” by their friends, Smith said, “B”"
        resumes = start < high and s.low[start] == QUOTE and s.low[start - 1] == ","
        return resumes and s.low[before] == "," and QUOTE in s.low[:before]
    opening = any(word[0].isalnum() for k, word in enumerate(s.low[:before]))
    if opening and start < high and s.low[start] not in MARKS and s.low[start] != QUOTE:
        led = any(g.finite_verb(s, k) for k in range(before))
        return led or not any(g.finite_verb(s, k) for k in range(start, high))
    return True


def around_tag(
    s: Sentence,
    site: Site,
    start: int,
    later: Sequence[Site],
    floor: int,
    high: int,
    g: Grammar,
) -> Parts:
    """Return the words around a tag: "…, Smith said", "…, said Smith, “…”"."""
    verb = site.verb
    assert verb is not None
    if not verb.frames & {"that", "quote", "hearer"}:
        return []
    opening = site.begin if site.kind == "inverted" or site.source is None else site.source[0]
    if site.kind == "finite" and site.shared:
        opening = site.begin
    left = _left(s, floor, opening, g) if s.low[-1] != ":" else []
    if not verb.frames & {"that", "hearer"} and QUOTE not in s.low[floor:opening]:
        left = []  # "Then, last week, Smith called."
    if not left and floor < opening - 1 <= floor + 4 and s.low[opening - 1] == ",":
        left = [(floor, opening - 1)]  # "But, Smith said, the dam is full"
    opened = bool(left) and not _is_whole(s, left, g)
    right = after_tag(s, start, () if opened else later, site, high, g)
    spoken = bool(left) and all(b == a + 1 and a in s.quote for a, b in left)
    if spoken and right and QUOTE not in s.low[slice(*right[0])]:
        right = []
    if opened and not right and not _is_whole(s, left, g) and opening - 1 <= floor + 4:
        left = []
    if spoken and not right:
        right = _resumed(s, start, high)
    if site.kind == "finite" and not left and s.low[max(opening - 1, 0)] == "as":
        return right
    return [*left, *right] if left else []


def _is_whole(s: Sentence, parts: Parts, g: Grammar) -> bool:
    """Tell whether words can stand alone: a quotation or a verb is among them."""
    return any(s.low[k] == QUOTE or g.finite_verb(s, k) for a, b in parts for k in range(a, b))


def _left(s: Sentence, floor: int, opening: int, g: Grammar) -> Parts:
    """Return the reported words before a tag; empty where what stands there is no clause."""
    end = opening
    if end - 1 > floor and s.low[end - 1] == "as" and s.low[end - 2] in (",", QUOTE):
        end -= 1
    while end > floor and (s.low[end - 1] in MARKS or s.low[end - 1] in ("?", "!", "…")):
        end -= 1
    if end == opening and not (end > floor and s.low[end - 1] == QUOTE):
        return []
    begin = floor
    while begin < end and (s.low[begin] in MARKS or s.low[begin] in ("and", "but")):
        begin += 1
    if begin >= end:
        return []
    units = [k for k in range(begin, end) if k in s.quote]
    words = [k for k in range(begin, end) if k not in s.quote and s.low[k][0].isalnum()]
    if units and not words:
        return [(k, k + 1) for k in units]
    if units and units[-1] == end - 1 and _is_utterance_unit(s, units[-1]):
        return [(end - 1, end)]
    if units or len(words) > 2 or any(g.finite_verb(s, k) for k in range(begin, end)):
        return [(begin, end)]
    return []


def _is_utterance_unit(s: Sentence, unit: int) -> bool:
    """Tell whether a quotation before a tag is a whole utterance: its own capital, many words."""
    inner = s.quote[unit].inner
    words = s.text.count(" ", inner.start, inner.end) + 1
    before = s.low[unit - 1] if unit else ""
    return words >= SHORT_QUOTE and s.text[inner.start].isupper() and before in (",", ":", ".", "—")


def after_tag(
    s: Sentence, start: int, later: Sequence[Site], site: Site, high: int, g: Grammar
) -> Parts:
    """Return the words that go on after a tag between commas."""
    if start < high and s.low[start] == QUOTE:
        return [(start, start + 1)]
    if start + 1 >= high or s.low[start] != ",":
        return []
    begin = start + 1
    if s.low[begin] == QUOTE:
        return [(begin, begin + 1)]
    if s.low[begin] in ("and", "but") and begin + 1 < high and s.low[begin + 1] == QUOTE:
        return [(begin, begin + 2)]
    if s.low[begin] in ("who", "which", "adding", "while", "referring", "according"):
        return []
    if any(o.clause in (start, begin) for o in later):
        return []
    end = content_end(s, begin, high, site, later, g)
    return [(begin, end)] if end > begin else []


def _resumed(s: Sentence, start: int, high: int) -> Parts:
    """Return a quotation that goes on a little later: "…," he said, pointing at the map, "…"."""
    for k in range(start, min(high, start + 16)):
        if s.low[k] == QUOTE:
            return [(k, k + 1)] if s.low[k - 1] == "," else []
    return []
