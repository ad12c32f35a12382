"""Parties as they are named in a sentence: with their article, as one or as many."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from detente.case.model import Party
from detente.english.deeds import is_proper
from detente.english.lists import small

DIRECTIONS = ("north", "south", "east", "west", "vatican")
"""Names that keep their capital though they take an article: "the South"."""

LINKS = ("of", "for", "in", "that", "who", "which", "to", "from", "against", "on", "at", "with")
"""Words that end the head of a name: "Groups that …", "Bank of …"."""


@dataclass(frozen=True, slots=True)
class Name:
    """How a party is named.

    Parameters
    ----------
    text : str
        With its article, as it stands inside a sentence: "the United States".
    many : bool
        Whether its verb stands in the plural.
    """

    text: str
    many: bool = False

    @property
    def it(self) -> str:
        """The pronoun of a subject."""
        return "they" if self.many else "it"

    @property
    def them(self) -> str:
        """The pronoun of an object."""
        return "them" if self.many else "it"

    @property
    def its(self) -> str:
        """The pronoun of what it has."""
        return "their" if self.many else "its"


def name_of(party: Party) -> Name:
    """Return how a party is named: as the case says, else as a guess."""
    return _named(party.label, party.the, party.plural)


@lru_cache(maxsize=1024)
def _named(label: str, said_the: bool | None, said_many: bool | None) -> Name:
    words = label.split()
    has_article = len(words) > 1 and words[0].lower() == "the"
    bare = words[1:] if has_article else words
    the = said_the if said_the is not None else has_article or _takes_the(bare)
    many = said_many if said_many is not None else _many(bare)
    text = " ".join(bare)
    if _is_common(bare) and the:
        text = text[:1].lower() + text[1:]
    return Name(f"the {text}" if the else text, many)


def _head(words: list[str]) -> str:
    """Return the noun that a name is about: the last word before "of", "that" and their kind."""
    for k, word in enumerate(words):
        if k and word.lower() in LINKS:
            return words[k - 1]
    return words[-1] if words else ""


def _takes_the(words: list[str]) -> bool:
    if not words:
        return False
    if len(words) == 1 and words[0].rstrip(".") in small("the acronyms"):
        return True
    head = _head(words)
    if len(head) == 1 or head.isdigit():
        return False
    if head.lower().strip("’'") in small("the heads"):
        return len(words) > 1 or head.lower() not in ("company", "people", "trust")
    return _many(words)


def _many(words: list[str]) -> bool:
    head = _head(words).lower()
    if head in small("many"):
        return True
    if head in small("one though in s") or not head.endswith(("s", "men")):
        return False
    return head.endswith(tuple(small("many endings"))) or (
        len(words) > 1 and not head.endswith(("ss", "us", "is")) and _is_common(words)
    )


def _is_common(words: list[str]) -> bool:
    """Tell whether a name is made of common nouns, so that only a heading gives it a capital."""
    if not words or is_proper(words[0]):
        return False
    if len(words) == 1:
        low = words[0].lower()
        if low in small("one though in s") or low in DIRECTIONS:
            return False
        return low.endswith(tuple(small("many endings"))) or low in small("the heads")
    if any(word[:1].isupper() and before in ("and", "&") for before, word in pairwise(words)):
        return False
    if words[0].lower() in small("common nouns"):
        return words[1][:1].islower()
    return words[1][:1].islower() and words[1] not in LINKS[:3]
