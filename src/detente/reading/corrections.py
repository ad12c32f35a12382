"""Updates and corrections: which earlier report one takes the place of, and what falls with it.

A report says of itself that it corrects or updates another. Which one is told by the names both
share and by what the notice says was wrong; the sentence that says so there no longer counts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import log

from detente.reading.lexicon import load
from detente.reading.paragraphs import Span
from detente.reading.plain import plain
from detente.reading.report import Report
from detente.reading.vocabulary import base_forms

_THIS = r"(?:this|the|our|an|your)"
_KIND = r"(?:report|story|article|dispatch|item|piece|bulletin|statement|version|headline|post)s?"
_TITLE = re.compile(
    r"(?i)\W*(?:(?P<fix>correct(?:ed|ion|s)?|rectification|clarification|clarified|retraction"
    r"|retracted|erratum|withdrawn)|(?P<new>updated?(?: ?\d+)?|recast|rewrite"
    r"|\d(?:st|nd|rd|th) ?(?:update|lead|ld)))(?: ?\([^)]*\))? ?[-:–—.(]"
)
_NOTICE = re.compile(
    rf"(?i)\b(?:an? )?(?:earlier|previous|prior|original|first) {_KIND}\b[^.]{{0,60}}?"
    r"\b(?:said|stated|reported|quoted|gave|misstated|misidentified|misquoted|misspelled|named"
    r"|wrongly|incorrectly|erroneously|mistakenly|suggested|claimed|had|put|listed)\b"
    rf"|\b{_THIS} {_KIND}\b (?:has been |was |is )?(?:corrects?|corrected|updates?|updated|replaces"
    r"|supersedes|amends?|amended)\b"
    rf"|\b{_THIS} {_KIND}\b[^.]{{0,40}} (?:wrongly|incorrectly|erroneously|mistakenly) "
    r"(?:said|stated|reported|quoted|gave|named|put|listed)\b"
    rf"|\bwe (?:(?:wrongly|incorrectly|erroneously|mistakenly) )?(?:said|reported|wrote|stated)\b"
    rf"[^.]{{0,80}}\b(?:earlier|yesterday|wrong\w*|incorrect\w*|error|mistaken\w*)\b"
    rf"|\bin (?:an?|our|the) (?:earlier |previous )?{_KIND}\b[^.]{{0,60}}\bwe "
    r"(?:wrongly |incorrectly |mistakenly )?(?:said|reported|wrote|stated)\b"
    r"|^\W*(?:correct(?:s|ed|ion)|clarification|update[sd]?)\b[:(,;] ?"
    r"|^\(?(?:corrects|updates|adds|recasts|refiles|amends)\b"
)
_WRONG = re.compile(
    r"(?i)\b(?:said|says|saying|stated|stating|reported|reporting|quoted [^.]{0,60}? as saying"
    r"|suggested|claimed|wrote)(?: (?:wrongly|incorrectly|erroneously|mistakenly|in error))?"
    r" (?:that )?(?P<words>[^.;]+)"
)
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?!\s|$|[”\"’)])[^.!?\n]*)*[.!?]*[”\"’)]*")
_NAME = re.compile(r"[A-ZÀ-Þ][\w’'-]{2,}")
_NUMBER = re.compile(r"\d[\d,.]*")
_HEAD, _TAIL = 4, 2
"""Paragraphs at the top and at the end in which a notice stands."""
LIKE, SAID_WRONG, RETOLD = 0.12, 0.4, 0.6
"""How alike reports, notice and sentence, sentence and its new form have to be."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What a report says of an earlier one.

    Parameters
    ----------
    corrects : bool
        It says that something was wrong; else it only brings the story up to date.
    wrong : tuple of str
        What was said wrongly, as far as the notice repeats it.
    """

    corrects: bool
    wrong: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sketch:
    """A report as far as finding corrections needs it.

    Parameters
    ----------
    names : frozenset of str
        Words with a capital letter.
    notice : Notice, optional
        If it says that it corrects or updates an earlier report.
    """

    names: frozenset[str]
    notice: Notice | None


@dataclass(frozen=True, slots=True)
class Correction:
    """What one report takes back of another.

    Parameters
    ----------
    of : int
        Position of the earlier report.
    void : tuple of Span
        Characters of the earlier report that no longer count.
    """

    of: int
    void: tuple[Span, ...]


def sketch(text: str) -> Sketch:
    """Return the sketch of a report's plain text."""
    return Sketch(frozenset(_NAME.findall(text)), notice(text))


def notice(text: str) -> Notice | None:
    """Return what a report's plain text says of an earlier report; None for nothing."""
    rows = [row for row in text.split("\n") if row]
    title = _TITLE.match(rows[0]) if rows else None
    corrects = title is not None and title["fix"] is not None
    wrong: list[str] = []
    said = title is not None
    for row in dict.fromkeys((*rows[:_HEAD], *rows[-_TAIL:])):
        if row is rows[0] and title is not None:
            continue
        found = _NOTICE.search(row)
        if found is None:
            continue
        said = True
        tells = [m["words"] for m in _WRONG.finditer(row[found.start() :])][:1]
        corrects = corrects or bool(tells) or "correct" in found[0].lower()
        wrong += tells
    return Notice(corrects, tuple(wrong)) if said else None


