"""How names are compared: atom by atom, accents and marks of the press put aside."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_ATOM = re.compile(r"[^\W_\u0300-\u036f](?:[^\W_]|[\u0300-\u036f])*|[^\w\s]")
_LETTERS = str.maketrans({"’": "'", "‘": "'", "`": "'", "ı": "i", "ł": "l", "ø": "o", "Ø": "O"})
_ARTICLE = re.compile(r"(?i)^(?:the|an?|its|their|his|her|our)\s+")
_POSSESSIVE = re.compile(r"(?:'s|(?<=s)')$")

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Atom:
    """A word or a mark, bare of accents, and where it stands."""

    text: str
    start: int
    end: int


@lru_cache(maxsize=65536)
def bare(word: str) -> str:
    """Return a word without accents; its case stays."""
    if word.isascii():
        return word
    word = unicodedata.normalize("NFKD", word.translate(_LETTERS))
    return "".join(c for c in word if not unicodedata.combining(c)).translate(_LETTERS)


@lru_cache(maxsize=4096)
def atoms(text: str) -> list[Atom]:
    """Return the words and marks of a text, in order."""
    return [Atom(bare(m[0]), m.start(), m.end()) for m in _ATOM.finditer(text)]


@lru_cache(maxsize=65536)
def key(name: str) -> Key:
    """Return a name as it is looked up."""
    return tuple(atom.text for atom in atoms(name.strip()))


def loose(name: str) -> str:
    """Return a name for a careless comparison: lower case, no article, no possessive, no dots."""
    name = re.sub(r"\s+", " ", bare(name)).strip(" .,;:\"'“”()")
    name = _POSSESSIVE.sub("", _ARTICLE.sub("", name)).casefold()
    return re.sub(r"(?<=\w)\.(?=\w|$)", "", name)


def trimmed(name: str) -> str:
    """Return a name as it is shown: one space between words, no article, no possessive."""
    name = re.sub(r"\s+", " ", name).strip(' .,;:"“”()*_')
    name = _ARTICLE.sub("", name)
    return re.sub(r"['’]s$", "", name).strip()
