"""The reported words of one cue: which units of its sentence they are.

A clause, an infinitive or an object after the verb; a clause or quotation before a tag ("…,
Smith said"); what stands around "according to"; subject and complement of a passive.
"""

from __future__ import annotations

from collections.abc import Sequence

from detente.reading.clauses import comma_inside
from detente.reading.extents import content_start
from detente.reading.grammar import Grammar
from detente.reading.phrases import phrase_after
from detente.reading.reported_end import content_end
from detente.reading.sentences import QUOTE, Sentence
from detente.reading.site import Site
from detente.reading.tags import MARKS, Parts, after_tag, around_tag, follows_quote

_ASKING = frozenset(["whether", "if", "how", "why", "what", "when", "where", "who", "which"])


def content_of(
    s: Sentence, site: Site, later: Sequence[Site], floor: int, high: int, g: Grammar
) -> Parts:
    """Return the units of the reported words, as (start, end) parts; empty where none are."""
    if site.kind == "according":
        return _around(s, site, later, floor, high, g)
    if site.kind == "passive":
        return _passive(s, site, later, high, g)
    if site.kind == "noun":
        start = site.end if s.low[site.end - 1] == "for" else s.low.index("that", site.at)
        return [(start, content_end(s, start, high, site, later, g))]
    if site.kind == "prompt":
        return _prompt(s, site, high)
    verb = site.verb
    assert verb is not None
    if site.kind != "inverted" and site.end < high and s.low[site.end] in verb.brings:
        end = content_end(s, site.end + 1, high, site, later, g)
        if end > site.end + 1:
            return [(site.end + 1, end)]
    start = content_start(s, site, high, g)
    beside = follows_quote(s, site, start, high, g)
    if site.kind == "inverted" or start >= high or s.low[start] in MARKS or beside:
        tagged = around_tag(s, site, start, later, floor, high, g)
        if tagged or site.kind == "inverted":
            return tagged or after_tag(s, start, later, site, high, g)
    if start < high and s.low[start] == QUOTE and site.kind != "inverted":
        end = content_end(s, start, high, site, later, g)
        return _quoted(s, start, end)
    return _clause(s, site, start, later, high, g)


def _prompt(s: Sentence, site: Site, high: int) -> Parts:
    """Return what somebody was asked, up to the comma."""
    start = site.source[1] if site.source and s.low[site.end] == "by" else site.end
    start += start < high and s.low[start] == "about"
    end = start
    while end < high and s.low[end] != ",":
        end += 1
        if end - 1 in s.quote and comma_inside(s, end - 1):
            break
    return [(start, end)] if end > start else []


def _clause(
    s: Sentence, site: Site, start: int, later: Sequence[Site], high: int, g: Grammar
) -> Parts:
    """Return what follows a verb as a clause, an infinitive, an object or a request."""
    verb = site.verb
    assert verb is not None
    frames = verb.frames
    plain = site.end  # the object of a verb follows it at once
    end = content_end(s, start, high, site, later, g)
    if start < end and s.low[start] == "that" and frames & {"that", "hearer"}:
        return [(start, end)]
    if (
        start < end
        and s.low[start] in _ASKING
        and frames & {"that", "ask", "hearer"}
        and not (verb.weak and "mind" not in frames)
    ):
        return [(start, end)]
    if plain < high and s.low[plain] == "to" and "to" in frames:
        return [(plain, content_end(s, plain, high, site, later, g))]
    if (
        frames & {"that", "hearer"}
        and start < end
        and _is_clause(s, start, end, verb.weak or "thing" in frames, g)
    ):
        return [(start, end)]
    end = content_end(s, plain, high, site, later, g)
    if plain >= end or s.low[plain] in MARKS:
        return []
    window = s.low[plain : min(end, plain + 16)]
    if "ask" in frames and ("to" in window[1:] or window[0] in ("for", "about")):
        return [(plain, end)]
    if "as" in frames and (not verb.weak or "as" in window or QUOTE in window):
        return [(plain, end)]
    if "thing" in frames and (not verb.weak or "mind" in frames or QUOTE in window):
        if s.low[plain] in g.prepositions and QUOTE not in window:
            return []
        return [(plain, end)]
    if QUOTE in window and frames & {"quote", "that"} and not verb.weak:
        return [(plain, end)]
    return []


