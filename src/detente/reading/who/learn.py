"""Learn a report's own names: states and bodies that no list knows, and what they are called."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from detente.reading.analysis.model import Parsed, Unit
from detente.reading.who.facts import Facts
from detente.reading.who.lore import Base, Lore
from detente.reading.who.orgs import (
    CAP,
    Org,
    abbreviates,
    kind_of,
    orgs,
    titled,
    without_suffix,
)
from detente.reading.who.realms import learn_peoples, learn_states, surnames
from detente.reading.who.spelling import key, loose

if TYPE_CHECKING:
    from spacy.tokens import Doc

_SHORT = re.compile(
    r"(?:'s?)?,? ?(?:\(|(?:the |or |known as (?:the )?|abbreviated (?:to |as )?))*"
    r"\(?(?P<short>[A-Z]{2,8}|[A-Z][A-Za-z]*[A-Z][A-Za-z]*)\b\)?"
)
_LONG = re.compile(
    rf"\b(?P<short>[A-Z]{{2,8}}) \((?:the )?"
    rf"(?P<long>{CAP}(?: (?:of|for|the|and|de|{CAP}))+)\)"
)


def learn(parsed: Parsed, base: Base) -> Lore:
    """Return what a report teaches about names."""
    lore = Lore(base)
    units = [u for u in parsed.units if u.doc is not None]
    people = surnames(units, base)
    learn_states(lore, units, people, parsed.text)
    for party, kind in base.kinds.items():
        if kind == "state" and party not in base.facts.kinds and party not in lore.kinds:
            learn_peoples(lore, units, party)
    found = list(_all_orgs(units, base))
    for unit, org in found:
        _learn_body(lore, org, unit)
    for unit in units:
        _learn_long_forms(lore, titled(unit.text))
        _learn_bracketed(lore, unit)
    _learn_short_names(lore)
    _learn_lesser_government(lore, units)
    return lore


_LESSER = re.compile(r"\b(?i:the) ((?:regional|provincial) (?:government|council|executive))\b")


def _learn_lesser_government(lore: Lore, units: list[Unit]) -> None:
    """Take "the regional government" for a party where the report names no region that is known."""
    if any(kind in ("state", "region") for kind in lore.kinds.values()):
        return
    for unit in units:
        for match in _LESSER.finditer(unit.text):
            lore.add(match[1], "region", match[1])
            lore.noun(
                match[1].split()[0].replace("regional", "region").replace("cial", "ce"), match[1]
            )
            return


def _all_orgs(units: list[Unit], base: Base) -> Iterator[tuple[Unit, Org]]:
    """Yield the names of bodies by their form, in the order of the text."""
    for unit in units:
        loud = unit.kind == "title" and unit.text.isupper()
        for org in orgs(titled(unit.text), base.facts):
            if not loud or re.search(
                rf"(?:^|[-–—:,|] ){re.escape(org.name)}(?:$| ?[-–—:,|])", titled(unit.text)
            ):
                yield unit, org


def _learn_body(lore: Lore, org: Org, unit: Unit) -> None:
    """Learn a body and its abbreviation."""
    if lore.senses(org.name) or org.kind == "state" or not org.name:
        known = lore.party(org.name)
        _learn_abbreviation(lore, org, unit, known)
        if known and lore.kind(known) not in ("state", "region", "press"):
            _learn_nouns(lore, known)
        return
    core = re.split(r" (?:of|for) ", org.name)[0]
    if key(core) in lore.base.told:  # "Maritime Affairs Committee", told, "of the Republic of …"
        lore.add(lore.party(core), org.kind, org.name)
        return
    if _OF_STATE.search(org.name) and (state := _state_at_end(lore, org.name)):
        lore.add(state, "state", org.name)
        return
    if _PORTFOLIO_OF.search(unit.text[max(0, org.start - 16) : org.start]):
        return  # "Minister of Water and Power"
    name = _behind_state(lore, org.name)
    if not name or _is_organ(lore, name) or _is_people(lore, name):
        return
    if lore.base.facts.words["calendar"] & set(name.split()):
        return
    if whole := _whole(lore, name):
        lore.add(whole, org.kind, name)
        _learn_nouns(lore, whole)
        return
    longer = [n for n in lore.kinds if n.endswith(" " + name) and lore.kinds[n] == org.kind]
    party = longer[0] if len(longer) == 1 else (without_suffix(name) or name)
    if len(party.split()) < 2 and not without_suffix(name):
        return
    lore.add(party, org.kind, party, name)
    lore.kinds.setdefault(party, org.kind)
    if (place := _OF_PLACE.match(name)) and not lore.senses(place[1]):
        lore.add(party, org.kind, place[1])  # "Sancoya" of "Province of Sancoya"
    rest = _without_people(lore, name)
    if rest and not lore.senses(rest):
        lore.add(party, org.kind, rest)
    _learn_abbreviation(lore, org, unit, party)
    _learn_nouns(lore, party)


_PORTFOLIO_OF = re.compile(r"(?i)\b(?:minister|secretary|ministry|department) (?:of|for) $")
_OF_STATE = re.compile(r"\b(?:Committee|Council|Office|Department|Directorate|Bureau|Cabinet) of ")


_OF_PLACE = re.compile(
    r"(?:Province|Region|County|Canton|City|Town|Municipality|Commune|District|Territory) of "
    rf"({CAP}(?: {CAP})?)$"
)


def _state_at_end(lore: Lore, name: str) -> str:
    """Return the state at the end of "Maritime Affairs Committee of the Republic of Tarsk"."""
    for part in re.split(r" of (?:the )?", name)[:0:-1]:
        state = lore.party(part)
        if lore.kind(state) == "state":
            return state
    return ""


def _behind_state(lore: Lore, name: str) -> str:
    """Return "Union Court" of "Zanzibar and Union Court": a state before "and" is another."""
    first, link, rest = name.partition(" and ")
    if not link or lore.kind(lore.party(first)) != "state":
        return name
    return rest if " " in rest else ""


def _is_organ(lore: Lore, name: str) -> bool:
    """Tell whether a name is only of a part of some body: "Political Bureau", "Press Office"."""
    core = loose(name.split(" of ")[0])
    return core in lore.base.facts.words["organs"]


def _is_people(lore: Lore, name: str) -> bool:
    """Tell whether a name is a state's adjective and a title: "Spanish Group" is not."""
    words = name.split()
    return len(words) < 2 and bool(lore.senses(words[0]))


