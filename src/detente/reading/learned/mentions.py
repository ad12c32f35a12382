"""Where a report speaks of somebody: whom the resolver knows, and other names and nouns."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import TYPE_CHECKING

from detente.reading.analysis.model import Parsed, Unit
from detente.reading.learned.tagger import Mention
from detente.reading.who.orgs import is_paper
from detente.reading.who.runs import is_title
from detente.reading.who.world import World

if TYPE_CHECKING:
    from spacy.tokens import Token

_INSIDE = ("compound", "amod", "nmod")
_BEFORE = (*_INSIDE, "poss", "case")
_OF = ("the", "of", "and", "for")
_WHOSE = frozenset(["the", "its", "their", "our", "his", "her"])

_INNER = re.compile(r"(?<=[\w,;] )[^\W\d_][\w'’-]*")
"""Words that stand inside a sentence; who has a capital there has it for being a name."""


def mentions(parsed: Parsed, world: World) -> list[Mention]:
    """Return where a report speaks of somebody, in its order.

    Whom the resolver cannot tell is called as the words have it: kind ``name`` or ``noun``.
    """
    inner = frozenset(_INNER.findall(parsed.text))
    found = {
        at: Mention(at, who.party, who.kind)
        for at, who in reversed(world.mentions.get(parsed.name, ()))
        if who.party
    }
    for unit in parsed.units:
        for token in unit.doc or ():
            at = unit.where(token)
            if at < 0 or at in found:
                continue
            if one := _mention(token, at, unit, parsed, world, inner):
                found[at] = one
    return [found[at] for at in sorted(found)]


def _mention(
    token: Token, at: int, unit: Unit, parsed: Parsed, world: World, inner: Collection[str]
) -> Mention | None:
    """Return whom a noun means; None where it cannot be somebody, or is inside another name."""
    if token.pos_ not in ("NOUN", "PROPN"):
        return None
    if token.pos_ == "PROPN" and token.dep_ in _INSIDE and token.head.pos_ == "PROPN":
        return None
    if token.i + 1 < len(token.doc) and is_title(token.nbor().text, world.base.facts):
        return None  # "Fisheries Minister Ana Ruiz"
    who = world.who(token, unit, parsed)
    if who.party:
        return Mention(at, who.party, who.kind)
    if token.pos_ == "PROPN":
        return None if _is_no_name(token, inner, world) else Mention(at, name_of(token), "name")
    whose = any(child.lower_ in _WHOSE for child in token.children)
    return Mention(at, name_of(token), "noun") if whose else None


def _is_no_name(token: Token, inner: Collection[str], world: World) -> bool:
    """Tell whether a word only looks like a name: a paper's, or one that begins a sentence."""
    if is_paper(token.text, world.base.facts):
        return True
    begins = token.i == token.sent.start or (token.i > 0 and token.nbor(-1).is_punct)
    return begins and token.text not in inner


def name_of(token: Token) -> str:
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
