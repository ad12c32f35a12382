"""Noun phrases and adverbials around a verb, found by walking left and right from it.

No parser and no model: closed-class words, capitals and a few endings tell where a phrase
begins and ends. All walks stop at the borders of the sentence, which is bounded.
"""

from __future__ import annotations

from detente.reading.grammar import LINKS, Grammar
from detente.reading.sentences import QUOTE, Sentence

_INSERTION_ENDS = frozenset({",", ";", ":", "—", QUOTE})
_APPOSITION = 40
"""How many units an insertion between commas may have."""


def phrase_before(s: Sentence, end: int, low: int, g: Grammar) -> int | None:
    """Return where the noun phrase that ends before unit ``end`` begins; None where none does."""
    i = end - 1
    if i >= low and s.low[i] == ")":
        i = _open_bracket(s, i, low) - 1
    if i < low:
        return None
    numeral = s.low[i] in g.determiners and s.low[i] not in g.possessives and i - 1 >= low
    if numeral and s.low[i - 1] in ("in", "of") and s.low[i - 2] in g.determiners:
        return i - 2
    if s.low[i] in g.subject_pronouns or (s.low[i] in g.pronouns and s.low[i] not in g.possessives):
        return _with_of(s, i, low, g)
    if not (g.nominal(s, i) or (s.low[i] == "." and g.modifier(s, i))):
        return _with_participle(s, i, low, g)
    while True:
        i = _walk_modifiers(s, i, low, g)
        before = i - 1
        if before < low:
            return i
        word = s.low[before]
        if (
            (word == "'s" and before - 1 >= low and g.nominal(s, before - 1))
            or (word == "'" and before - 1 >= low and s.end[before - 1] == s.start[before])
            or (word in LINKS and before - 1 >= low and g.nominal(s, before - 1))
        ):
            i = before - 1
        elif word == "of" and before - 1 >= low and s.low[before - 1] in g.determiners:
            return before - 1
        elif word in ("and", "or", "&") and (joined := _conjunct(s, before, low, g)) is not None:
            return joined
        else:
            return i


def _with_participle(s: Sentence, i: int, low: int, g: Grammar) -> int | None:
    """Return the start of "those surveyed", "an order released"; None for other words in -ed."""
    if not s.low[i].endswith("ed") or s.capital(i) or i - 1 < low:
        return None
    named = g.nominal(s, i - 1) and not s.capital(i - 1)
    return phrase_before(s, i, low, g) if named or s.low[i - 1] == "those" else None


def _walk_modifiers(s: Sentence, i: int, low: int, g: Grammar) -> int:
    """Go left over modifiers, then over determiners."""
    while i - 1 >= low and g.modifier(s, i - 1):
        i -= 1
    while i - 1 >= low and s.low[i - 1] in g.determiners:
        i -= 1
    return i


def _with_of(s: Sentence, i: int, low: int, g: Grammar) -> int:
    """Return the start of "some of them", or of the pronoun alone."""
    if i - 2 >= low and s.low[i - 1] == "of" and s.low[i - 2] in g.determiners:
        return i - 2
    if i - 1 >= low and s.low[i - 1] == "the":  # "the two"
        return i - 1
    return i


def _conjunct(s: Sentence, conjunction: int, low: int, g: Grammar) -> int | None:
    """Return the start of "A, B and" before a conjunction, unless A is another verb's object."""
    end = conjunction
    listed = end - 1 >= low and s.low[end - 1] == ","
    end -= listed
    start = phrase_before(s, end, low, g)
    if start is None:
        return None
    while start - 1 > low and s.low[start - 1] == ",":
        longer = phrase_before(s, start - 1, low, g)
        if longer is None:
            break
        start = longer
    if start > low and (g.finite_verb(s, start - 1) or s.low[start - 1] in g.prepositions):
        return None
    if listed and "," not in s.low[start:end]:
        return None  # "…, and Smith said" opens a clause
    return start


def _open_bracket(s: Sentence, i: int, low: int) -> int:
    """Return the bracket that opens before the closing one at ``i``, or ``i``."""
    for k in range(i - 1, max(low, i - 15) - 1, -1):
        if s.low[k] == "(":
            return k
    return i


