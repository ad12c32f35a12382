"""One report to its claims: the rules in their order."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from detente.reading.actors import Actors, PartyNames, actors
from detente.reading.attribution import Attribution
from detente.reading.claims import Claim, with_ids, words_of
from detente.reading.conditions import Need, needs
from detente.reading.document import Paragraph, read_text
from detente.reading.grammar import Grammar, grammar
from detente.reading.lexicon import Lexicon
from detente.reading.offers import link_replies
from detente.reading.paragraphs import Span
from detente.reading.report import Report
from detente.reading.sentences import Sentence, sentences
from detente.reading.speakers import AUTHOR, Cast, Speaker, cast
from detente.reading.stances import Stance, Stances, stance_words, stances
from detente.reading.tokens import tokenize


@dataclass(frozen=True)
class Reader:
    """The rules with their word lists, and the parties of a case."""

    lexicon: Lexicon
    g: Grammar
    words: Stances
    parties: tuple[PartyNames, ...] = ()


def reader(lexicon: Lexicon, parties: Iterable[PartyNames] = ()) -> Reader:
    """Return a reader that can be used for any number of reports."""
    return Reader(lexicon, grammar(lexicon), stance_words(lexicon), tuple(parties))


@dataclass(frozen=True, slots=True)
class _Said:
    """An attribution with its speaker."""

    attribution: Attribution
    speaker: Speaker


def read(report: Report, rules: Reader) -> list[Claim]:
    """Return the claims of one report in text order."""
    text = " " * report.body + report.text[report.body :]
    paragraphs = read_text(text, rules.lexicon, rules.g)
    known = actors(rules.lexicon, rules.parties, text)
    quoted = [quote.inner for p in paragraphs for quote in p.quotes]
    people = cast(text, quoted, rules.g, rules.lexicon, known)
    flat = _flat_sentences(text, paragraphs, rules)
    drafts: list[Claim] = []
    for paragraph, rows in zip(paragraphs, flat, strict=True):
        drafts += _paragraph(report, paragraph, rows, people, known, rules)
    drafts = link_replies(drafts, rules.words)
    return with_ids(report.id, drafts)


def _flat_sentences(
    text: str, paragraphs: Sequence[Paragraph], rules: Reader
) -> list[list[Sentence]]:
    """Return every paragraph's sentences with the words inside quotations."""
    tokens = tokenize(text)
    return [sentences(tokens, p.span, (), rules.lexicon) for p in paragraphs]


def _paragraph(
    report: Report,
    paragraph: Paragraph,
    rows: Sequence[Sentence],
    people: Cast,
    known: Actors,
    rules: Reader,
) -> list[Claim]:
    """Return the drafts of one paragraph in text order."""
    said: list[_Said] = []
    for attribution in sorted(paragraph.attributions, key=_first):
        if attribution.source is None and attribution.cue is not None:
            speaker = AUTHOR  # "it was reported that": nobody is named
        else:
            speaker = people.resolve(attribution.source)
        if attribution.direct and speaker.name is not None:
            people.speaker = speaker
        said.append(_Said(attribution, speaker))
    drafts = [_statement(report, one, known, rules) for one in said]
    for s in rows:
        for need in needs(s, rules.g, rules.words):
            drafts += _condition(report, s, need, said, people, known)
        for stance in stances(s, rules.g, rules.words):
            drafts += _stance(report, s, stance, said, people, known)
    return sorted(_unique(drafts), key=lambda d: (d.content[0].start, d.content[-1].end, d.kind))


def _first(attribution: Attribution) -> int:
    """Return the first character of an attribution, its source included."""
    starts = [attribution.content[0].start]
    starts += [span.start for span in (attribution.source, attribution.cue) if span is not None]
    return min(starts)


def _unique(drafts: Iterable[Claim]) -> list[Claim]:
    """Return the drafts without repetitions of one kind over the same characters."""
    return list({(d.kind, d.content, d.party): d for d in reversed(list(drafts))}.values())


