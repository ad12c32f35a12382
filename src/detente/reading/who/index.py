"""Names found in a text, the longest first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from detente.reading.who.facts import Sense
from detente.reading.who.spelling import Atom, Key

_APART = frozenset({"non", "anti", "pro", "ex", "post", "pre", "trans", "neo", "un"})


@dataclass(frozen=True, slots=True)
class Hit:
    """A name in a text: its characters and what it may mean."""

    start: int
    end: int
    senses: tuple[Sense, ...]


_Entries = list[tuple[Key, tuple[Sense, ...]]]


class Index:
    """Names by their first word, the longest first.

    Parameters
    ----------
    names : mapping
        Name to senses.
    """

    def __init__(self, names: Mapping[Key, tuple[Sense, ...]]) -> None:
        self._names = names
        self._tables: dict[bool, dict[str, _Entries]] = {}

    def _table(self, loud: bool) -> dict[str, _Entries]:
        """Return the names by first word, for text in upper case or as written."""
        if loud not in self._tables:
            table: dict[str, _Entries] = {}
            for place, senses in self._names.items():
                words = tuple(w.upper() for w in place) if loud else place
                table.setdefault(words[0], []).append((words, senses))
            for entries in table.values():
                entries.sort(key=lambda entry: -len(entry[0]))
            self._tables[loud] = table
        return self._tables[loud]

    def find(self, words: list[Atom], loud: bool = False) -> list[Hit]:
        """Return the names in a text, from left to right.

        Parameters
        ----------
        words : list of Atom
            The text.
        loud : bool
            Whether the text is in upper case.
        """
        texts = [w.text.upper() for w in words] if loud else [w.text for w in words]
        table = self._table(loud)
        found = []
        at = 0
        while at < len(words):
            first = texts[at]
            entries = table.get("the" if first == "The" else first)
            size = 0
            for place, senses in entries or ():
                if len(place) == 1 or tuple(texts[at + 1 : at + len(place)]) == place[1:]:
                    size = len(place)
                    if not _set_apart(words, at):
                        found.append(Hit(words[at].start, words[at + size - 1].end, senses))
                    break
            # "the North" may end within a longer name: "the North Korean leader".
            at += 1 if first in ("the", "The") else size or 1
        return found


def _set_apart(words: list[Atom], at: int) -> bool:
    """Tell whether "non-", "anti-" or "pro-" stands before a word."""
    return (
        at > 1
        and words[at - 1].text in "-–"
        and words[at - 1].end == words[at].start
        and words[at - 2].text.lower() in _APART
    )