def corrections(
    sketches: Sequence[Sketch], days: Sequence[str], report: Callable[[int], Report]
) -> Mapping[int, tuple[Correction, ...]]:
    """Return what each report that corrects others takes back, by its position.

    Parameters
    ----------
    sketches : sequence of Sketch
        Of all reports of a pile.
    days : sequence of str
        Of the same; empty where not known.
    report : callable
        Returns a report by its position; called for few.
    """
    if not any(one.notice for one in sketches):
        return {}
    spread = Counter(name for one in sketches for name in one.names)
    weight = {name: log(1 + len(sketches) / n) for name, n in spread.items()}
    found = {}
    for k, one in enumerate(sketches):
        if one.notice is not None and (taken := _of(k, sketches, days, weight, report)):
            found[k] = taken
    return found


def _of(
    k: int,
    sketches: Sequence[Sketch],
    days: Sequence[str],
    weight: Mapping[str, float],
    report: Callable[[int], Report],
) -> tuple[Correction, ...]:
    """Return what a report with a notice takes back."""
    told = sketches[k].notice
    assert told is not None
    likes = sorted(
        ((_alike(sketches[k].names, other.names, weight), -j) for j, other in enumerate(sketches)
         if j != k and not (days[k] and days[j] and days[j] > days[k])),
        reverse=True,
    )[:5]  # fmt: skip
    near = [(like, -j) for like, j in likes if like >= LIKE]
    if not near:
        return ()
    new = _sentences(plain(report(k)).plain.text)
    rated = []
    for like, j in near:
        earlier = plain(report(j))
        old = _sentences(earlier.plain.text)
        wrong, sure = _wrong_in(old, told)
        void = wrong or (_retold(old, new) if not told.wrong else ())
        spans = tuple(sorted(map(earlier.traced.given, void), key=lambda span: span.start))
        rated.append((sure + like, -j, Correction(j, spans)))
    return (max(rated)[2],)


def _alike(a: frozenset[str], b: frozenset[str], weight: Mapping[str, float]) -> float:
    """Return how many names two reports share, rare names first; 0 to 1."""
    small = min(sum(weight[name] for name in a), sum(weight[name] for name in b))
    return sum(weight[name] for name in a & b) / small if small else 0.0


@dataclass(frozen=True, slots=True)
class _Told:
    """A sentence: where it stands, and what it says as words."""

    span: Span
    words: frozenset[str]
    turns: frozenset[str]
    ends: bool


def _sentences(text: str) -> list[_Told]:
    """Return the sentences of a plain text."""
    found = []
    for match in _SENTENCE.finditer(text):
        words = _content(match[0])
        if words:
            begin = match.start() + len(match[0]) - len(match[0].lstrip())
            ends = match[0].rstrip("”\"’')")[-1:] in (".", "!", "?")
            found.append(_Told(Span(begin, match.end()), words, _turns(match[0]), ends))
    return found


def _content(text: str) -> frozenset[str]:
    """Return what words mean, in their base forms; small words are left out."""
    kin = load().meaning("correction kin")
    found = set()
    for word in re.findall(r"\w+", text.lower()):
        for form in base_forms(word):
            found.add(kin.get(form, form))
    return frozenset(found)


def _turns(text: str) -> frozenset[str]:
    """Return what turns a sentence into another: its numbers and denials."""
    words = set(re.findall(r"[\w’']+", text.lower()))
    return frozenset(_NUMBER.findall(text)) | (words & load().words("correction turns"))


def _wrong_in(old: Sequence[_Told], told: Notice) -> tuple[tuple[Span, ...], float]:
    """Return the sentences of an earlier report that say what was wrong, and how sure that is."""
    void = []
    sure = 0.0
    for words in told.wrong:
        meant = _content(words)
        if not meant or not old:
            continue
        rate, best = max(
            ((len(meant & one.words) / len(meant), -k) for k, one in enumerate(old)), default=(0, 0)
        )
        if rate >= SAID_WRONG:
            void.append(old[-best].span)
            sure = max(sure, rate)
    return tuple(void), sure


def _retold(old: Sequence[_Told], new: Sequence[_Told]) -> tuple[Span, ...]:
    """Return the sentences that the new report tells again with other numbers, or denied."""
    void = []
    for one in old:
        for other in new if one.ends else ():
            common = len(one.words & other.words)
            like = common / max(1, min(len(one.words), len(other.words)))
            if like >= RETOLD and common >= 4 and one.turns != other.turns:
                void.append(one.span)
                break
    return tuple(void)