def _is_clause(s: Sentence, start: int, end: int, weak: bool, g: Grammar) -> bool:
    """Tell whether a clause without "that" opens at a unit."""
    if weak:
        subject = phrase_after(s, start, end, g)
        return start < subject < end and g.finite_verb(s, subject)
    if s.low[start] in ("by", "with", "to", "from"):
        return False
    if s.low[start] in g.prepositions and s.low[start] not in _SUBORDINATE:
        return any(g.finite_verb(s, k) for k in range(start, end))
    return end >= start + (2 if s.low[start] in g.subject_pronouns else 3)


def _quoted(s: Sentence, start: int, end: int) -> Parts:
    """Return a quotation after its cue, alone or with the words that go on from it."""
    if end <= start + 1:
        return [(start, start + 1)]
    if s.low[start + 1] in (".", "?", "!") or _closes(s, start):
        return [(start, start + 1)]
    return [(start, end)]


def _closes(s: Sentence, unit: int) -> bool:
    """Tell whether a quotation ends with the end of a sentence."""
    return s.text[s.quote[unit].inner.end - 1] in ".?!"


def _around(
    s: Sentence, site: Site, later: Sequence[Site], floor: int, high: int, g: Grammar
) -> Parts:
    """Return the sentence around "according to", on the side where it stands."""
    after = site.source[1] if site.source else site.end
    if site.at <= floor + 1 or (site.at and s.low[site.at - 1] in (";",)):
        while after < high and s.low[after] != ",":
            after += 1
        begin = after + 1
        end = content_end(s, begin, high, site, later, g) if begin < high else begin
        return [(begin, end)] if begin < end else []
    begin = floor
    end = site.at
    while end > begin and s.low[end - 1] in MARKS:
        end -= 1
    if floor and not any(g.finite_verb(s, k) for k in range(floor, end)):
        begin = 0  # "“…,” Smith said on Monday, according to the agency": all of it
    while begin < end and (s.low[begin] in MARKS or s.low[begin] in ("and", "but")):
        begin += 1
    parts = [(begin, end)] if begin < end else []
    if parts and after + 1 < high and s.low[after] == ",":
        rest = content_end(s, after + 1, high, site, later, g)
        comment = s.low[after + 1].endswith("ing") or s.low[after + 1] in _COMMENT
        if rest > after + 1 and not comment and not any(o.clause == after for o in later):
            parts.append((after + 1, rest))
    return parts


def _passive(s: Sentence, site: Site, later: Sequence[Site], high: int, g: Grammar) -> Parts:
    """Return what a passive reports: its subject and what is said of it."""
    verb = site.verb
    assert verb is not None
    frames = verb.frames
    after = site.end
    if site.source is not None and site.source[0] <= after + 8:
        after = max(after, site.source[1]) if s.low[after] == "by" else after
    start = after
    for k in range(after, min(high, after + 4)):
        if s.low[k] == "that":
            start = k
            break
    end = content_end(s, start, high, site, later, g) if start < high else start
    begin = site.clause
    while begin < site.begin and (s.low[begin] in MARKS or s.low[begin] in _OPENERS):
        begin += 1
    if start < high and s.low[start] == "that" and frames & {"that", "hearer"}:
        return [(start, end)]
    asked = content_start(s, site, high, g)
    if frames & {"hearer", "ask"} and asked < high and s.low[asked] == QUOTE:
        return [(asked, asked + 1)]
    if (
        frames & {"hearer", "ask"}
        and start < high
        and s.low[start] in ("to", "about", "if", "whether", "why", "how", "what")
        and not frames & {"as"}
    ):
        return [(start, end)] if not verb.weak else []
    if s.low[begin] in ("it", "there"):
        return []
    if site.source is None and verb.weak and "mind" not in frames:
        return []
    subject = [(begin, site.begin)] if begin < site.begin else []
    if site.source is not None and s.low[site.end] == "by":
        return [*subject, *([(start, end)] if start < end and s.low[start] not in MARKS else [])]
    if site.source is not None and site.source[0] - 1 > site.end:
        return [*subject, (site.end, site.source[0] - 1)]
    if start < high and s.low[start] in ("to", "as", "a", "an", "the", QUOTE) and start < end:
        return [*subject, (start, end)]
    return []


_COMMENT = frozenset(
    ["which", "who", "but", "and", "while", "although", "though", "a", "an", "with", "as"]
)


_SUBORDINATE = frozenset(
    [
        "if",
        "when",
        "while",
        "after",
        "before",
        "as",
        "since",
        "although",
        "though",
        "because",
        "unless",
    ]
)


_OPENERS = frozenset(
    ["and", "but", "while", "though", "although", "as", "when", "after", "because", "that"]
)
