"""What a report is about: the state that "the government" means in it, and the town."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from detente.reading.analysis.quoting import clean
from detente.reading.who.orgs import CAP

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from detente.reading.who.marks import Mark
    from detente.reading.who.scene import Scene

_QUARTER = r"(?:(?:northern|southern|eastern|western|central|north|south|east|west) )?"
_IN = re.compile(rf"\b[Ii]n {_QUARTER}({CAP}(?: {CAP})?)")
_TOWNS = (
    re.compile(
        rf"\b(?:[Cc]ity|[Mm]ayor|[Tt]own|[Mm]unicipality|[Cc]ity council) of ({CAP}(?: {CAP})?)"
    ),
    re.compile(
        rf"\b({CAP}(?: {CAP})?)(?:'s)? "
        r"(?:[Cc]ity [Cc]ouncil|[Tt]own [Cc]ouncil|[Cc]ity [Hh]all|[Mm]ayor)\b"
    ),
)
_GOVERNMENT_OF = re.compile(rf"\bGovernment of (?:the )?({CAP}(?: {CAP})?)")
_RESIDENCE = re.compile(
    rf"\b({CAP}(?: {CAP}){{0,2}}), (?:the )?[\w' -]{{1,40}}?'s "
    r"(?:office|residence|seat|palace|headquarters)\b"
)
_OFFICE_IN = re.compile(rf"\b(?:[Ii]n|[Ff]rom) ({CAP}(?: {CAP})?), ({CAP}(?: {CAP})?)'s\b")
_GOVERNED = 2.0
"""How much "Chile's foreign ministry" tells what a report is about."""
_ADJECTIVE = 0.3
"""The same for an adjective before other words: "Turkish engineers"."""
_ENOUGH = 2.0
"""Namings that make a state what a report is about, where neither title nor lead names it."""
_CLEAR = 1.25
"""How much oftener than the next a state must be named to be what a report is about."""


_MONTHS = "January February March April May June July August September October November December"
_MONTH = "(?:" + "|".join(f"{m[:3]}[a-z]*" for m in _MONTHS.split()) + r")\.?"
_DATE = rf"(?:\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}|{_MONTH} \d{{1,2}})"
_LINE = re.compile(rf"^(?P<place>{CAP}(?:[ -]{CAP}){{0,3}}),? (?:[A-Z]\w+, )?{_DATE}")


def dateline(scene: Scene) -> str:
    """Return the place that a report is dated from: a dateline's, or a line's under the title."""
    if scene.parsed.dateline:
        return scene.parsed.dateline
    short = [u.text for u in scene.units if u.kind == "prose" and len(u.text) < _SHORT]
    for words in [*map(clean, scene.parsed.titles), *short[:1], *short[-1:]]:
        if found := _LINE.match(words.strip()):
            return found["place"]
    return ""


_SHORT = 60
"""The longest line, in characters, that only says where and when."""


def find_home(scene: Scene) -> str:
    """Return the state that a report is about; empty where nothing tells."""
    named = _states(scene)
    line = dateline(scene)
    if line and not scene.has("no name", line) and (home := _state_of(scene, line)):
        others = [n for s, n in named.items() if s != home]
        if named.get(home, 0) > 0 or not others or max(others) < 3:
            return home
    if scene.parsed.issuer and (home := _first_state(scene, scene.parsed.issuer)):
        return home
    lead = next((u.text for u in scene.units if u.kind in ("prose", "turn")), "")
    for match in _IN.finditer(lead):
        home = _state_of(scene, re.sub(r"'s?$", "", match[1]))
        if home and not _only_host(scene, home):
            return home
    titles = clean(" ".join(scene.parsed.titles))
    if line and not scene.has("no name", line) and not _known_place(scene, line):
        if home := _first_subject(scene):
            return home
        home = _first_state(scene, titles) or _first_state(scene, lead)
        if home and not _only_host(scene, home):
            return home
    best = [
        (s, n)
        for s, n in named.most_common(9)
        if scene.kind(s) == "state" and not _only_host(scene, s)
    ][:2]
    told = best and (
        best[0][1] >= _ENOUGH
        or best[0][0] in (_first_state(scene, titles), _first_state(scene, lead))
    )
    if told and (len(best) == 1 or best[0][1] >= _CLEAR * best[1][1]):
        return best[0][0]
    if scene.pile_home and named.get(scene.pile_home):
        return scene.pile_home
    if _only_host(scene, _first_state(scene, titles)):
        return scene.pile_home
    found = _first_state(scene, titles) or _first_state(scene, lead) or scene.pile_home
    return found or _lesser(scene)


def _lesser(scene: Scene) -> str:
    """Return the one regional government that reports speak of without its region's name."""
    known = [p for p, k in scene.lore.every_kind().items() if k == "region" and p.islower()]
    return known[0] if len(known) == 1 else ""


