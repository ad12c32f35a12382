"""Subjects that a verb shares with others, or that a whole sentence has."""

from __future__ import annotations

from collections.abc import Sequence

from detente.reading.grammar import Grammar
from detente.reading.phrases import phrase_after, subject_before
from detente.reading.sentences import QUOTE, Sentence
from detente.reading.site import CLAUSE_OPENERS, Site


def main_subject(
    s: Sentence, before: int, found: Sequence[Site], g: Grammar
) -> tuple[int, int] | None:
    """Return the subject that a verb without one shares: the last cue's, or the first verb's."""
    for site in reversed(found):
        if site.at < before and site.source and site.kind in _CARRYING and _is_top(s, site):
            return site.source
    low = _after_opening(s, before, g)
    for k in range(low + 1, before):
        possessive = s.low[k] == "'s"
        if possessive or (s.low[k] in g.auxiliaries and k + 1 == before):
            continue
        if g.finite_verb(s, k):
            subject = subject_before(s, k, low, g)
            if subject is not None and s.low[subject[0]] not in ("that", "which", "there"):
                return subject
    return None


def _after_opening(s: Sentence, before: int, g: Grammar) -> int:
    """Return the unit after an opening like "In a letter published on Friday,", else 0."""
    first = 1 if s.low[0] in ("even", "just", "only", "but", "and") else 0
    if first < len(s) and (s.low[first] in g.prepositions or s.low[first] in g.subordinators):
        for k in range(first + 1, before):
            if s.low[k] == ",":
                return k + 1
    return 0


_CARRYING = frozenset({"finite", "inverted", "infinitive", "participle"})


def _is_top(s: Sentence, site: Site) -> bool:
    """Tell whether a cue stands in a main clause, not inside words that another cue reports."""
    if site.kind == "inverted" or site.shared:
        return True
    return (
        site.clause == 0 or s.low[site.clause] in CLAUSE_OPENERS or s.low[site.clause - 1] == QUOTE
    )


def whole_subject(s: Sentence, end: int, g: Grammar) -> tuple[int, int] | None:
    """Return the noun phrase that fills a sentence up to unit ``end``: "Smith:"."""
    stop = phrase_after(s, 0, end, g)
    return (0, stop) if stop and stop >= end - 2 else None
