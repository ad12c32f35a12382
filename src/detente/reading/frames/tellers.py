"""Who answers for a clause: tags that the parser hung elsewhere, and talk of nobody's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.reading.analysis.marks import kids, lemma, low, subject_of
from detente.reading.frames.deed import Asserter
from detente.reading.frames.sets import listed
from detente.reading.who.model import Who

if TYPE_CHECKING:
    from spacy.tokens import Token

NO_ACTORS = (
    "DATE",
    "TIME",
    "MONEY",
    "PERCENT",
    "CARDINAL",
    "ORDINAL",
    "QUANTITY",
    "EVENT",
    "LAW",
    "LANGUAGE",
    "WORK_OF_ART",
    "PRODUCT",
)
"""Kinds of names that do nothing themselves."""
_SOMEONE = frozenset(["he", "she"])


def answering(by: tuple[Asserter, ...]) -> tuple[Asserter, ...]:
    """Return who answers for a clause: none of the street beyond the first who has a name."""
    named = next((n for n, a in enumerate(by) if a.who.party or a.who.speaker), len(by))
    return tuple(a for n, a in enumerate(by) if n <= named or a.who.kind == "anon")


def tag_at_subject(subject: Token, speech: frozenset[str]) -> Token | None:
    """Return the verb of "The union, he announced, would …", which is parsed as of the union."""
    for verb in kids(subject, "relcl"):
        before, after = verb.doc[verb.left_edge.i - 1], verb.doc[verb.i + 1 : verb.i + 2]
        commas = low(before) == "," and [low(t) for t in after] == [","]
        said = verb.lemma_ in speech and kids(verb, "nsubj") and len(list(verb.subtree)) <= 6
        if commas and said and not kids(verb, "dobj", "ccomp", "xcomp"):
            return verb
    return None


def lets_know(token: Token, head: Token) -> Token | None:
    """Return the verb of "made it plain that …", "let it be known that …", "let us know that …".

    The parser reads "it plain" and "it be known" as clauses of their own.
    """
    if token.dep_ not in ("ccomp", "advcl", "acl") or head.dep_ not in ("ccomp", "xcomp"):
        return None
    over = head.head
    made = lemma(over) == "make" and low(head) in ("plain", "clear", "known")
    let = lemma(over) == "let" and lemma(head) in ("know", "known")
    return over if (made or let) and kids(over, "nsubj") else None


def idle_talk(teller: Asserter) -> bool:
    """Tell whether nobody answers for what somebody says: the street, or whoever it may be."""
    if low(teller.verb) == "according":
        told = [p for x in teller.verb.children for p in kids(x, "pobj")]
        if any(lemma(p) in listed("unreal: hearsay") for p in told):
            return True
    verbal = teller.verb.pos_ in ("VERB", "AUX")
    subject = subject_of(teller.verb) if verbal and low(teller.verb) != "according" else None
    if subject is not None and teller.who.kind == "street":
        # "she added", "a spokesman said": somebody who speaks for a side
        known = low(subject) in _SOMEONE or lemma(subject) in listed("scene: spokes")
        if known and subject.tag_ != "NNS":
            return False
    return teller.who.kind in ("anon", "street")


def speaks_for(teller: Asserter, who: Who) -> bool:
    """Tell whether somebody without a name only passes on what a party holds.

    "Sorland would be there, a spokesman said", "an official says the ministry has not replied".
    """
    if not who.party or who.kind not in ("party", "person"):
        return False
    noun = subject_of(teller.verb)
    if low(teller.verb) == "according":
        noun = next((p for x in teller.verb.children for p in kids(x, "pobj")), noun)
    return noun is not None and lemma(noun) in listed("scene: spokes")