def _without_people(lore: Lore, name: str) -> str:
    """Return "Red Cross" of "Chilean Red Cross"; empty where no people's name stands first."""
    first, _, rest = name.partition(" ")
    senses = lore.senses(first)
    return rest if senses and senses[0].via == "people" and " " in rest else ""


def _learn_abbreviation(lore: Lore, org: Org, unit: Unit, party: str) -> None:
    """Learn "the URT" of "the Union of Rail and Tram Staff, the URT,"."""
    if not party:
        return
    text = unit.text
    match = _SHORT.match(text, org.end)
    if match is None or ("the " not in match[0] and "(" not in match[0] and "," not in match[0]):
        return
    short = match["short"]
    bracket = "(" in match[0]
    if lore.base.facts.has("calendar", short) or (not bracket and not abbreviates(short, org.name)):
        return
    if not lore.senses(short) or bracket:
        lore.names[key(short)] = lore.names.get(key(org.name)) or lore.senses(org.name)
        if not lore.names[key(short)]:
            del lore.names[key(short)]


def _learn_long_forms(lore: Lore, text: str) -> None:
    """Learn "FFN (Front for the Freedom of Nyassa)"."""
    for match in _LONG.finditer(text):
        party = lore.party(match["long"])
        if party and abbreviates(match["short"], match["long"]):
            lore.names[key(match["short"])] = lore.senses(match["long"])


_BRACKETED = re.compile(
    rf"\b(?P<long>{CAP}(?: (?:(?:of|for|the|and|de) )*{CAP})+) \((?:the )?(?P<short>[A-Z]{{2,7}})\)"
)


def _learn_bracketed(lore: Lore, unit: Unit) -> None:
    """Learn "Flight Attendants United (FAU)": a body by its abbreviation alone."""
    for match in _BRACKETED.finditer(unit.text):
        words = match["long"].split()
        facts = lore.base.facts
        while words and (facts.has("no name", words[0]) or facts.has("calendar", words[0])):
            words = words[1:]
        name = " ".join(words)
        if len(words) < 2 or not abbreviates(match["short"], name) or lore.senses(match["short"]):
            continue
        if not lore.senses(name):
            lore.add(name, kind_of(name, facts) or "body", name)
            _learn_nouns(lore, name)
        lore.names[key(match["short"])] = lore.senses(name)


