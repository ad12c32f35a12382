"""Bodies by the form of their names: "Surkhan Growers' Union", "Ministry of Water Resources"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from detente.reading.who.facts import BODY_KINDS, Facts, shipped
from detente.reading.who.spelling import bare

CAP = r"[^\W\d_a-zß-öø-ÿ](?:[\w'&.-]*[\w'])?"
_LINK = r"(?:of|for|on|against|de|du|des|del|della|der|y)"
_PLURALS = frozenset({"Women", "Children", "People", "Men", "Lord", "King", "Queen", "Shi", "St"})
_SUFFIX = re.compile(
    r",? (?:plc|PLC|Plc|Inc|Ltd|Limited|LLC|Corp|Co|S\.?A|A\.?G|S\.?E|N\.?V|B\.?V|A\.?B|ASA|GmbH"
    r"|SpA|Oyj|Group|Holdings?)\.?$"
)
_TAIL = re.compile(r"(?: (?:and|of|for|on|the|in|against))+$")
_REBEL = re.compile(
    r"\b(?:Free|Liberation|Resistance|Revolution\w*|People's|Patriotic|Holy|Volunteer|Insurgent"
    r"|Lord's|Salvation|Independence|Popular)\b"
)
_KINDRED = re.compile(r"\w+s'? |\w+s' ")


@dataclass(frozen=True, slots=True)
class Org:
    """A body's name in a text, by its form.

    Parameters
    ----------
    start, end : int
        Its characters.
    name : str
        The name.
    kind : str
        What its words show.
    owner : str
        The words of a possessor before it: "Chile" of "Chile's Interior Ministry".
    """

    start: int
    end: int
    name: str
    kind: str
    owner: str = ""


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    """Return what a name with a head word looks like."""
    heads = "|".join(sorted(map(re.escape, shipped().heads), key=len, reverse=True))
    plain = rf"(?:{CAP} (?:(?:and|&) (?={CAP}))?)*"
    tail = (
        rf"(?: {_LINK}(?: the| a| an| la| los| las)? {CAP}"
        rf"(?:(?: and| of| of the| for| for the| the| de)? {CAP})*)?"
    )
    return re.compile(rf"\b{plain}(?:{heads})\b(?!-\w){tail}")


_AMPERSAND = re.compile(rf"\b{CAP}(?: {CAP})* & {CAP}(?: {CAP})*")


_LOUD = re.compile(r"\b[A-ZÀ-Þ][A-ZÀ-Þ'-]+(?:[ \n]+(?:[A-ZÀ-Þ][A-ZÀ-Þ'-]+|[A-ZÀ-Þ]))+\b")
_SMALL = frozenset(
    ["A", "AGAINST", "AN", "AND", "AT", "BY", "FOR", "FROM", "IN", "OF", "ON", "THE", "TO", "WITH"]
)
_LETTERS = 4
"""Capitals up to so many may be an abbreviation."""


def titled(text: str) -> str:
    """Return a text with its words in capitals as names are written; its length stays.

    Words of a few letters stay: they may be an abbreviation.
    """
    return _LOUD.sub(lambda m: _calm(m[0]), text)


def _calm(words: str) -> str:
    """Return a run of words in capitals as a name is written."""
    if not any(len(word) > _LETTERS for word in words.split()):
        return words
    return re.sub(r"[^\s]+", lambda m: _calm_word(m[0]), words)


def _calm_word(word: str) -> str:
    """Return one word of a name in capitals as it is written."""
    if word in _SMALL:
        return word.lower()
    return word if len(word) <= _LETTERS else "-".join(p.capitalize() for p in word.split("-"))


@lru_cache(maxsize=4096)
def orgs(text: str, facts: Facts) -> tuple[Org, ...]:
    """Return the names in a text that say by a word of theirs that they are a body's."""
    return tuple(_orgs(text, facts))


