"""What a case file says of how parties see each other, and of what they say in public."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from detente.case import formula as fm
from detente.case import model, schema
from detente.case.document import Steps
from detente.case.reader import UNREAD, Reader
from detente.errors import unknown

_T = TypeVar("_T")

RESERVED = "unaware"
"""What a view calls the options not known; no party goes by that name."""


class Perceived:
    """Makes views, attitudes, positions and doubts of a file's content.

    Parameters
    ----------
    reader : Reader
        The file.
    parties : tuple of Party
        Those declared.
    """

    def __init__(self, reader: Reader, parties: tuple[model.Party, ...]) -> None:
        self._reader, self._part = reader, reader.part
        self._options = {(p.name, o.name): o for p in parties for o in p.options}
        self._axis = {option: axis for axis, option in enumerate(self._options)}
        self._parties = {p.name: p for p in parties}

    def views(
        self, read: Callable[[schema.PreferencesPart, Steps], model.Preferences]
    ) -> tuple[model.View, ...]:
        """Return how parties see the others; ``read`` reads preferences."""
        if RESERVED in self._parties:
            message = f"'{RESERVED}' is not allowed as a party's name; views use it"
            self._reader.blame(message, ("parties", RESERVED), key=True)
        found = []
        for name, part in self._named(self._part.views, ("views",)):
            beliefs = []
            for other, belief in self._named(part.beliefs, ("views", name)):
                at: Steps = ("views", name, other)
                if other == name:
                    self._reader.blame("a party knows its own wishes", at, key=True)
                wants = belief.preferences
                if wants.readings is not None or wants.shares is not None:
                    self._reader.blame("a belief has no readings", (*at, "preferences"))
                beliefs.append(model.Belief(other, read(wants, (*at, "preferences"))))
            unaware = []
            for i, text in enumerate(part.unaware):
                path: Steps = ("views", name, RESERVED, i)
                option = self._option(text, path)
                if option is not None and option[0] == name:
                    self._reader.blame("a party knows its own options", path)
                unaware += [option] if option is not None else []
            found.append(model.View(name, tuple(beliefs), tuple(unaware)))
        return tuple(found)

    def attitudes(self) -> tuple[tuple[str, str, int], ...]:
        """Return (who, towards whom, 1, 0 or -1)."""
        return tuple(
            (name, other, attitude)
            for name, towards in self._named(self._part.attitudes, ("attitudes",))
            for other, attitude in self._named(towards, ("attitudes", name))
        )

    def positions(self) -> tuple[model.Stance, ...]:
        """Return what each party says that it wants of an option."""
        return tuple(
            stance
            for name, said in self._named(self._part.positions, ("positions",))
            for stance in self._stances(said, ("positions", name), name)
        )

    def intentions(self) -> tuple[model.Stance, ...]:
        """Return what the owners say that they will do if nobody gives in."""
        return tuple(self._stances(self._part.intentions, ("intentions",), None))

    def doubts(self) -> tuple[model.Disbelief, ...]:
        """Return which words are not believed, by whom."""
        found = []
        for i, part in enumerate(self._part.doubts):
            path: Steps = ("doubts", i)
            option = self._option(part.option, (*path, "option"))
            if part.party not in self._parties:
                self._unknown(part.party, (*path, "party"), key=False)
            elif option is not None:
                found.append(model.Disbelief(part.party, option))
        return tuple(found)

    def unknown_today(self) -> tuple[int, ...]:
        """Return the options whose level today nobody knows, as axes."""
        found = set()
        for i, part in enumerate(self._part.status_quo or ()):
            if isinstance(part, schema.UnknownPart):
                option = self._option(part.unknown, ("status_quo", i, "unknown"))
                found |= {self._axis[option]} if option is not None else set()
        return tuple(sorted(found))

    def _stances(
        self, said: Mapping[str, str], at: Steps, party: str | None
    ) -> Iterator[model.Stance]:
        for text, level in said.items():
            option = self._option(text, (*at, text), key=True)
            if option is None:
                continue
            levels = self._options[option].levels
            if level not in levels:
                self._reader.blame(unknown("level", level, levels), (*at, text))
                continue
            yield model.Stance(party or option[0], option, levels.index(level))

    def _option(self, text: str, path: Steps, *, key: bool = False) -> tuple[str, str] | None:
        """Return the option that a text names; None, and a problem noted, if it names none."""
        formula = self._reader.formula(text, path, key=key)
        if isinstance(formula, fm.OptionIs) and formula.level is None:
            return formula.party, formula.option
        if formula is not UNREAD:
            self._reader.blame(f"'{text}' is no option; write 'party.option'", path, key=key)
        return None

    def _named(self, said: Mapping[str, _T], at: Steps) -> Iterator[tuple[str, _T]]:
        for name, part in said.items():
            if name in self._parties:
                yield name, part
            else:
                self._unknown(name, (*at, name), key=True)

    def _unknown(self, name: str, path: Steps, *, key: bool) -> None:
        if not self._reader.lost & {("parties",), ("parties", name)}:
            self._reader.blame(unknown("party", name, self._parties), path, key=key)
