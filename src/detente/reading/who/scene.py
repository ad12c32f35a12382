"""One report with its people and bodies: what stands where, and what has been said before."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from detente.reading.analysis.model import Parsed, Unit
from detente.reading.who.facts import Facts
from detente.reading.who.index import Index
from detente.reading.who.learn import described, learn
from detente.reading.who.lore import Base, Lore
from detente.reading.who.marks import Mark, Marked, root
from detente.reading.who.model import THING, Person, Who
from detente.reading.who.people import People
from detente.reading.who.tagging import Names, mark, note_people, year_of

if TYPE_CHECKING:
    from spacy.tokens import Token

_ACTING = ("nsubj", "nsubjpass", "poss")
_ALONE = re.compile(r"\b[Tt]he ([A-Z][a-z]{3,})\b(?! [A-Z])")
"""A noun with a capital and an article, and no name beside it."""
_OUTSIDE = ("in", "at", "near", "from", "around", "outside", "across", "through", "inside", "into")


_AGAINST = ("with", "against", "between")
_EITHER = ("from", "to", "of")
"""Prepositions of somebody whom one deals with; of such a one, or of a town."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where a side or a person has been spoken of.

    Parameters
    ----------
    at : int
        The character of the report.
    who : Who
        Whom.
    subject : bool
        Whether it is a subject.
    sentence : tuple
        Unit and first token of the sentence.
    quoted : bool
        Whether it stands within quotation marks.
    plural : bool
        Whether the words are plural.
    human : bool
        Whether it is one human being, by name or not.
    """

    at: int
    who: Who
    subject: bool
    sentence: tuple[int, int]
    quoted: bool
    plural: bool
    human: bool


class Scene:
    """A report while it is asked who is who.

    Parameters
    ----------
    parsed : Parsed
        The report.
    base : Base
        What is known before it is read.
    shared : sequence of Index
        The names of the base: told, of the pile, of the lists.
    elsewhere : People
        The people of the whole pile.
    """

    def __init__(
        self, parsed: Parsed, base: Base, shared: Sequence[Index], elsewhere: People
    ) -> None:
        self.parsed = parsed
        self.facts: Facts = base.facts
        self.year = year_of(parsed)
        self.lore: Lore = learn(parsed, base)
        self.names = Names(self.lore, shared, self.year)
        self.people = People(base, self.year, elsewhere)
        self.elsewhere = elsewhere
        self.units: list[Unit] = [u for u in parsed.units if u.doc is not None]
        self.home = ""
        self.government = ""
        self.city = ""
        self.pile_home = ""
        self.main: list[str] = []
        self.uses: dict[str, float] = {}
        self.listed: dict[str, str] = {}
        self.issuer = Who()
        self.holders: dict[tuple[str, int], Who] = {}
        self.mentions: list[Mention] = []
        self.known: dict[tuple[int, int], Who] = {}
        self.counts: Counter[str] = Counter()
        self.acts: Counter[str] = Counter()
        self.governments: dict[str, Counter[str]] = {}
        self.totals: dict[str, int] = {}
        self.full_names: dict[str, str] = {}
        self.names.count(self.units)
        note_people(self.units, self.names, self.people)
        self._own: dict[int, tuple[dict[str, int], dict[str, str]]] = {}
        self._pile: dict[int, dict[str, int]] = {}
        self.spoken: Counter[str] = Counter(
            token.lower_
            for u in self.units
            if u.doc is not None
            for token in u.doc
            if token.pos_ == "NOUN"
        )
        self.capitals: Counter[str] = Counter(
            word for u in self.units if u.kind != "title" for word in _ALONE.findall(u.text)
        )
        self.marked: dict[int, Marked] = {}
        self.remark()

    def renamed(self) -> None:
        """Begin again with the names learnt since."""
        self.names.refresh()
        self.remark()

    def remark(self) -> None:
        """Put the marks on all units, with the names known by now."""
        self.marked = {u.number: mark(u, self.names, self.people) for u in self.units}
        for unit in self.units:
            for one in self.marked[unit.number].marks:
                if one.kind in ("name", "seat") and unit.doc is not None:
                    self._describe(unit, one)

    def forget(self, person: Person) -> None:
        """Halve what this report's words told of somebody's side, to read them anew."""
        found = dict(person.votes)
        if id(person) not in self._own:
            before = dict(person.votes)
            self._from_pile(person)
            self._pile[id(person)] = {s: v - before.get(s, 0) for s, v in person.votes.items()}
            self._own[id(person)] = (dict(person.votes), dict(person.reasons))
            found = {}
        votes, reasons = self._own[id(person)]
        half = {s: (v - votes.get(s, 0)) // 2 for s, v in found.items()}
        person.votes = {s: votes.get(s, 0) + half.get(s, 0) for s in {**votes, **half}}
        person.votes = {s: v for s, v in person.votes.items() if v}
        person.reasons = {**reasons, **person.reasons}

    def told_here(self, person: Person) -> Person:
        """Return somebody with what this report alone tells of the side."""
        given = self._pile.get(id(person), {})
        votes = {s: v - given.get(s, 0) for s, v in person.votes.items() if v > given.get(s, 0)}
        return replace(person, roles=set(person.roles), votes=votes, reasons=dict(person.reasons))

    def _from_pile(self, person: Person) -> None:
        """Give somebody the side that other reports tell."""
        found = self.elsewhere.find(person.full, person.sex)
        if found is None or found is person:
            return
        if len(found.full.split()) > len(person.full.split()):
            self.people.add(found.full)
        person.sex = person.sex or found.sex
        person.roles |= found.roles
        for side, weight in found.votes.items():
            person.told(side, found.reasons.get(side, ""), weight)

    def _describe(self, unit: Unit, one: Mark) -> None:
        """Note the common nouns that stand beside a name."""
        if unit.doc is None:
            return
        nouns = frozenset(self.facts.nouns)
        for noun in described(unit.doc, one.start, one.end, nouns):
            self.lore.noun(noun, one.party)
            kind = self.lore.kind(one.party)
            if kind in ("body", "ngo", "agency") and one.party in self.lore.kinds:
                shown = self.lore.shown(noun)
                if shown and shown != "body":
                    self.lore.kinds[one.party] = shown

    @cached_property
    def tokens(self) -> list[tuple[Unit, Token]]:
        """The tokens that may speak of somebody, in the order of the report's characters."""
        places = [
            (unit.where(token), unit.number, token.i, unit, token)
            for unit in self.units
            if unit.doc is not None
            for token in unit.doc
            if token.pos_ in ("NOUN", "PROPN", "PRON", "ADJ") or token.text[:1].isupper()
        ]
        places.sort(key=lambda place: place[:3])
        return [(unit, token) for at, _, _, unit, token in places if at >= 0]

    # --- what stands where -------------------------------------------------------------------

    def mark_at(self, unit: Unit, token: Token) -> Mark | None:
        """Return the mark that a token belongs to."""
        found = self.marked.get(unit.number)
        return found.at.get(token.i) if found else None

    def at(self, unit: Unit, token: Token) -> int:
        """Return the character of the report at which a token stands."""
        return unit.where(token)

    def holder(self, unit: Unit) -> Who:
        """Return who speaks in a unit, as far as that has been told."""
        found = self.holders.get((self.parsed.name, unit.number), THING)
        party = self.listed.get(found.party or "", found.party)
        return replace(found, party=party) if party != found.party else found

    def kind(self, party: str) -> str:
        """Return the kind of a party."""
        return self.lore.kind(party)

    def has(self, heading: str, word: str) -> bool:
        """Tell whether a word stands in a list."""
        return self.facts.has(heading, word)

    # --- what has been said before -----------------------------------------------------------

    def before(self, at: int) -> list[Mention]:
        """Return what has been spoken of before a character, the latest last."""
        if at < 0:
            return list(self.mentions)
        return [m for m in self.mentions if m.at < at]

    def latest(self, at: int, kinds: tuple[str, ...], plain: bool = False) -> str:
        """Return the party of some kinds that was spoken of last; empty for none.

        Parameters
        ----------
        at : int
            The character of the report.
        kinds : tuple of str
            Kinds of party.
        plain : bool
            Whether only the sole party of these kinds in the report will do.
        """
        if not plain:
            for mention in reversed(self.before(at)):
                party = mention.who.party
                if party and not mention.who.speaker and self.kind(party) in kinds:
                    return party
        have = {p for p in (*self.counts, *self.totals) if self.kind(p) in kinds}
        return next(iter(have)) if len(have) == 1 else ""

    def add(self, unit: Unit, token: Token, who: Who, human: bool = False) -> None:
        """Note that somebody has been spoken of."""
        at = self.at(unit, token)
        if at < 0:
            return
        subject = token.dep_ in ("nsubj", "nsubjpass", "csubj") or (
            token.dep_ == "conj" and token.head.dep_ in ("nsubj", "nsubjpass")
        )
        if unit.kind == "title" and token.dep_ == "ROOT":
            subject = True
        sentence = (unit.number, token.sent.start)
        plural = token.tag_ in ("NNS", "NNPS") or bool(who.several)
        quoted = unit.kind == "quote"
        self.mentions.append(Mention(at, who, subject, sentence, quoted, plural, human))
        if who.party:
            self.counts[who.party] += 2 if subject else 1

    def towns(self) -> dict[str, dict[str, int]]:
        """Return names that act and are places, with the states named alone beside them.

        Under the empty name stands how often something is "in" the place.
        """
        found: dict[str, Counter[str]] = {}
        for unit in self.units:
            doc = unit.doc
            if doc is None:
                continue
            beside: dict[int, list[Mark]] = {}
            for one in self.marked[unit.number].marks:
                if one.party:
                    beside.setdefault(doc[one.start].sent.start, []).append(one)
            for marks in beside.values():
                named = [m for m in marks if self.kind(m.party) == "state" and m.kind != "seat"]
                acting = {m.party for m in named if root(doc, m).dep_ in _ACTING}
                for one in marks:
                    if self.kind(one.party) not in ("place", "body") or one.kind != "name":
                        continue
                    place = found.setdefault(one.party, Counter())
                    place[""] += self.is_place(unit, one)
                    if len({m.party for m in named}) == 1:
                        state = named[0].party
                        if state in acting:
                            place[state] += _tied(root(doc, one))
                        elif named[0].kind == "name":
                            place[state] -= 1
        return {name: dict(of) for name, of in found.items()}

    def dealings(self) -> dict[tuple[str, str], int]:
        """Return how many sentences name two parties, the first as a subject."""
        inside: dict[tuple[int, int], list[Mention]] = {}
        for mention in self.mentions:
            if mention.who.party:
                inside.setdefault(mention.sentence, []).append(mention)
        found: Counter[tuple[str, str]] = Counter()
        for mentions in inside.values():
            named = {m.who.party or "" for m in mentions}
            acting = {m.who.party or "" for m in mentions if m.subject}
            found.update((a, b) for a in acting for b in named - {a})
        return dict(found)

    def is_place(self, unit: Unit, one: Mark) -> bool:
        """Tell whether a name is only where something is: "in Ankara", "the Lisbon strike"."""
        if unit.doc is None:
            return False
        head = root(unit.doc, one)
        if head.dep_ == "pobj" and head.head.lower_ in _OUTSIDE:
            return True
        return one.kind == "seat" and head.dep_ in ("compound", "nmod", "amod", "npadvmod")


def _tied(place: Token) -> int:
    """Return how much a place beside a state that acts is its town: nobody deals with his own."""
    if place.dep_ in ("dobj", "dative"):
        return -1
    by = place.head.lower_ if place.dep_ == "pobj" else ""
    return -1 if by in _AGAINST else 0 if by in _EITHER else 1