def subject_before(s: Sentence, verb: int, low: int, g: Grammar) -> tuple[int, int] | None:
    """Return the units (start, end) of the subject left of a verb; None where none stands there.

    Insertions between commas ("Smith, the union's leader, said") belong to the subject.
    """
    i = skip_left(s, verb, low, g)
    if i <= low:
        return None
    if s.low[i - 1] in (",", "—", "–", "-", ")"):
        inserted = _subject_with_insertion(s, i, low, g)
        if inserted is not None or i - 2 <= low or s.low[i - 2] != ")":
            return inserted
        i -= 1  # "Smith (R-Fla.), said"
    start = phrase_before(s, i, low, g)
    return None if start is None else (_past_participle(s, start, low, g), i)


def _past_participle(s: Sentence, start: int, low: int, g: Grammar) -> int:
    """Return the start of "protesters marching through the streets" from that of "the streets"."""
    k = start - 1
    if k <= low or s.low[k] not in g.prepositions:
        return start
    k -= 1
    if not (s.low[k].endswith(("ing", "ed")) and not s.capital(k)) or k - 1 < low:
        return start
    longer = phrase_before(s, k, low, g)
    return start if longer is None else longer


def _subject_with_insertion(s: Sentence, i: int, low: int, g: Grammar) -> tuple[int, int] | None:
    """Return the subject that ends with an insertion between commas, dashes or brackets."""
    close = s.low[i - 1]
    if close == ")":
        start = phrase_before(s, i, low, g)
        return None if start is None else (start, i)
    for k in range(i - 2, max(low, i - _APPOSITION) - 1, -1):
        if s.low[k] == QUOTE:
            return None
        if s.low[k] != close:
            continue
        start = phrase_before(s, skip_left(s, k, low, g), low, g)
        if start is None:
            continue
        outside = start == low or s.low[start - 1] != ","
        linked = start > low and s.low[start - 1] in g.prepositions and start - 2 >= low
        if (linked and s.low[start - 2] == ",") or not (outside or s.low[start].isalnum()):
            continue
        return (start, i - 1)
    return None


def skip_left(s: Sentence, i: int, low: int, g: Grammar) -> int:
    """Return where adverbs, auxiliaries and times before unit ``i`` begin."""
    while i > low:
        word = s.low[i - 1]
        if (
            (word in g.auxiliaries and word not in ("'s", "'d"))
            or (word in ("'s", "'d") and _is_verb_clitic(s, i - 1, g))
            or (
                g.adverb(word)
                and not _is_name(s, i - 1)
                and word not in ("both", "all", "each", "so", "here", "there")
            )
            or (word == "here" and i - 2 >= low and g.nominal(s, i - 2))
        ):
            i -= 1
        elif word in g.calendar or word in ("week", "month", "year", "night", "morning", "day"):
            j = _time_before(s, i, low, g)
            if j == i:
                return i
            i = j
        else:
            return i
    return i


def _is_name(s: Sentence, i: int) -> bool:
    """Tell whether a word in -ly is a name: a capital not at the sentence's start, or after one."""
    return s.capital(i) and s.low[i].endswith("ly") and (i > 0 or len(s.low[i]) < 6)


def _is_verb_clitic(s: Sentence, i: int, g: Grammar) -> bool:
    """Tell whether 's is short for is or has: after a pronoun, before a verb."""
    return i > 0 and s.low[i - 1] in (g.subject_pronouns | {"that", "there"})


def _time_before(s: Sentence, i: int, low: int, g: Grammar) -> int:
    """Return where the time that ends before unit ``i`` begins: "on Monday", "last week"."""
    j = i
    while j > low and (s.low[j - 1] in g.time or s.low[j - 1].isdigit()):
        j -= 1
    while j < i and s.low[j] in ("fall", "spring") and j + 1 < i:
        j += 1
    return j


