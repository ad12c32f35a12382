"""Cues in -ing: is saying; …, adding that; a letter saying; and saying before its subject."""

from __future__ import annotations

from collections.abc import Sequence

from detente.reading.clauses import comma_inside
from detente.reading.grammar import Grammar
from detente.reading.lexicon import Verb
from detente.reading.phrases import phrase_after, phrase_before, skip_left, subject_before
from detente.reading.sentences import QUOTE, Sentence
from detente.reading.site import Site, clause_start
from detente.reading.subjects import main_subject
from detente.reading.verbforms import RELATIVE


def relative(s: Sentence, i: int, begin: int, verb: Verb, g: Grammar) -> Site | None:
    """Return the site of "X, who said": the source is X with its pronoun."""
    at = begin - 1
    end = at - 1 if at and s.low[at - 1] == "," else at
    start = phrase_before(s, end, 0, g)
    if start is None:
        return None
    return Site(i, begin, i + 1, "finite", (start, at + 1), False, at, verb)


def participle(
    s: Sentence, i: int, verb: Verb, before: str, found: Sequence[Site], g: Grammar
) -> Site | None:
    """Return the site of an -ing form: "is saying", ", adding that", "a letter saying"."""
    begin = skip_left(s, i, 0, g)
    if any(h in g.be for h in s.low[begin:i]):
        if begin and s.low[begin - 1] in RELATIVE:
            return relative(s, i, begin, verb, g)
        subject = subject_before(s, i, 0, g)
        if subject is None:
            subject = main_subject(s, begin, found, g)
        if subject is None:
            return None
        return Site(i, begin, i + 1, "finite", subject, False, clause_start(s, subject[0]), verb)
    if before in g.determiners or before in ("'s", "of", "for", "about", "to", "like"):
        return None
    if i == 0:
        return _opening(s, i, verb, g)
    if before in g.documents:
        start = phrase_before(s, i, 0, g)
        if start is not None:
            return Site(i, i, i + 1, "participle", (start, i), False, i, verb)
    if s.capital(i - 1) and g.nominal(s, i - 1) and i > 1:  # "footage of Smith saying"
        start = i - 1
        while start > 0 and s.capital(start - 1) and g.nominal(s, start - 1):
            start -= 1
        return Site(i, i, i + 1, "participle", (start, i), False, i, verb)
    follows = s.low[i + 1] if i + 1 < len(s) else ""
    loose = before in (",", QUOTE, "and", "—", "–", "-") or before in g.prepositions
    if not loose and verb.lemma == "say" and (named := _with_speaker(s, i, g)) is not None:
        return Site(i, i, i + 1, "participle", named, False, i, verb)
    if not loose and follows not in ("that", QUOTE, ",", ":"):
        return None  # "ads praising Smith"
    if "weak" in verb.frames and before not in (",", QUOTE, "and"):
        return None
    subject = main_subject(s, begin, found, g)
    if subject is None:
        return _opening(s, i, verb, g)
    return Site(i, i, i + 1, "participle", subject, True, clause_start(s, i), verb)


def _with_speaker(s: Sentence, i: int, g: Grammar) -> tuple[int, int] | None:
    """Return who speaks in "with three in ten saying", "many voters saying"."""
    start = phrase_before(s, i, 0, g)
    return None if start is None else (start, i)


def _opening(s: Sentence, i: int, verb: Verb, g: Grammar) -> Site | None:
    """Return the site of "After saying that …, Smith left": the source is the main subject."""
    if i > 2 or verb.weak or not verb.frames & {"that", "hearer", "ask", "thing"}:
        return None
    for k in range(i + 2, len(s) - 1):
        if s.low[k] == "," or (k in s.quote and comma_inside(s, k)):
            at = k + (s.low[k] == ",")
            end = phrase_after(s, at, len(s), g)
            if at < end < len(s) and g.finite_verb(s, end):
                return Site(i, i, i + 1, "participle", (at, end), False, i, verb)
    return None
