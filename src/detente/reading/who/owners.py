"""Whose something is: "its ambassador", "Chile's ministry", "the Bolivian army", "chief of X"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.reading.who.asking import Ask, modifiers
from detente.reading.who.facts import INTERCHANGED
from detente.reading.who.kindred import definite, noun_party
from detente.reading.who.marks import Mark
from detente.reading.who.realms import PORTFOLIO

if TYPE_CHECKING:
    from spacy.tokens import Token

    from detente.reading.analysis.model import Unit

_OF = ("of", "for", "from", "with")


def owner(
    ask: Ask, unit: Unit, token: Token, skip: tuple[int, int] = (0, 0), plain: bool = False
) -> tuple[str, str]:
    """Return the party whose a noun is, and the fact behind it; empty where it is not said.

    Parameters
    ----------
    ask : Ask
        The resolver.
    unit : Unit
        Where the noun stands.
    token : Token
        The noun.
    skip : tuple of int
        Tokens of a name that is not asked.
    plain : bool
        Whether pronouns are left alone.
    """
    for child in modifiers(token):
        if skip[0] <= child.i < skip[1] or child.dep_ != "poss":
            continue
        found = _possessor(ask, unit, child, plain)
        if found[0] or child.pos_ == "PRON":
            return found
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ in _OF and child.i > token.i:
            for thing in child.children:
                inside = skip[0] <= thing.i < skip[1]
                if thing.dep_ != "pobj" or inside:
                    continue
                found = _of(ask, unit, thing, plain)
                if found[0]:
                    return found
    return _before(ask, unit, token, skip)


def _possessor(ask: Ask, unit: Unit, token: Token, plain: bool) -> tuple[str, str]:
    """Return the party of a possessor: "its", "Chile's", "Osei's"."""
    if plain and token.pos_ == "PRON":
        return "", ""
    who = ask.who(token, unit, plain)
    if not who.party:
        return "", ""
    return who.party, who.why or f"“{token.text}” before it is {who.party}"


def _of(ask: Ask, unit: Unit, token: Token, plain: bool) -> tuple[str, str]:
    """Return the party after "of" or "for": "secretary of the union"."""
    who = ask.who(token, unit, plain)
    if who.party and who.kind in ("party", "person", "first"):
        return who.party, f"“{token.head.text} {token.text}” says whose"
    if who.kind in ("thing", "unknown"):
        for child in token.children:
            if child.dep_ == "prep" and child.lower_ in ("of", "for"):
                for thing in child.children:
                    if thing.dep_ == "pobj" and (found := _of(ask, unit, thing, plain))[0]:
                        return found
        inner = owner(ask, unit, token, plain=plain)
        if inner[0]:
            return inner
        if not definite(token) and (sole := _sole(ask, unit, token)):
            return sole, f"the one {token.text} that the report names"
    return "", ""


def _sole(ask: Ask, unit: Unit, token: Token) -> str:
    """Return the one body of a noun's kind: "the leader of a rebel movement"."""
    kinds = tuple(k for k in ask.scene.facts.nouns.get(token.lower_, ()) if k in INTERCHANGED)
    if any(ask.scene.has("fighters", c.lower_) for c in token.children):
        kinds = ("armed",)
    return ask.scene.latest(ask.scene.at(unit, token), kinds, plain=True) if kinds else ""


def _before(ask: Ask, unit: Unit, token: Token, skip: tuple[int, int]) -> tuple[str, str]:
    """Return the party of a name or an adjective before a noun: "Boreas manager", "Tajik army"."""
    names: list[Mark] = []
    for child in modifiers(token):
        one = ask.scene.mark_at(unit, child)
        if one is not None and not skip[0] <= child.i < skip[1] and one not in names:
            names.append(one)
    before = ask.scene.mark_at(unit, token.doc[token.i - 1]) if token.i else None
    apart = before is None or before in names or skip[0] <= token.i - 1 < skip[1]
    if before is not None and not apart and before.end == token.i and before.party:
        names.append(before)
    for one in sorted(names, key=lambda m: -m.start):
        if one.party and one.kind in ("name", "people", "seat", "organ"):
            return one.party, one.why or ""
        if one.person is not None and one.person.side:
            return one.person.side, one.person.why
    return _kind_before(ask, unit, token)


def _kind_before(ask: Ask, unit: Unit, token: Token) -> tuple[str, str]:
    """Return the body of a kind's noun before an office: "league chief", "union leader"."""
    scene = ask.scene
    for child in modifiers(token):
        kinds = scene.facts.nouns.get(child.lower_, ())
        known = (kinds or child.lower_ in scene.lore.nouns) and not scene.has(
            "organs", child.lower_
        )
        office = PORTFOLIO.fullmatch(f"{child.text} {token.text}")  # "Energy Minister"
        inside = child.dep_ in ("compound", "nmod") and not office
        if not inside or not known or scene.mark_at(unit, child):
            continue
        party = noun_party(ask, unit, child, child.lower_, False)
        loose = tuple(k for k in kinds if k in INTERCHANGED)
        if not party and loose:
            party = scene.latest(scene.at(unit, child), loose)
        if party:
            return party, f"the {child.text} here is {party}"
    return "", ""
