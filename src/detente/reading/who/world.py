"""Who is who in a pile of reports: what each teaches, put together, and every report asked."""

from __future__ import annotations

import copy
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from detente.reading.actors import PartyNames
from detente.reading.analysis.model import Parsed
from detente.reading.lexicon import Lexicon
from detente.reading.who.facts import Facts, shipped
from detente.reading.who.index import Index
from detente.reading.who.lore import Base
from detente.reading.who.model import ABOUT, BY_LIST, TOLD, Learnt, Person, Who
from detente.reading.who.orgs import without_suffix
from detente.reading.who.people import People, parts
from detente.reading.who.pooled import give_seats, pooled
from detente.reading.who.resolve import Resolver
from detente.reading.who.scene import Scene
from detente.reading.who.spelling import loose, trimmed
from detente.reading.who.told import base

if TYPE_CHECKING:
    from spacy.tokens import Token

    from detente.reading.analysis.model import Unit

_OFFICIAL = re.compile(
    r"Republic|Kingdom|State\b|States\b|Federation|Commonwealth|Emirate|Sultanate|Union|People's"
)
_MAIN = 2
_LOUD = 16
"""More namings than this in one report count no more."""


class World:
    """The people and bodies of a pile, and every report of it."""

    def __init__(
        self,
        reports: Sequence[Parsed] = (),
        copies: Collection[str] = (),
        parties: Iterable[PartyNames] = (),
        lexicon: Lexicon | None = None,
    ) -> None:
        self.parties = tuple(parties)
        self._first = base(self.parties, lexicon)
        self.holders: dict[tuple[str, int], Who] = {}
        self._before: Base | None = None
        self._main: list[str] = []
        self.settle(())
        for last in (False, True):
            self.settle([self.look(r, r.name in copies) for r in reports], seats=last)
        self.open(reports)

    def look(self, parsed: Parsed, copy: bool = False) -> Learnt:
        """Return what one report teaches by itself."""
        scene = Scene(parsed, self.base, self._index, self.people)
        scene.pile_home = self.pile_home
        scene.main = self._main
        Resolver(scene, passes=1)
        return learnt(scene, copy)

    def settle(self, found: Sequence[Learnt], seats: bool = False) -> None:
        """Put together what the reports teach; their order changes nothing.

        A pile is gone through twice, as names that one report teaches help to read the others.
        Which town is whose seat is taken from the second round, when all states are known.
        """
        self.learnt = sorted(found, key=lambda one: one.report)
        counted = [one for one in self.learnt if not one.copy] or self.learnt
        kinds, pile = pooled(counted, self._first, seats)
        if self._before is not None:
            kinds = {**self._before.kinds, **kinds}
            pile = {**self._before.pile, **pile}
        two = [p for p in self._main if (kinds.get(p) or self._first.kind(p)) == "state"]
        if seats:
            give_seats(counted, kinds, pile, self._first.facts, two)
        self.base = replace(self._first, pile=pile, kinds={**kinds, **self._first.kinds})
        self._before = self.base
        nouns: dict[str, Counter[str]] = {}
        for one in counted:
            for noun, of in one.nouns.items():
                nouns.setdefault(noun, Counter()).update(of)
        self.base = replace(self.base, nouns=nouns)
        self.shown = _shown(self.learnt, self.base)
        self.together = _together(counted, self.shown)
        total = _totals(counted)
        ranked = sorted(total.items(), key=lambda item: (-item[1], item[0]))
        self._main = [p for p, _ in ranked if self.base.kind(p) != "press"][:_MAIN]
        self.main = [self.shown.get(p, p) for p in self._main]
        states = [p for p in self._main if self.base.kind(p) == "state"]
        able = states if len(states) == _MAIN else [one.home for one in counted]
        homes = Counter(one.home for one in counted if one.home and one.home in able)
        self.people = _people(counted, self.base, 0 if seats else BY_LIST, able)
        home = min(homes, key=lambda h: (-homes[h], h)) if homes else ""
        self.pile_home = home if 3 * homes[home] >= len(counted) else ""
        tables = (self.base.told, self.base.pile)
        self._index = (*(Index(table) for table in tables), listed(self.base.facts))
        self._resolvers: dict[str, Resolver] = {}

    @property
    def fixed(self) -> tuple[object, ...]:
        """What no report changes: large, and the same in every process with the same lists."""
        return (self._first.facts, self._index[-1])

    def bare(self) -> World:
        """Return a copy that knows the pile, and no report of it."""
        found = copy.copy(self)
        found.learnt = []
        found.holders = {}
        found.open(())
        return found

    def open(self, reports: Sequence[Parsed]) -> None:
        """Go through some reports, so that they can be asked; forget all others."""
        self._resolvers = {}
        self.issuers: dict[str, Who] = {}
        self.interviewees: dict[str, Who] = {}
        self.mentions: dict[str, list[tuple[int, Who]]] = {}
        for parsed in reports:
            resolver = self.resolver(parsed)
            self.issuers[parsed.name] = self._called(resolver.scene.issuer)
            if resolver.interviewee is not None:
                self.interviewees[parsed.name] = self._called(
                    resolver.of_person(resolver.interviewee)
                )
            self.mentions[parsed.name] = [
                (m.at, self._called(m.who)) for m in resolver.scene.mentions
            ]

    def resolver(self, parsed: Parsed) -> Resolver:
        """Return who knows a report."""
        if parsed.name not in self._resolvers:
            scene = Scene(parsed, self.base, self._index, self.people)
            scene.main = self._main
            scene.listed = {name: party for party, name in self.shown.items()}
            scene.pile_home = self.pile_home
            scene.holders = self.holders
            self._resolvers[parsed.name] = Resolver(scene)
        return self._resolvers[parsed.name]

    # --- questions -----------------------------------------------------------------------------

    def who(self, token: Token, unit: Unit, parsed: Parsed, plain: bool = False) -> Who:
        """Return whom a token means."""
        return self._called(self.resolver(parsed).who(token, unit, plain))

    def _called(self, who: Who) -> Who:
        """Return an answer with the party called as the reports call it."""
        if who.party not in self.shown and not any(p in self.shown for p in who.several):
            return who
        several = tuple(self.shown.get(p, p) for p in who.several)
        party = self.shown.get(who.party, who.party) if who.party else who.party
        return replace(who, party=party, several=several)

    def owner(self, token: Token, unit: Unit, parsed: Parsed) -> str | None:
        """Return the party whose a noun is."""
        party = self.resolver(parsed).owner(unit, token)
        return self.shown.get(party, party) if party else party

    def person_who(self, label: str, side: str, parsed: Parsed) -> Who:
        """Return who a transcript's label means."""
        return self._called(self.resolver(parsed).person_who(label, side))

    def find_person(self, name: str, parsed: Parsed) -> Person | None:
        """Return the person whom a name means in a report."""
        return self.resolver(parsed).scene.people.find(name)

    def partner(self, party: str, parsed: Parsed, sole: bool = False) -> str:
        """Return whom a party has most to do with, of those of whom a report speaks.

        Counted are the sentences of the pile that name both, one of the two as who acts. Where
        ``sole`` is set, the report must speak of nobody else.
        """
        here = Counter(w.party for _, w in self.mentions.get(parsed.name, ()) if w.party)
        of = self.together.get(party, Counter())
        if sole and len(here.keys() - {party}) != 1:
            return ""
        able = [p for p in of if self.kind(p, parsed) not in _NO_PARTNER]
        able = [p for p in able if here[p]] or able
        return min(able, key=lambda p: (-of[p], -here[p], p), default="")

    def kind(self, party: str, parsed: Parsed) -> str:
        """Return the kind of a party in a report: such as state or company."""
        return self.resolver(parsed).scene.kind(party)

    def home(self, parsed: Parsed) -> str:
        """Return the state that a report is about."""
        return self.resolver(parsed).scene.home


