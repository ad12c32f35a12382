"""Claims of one paragraph before they have ids: what is said, demanded, offered, done."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from detente.reading.actors import Actors
from detente.reading.attribution import Attribution
from detente.reading.claims import Claim, words_of
from detente.reading.conditions import Need
from detente.reading.grammar import Grammar
from detente.reading.paragraphs import Span
from detente.reading.phrases import phrase_after
from detente.reading.report import Report
from detente.reading.sentences import Sentence
from detente.reading.speakers import AUTHOR, Cast, Speaker
from detente.reading.stances import Stance
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
    target = _other_actor(known, report.text, a.content, one.speaker.party)
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


def _other_actor(
    known: Actors, text: str, content: Sequence[Span], party: str | None
) -> str | None:
    """Return the first actor named in some words, other than the one who says them."""
    for span in content:
        for hit in known.find(text, span.start, min(span.end, span.start + 300)):
            if hit.actor != party:
                return hit.actor
    return None


_NEAR = 24


"""How many attributions before a place may still hold it: sentences nest no deeper."""


def _around(said: Sequence[Said], at: Span) -> Said | None:
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


_SELF = frozenset({"we", "i", "us", "our", "my"})


def _actor(
    s: Sentence, units: tuple[int, int] | None, within: Said | None, people: Cast
) -> Speaker:
    """Return who takes a stance: "we" is the speaker's side."""
    if units is None:
        return AUTHOR
    if within is not None and units[1] == units[0] + 1:
        if s.low[units[0]] in _SELF:
            return within.speaker
        if s.low[units[0]] in _OTHERS:  # "he said they would": their own; "“they want”": others
            return AUTHOR if within.attribution.direct else within.speaker
    return people.resolve(s.span(*units))


def condition(
    report: Report,
    s: Sentence,
    need: Need,
    said: Sequence[Said],
    people: Cast,
    known: Actors,
    g: Grammar,
) -> list[Claim]:
    """Return the claim of a condition; none where nobody's condition it is."""
    cue = s.span(*need.cue)
    content = (s.span(*need.content),)
    within = _around(said, cue) or _around(said, content[0])
    content = (_clipped(content[0], cue, within),)
    if need.spoken and within is None:
        return []
    if within is not None and within.speaker.name is not None:
        party = within.speaker.party
    else:
        party = _actor(s, need.actor, None, people).party if need.actor else None
    if party is None:
        return []
    purpose = _purpose(report.text, s, need, cue, within)
    asked = s.span(*need.asked) if need.asked else content[0]
    target = _other_actor(known, report.text, (asked, content[0]), party)
    target = target or _asked_of(s, need, people, party, g)
    return [_claim(report, "condition", party, within, target, cue, content, "REQUEST", purpose)]


def _asked_of(s: Sentence, need: Need, people: Cast, party: str, g: Grammar) -> str | None:
    """Return who must do what is needed: the subject of its clause, where that is somebody."""
    begin, end = need.content
    stop = begin + 1
    if not s.capital(begin) or s.low[begin] in g.closed or (stop < end and s.capital(stop)):
        stop = phrase_after(s, begin, end, g)
    if not begin < stop < end or not people.is_actor(s.span(begin, stop)):
        return None
    named = people.resolve(s.span(begin, stop)).party
    if named is None or named == party:
        return None
    proper = named[0].isupper() or named in people.known.parties.values()
    return named if proper else None


def _clipped(span: Span, cue: Span, within: Said | None) -> Span:
    """Return a span without what lies outside the words around a cue, such as "Smith said"."""
    parts = within.attribution.content if within else ()
    split = len(parts) > 1 and within is not None and not within.attribution.direct
    for part in () if split else parts:
        if part.start <= cue.start < part.end:
            start, end = max(span.start, part.start), min(span.end, part.end)
            return Span(start, end) if start < end else span
    return span


_DEMANDING = frozenset({"demand", "require", "insist", "urge"})


def demands(
    report: Report, said: Sequence[Said], drafts: Sequence[Claim], known: Actors
) -> list[Claim]:
    """Return what is demanded outright, where no condition has been found in the same words."""
    found = []
    for one in said:
        a = one.attribution
        if a.lemma not in _DEMANDING or one.speaker.party is None or a.cue is None:
            continue
        inside = any(
            d.kind == "condition" and a.content[0].start <= d.content[0].start < a.content[-1].end
            for d in drafts
        )
        if not inside:
            text = words_of(report.text, a.content)
            purpose = text.rsplit(" before ", 1)[1] if " before " in text else None
            target = _other_actor(known, report.text, a.content, one.speaker.party)
            found.append(
                _claim(
                    report,
                    "condition",
                    one.speaker.party,
                    one,
                    target,
                    a.cue,
                    a.content,
                    "REQUEST",
                    purpose,
                )
            )
    return found


