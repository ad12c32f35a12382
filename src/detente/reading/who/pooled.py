"""What the reports of a pile teach together: bodies, states and their seats, one name each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from detente.reading.vocabulary import is_word
from detente.reading.who.facts import Facts, Sense
from detente.reading.who.lore import Base
from detente.reading.who.model import Learnt
from detente.reading.who.orgs import abbreviates
from detente.reading.who.realms import is_of
from detente.reading.who.spelling import Key, key, loose
from detente.reading.who.use import PLACE

_VAGUE = ("body", "ngo", "agency")
"""Kinds that the form of a name shows, which a report's own words about the body correct."""
_UNSURE = (PLACE, "body")
_PILE_ENOUGH = 1.5
"""Evidence, over a whole pile, that makes a name that acts a body's."""


def pooled(
    counted: Sequence[Learnt], first: Base, seats: bool
) -> tuple[dict[str, str], dict[Key, tuple[Sense, ...]]]:
    """Return the kinds and the names of the bodies and states that reports teach together.

    Parameters
    ----------
    counted : sequence of Learnt
        What each report teaches.
    first : Base
        What is known before any is read.
    seats : bool
        Whether it is told by now which town is whose seat.
    """
    kinds, pile = _taught(counted, first, seats)
    surnames = {_surname(p.full) for one in counted for p in one.people.values()}
    for name in [n for n in pile if len(n) == 1 and n[0] in surnames]:
        if kinds.get(pile[name][0].party) in (*_UNSURE, "state"):
            del pile[name]  # a surname that another report gives in full
    _unlearn_people(counted, kinds, pile)
    _states_by_use(counted, kinds, pile)
    _bodies_by_use(counted, kinds, pile)
    _join_short_names(kinds, pile)
    _join_whole_names(counted, kinds, pile)
    _states_by_office(counted, kinds)
    _join_same_words(counted, kinds, pile)
    return kinds, pile


def give_seats(
    counted: Sequence[Learnt],
    kinds: dict[str, str],
    pile: dict[Key, tuple[Sense, ...]],
    known: Facts,
    main: Sequence[str],
) -> None:
    """Take towns that act for the seats of states; ``main`` are states the pile is between."""
    _seats_by_use(counted, kinds, pile, known, main)
    _last_seat(kinds, pile, known, len(main) == _TWO)


_TWO = 2


def _taught(
    found: Sequence[Learnt], first: Base, with_seats: bool
) -> tuple[dict[str, str], dict[Key, tuple[Sense, ...]]]:
    """Return the kinds and names that the reports teach, where they do not disagree."""
    kinds: dict[str, Counter[str]] = {}
    names: dict[Key, set[tuple[str, str]]] = {}
    for one in found:
        for party, kind in one.kinds.items():
            kinds.setdefault(party, Counter())[kind] += 1
        for alias, meaning in one.aliases.items():
            names.setdefault(key(alias), set()).add(meaning)
    settled = {
        party: min(votes, key=lambda k: (k != "state", k in _VAGUE, -votes[k], k))
        for party, votes in kinds.items()
    }
    table: dict[Key, tuple[Sense, ...]] = {}
    for place, of in names.items():
        seats = {meaning for meaning in of if meaning[1] == "seat"}
        of = of if with_seats else of - seats
        other = {m for m in of if not _only_initials(m[0], place, of)}
        only = of if len(of) == 1 else other if len(other) == 1 else seats & of
        if len(only) == 1 and place and place not in first.told:
            table[place] = (Sense(*next(iter(only))),)
    return settled, table


def _bodies_by_use(
    found: Sequence[Learnt], kinds: dict[str, str], pile: dict[Key, tuple[Sense, ...]]
) -> None:
    """Learn the names that all reports together use as a body's."""
    total: Counter[str] = Counter()
    acting: set[str] = set()
    for one in found:
        for name, much in one.uses.items():
            total[name] += much  # type: ignore[assignment]
            acting |= {name} if much >= 1 else set()
    surnames = {_surname(p.full) for one in found for p in one.people.values()}
    for name, much in sorted(total.items()):
        if (
            much >= _PILE_ENOUGH
            and name in acting
            and name not in surnames
            and key(name) not in pile
        ):
            kinds[name] = "body"
            pile[key(name)] = (Sense(name, "name"),)


