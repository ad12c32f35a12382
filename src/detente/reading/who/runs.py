"""People's names in a text: runs of capitals, titles put aside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from detente.reading.who.facts import Facts
from detente.reading.who.spelling import bare

_PARTICLE = (
    r"(?:de la|de los|de|da|dos|do|del|di|du|van der|van den|van de|van|von der|von|zu|der|ter"
    r"|ten|bin|bint|ibn|abu|al|el|ul|ben|Ó|y|e)"
)
_WORD = (
    r"(?:(?:al|el|as|an|ad|ar|ash|ul)-)?[^\W\d_a-zß-öø-ÿ][\w\u0300-\u036f']*"
    r"(?:-[\w\u0300-\u036f']+)*"
)
_RUN = re.compile(rf"(?<![\w-]){_WORD}\.?(?: (?:{_PARTICLE} )?{_WORD}\.?)*")
_POSSESSIVE = re.compile(r"'s?$")


@dataclass(frozen=True, slots=True)
class Run:
    """A run of capitalised words.

    Parameters
    ----------
    start, end : int
        The characters of the name, titles left out.
    name : str
        The name.
    titles : tuple of str
        Titles before it, in lower case.
    before : int
        Where the first title begins.
    """

    start: int
    end: int
    name: str
    titles: tuple[str, ...]
    before: int


@lru_cache(maxsize=4096)
def runs(text: str, facts: Facts) -> tuple[Run, ...]:
    """Return the runs of capitals in a text that may name somebody, cut at titles, possessives."""
    found: list[Run] = []
    for match in _RUN.finditer(text):
        found += _cut(text, match.start(), match.end(), facts)
    return tuple(found)


def _cut(text: str, start: int, end: int, facts: Facts) -> Iterator[Run]:
    """Cut one run of capitals into names."""
    words = [(m.start() + start, m.end() + start) for m in re.finditer(r"\S+", text[start:end])]
    group: list[tuple[int, int]] = []
    for a, b in words:
        word = text[a:b]
        ends = word.endswith(("'s", "s'")) or (word.endswith(".") and not _initial(word, facts))
        group.append((a, b))
        if ends:
            yield from _named(text, group, facts)
            group = []
    yield from _named(text, group, facts)


def _initial(word: str, facts: Facts) -> bool:
    """Tell whether a word with a full stop is an initial or a title."""
    return len(word) <= 2 or bool(re.fullmatch(r"(?:[A-Z]\.)+", word)) or is_title(word, facts)


def is_title(word: str, facts: Facts) -> bool:
    """Tell whether a word is a title or an honorific."""
    return bare(word).lower().rstrip(".") in facts.words["titles"]


def _small(word: str, facts: Facts) -> bool:
    """Tell whether a word before a name is no part of it: "On", "Monday"."""
    return facts.has("no name", word) or facts.has("calendar", word.rstrip("."))


def _named(text: str, words: list[tuple[int, int]], facts: Facts) -> Iterator[Run]:
    """Yield the name of a run: what stands after its last title, without small words before it."""
    last = -1
    for n, (a, b) in enumerate(words):
        low = bare(text[a:b]).lower().rstrip(".")
        parted = n + 2 < len(words) and text[a:b] in facts.heads and len(text[a:b]) > 3
        role = low in facts.words["roles"] and n + 1 < len(words)
        if is_title(text[a:b], facts) or role or parted:
            last = n
    titles = tuple(bare(text[a:b]).lower().rstrip(".") for a, b in words[: last + 1])
    before = words[0][0] if words else 0
    names = words[last + 1 :]
    while names and _small(text[slice(*names[0])], facts):
        names = names[1:]
    while names and facts.has("calendar", text[slice(*names[-1])].rstrip(".")):
        names = names[:-1]
    if names and all(bare(text[a:b]).lower() in facts.words["roles"] for a, b in names):
        return
    if names and any(facts.has("calendar", text[slice(*w)].rstrip(".")) for w in names):
        return
    if not names:
        return
    start, end = names[0][0], names[-1][1]
    found = _POSSESSIVE.search(text[start:end])
    end -= len(found[0]) if found and not text[start:end].endswith("s'") else 0
    end -= 1 if text[start:end].endswith(("'", ".")) and end - start > 3 else 0
    if (end - start > 1 and any(c.islower() for c in text[start:end])) or titles:
        yield Run(start, end, text[start:end], titles, before)
