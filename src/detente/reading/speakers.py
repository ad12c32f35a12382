"""Who a phrase means: the fullest name of a speaker, and the party behind it.

One pass in text order keeps what pronouns may refer to, so words that come later change
nothing that came before.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Sequence
from dataclasses import dataclass, field

from detente.reading.actors import Actors
from detente.reading.bodies import bodies, titles
from detente.reading.grammar import Grammar
from detente.reading.lexicon import Lexicon
from detente.reading.paragraphs import Span
from detente.reading.people import Mention, mentions

_WORD = re.compile(r"\w+(?:[-.&]\w+)*")


_LOOK_BACK = 80
"""How many earlier mentions a pronoun or a title may reach back over."""


_BEFORE_OTHERS = frozenset(
    ["of", "for", "to", "by", "with", "from", "in", "at", "on", "against", "than"]
)


_GENERIC = frozenset(
    [
        "company",
        "firm",
        "group",
        "operator",
        "employer",
        "management",
        "carrier",
        "airline",
        "bank",
        "corporation",
    ]
)


_HE = frozenset({"he", "him", "his", "himself"})


_SHE = frozenset({"she", "her", "hers", "herself"})


_THEY = frozenset({"they", "them", "their", "it", "its", "itself", "we", "us", "our"})


_AUTHOR = frozenset({"i", "me", "my", "you"})


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks: the fullest name, and the party; both None for the report's author."""

    name: str | None
    party: str | None


AUTHOR = Speaker(None, None)