def _orgs(text: str, facts: Facts) -> Iterator[Org]:
    """Yield the names of bodies by their form."""
    for match in _pattern().finditer(text):
        org = _clean(text, match.start(), match.end(), facts)
        if org is not None:
            yield org
    for match in _AMPERSAND.finditer(text):
        paper = is_paper(match[0].split()[-1], facts)
        org = _clean(text, match.start(), match.end(), facts, "press" if paper else "company")
        if org is not None:
            yield org


def is_paper(word: str, facts: Facts) -> bool:
    """Tell whether a name that ends so is a newspaper's or a text's, and nobody's who acts."""
    return facts.has("papers", word.lower()) or facts.has("texts", word.lower())


def _clean(text: str, start: int, end: int, facts: Facts, kind: str = "") -> Org | None:
    """Return a name without what does not belong to it; None where nothing is left."""
    name = text[start:end]
    while True:
        first, _, rest = name.partition(" ")
        low = first.lower().rstrip(".")
        drop = facts.has("no name", first) or facts.has("calendar", first)
        if not rest or not (drop or (low in ("mr", "mrs", "ms", "dr", "and", "of", "the"))):
            break
        start += len(first) + 1
        name = rest
    name = _until_calendar(name, facts)
    owner, cut = _possessor(name)
    start, name = start + cut, name[cut:]
    name = re.sub(r"'s?$", "", name) if not name.endswith("s'") else name[:-1]
    name = _TAIL.sub("", name)
    words = name.split()
    if len(words) < 2 and not (owner and words):
        return None
    first = words[0].lower()
    if facts.has("titles", first) and not facts.has("portfolios", first):
        return None
    kind = kind or kind_of(name, facts)
    return Org(start, start + len(name), name, kind, owner) if kind else None


def _until_calendar(name: str, facts: Facts) -> str:
    """Cut "… on Tuesday" from a name."""
    words = name.split()
    for n, word in enumerate(words):
        if n and facts.has("calendar", word):
            return _TAIL.sub("", " ".join(words[:n]))
    return name


def _possessor(name: str) -> tuple[str, int]:
    """Return the possessor before a name and how many characters it takes."""
    for match in reversed(list(re.finditer(r"'s ", name))):
        owner = name[: match.start()]
        last = owner.split()[-1]
        if last not in _PLURALS and not last.endswith("men"):
            return owner, match.end()
    return "", 0


def kind_of(name: str, facts: Facts) -> str:
    """Return the kind of a body by the words of its name; empty where they do not tell."""
    core = re.split(rf" {_LINK} ", name)[0].replace("'", " ").split()
    shown: list[str] = []
    for word in reversed(core):
        kinds = facts.heads.get(word)
        if kinds:
            shown = list(kinds)
            if word == "Union" and (
                any(facts.has("allied", w) for w in core) or " of Nations" in name
            ):
                return "bloc"
            if word in ("Union", "Workers") and len(shown) > 1:
                return "union"
            if word in ("Army", "Forces", "Force", "Guard") and _REBEL.search(name):
                return "armed"
            if word in ("League", "Federation") and _KINDRED.search(name):
                return "union" if word == "Federation" else "ngo"
            break
    for kind in ("state", "region", *BODY_KINDS):
        if kind in shown:
            return kind
    return ""


def without_suffix(name: str) -> str:
    """Return a firm's name without "plc", "S.A." or the like."""
    cut = _SUFFIX.sub("", name)
    whole = not cut or cut.endswith(("'", "’"))  # "Exporters' Group" is no firm
    return name if whole else cut


def initials(name: str) -> str:
    """Return the first letters of the greater words of a name."""
    words = re.split(r"[\s'-]+", bare(name))
    return "".join(w[0] for w in words if w and w[0].isupper())


def abbreviates(short: str, name: str) -> bool:
    """Tell whether capitals may stand for a name: first letters of it, in order."""
    letters = initials(name)
    short = short.replace(".", "")
    if not letters or not short or letters[0] != short[0] or len(letters) < 2:
        return False
    at = 0
    for letter in short:
        at = letters.find(letter, at) + 1
        if at == 0:
            return False
    return len(short) >= max(2, len(letters) - 2)
