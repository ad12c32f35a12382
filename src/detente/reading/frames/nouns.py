"""Acts that a noun names: "a proposal by the army to swap …", "the union's demand that …"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.reading.analysis.marks import clause, is_supposed, kids, lemma, low
from detente.reading.claims import Kind
from detente.reading.frames.deed import Deed, Holder
from detente.reading.frames.draft import PASS, Outcome
from detente.reading.frames.say import claim
from detente.reading.frames.scene import Scene
from detente.reading.frames.sets import listed

if TYPE_CHECKING:
    from spacy.tokens import Token


def act_noun(noun: Token, scene: Scene) -> Outcome:
    """Read an offer or demand that a noun names with who made it and what it asks."""
    kind = _kind(noun, scene)
    if not kind or scene.question or is_supposed(noun):
        return PASS
    for prep in kids(noun, "prep", "agent"):
        if low(prep) not in ("by", "from") or not kids(prep, "pobj"):
            continue
        whose = kids(prep, "pobj")[0]
        who = scene.who(whose)
        more = [c for c in noun.children if c.i > prep.i and _says_what(c)]
        more += [c for c in whose.children if c.i > prep.i and c.dep_ in ("acl", "relcl")]
        if who.party and more:
            content = [t for c in more for t in c.subtree]
            deed = Deed(
                clause(noun), who, (), Holder((who.party,), who.speaker or ""), Holder(), False
            )
            return claim(kind, deed, scene, "act noun", deed.doer, [*content, noun])  # type: ignore[arg-type]
    return PASS


def _kind(noun: Token, scene: Scene) -> Kind | str:
    """Return the kind of act that a noun names; empty for none."""
    words = scene.words
    if lemma(noun) in listed("nouns: kind"):
        return "offer"
    if lemma(noun) in words.noun_demand - {"claim", "condition", "wish", "complaint"}:
        return "demand"
    return ""


def _says_what(child: Token) -> bool:
    """Tell whether a word behind a noun says what is asked or offered."""
    return child.dep_ in ("acl", "relcl") or (child.dep_ == "prep" and low(child) in ("for", "of"))