def phrase_after(s: Sentence, i: int, high: int, g: Grammar, links: bool = True) -> int:
    """Return where the noun phrase that begins at unit ``i`` ends; ``i`` where none begins."""
    return _phrase(s, i, min(high, i + _LONGEST), g, links)


_LONGEST = 60
"""Units of the longest noun phrase that is followed."""


def _phrase(s: Sentence, i: int, high: int, g: Grammar, links: bool) -> int:
    """Return where a noun phrase ends; see :func:`phrase_after`."""
    if i >= high:
        return i
    if s.low[i] in g.subject_pronouns:
        return i + 1
    j = i
    while j < high and s.low[j] in g.determiners:
        j += 1
    if j > i and j < high and s.low[j] == "of":
        rest = _phrase(s, j + 1, high, g, True)
        return rest if rest > j + 1 else i
    begin = j
    while j < high and (
        g.nominal(s, j)
        or (s.low[j] == "." and g.modifier(s, j))
        or (s.low[j] in ("'s", "'", "&") and j > begin)
        or (g.modifier(s, j) and j + 1 < high and g.nominal(s, j + 1))
        or (s.low[j].endswith("ed") and j == begin and j + 1 < high and s.capital(j + 1))
    ):
        if j > begin and s.low[j].endswith("ed") and not s.capital(j):
            break
        j += 1
    if j == begin:
        bare = s.low[i] in g.pronouns and j > i
        return j if bare else i
    if links and j + 1 < high and s.low[j] in LINKS and not _is_time(s, j + 1, g):
        after = j + 2 if s.low[j + 1] in ("about", "around", "nearly", "over", "than") else j + 1
        rest = _phrase(s, after, high, g, True)
        if rest > after:
            return rest
    if links and j + 1 < high and s.low[j] in ("and", "&"):
        rest = _phrase(s, j + 1, high, g, False)
        if rest > j + 1 and not (rest < high and g.finite_verb(s, rest)):
            return rest
    return j


def _is_time(s: Sentence, i: int, g: Grammar) -> bool:
    """Tell whether unit ``i`` begins a time."""
    return s.low[i] in g.calendar or (
        s.low[i] in ("last", "this", "next", "late", "early")
        and i + 1 < len(s)
        and s.low[i + 1] in g.time
    )


def with_insertion(s: Sentence, end: int, high: int, g: Grammar) -> int:
    """Return where a phrase ends together with an insertion that follows it.

    "Smith (R-Fla.)", "Smith, who leads the union,", "Smith, the union's leader".
    """
    if end < high and s.low[end] == "(":
        for k in range(end + 1, min(high, end + 15)):
            if s.low[k] == ")":
                return with_insertion(s, k + 1, high, g)
    if end + 1 < high and s.low[end] == ",":
        first = s.low[end + 1]
        relative = first in ("who", "whose", "which")
        named = first in g.determiners or first in g.titles or first in g.holders
        role = g.nominal(s, end + 1) and not s.capital(end + 1)
        if relative or named or role:
            for k in range(end + 2, min(high, end + _APPOSITION)):
                if s.low[k] in _INSERTION_ENDS:
                    return k
                if k == high - 1:
                    return k if s.low[k] in (".", "?", "!") else k + 1
    return end


def skip_time(s: Sentence, i: int, high: int, g: Grammar) -> int:
    """Return where the time that begins at unit ``i`` ends; ``i`` where none begins."""
    j = i
    if j < high and s.low[j] in ("on", "in", "at", "late", "early", "earlier", "later", "since"):
        j += 1
    begin = j
    while j < high and (
        s.low[j] in g.calendar
        or (s.low[j] in g.time and s.low[j] not in ("on", "in", "at", "during"))
        or (s.low[j].isdigit() and j > begin)
        or (s.low[j].isdigit() and len(s.low[j]) == 4)
    ):
        j += 1
    if j > begin and s.low[begin] in ("this", "last", "next", "early", "late", "earlier", "later"):
        single = j == begin + 1
        if single and s.low[begin] in ("this", "last", "next"):
            return i
    if j == begin:
        return i
    if begin > i and s.low[i] in ("late", "early", "earlier", "later"):
        return j
    return j
