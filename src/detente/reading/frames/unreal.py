"""Clauses that nobody says are so: heard somewhere, not held, true of anybody, long past."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from detente.reading.analysis.marks import above, has_child, is_negated, kids, lemma, low
from detente.reading.frames.sets import listed

if TYPE_CHECKING:
    from spacy.tokens import Token

_LINKS = ("ccomp", "acl", "csubj", "pcomp", "advcl")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_SINCE = 2
"""A deed of so many years before the report's own year is background."""


def unreal(verb: Token) -> bool:
    """Tell whether a clause is one that the report does not tell as so.

    "The board does not hold that …", "it has been printed that …", "word is that …",
    "a submission according to which …", "a firm that walked out would …".
    """
    for token in above(verb):
        head = token.head
        if token.dep_ in _LINKS and (_not_held(token, head) or _put_about(token, head)):
            return True
        if token.dep_ == "pcomp" and low(head) == "to" and low(head.head) == "according":
            return any(low(t) == "which" for t in kids(head, "pobj"))
        if token.dep_ == "relcl" and _of_anybody(head):
            return True
    return (
        has_child(verb, listed("unreal: seldom"), "advmod")
        or _might_be_thought(verb)
        or _in_anothers_place(verb)
    )


def _might_be_thought(verb: Token) -> bool:
    """Tell whether a clause is one that "one might think"."""
    head = verb.head
    if verb.dep_ != "ccomp" or not any(low(s) in ("one", "you") for s in kids(head, "nsubj")):
        return False
    return any(low(c) in ("might", "could", "may", "would") for c in kids(head, "aux"))


def _in_anothers_place(verb: Token) -> bool:
    """Tell whether it is what somebody would do in another's place: "if I were her, I'd …"."""
    were = (c for c in kids(verb, "advcl") if low(c) == "were" and has_child(c, ("if",), "mark"))
    return any(low(s) == "i" for c in were for s in kids(c, "nsubj"))


def _not_held(token: Token, head: Token) -> bool:
    """Tell whether a clause is what somebody does not hold, ask or mean."""
    if token.dep_ != "ccomp":
        return False
    above_it = head.head
    wrong = {low(c) for c in kids(above_it, "acomp", "attr")} | {low(above_it)}
    to_say = head.dep_ in ("xcomp", "csubj", "acl", "advcl") and has_child(head, ("to",), "aux")
    if to_say and wrong & listed("unreal: wrong to say"):
        return True  # "it would be wrong to say that …"
    return lemma(head) in listed("unreal: held") and is_negated(head)


def _put_about(token: Token, head: Token) -> bool:
    """Tell whether a clause is what is only said somewhere."""
    put = lemma(head) in listed("unreal: put about") and kids(head, "nsubjpass")
    if token.dep_ == "ccomp" and put and not kids(head, "agent"):
        return any(low(s) == "it" for s in kids(head, "nsubjpass"))
    heard = [s for s in kids(head, "nsubj") if lemma(s) in listed("unreal: hearsay")]
    return lemma(head) == "be" and token.i > head.i and bool(heard)


def _of_anybody(noun: Token) -> bool:
    """Tell whether a noun is anybody of a kind, of whom it is told what he would do."""
    if low(noun.left_edge) not in ("a", "an", "any") or not noun.dep_.startswith("nsubj"):
        return False
    verb = noun.head
    modal = any(c.tag_ == "MD" for c in kids(verb, "aux"))
    return modal or has_child(verb, listed("unreal: seldom"), "advmod")


def long_past(verb: Token, date: str) -> bool:
    """Tell whether a past deed is one of years ago: "when the union struck in 1974".

    Parameters
    ----------
    verb : Token
        The deed.
    date : str
        The report's own; without it only the century before counts.
    """
    before = int(date[:4]) - _SINCE if date[:4].isdigit() else 1999
    for token in above(verb):
        if _YEAR.fullmatch(low(token)) and int(low(token)) <= before:
            return True  # "in 1974, when the union struck"
        for prep in kids(token, "prep"):
            if low(prep) not in ("in", "since", "of"):
                continue
            for noun in kids(prep, "pobj"):
                if _YEAR.fullmatch(low(noun)) and int(low(noun)) <= before:
                    return True
        if token.dep_ not in ("conj", "advcl", "relcl", "xcomp"):
            break
    return False
