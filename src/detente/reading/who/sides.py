"""On whose side somebody speaks, by the words around the name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from detente.reading.who.asking import Ask
from detente.reading.who.kindred import body_of_office, definite, people_before
from detente.reading.who.marks import Mark, root
from detente.reading.who.model import ABOUT, AT_THE_NAME, BY_LIST, BY_OFFICE, BY_PLACE, BY_PRONOUN
from detente.reading.who.owners import owner
from detente.reading.who.realms import PORTFOLIO
from detente.reading.who.spelling import loose
from detente.reading.who.tagging import office_before
from detente.reading.who.ties import tie

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from detente.reading.analysis.model import Unit

_COMPOUND = re.compile(
    r"\b(?:general (?:secretary|manager|counsel)|(?:director|secretary|attorney|inspector|auditor"
    r"|solicitor|governor|consul)[ -]general)\b"
)
"""Offices whose words would else be a general's or a governor's."""
_WINDOW = 9


def affiliate(ask: Ask, unit: Unit, one: Mark) -> None:
    """Tell the side of a person from the words around one naming."""
    person = one.person
    if person is None or unit.doc is None:
        return
    doc = unit.doc
    before = doc[max(0, one.start - 4) : one.start]
    if any(ask.scene.has("rivals", token.lower_) for token in before):
        _counterpart(ask, unit, one)
        return
    for role in _roles(ask, doc, one):
        person.roles.update(_role_words(ask, role))
        side, why = owner(ask, unit, role, skip=(one.start, one.end))
        if side and side != person.full and ask.scene.kind(side) != "press":
            pronoun = any(c.dep_ == "poss" and c.pos_ == "PRON" for c in role.children)
            weight = BY_PRONOUN if pronoun else AT_THE_NAME
            weight = BY_OFFICE if why.startswith(ABOUT) and not pronoun else weight
            person.told(side, why or f"“{role.text}” at the name", weight)
        elif not side and role.i >= one.end and definite(role):
            who = ask.who(role, unit)  # "Anton Fehr, the mayor"
            if who.party and who.kind == "party" and ask.scene.kind(who.party) != "state":
                person.told(who.party, f"“{role.text}” is of {who.party}", BY_PRONOUN)
    for child in root(doc, one).children:
        near = ask.scene.mark_at(unit, child) if child.dep_ == "poss" else None
        if near is not None and near.party and near.kind == "name":  # "Labour's Jane Roe"
            person.told(near.party, f"“{child.text}” before the name", AT_THE_NAME)
    tie(ask, unit, one)
    if not person.firm:
        _by_role(ask, unit, one)


def _counterpart(ask: Ask, unit: Unit, one: Mark) -> None:
    """Tell the side of "his Danish counterpart, X": by the adjective, never by the possessor."""
    if unit.doc is None or one.person is None:
        return
    for role in _roles(ask, unit.doc, one):
        state = people_before(ask, unit, role)
        if state:
            one.person.told(state, f"“{role.text}” with the name of {state} before it", AT_THE_NAME)
            return


def _roles(ask: Ask, doc: Doc, one: Mark) -> Iterator[Token]:
    """Yield the nouns that say what a named person is."""
    head = root(doc, one)
    seen = set()
    places = []
    if one.before < one.start:
        places += [doc[n] for n in range(max(one.before, 0), one.start)][::-1]
    left = one.before if 0 <= one.before < one.start else one.start
    if left and doc[left - 1].pos_ in ("NOUN", "PROPN") and doc[left - 1].is_alpha:
        places.append(doc[left - 1])
    if left > 1 and doc[left - 1].text == ",":
        places += office_before(doc, left - 1, ask.scene.facts)
    if head.dep_ == "appos":
        places.append(head.head)
    places += [c for c in head.children if c.dep_ == "appos"]
    places += [c for a in list(places) for c in a.children if c.dep_ == "conj" and c.pos_ == "NOUN"]
    if head.dep_ == "attr" and head.head.lemma_ == "be":
        places += [c for c in head.head.children if c.dep_ == "nsubj"]
    if head.dep_ == "nsubj" and head.head.lemma_ == "be":
        places += [c for c in head.head.children if c.dep_ == "attr"]
    for token in places:
        if token.i not in seen and not one.start <= token.i < one.end:
            seen.add(token.i)
            yield token


def _role_words(ask: Ask, role: Token) -> set[str]:
    """Return the words of an office: "minister", "energy minister"."""
    low = role.lower_
    if not (
        ask.scene.has("roles", low) or ask.scene.has("titles", low) or ask.scene.has("street", low)
    ):
        return set()
    before = role.doc[role.i - 1].lower_ if role.i else ""
    return {low, f"{before} {low}"} if before.isalpha() else {low}


def _by_role(ask: Ask, unit: Unit, one: Mark) -> None:
    """Tell the side from an office that only one kind of body has."""
    if unit.doc is None or one.person is None:
        return
    doc, scene = unit.doc, ask.scene
    left = one.before if 0 <= one.before < one.start else one.start
    title = doc[max(0, left - 2) : one.start].text
    after = (
        doc[one.end : min(len(doc), one.end + _WINDOW)].text
        if (one.end < len(doc) and doc[one.end].text == ",")
        else ""
    )
    words = _COMPOUND.sub(" ", loose(f"{title} {after} {_of_role(ask, doc, one)}"))
    able = scene.kind(scene.issuer.party or "") in ("state", "region", "bloc")
    minister = "minister" in words.split() or bool(PORTFOLIO.search(words))
    foreign = not able and minister
    if scene.issuer.party and not foreign and not one.person.votes and _any_role(ask, words):
        one.person.told(scene.issuer.party, "an office of who issues the text", BY_OFFICE)
        return
    for office in sorted(scene.facts.offices, key=len, reverse=True):
        if not re.search(rf"\b{re.escape(office)}\b", words):
            continue
        if side := body_of_office(ask, unit, doc[one.start], office):
            one.person.told(side, f"an office of a body such as {side}", BY_OFFICE)
            return
    roles = scene.facts.words["roles state"]
    state = PORTFOLIO.search(words) or any(
        re.search(rf"(?<!vice )(?<!-)\b{re.escape(r)}\b", words) for r in roles
    )
    if state and (place := _place_before(ask, unit, one, here=True)):
        one.person.told(place, f"the sentence is set in {place}", BY_PLACE)
        return
    if minister and (acting := _acting_before(ask, unit, one)):
        one.person.told(acting, f"{acting} acted in the sentence before", BY_PLACE)
        return
    if state and (place := _place_before(ask, unit, one)):
        one.person.told(place, f"the paragraph is set in {place}", BY_PLACE)
        return
    if state and scene.home and not _taken(ask, one):
        one.person.told(scene.home, f"{ABOUT}{scene.home}", BY_OFFICE)
        return
    if PORTFOLIO.search(words):
        one.person.told("government", "an office of a government that nobody names", BY_OFFICE)
        return
    held = any(scene.has("last spoken of", w) for w in f"{title} {after}".lower().split())
    side = _spoken_of(ask, unit, one) if held else ""
    if side and not one.person.votes and not (side == scene.home and _taken(ask, one)):
        one.person.told(side, f"{side} was spoken of just before", BY_OFFICE)


def _of_role(ask: Ask, doc: Doc, one: Mark) -> str:
    """Return an office before a comma with what "of" brings: "minister of mines, X"."""
    if not one.start or doc[one.start - 1].text != ",":
        return ""
    roles = (r for r in _roles(ask, doc, one) if ask.scene.has("roles", r.lower_))
    return " ".join(doc[r.i : r.i + 3].text for r in roles if r.i < one.start)


def _taken(ask: Ask, one: Mark) -> bool:
    """Tell whether somebody else holds the same office of the report's home."""
    scene = ask.scene
    mine = one.person.roles & scene.facts.words["offices of one"] if one.person else frozenset()
    return any(
        other is not one.person and other.side == scene.home and mine & other.roles
        for other in scene.people.all()
        if other.votes.get(scene.home, 0) >= BY_LIST
    )


