"""Words that tie somebody to a body by grammar: "for the union, X", "X of Y", "X, who leads Y"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.reading.who.asking import Ask
from detente.reading.who.marks import Mark, root
from detente.reading.who.model import AT_THE_NAME

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

    from detente.reading.analysis.model import Unit

_FOR = (("for",), ("speaking", "for"), ("on", "behalf", "of"), ("representing",))
"""How a sentence begins that says for whom somebody speaks."""
_HEADS = ("head", "lead", "chair", "run", "represent")
"""Of the verbs of leading those that say so of a main clause, too."""
_WINDOW = 9
_OF = ("of", "from", "for", "(")
_NOUNS = ("DET", "ADJ", "NOUN", "PROPN", "PART", "NUM")


def tie(ask: Ask, unit: Unit, one: Mark) -> None:
    """Tell the side of a person from the body that grammar ties to one naming."""
    if one.person is None or unit.doc is None:
        return
    for rule in (_spoken_for, _leading, _beside):
        party, why = rule(ask, unit, unit.doc, one)
        if party and party != one.person.full:
            one.person.told(party, why, AT_THE_NAME)


def _spoken_for(ask: Ask, unit: Unit, doc: Doc, one: Mark) -> tuple[str, str]:
    """Return the body of "For Ostaria, Energy Secretary X said", "on behalf of the union, X"."""
    first = doc[one.start].sent.start
    if one.start - first > _WINDOW:
        return "", ""
    begins = tuple(token.lower_ for token in doc[first : first + 3])
    size = next((len(words) for words in _FOR if begins[: len(words)] == words), 0)
    comma = next((t for t in doc[first + size : one.start] if t.text == ","), None)
    if not size or comma is None or any(t.pos_ == "VERB" for t in doc[first + size : comma.i]):
        return "", ""
    return _first_body(ask, unit, doc[first + size : comma.i])


def _leading(ask: Ask, unit: Unit, doc: Doc, one: Mark) -> tuple[str, str]:
    """Return the body of "X, who leads Y" and of "X heads Y"."""
    head = root(doc, one)
    verbs = [c for c in head.children if c.dep_ == "relcl"]
    if head.dep_ == "nsubj" and head.head.lemma_ in _HEADS:
        verbs.append(head.head)
    for verb in verbs:
        if not ask.scene.has("leads", verb.lemma_):
            continue
        for thing in verb.subtree:
            if thing.dep_ in ("dobj", "pobj") and thing.i > verb.i:
                who = ask.who(thing, unit)
                if who.party and (verb.dep_ == "relcl" or thing.pos_ != "PRON"):
                    return who.party, f"who {verb.text} {thing.text}"
    return "", ""


def _beside(ask: Ask, unit: Unit, doc: Doc, one: Mark) -> tuple[str, str]:
    """Return the body of "X of Y", "X (Y)", "X, of Y,", "X of the Sudanese army"."""
    at = one.end
    if at < len(doc) and doc[at].text == ",":
        at += 1
    if at + 1 >= len(doc) or doc[at].lower_ not in _OF:
        return "", ""
    skip = 1 if doc[at + 1].lower_ == "the" and at + 2 < len(doc) else 0
    near = ask.scene.mark_at(unit, doc[at + 1 + skip])
    if near is None or near.kind == "people":
        return _of_noun(ask, unit, doc[at])
    if not near.party or near.kind not in ("name", "organ"):
        return "", ""
    place = ask.scene.kind(near.party) in ("state", "region")
    rules = doc[at].lower_ == "of" and set(one.titles) & ask.scene.facts.words["rulers"]
    if place and doc[at].lower_ in ("of", "from") and not rules:
        return "", ""  # "Chancellor X of Ostaria" speaks for it, "X of Ostaria" need not
    return near.party, f"“{doc[one.start : near.end].text}”"


def _of_noun(ask: Ask, unit: Unit, preposition: Token) -> tuple[str, str]:
    """Return the body of the noun behind "of" or "for", whatever the parser hangs there."""
    doc, at = preposition.doc, preposition.i + 1
    end = at
    while end < len(doc) and doc[end].pos_ in _NOUNS:
        end += 1
    return _first_body(ask, unit, doc[at:end])


def _first_body(ask: Ask, unit: Unit, words: Span) -> tuple[str, str]:
    """Return the first party among some words."""
    for token in words:
        if token.pos_ in ("NOUN", "PROPN"):
            who = ask.who(token, unit)
            if who.party and who.kind == "party":
                return who.party, f"“{words.text}” at the name"
    return "", ""
