"""Cues that are no verbs: according to Smith; the claim of Smith that …; its call for talks."""

from __future__ import annotations

from detente.reading.grammar import Grammar
from detente.reading.phrases import phrase_after, phrase_before
from detente.reading.sentences import QUOTE, Sentence
from detente.reading.site import Site


def according(s: Sentence, i: int, g: Grammar) -> Site:
    """Return the site of "according to" with the phrase after it."""
    end = phrase_after(s, i + 2, len(s), g)
    source = (i + 2, end) if end > i + 2 else None
    return Site(i, i, i + 2, "according", source, False, i, None)


def noun(s: Sentence, i: int, g: Grammar) -> Site | None:
    """Return the site of "Smith's claim that …", "the contention of Smith that …"."""
    at = i + 1
    source = None
    if s.low[at : at + 1] and s.low[at] in ("of", "by", "from"):
        end = phrase_after(s, at + 1, len(s), g)
        source, at = ((at + 1, end), end) if end > at + 1 else (None, at)
    demanded = s.low[i] in _DEMANDS and s.low[at : at + 1] == ["for"]
    if demanded and (owner := _owner(s, i, g)) is not None:
        return Site(i, i, at + 1, "noun", owner, False, i, None)
    if s.low[at : at + 1] != ["that"]:
        return None
    clause = phrase_after(s, at + 1, len(s), g)
    quoted = s.low[at + 1 : at + 2] == [QUOTE]
    if not quoted and (clause == at + 1 or clause >= len(s)):
        return None  # "the claim that was made": a relative clause
    if source is None:
        source = _owner(s, i, g)
    if source is None:
        return None
    return Site(i, i, i + 1, "noun", source, False, i, None)


_DEMANDS = frozenset(["call", "calls", "demand", "demands", "plea", "pleas", "appeal", "appeals"])


def _owner(s: Sentence, i: int, g: Grammar) -> tuple[int, int] | None:
    """Return whose claim a noun names: "Smith's long-standing claim", "their claim"."""
    for k in range(i - 1, max(-1, i - 5), -1):
        if s.low[k] in ("'s", "'"):
            start = phrase_before(s, k, 0, g)
            return None if start is None else (start, k)
        if s.low[k] in g.possessives:
            return k, k + 1
    return None
