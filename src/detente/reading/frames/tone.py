"""Whether a deed does another good or harm."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from detente.reading.analysis.marks import is_negated, keys_of, kids, low
from detente.reading.frames.lists import Words
from detente.reading.frames.sets import listed

if TYPE_CHECKING:
    from spacy.tokens import Token

Tone = Literal["good", "harm", "none"]

_PRICE = re.compile(
    r"\b(?:pay|bear|suffer|face|meet|feel|have|be)\b.{0,20}\b(?:price|consequences|less|nothing|dearly|pain)\b"
)
_BY_FORCE = re.compile(r"\b(?:by|with|using) (?:military |brute |main )?force\b")
_STRIKING = listed("tone: striking")
_TO_COURT = listed("tone: to court")
_LIGHT = listed("tone: light")
_ENDING = listed("tone: ending")
_WEIGHING = listed("tone: weighing")
_GLADLY = frozenset(["gladly", "happily", "willingly"])
_SWAP: dict[Tone, Tone] = {"good": "harm", "harm": "good", "none": "none"}


def tone(verb: Token, words: Words, depth: int = 0) -> Tone:
    """Return whether a predicate with its objects does good, harm or neither; "not" left out."""
    keys = keys_of(verb)
    if "kill for" in keys and not kids(verb, "dobj"):
        return "none"
    if _BY_FORCE.search(" ".join(low(t) for t in verb.subtree)):
        return "harm"
    objects = _objects(verb)
    if (through := _inner(verb, words, depth)) != "none":
        return through
    if objects & words.harm_nouns:
        if keys & words.end:
            return "good"
        if keys & words.go_on:
            return "harm"
    if _costs(verb, keys, objects, words):
        return "harm"
    if str(verb.lemma_) in _WEIGHING:
        return "harm" if objects & words.harm_nouns else "none"
    harm = _longest(keys & (words.harm | words.violent | words.harm_future))
    good = _longest(keys & words.good)
    if any(low(t) in _GLADLY for t in kids(verb, "advmod")):
        return "good"
    if harm > good:
        return "harm"
    return "good" if good else "none"


def _longest(found: frozenset[str]) -> int:
    """Return how many words the longest of some entries has, 0 for none."""
    return max((len(entry.split()) for entry in found), default=0)


def _objects(verb: Token) -> frozenset[str]:
    """Return the words of the objects, as written and in base form."""
    near = kids(verb, "dobj", "nsubjpass", "prep", "attr")
    return frozenset(w for n in near for t in n.subtree for w in (low(t), str(t.lemma_).lower()))


def _inner(verb: Token, words: Words, depth: int) -> Tone:
    """Return the tone of the clause that a light or ending verb brings."""
    if depth > 2:
        return "none"
    inner = kids(verb, "xcomp")
    inner += [c for p in kids(verb, "prep") for c in kids(p, "pcomp")]
    inner += [x for a in kids(verb, "acomp") for x in kids(a, "xcomp")]
    for one in inner:
        found = tone(one, words, depth + 1)
        if is_negated(one):
            found = _SWAP[found]
        if str(verb.lemma_) in _ENDING:
            return "good" if found == "harm" else "harm"
        if str(verb.lemma_) in _LIGHT:
            return found
    return "none"


def _costs(verb: Token, keys: frozenset[str], objects: frozenset[str], words: Words) -> bool:
    """Tell whether a deed makes another pay, or takes him to court."""
    if keys & listed("tone: costs") and objects & _STRIKING:
        return True
    if keys & _TO_COURT and objects & words.legal_places:
        return True
    text = " ".join(low(t) for t in verb.subtree)
    return bool(_PRICE.search(text) or _BY_FORCE.search(text))
