"""What is known of the world before any report is read: states, bodies, office-holders, words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources

from detente.reading.lexicon import Lexicon
from detente.reading.who.spelling import Key, bare, key
from detente.reading.wordfile import WordFile, sections

_YEARS = re.compile(r"^(?P<name>.+?) \((?P<since>\d{4})?-(?P<until>\d{4})?\)$")
_HOLDER = re.compile(r"^(?P<names>.+?) \((?P<sex>[fm]) (?P<years>[\d, -]+)\)$")
_LAST = 9999
_NO_PLURAL = ("s", "sh", "ch", "ese", "men", "x")
Words = frozenset[str]

BODY_KINDS = (
    "company",
    "union",
    "armed",
    "party",
    "church",
    "university",
    "sport",
    "court",
    "relief",
    "ngo",
    "agency",
    "bloc",
    "body",
)
"""Kinds of body, in the order in which a noun's kinds are tried."""


INTERCHANGED = frozenset({"company", "union", "armed", "sport", "university", "bloc", "party"})
"""Kinds whose nouns are said of any body of the kind; a monastery is no diocese."""


@dataclass(frozen=True, slots=True)
class Sense:
    """One thing that a name may mean.

    Parameters
    ----------
    party : str
        The state or body.
    via : str
        ``name``, ``seat`` (a capital, a palace, a ministry) or ``people`` (an adjective).
    since, until : int
        Years in which the name is used so.
    shy : bool
        An ordinary word, too: it counts only where the report names the party otherwise.
    """

    party: str
    via: str
    since: int = 0
    until: int = _LAST
    shy: bool = False


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who spoke for a state or a body in some years."""

    full: str
    side: str
    sex: str
    years: tuple[tuple[int, int], ...]

    def in_office(self, year: int) -> bool:
        """Tell whether this was so in a year."""
        return any(a <= year <= b for a, b in self.years)


@dataclass(frozen=True, eq=False)
class Facts:
    """Everything that the lists hold.

    Parameters
    ----------
    names : mapping
        Name, as a key, to its senses.
    kinds : mapping
        Party to kind: ``state``, ``region``, ``press`` or one of `BODY_KINDS`.
    parents : mapping
        Region to the state it lies in.
    holders : mapping
        Name of an office-holder, as a key, to the offices.
    surnames : mapping
        Surname, in lower case, to the offices of those who bear it.
    words : mapping
        Heading to words in lower case.
    heads : mapping
        Word of a body's name to the kind that it shows.
    nouns : mapping
        Common noun to the kinds of body that it may be said of.
    offices : mapping
        Office that only some bodies have to the nouns of these bodies.
    synonyms : mapping
        Office to other words for it.
    relevant : frozenset of str
        Every noun, in lower case, that may mean somebody.
    sexes : mapping
        Given name to ``f`` or ``m``.
    """

    names: Mapping[Key, tuple[Sense, ...]]
    kinds: Mapping[str, str]
    parents: Mapping[str, str]
    holders: Mapping[Key, tuple[Holder, ...]]
    surnames: Mapping[str, tuple[Holder, ...]]
    words: Mapping[str, Words]
    heads: Mapping[str, tuple[str, ...]]
    nouns: Mapping[str, tuple[str, ...]]
    offices: Mapping[str, tuple[str, ...]]
    synonyms: Mapping[str, tuple[str, ...]]
    relevant: Words
    sexes: Mapping[str, str]

    def has(self, heading: str, word: str) -> bool:
        """Tell whether a word stands under a heading."""
        return word in self.words.get(heading, frozenset())

    def is_body(self, noun: str) -> bool:
        """Tell whether a bare noun is a known kind of body, of several words the last."""
        return any(self.has(heading, noun.split()[-1]) for heading in ("bare", "called"))


@dataclass
class _Build:
    """The lists while they are read."""

    names: dict[Key, list[Sense]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)

    def name(self, written: str, party: str, via: str) -> None:
        """Take one name of a party."""
        shy = written.endswith("?")
        written = written.rstrip("?").strip()
        since, until = 0, _LAST
        if found := _YEARS.match(written):
            written = found["name"]
            since, until = int(found["since"] or 0), int(found["until"] or _LAST)
        if not written:
            return
        place = key(written)
        if place[0] == "The":
            place = ("the", *place[1:])
        senses = self.names.setdefault(place, [])
        if all(sense.party != party for sense in senses):
            senses.append(Sense(party, via, since, until, shy))

    def people(self, written: str, party: str) -> None:
        """Take an adjective or a people's name, with its plural."""
        if not written:
            return
        self.name(written, party, "people")
        if not written.endswith(_NO_PLURAL) and "." not in written and not written.isupper():
            self.name(written + "s", party, "people")


def _split(meaning: str, count: int) -> list[list[str]]:
    """Return the lists between semicolons."""
    parts = [[w.strip() for w in part.split(",")] for part in meaning.split(";")]
    parts += [[""]] * (count - len(parts))
    return [[w for w in part if w] for part in parts]


def _states(build: _Build, lists: Mapping[str, Mapping[str, str]]) -> None:
    """Take states and regions."""
    for heading, kind in (("states", "state"), ("regions", "region")):
        for name, meaning in lists.get(heading, {}).items():
            others, seats, peoples, within = _split(_joined(meaning), 4)
            build.kinds[name] = kind
            for other in [name, *others]:
                build.name(other, name, "name")
            for seat in seats:
                build.name(seat + ("?" if kind == "region" else ""), name, "seat")
            for people in peoples:
                build.people(people, name)
            if within:
                build.parents[name] = within[0]