@dataclass
class Cast:
    """Everybody in one report, and who was last spoken of.

    Parameters
    ----------
    text : str
        The report.
    g, known
        Word classes; countries and parties.
    people : list of Mention
        Every naming of a person, in order.
    """

    text: str
    g: Grammar
    known: Actors
    people: Sequence[Mention]
    quoted: Sequence[Span]
    female: frozenset[str]
    male: frozenset[str]
    sides: dict[str, str] = field(default_factory=dict)
    starts: list[int] = field(default_factory=list)
    bodies: dict[str, str] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    recent: list[tuple[int, str]] = field(default_factory=list)
    groups: list[tuple[int, Speaker]] = field(default_factory=list)
    speaker: Speaker = AUTHOR

    def resolve(self, span: Span | None) -> Speaker:
        """Return who a phrase means; the last speaker for no phrase at all."""
        if span is None:
            return self.speaker
        found = self._resolve(span)
        self._remember(span, found)
        return found

    def notice(self, span: Span) -> bool:
        """Keep who a sentence is about, for pronouns to come; tell whether it is anybody."""
        acts = self.is_actor(span)
        if acts:
            self.resolve(span)
        return acts

    def _group(self, at: int) -> Speaker:
        """Return the country or body that was last spoken of before a character."""
        i = bisect_left(self.groups, at, key=lambda pair: pair[0])
        return self.groups[i - 1][1] if i else AUTHOR

    def _remember(self, span: Span, found: Speaker) -> None:
        """Keep who was spoken of, for pronouns to come."""
        if found.name is None:
            return
        person = self._named(span)
        if person is not None:
            insort(self.recent, (span.start, person))
            if " " not in person and person not in self.titles and not self._gender(person):
                insort(self.groups, (span.start, found), key=lambda pair: pair[0])
        elif found.name not in self.sides and self._can_recur(span):
            insort(self.groups, (span.start, found), key=lambda pair: pair[0])

    def _can_recur(self, span: Span) -> bool:
        """Tell whether "they" and "the company" may mean a phrase later: it names somebody."""
        words = _WORD.findall(self.text[span.start : span.end])
        named = any(word[0].isupper() for word in words)
        generic = self._head(span) in _GENERIC
        return (len(words) > 1 + generic and self.is_actor(span)) or (named and self.is_actor(span))

    def is_actor(self, span: Span) -> bool:
        """Tell whether a phrase can act: a person, a body, a country; no thing and no idea."""
        words = list(_WORD.finditer(self.text, span.start, span.end))
        if not words:
            return False
        first = words[0][0].lower()
        if len(words) == 1 and first in _HE | _SHE | _THEY:
            return True
        if self._named(span) is not None:
            return True
        head = self._head(span)
        if head in self.g.groups or head in self.g.holders or head in self.g.titles:
            return True
        hits = self.known.find(self.text, span.start, span.end)
        if hits and not self._possessed(span, hits[0].end):
            return True
        named = [w for w in words if w.start() > span.start or first in self.g.closed]
        return head not in self.g.closed and any(
            w[0][0].isupper() and w[0].lower() == head for w in named
        )

    def _possessed(self, span: Span, at: int) -> bool:
        """Tell whether a name only owns what the phrase is about: "Spain's plan"."""
        return at < span.end and self.text[at : at + 2] in ("'s", "’s", "' ", "’ ")

    def _resolve(self, span: Span) -> Speaker:
        """Return who a phrase means, without remembering it."""
        words = [w[0].lower() for w in _WORD.finditer(self.text, span.start, span.end)]
        if not words or words[0] in _AUTHOR:
            return AUTHOR
        if len(words) <= 2 and words[0] in _HE | _SHE and words[-1] in _HE | _SHE | {"who", "also"}:
            return self._person_before(span.start, words[0])
        if len(words) <= 2 and words[0] in _THEY:
            return self._group(span.start)
        if (person := self._named(span)) is not None:
            group = self._group(span.start).party
            if not self.sides.get(person) and group and _serves(words):
                self.sides[person] = group  # "its chief executive, Smith", "a spokesman, Smith"
            return self._as_speaker(person)
        head = self._head(span)
        if words[0] in _HE | _SHE and head in self.g.groups:  # "his government"
            owner = self._person_before(span.start, words[0])
            return Speaker(self._plain(span), owner.party)
        office = head in self.g.titles or head in self.g.holders
        if office and (person := self._titled(span, words, head)) is not None:
            return self._as_speaker(person)
        return self._body(span, head, words)

    def _as_speaker(self, person: str) -> Speaker:
        """Return a person with the party behind the name."""
        side = self.sides.get(person, "")
        parts = person.split()
        party = self.known.party(person, parts[-1], parts[0] if len(parts) > 1 else None, side)
        return Speaker(self.titles.get(person, person), party or self._canonical(side) or person)

    def _canonical(self, side: str) -> str:
        """Return the canonical name of a side: a country's, or the organisation as written."""
        hits = self.known.find(side)
        return hits[0].actor if hits else side

    def _named(self, span: Span) -> str | None:
        """Return the person that a phrase is about: named before any "of" or "for"."""
        i = bisect_left(self.starts, span.start)
        for mention in self.people[i : i + 6]:
            if mention.span.end > span.end:
                return None
            lead = self.text[span.start : mention.span.start].lower()
            lead = lead.rstrip().rstrip(",").rsplit(",", 1)[-1]
            if any(word in _BEFORE_OTHERS for word in lead.split()):
                return None
            after = self.text[mention.span.end : mention.span.end + 2]
            if after not in ("'s", "’s", "' ", "’ ") or mention.span.end + 3 >= span.end:
                return mention.person
        return None

    def _head(self, span: Span) -> str:
        """Return the last word of a phrase before "of", "for", a comma or "who"."""
        phrase = re.split(
            r",| (?:of|for|in|at|from|who|to|on|with) ", self.text[span.start : span.end]
        )[0]
        words = _WORD.findall(phrase.lower())
        return words[-1] if words else ""

    def _person_before(self, at: int, pronoun: str) -> Speaker:
        """Return the person whom a pronoun means: the last one spoken of whom it fits."""
        wanted = "f" if pronoun in _SHE else "m"
        seen = [name for _, name in self._spoken_of(at)]
        i = bisect_left(self.starts, at)
        last_subject = self._last_subject(i, at)
        pool = [*([last_subject] if last_subject else []), *reversed(seen)]
        for name in pool:
            if self._gender(name) in ("", wanted):
                return self._as_speaker(name)
        for mention in reversed(self.people[max(0, i - _LOOK_BACK) : i]):
            if self._gender(mention.person) in ("", wanted):
                return self._as_speaker(mention.person)
        return Speaker(None, None)

    def _spoken_of(self, at: int) -> list[tuple[int, str]]:
        """Return the last people spoken of before a character."""
        stop = bisect_left(self.recent, at, key=lambda pair: pair[0])
        return self.recent[max(0, stop - 12) : stop]

    def _last_subject(self, i: int, at: int) -> str | None:
        """Return the last person whose name opens a sentence, later than the last speaker's."""
        floor = max((start for start, _ in self._spoken_of(at)), default=-1)
        for mention in reversed(self.people[max(0, i - 12) : i]):
            if mention.span.start <= floor:
                return None
            if self._is_quoted(mention.span.start):
                continue
            opening = self.text[max(0, mention.span.start - 60) : mention.span.start]
            lead = re.split(r"[.?!\n]\s*", opening)[-1].split()
            if len(lead) <= 6 and not any(
                w.lower() in ("by", "with", "to", "for", "of") for w in lead
            ):
                return mention.person
        return None

    def _is_quoted(self, at: int) -> bool:
        """Tell whether a character stands inside a quotation."""
        i = bisect_left(self.quoted, at, key=lambda span: span.start)
        return i > 0 and self.quoted[i - 1].end > at

    def _gender(self, person: str) -> str:
        """Return ``f``, ``m`` or nothing for a person."""
        first = person.split()[0].lower()
        if first in self.female:
            return "f"
        return "m" if first in self.male else ""

    def _titled(self, span: Span, words: Sequence[str], head: str) -> str | None:
        """Return the person whom "the president" or "the union leader" means."""
        if words[0] in ("a", "an", "some", "many", "several", "one", "another", "two", "other"):
            return None
        i = bisect_left(self.starts, span.start)
        sides = {hit.actor for hit in self.known.find(self.text, span.start, span.end)}
        best: tuple[int, str] | None = None
        for mention in reversed(self.people[max(0, i - _LOOK_BACK) : i]):
            if head not in mention.roles:
                continue
            side = self.sides.get(mention.person, "")
            same = bool({side, self.known.party(side) or ""} & sides)
            score = 2 * same + (mention.bare and not sides)
            if sides and not same:
                continue
            if best is None or score > best[0]:
                best = (score, mention.person)
        return best[1] if best else None

    def _body(self, span: Span, head: str, words: Sequence[str]) -> Speaker:
        """Return the organisation or country that a phrase means."""
        plain = self._plain(span)
        hits = self.known.find(self.text, span.start, span.end)
        if hits:
            name = self.known.country(plain) or plain
            return Speaker(name, self.known.party(plain) or hits[0].actor)
        i = bisect_left(self.starts, span.start)
        owner = (
            self.people[i] if i < len(self.people) and self.people[i].span.end <= span.end else None
        )
        if owner is not None and self.sides.get(owner.person):
            return Speaker(plain, self._as_speaker(owner.person).party)
        if head in _GENERIC and len(words) <= 2 and head not in self.bodies:
            group = self._group(span.start)
            if group.name is not None and group.name[0].isupper():
                return group
        full = self.bodies.get(head, plain) if len(plain.split()) <= 2 else plain
        return Speaker(full, self.known.party(full, plain) or full)

    def _plain(self, span: Span) -> str:
        """Return a phrase without article and without what follows a comma."""
        phrase = " ".join(self.text[span.start : span.end].split(",")[0].split())
        phrase = re.sub(r"^(?:the|a|an|this|that|these|those)\s+", "", phrase, flags=re.IGNORECASE)
        return re.sub(r"['’]s?$", "", phrase)


def _serves(words: Sequence[str]) -> bool:
    """Tell whether a phrase says that somebody speaks for the body named before."""
    return words[0] in _THEY or (
        words[0] in ("a", "an", "the") and any(word.startswith("spokes") for word in words[:4])
    )


def cast(text: str, quoted: Sequence[Span], g: Grammar, lexicon: Lexicon, known: Actors) -> Cast:
    """Return everybody in a report, before anything is resolved."""
    organisations = bodies(text, g)
    people = mentions(text, g, lexicon, known, organisations)
    sides: dict[str, str] = {}
    for mention in people:
        if not sides.get(mention.person):
            sides[mention.person] = mention.side
    return Cast(
        text,
        g,
        known,
        people,
        sorted(quoted, key=lambda q: q.start),
        lexicon.words("female"),
        lexicon.words("male"),
        sides,
        [mention.span.start for mention in people],
        organisations,
        titles(text, people, g),
    )