def _states_by_use(
    found: Sequence[Learnt], kinds: dict[str, str], pile: dict[Key, tuple[Sense, ...]]
) -> None:
    """Learn the states that all reports together use as one: "Nduma … its army", "Ndumese"."""
    total: Counter[str] = Counter()
    for one in found:
        total.update(one.ruling)
    words = {word for one in found for word in one.adjectives}
    if "state" in kinds.values():
        total.update({n: 1.0 for n, kind in kinds.items() if kind in _UNSURE and " " not in n})
    surnames = {p.full.split()[-1] for one in found for p in one.people.values()}
    for name, much in sorted(total.items()):
        peoples = sorted(w for w in words if is_of(w, name) and w not in kinds)
        if much + bool(peoples) < _RULES or name in surnames or kinds.get(name) == "state":
            continue
        if name in kinds and kinds[name] not in _UNSURE:
            continue
        kinds[name] = "state"
        pile[key(name)] = (Sense(name, "name"),)
        for word in peoples:
            pile.setdefault(key(word), (Sense(name, "people"),))


_RULES = 2.0
"""Evidence, over a whole pile, that makes a name a state's."""


def _join_short_names(kinds: dict[str, str], pile: dict[Key, tuple[Sense, ...]]) -> None:
    """Let "Verhage" and "Verhage Packaging" be one where nothing else begins with the word."""
    for short in [n for n in kinds if " " not in n and kinds[n] not in ("state", "region")]:
        longer = [n for n in kinds if " " in n and n.split()[0] == short]
        firms = [n for n in longer if kinds[n] == "company"]
        only = firms if len(firms) == 1 else longer
        if len(only) != 1 or kinds[only[0]] in ("state", "region"):
            continue
        for place, senses in list(pile.items()):
            if senses[0].party == short:
                pile[place] = (replace(senses[0], party=only[0]),)
        kinds[only[0]] = kinds[short] if kinds[only[0]] in _VAGUE else kinds[only[0]]
        del kinds[short]


def _join_whole_names(
    found: Sequence[Learnt], kinds: dict[str, str], pile: dict[Key, tuple[Sense, ...]]
) -> None:
    """Let "the Combination", "Northern Combination" and "Northern Combination of Clubs" be one."""
    bodies = sorted(n for n in kinds if kinds[n] not in ("state", "region"))
    for short in bodies:
        core = [n for n in bodies if n != short and _core(n) == short and " " in short]
        common = " " not in short and is_word(short.lower())
        last = [n for n in bodies if common and _core(n).split()[-1:] == [short]]
        longer = core or [n for n in last if n != short]
        cores = {_core(n) for n in longer}
        if len(cores) != 1 or short not in kinds:
            continue
        whole = min((n for n in longer if n in kinds), key=len, default="")
        if not whole:
            continue
        core_name = cores.pop() if " " not in short else short
        for place, senses in list(pile.items()):
            if senses[0].party in (short, *longer):
                pile[place] = (replace(senses[0], party=core_name),)
        pile[key(core_name)] = (Sense(core_name, "name"),)
        kind = kinds[whole] if kinds[short] in _VAGUE else kinds[short]
        for name in (short, *longer):
            kinds.pop(name, None)
        kinds[core_name] = kind


def _core(name: str) -> str:
    """Return a body's name without what "of" or "for" brings."""
    return re.split(r" (?:of|for) ", name)[0]


_SMALL = frozenset({"of", "the", "and", "for", "de", "la", "s"})


def _join_same_words(
    found: Sequence[Learnt], kinds: dict[str, str], pile: dict[Key, tuple[Sense, ...]]
) -> None:
    """Let "Union of Potters of Zell" and "Zell Potters' Union" be one, by the name used most."""
    groups: dict[frozenset[str], list[str]] = {}
    for name in kinds:
        words = frozenset(re.findall(r"\w+", loose(name))) - _SMALL
        if len(words) > 1:
            groups.setdefault(words, []).append(name)
    for names in groups.values():
        if len(names) > 1:
            count = {n: sum(sum(o.written.get(n, {}).values()) for o in found) for n in names}
            best = min(names, key=lambda n: (-count[n], n))
            for place, senses in list(pile.items()):
                if senses[0].party in names:
                    pile[place] = (replace(senses[0], party=best),)
            for name in names:
                if name != best:
                    pile[key(name)] = (Sense(best, "name"),)
                    del kinds[name]


_HONOURS = frozenset({"mr", "mrs", "ms", "miss", "dr", "madam"})