def _only_host(scene: Scene, state: str) -> bool:
    """Tell whether the pile is of two other states, so that they only meet here."""
    two = [p for p in scene.main if scene.kind(p) == "state" and scene.names.named.get(p)]
    return len(two) > 1 and bool(state) and state not in two


def _known_place(scene: Scene, line: str) -> bool:
    """Tell whether a dateline's town is known."""
    senses = scene.lore.senses(line) or scene.lore.senses(line.title())
    return any(scene.kind(sense.party) in ("state", "region") for sense in senses)


def _first_subject(scene: Scene) -> str:
    """Return the state that is the subject of a report's first sentence of text."""
    for unit in scene.units:
        if unit.kind != "prose" or unit.doc is None:
            continue
        for token in unit.doc:
            if token.i > 12:
                return ""
            one = scene.mark_at(unit, token)
            if token.dep_ == "nsubj" and one is not None and scene.kind(one.party) == "state":
                return one.party
    return ""


def _state_of(scene: Scene, words: str) -> str:
    """Return the state that a name means by itself."""
    sense = scene.names.sense(scene.lore.senses(words))
    if sense is None:
        sense = scene.names.sense(scene.lore.senses(words.title() if words.isupper() else words))
    if sense is None or scene.kind(sense.party) not in ("state", "region"):
        return ""
    return sense.party


def _first_state(scene: Scene, words: str) -> str:
    """Return the first state that is named in a text."""
    for hit in scene.names.hits(clean(words)):
        sense = scene.names.sense(hit.senses)
        if sense is not None and scene.kind(sense.party) == "state":
            return sense.party
    return ""


def _states(scene: Scene) -> Counter[str]:
    """Return how often each state is named."""
    found: Counter[str] = Counter()
    for unit in scene.units:
        if unit.doc is None:
            continue
        for one in scene.marked[unit.number].marks:
            if one.party and scene.kind(one.party) in ("state", "region"):
                found[one.party] += _weight(scene, unit.doc, one)  # type: ignore[assignment]
    return found


def _weight(scene: Scene, doc: Doc, one: Mark) -> float:
    """Return how much a name tells what a report is about: "Turkish engineers" hardly."""
    after = doc[one.end : one.end + 3]
    governs = any(scene.has("government", token.lower_) for token in after[:2]) or (
        len(after) == 3 and after[0].lower_ == "'s" and scene.has("government", after[2].lower_)
    )
    if governs and not scene.has("troops", after[0].lower_):
        return _GOVERNED
    return _ADJECTIVE if one.kind == "people" else 1.0


def find_city(scene: Scene) -> str:
    """Return the town whose mayor or council a report speaks of; empty for none."""
    found: Counter[str] = Counter()
    for unit in scene.units:
        for match in (m for towns in _TOWNS for m in towns.finditer(unit.text)):
            name = re.sub(r"'s?$", "", match[1])
            words = name.split()
            while words and scene.has("no name", words[0]):
                words = words[1:]
            name = " ".join(words)
            if (
                name
                and not _known_place(scene, name)
                and scene.people.find(name) is None
                and not scene.has("titles", name.lower())
            ):
                found[name] += 1
    if not found or not any(scene.spoken[word] for word in ("mayor", "council", "hall", "city")):
        return ""
    city = min(found, key=lambda name: (-found[name], name))
    scene.lore.add(city, "city")
    return city


def learn_seats(scene: Scene) -> None:
    """Learn a dateline's town and a residence as the seat of the report's state."""
    line = dateline(scene)
    if line and not scene.has("no name", line) and not _known_place(scene, line):
        town = line.title() if line.isupper() else line
        issuer = scene.issuer.party or ""
        body = issuer and scene.kind(issuer) not in ("state", "region")
        if body or scene.home:
            scene.lore.add(issuer if body else scene.home, "state", town, via="seat")
    _learn_offices(scene)
    for unit in scene.units:
        for match in _RESIDENCE.finditer(unit.text):
            words = match[1].split()
            while words and scene.has("no name", words[0]):
                words = words[1:]
            if words and scene.home and not scene.lore.senses(" ".join(words)):
                scene.lore.add(scene.home, "state", " ".join(words), via="seat")


def _learn_offices(scene: Scene) -> None:
    """Learn the seat of "reached in Vellmar, Ostria's foreign minister"."""
    for unit in scene.units:
        for match in _OFFICE_IN.finditer(unit.text):
            state = scene.lore.party(match[2])
            if scene.kind(state) == "state" and not scene.lore.senses(match[1]):
                scene.lore.add(state, "state", match[1], via="seat")


def find_government(scene: Scene) -> str:
    """Return the one state whose government a report names as "the Government of X"."""
    found = set()
    for unit in scene.units:
        for match in _GOVERNMENT_OF.finditer(unit.text):
            if state := _state_of(scene, re.sub(r"'s?$", "", match[1])):
                found.add(state)
    return found.pop() if len(found) == 1 else ""