def _place_before(ask: Ask, unit: Unit, one: Mark, here: bool = False) -> str:
    """Return the state whose town the paragraph has named last before somebody: "in Kampala".

    Where ``here`` is set, it must be in the same sentence, as that in which something is.
    """
    found = ""
    for other in ask.scene.marked[unit.number].marks:
        if other.start >= one.start:
            break
        apart = here and not (_same_sentence(unit, other, one) and ask.scene.is_place(unit, other))
        if not apart and other.kind == "seat" and ask.scene.kind(other.party) == "state":
            found = other.party
    return found


def _same_sentence(unit: Unit, one: Mark, other: Mark) -> bool:
    return unit.doc is not None and unit.doc[one.start].sent == unit.doc[other.start].sent


def _acting_before(ask: Ask, unit: Unit, one: Mark) -> str:
    """Return the state that is the subject of the sentence before somebody's; empty for none.

    "Lenz refused. Interior minister Roth said …": reports name the state first, then who speaks,
    in one paragraph, or behind the first. Who answers may be of the other state.
    """
    if unit.doc is None or root(unit.doc, one).head.lemma_ in _ANSWERING:
        return ""
    scene, first = ask.scene, unit.doc[one.start].sent.start
    said = [m for m in scene.before(scene.at(unit, unit.doc[first])) if not m.quoted]
    last = [m for m in said if m.sentence == said[-1].sentence]
    acting = next((m for m in last if m.subject), None)
    if acting is None or acting.human:
        return ""
    there = next(u for u in scene.units if u.number == acting.sentence[0])
    lead = next((u.paragraph for u in scene.units if u.kind == "prose"), 0)
    near = there.paragraph == unit.paragraph or there.paragraph == lead == unit.paragraph - 1
    party = acting.who.party or ""
    return party if near and scene.kind(party) in ("state", "region") else ""


_ANSWERING = frozenset(["accept", "reject", "deny", "dismiss", "refuse", "welcome"])


def _spoken_of(ask: Ask, unit: Unit, one: Mark) -> str:
    """Return the body that was the last subject of the same paragraph; empty for none."""
    if unit.doc is None:
        return ""
    scene = ask.scene
    here = scene.at(unit, unit.doc[one.start])
    for mention in reversed(scene.before(here)):
        if mention.sentence[0] != unit.number:
            return ""
        party = mention.who.party or ""
        body = party and not mention.human and scene.kind(party) not in ("press", "")
        if mention.subject and body and mention.sentence[1] != unit.doc[one.start].sent.start:
            return party
    return ""


def _any_role(ask: Ask, words: str) -> bool:
    """Tell whether an office stands among some words."""
    return any(ask.scene.has("roles", word) for word in words.split())
