"""Where a report speaks of somebody: whom the resolver knows, and other names and nouns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.reading.analysis.model import Parsed, Unit
from detente.reading.learned.tagger import Mention
from detente.reading.who.world import World

if TYPE_CHECKING:
    from spacy.tokens import Token

_INSIDE = ("compound", "amod", "nmod")
_BEFORE = (*_INSIDE, "poss", "case")
_OF = ("the", "of", "and", "for")
_WHOSE = frozenset(["the", "its", "their", "our", "his", "her"])


def mentions(parsed: Parsed, world: World) -> list[Mention]:
    """Return where a report speaks of somebody, in its order.

    Whom the resolver cannot tell is called as the words have it: kind ``name`` or ``noun``.
    """
    found = {
        at: Mention(at, who.party, who.kind)
        for at, who in reversed(world.mentions.get(parsed.name, ()))
        if who.party
    }
    for unit in parsed.units:
        for token in unit.doc or ():
            at = unit.where(token)
            if at >= 0 and at not in found and (one := _mention(token, at, unit, parsed, world)):
                found[at] = one
    return [found[at] for at in sorted(found)]


def _mention(token: Token, at: int, unit: Unit, parsed: Parsed, world: World) -> Mention | None:
    """Return whom a noun means; None where it cannot be somebody, or is inside another name."""
    if token.pos_ not in ("NOUN", "PROPN"):
        return None
    if token.pos_ == "PROPN" and token.dep_ in _INSIDE and token.head.pos_ == "PROPN":
        return None
    who = world.who(token, unit, parsed)
    if who.party:
        return Mention(at, who.party, who.kind)
    if token.pos_ == "PROPN":
        return Mention(at, _name(token), "name")
    whose = any(child.lower_ in _WHOSE for child in token.children)
    return Mention(at, _name(token), "noun") if whose else None


def _name(token: Token) -> str:
    """Return a name with the capitals before it, and what "of" brings: "Diocese of San Marco"."""
    doc, first, last = token.doc, token.i, token.i + 1
    while first > 0 and _belongs(doc[first - 1], token, doc[first]):
        first -= 1
    if last + 1 < len(doc) and doc[last].lower_ == "of":
        end = last + 1
        while end < len(doc) and (doc[end].text[:1].isupper() or doc[end].lower_ in _OF):
            end += 1
        while end > last + 1 and not doc[end - 1].text[:1].isupper():
            end -= 1
        last = end if end > last + 1 else last
    return str(doc[first:last].text)


def _belongs(word: Token, head: Token, after: Token) -> bool:
    """Tell whether a word before a name is a part of it."""
    return word.dep_ in _BEFORE and word.text[:1].isupper() and word.head in (head, after)
