"""A clause with the people in it: who does it, who says so, and whose position it would be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from detente.reading.analysis.marks import Clause, kids, low
from detente.reading.who.model import Who

if TYPE_CHECKING:
    from spacy.tokens import Token

KNOWN = ("party", "person", "first", "several")
NOBODY = Who()


@dataclass(frozen=True, slots=True)
class Asserter:
    """Who answers for a clause, and the verb that says so."""

    who: Who
    verb: Token


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose position a clause is.

    Parameters
    ----------
    parties : tuple of str
        Empty where the report does not say.
    speaker : str
        Who says it; empty for not known.
    counts : bool
        False where it is hearsay, or the street's.
    someone : bool
        Somebody speaks whom the report does not let us name.
    """

    parties: tuple[str, ...] = ()
    speaker: str = ""
    counts: bool = True
    someone: bool = False

    @property
    def named(self) -> bool:
        """Whether a party or a speaker is known, or at least somebody speaks."""
        return bool(self.parties or self.speaker or self.someone)


@dataclass(frozen=True, eq=False)
class Deed:
    """A clause with the people in it.

    Parameters
    ----------
    clause : Clause
        Its marks.
    who : Who
        Its subject.
    by : tuple of Asserter
        Who says so, the nearest first.
    doer : Holder
        Whose deed or position it is.
    voice : Holder
        Who says so, in the end the speaker of the unit.
    spoken : bool
        In somebody's own words or reported speech, not the reporter's.
    unnamed : bool
        The subject is somebody who acts, but the report does not say of which party.
    """

    clause: Clause
    who: Who
    by: tuple[Asserter, ...]
    doer: Holder
    voice: Holder
    spoken: bool
    unnamed: bool = False

    @property
    def verb(self) -> Token:
        """The predicate."""
        return self.clause.verb

    @property
    def lemma(self) -> str:
        """The base form of the predicate."""
        return self.clause.lemma

    @property
    def keys(self) -> frozenset[str]:
        """The predicate alone and with what follows it."""
        return self.clause.keys

    @property
    def negated(self) -> bool:
        """Whether it is denied."""
        return self.clause.negated

    @property
    def modal(self) -> str:
        """The modal, empty for none."""
        return self.clause.modal

    @property
    def past(self) -> bool:
        """Whether it is over."""
        return self.clause.tense == "past"

    @property
    def present(self) -> bool:
        """Whether it is so now."""
        return self.clause.tense == "present"

    @property
    def known(self) -> bool:
        """Whether the subject is somebody."""
        if self.unnamed:
            return True
        if self.who.kind == "unknown" and self.by and self.doer.parties:
            subject = self.clause.subject
            return subject is not None and subject.pos_ == "NOUN"  # "members had voted, he said"
        return self.who.kind in KNOWN

    @property
    def first(self) -> bool:
        """Whether the subject is "we" or "I"."""
        return self.who.kind == "first"

    @cached_property
    def objects(self) -> list[Token]:
        """The objects and complements."""
        found = kids(self.verb, "dobj", "attr", "oprd")
        if self.clause.passive:
            found += kids(self.verb, "nsubjpass")
        return [*found, *(c for o in found for c in kids(o, "conj"))]

    @cached_property
    def object_words(self) -> frozenset[str]:
        """The heads of the objects, as written and in their base form."""
        return frozenset(w for o in self.objects for w in (low(o), str(o.lemma_).lower()))

    @cached_property
    def after(self) -> frozenset[str]:
        """Every word of the objects and of what prepositions bring, as written and base forms."""
        near = [*self.objects, *kids(self.verb, "prep", "dative", "prt", "advmod", "acomp")]
        return frozenset(
            w for n in near for t in n.subtree for w in (low(t), str(t.lemma_).lower())
        )

    @cached_property
    def suffers(self) -> frozenset[str]:
        """Every word of a passive's subject, as written and base forms; empty for an active."""
        subject = self.clause.subject if self.clause.passive else None
        near = [] if subject is None else list(subject.subtree)
        return frozenset(w for t in near for w in (low(t), str(t.lemma_).lower()))

    @cached_property
    def inner(self) -> list[Token]:
        """The clauses that the predicate brings: "to …", "that …", "…ing"."""
        found = kids(self.verb, "xcomp", "ccomp")
        for prep in kids(self.verb, "prep"):
            found += kids(prep, "pcomp")
        return found

    @cached_property
    def text(self) -> str:
        """The clause's words in lower case, clitics joined: "it's", "won't"."""
        words = " ".join(low(t) for t in self.verb.subtree)
        return words.replace(" '", "'").replace(" n't", "n't")

    @property
    def sentence(self) -> str:
        """The whole sentence in lower case."""
        return str(self.verb.sent.text).lower()


def content_tokens(
    verb: Token, drop: Sequence[Token] = (), speech: frozenset[str] = frozenset()
) -> list[Token]:
    """Return the words of a clause, without coordinated clauses and tags such as ", he said".

    Parameters
    ----------
    verb : Token
        The predicate.
    drop : sequence of Token
        Subtrees that are left out.
    speech : frozenset of str
        Base forms of verbs that make tags.
    """
    dropped = {t.i for t in drop}
    found: list[Token] = []
    stack = [verb]
    while stack:
        token = stack.pop()
        found.append(token)
        stack += [
            c
            for c in token.children
            if c.i not in dropped and not _apart(c, token, verb) and not _tag(c, token, speech)
        ]
    return trimmed(found)


def _apart(child: Token, token: Token, verb: Token) -> bool:
    """Tell whether a coordinated clause is one of its own."""
    if child.dep_ != "conj" or child.pos_ not in ("VERB", "AUX"):
        return False
    return token.pos_ in ("VERB", "AUX") and (
        bool(kids(child, "nsubj", "nsubjpass")) or token.i == verb.i
    )


def _tag(child: Token, token: Token, speech: frozenset[str]) -> bool:
    """Tell whether a clause is a tag: ", he said"."""
    if child.dep_ not in ("parataxis", "ccomp") or child.lemma_ not in speech:
        return False
    before = child.doc[child.left_edge.i - 1] if child.left_edge.i else child
    return (
        child.i > token.i
        and low(before) in (",", '"', "'", "-", "–", "—")
        and bool(kids(child, "nsubj"))
        and not kids(child, "mark")
    )


def trimmed(tokens: Sequence[Token]) -> list[Token]:
    """Return tokens in order, without marks and conjunctions at the ends."""
    found = sorted({t.i: t for t in tokens}.values(), key=lambda t: t.i)
    while found and (found[-1].is_punct or found[-1].dep_ == "cc" or found[-1].is_space):
        found.pop()
    while found and (found[0].is_punct or found[0].dep_ == "cc" or found[0].is_space):
        found.pop(0)
    return found


def whole_sentence(token: Token) -> list[Token]:
    """Return all words of a sentence."""
    return [t for t in token.sent if not t.is_punct and not t.is_space]
