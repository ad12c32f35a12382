"""An outcome's label taken apart: a clause with subject and verb, or a noun."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from detente.english.deeds import Deed, Part, is_proper
from detente.english.inflect import Forms
from detente.english.lists import BE, HAVE, small, verb, verb_of
from detente.english.names import LINKS

NOUNS = ("s", "tion", "sion", "ment", "ness", "ity", "ance", "ence", "ism")
"""Endings of common nouns, which have a capital only at a label's beginning."""

_ARTICLE = re.compile(r"(?:an?|the|some) ", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Thing:
    """An outcome in words.

    Parameters
    ----------
    text : str
        As it stands inside a sentence: "the sanctions bite", "war".
    form : str
        ``clause`` or ``noun``.
    subject : str
        Of a clause that could be taken apart; empty for a noun and for any other clause.
    deed : Deed, optional
        What the subject does.
    many : bool
        Whether the subject, or the noun, is more than one.
    """

    text: str
    form: Literal["clause", "noun"]
    subject: str = ""
    deed: Deed | None = None
    many: bool = False

    @property
    def deniable(self) -> bool:
        """Whether "not" at its verb denies the whole of it: not so of "nobody asks"."""
        words = self.text.lower().split()
        all_or_none = words[0] in small("all") | small("one by one")
        return self.form == "noun" or bool(self.subject and not all_or_none and "or" not in words)

    @property
    def bare(self) -> str:
        """A noun without its article."""
        return _ARTICLE.sub("", self.text, count=1) if _ARTICLE.match(self.text) else self.text


def thing(label: str, form: Literal["", "clause", "noun"], is_name: Callable[[str], bool]) -> Thing:
    """Return an outcome's label in words.

    Parameters
    ----------
    label : str
        "The sanctions bite", or "War".
    form : str
        What the case calls it; empty for a guess.
    is_name : callable
        Tells whether a word is part of a party's name, so that it keeps its capital.
    """
    text = _inside(" ".join(label.split()).rstrip("."), is_name)
    found = None if form == "noun" else _taken_apart(text)
    if found is not None:
        subject, deed = found
        return Thing(text, "clause", subject, deed, deed.many)
    if form == "clause" or (not form and _second_clause(["and", *text.split(" ")])):
        return Thing(text, "clause")
    words = text.lower().split()
    return Thing(text, "noun", many=bool(words) and _plural_noun(words))


def _inside(text: str, is_name: Callable[[str], bool]) -> str:
    """Return a label as it stands inside a sentence."""
    words = text.split(" ")
    first = words[0]
    low = first.lower()
    if is_proper(first) or is_name(first):
        return text
    known = any(low in small(k) for k in ("determiners", "pronouns", "the heads", "common nouns"))
    known = known or verb_of(low) is not None or low.endswith(NOUNS) or len(words) == 1
    known = known or (
        words[1][:1].islower() and words[1] not in ("and", "or") and not verb_of(words[1])
    )
    return low[:1] + text[1:] if known else text


def _plural_noun(words: list[str]) -> bool:
    head = words[0]
    for k, word in enumerate(words):
        if k and word in LINKS:
            break
        head = word
    if head in small("many"):
        return True
    one = head in small("one though in s") or head.endswith(("ss", "us", "is", "ics"))
    return head.endswith("s") and not one


def _taken_apart(text: str) -> tuple[str, Deed] | None:
    """Return subject and deed of a clause; None where no verb can be found."""
    words = text.split(" ")
    for k in range(1, len(words)):
        before = words[k - 1].lower()
        if before in small("determiners") and not (k == 1 and before in small("pronouns")):
            continue
        if before in ("and", "or", *LINKS) or not words[k].islower():
            continue
        found = _verb_at(words, k)
        if found is None:
            continue
        many, forms, denied, end = found
        subject = words[:k]
        agreed = many if subject[-1].lower() == "all" and many is not None else None
        many_subject = _many_subject(subject) if agreed is None else agreed
        if many is not None and many != many_subject:
            continue
        if _second_clause(words[end:]):
            return None
        rest = " ".join(words[end:])
        part = Part("", forms, f" {rest}" if rest else "")
        return " ".join(subject), Deed((part,), denied, many=many_subject)
    return None


def _second_clause(words: list[str]) -> bool:
    """Tell whether a clause of its own follows after "and" or "but"."""
    return any(
        words[k] in ("and", "but", "while") and _taken_apart(" ".join(words[k + 1 :])) is not None
        for k in range(len(words) - 2)
    )


def _verb_at(words: list[str], k: int) -> tuple[bool | None, Forms, bool, int] | None:
    """Return (plural or None where both, verb, denied, where the rest begins)."""
    low = words[k].lower()
    after = [w.lower() for w in words[k + 1 : k + 3]]
    if low in ("is", "are"):
        denied = after[:1] == ["not"]
        return low == "are", BE, denied, k + 1 + denied
    if low in ("has", "have"):
        return low == "have", HAVE, False, k + 1
    if low in ("does", "do") and after[:1] == ["not"] and len(after) == 2:
        forms = verb(after[1])
        return None if forms is None else (low == "do", forms, True, k + 3)
    found = verb_of(low)
    if found is None or found[1] == "ing":
        return None
    return found[1] == "base", found[0], False, k + 1


def _many_subject(words: list[str]) -> bool:
    low = [w.lower() for w in words]
    if low[0] in ("nobody", "everybody", "everyone", "anybody", "each", "neither", "every", "it"):
        return False
    if low[0] in ("both", "all", "they", "we", "these", "those", "many", "few", "several"):
        return True
    return "and" in low or _plural_noun(low)


@lru_cache(maxsize=1)
def come() -> Forms:
    """Return the verb of what comes about."""
    found = verb("come")
    assert found is not None
    return found
