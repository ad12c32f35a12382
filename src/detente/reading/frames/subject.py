"""The noun that a verb is said of, as far as grammar alone tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.reading.analysis.marks import kids, lemma, low
from detente.reading.frames.sets import listed

if TYPE_CHECKING:
    from spacy.tokens import Span as Sent
    from spacy.tokens import Token

    from detente.reading.analysis.model import Unit


def sends(noun: Token) -> bool:
    """Tell whether a noun is people or things that act for whom "of" or "from" brings."""
    return lemma(noun) in listed("scene: people of") | listed("scene: sides")


def is_no(noun: Token) -> bool:
    """Tell whether a noun is "no ship", "not one ship"."""
    return any(low(c) in ("no", "not", "neither", "any", "every") for c in noun.children)


def before_whose(subject: Token, verb: Token) -> Token:
    """Return the true subject of "Peru, whose growers live off the river, asked": not the growers.

    The parser may hang the verb behind the comma on the noun of the relative clause.
    """
    doc = verb.doc
    whose = next((t for t in subject.subtree if low(t) == "whose"), None)
    own = subject.head.i == verb.i
    if (
        own
        or whose is None
        or whose.i < 2
        or doc[verb.i - 1].text != ","
        or doc[whose.i - 1].text != ","
    ):
        return subject
    return doc[whose.i - 2]


def bare(noun: Token) -> bool:
    """Tell whether a noun of saying has nobody who says it."""
    return not kids(noun, "poss")


_TRADES = (
    "worker",
    "grower",
    "owner",
    "keeper",
    "maker",
    "holder",
    "farmer",
    "driver",
    "railwayman",
)
"""How nouns end that say by what people live: such people act together."""


def is_crowd(noun: Token) -> bool:
    """Tell whether a noun is of people who act together by what they do for a living."""
    crowd = lemma(noun) in listed("scene: workforce") | listed("scene: people of")
    return crowd or lemma(noun).endswith(_TRADES)


def parted(said: Token, teller: Token) -> bool:
    """Tell whether a semicolon parts a clause from a tag behind it: "…; it rained, she said"."""
    return any(low(t) == ";" for t in said.doc[said.i : teller.i])


def asks(sent: Sent, unit: Unit) -> bool:
    """Tell whether a sentence asks."""
    return unit.kind == "question" or str(sent.text).strip().rstrip("\"”'’").endswith("?")