def _joined(meaning: str) -> str:
    """Keep "Washington, D.C." and the like in one piece."""
    return meaning.replace("Washington, D.C.", "Washington D.C.")


def _bodies(build: _Build, lists: Mapping[str, Mapping[str, str]]) -> None:
    """Take bodies that are no state."""
    for written, meaning in lists.get("bodies", {}).items():
        name = written.rstrip("?").strip()
        others, kinds, owners = _split(meaning, 3)
        owner = owners[0] if owners else name
        if owner == name:
            build.kinds[name] = kinds[0] if kinds else "body"
        for other in [written, *others]:
            build.name(other, owner, "name")


def _holders(lists: Mapping[str, Mapping[str, str]]) -> dict[Key, list[Holder]]:
    """Return who held which office when, by every spelling of the name."""
    found: dict[Key, list[Holder]] = {}
    for side, meaning in lists.get("holders", {}).items():
        for part in meaning.split(";"):
            if not (match := _HOLDER.match(part.strip())):
                continue
            names = [n.strip() for n in match["names"].split("/")]
            years = tuple(_span(y) for y in match["years"].split(","))
            for name in names:
                holder = Holder(names[0], side, match["sex"], years)
                found.setdefault(key(name), []).append(holder)
    return found


_FAMILY_FIRST = frozenset({"North Korea", "South Korea", "China", "Taiwan", "Vietnam", "Myanmar"})


def _surnames(holders: Mapping[Key, list[Holder]]) -> dict[str, tuple[Holder, ...]]:
    """Return office-holders by surname; where the family's name comes first, by that, too."""
    found: dict[str, list[Holder]] = {}
    for holder in dict.fromkeys(h for of in holders.values() for h in of):
        names = bare(holder.full).lower().split()
        keys = {names[-1], " ".join(names[-2:])}
        keys |= {names[0]} if holder.side in _FAMILY_FIRST else set()
        for name in sorted(keys):
            found.setdefault(name, []).append(holder)
    return {name: tuple(of) for name, of in found.items()}


def _span(years: str) -> tuple[int, int]:
    """Return the years of "2009-2017", "2025-" or "2010"."""
    first, dash, last = years.strip().partition("-")
    return int(first), int(last) if last else (_LAST if dash else int(first))


def _by_kind(
    lists: Mapping[str, Mapping[str, str]], ending: str, kinds: Iterable[str]
) -> dict[str, tuple[str, ...]]:
    """Return word to kinds from the headings "company words" and the like."""
    found: dict[str, list[str]] = {}
    for kind in kinds:
        for word in lists.get(f"{kind} {ending}", {}):
            found.setdefault(word, []).append(kind)
    return {word: tuple(of) for word, of in found.items()}


_ASKED = (
    "roles",
    "government",
    "organs",
    "side words",
    "street",
    "troops",
    "own people",
    "pairs",
    "enemies",
    "neighbours",
    "towns",
    "bare",
    "titles",
)


def _relevant(lists: Mapping[str, Mapping[str, str]]) -> Words:
    """Return the nouns of all lists that mean somebody, of several words the last."""
    headings = [*_ASKED, *(h for h in lists if h.endswith((" words", "bodies of roles")))]
    return frozenset(w.split()[-1] for h in headings for w in lists.get(h, {}))


def _listed(entries: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return entries whose meaning is a list."""
    return {word: tuple(w.strip() for w in of.split(",")) for word, of in entries.items()}


def _build(files: Iterable[WordFile], extra: Mapping[str, Mapping[str, str]]) -> Facts:
    """Put the lists together."""
    lists = {heading: dict(words) for heading, words in sections(files).items()}
    for heading, words in extra.items():
        lists.setdefault(heading, {}).update(words)
    build = _Build()
    _states(build, lists)
    _bodies(build, lists)
    holders = _holders(lists)
    sexes = {bare(n).lower(): "f" for n in lists.get("female names", {})}
    sexes |= {bare(n).lower(): "m" for n in lists.get("male names", {})}
    return Facts(
        {name: tuple(senses) for name, senses in build.names.items()},
        build.kinds,
        build.parents,
        {name: tuple(of) for name, of in holders.items()},
        _surnames(holders),
        {heading: frozenset(words) for heading, words in lists.items()},
        _by_kind(lists, "heads", ("state", "region", *BODY_KINDS)),
        _by_kind(lists, "words", BODY_KINDS),
        _listed(lists.get("bodies of roles", {})),
        _listed(lists.get("same office", {})),
        _relevant(lists),
        sexes,
    )


@lru_cache(maxsize=1)
def shipped() -> Facts:
    """Return what ships with the package."""
    return _build(_files(), {})


def facts(lexicon: Lexicon | None = None) -> Facts:
    """Return what ships with the package, with a user's own [states], [bodies], [holders] added.

    Parameters
    ----------
    lexicon : Lexicon, optional
        The lists with the user's file in them.
    """
    own = ("states", "regions", "bodies", "holders", "female names", "male names")
    extra = {h: dict(lexicon.meaning(h)) for h in own} if lexicon else {}
    extra = {heading: words for heading, words in extra.items() if words}
    return _build(_files(), extra) if extra else shipped()


def _files() -> list[WordFile]:
    """Return the package's own lists."""
    folder = resources.files("detente.reading.who").joinpath("facts")
    names = sorted(f.name for f in folder.iterdir() if f.name.endswith(".txt"))
    return [WordFile(n, folder.joinpath(n).read_text(encoding="utf-8")) for n in names]