def _statement(report: Report, one: _Said, known: Actors, rules: Reader) -> Claim:
    """Return the claim of something said."""
    a = one.attribution
    types = rules.words.types
    text = words_of(report.text, a.content)
    target = _other_actor(known, report.text, a.content, one.speaker.party)
    return Claim(
        "", report.id, "statement", one.speaker.party, one.speaker.name, target, a.direct,
        a.source, a.cue, a.content, text, plover=types.get(a.lemma), date=report.date or None,
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


def _around(said: Sequence[_Said], at: Span) -> _Said | None:
    """Return the innermost attribution whose words hold some characters."""
    best: _Said | None = None
    size = 0
    stop = bisect_right(said, at.start, key=lambda one: _first(one.attribution))
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
    s: Sentence, units: tuple[int, int] | None, within: _Said | None, people: Cast
) -> Speaker:
    """Return who takes a stance: "we" is the speaker's side."""
    if units is None:
        return within.speaker if within else AUTHOR
    if within is not None and units[1] == units[0] + 1:
        if s.low[units[0]] in _SELF:
            return within.speaker
        if s.low[units[0]] in _OTHERS:  # "he said they would": their own; "“they want”": others
            return AUTHOR if within.attribution.direct else within.speaker
    return people.resolve(s.span(*units))


def _condition(
    report: Report, s: Sentence, need: Need, said: Sequence[_Said], people: Cast, known: Actors
) -> list[Claim]:
    """Return the claim of a condition; none where nobody's condition it is."""
    cue = s.span(*need.cue)
    content = (s.span(*need.content),)
    within = _around(said, cue) or _around(said, content[0])
    if need.spoken and within is None:
        return []
    if within is not None and within.speaker.name is not None:
        party = within.speaker.party
    else:
        party = _actor(s, need.actor, None, people).party if need.actor else None
    if party is None:
        return []
    purpose = report.text[slice(*_bounds(s.span(*need.purpose)))] if need.purpose else None
    asked = s.span(*need.asked) if need.asked else content[0]
    target = _other_actor(known, report.text, (asked, content[0]), party)
    return [_claim(report, "condition", party, within, target, cue, content, "REQUEST", purpose)]


def _bounds(span: Span) -> tuple[int, int]:
    """Return the two ends of a span."""
    return span.start, span.end


def _claim(
    report: Report,
    kind: str,
    party: str | None,
    within: _Said | None,
    target: str | None,
    cue: Span,
    content: tuple[Span, ...],
    plover: str,
    purpose: str | None = None,
) -> Claim:
    """Return a draft of a position, with the speaker of the words around it."""
    a = within.attribution if within else None
    return Claim(
        "", report.id, kind, party, within.speaker.name if within else None, target,
        bool(a and a.direct), a.source if a else None, cue, content,
        words_of(report.text, content), purpose, plover or None, report.date or None,
    )


_KIND = {"accept": "event", "ignore": "refusal", "lapse": "event"}


def _stance(
    report: Report, s: Sentence, stance: Stance, said: Sequence[_Said], people: Cast, known: Actors
) -> list[Claim]:
    """Return the claims of a stance, first the offer it answers where the sentence names one."""
    cue = s.span(*stance.cue)
    within = _around(said, cue)
    actor = _actor(s, stance.actor, within, people)
    if stance.actor is not None and s.low[stance.actor[0]] in _SELF and within is None:
        return []
    sense = stance.sense
    if stance.actor is not None and s.low[stance.actor[0]] not in _SELF and not people.is_actor(
        s.span(*stance.actor)
    ):
        if sense.kind != "lapse" and (within is None or sense.kind not in ("threat", "refusal")):
            return []
        actor = within.speaker if within else AUTHOR
    if actor.party is None and sense.kind not in ("lapse",):
        return []
    content = (s.span(*stance.content),)
    target = _other_actor(known, report.text, content, actor.party)
    kind = _KIND.get(sense.kind, sense.kind)
    if kind == "event" and sense.kind == "event" and target is None and sense.plover not in (
        "MOBILIZE", "RETREAT", "PROTEST"
    ):
        return []
    found = []
    if stance.owner is not None and sense.kind in ("refusal", "ignore", "accept"):
        found += _answered(report, s, stance, actor, people, known)
    answer = _claim(report, kind, actor.party, within, target, cue, content, sense.plover)
    fate = sense.kind if sense.kind in ("refusal", "ignore", "accept", "lapse") else None
    return [*found, replace(answer, reply_to=fate)]


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
            stop = max(stance.content[1], end) if stance.content[0] <= k < stance.content[1] else end
            return (begin, k), (k + 1, max(stop if stance.content[0] == begin else end, k + 2))
    return None, (begin, end)
