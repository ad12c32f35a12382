"""Conditions and demands as claims, and whom they are put to."""

from __future__ import annotations

from collections.abc import Sequence

from detente.reading.actors import Actors
from detente.reading.claims import Claim, words_of
from detente.reading.conditions import Need
from detente.reading.grammar import Grammar
from detente.reading.paragraphs import Span
from detente.reading.phrases import phrase_after
from detente.reading.report import Report
from detente.reading.said import Said, around, clipped, other_actor, position, who_acts
from detente.reading.sentences import Sentence
from detente.reading.speakers import Cast


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
    within = around(said, cue) or around(said, content[0])
    content = (clipped(content[0], cue, within),)
    if need.spoken and within is None:
        return []
    if within is not None and within.speaker.name is not None:
        party = within.speaker.party
    else:
        party = who_acts(s, need.actor, None, people).party if need.actor else None
    if party is None:
        return []
    purpose = _purpose(report.text, s, need, cue, within)
    asked = s.span(*need.asked) if need.asked else content[0]
    target = other_actor(known, report.text, (asked, content[0]), party)
    target = target or _asked_of(s, need, people, party, g)
    return [position(report, "condition", party, within, target, cue, content, "REQUEST", purpose)]


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
            target = other_actor(known, report.text, a.content, one.speaker.party)
            found.append(
                position(
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
    span = clipped(s.span(*need.purpose), cue, within)
    words = text[span.start : span.end].removeprefix("that ")
    return words if any(c.isalnum() for c in words) else None