def _unlearn_people(
    found: Sequence[Learnt], kinds: dict[str, str], pile: dict[Key, tuple[Sense, ...]]
) -> None:
    """Take "Una Ferris" for no body where a report calls somebody Mrs Ferris, or Una Ferris."""
    people = {p.full for one in found for p in one.people.values()}
    honoured = {
        p.full.split()[-1]
        for one in found
        for p in one.people.values()
        if p.roles & _HONOURS or (len(p.full.split()) > 1 and p.full in kinds)
    }
    for name in [n for n in kinds if 1 < len(n.split()) < _LONG_NAME and kinds[n] in _UNSURE]:
        if name in people or name.split()[-1] in honoured:
            del kinds[name]
            for place in [k for k, senses in pile.items() if senses[0].party == name]:
                del pile[place]


_LONG_NAME = 4
"""Fewer words than these may be a person's name."""
_GOVERNING = frozenset(
    {"foreign minister", "foreign secretary", "prime minister", "defence minister"}
)


def _states_by_office(found: Sequence[Learnt], kinds: dict[str, str]) -> None:
    """Take a body for a state whose foreign minister, or the like, a report names."""
    for one in found:
        for person in one.people.values():
            if person.firm and person.roles & _GOVERNING and kinds.get(person.side) in _UNSURE:
                kinds[person.side] = "state"


def _means(pile: Mapping[Key, tuple[Sense, ...]], name: str, party: str) -> bool:
    """Tell whether a name of a pile means a party."""
    return any(sense.party == party for sense in pile.get(key(name), ()))


def _last_seat(
    kinds: dict[str, str], pile: dict[Key, tuple[Sense, ...]], known: Facts, between: bool
) -> None:
    """Take a place that acts for the seat of the one state that no list knows and that has none.

    Only where the pile is ``between`` two states: else the place may itself be the second.
    """
    places = [n for n, kind in kinds.items() if kind == PLACE and _means(pile, n, n)]
    seated = {senses[0].party for senses in pile.values() if senses[0].via == "seat"}
    states = [s for s, k in kinds.items() if k == "state" and s not in known.kinds]
    bare_states = [s for s in states if s not in seated]
    for name in places:
        kinds[name] = "body"
        if between and len(places) == len(bare_states) == 1 and name not in bare_states:
            pile[key(name)] = (Sense(bare_states[0], "seat"),)
            del kinds[name]


def _seats_by_use(
    found: Sequence[Learnt],
    kinds: dict[str, str],
    pile: dict[Key, tuple[Sense, ...]],
    known: Facts,
    main: Sequence[str],
) -> None:
    """Take a town that acts for the seat of the state that is mostly named alone beside it."""
    beside: dict[str, Counter[str]] = {}
    for one in found:
        for name, of in one.towns.items():
            beside.setdefault(name, Counter()).update(of)
    able = [s for s, k in kinds.items() if k == "state" and s not in known.kinds]
    towns = [n for n in beside if kinds.get(n) in _UNSURE and beside[n][""] and " " not in n]
    seats: dict[str, str] = {}
    for state in able:
        own = sorted(towns, key=lambda t: (-beside[t][state], t))[:2]
        most = [beside[t][state] for t in own]
        rivals = [beside[own[0]][s] for s in able if s != state] if own else []
        if own and most[0] > max([0, *most[1:], *rivals]):
            seats[own[0]] = state
    seated = {s[0].party for place, s in pile.items() if s[0].via == "seat"} | {*seats.values()}
    left = [s for s in able if s in main and s not in seated]
    rest = [t for t in towns if t not in seats and beside[t][""] and kinds[t] != "place"]
    if seats and len(left) == len(rest) == 1:
        seats[rest[0]] = left[0]
    for town, state in seats.items():
        for place in [k for k, senses in pile.items() if senses[0].party == town]:
            pile[place] = (Sense(state, "seat"),)
        kinds.pop(town, None)


def _surname(full: str) -> str:
    """Return the last of several words of a name, empty for one word."""
    words = full.split()
    return words[-1] if len(words) > 1 else ""


def _only_initials(party: str, place: Key, of: set[tuple[str, str]]) -> bool:
    """Tell whether a name is its own party only because its report does not say it in full."""
    short = "".join(place)
    return key(party) == place and any(abbreviates(short, p) for p, _ in of if p != party)
