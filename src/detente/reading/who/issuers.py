"""Who speaks as "we" outside quotation marks, and who answers in an interview."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from detente.reading.analysis.quoting import clean
from detente.reading.who.model import ABOUT, AT_THE_NAME, BY_OFFICE, IN_BRACKETS, Person, Who
from detente.reading.who.orgs import CAP, kind_of, orgs, titled, without_suffix
from detente.reading.who.runs import runs
from detente.reading.who.spelling import trimmed

if TYPE_CHECKING:
    from detente.reading.who.facts import Facts
    from detente.reading.who.scene import Scene

_STATE = re.compile(
    r"(?i)ministry|government|army|embassy|department|armed forces|presidency|republic"
)
_TALK = re.compile(
    r"(?:[Ii]nterview with|[Ii]nterview:|[Tt]alks? (?:to|with)|[Ss]peaks? to|[Cc]onversation with) "
    rf"(?:\w+ )*?({CAP} {CAP})"
)

_ISSUED_BY = re.compile(
    r"(?:\S+ ){0,4}?(?P<text>[^\W\d_]+)(?: (?:of|by|from))(?: (?:the|a|an))? (?P<rest>\S.*)",
    re.IGNORECASE,
)
"""A text's name and whose it is."""


def find_issuer(scene: Scene) -> Who:
    """Return who issued a statement; nobody where the report is none."""
    parsed = scene.parsed
    if parsed.manner != "statement" or not parsed.issuer:
        return Who()
    raw = without_text(clean(parsed.issuer), scene.facts)
    words = titled(raw)
    party = _party(scene, raw) or _party(scene, words)
    if not party and _STATE.search(words):
        whole = next((t for t in map(clean, parsed.titles) if raw in t and raw != t), "")
        party = _party(scene, titled(whole)) if whole else ""
        party = party or scene.home or ("government" if "government" in words.lower() else "")
    if not party:
        first = raw.split()[0]
        spoken = any(
            u.kind == "prose" and re.search(rf"\b{re.escape(first)}\b", u.text) for u in scene.units
        )
        acronym = raw.isupper() and len(first) < 7 and first.isalpha() and " " in raw and spoken
        party = first if acronym else trimmed(words)
        firm = without_suffix(party)
        kind = kind_of(party, scene.facts) or ("company" if firm else "body")
        party = firm or party
        if not scene.lore.senses(party):
            scene.lore.add(party, kind)
    return Who(party, _signer(scene, party), "first", why=f"the text is issued by {words}")


def without_text(words: str, facts: Facts) -> str:
    """Return who issued a text: "Minutes of a Meeting of the Harbour Board" are the Board's."""
    while (found := _ISSUED_BY.match(words)) and facts.has("texts", found["text"].lower()):
        words = found["rest"]
    return words


def _party(scene: Scene, words: str) -> str:
    """Return the party that an issuer's words name: the body first, the state of an organ else."""
    if party := scene.lore.party(trimmed(words)):
        return party
    for org in orgs(words, scene.facts):
        if (party := scene.lore.party(org.name)) and scene.kind(party) != "press":
            return party
    states = []
    for hit in scene.names.hits(words):
        sense = scene.names.sense(hit.senses)
        if sense is None:
            continue
        if scene.kind(sense.party) not in ("state", "region", "press"):
            return sense.party
        states.append(sense.party)
    if len(set(states)) > 1:
        return ""
    if states:
        return states[0]
    named = [p for p in (scene.people.find(r.name) for r in runs(words, scene.facts)) if p]
    return named[0].side if named else ""


def _signer(scene: Scene, party: str) -> str | None:
    """Return the person who signs a statement."""
    if not scene.parsed.signed:
        return None
    name = scene.parsed.signed[-1][1]
    found = [r for r in runs(clean(name), scene.facts) if len(r.name.split()) > 1]
    if not found or scene.lore.party(found[0].name):
        return None
    person = scene.people.add(found[0].name, found[0].titles)
    if person is None:
        return None
    person.told(party, "signs the text", AT_THE_NAME)
    return person.full


def sign(scene: Scene) -> None:
    """Give those who sign for a body their side."""
    for body, name in scene.parsed.signed:
        party = _party(scene, titled(clean(body))) or scene.issuer.party
        for run in runs(clean(name), scene.facts):
            if party and len(run.name.split()) > 1 and not scene.lore.party(run.name):
                person = scene.people.add(run.name, run.titles)
                if person is not None:
                    person.told(party, f"signs for {body}", AT_THE_NAME)


_FOR = re.compile(
    r"\b(?:For|On behalf of) (?:the )?(?P<body>[A-Z][^.:,;]{2,60}): "
    r"(?P<names>[^.;]*(?:\b(?:Mr|Mrs|Ms|Dr)\.[^.;]*)*)"
)


