"""Persons of a pile, found again by any part of their names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from detente.reading.who.facts import Facts, Holder
from detente.reading.who.lore import Base
from detente.reading.who.model import BY_LIST, Person
from detente.reading.who.spelling import bare, key

_LAST = 9999


def parts(name: str) -> tuple[str, ...]:
    """Return the words of a name as they are compared."""
    words = bare(name).replace("-", " ").replace("'", "").replace(".", " ").lower().split()
    return tuple(words)


class People:
    """Persons by name: the whole name, the surname, the given name.

    Parameters
    ----------
    base : Base
        What is known beforehand, with the people whose side a user tells.
    year : int
        Of the report; 0 for none.
    pile : People, optional
        The people of all reports.
    """

    def __init__(self, base: Base, year: int = 0, pile: People | None = None) -> None:
        self.base = base
        self.facts = base.facts
        self.told = frozenset(parts(name) for name in base.people)
        self.pile = pile
        self.year = year
        self.by_full: dict[tuple[str, ...], Person] = {}
        self._by_word: dict[str, list[Person]] = {}

    def add(self, name: str, titles: Iterable[str] = ()) -> Person | None:
        """Note somebody; return the person, who may be known by a longer name."""
        words = parts(name)
        if not words:
            return None
        titles = list(titles)
        sex = self.sex(name, titles)
        found = self.find(name, sex)
        if found is None:
            found = Person(" ".join(name.split()))
            self.by_full[words] = found
            for word in dict.fromkeys(words):
                self._by_word.setdefault(word, []).append(found)
        elif _weight(words) > _weight(parts(found.full)):
            self._lengthen(found, name)
        found.sex = found.sex or sex
        found.roles.update(titles)
        return found

    def _lengthen(self, person: Person, name: str) -> None:
        """Give somebody a fuller name."""
        person.full = " ".join(name.split())
        self.by_full[parts(name)] = person
        for word in dict.fromkeys(parts(name)):
            known = self._by_word.setdefault(word, [])
            if person not in known:
                known.append(person)

    def find(self, name: str, sex: str = "") -> Person | None:
        """Return the person a name means here: by the whole name, else by a part of it."""
        words = parts(name)
        if not words:
            return None
        if words in self.by_full:
            return self.by_full[words]
        known = self._by_word.get(words[-1], [])
        if len(words) == 1 and self.facts.has("particles", words[0]):
            return None
        near = _unique(
            [p for p in known if part_of(words, parts(p.full)) or part_of(parts(p.full), words)]
        )
        fits = [p for p in near if not sex or not p.sex or p.sex == sex] if len(near) > 1 else near
        if len(fits) == 1:
            only = fits[0]
            return only if not (sex and only.sex and sex != only.sex) else None
        last = [p for p in fits if parts(p.full)[-1] == words[-1]]
        return last[0] if len(last) == 1 else (_latest(last or fits))

    def sex(self, name: str, titles: Iterable[str] = ()) -> str:
        """Return ``f`` or ``m`` by title and given name; empty where they do not tell."""
        for title in titles:
            if title in self.facts.words["feminine"]:
                return "f"
            if title in self.facts.words["masculine"]:
                return "m"
        first = bare(name).lower().split()
        if len(first) > 1:
            return self.facts.sexes.get(first[0], "")
        return ""

    def elsewhere(self, name: str, sex: str = "") -> Person | None:
        """Return the person whom other reports of the pile name in full, now noted here."""
        found = self.pile.find(name, sex) if self.pile is not None else None
        if found is None or len(parts(found.full)) < 2:
            return None
        return self.add(found.full)

    def listed(self, surname: str, titled: bool) -> Person | None:
        """Return the office-holder whom a surname alone means in the report's year, now noted."""
        if len(surname) < 3 and not titled:
            return None
        holder = by_surname(self.facts, surname, self.year)
        if holder is None and titled and not self.year:  # "President Xi": there is but one
            only = self.facts.surnames.get(bare(surname).lower(), ())
            holder = only[0] if len({(h.full, h.side) for h in only}) == 1 else None
        if holder is None:
            return None
        person = self.add(holder.full)
        if person is not None:
            self.hold(person, holder)
        return person

    def hold(self, person: Person, holder: Holder) -> None:
        """Give somebody an office that the lists tell."""
        years = " and ".join(f"{a}-{b if b < _LAST else ''}" for a, b in holder.years)
        side = self.base.same.get(holder.side, holder.side)
        person.told(side, f"{holder.full} spoke for {holder.side} in {years}", BY_LIST)
        person.sex = person.sex or holder.sex

    def office(self, name: str) -> Holder | None:
        """Return the office that a full name tells by the lists, in the report's year."""
        return office(self.facts, name, self.year)

    def all(self) -> list[Person]:
        """Return everybody, in the order of their first naming."""
        return list({id(p): p for p in self.by_full.values()}.values())


def _weight(words: tuple[str, ...]) -> tuple[int, int]:
    """Return how full a name is: its words, and how many of them are more than an initial."""
    return len(words), sum(len(word) > 1 for word in words)


def _unique(people: list[Person]) -> list[Person]:
    """Return persons once each."""
    return list({id(p): p for p in people}.values())


def _latest(people: list[Person]) -> Person | None:
    """Return who was noted last."""
    return people[-1] if people else None


def part_of(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Tell whether a name is a part of a fuller one that stands for the person."""
    if 1 < len(short) == len(long):
        return short[-1] == long[-1] and all(
            a == b or (len(a) == 1 and b.startswith(a)) for a, b in zip(short, long, strict=True)
        )
    if not short or len(short) >= len(long):
        return False
    size = len(short)
    if any(long[n : n + size] == short for n in range(len(long) - size + 1)):
        return True
    return len(short) > 1 and short[0] == long[0] and short[-1] == long[-1]


def office(facts: Facts, name: str, year: int) -> Holder | None:
    """Return the one office that a full name tells in a year; None where it tells none or two."""
    offices = facts.holders.get(key(name), ())
    if year:
        offices = tuple(h for h in offices if h.in_office(year))
    sides = Counter(h.side for h in offices)
    return offices[0] if len(sides) == 1 else None


def by_surname(facts: Facts, surname: str, year: int) -> Holder | None:
    """Return the one office-holder of a year whom a surname alone means.

    Without a year nobody is told by the surname alone.
    """
    holders = facts.surnames.get(bare(surname).lower(), ()) if year else ()
    found = {h.full: h for h in holders if h.in_office(year)}
    sides = {h.side for h in found.values()}
    return next(iter(found.values())) if len(sides) == 1 else None
