"""Where the words of others end.

English does not mark it: "said the dam is full, and left" goes on with the report, "said the dam
is full, and will overflow" with the words. What follows each comma and each "and" decides, with
the tense of the verbs on both sides.
"""

from __future__ import annotations

from collections.abc import Sequence

from detente.reading.clauses import (
    clause_at,
    comma_inside,
    finite_at,
    has_finite,
    tense,
    tense_of_clause,
)
from detente.reading.grammar import Grammar
from detente.reading.sentences import QUOTE, Sentence
from detente.reading.site import Site


def content_end(
    s: Sentence, start: int, high: int, site: Site, later: Sequence[Site], g: Grammar
) -> int:
    """Return the unit at which the words reported by a cue end.

    Parameters
    ----------
    s : Sentence
        The sentence of the cue.
    start, high : int
        Units: where the words begin, and where they end at the latest.
    site : Site
        The cue.
    later : sequence of Site
        The cues after it in the sentence.
    g : Grammar
        Word classes.
    """
    end = _before_cues(s, start, high, site, later, g)
    kind = _kind(s, start, end, g)
    for k in range(start + 1, end if site.kind != "according" else start):
        if _cuts(s, start, k, end, kind, site, g):
            end = k
            break
    while end > start and s.low[end - 1] in _TRAILING:
        end -= 1
    return end


_TRAILING = frozenset([",", "—", "–", "-", ";", ":", "and", "but"])


_DASHES = frozenset(["—", "–", "-"])


_NEXT = 24
"""How many later cues may end the words of one: sentences have no more."""


def _before_cues(
    s: Sentence, start: int, high: int, site: Site, later: Sequence[Site], g: Grammar
) -> int:
    """Return where the first later cue begins that the words cannot hold."""
    for other in later[:_NEXT]:
        if other.at <= site.at or other.clause <= start:
            continue
        if _breaks(s, site, other, g) or _is_tag(s, other, high, g):
            return min(high, _without_preposition(s, other))
        if (bound := _own_words(s, other)) is not None and bound > start:
            return min(high, bound)
    return high


def _without_preposition(s: Sentence, other: Site) -> int:
    """Return where a cue's clause begins: "before claiming" with its preposition."""
    loose = other.kind == "participle" and s.low[other.clause - 1] in (
        "before",
        "after",
        "while",
        "when",
    )
    return other.clause - loose


def _own_words(s: Sentence, other: Site) -> int | None:
    """Return where what a later cue reports begins, if that stands before it; None if not.

    "…, whom she called a thief"; "… “It is full,” he said twice".
    """
    if other.kind != "finite" or other.source is None or other.shared:
        return None
    k = other.source[0] - 1
    if k > 0 and s.low[k] in ("who", "whom", "which") and s.low[k - 1] == ",":
        return k - 1
    return k if k in s.quote and comma_inside(s, k) else None


def _is_tag(s: Sentence, other: Site, high: int, g: Grammar) -> bool:
    """Tell whether a later cue reports all before it: "…, Smith said", "…, said Smith"."""
    if other.verb is None or not other.verb.frames & {"that", "quote"} or other.verb.weak:
        return False
    if other.kind == "inverted":
        return True
    if other.kind != "finite" or other.shared or other.source is None:
        return False
    opens = s.low[other.clause] == "," and other.source[0] == other.clause + 1
    return opens and (other.end >= high or s.low[other.end] == ",")


def _kind(s: Sentence, start: int, end: int, g: Grammar) -> str:
    """Return what the words are: a clause with ``that``, a ``clause`` or ``plain`` words."""
    if start >= end:
        return "plain"
    if s.low[start] in _CLAUSES:
        return "that"
    return "clause" if has_finite(s, start, end, g) else "plain"


def _cuts(s: Sentence, start: int, k: int, end: int, kind: str, site: Site, g: Grammar) -> bool:
    """Tell whether the words end before unit ``k``."""
    word = s.low[k]
    inside = k - 1 in s.quote and k - 1 >= start and comma_inside(s, k - 1)
    if inside and QUOTE in s.low[k : k + 4]:
        return False  # a row of quotations: "a “thief,” a “bully” and “sick”"
    if inside and word != "," and _opens_comment(s, k):
        return True
    if word == "," or (inside and word != ","):
        at = k + 1 if word == "," else k
        return at < end and _cuts_at_comma(s, start, at, end, kind, site, g)
    if word == ";":
        return kind == "plain"
    if word in _DASHES:
        return kind == "plain"
    if word in ("and", "but", "then") and s.low[k - 1] != ",":
        return _cuts_at_and(s, start, k, end, kind, site, g)
    return False


def _cuts_at_comma(
    s: Sentence, start: int, at: int, end: int, kind: str, site: Site, g: Grammar
) -> bool:
    """Tell whether a comma before unit ``at`` ends the words."""
    word = s.low[at]
    if word == "but":
        return _cuts_at_but(s, start, at, end, kind, g)
    if _is_relative(s, site) and finite_at(s, at, g):
        return True
    if _is_fronted(s, site, g) and clause_at(s, at, end, g):
        return True
    if (
        _is_fronted(s, site, g)
        and at - 1 in s.quote
        and (s.capital(at) or word in g.subject_pronouns or word == "there")
    ):
        return True
    if kind == "plain" and (word in _AFTER_COMMA or word.endswith("ing")):
        return not _goes_on(s, start, at, end, g)
    if word == "saying":
        return True
    if QUOTE in s.low[at + 1 : at + 4]:
        return False  # "…, which “will help”": the quotation is of the same breath
    if QUOTE in s.low[start:at] and QUOTE not in s.low[at:end] and _adds(s, at, end, g):
        return True
    if end - at < at - start or kind == "that" or not _spoken(s, start, at, g):
        return False
    if word in _ASIDE:
        return True
    comma = "," in s.low[start : at - 1]
    if finite_at(s, at, g) and not comma:
        return True
    return clause_at(s, at, end, g) or word == "while"


