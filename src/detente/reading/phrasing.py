"""Words of a clause put together anew: what belongs to a verb, a noun with what belongs to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
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
    told_elsewhere = any(low(t) == "what" for c in kids(child, "pcomp") for t in c.children)
    if child.i < verb.i or told_elsewhere:  # "an apology for what he said"
        return True
    if low(child) in ("before", "after", "until", "since"):
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
            passing = child.dep_ == "advmod" and low(child) in _PASSING and word.pos_ != "ADP"
            if loose or passing:
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


_BOUND = frozenset(["provided", "providing", "unless", "lest", "if", "once", "whenever"])
"""Words that begin what a deed is bound to."""
_MEASURES = frozenset(["long", "soon", "far", "much"])
_MOMENTS = frozenset(["moment", "day", "minute", "hour", "instant"])
_WAYS = frozenset(["through", "in", "out", "back", "off", "up", "down", "over", "away", "along"])
_LOOSE_ENDS = ("ADP", "SCONJ", "CCONJ", "DET", "PART", "AUX", "PUNCT")


def trimmed_words(tokens: Sequence[Token]) -> list[Token]:
    """Return words up to where a condition or another thing begins, and no more than are read."""
    found = list(tokens)
    for k, token in enumerate(found):
        if _breaks_off(token, found[:k], found):
            found = found[:k]
            break
    if len(found) > MOST_WORDS:
        cuts = [
            k
            for k in range(_LEAST, MOST_WORDS + 1)
            if found[k].dep_ in ("prep", "cc", "acl") and low(found[k]) != "of"
        ]
        found = found[: cuts[-1] if cuts else MOST_WORDS]
    while found and _hangs(found[-1]):
        found.pop()
    return found


def _hangs(last: Token) -> bool:
    """Tell whether a phrase that ends with a word is not whole: "licences as"."""
    if last.pos_ not in _LOOSE_ENDS or last.dep_ in ("prt", "attr", "dobj"):
        return False
    return not (last.dep_ in ("prep", "advmod") and low(last) in _WAYS)


def _breaks_off(token: Token, before: Sequence[Token], whole: Sequence[Token]) -> bool:
    """Tell whether a word begins something that is no part of the deed: "as long", ", the one"."""
    if low(token) in _BOUND and (token.dep_ in ("mark", "prep", "advcl", "acl", "prt") or before):
        return True
    after = low(token.nbor()) if token.i + 1 < len(token.doc) else ""
    if low(token) in ("as", "so") and after in _MEASURES:
        return True
    timed = low(token) == "the" and after in _MOMENTS and bool(before)
    if timed and before[-1].dep_ != "prep":
        return True
    return bool(before) and _has_comma(before[-1], token) and not _goes_on(token, before, whole)


def _has_comma(one: Token, other: Token) -> bool:
    """Tell whether a comma stands between two words."""
    return any(low(t) in (",", ";", "(", "--") for t in one.doc[one.i + 1 : other.i])


def _goes_on(token: Token, before: Sequence[Token], whole: Sequence[Token]) -> bool:
    """Tell whether a word after a comma goes on with a list."""
    last, later = before[-1], {t.i for t in whole} - {t.i for t in before}
    if last.dep_ in ("amod", "compound", "nummod", "det", "poss") and last.head.i > token.i:
        return True
    while token.head.i in later and token.head.i != token.i:
        token = token.head
    return token.dep_ == "conj" and token.head.i in {t.i for t in before}


_OWN = {"our": "its", "my": "its", "ours": "its own", "your": "its", "ourselves": "itself"}
_SELF = ("us", "me", "we", "i")
_NO_NAMES: Mapping[int, str] = MappingProxyType({})


def spelled(tokens: Sequence[Token], speaker: str, names: Mapping[int, str] = _NO_NAMES) -> str:
    """Return words as one text; "our" and "us" as of somebody of whom is spoken.

    Parameters
    ----------
    tokens : sequence of Token
        The words.
    speaker : str
        Who says "us".
    names : mapping
        What stands for some of them, by position: a name for a pronoun, nothing for "no".
    """
    parts: list[str] = []
    for k, token in enumerate(tokens):
        own = low(token) if token.is_sent_start and token.pos_ != "PROPN" else token.text
        word = _OWN.get(low(token)) or (speaker if low(token) in _SELF and speaker else own)
        word = names.get(token.i, word)
        if not word:
            continue
        glued = k > 0 and tokens[k - 1].i == token.i - 1 and not tokens[k - 1].whitespace_
        comma = (
            "," if k > 0 and tokens[k - 1].i < token.i and _has_comma(tokens[k - 1], token) else ""
        )
        parts.append(word if glued or not parts else f"{comma} {word}")
    return " ".join("".join(parts).split())
