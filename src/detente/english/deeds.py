"""What is done, as a verb phrase that takes any form: "fires", "does not fire", "to fire"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, TypeAlias

from detente.english.inflect import Forms
from detente.english.lists import small, verb, verb_of

Form: TypeAlias = Literal["is", "to", "bare", "that", "ing", "past"]
"""``is``: "fires". ``to``: "to fire". ``bare``: as after "will". ``ing``, ``past``.
``that``: "fire", as in "its demand that North Korea not fire"."""

ITS = re.compile(r"(?i)(?<![’'\w])(its|itself)\b|\b(?:an?|the|this|that)\b")
"""What refers to the party that does it, unless some other thing was named before."""

DENIALS = ("do not ", "don’t ", "don't ", "not ", "never ")
LEFT = r"(?:(?:is|are|does|do|did|was|were|will) )?not |no longer "
"""How what is left begins."""

OPT = "opt for"
"""The verb of a label that is no verb phrase."""


@dataclass(frozen=True, slots=True)
class Part:
    """One verb with the words before it and after it."""

    lead: str
    verb: Forms
    rest: str


@dataclass(frozen=True, slots=True)
class Deed:
    """A verb phrase.

    Parameters
    ----------
    parts : tuple of Part
        One verb or several, joined by "and".
    denied : bool
        Whether it is something left: "do not swerve".
    known : bool
        Whether the phrase was a verb phrase; else it was made one by :data:`OPT`.
    many : bool
        Whether several do it.
    """

    parts: tuple[Part, ...]
    denied: bool = False
    known: bool = True
    many: bool = False

    @property
    def left(self) -> Deed:
        """The contrary."""
        return replace(self, denied=not self.denied)

    def say(self, form: Form = "is") -> str:
        """Return the phrase in a form."""
        if form == "to":
            return f"{'not ' if self.denied else ''}to {self._bare()}"
        if form in ("bare", "that"):
            return f"{'not ' if self.denied else ''}{self._bare()}"
        if form == "ing":
            told = _joined([f"{p.lead}{p.verb.ing}{p.rest}" for p in self.parts], self.denied)
            return f"not {told}" if self.denied else told
        if self.denied:
            return self._denied(form)
        return _joined([f"{p.lead}{self._finite(p.verb, form)}{p.rest}" for p in self.parts])

    def _bare(self) -> str:
        return _joined([f"{p.lead}{p.verb.base}{p.rest}" for p in self.parts], self.denied)

    def _denied(self, form: Form) -> str:
        first = self.parts[0]
        if first.verb.base == "be":
            is_ = self._finite(first.verb, form)
            others = [f"{p.lead}{self._finite(p.verb, form)}{p.rest}" for p in self.parts[1:]]
            return _joined([f"{is_} not {first.lead}".rstrip() + first.rest, *others])
        helper = "did" if form == "past" else "do" if self.many else "does"
        return f"{helper} not {self._bare()}"

    def _finite(self, forms: Forms, form: Form) -> str:
        if form == "past":
            return "were" if forms.base == "be" and self.many else forms.past
        if self.many:
            return "are" if forms.base == "be" else forms.base
        return forms.third


def _joined(told: list[str], denied: bool = False) -> str:
    between = " or " if denied else " and "
    return told[0] if len(told) == 1 else f"{', '.join(told[:-1])}{between}{told[-1]}"


@lru_cache(maxsize=4096)
def deed(phrase: str, many: bool = False) -> Deed:
    """Return a label as a verb phrase.

    Parameters
    ----------
    phrase : str
        In its base form: "Fire on the South". "To fire …", "Fires …" and "Firing …" are
        understood; of another phrase is said that somebody opts for it.
    many : bool
        Whether several do it: they withdraw their troops where one withdraws its troops.
    """
    text = " ".join(phrase.split()).rstrip(".")
    text = _theirs(text) if many else text
    text = text[3:] if text[:3].lower() == "to " else text
    denied = False
    for denial in DENIALS:
        if text.lower().startswith(denial):
            text, denied = text[len(denial) :], True
            break
    found = _parts(text.split(" "))
    if found:
        return Deed(found, denied, many=many)
    opt = verb("opt")
    assert opt is not None
    rest = f" for {lowered(text)}" if text else " for it"
    return Deed((Part("", opt, rest),), denied, known=False, many=many)


def _theirs(text: str) -> str:
    """Let what refers to the one who does something refer to several."""
    found = ITS.search(text)
    if found is None or not found.group(1):
        return text
    theirs = "their" if found.group(1).lower() == "its" else "themselves"
    return f"{text[: found.start()]}{theirs}{_theirs(text[found.end() :])}"


def done_first(told: Iterable[str]) -> list[str]:
    """Return deeds with what is left at the end, so that no "not" is read as one of all."""
    return sorted(told, key=lambda deed: re.match(LEFT, deed) is not None)


def _parts(words: list[str]) -> tuple[Part, ...]:
    lead = 0
    while lead < len(words) - 1 and _is_adverb(words[lead].lower()):
        lead += 1
    head = verb_of(words[lead].lower()) if lead < len(words) else None
    if head is None or _is_noun(words[lead:]):
        return ()
    forms, written = head
    cuts = [lead, *(_others(words, lead) if written == "base" else ())]
    parts = []
    for cut, end in zip(cuts, [*(c - 1 for c in cuts[1:]), len(words)], strict=True):
        known = verb(words[cut].lower()) or forms
        before = " ".join(w.lower() for w in words[:lead]) + " " if cut == lead and lead else ""
        after = " ".join(words[cut + 1 : end])
        parts.append(Part(before, known, f" {after}" if after else ""))
    return tuple(parts)


def _is_adverb(word: str) -> bool:
    return word.endswith("ly") and verb(word) is None


def _others(words: list[str], first: int) -> list[int]:
    """Return where further verbs stand: after "and", where a verb and its object follow."""
    objects = small("determiners") | small("pronouns") | small("prepositions")
    return [
        k
        for k in range(first + 2, len(words))
        if words[k - 1] == "and"
        and verb(words[k]) is not None
        and (k + 1 == len(words) or words[k + 1].lower() in objects)
        and not (k + 1 == len(words) and words[k] in small("often nouns"))
    ]


def _is_noun(words: list[str]) -> bool:
    """Tell whether a phrase that could begin with a verb begins with a noun: "Travel ban"."""
    if len(words) < 2:
        return False
    first, after = words[0].lower(), words[1].lower()
    if words[1][:1].isupper():
        return False
    small_word = any(after in small(k) for k in ("determiners", "pronouns", "prepositions"))
    if first in small("often nouns"):
        return not small_word and not after.endswith(("ly", "s")) and after != "back"
    return first in small("often adjectives") and after.endswith(
        ("tion", "sion", "ment", "ance", "ence", "al", "ness", "ity")
    )


NATIONAL = ("ish", "ese", "ican", "rean", "aqi", "aeli", "nch", "utch", "ian")
PLAIN = frozenset(("civilian", "median", "guardian", "custodian", "utilitarian", "humanitarian"))


def is_proper(word: str) -> bool:
    """Tell whether a word at a label's beginning keeps its capital: "American", "NATO"."""
    if not word[:1].isupper():
        return True
    if any(letter.isupper() for letter in word[1:]):
        return True
    return word.lower().endswith(NATIONAL) and word.lower() not in PLAIN


def lowered(text: str) -> str:
    """Return a phrase as it stands inside a sentence."""
    first = text.split(" ", 1)[0]
    letter = len(first) == 1 and first not in "AI"
    return text if is_proper(first) or letter else text[:1].lower() + text[1:]