_ATTENDING = re.compile(r"(?i)(?:^|[.;] )(?:present|attending|in attendance)\b")
_PRESENT = re.compile(
    r"\b[Ff]or (?:the )?(?P<body>[A-Z][^.:,;]{2,60}), (?P<names>(?:[A-Z][a-z]{0,4}\. ?)*[^.;,(]+)"
)


def seat_people(scene: Scene) -> None:
    """Give those whom minutes seat "For the Province: Ms X" their side."""
    for unit in scene.units:
        found = [*_FOR.finditer(unit.text)]
        if here := _ATTENDING.search(unit.text):
            found += _PRESENT.finditer(unit.text, here.end())
        for match in found:
            party = _party(scene, match["body"]) or trimmed(match["body"])
            if not scene.lore.senses(party) and not scene.kind(party):
                scene.lore.add(party, kind_of(party, scene.facts) or "body")
            for run in runs(match["names"], scene.facts):
                person = scene.people.find(run.name)
                if person is not None:
                    person.told(party, f"“For {match['body']}: {run.name}”", IN_BRACKETS)


_GUEST = re.compile(rf"(?:^|[:–—-] )({CAP} {CAP}(?: {CAP})?), (?:the )?((?:[\w-]+ )?[A-Za-z-]+)")
"""A guest in a headline: "…: Ana Ruiz, minister of mines"."""


def find_interviewee(scene: Scene) -> Person | None:
    """Return who answers in an interview that is printed with quotation marks."""
    answers = any(
        u.kind == "turn"
        and u.speaker is not None
        and u.speaker.label.lower() in ("", "a", "answer")
        for u in scene.units
    )
    if scene.parsed.manner != "interview" and not answers:
        return None
    title = clean(" ".join(scene.parsed.titles))
    if (found := _TALK.search(title)) and (person := scene.people.find(found[1])):
        return person
    for line in map(clean, scene.parsed.titles):
        named = _GUEST.search(line)
        if named and any(scene.has("roles", word) for word in named[2].lower().split()):
            person = scene.people.add(named[1], [named[2].split()[-1].lower()])
            if person is not None and not person.side:
                side_by_title(scene, person, line)
                if not person.side and scene.has("roles state", named[2].lower()) and scene.home:
                    person.told(scene.home, f"{ABOUT}{scene.home}", BY_OFFICE)
            return person
    for unit in scene.units:
        if unit.kind in ("prose", "question"):
            for one in scene.marked[unit.number].marks:
                if one.person is not None:
                    side_by_title(scene, one.person, title)
                    return one.person
    return _first_name(scene)


def _first_name(scene: Scene) -> Person | None:
    """Return the first name of several words before the questions begin, as a person's."""
    for unit in scene.units:
        if unit.kind not in ("prose", "title"):
            return None
        for run in runs(unit.text, scene.facts):
            if party := scene.lore.party(run.name) if run.titles else "":
                person = scene.people.add(run.name, run.titles)
                if person is not None:
                    person.told(party, f"“{run.name}” is {party}", AT_THE_NAME)
                return person
            if len(run.name.split()) > 1 and not scene.lore.senses(run.name):
                ents = unit.doc.ents if unit.doc is not None else ()
                if any(e.label_ == "PERSON" and e.text in run.name for e in ents):
                    return scene.people.add(run.name, run.titles)
    return None


def host_of(scene: Scene) -> str:
    """Return who gives a briefing: the body or state that its heading names."""
    if scene.parsed.manner != "transcript":
        return ""
    for title in scene.parsed.titles:
        words = titled(clean(title))
        if not re.search(r"(?i)\b(?:radio|television|tv|podcast|interview|news|show)\b", words):
            head = re.split(r" [-–—] |[:,(]", words)[0]
            if '"' in head or "“" in head:
                continue  # a programme's name
            if party := _party(scene, head):
                return party if scene.kind(party) != "press" else ""
    return ""


def side_by_title(scene: Scene, person: Person, title: str) -> None:
    """Take a guest's side from the headline: "interview with the MDN's spokesman"."""
    roles = "|".join(sorted(map(re.escape, scene.facts.words["roles"]), key=len, reverse=True))
    found = re.search(r"(?i:interview with|talks? to|speaks? to) (?:the )?(.+)$", title)
    found = found or re.search(rf"((?:{CAP} )*{CAP})(?:'s)? (?:[\w-]+ ){{0,2}}(?:{roles})\b", title)
    if found and (party := _party(scene, found[1])):
        person.told(party, "the headline says so", AT_THE_NAME)
