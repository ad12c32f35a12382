"""What a report teaches about names: states nobody knew, bodies, their short forms and nouns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from detente.reading.who.facts import BODY_KINDS, Facts, Sense
from detente.reading.who.spelling import Key, key, loose


@dataclass
class Base:
    """What is known before a report is read.

    Parameters
    ----------
    facts : Facts
        The lists.
    told : mapping
        Names that a user gave: nothing overrides them.
    pile : mapping
        Names that other reports of the pile taught.
    kinds : mapping
        Party to kind, of told and pile.
    people : dict
        Somebody's full name to the party that a user tells.
    same : dict
        Name of the lists to the party that a user calls otherwise.
    nouns : mapping
        Common noun to the parties that the pile says it of.
    nouns_told : dict
        "movement", "defence ministry" to the party that a user calls so.
    """

    facts: Facts
    told: dict[Key, tuple[Sense, ...]] = field(default_factory=dict)
    pile: Mapping[Key, tuple[Sense, ...]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)
    same: dict[str, str] = field(default_factory=dict)
    nouns: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    nouns_told: dict[str, str] = field(default_factory=dict)

    def senses(self, name: str) -> tuple[Sense, ...]:
        """Return what a name may mean; nothing for an unknown one."""
        place = key(name)
        for table in (self.told, self.pile, self.facts.names):
            if found := table.get(place):
                return found
        return ()

    def kind(self, party: str) -> str:
        """Return the kind of a party, empty for an unknown one."""
        return self.kinds.get(party) or self.facts.kinds.get(party, "")


@dataclass
class Lore:
    """What one report teaches, on top of a base."""

    base: Base
    names: dict[Key, tuple[Sense, ...]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    nouns: dict[str, Counter[str]] = field(default_factory=dict)
    organs: dict[str, Counter[str]] = field(default_factory=dict)
    ruling: dict[str, float] = field(default_factory=dict)
    adjectives: set[str] = field(default_factory=set)

    def add(self, party: str, kind: str, *names: str, via: str = "name") -> None:
        """Take a party and names of it; a name that is known keeps its meaning."""
        if not self.kind(party):
            self.kinds[party] = kind
        for name in names or (party,):
            place = key(name)
            known = via != "seat" and place in self.names
            if place and not known and place not in self.base.told:
                self.names[place] = (Sense(party, via),)

    def kind(self, party: str) -> str:
        """Return the kind of a party, empty for an unknown one."""
        return self.kinds.get(party) or self.base.kind(party)

    def every_kind(self) -> dict[str, str]:
        """Return the bodies that reports and users taught, with their kinds."""
        return {**self.base.kinds, **self.kinds}

    def senses(self, name: str) -> tuple[Sense, ...]:
        """Return what a name may mean in this report."""
        place = key(name)
        return self.base.told.get(place) or self.names.get(place) or self.base.senses(name)

    def party(self, name: str) -> str:
        """Return the one party that a name means, empty for none or several."""
        senses = self.senses(name)
        parties = {s.party for s in senses}
        return senses[0].party if len(parties) == 1 else ""

    def noun(self, word: str, party: str, times: int = 1) -> None:
        """Note a common noun that is said of a party."""
        self.nouns.setdefault(loose(word), Counter())[party] += times

    def shown(self, noun: str) -> str:
        """Return the kind of body that a common noun shows, empty for none."""
        kinds = self.base.facts.nouns.get(noun, ())
        for kind in BODY_KINDS:
            if kind in kinds:
                return kind
        return ""
