"""The parties of a case, by any of their names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|\w+(?:[-&]\w+)*")


@dataclass(frozen=True, slots=True)
class PartyNames:
    """A party of a case as reports may name it: its identifier, its label and its aliases."""

    name: str
    label: str
    aliases: tuple[str, ...] = ()


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


def _key(name: str) -> str:
    """Return a name as the tables hold it."""
    words = [_plain(w[0]) for w in _WORD.finditer(name)]
    return " ".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)


def _plain(word: str) -> str:
    """Return a word in lower case without the full stops of an abbreviation."""
    return word.lower().replace(".", "") if "." in word else word.lower()