def _purpose(text: str, s: Sentence, need: Need, cue: Span, within: Said | None) -> str | None:
    """Return what a condition is for, in the report's words; None where it does not say."""
    if need.purpose is None:
        return None
    span = _clipped(s.span(*need.purpose), cue, within)
    words = text[span.start : span.end].removeprefix("that ")
    return words if any(c.isalnum() for c in words) else None


def _claim(
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


_KIND = {"accept": "event", "ignore": "refusal", "lapse": "event"}


def of_stance(
    report: Report,
    s: Sentence,
    stance: Stance,
    said: Sequence[Said],
    drafts: Sequence[Claim],
    people: Cast,
    known: Actors,
) -> list[Claim]:
    """Return the claims of a stance, first the offer it answers where the sentence names one."""
    cue = s.span(*stance.cue)
    within = _around(said, cue)
    sense = stance.sense
    if sense.kind == "event" and _is_hypothetical(s, stance, cue, drafts):
        return []
    actor = _actor(s, stance.actor, within, people)
    if stance.actor is not None and s.low[stance.actor[0]] in _SELF and within is None:
        return []
    if (
        stance.actor is not None
        and s.low[stance.actor[0]] not in _SELF
        and not people.is_actor(s.span(*stance.actor))
    ):
        if sense.kind != "lapse" and (within is None or sense.kind not in ("threat", "refusal")):
            return []
        actor = within.speaker if within else AUTHOR
    if actor.party is None and not (stance.owner and sense.kind in ("lapse", "ignore", "refusal")):
        return []
    content = (_clipped(s.span(*stance.content), cue, within),)
    target = _other_actor(known, report.text, content, actor.party)
    within = within or _same_cue(said, cue)
    kind = _KIND.get(sense.kind, sense.kind)
    if (
        kind == "event"
        and sense.kind == "event"
        and target is None
        and sense.plover not in ("MOBILIZE", "RETREAT", "PROTEST")
    ):
        return []
    found = []
    if stance.owner is not None and sense.kind in ("refusal", "ignore", "accept", "lapse"):
        found += _answered(report, s, stance, actor, people, known)
    answer = _claim(report, kind, actor.party, within, target, cue, content, sense.plover)
    fate = sense.kind if sense.kind in ("refusal", "ignore", "accept", "lapse") else None
    return [*found, replace(answer, reply_to=fate)]


def _is_hypothetical(s: Sentence, stance: Stance, cue: Span, drafts: Sequence[Claim]) -> bool:
    """Tell whether something is not done but only may be: "would lift", "only if Spain signs"."""
    if any(
        word in ("will", "would", "could", "may", "might", "'ll", "can", "to", "if")
        for word in s.low[max(0, stance.cue[0] - 2) : stance.cue[1]]
    ):
        return True
    return any(
        d.kind == "condition" and part.start <= cue.start < part.end
        for d in drafts
        for part in d.content
    )


def _same_cue(said: Sequence[Said], cue: Span) -> Said | None:
    """Return the attribution that the same words show: "Smith warned that …"."""
    stop = bisect_right(said, cue.end, key=lambda one: first_character(one.attribution))
    for one in said[max(0, stop - _NEAR) : stop + _NEAR]:
        own = one.attribution.cue
        if own is not None and own.start < cue.end and cue.start < own.end:
            return one
    return None


def _answered(
    report: Report, s: Sentence, stance: Stance, actor: Speaker, people: Cast, known: Actors
) -> list[Claim]:
    """Return the offer that the sentence of an answer names: "rejected Smith's offer"."""
    assert stance.owner is not None
    begin, end = stance.owner
    giver_units, content = _giver(s, begin, end, stance)
    if giver_units is None or not people.is_actor(s.span(*giver_units)):
        return []
    giver = people.resolve(s.span(*giver_units))
    if giver.party is None or giver.party == actor.party or content[0] >= content[1]:
        return []
    span = s.span(*content)
    return [_claim(report, "offer", giver.party, None, actor.party, span, (span,), "AGREE")]


def _giver(
    s: Sentence, begin: int, end: int, stance: Stance
) -> tuple[tuple[int, int] | None, tuple[int, int]]:
    """Return who made what is answered, and the units of what they made."""
    for k in range(begin + 1, end):
        if s.low[k] == "by":
            return (k + 1, end), (begin, end)
    for k in range(begin + 1, end):
        if s.low[k] in ("'s", "'"):
            passive = end <= stance.cue[0] + 1  # the offer stands before the verb
            stop = end if passive else max(stance.content[1], end)
            return (begin, k), (k + 1, max(stop, k + 2))
    return None, (begin, end)
