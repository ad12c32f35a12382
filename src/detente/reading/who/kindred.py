"""Bodies by their kind: "the operator", "the growers", "Colombian rebels"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.reading.who.asking import Ask, modifiers
from detente.reading.who.facts import INTERCHANGED
from detente.reading.who.spelling import loose

if TYPE_CHECKING:
    from spacy.tokens import Token

    from detente.reading.analysis.model import Unit


def noun_party(ask: Ask, unit: Unit, token: Token, word: str, plain: bool) -> str:
    """Return the party that a noun is said of in this report: "the operator", "the growers"."""
    scene = ask.scene
    if party := told_noun(ask, token, word):
        return party
    said = scene.lore.nouns.get(loose(word))
    if not said:
        known = scene.lore.base.nouns.get(loose(word), {})
        beside = {c.lower_ for c in modifiers(token)}
        here = [
            p
            for p in known
            if p in scene.names.named or p in scene.counts or beside & set(p.lower().split())
        ]
        return here[0] if len(known) == 1 and here else ""
    if len(said) == 1:
        return next(iter(said))
    if not plain:
        for mention in reversed(scene.before(scene.at(unit, token))):
            if mention.who.party in said and not mention.who.speaker:
                return mention.who.party or ""
    best = sorted(said.items(), key=lambda item: (-item[1], item[0]))
    return best[0][0] if best[0][1] > 2 * best[1][1] else ""


def called(ask: Ask, unit: Unit, token: Token, word: str) -> str:
    """Return a bare kind of body with the people's name before it: "Colombian rebels"."""
    one = None
    for near in (token, *modifiers(token), *modifiers(token.head)):
        found = ask.scene.mark_at(unit, near)
        if found is not None and found.kind == "people" and found.start < token.i:
            one = found
    if one is None:
        return word
    return f"{token.doc[one.start : one.end].text} {word}"


def people_before(ask: Ask, unit: Unit, token: Token) -> str:
    """Return the state whose adjective or name stands before a noun."""
    for child in modifiers(token):
        one = ask.scene.mark_at(unit, child)
        if one is not None and one.kind in ("people", "name", "seat", "organ") and one.party:
            return one.party
    before = ask.scene.mark_at(unit, token.doc[token.i - 1]) if token.i else None
    if before is not None and before.kind in ("people", "name") and before.party:
        return before.party
    return ""


def full_name(ask: Ask, token: Token) -> str:
    """Return a body's noun with the nouns before it: "student council", "landlords' federation"."""
    if not ask.scene.has("named with", token.lower_):
        return token.lower_
    words: list[str] = []
    for child in sorted(token.lefts, key=lambda c: -c.i):
        plural = child.dep_ == "poss" and child.tag_ == "NNS"
        office = child.dep_ == "amod" and ask.scene.has("of bodies", child.lower_)
        if not (child.dep_ == "compound" or plural or office) or not child.text.islower():
            continue
        first = min([child.i, *(c.i for c in child.lefts if c.dep_ in ("compound", "amod"))])
        words.insert(0, token.doc[first : child.i + (2 if plural else 1)].text)
    return " ".join([*words, token.lower_])


def definite(token: Token) -> bool:
    """Tell whether "the" or a possessor stands before a noun."""
    return any(
        (c.dep_ == "det" and c.lower_ in ("the", "this", "that")) or c.dep_ == "poss"
        for c in token.children
    )


def told_noun(ask: Ask, token: Token, word: str) -> str:
    """Return the party that a user calls by a noun; empty for none."""
    told = ask.scene.lore.base.nouns_told
    before = token.doc[token.i - 1].lower_ if token.i else ""
    return told.get(f"{before} {word}") or told.get(loose(word)) or ""


def body_of_office(ask: Ask, unit: Unit, token: Token, office: str) -> str:
    """Return the body of an office that only some bodies have; empty for none in the report."""
    scene = ask.scene
    if office in _OF_MANY and (party := _last_subject(ask, scene.at(unit, token))):
        return party
    for noun in scene.facts.offices.get(office, ()):
        if owned := scene.lore.organs.get(noun):
            return min(owned, key=lambda p: (-owned[p], p))
        if noun in _ORGANS_ONLY:
            continue
        if party := noun_party(ask, unit, token, noun, False):
            return party
        kinds = tuple(k for k in scene.facts.nouns.get(noun, ()) if k in INTERCHANGED)
        if kinds and (party := scene.latest(scene.at(unit, token), kinds)):
            return party
    for noun in scene.facts.offices.get(office, ()):
        if scene.has("bare", noun) and (scene.spoken[noun] > 1 or noun == "opposition"):
            return noun
    return ""


_OF_MANY = frozenset({"chief executive", "ceo", "managing director", "finance director"})
"""Offices of firms that leagues, agencies and associations have, too."""
_MANAGED = ("company", "sport", "agency", "university")


def _last_subject(ask: Ask, at: int) -> str:
    """Return the body with a manager that was the last to act before a character."""
    for mention in reversed(ask.scene.before(at)):
        party = mention.who.party
        if party and mention.subject and not mention.human and not mention.who.speaker:
            return party if ask.scene.kind(party) in _MANAGED else ""
    return ""


def organ_party(ask: Ask, unit: Unit, token: Token, double: str, low: str) -> str:
    """Return the body whose "board", "strike committee" or "political bureau" is spoken of."""
    scene = ask.scene
    issuer = scene.issuer.party
    organ = any(scene.has("organs", w) for w in (double, low))
    proper = [k for k in _ORGANIC if {double, low} & scene.facts.words.get(f"organs {k}", set())]
    kind = scene.kind(issuer or "")
    state = kind in ("state", "region")
    fits = kind in proper if proper else not state or token.text[:1].isupper()
    if issuer and organ and unit.kind != "quote" and fits:
        return issuer
    for kind in proper:
        if owned := scene.lore.organs.get(low):
            return min(owned, key=lambda p: (-owned[p], p))
        return scene.latest(scene.at(unit, token), (kind,))
    return ""


_ORGANS_ONLY = frozenset({"board"})
"""Nouns of offices that mean a part of a body, never a body by itself."""
_ORGANIC = ("company", "union", "armed")
"""Kinds of body that have organs of their own."""
