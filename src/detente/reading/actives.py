"""Reporting verbs in the active voice, and the subject whose words they bring."""

from __future__ import annotations

from collections.abc import Sequence

from detente.reading.grammar import LINKS, Grammar
from detente.reading.lexicon import Verb
from detente.reading.participles import relative
from detente.reading.phrases import phrase_after, phrase_before, subject_before, with_insertion
from detente.reading.sentences import QUOTE, Sentence
from detente.reading.site import CLAUSE_OPENERS, Site, clause_start
from detente.reading.subjects import main_subject
from detente.reading.verbforms import RELATIVE, only_verb


def clear(verb: Verb, g: Grammar) -> bool:
    """Tell whether a form is hardly ever anything but a verb of saying."""
    return "that" in verb.frames and not verb.weak and only_verb(verb.lemma, g)


def active(
    s: Sentence, i: int, begin: int, verb: Verb, found: Sequence[Site], g: Grammar
) -> Site | None:
    """Return the site of a verb in the active voice."""
    if inverted := _inverted(s, i, begin, verb, g):
        return inverted
    if begin and s.low[begin - 1] in RELATIVE:
        return relative(s, i, begin, verb, g)
    subject = _speaker_after_quote(s, i, begin, g) or subject_before(s, i, 0, g)
    if subject is not None and verb.form == "base" and begin == i and _is_single(s, subject, g):
        subject = _long_subject(s, begin, verb, g) or subject  # "farmers below the dam say"
    if subject is not None:
        subject = _with_name(s, subject, g)
    if subject is not None and s.low[subject[0]] in ("there",):
        return None
    if subject is not None:
        return Site(i, begin, i + 1, "finite", subject, False, clause_start(s, subject[0]), verb)
    if subject is None and (whole := _long_subject(s, begin, verb, g)) is not None:
        return Site(i, begin, i + 1, "finite", whole, False, clause_start(s, whole[0]), verb)
    if begin and _joins(s, begin - 1):
        shared = main_subject(s, begin, found, g)
        if shared is not None:
            return Site(i, begin, i + 1, "finite", shared, True, clause_start(s, begin), verb)
    return None


def _is_single(s: Sentence, subject: tuple[int, int], g: Grammar) -> bool:
    """Tell whether a phrase looks like one thing, of which a plural verb cannot be said."""
    head = s.low[subject[1] - 1]
    plural = head.endswith("s") or head in g.groups or head in g.pronouns or head == "people"
    return not plural and "and" not in s.low[slice(*subject)] and s.low[subject[0]] in ("the", "a")


def _joins(s: Sentence, k: int) -> bool:
    """Tell whether unit ``k`` can join a verb to an earlier one with the same subject."""
    if s.low[k] == QUOTE:
        return s.text[s.quote[k].inner.end - 1] == ","
    return s.low[k] in ("and", "but", "or", ",", "then", "—", "-")


_LONGEST = 24
"""A subject with clauses of its own has at most so many units."""


def _long_subject(s: Sentence, begin: int, verb: Verb, g: Grammar) -> tuple[int, int] | None:
    """Return a subject with a clause of its own: "The groups who wrote to her on Thursday say"."""
    if (
        not clear(verb, g)
        or begin == 0
        or s.low[begin - 1] in (",", QUOTE, "and", "but", "to", ";", ":")
    ):
        return None
    start = begin
    while start > max(0, begin - _LONGEST) and s.low[start - 1] not in _BOUNDS:
        start -= 1
    head = phrase_after(s, start, begin, g, links=False)
    if start == begin - _LONGEST or head == start or s.low[start] in g.prepositions:
        return None
    inner = s.low[head] if head < begin else ""
    opens = inner in ("who", "whose", "that") or inner in LINKS or inner.endswith(("ing", "ed"))
    return (start, begin) if opens else None


_BOUNDS = frozenset(
    [
        ",",
        ";",
        ":",
        "—",
        "–",
        "-",
        QUOTE,
        "while",
        "though",
        "although",
        "but",
        "if",
        "because",
        "when",
    ]
)


def _speaker_after_quote(s: Sentence, i: int, begin: int, g: Grammar) -> tuple[int, int] | None:
    """Return all between a quotation and the verb of its tag: "…," Smith, 54, of Ohio, said."""
    if begin == 0 or s.low[begin - 1] != ",":
        return None
    for k in range(begin - 2, max(-1, begin - 30), -1):
        if s.low[k] == QUOTE:
            named = k + 1 < begin and (s.capital(k + 1) or s.low[k + 1] in g.determiners)
            return (k + 1, begin - 1) if named else None
        if s.low[k] in g.subordinators and s.low[k] not in ("who", "which", "whose", "as"):
            return None
    return None


def _with_name(s: Sentence, subject: tuple[int, int], g: Grammar) -> tuple[int, int]:
    """Return "Smith, spokesman for the port" from the part after the comma, if a name opens it."""
    at = subject[0]
    if at < 2 or s.low[at - 1] != "," or not (s.low[at] in g.holders or s.low[at] in g.titles):
        return subject
    start = phrase_before(s, at - 1, 0, g)
    if start is None or not s.capital(start):
        return subject
    opens = start == 0 or s.low[start - 1] in CLAUSE_OPENERS or s.low[start - 1] == QUOTE
    return (start, subject[1]) if opens else subject


def _inverted(s: Sentence, i: int, begin: int, verb: Verb, g: Grammar) -> Site | None:
    """Return the site of "…, said Smith"; None where the verb is not followed by its subject."""
    if verb.form == "base" or not verb.frames & {"that", "quote"} or begin != i:
        return None
    if i and s.low[i - 1] not in (",", QUOTE, "?", "!", "-", "—", ".", "…", "'", ";"):
        return None
    after = i + 1
    while after < len(s) and g.adverb(s.low[after]):
        after += 1
    end = phrase_after(s, after, len(s), g)
    if end == after or s.low[after] in ("that", "it", "him", "them", "me", "us"):
        return None
    stop = with_insertion(s, end, len(s), g)
    rest = s.low[end] if end < len(s) else "."
    if (
        s.low[i - 1] != QUOTE
        and end < len(s)
        and (rest in g.finite or (rest in g.verbs and g.finite_verb(s, end)))
    ):
        return None
    if i and s.low[i - 1] in (",", "—", "–", "-"):
        subject = subject_before(s, i, 0, g)
        leads = subject is not None and (subject[0] == 0 or s.low[subject[0] - 1] in CLAUSE_OPENERS)
        if (
            rest == QUOTE
            or not _has_verb(s, i, g)
            or (leads and (end < len(s) - 2 or "thing" in verb.frames))
        ):
            return None
    return Site(i, i, i + 1, "inverted", (after, stop), False, i, verb)


def _has_verb(s: Sentence, upto: int, g: Grammar) -> bool:
    """Tell whether a finite verb or a quotation stands before a unit."""
    verbs = (k for k in range(upto) if s.low[k] == QUOTE or g.finite_verb(s, k))
    return any(s.low[k] not in ("'s", "'d") for k in verbs)