@lru_cache(maxsize=2)
def listed(known: Facts) -> Index:
    """Return the names of the lists, by first word."""
    return Index(known.names)


def learnt(scene: Scene, copy: bool = False) -> Learnt:
    """Return what a report that has been gone through teaches."""
    aliases = {" ".join(k): (s[0].party, s[0].via) for k, s in scene.lore.names.items()}
    return Learnt(
        scene.parsed.name,
        dict(scene.lore.kinds),
        aliases,
        {p.full: scene.told_here(p) for p in scene.people.all()},
        {noun: dict(of) for noun, of in scene.lore.nouns.items()},
        dict(scene.counts),
        {party: dict(of) for party, of in scene.names.written.items()},
        dict(scene.uses),
        dict(scene.lore.ruling),
        set(scene.lore.adjectives),
        scene.towns(),
        scene.home,
        copy,
        dict(scene.acts),
        {party: dict(of) for party, of in scene.governments.items()},
        scene.dealings(),
    )


def _shown(found: Sequence[Learnt], known: Base) -> dict[str, str]:
    """Return what a party is called where no report writes the name that is known of it."""
    written: dict[str, Counter[str]] = {}
    acts: Counter[str] = Counter()
    governments: dict[str, Counter[str]] = {}
    for one in found:
        acts.update(one.acts)
        for party, names in one.written.items():
            written.setdefault(party, Counter()).update(names)
        for party, names in one.governments.items():
            governments.setdefault(party, Counter()).update(names)
    told = {sense.party for senses in known.told.values() for sense in senses}
    told |= known.facts.kinds.keys() - shipped().kinds.keys()  # a user's own lists
    shown = {}
    for party in sorted({*written, *governments}):
        names = written.get(party, Counter())
        if party in told:
            continue
        state = known.kind(party) in ("state", "region")
        if state and not acts[party] and governments.get(party):
            phrases = governments[party]
            best = min(phrases, key=lambda n: (-len(n.split()), -phrases[n], n))
            if len(best.split()) > 1 or not names:
                shown[party] = best
                continue
        if any(loose(trimmed(without_suffix(n))) == loose(party) for n in names):
            continue
        fit = {
            n if "." in n else trimmed(n): c
            for n, c in names.items()
            if _is_name(n, short=not state and known.kind(party) != "bloc")
        }
        fit = {n: c for n, c in fit.items() if not _is_part(n, party, known)}
        if fit:
            shown[party] = min(fit, key=lambda n: (-fit[n], n))
    return shown


