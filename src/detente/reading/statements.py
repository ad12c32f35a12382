"""Who said what, as claims: attributions with the people that they name."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from detente.reading.analysis.model import Parsed
from detente.reading.analysis.places import Places
from detente.reading.attribution import Attribution
from detente.reading.claims import Claim, words_of
from detente.reading.document import read_text
from detente.reading.grammar import Grammar
from detente.reading.lexicon import Lexicon
from detente.reading.paragraphs import Span
from detente.reading.tokens import tokenize
from detente.reading.who.model import Who
from detente.reading.who.world import World

_ARTICLE = re.compile(r"^(?:the|an?|its|their|his|her|our)\s+", re.IGNORECASE)
_PRONOUN = re.compile(
    r"(?:i|we|he|she|it|they|you|who|him|her|them|us|one|this|that)", re.IGNORECASE
)
_NEAR = 24
"""How many attributions before a place may still hold it: sentences nest no deeper."""


@dataclass(frozen=True, slots=True)
class Said:
    """An attribution with who says it."""

    attribution: Attribution
    party: str
    speaker: str


def said(
    parsed: Parsed, world: World, places: Places, lexicon: Lexicon, grammar: Grammar
) -> list[Said]:
    """Return what a report says that somebody said, in text order.

    The speakers of the report's units must be known to ``world`` already.
    """
    found = []
    for paragraph in read_text(tokenize(parsed.text), lexicon, grammar):
        for one in paragraph.attributions:
            who = _who(one, parsed, world, places)
            if one.kind == "borrowed" and who.kind not in ("party", "person", "first", "several"):
                continue  # a law or a plan has no words of its own
            named = _name(one, who, parsed) if _can_speak(one, who, places) else ""
            found.append(Said(one, who.party or "", named))
    return sorted(found, key=lambda s: first_character(s.attribution))


def first_character(attribution: Attribution) -> int:
    """Return the first character of an attribution, its source included."""
    starts = [attribution.content[0].start]
    starts += [span.start for span in (attribution.source, attribution.cue) if span is not None]
    return min(starts)


def _who(one: Attribution, parsed: Parsed, world: World, places: Places) -> Who:
    """Return who says it: the source's words decide, else who speaks in the quotation."""
    if one.source is not None:
        found = places.head(one.source)
        if found is not None:
            who: Who = world.who(found[0], found[1], parsed)
            return who
        return Who()
    unit = places.unit(one.content[0].start)
    if one.cue is not None or unit is None:
        return Who()
    return world.holders.get((parsed.name, unit.number)) or Who()


def _can_speak(one: Attribution, who: Who, places: Places) -> bool:
    """Tell whether a source is somebody: known, a subject, or behind "according to"."""
    if who.party or who.speaker or one.source is None:
        return True
    found = places.head(one.source)
    if found is None:
        return False
    head = found[0]
    noun = head.pos_ in ("NOUN", "PROPN", "PRON")
    return noun and (head.dep_ in _SPEAKING or head.head.lower_ in ("to", "by", "from", "for"))


_SPEAKING = ("nsubj", "nsubjpass", "ROOT", "appos", "conj", "npadvmod", "dep")


def _name(one: Attribution, who: Who, parsed: Parsed) -> str:
    """Return the speaker's name: in full where it is known, else as the source has it."""
    if who.speaker:
        return str(who.speaker)
    if one.source is None:
        return ""
    words = _ARTICLE.sub("", parsed.text[one.source.start : one.source.end].strip())
    words = re.split(r"[,;(]| who | which ", words)[0].strip()
    return "" if _PRONOUN.fullmatch(words) else words


def statements(parsed: Parsed, found: Sequence[Said], types: Mapping[str, str]) -> Iterator[Claim]:
    """Yield what was said as claims; ``types`` are the event types of verbs."""
    for one in found:
        a = one.attribution
        yield Claim(
            "",
            parsed.name,
            "statement",
            one.party or None,
            one.speaker or None,
            None,
            a.direct,
            a.source,
            a.cue,
            a.content,
            words_of(parsed.text, a.content),
            plover=types.get(a.lemma),
            date=parsed.report.date or None,
        )


def around(found: Sequence[Said], at: Span) -> Said | None:
    """Return the innermost attribution whose words hold some characters."""
    best: Said | None = None
    size = 0
    stop = bisect_right(found, at.start, key=lambda one: first_character(one.attribution))
    for one in found[max(0, stop - _NEAR) : stop + _NEAR]:
        for span in one.attribution.content[-_NEAR:]:
            if span.start <= at.start and at.end <= span.end:
                width = span.end - span.start
                if best is None or width < size:
                    best, size = one, width
    return best
