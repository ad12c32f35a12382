"""What a user tells beforehand: the parties of a case, their other names, bodies and people."""

from __future__ import annotations

from collections.abc import Iterable

from detente.reading.actors import PartyNames
from detente.reading.lexicon import Lexicon
from detente.reading.who.facts import BODY_KINDS, Facts, Sense, facts
from detente.reading.who.lore import Base
from detente.reading.who.orgs import kind_of
from detente.reading.who.people import parts
from detente.reading.who.spelling import Key, bare, key, loose, trimmed


def base(parties: Iterable[PartyNames], lexicon: Lexicon | None = None) -> Base:
    """Return what is known before any report is read: the lists, and over them what a user tells.

    A party that the lists know, too, brings all that they say of it: of a party labelled
    "Armenia", "Yerevan" and "the Armenian government" are that party.

    Parameters
    ----------
    parties : iterable of PartyNames
        The parties; nothing overrides their names.
    lexicon : Lexicon, optional
        Word lists with a user's own headings ``[states]``, ``[bodies]`` and ``[holders]``.
    """
    known = facts(lexicon)
    base = Base(known, {}, {}, {})
    for party in parties:
        same = _listed(party, known)
        if same:
            base.same[same] = party.name
            _take_over(base.told, known, same, party.name)
        base.kinds[party.name] = known.kinds.get(same) or _kind(party, known)
    for party in parties:
        for name in dict.fromkeys((party.label, *party.aliases)):
            if _personal(name, known) or _surnamed(name, party):
                base.people[name] = party.name
            elif trimmed(name).islower():
                base.nouns_told[loose(name)] = party.name
            elif key(name):
                base.told[_article(key(name))] = (Sense(party.name, "name"),)
    return base


def _kind(party: PartyNames, known: Facts) -> str:
    """Return the kind of a party by its names: "the rebels" and "the ministry" tell it, too."""
    for name in (party.label, *party.aliases):
        if kind := kind_of(name, known):
            return kind
    for name in party.aliases:
        noun = loose(name).split()[-1:] if trimmed(name).islower() else []
        for word in noun:
            if known.has("government", word):
                return "state"
            if kinds := known.nouns.get(word):
                return min(kinds, key=BODY_KINDS.index)
    return "body"


def _listed(party: PartyNames, known: Facts) -> str:
    """Return the name that the lists have for a party; empty where they do not know it."""
    for name in (party.label, *party.aliases):
        senses = known.names.get(_article(key(name)), ())
        if len(senses) == 1 and senses[0].via == "name" and not senses[0].shy:
            return senses[0].party
    return ""


def _take_over(told: dict[Key, tuple[Sense, ...]], known: Facts, same: str, party: str) -> None:
    """Give a party all that the lists say of it."""
    for place, senses in known.names.items():
        if any(sense.party == same for sense in senses):
            told[place] = tuple(
                Sense(party if s.party == same else s.party, s.via, s.since, s.until, s.shy)
                for s in senses
            )


def _article(place: Key) -> Key:
    """Return a key with its article as the lists write it."""
    return ("the", *place[1:]) if place[:1] == ("The",) else place


def _surnamed(name: str, party: PartyNames) -> bool:
    """Tell whether a two-word alias ends in another alias: "Ignace Kalonda" beside "Kalonda"."""
    words = name.split()
    return len(words) == 2 and words[1] in party.aliases and words[0] not in party.label


def _personal(name: str, known: Facts) -> bool:
    """Tell whether an alias is somebody's name: by a title, a given name or the lists of office."""
    if key(name) in known.holders:
        return True
    words = parts(name)
    first = bare(name.split()[0]).lower().rstrip(".") if name.split() else ""
    titled = first in known.words["titles"] and len(words) > 1
    return len(words) > 1 and (titled or first in known.sexes) and not kind_of(name, known)