def _adds(s: Sentence, at: int, end: int, g: Grammar) -> bool:
    """Tell whether an aside opens that the report adds to quoted words."""
    if g.adverb(s.low[at]) and at + 1 < end:
        at += 1  # "…, implicitly putting"
    word = s.low[at]
    return word in _ASIDE or word in ("as", "just", "part", "including") or word.endswith("ing")


def _spoken(s: Sentence, start: int, at: int, g: Grammar) -> bool:
    """Tell whether a clause has had its verb: before it, a comma only parts subject and aside."""
    return any(g.finite_verb(s, k) for k in range(start + 1, at - 1))


_ASIDE = frozenset(["who", "whose", "which", "a", "an", "the"])
"""Open a comment rather than a part of a clause, where more follows than went before."""


def _cuts_at_but(s: Sentence, start: int, at: int, end: int, kind: str, g: Grammar) -> bool:
    """Tell whether ", but" begins what the report says itself."""
    if s.low[at + 1 : at + 2] in (["that"], [QUOTE]):
        return False
    if kind == "plain" or (s.low[at + 1 : at + 2] and s.low[at + 1] in g.subject_pronouns):
        return True
    return finite_at(s, at + 1, g) or (clause_at(s, at + 1, end, g) and end - at > at - start)


def _goes_on(s: Sentence, start: int, at: int, end: int, g: Grammar) -> bool:
    """Tell whether a comma only parts a list: "the dam, the port and the mill"."""
    if s.low[at] == "and":
        return not (
            finite_at(s, at + 1, g)
            or clause_at(s, at + 1, end, g)
            or (s.low[at + 1 : at + 2] and s.low[at + 1].endswith("ing"))
        )
    return s.low[at].endswith("ing") and any(
        word.endswith("ing")
        for k, word in enumerate(s.low[start : at - 1], start)
        if k == start or s.low[k - 1] in (":", ",")
    )


def _cuts_at_and(
    s: Sentence, start: int, k: int, end: int, kind: str, site: Site, g: Grammar
) -> bool:
    """Tell whether "and" at unit ``k`` joins a verb to the cue, not to the words."""
    at = k + 1
    while at < end and (g.adverb(s.low[at]) or s.low[at] == "then"):
        at += 1
    if at >= end or not g.finite_verb(s, at) or s.low[at] in ("'s", "'"):
        return False
    mine, cue = tense(s, at, g), tense(s, _first_verb(s, site, g), g)
    if kind == "plain":
        return "" in (mine, cue) or mine == cue
    theirs = tense_of_clause(s, start, k, g)
    return "" not in (mine, theirs, cue) and mine == cue and theirs != cue


def _first_verb(s: Sentence, site: Site, g: Grammar) -> int:
    """Return the finite verb of a cue: "is" of "is telling"."""
    finite = (k for k in range(site.begin, site.at) if s.low[k] in g.auxiliaries)
    return next(finite, site.at)


def _is_relative(s: Sentence, site: Site) -> bool:
    """Tell whether a cue stands in a relative clause between commas: "Smith, who said …,"."""
    if site.source is None or site.kind == "noun" or site.shared:
        return False
    last = site.source[1] - 1
    return s.low[last] in ("who", "which") and last > 0 and s.low[last - 1] == ","


def _is_fronted(s: Sentence, site: Site, g: Grammar) -> bool:
    """Tell whether a cue stands in a clause that opens the sentence: "While Smith said …,"."""
    if s.low[site.clause] in _FRONTING:
        return True
    if site.kind in ("noun", "participle") and not any(
        g.finite_verb(s, k) for k in range(site.begin)
    ):
        return True
    begin = site.begin if site.source is None else min(site.begin, site.source[0])
    for k in range(begin - 1, max(-1, begin - 6), -1):
        if k == 0 and s.low[k] in ("with", "amid", "despite"):
            return True
        if s.low[k] in _FRONTING:
            return k == 0 or s.low[k - 1] in (",", "and", "but", "that")
        if s.low[k] in (",", QUOTE, ";", ":"):
            return False
    return False


_CLAUSES = frozenset(
    ["that", "whether", "if", "how", "why", "what", "when", "where", "who", "which"]
)


_FRONTING = frozenset(["while", "when", "although", "though", "as", "if", "after", "because"])


_AFTER_COMMA = frozenset(
    [
        "and",
        "but",
        "although",
        "though",
        "while",
        "which",
        "who",
        "whose",
        "after",
        "before",
        "since",
        "including",
        "according",
        "despite",
        "then",
        "citing",
        "with",
        "without",
    ]
)


def _opens_comment(s: Sentence, i: int) -> bool:
    """Tell whether what follows a comma is the report's own comment on what was said."""
    word = s.low[i]
    if word in ("and", "or", "to", QUOTE):
        return False
    return word in _AFTER_COMMA or word in ("a", "an", "the", "compared") or word.endswith("ing")


def _breaks(s: Sentence, site: Site, other: Site, g: Grammar) -> bool:
    """Tell whether a later cue ends the content of an earlier one."""
    if other.kind == "according":
        return s.low[other.at - 1] == ","
    openers = s.low[other.clause : other.at]
    if other.kind == "participle":
        if other.at - 1 in s.quote and comma_inside(s, other.at - 1):
            return True
        if s.low[other.at - 1] in ("before", "after", "while", "when"):
            return True
        return openers[:1] in ([","], ["—"], ["–"], ["-"]) or (
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