def _totals(found: Sequence[Learnt]) -> Counter[str]:
    """Return how often each party is spoken of in a pile; no report counts too much."""
    total: Counter[str] = Counter()
    for one in found:
        total.update({p: min(n, _LOUD) for p, n in one.counts.items()})
    return total


_NO_PARTNER = ("press", "court")


def _together(found: Sequence[Learnt], shown: Mapping[str, str]) -> dict[str, Counter[str]]:
    """Return how often each party is named with others in one sentence, one of the two acting."""
    together: dict[str, Counter[str]] = {}
    for one in found:
        for pair, times in one.together.items():
            first, second = (shown.get(party, party) for party in pair)
            together.setdefault(first, Counter())[second] += times
            together.setdefault(second, Counter())[first] += times
    return together


def _is_name(words: str, short: bool) -> bool:
    """Tell whether a written name can stand for its party: no official title of a state.

    Parameters
    ----------
    words : str
        The name as written.
    short : bool
        Whether an abbreviation will do: "IAEA" will, "US" will not.
    """
    name = trimmed(words)
    if short:
        return not name[:1].islower()
    plain = any(c.islower() for c in name) and not name[:1].islower() and "." not in name
    return plain and not _OFFICIAL.search(name) and name != "America"


def _is_part(name: str, party: str, known: Base) -> bool:
    """Tell whether a name is only the end of the party's own and of another's: "Korea"."""
    return len(party.split()) == 2 and party.endswith(" " + name) and known.kind(party) == "state"


def _people(found: Sequence[Learnt], known: Base, least: int, homes: Collection[str]) -> People:
    """Return the people of all reports, with what ties them to a side at least so strongly.

    What a report is about tells a side only where it is one of those that any may be about.
    """
    everybody = People(known)
    for name, side in known.people.items():
        if (person := everybody.add(name)) is not None:
            person.told(side, "so told", TOLD)
    all_people = [p for one in found for p in one.people.values()]
    all_people.sort(key=lambda p: (-len(parts(p.full)), p.full, sorted(p.votes.items())))
    for person in all_people:
        noted = everybody.add(person.full, person.roles)
        if noted is not None:
            noted.sex = noted.sex or person.sex
            for side, weight in person.votes.items():
                why = person.reasons.get(side, "")
                if weight >= least and (side in homes or not why.startswith(ABOUT)):
                    noted.told(side, why, weight)
    return everybody
