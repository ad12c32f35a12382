"""Actors: countries, organisations and the parties of a case, by any of their names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from detente.reading.lexicon import Lexicon

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|\w+(?:[-&]\w+)*")
_DIRECTED = re.compile(r"\b(North|South|East|West) (\w+)")
_MAX_WORDS = 5
_LAST_SHORT = {"un", "us", "uk", "eu"}


@dataclass(frozen=True, slots=True)
class PartyNames:
    """A party of a case as reports may name it: its identifier, its label and its aliases."""

    name: str
    label: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A name found in a text: its words' characters and the actor behind it."""

    start: int
    end: int
    actor: str


@dataclass(frozen=True)
class Actors:
    """Names to actors.

    Parameters
    ----------
    names : mapping
        Words in lower case, joined by one space, to the actor's canonical name.
    parties : mapping
        The same for a case's parties, whose identifiers go before every other actor.
    firsts : frozenset of str
        First words of all names, to pass over other words quickly.
    """

    names: Mapping[str, str]
    parties: Mapping[str, str]
    firsts: frozenset[str]

    def find(
        self, text: str, start: int = 0, end: int | None = None, own: bool = True
    ) -> list[Hit]:
        """Return the names that stand in a stretch of text, longest first, without overlap.

        Without ``own`` the names of a case's parties do not count, only countries'.
        """
        words = list(_WORD.finditer(text, start, len(text) if end is None else end))
        found: list[Hit] = []
        firsts = self.firsts
        i = 0
        while i < len(words):
            low = _plain(words[i][0])
            if low in firsts and (hit := self._at(words, i, own)) is not None:
                found.append(hit[0])
                i += hit[1]
            else:
                i += 1
        return found

    def _at(self, words: list[re.Match[str]], i: int, own: bool) -> tuple[Hit, int] | None:
        """Return the longest name that begins at a word, with its number of words."""
        for n in range(min(_MAX_WORDS, len(words) - i), 0, -1):
            part = words[i : i + n]
            if not any(w[0][0].isupper() for w in part):
                continue
            key = " ".join(_plain(w[0]) for w in part)
            if key in _LAST_SHORT and not part[0][0].replace(".", "").isupper():
                continue
            actor = (self.parties.get(key) if own else None) or self.names.get(key)
            if actor is not None:
                return Hit(part[0].start(), part[-1].end(), actor), n
        return None

    def country(self, name: str) -> str | None:
        """Return the country that a name means; None for no country's name."""
        return self.names.get(_key(name))

    def party(self, *names: str | None) -> str | None:
        """Return the case's party that the first fitting name means; None without one."""
        for name in names:
            if name and (found := self.parties.get(_key(name))) is not None:
                return found
        return None


def actors(lexicon: Lexicon, parties: Iterable[PartyNames] = ()) -> Actors:
    """Return the actors that any report may name.

    Parameters
    ----------
    lexicon : Lexicon
        Its ``[countries]`` are known everywhere.
    parties : iterable of PartyNames
        The case's parties.
    """
    names: dict[str, str] = {}
    for country, others in lexicon.meaning("countries").items():
        for name in (country, *others.split(",")):
            names[_key(name)] = country
    own: dict[str, str] = {}
    for party in parties:
        for name in (party.label, *party.aliases, party.name.replace("_", " ")):
            own[_key(name)] = party.name
            known = names.get(_key(name))
            if known is not None:
                for other, meant in names.items():
                    if meant == known:
                        own.setdefault(other, party.name)
    firsts = frozenset(key.split(" ", 1)[0] for key in (*names, *own) if key)
    return Actors(names, own, firsts)


def known_as(parties: Iterable[PartyNames]) -> Callable[[str | None], str | None]:
    """Return what says which party a claim's name means; a name of nobody's stays as it is.

    Claims that were read before there was a case name parties as the reports do. A name that two
    parties share means neither.

    Parameters
    ----------
    parties : iterable of PartyNames
        The case's parties.
    """
    known = tuple(parties)
    ids = {party.name for party in known}
    own: dict[str, set[str]] = {}
    for party in known:
        for name in (party.label, *party.aliases):
            own.setdefault(_key(name), set()).add(party.name)

    def meant(name: str | None) -> str | None:
        found = own.get(_key(name), set()) if name and name not in ids else set()
        return next(iter(found)) if len(found) == 1 else name

    return meant


def with_text(known: Actors, text: str) -> Actors:
    """Return the actors that one report may name: those known everywhere, and its own.

    "The North" means North X where just one North X stands in the report; a country that no
    list knows is told by its adjective, or by its government.
    """
    shown = {n: land for n, land in _polities(text).items() if n not in known.names}
    parts = {w for n in known.names for w in n.split(" ") if " " in n} if shown else set()
    more = {name: land for name, land in shown.items() if land.lower() not in parts}
    names = {**known.names, **more}
    names |= _directions(text, names)
    if len(names) == len(known.names):
        return known
    own = {
        name: known.parties[low]
        for name, land in more.items()
        if (low := land.lower()) in known.parties
    }
    return Actors(
        names, {**known.parties, **own}, known.firsts | {name.split(" ", 1)[0] for name in names}
    )


_CAPITAL = re.compile(r"\b[A-Z][a-z]{3,}\b")
_DEMONYMS = ("n", "an", "ian", "ese", "ish", "i", "er", "ans", "ians", "ns", "ers", "is")
_GOVERNED = re.compile(
    r"\b([A-Z][a-z]{3,})['’]s (?:[a-z]+ ){0,2}"
    r"(?:government|ministry|minister|president|parliament|army|navy|coast guard|chancellor"
    r"|border)\b"
)


def _polities(text: str) -> dict[str, str]:
    """Return names of countries that the report itself shows to be some: "Borduria", "Bordurian".

    A name counts that stands in the report with its adjective too, or that owns a government,
    a minister or an army there and is nobody's surname.
    """
    words = {match[0] for match in _CAPITAL.finditer(text)}
    found: dict[str, str] = {}
    for word in sorted(words):
        for ending in _DEMONYMS:
            if word.endswith(ending) and (name := word[: -len(ending)]) in words and len(name) > 4:
                found[name.lower()] = found[word.lower()] = name
    for name in {match[1] for match in _GOVERNED.finditer(text)}:
        surname = re.search(rf"[A-Z][\w.]+ (?:[A-Z]\w* )?{name}\b", text)
        if surname is None or surname[0].split()[0] in ("The", "In", "But", "And"):
            found.setdefault(name.lower(), name)
    return found


def _directions(text: str, names: Mapping[str, str]) -> dict[str, str]:
    """Return what "the North" and its kind mean in this text."""
    meant: dict[str, set[str]] = {}
    for found in _DIRECTED.finditer(text):
        word = found[1].lower()
        country = names.get(f"{word} {found[2].lower()}")
        if country is not None and country.lower().startswith(word):
            meant.setdefault(word, set()).add(country)
    return {word: countries.pop() for word, countries in meant.items() if len(countries) == 1}


def _key(name: str) -> str:
    """Return a name as the tables hold it."""
    words = [_plain(w[0]) for w in _WORD.finditer(name)]
    return " ".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)


def _plain(word: str) -> str:
    """Return a word in lower case without the full stops of an abbreviation."""
    return word.lower().replace(".", "") if "." in word else word.lower()
