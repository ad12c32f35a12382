"""What hangs on a verb or a noun: the clauses that it brings, and what it acts on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from detente.reading.analysis.marks import kids, lemma, low

if TYPE_CHECKING:
    from spacy.tokens import Token

VERBAL = ("VERB", "AUX")
ANSWERS = (
    "call",
    "demand",
    "proposal",
    "offer",
    "request",
    "appeal",
    "suggestion",
    "plan",
    "plea",
)
"""Nouns that point at what is asked or held out."""


def root_of(tokens: Sequence[Token]) -> Token | None:
    """Return the word on which some words hang: a verb if there is one."""
    inside = {t.i for t in tokens}
    roots = [t for t in tokens if (t.head.i not in inside or t.head.i == t.i) and not t.is_punct]
    verbs = [t for t in roots if t.pos_ in VERBAL and t.dep_ not in ("aux", "auxpass")]
    verbs.sort(key=lambda t: t.dep_ == "parataxis")  # "provided, he said, fuel flowed"
    nouns = [t for t in roots if t.pos_ in ("NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ")]
    return next(iter([*verbs, *nouns]), None)


def meant(modal: Token) -> Token | None:
    """Return the verb that a modal by itself repeats: "Would he stop it? He would"."""
    start = modal.sent.start
    if not start:
        return None
    before = modal.doc[start - 1].sent
    for token in reversed(list(before)):
        if token.tag_ == "MD" and lemma(token) == lemma(modal) and token.head.pos_ in VERBAL:
            return token.head
    return None


def brought(root: Token) -> list[Token]:
    """Return the clauses that a verb brings, by itself or by its preposition or its noun."""
    found = kids(root, "xcomp", "ccomp")
    for c in kids(root, "prep", "prt"):
        found += kids(c, "pcomp")
    for c in kids(root, "dobj", "attr", "nsubjpass"):
        if lemma(c) in ANSWERS:
            found += kids(c, "acl", "relcl")[:1]
    return [c for c in found if c.i != root.i]


def is_tag(clause: Token, root: Token) -> bool:
    """Tell whether a clause stands before its verb of saying, as what is said."""
    return clause.dep_ == "ccomp" and clause.i < root.i and bool(kids(clause, "ccomp"))


def within(noun: Token) -> Token | None:
    """Return what a demand, an offer or a call is for."""
    clauses = [c for c in kids(noun, "acl") if c.pos_ in VERBAL]
    clauses += [c for c in kids(noun, "relcl") if kids(c, "mark")]  # "the hope that she may …"
    if clauses:
        return clauses[0]
    for prep in kids(noun, "prep"):
        if low(prep) in ("for", "of", "to", "on"):
            inside = kids(prep, "pcomp", "pobj")
            if inside:
                return inside[0]
    return None


_PARTICLES = ("back", "out", "up", "down", "off")


def with_particle(verb: Token) -> str:
    """Return a verb's base form with its particle: "take up"."""
    more = [low(c) for c in kids(verb, "prt")]
    more += [low(c) for c in kids(verb, "advmod") if low(c) in _PARTICLES]
    return " ".join([lemma(verb), *more[:1]])


def acted_on(verb: Token) -> tuple[str, ...]:
    """Return the base forms of what a verb acts on."""
    direct = kids(verb, "dobj", "nsubjpass", "oprd", "attr")
    if direct:
        return heads_of(direct)
    brought = tuple(lemma(c) for c in kids(verb, "xcomp"))
    return (
        *brought,
        *(lemma(p) for c in kids(verb, "prep", "dative") for p in kids(c, "pobj")),
    )


def heads_of(nouns: Sequence[Token]) -> tuple[str, ...]:
    """Return the base forms of nouns, and of what hollow ones such as "part" are of."""
    found = [t for n in nouns for t in (n, *kids(n, "conj"))]
    more = [w for t in found for w in below(t)] if found and lemma(found[0]) in _HOLLOW else []
    return (*(lemma(t) for t in found if t.pos_ in ("NOUN", "PROPN", "NUM")), *more)


_HOLLOW = frozenset(["metre", "part", "work", "gate", "member", "number", "set", "round", "one"])


def below(noun: Token) -> Iterator[str]:
    """Yield the base forms of the nouns that a noun's prepositions bring."""
    for prep in kids(noun, "prep"):
        for thing in kids(prep, "pobj"):
            yield lemma(thing)


def words_of(tokens: Sequence[Token]) -> frozenset[str]:
    """Return the base forms of words that carry meaning."""
    return frozenset(lemma(t) for t in tokens if t.pos_ in ("NOUN", "PROPN", "VERB", "ADJ", "NUM"))


def parted(content: Sequence[Token]) -> tuple[list[Token], list[Token]]:
    """Return the words of a main clause, and those of the clause it waits for."""
    inside = {t.i for t in content}
    roots = [t for t in content if t.head.i not in inside or t.head.i == t.i]
    under = [
        r for r in roots if r.dep_ in ("advcl", "pcomp", "relcl") and r.pos_ in ("VERB", "AUX")
    ]
    if not under or len(roots) < 2:
        return list(content), []
    bound = {t.i for t in under[-1].subtree}
    bound |= {t.i for t in content if t.head.i in bound}
    return [t for t in content if t.i not in bound], [t for t in content if t.i in bound]


def is_done_to(verb: Token) -> bool:
    """Tell whether a clause says what somebody wants done: "wants the cargo unloaded"."""
    if kids(verb, "aux", "auxpass", "mark"):
        return False
    wants = lemma(verb.head) in ("want", "need", "like", "wish")
    return verb.tag_ == "VBN" or (verb.tag_ == "VBD" and wants)
