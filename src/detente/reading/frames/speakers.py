"""Who speaks in each unit: a statement's issuer, a turn's label, a quotation's tag."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.reading.analysis.marks import subject_of
from detente.reading.analysis.model import Parsed, Unit
from detente.reading.frames.deed import NOBODY
from detente.reading.frames.lists import Words
from detente.reading.who.model import Who
from detente.reading.who.world import World

if TYPE_CHECKING:
    from spacy.tokens import Token

_ON_AIR = re.compile(r"(?i)\b(?:podcast|episode|transcript|radio|programme|on air|show)\b")
_CARRY = 3
"""So many paragraphs further a quotation without a tag is the last speaker's."""


@dataclass(eq=False)
class Speakers:
    """Finds the speakers of a report's units, one after the other."""

    world: World
    parsed: Parsed
    words: Words
    last: Who = NOBODY
    last_paragraph: int = -9

    def of(self, unit: Unit) -> Who:
        """Return who speaks in a unit."""
        if unit.kind == "prose":
            found: Who = self.world.issuers.get(self.parsed.name, NOBODY)
            return found
        if unit.kind == "turn":
            return self._turn(unit)
        return self._quote(unit) if unit.kind == "quote" else NOBODY

    def _turn(self, unit: Unit) -> Who:
        """Return who speaks in a turn of a transcript or an answer of an interview."""
        speaker = unit.speaker
        if speaker is None or not speaker.label:
            return self.world.interviewees.get(self.parsed.name, NOBODY)
        found: Who = self.world.person_who(speaker.label, speaker.side, self.parsed)
        bare = found.speaker is not None and found.party == found.speaker
        if (
            bare
            and " " not in (found.speaker or "")
            and _ON_AIR.search(" ".join(self.parsed.titles))
        ):
            return Who(kind="street")  # a host by the first name tells what others do
        return found

    def _quote(self, unit: Unit) -> Who:
        """Return who speaks in a quotation."""
        found = self._tag(unit)
        if found is None and self.last_paragraph == unit.paragraph:
            return self.last
        if found is None:
            found = self._beside(unit)
        if found is None and 0 <= unit.paragraph - self.last_paragraph <= _CARRY:
            found = self.last
        if found is None:
            return NOBODY
        self.last, self.last_paragraph = found, unit.paragraph
        return found

    def _tag(self, unit: Unit) -> Who | None:
        """Return who the words around a quotation's stand-in say is speaking."""
        if unit.frame < 0:
            return None
        frame = self.parsed.units[unit.frame]
        doc = frame.doc
        if doc is None:
            return None
        stand_in = next((t for t in doc if t.idx >= unit.place), None)
        if stand_in is None:
            return None
        verbs = [
            v for v in stand_in.sent if v.lemma_ in self.words.speech and v.pos_ in ("VERB", "AUX")
        ]
        if not verbs:
            return self._colon(frame, stand_in, unit.place)
        verbs.sort(key=lambda v: (abs(v.i - stand_in.i), v.i))
        for verb in verbs:
            subject = _subject(verb, stand_in)
            if subject is None:
                continue
            who: Who = self.world.who(subject, frame, self.parsed)
            if who.kind in ("anon", "street"):
                return Who(None, None, who.kind)
            return who if who.party or who.speaker else Who(None, None, "unknown")
        return None

    def _colon(self, frame: Unit, stand_in: Token, place: int) -> Who | None:
        """Return who stands before a colon that brings a quotation."""
        if not frame.text[:place].rstrip().endswith(":"):
            return None
        for token in stand_in.doc[stand_in.sent.start : stand_in.i]:
            if token.pos_ in ("PROPN", "NOUN", "PRON") and token.dep_ in (
                "ROOT",
                "nsubj",
                "dep",
                "npadvmod",
            ):
                who: Who = self.world.who(token, frame, self.parsed)
                return who if who.party or who.speaker else None
        return None

    def _beside(self, unit: Unit) -> Who | None:
        """Return who a sentence beside the quotation says is speaking."""
        frames = [
            u for u in self.parsed.units if u.kind == "prose" and u.paragraph == unit.paragraph
        ]
        for frame in frames[:1]:
            speak = [v for v in frame.doc or () if v.lemma_ in self.words.speech]
            near = unit.place if frame.number == unit.frame else 0
            before = [v for v in speak if v.idx < near]
            for verb in [*reversed(before), *speak[len(before) :]]:
                subject = _subject(verb, verb)
                if subject is not None:
                    who: Who = self.world.who(subject, frame, self.parsed)
                    if who.party or who.speaker:
                        return who
        return None


def _subject(verb: Token, stand_in: Token) -> Token | None:
    """Return who speaks; also in turned order, which the parser may miss."""
    subject = subject_of(verb)
    if subject is not None and subject.i != stand_in.i:
        return subject
    for token in verb.doc[verb.i + 1 : verb.i + 6]:
        if token.pos_ in ("PROPN", "NOUN", "PRON") and token.dep_ not in (
            "compound",
            "poss",
            "pobj",
        ):
            return token if token.i != stand_in.i else None
    return None
