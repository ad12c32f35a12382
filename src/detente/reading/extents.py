"""Where the words of others begin after a cue, past times, places and hearers."""

from __future__ import annotations

from detente.reading.grammar import Grammar
from detente.reading.phrases import phrase_after, skip_time
from detente.reading.sentences import QUOTE, Sentence
from detente.reading.site import Site

_ADDRESSING = frozenset(
    [
        "to",
        "in",
        "at",
        "on",
        "during",
        "via",
        "through",
        "with",
        "from",
        "of",
        "about",
        "after",
        "before",
        "by",
        "for",
    ]
)
_FINAL = frozenset([".", "?", "!", "…", ";", ":"])


def content_start(s: Sentence, site: Site, high: int, g: Grammar) -> int:
    """Return the unit at which the reported words begin after a cue.

    Times, places and hearers that stand between ("said on Monday in an interview with …") are
    skipped. Returns ``high``, or the unit of a mark, where nothing is reported after the cue.
    """
    i = site.end if site.kind != "inverted" or site.source is None else site.source[1]
    verb = site.verb
    if verb is not None and "hearer" in verb.frames and "that" not in verb.frames:
        i = _skip_hearer(s, i, high, g)
    elif verb is not None and "hearer" in verb.frames and not _clause_opens(s, i, g):
        hearer = _skip_hearer(s, i, high, g)
        if hearer < high and s.low[hearer] == "that":
            i = hearer
    for _ in range(8):
        after = _skip_one(s, i, high, g)
        if after == i:
            break
        i = after
    return i


def _clause_opens(s: Sentence, i: int, g: Grammar) -> bool:
    """Tell whether a clause or a quotation opens at unit ``i``."""
    return i < len(s) and s.low[i] in ("that", QUOTE, ":", ",")


def _skip_hearer(s: Sentence, i: int, high: int, g: Grammar) -> int:
    """Return where the hearer after "told" ends."""
    if i >= high or s.low[i] in ("that", QUOTE, ",", ":"):
        return i
    if s.low[i] in g.pronouns and s.low[i] not in g.possessives:
        return i + 1
    for k in range(i, min(high, i + 24)):  # a hearer of any length, if "that" or a quotation comes
        if s.low[k] == "that" and k > i and s.low[k - 1] not in (",",):
            return k
        if s.low[k] in (QUOTE, ":"):
            return k
        if s.low[k] in (",", ";") or (g.finite_verb(s, k) and k > i + 1):
            break
    j = i
    while j < high and s.low[j] in g.determiners:
        j += 1
    first = j
    while j < high and ((s.capital(j) and g.nominal(s, j)) or s.low[j] in ("'s", "&", ".")):
        if s.low[j] == "." and not g.modifier(s, j):
            break
        j += 1
    while j < high and (s.low[j] in g.hearers or s.low[j] in g.holders or s.low[j] in g.groups):
        j += 1
    if j == first:
        end = phrase_after(s, i, high, g, links=False)
        return min(end, i + 2) if s.low[i] not in g.determiners else min(end, i + 3)
    return j


def _skip_one(s: Sentence, i: int, high: int, g: Grammar) -> int:
    """Return the unit after one adverb, time, address or mark at ``i``; ``i`` for none."""
    if i >= high:
        return i
    word = s.low[i]
    if word == ":":
        return i + 1
    if word == "," and i + 1 < high and s.low[i + 1] == QUOTE:
        return i + 1
    if word == "," and i + 1 < high:
        return _skip_insertion(s, i, high, g)
    if g.adverb(word) and word not in ("so", "there", "not", "here", "no", "both", "all", "even"):
        nexts = s.low[i + 1] if i + 1 < high else ""
        if nexts in ("that", ",", QUOTE, ":", "in", "on", "at", "to", "") or word in ("also",):
            return i + 1
        return i + 1 if word not in ("yet", "now", "today", "never", "only", "just") else i
    if (
        word == "out"
        and s.low[i + 1 : i + 2]
        and s.low[i + 1] in ("that", ",", QUOTE, "in", "on", "how", "why")
    ):
        return i + 1
    if word in ("time", "over", "again") and s.low[i + 1 : i + 2] == ["and"]:
        return min(i + 3, high)  # "time and time again", "over and over"
    after = skip_time(s, i, high, g)
    if after > i:
        return after
    if word in _ADDRESSING:
        return _skip_address(s, i, high, g)
    return i


def _skip_insertion(s: Sentence, i: int, high: int, g: Grammar) -> int:
    """Return the unit after ", however," or ", in a statement,"; ``i`` where none stands there."""
    for k in range(i + 1, min(high - 1, i + 24)):
        if s.low[k] == "," and s.low[k + 1] == "that":
            return k + 1
    for k in range(i + 1, min(high, i + 14)):
        if s.low[k] == QUOTE and k > i + 1 and s.low[k - 1] == ",":
            return k
        if s.low[k] == ",":
            adverbial = s.low[i + 1] in g.prepositions or g.adverb(s.low[i + 1])
            goes_on = k + 1 < high - 1
            return k + 1 if adverbial and goes_on else i
    return i


def _skip_address(s: Sentence, i: int, high: int, g: Grammar) -> int:
    """Return the unit after "in an interview", "to reporters"; ``i`` where it is no address."""
    end = phrase_after(s, i + 1, high, g)
    if end == i + 1:
        return i
    if s.low[i] == "to" and not (
        s.low[i + 1] in g.closed or s.low[i + 1] in g.hearers or s.capital(i + 1)
    ):
        return i  # "told them to speak of the letter"
    if any(s.low[k] in g.places for k in range(i + 1, end)):
        return end
    end = skip_time(s, end, high, g)
    after = s.low[end] if end < high else "."
    if after in ("that", QUOTE, ":") or (after in g.subject_pronouns and after != "who"):
        return end
    if after == "," and end + 1 < high and s.low[end + 1] == QUOTE:
        return end
    if s.low[i] == "to" and any(s.low[k] in g.hearers for k in range(i + 1, end)):
        return end
    return end if after in _FINAL or end >= high else i


def sentence_end(s: Sentence) -> int:
    """Return the unit after the last one that is no closing mark."""
    end = len(s)
    while end and s.low[end - 1] in _FINAL:
        end -= 1
    return end
