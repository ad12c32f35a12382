"""Words of a clause put together anew: what belongs to a verb, a noun with what belongs to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from detente.reading.analysis.marks import has_child, kids, low

if TYPE_CHECKING:
    from spacy.tokens import Token

MOST_WORDS = 11
"""A phrase of more words is cut before a preposition."""
_LEAST = 4

_LOOSE = ("relcl", "appos", "advcl", "parataxis", "intj", "dep", "ccomp", "neg", "mark")
"""What hangs on a noun and does not belong to its name."""
_TO_VERB = ("dobj", "dative", "prt", "prep", "xcomp", "acomp", "attr", "oprd", "advmod")
_PASSING = frozenset((
    "also", "instead", "only", "again", "still", "already", "now", "then", "today", "however",
    "once", "ever", "never", "soon", "too", "either", "yet", "tomorrow", "thus", "even", "just",
    "simply", "finally", "alone", "when", "where", "how", "why", "quietly", "there", "here",
    "first", "immediately", "therefore", "meanwhile", "moreover",
))  # fmt: skip
"""Adverbs that say nothing about which deed is meant."""
_LETTING = ("let", "make", "see", "have", "help")
_ON_DAYS = frozenset(
    ["on", "in", "at", "by", "since", "before", "after", "until", "from", "during"]
)


def complements(verb: Token, *, passive: bool) -> list[Token]:
    """Return the words that belong to a verb, in their order; its object first in the passive."""
    found: list[Token] = []
    if passive:
        for subject in kids(verb, "nsubjpass"):
            found += noun_phrase(subject)
    for child in verb.children:
        let = child.dep_ == "ccomp" and (low(verb) in _LETTING or has_child(child, ("to",), "aux"))
        if (
            (child.dep_ not in _TO_VERB and not (let and child.i > verb.i))
            or _is_passing(child, verb)
            or child.dep_ == "agent"
        ):
            continue
        found += [t for t in _subtree(child) if t.i != verb.i]
    return found


def _is_let(child: Token, verb: Token) -> bool:
    """Tell whether a clause is what somebody lets be, or wants to be."""
    if child.dep_ != "ccomp" or child.i < verb.i:
        return False
    return low(verb) in _LETTING or has_child(child, ("to",), "aux")


def noun_phrase(noun: Token) -> list[Token]:
    """Return a noun with what belongs to its name."""
    found = _subtree(noun)
    while found and low(found[0]) in ("not", "either", "both", "neither"):
        found = found[1:]
    return found


def _is_passing(child: Token, verb: Token) -> bool:
    """Tell whether a word by a verb says only when, or how things go together."""
    if child.dep_ == "advmod":
        return low(child) in _PASSING or child.i < verb.i
    if child.dep_ != "prep":
        return False
    if child.i < verb.i:
        return True
    if low(child) in ("before", "after", "until"):
        return True
    if low(child) not in _ON_DAYS:
        return False
    dated = any(p.ent_type_ in ("DATE", "TIME") for p in kids(child, "pobj"))
    return dated or bool(kids(child, "pcomp"))


def _subtree(token: Token) -> list[Token]:
    """Return a word with what hangs on it and belongs to it, in order."""
    found, stack = [], [token]
    while stack:
        word = stack.pop()
        found.append(word)
        for child in word.children:
            loose = child.dep_ in _LOOSE or (child.dep_ == "punct" and child.tag_ != "HYPH")
            if loose or (child.dep_ == "advmod" and low(child) in _PASSING):
                continue
            if child.dep_ == "conj" and child.pos_ in ("VERB", "AUX") and word.i != token.i:
                continue
            if child.dep_ == "prep" and _is_passing(child, word):
                continue
            stack.append(child)
    found.sort(key=lambda t: t.i)
    while found and found[-1].dep_ in ("cc", "punct"):
        found.pop()
    return found


def trimmed_words(tokens: Sequence[Token]) -> list[Token]:
    """Return words, cut before a preposition where they are too many."""
    found = list(tokens)
    if len(found) <= MOST_WORDS:
        return found
    cuts = [k for k in range(_LEAST, MOST_WORDS + 1) if found[k].dep_ in ("prep", "cc", "acl")]
    return found[: cuts[-1] if cuts else MOST_WORDS]


_OWN = {"our": "its", "my": "its", "ours": "its own", "your": "its", "ourselves": "itself"}
_SELF = ("us", "me", "we", "i")


def spelled(tokens: Sequence[Token], speaker: str) -> str:
    """Return words as one text; "our" and "us" as of somebody of whom is spoken."""
    parts: list[str] = []
    for k, token in enumerate(tokens):
        own = low(token) if token.is_sent_start and token.pos_ != "PROPN" else token.text
        word = _OWN.get(low(token)) or (speaker if low(token) in _SELF and speaker else own)
        glued = k > 0 and tokens[k - 1].i == token.i - 1 and not tokens[k - 1].whitespace_
        parts.append(word if glued or not parts else f" {word}")
    return " ".join("".join(parts).split())
