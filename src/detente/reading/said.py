"""What a paragraph reports, as claims: statements, and the words around a place."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from detente.reading.actors import Actors
from detente.reading.attribution import Attribution
from detente.reading.claims import Claim, words_of
from detente.reading.paragraphs import Span
from detente.reading.report import Report
from detente.reading.sentences import Sentence
from detente.reading.speakers import AUTHOR, Cast, Speaker
from detente.reading.stancewords import Stances


@dataclass(frozen=True, slots=True)
class Said:
    """An attribution with its speaker."""

    attribution: Attribution
    speaker: Speaker


def first_character(attribution: Attribution) -> int:
    """Return the first character of an attribution, its source included."""
    starts = [attribution.content[0].start]
    starts += [span.start for span in (attribution.source, attribution.cue) if span is not None]
    return min(starts)


def unique(drafts: Iterable[Claim]) -> list[Claim]:
    """Return the drafts without repetitions of one kind over the same characters."""
    return list({(d.kind, d.content, d.party): d for d in reversed(list(drafts))}.values())


def statement(report: Report, one: Said, known: Actors, words: Stances) -> Claim:
    """Return the claim of something said."""
    a = one.attribution
    types = words.types
    text = words_of(report.text, a.content)
    target = other_actor(known, report.text, a.content, one.speaker.party)
    return Claim(
        "",
        report.id,
        "statement",
        one.speaker.party,
        one.speaker.name,
        target,
        a.direct,
        a.source,
        a.cue,
        a.content,
        text,
        plover=types.get(a.lemma),
        date=report.date or None,
    )


def other_actor(known: Actors, text: str, content: Sequence[Span], party: str | None) -> str | None:
    """Return the first actor named in some words, other than the one who says them."""
    for span in content:
        for hit in known.find(text, span.start, min(span.end, span.start + 300)):
            if hit.actor != party:
                return hit.actor
    return None


_NEAR = 24


"""How many attributions before a place may still hold it: sentences nest no deeper."""


def around(said: Sequence[Said], at: Span) -> Said | None:
    """Return the innermost attribution whose words hold some characters."""
    best: Said | None = None
    size = 0
    stop = bisect_right(said, at.start, key=lambda one: first_character(one.attribution))
    for one in said[max(0, stop - _NEAR) : stop + _NEAR]:
        for span in one.attribution.content[-_NEAR:]:
            if span.start <= at.start and at.end <= span.end:
                width = span.end - span.start
                if best is None or width < size:
                    best, size = one, width
    return best


_OTHERS = frozenset({"they", "he", "she", "it"})


SELF = frozenset({"we", "i", "us", "our", "my"})


def who_acts(
    s: Sentence, units: tuple[int, int] | None, within: Said | None, people: Cast
) -> Speaker:
    """Return who takes a stance: "we" is the speaker's side."""
    if units is None:
        return AUTHOR
    if within is not None and units[1] == units[0] + 1:
        if s.low[units[0]] in SELF:
            return within.speaker
        if s.low[units[0]] in _OTHERS:  # "he said they would": their own; "“they want”": others
            return AUTHOR if within.attribution.direct else within.speaker
    return people.resolve(s.span(*units))


def clipped(span: Span, cue: Span, within: Said | None) -> Span:
    """Return a span without what lies outside the words around a cue, such as "Smith said"."""
    parts = within.attribution.content if within else ()
    split = len(parts) > 1 and within is not None and not within.attribution.direct
    for part in () if split else parts:
        if part.start <= cue.start < part.end:
            start, end = max(span.start, part.start), min(span.end, part.end)
            return Span(start, end) if start < end else span
    return span


def position(
    report: Report,
    kind: str,
    party: str | None,
    within: Said | None,
    target: str | None,
    cue: Span,
    content: tuple[Span, ...],
    plover: str,
    purpose: str | None = None,
) -> Claim:
    """Return a draft of a position, with the speaker of the words around it."""
    a = within.attribution if within else None
    return Claim(
        "",
        report.id,
        kind,
        party,
        within.speaker.name if within else None,
        target,
        bool(a and a.direct),
        a.source if a else None,
        cue,
        content,
        words_of(report.text, content),
        purpose,
        plover or None,
        report.date or None,
    )


def same_cue(said: Sequence[Said], cue: Span) -> Said | None:
    """Return the attribution that the same words show: "Smith warned that …"."""
    stop = bisect_right(said, cue.end, key=lambda one: first_character(one.attribution))
    for one in said[max(0, stop - _NEAR) : stop + _NEAR]:
        own = one.attribution.cue
        if own is not None and own.start < cue.end and cue.start < own.end:
            return one
    return None
