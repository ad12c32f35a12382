"""Whose something is: "its ambassador", "Chile's ministry", "the Bolivian army", "chief of X"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from detente.reading.who.marks import Mark
from detente.reading.who.model import Who

if TYPE_CHECKING:
    from spacy.tokens import Token

    from detente.reading.analysis.model import Unit
    from detente.reading.who.scene import Scene

_OF = ("of", "for", "from", "with")
_MODIFIERS = ("compound", "amod", "nmod", "poss")


class Ask(Protocol):
    """Who can be asked whom words mean."""

    scene: Scene

    def who(self, token: Token, unit: Unit, plain: bool = False) -> Who:
        """Return whom a token means."""
        ...


def modifiers(token: Token) -> list[Token]:
    """Return what stands before a noun within its phrase: adjectives, nouns, possessors."""
    found = [c for c in token.children if c.dep_ in _MODIFIERS and c.i < token.i]
    deeper = [d for c in found if c.dep_ in ("compound", "amod", "nmod") for d in modifiers(c)]
    return found + deeper


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
    return "", ""


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
    return "", ""