_PART_OF = re.compile(
    r"^(?:\w+ )?(Synod|Council|Committee|Board|Executive|Secretariat|Assembly|Bishops|Leadership"
    r"|Presidium|Bureau|Congress) of (?:the )?(.+)$"
)


def _whole(lore: Lore, name: str) -> str:
    """Return the body whose part a name is: "the Synod of the Church of X"; empty for none."""
    found = _PART_OF.match(name)
    if found is None or len(found[2].split()) < 2:
        return ""
    kind = kind_of(found[2], lore.base.facts)
    if not kind or kind in ("state", "region"):
        return ""
    lore.add(found[2], kind, found[2])
    lore.noun(found[1].lower(), lore.party(found[2]))
    return lore.party(found[2])


def _learn_nouns(lore: Lore, party: str) -> None:
    """Note the words of a body's name by which it may be called: "the League", "the growers"."""
    facts = lore.base.facts
    core = re.split(r" (?:of|for|on|against) ", party)[0]
    words = re.split(r"[\s]+", core)
    for n, word in enumerate(words):
        low = word.lower().rstrip("'")
        last = n == len(words) - 1
        if word in facts.heads or (last and low in facts.nouns):
            lore.noun(low, party, 2)
        elif not last and _is_folk(word, low, facts):
            lore.noun(low, party, 1)


def _is_folk(word: str, low: str, facts: Facts) -> bool:
    """Tell whether a word of a name is of people: "Growers'"."""
    if not low.endswith("s") or len(low) < 5 or facts.has("no people", low):
        return False
    return word.endswith("'") or low in facts.nouns or facts.has("street", low)


def _learn_short_names(lore: Lore) -> None:
    """Let "Thornbury" mean Thornbury Asset Management where nothing else bears the name."""
    firsts: Counter[str] = Counter(name.split()[0] for name in lore.kinds)
    for name, kind in list(lore.kinds.items()):
        words = name.split()
        if kind == "state" or len(words) < 2 or len(words[0]) < 4 or firsts[words[0]] > 1:
            continue
        first = words[0]
        low = first.lower().rstrip("'")
        facts = lore.base.facts
        plain = low in facts.nouns or low in facts.words["titles"] or first in facts.heads
        if (
            plain
            or lore.senses(first)
            or facts.has("common in names", first)
            or first.endswith(("'", "'s"))
        ):
            continue
        if kind in ("company", "sport") and not low.endswith("ern"):
            lore.add(name, kind, first)


def described(doc: Doc, start: int, end: int, facts_nouns: frozenset[str]) -> list[str]:
    """Return the common nouns that describe a name at some tokens: "the operator, X," "firm X"."""
    found = []
    before = doc[start - 1] if start else None
    noun = before is not None and before.text.islower() and before.pos_ in ("NOUN", "ADJ", "PROPN")
    if before is not None and noun and before.lower_ in facts_nouns:
        found.append(before.lower_)
    apposed = start > 2 and doc[start - 1].text == "," and doc[start - 2].text in facts_nouns
    lead = doc[max(0, start - 8) : max(0, start - 2)]
    if apposed and any(token.lower_ in _DETERMINERS for token in lead):
        found.append(doc[start - 2].lower_)
    if end + 2 < len(doc) and doc[end].text == "," and doc[end + 1].lower_ in _DETERMINERS:
        found += _noun_after(doc, end + 2, facts_nouns)
    if (
        end + 2 < len(doc)
        and doc[end].lower_ in ("is", "was", "are")
        and doc[end + 1].lower_ in _DETERMINERS
    ):
        found += _noun_after(doc, end + 2, facts_nouns)
    return found


_DETERMINERS = frozenset({"the", "a", "an", "its", "their", "his", "her", "our"})


def _noun_after(doc: Doc, at: int, nouns: frozenset[str]) -> list[str]:
    """Return the head noun of the phrase that begins at a token."""
    last = ""
    for n in range(at, min(at + 8, len(doc))):
        token = doc[n]
        if (
            token.pos_ not in ("NOUN", "ADJ", "PROPN", "ADV", "NUM", "VERB")
            and token.text not in "-'s"
        ):
            break
        if token.pos_ == "NOUN" or token.lower_ in nouns:
            last = token.lower_
    return [last] if last in nouns else []
