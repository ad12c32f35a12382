"""Words held in quotation marks where no verb of saying stands: "ran on a “clean sweep”".

Somebody's words they are all the same: those of the subject of the nearest verb before them.
"""

from __future__ import annotations

from collections.abc import Sequence

from detente.reading.grammar import Grammar
from detente.reading.phrases import skip_left, subject_before
from detente.reading.reported_end import content_end
from detente.reading.sentences import Sentence
from detente.reading.site import Site, clause_start
from detente.reading.subjects import main_subject

LEAST_WORDS = 3
"""Fewer words in quotation marks may be a name or a word held with tongs."""


def quoted_words(
    s: Sentence, unit: int, found: Sequence[Site], high: int, g: Grammar
) -> tuple[Site, list[tuple[int, int]]] | None:
    """Return the verb before a quotation that no cue reports, and the words; None for none.

    Parameters
    ----------
    s : Sentence
        The sentence.
    unit : int
        The quotation in it.
    found : sequence of Site
        The sentence's cues.
    high : int
        Where the sentence ends, its marks left out.
    g : Grammar
        Word classes.
    """
    if not _is_borrowed(s, unit):
        return None
    at = _verb_before(s, unit, g)
    if at is None:
        return None
    begin = skip_left(s, at, 0, g)
    subject = subject_before(s, at, 0, g) or main_subject(s, begin, found, g)
    if subject is None:
        return None
    site = Site(at, begin, at + 1, "borrowed", subject, False, clause_start(s, subject[0]), None)
    end = content_end(s, at + 1, high, site, (), g)
    return (site, [(at + 1, end)]) if unit < end else None


_NAMING = frozenset(["called", "named", "titled", "entitled", "dubbed", "labeled", "labelled"])


def _is_borrowed(s: Sentence, unit: int) -> bool:
    """Tell whether a quotation holds some words of a sentence and no title."""
    inner = s.quote[unit].inner
    words = s.text[inner.start : inner.end].split()
    longer = [word for word in words if len(word) > 3]
    least = 1 if "as" in s.low[max(0, unit - 3) : unit] else LEAST_WORDS
    return len(words) >= least and any(not word[0].isupper() for word in longer)


def _verb_before(s: Sentence, unit: int, g: Grammar) -> int | None:
    """Return the last verb before a unit; None where another quotation comes between."""
    for k in range(unit - 1, 0, -1):
        if k in s.quote:
            return None
        if g.finite_verb(s, k) and s.low[k] not in ("'s", "'d"):
            return None if s.low[k] in _NAMING or s.low[k] in g.auxiliaries else k
    return None
