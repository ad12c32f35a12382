"""Where the words of others begin and end around a cue."""

from __future__ import annotations

from collections.abc import Sequence

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
    if any(s.low[k] in g.places for k in range(i + 1, end)):
        return end
    after = s.low[end] if end < high else "."
    if after in ("that", QUOTE, ":"):
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


def content_end(
    s: Sentence, start: int, high: int, site: Site, later: Sequence[Site], g: Grammar
) -> int:
    """Return the unit at which the words reported by a cue end."""
    end = high
    for other in later:
        if other.at <= site.at or other.clause <= start:
            continue
        if _breaks(s, site, other, g):
            end = min(end, other.clause)
            break
    for k in range(start + 1, end):
        if s.low[k] == "but" and s.low[k - 1] == "," and s.low[k + 1 : k + 2] != ["that"]:
            end = k - 1
            break
    if start < end and s.low[start] not in _CLAUSES and not _has_finite(s, start, end, g):
        end = _phrase_end(s, start, end, g)
    for k in range(start, end - 1):
        if k in s.quote and _comma_inside(s, k) and _opens_comment(s, k + 1):
            end = k + 1
            break
    while end > start and s.low[end - 1] in (",", "—", "–", "-", ";", ":", "and", "but"):
        end -= 1
    return end


_CLAUSES = frozenset(
    ["that", "whether", "if", "how", "why", "what", "when", "where", "who", "which"]
)
_FRONTING = frozenset(["while", "when", "although", "though", "as", "if", "after", "because"])
_AFTER_COMMA = frozenset(
    [
        "and",
        "but",
        "as",
        "although",
        "though",
        "while",
        "which",
        "who",
        "whose",
        "where",
        "when",
        "after",
        "before",
        "because",
        "since",
        "including",
        "according",
        "despite",
        "even",
        "not",
        "then",
        "citing",
        "with",
        "without",
    ]
)


def _has_finite(s: Sentence, start: int, end: int, g: Grammar) -> bool:
    """Tell whether a clause of its own, with a finite verb, opens at a unit."""
    if s.low[start] in ("to", QUOTE) or s.low[start] in g.prepositions:
        return False
    subject = phrase_after(s, start, end, g)
    if subject < end and s.low[subject] == ",":  # "the union, which has 900 members, would"
        return any(g.finite_verb(s, k) for k in range(subject, min(end, subject + 20)))
    return start < subject < end and g.finite_verb(s, subject)


def _comma_inside(s: Sentence, unit: int) -> bool:
    """Tell whether a quotation has, before its closing mark, the comma of the sentence around."""
    return s.text[s.quote[unit].inner.end - 1] == ","


def _opens_comment(s: Sentence, i: int) -> bool:
    """Tell whether what follows a comma is the report's own comment on what was said."""
    word = s.low[i]
    if word in ("and", "or", "to", QUOTE):
        return False
    return word in _AFTER_COMMA or word in ("a", "an", "the", "compared") or word.endswith("ing")


def _phrase_end(s: Sentence, start: int, end: int, g: Grammar) -> int:
    """Return where an infinitive or an object ends: at a comma that opens something new."""
    for k in range(start + 1, end - 1):
        if s.low[k] in (";", "—", "–", "-"):
            return k
        if s.low[k] == "," and (s.low[k + 1] in _AFTER_COMMA or s.low[k + 1].endswith("ing")):
            return k
    return end


def _breaks(s: Sentence, site: Site, other: Site, g: Grammar) -> bool:
    """Tell whether a later cue ends the content of an earlier one."""
    if other.kind == "according":
        return s.low[other.at - 1] == ","
    openers = s.low[other.clause : other.at]
    if other.kind == "participle":
        if other.at - 1 in s.quote and _comma_inside(s, other.at - 1):
            return True
        return openers[:1] in ([","], ["—"]) or (
            openers[:1] == ["and"] and site.kind == "participle"
        )
    if other.shared:
        return _same_form(site, other)
    if openers[:1] == [","] and s.low[site.clause] in _FRONTING:
        return True  # "While Smith said A, she said B"
    if (
        openers[:1] == ["and"]
        and site.verb is not None
        and not site.verb.frames & {"that", "hearer"}
    ):
        return True
    return openers[:2] in ([",", "but"], [",", "while"], [",", "and"], [",", "though"]) or (
        openers[:1] in (["but"], [";"], ["while"])
    )


def _same_form(site: Site, other: Site) -> bool:
    """Tell whether two verbs can be coordinated."""
    if site.verb is None or other.verb is None:
        return False
    return site.verb.form == other.verb.form
