"""Clauses, told from their words: where one opens, and in which tense its verb stands."""

from __future__ import annotations

from detente.reading.grammar import Grammar
from detente.reading.phrases import phrase_after
from detente.reading.sentences import QUOTE, Sentence


def finite_at(s: Sentence, at: int, g: Grammar) -> bool:
    """Tell whether a verb with a subject stands at a unit, adverbs before it left out."""
    while at < len(s) and g.adverb(s.low[at]):
        at += 1
    return at < len(s) and g.finite_verb(s, at) and s.low[at] not in ("'s", "'")


def tense(s: Sentence, i: int, g: Grammar) -> str:
    """Return ``past`` or ``present`` for a finite verb; nothing where its form does not tell."""
    word = s.low[i]
    if word in _PAST or word in g.past_forms:
        return "past"
    if word in _PRESENT:
        return "present"
    verb = g.verbs.get(word)
    if verb is not None:
        return {"past": "past", "s": "present", "base": "present"}.get(verb.form, "")
    return "past" if word.endswith("ed") else ""


_PAST = frozenset(
    ["was", "were", "had", "did", "wasn", "weren", "hadn", "didn", "would", "could", "might"]
)


_PRESENT = frozenset(
    [
        "is",
        "are",
        "am",
        "has",
        "have",
        "do",
        "does",
        "will",
        "can",
        "may",
        "must",
        "should",
        "'re",
        "'ve",
        "'ll",
        "'m",
        "isn",
        "aren",
        "hasn",
        "haven",
        "doesn",
        "don",
        "won",
    ]
)


def tense_of_clause(s: Sentence, start: int, end: int, g: Grammar) -> str:
    """Return the tense of the first verb of a clause."""
    for i in range(start + 1, end):
        if g.finite_verb(s, i) and s.low[i] != "'s":
            return tense(s, i, g)
    return ""


def clause_at(s: Sentence, at: int, end: int, g: Grammar) -> bool:
    """Tell whether a clause with subject and verb opens at a unit."""
    subject = phrase_after(s, at, end, g)
    if at < subject < end and s.low[subject] in g.prepositions:  # "many in the audience"
        subject = max(subject, phrase_after(s, subject + 1, end, g))
    if not at < subject < end:
        return False
    verb = g.verbs.get(s.low[subject])
    plural = "and" in s.low[at:subject] or s.low[subject - 1].endswith("s")
    return finite_at(s, subject, g) or (plural and verb is not None and verb.form == "base")


def has_finite(s: Sentence, start: int, end: int, g: Grammar) -> bool:
    """Tell whether a clause of its own, with a finite verb, opens at a unit."""
    if s.low[start] in ("to", QUOTE) or s.low[start] in g.prepositions:
        return False
    for k in range(start, min(end, start + 12)):
        if s.low[k] in _NOT_BEFORE or not (s.low[k][0].isalnum() or s.low[k] in g.auxiliaries):
            break
        if s.low[k] in g.auxiliaries and k > start and s.low[k] not in ("'s", "'d"):
            return True
    subject = phrase_after(s, start, end, g)
    if subject < end and s.low[subject] == ",":  # "the union, which has 900 members, would"
        return any(g.finite_verb(s, k) for k in range(subject, min(end, subject + 20)))
    return start < subject < end and g.finite_verb(s, subject)


_NOT_BEFORE = frozenset(
    [
        "who",
        "which",
        "that",
        "whose",
        "to",
        "whom",
        "when",
        "where",
        "as",
        "if",
        "than",
        "how",
        "why",
        "what",
        "while",
        "after",
        "before",
        "because",
        "since",
    ]
)


def comma_inside(s: Sentence, unit: int) -> bool:
    """Tell whether a quotation has, before its closing mark, the comma of the sentence around."""
    return s.text[s.quote[unit].inner.end - 1] == ","
