"""Names in formulas, held against those that the case declares."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from detente.case.document import Steps
from detente.case.formula import IN_PIECES, Mention, OptionIs, OutcomeIs, is_word
from detente.case.model import Case
from detente.errors import nearest, unknown

MAX_NAME = 100
"""Longest name in characters."""

_IDENTIFIER = re.compile(r"(?!(?:not|and|or|if|iff)\Z)[^\W\d]\w*\Z")


_UNSEEN = frozenset("\u115f\u1160\u3164\uffa0\u17b4\u17b5")
"""Letters, by their class, of which nothing is seen; other such marks are in no name."""

_LOOKS = str.maketrans("авекмнорстухіјѕһԛԝαβεζηικμνορτυχ", "abekmhopctyxijshqwabezhikmnoptyx")


@dataclass(frozen=True, slots=True)
class Names:
    """What a case declares.

    Parameters
    ----------
    parties : frozenset of str
        The parties' names.
    levels : mapping of str to tuple of str
        The levels of each ``party.option``.
    outcomes : frozenset of str
        The outcomes' names.
    lost : frozenset of paths
        Parts of the file that could not be read; names that may have stood there are not held
        against anybody.
    """

    parties: frozenset[str]
    levels: Mapping[str, tuple[str, ...]]
    outcomes: frozenset[str]
    lost: frozenset[Steps] = frozenset()

    @staticmethod
    def of(case: Case) -> Names:
        """Return the names that a case declares."""
        return Names(
            frozenset(case.party_names),
            {f"{p.name}.{o.name}": o.levels for p, o in case.options},
            frozenset(o.name for o in case.outcomes),
        )

    def faults(self, mentions: Iterable[Mention]) -> list[tuple[int, str]]:
        """Return what is wrong with the names in a formula: offset in its text, and message.

        The message is empty for a name that stood in a part that is lost.
        """
        found = ((m.offset, self._fault(m.atom)) for m in mentions)
        return [(offset, message) for offset, message in found if message is not None]

    def _fault(self, atom: OptionIs | OutcomeIs) -> str | None:
        """Say what is wrong with one name; None if it is declared."""
        if isinstance(atom, OutcomeIs):
            return self._outcome_fault(atom.name)
        full = f"{atom.party}.{atom.option}"
        if atom.level in (None, *self.levels.get(full, ())) and full in self.levels:
            return None
        options = ("parties", atom.party, "options")
        if self.lost & {("parties",), options[:2], options, (*options, atom.option)}:
            return ""
        if atom.party not in self.parties:
            return unknown("party", atom.party, self.parties)
        if full not in self.levels:
            return self._option_fault(atom.party, atom.option)
        return f"'{full}': {unknown('level', str(atom.level), self.levels[full])}"

    def _option_fault(self, party: str, option: str) -> str:
        """Say what an option of a party that has none such may have meant."""
        own = [name for name in self.levels if name.startswith(f"{party}.")]
        near = nearest(option, [name.partition(".")[2] for name in own])
        others = [name for name in self.levels if name.endswith(f".{option}")]
        if near or others:
            meant = f"{party}.{near}" if near else min(others)
            return f"unknown option '{party}.{option}'; did you mean '{meant}'?"
        known = ", ".join(own) or f"none, '{party}' has no options"
        return f"unknown option '{party}.{option}'; declared: {known}"

    def _outcome_fault(self, name: str) -> str | None:
        if name in self.outcomes:
            return None
        if self.lost & {("outcomes",), ("outcomes", name)}:
            return ""
        if name in self.parties:
            return f"'{name}' is a party; write '{name}.' and one of its options"
        owners = sorted(full for full in self.levels if full.endswith(f".{name}"))
        if owners:
            return f"unknown outcome '{name}'; did you mean '{owners[0]}'?"
        return unknown("outcome", name, self.outcomes)


def identifier_fault(kind: str, name: str) -> str:
    """Say why a text cannot name something in formulas; nothing if it can."""
    if len(name) > MAX_NAME:
        return f"'{name[:20]}…' has {len(name):,} characters; a name has at most {MAX_NAME}"
    if _is_name(name):
        return ""
    if _is_name(unicodedata.normalize("NFC", name)):
        return f"'{name}' cannot name {kind}: {IN_PIECES}"
    return (
        f"'{name}' cannot name {kind}; use letters, digits and _, not a digit first, "
        "and none of not, and, or, if, iff"
    )


def _is_name(text: str) -> bool:
    return bool(_IDENTIFIER.match(text)) and is_word(text)


def skeleton(name: str) -> str:
    """Return what is seen of a name: its letters, whatever their size, width or invisible marks.

    A Cyrillic or Greek letter is the Latin one that it looks like.
    """
    bare = "".join(c for c in unicodedata.normalize("NFKC", name) if c not in _UNSEEN)
    return unicodedata.normalize("NFKC", bare.casefold()).translate(_LOOKS)


def readable(name: str) -> str:
    """Return a name as words: ``enter_talks`` becomes ``Enter talks``."""
    words = name.replace("_", " ").strip() or name
    return words[0].upper() + words[1:]
