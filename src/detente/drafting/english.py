"""What drafting knows of English: forms of verbs, stems, and which words mean the same deed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from detente.english.inflect import inflect
from detente.reading.lexicon import Lexicon, WordSet
from detente.reading.tokens import tokenize

_MIN_STEM = 4
_ENDINGS = (
    "izations", "isations", "ization", "isation", "izing", "ising", "ized", "ised", "izes", "ises",
    "ize", "ise", "ations", "ation", "ating", "ated", "ates", "ate", "ments", "ment", "ings", "ing",
    "ions", "ion", "als", "al", "ied", "ies", "ed", "ers", "er", "es", "s", "e", "y",
)  # fmt: skip
"""Endings that turn one word into another of its family, the longer ones first."""

_DERIVED = re.compile(r"(\w{3,}i[sz])ations?$")


@dataclass(frozen=True, slots=True)
class Form:
    """One written form of a verb: its base, and ``base``, ``s``, ``past`` or ``ing``."""

    base: str
    form: str


@dataclass(frozen=True)
class English:
    """Word classes and families.

    Parameters
    ----------
    verbs : mapping
        Written form to verb.
    kin : mapping
        Stem to the stem that stands for its family.
    idle : frozenset of str
        Words that never tell deeds apart: articles, auxiliaries, days.
    light, light_verbs, places, vague, answers, talks, helps, endings, going_on, changes
        The lists of ``deeds.txt``; ``talks`` as stems of families
    groups : frozenset of str
        Families of nouns for companies, governments and their kind.
    bringing, pressures
        Verbs that put pressure on somebody, and the families of what is put on.
    modals, be, adverbs, determiners, prepositions : frozenset of str
        Small words.
    attacks : tuple of tuple of str
        Phrases for the use of force, as words.
    """

    verbs: Mapping[str, Form]
    kin: Mapping[str, str]
    idle: WordSet
    light: WordSet
    light_verbs: WordSet
    places: WordSet
    vague: WordSet
    answers: WordSet
    talks: WordSet
    helps: WordSet
    endings: WordSet
    groups: WordSet
    bringing: WordSet
    pressures: WordSet
    going_on: WordSet
    changes: WordSet
    modals: WordSet
    be: WordSet
    adverbs: WordSet
    determiners: WordSet
    prepositions: WordSet
    attacks: tuple[tuple[str, ...], ...]

    def family(self, word: str) -> str:
        """Return the stem that stands for all words of one meaning: ``withdrawal`` is ``leave``."""
        return _family(word, self.verbs, self.kin)

    def families(self, words: Iterable[str]) -> frozenset[str]:
        """Return the families of those words that tell one deed from another."""
        return frozenset(
            self.family(w)
            for w in words
            if w[:1].isalnum() and w not in self.idle and w not in self.light
        )

    def of_talks(self, text: str) -> bool:
        """Tell whether some words speak of talks."""
        return any(self.family(w) in self.talks for w in words(text))

    def attack(self, text: str) -> bool:
        """Tell whether some words speak of the use of force."""
        low = words(text)
        return any(
            tuple(low[k : k + len(phrase)]) == phrase
            for phrase in self.attacks
            for k in range(len(low) - len(phrase) + 1)
        )


def words(text: str) -> list[str]:
    """Return the words and marks of a text in lower case."""
    return tokenize(text).low


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
    """Return what the words of a family have in common.

    Examples
    --------
    >>> stem("denuclearize") == stem("denuclearisation") == "denuclear"
    True
    >>> stem("dismissals") == stem("dismissed"), stem("prisoners") == stem("prison")
    (True, True)
    """
    root = word.lower().strip("#'’").removesuffix("'s")
    for _ in range(2):
        for ending in _ENDINGS:
            if ending == "s" and root.endswith("ss"):
                continue
            if root.endswith(ending) and len(root) - len(ending) >= _MIN_STEM:
                root = root[: -len(ending)]
                break
        else:
            break
    if len(root) > _MIN_STEM and root[-1] == root[-2] and root[-1] in "bdgmnprt":
        root = root[:-1]
    return root


def verb_of_thing(noun: str) -> str | None:
    """Return the verb that a noun in -isation is made of; None for other nouns."""
    found = _DERIVED.match(noun.lower())
    return f"{found[1]}e" if found else None


def english(lexicon: Lexicon) -> English:
    """Return what the word lists know, ready for use."""
    w = lexicon.words
    verbs = _verbs(lexicon)
    kin: dict[str, str] = {}
    for family, others in lexicon.meaning("deed kin").items():
        for other in (family, *others.split(",")):
            kin.setdefault(stem(other.strip()), stem(family))
    small = ("determiners", "pronouns", "prepositions", "conjunctions", "subordinators")
    more = ("auxiliaries", "adverbs", "modals", "days", "months", "time words")
    idle = frozenset(word for heading in (*small, *more) for word in w(heading))
    talks = frozenset(_family(word, verbs, kin) for word in w("deed talks"))
    return English(
        verbs=verbs,
        kin=kin,
        idle=idle | {"'s"},
        light=w("deed light") | w("deed places"),
        light_verbs=w("deed verbs light"),
        places=w("deed places"),
        vague=w("deed vague"),
        answers=w("deed answers"),
        talks=talks,
        helps=w("deed helps"),
        endings=w("deed endings"),
        groups=frozenset(_family(word, verbs, kin) for word in w("group nouns")),
        bringing=w("bringing pressure"),
        pressures=frozenset(_family(word, verbs, kin) for word in w("pressure nouns")),
        going_on=w("deed going on"),
        changes=w("deed changes"),
        modals=frozenset(
            [
                "will",
                "would",
                "shall",
                "should",
                "can",
                "could",
                "may",
                "might",
                "must",
                "'ll",
                "cannot",
            ]
        ),
        be=w("be"),
        adverbs=w("adverbs"),
        determiners=w("determiners"),
        prepositions=w("prepositions"),
        attacks=tuple(tuple(words(phrase)) for phrase in sorted(w("deed attacks"))),
    )


def _family(word: str, verbs: Mapping[str, Form], kin: Mapping[str, str]) -> str:
    """Return the stem of a word's family."""
    known = verbs.get(word.lower())
    root = stem(known.base if known else word)
    return kin.get(root, root)


def _verbs(lexicon: Lexicon) -> dict[str, Form]:
    """Return every form of every verb that some list has; the lists for deeds go first."""
    found: dict[str, Form] = {}
    for heading in ("deed verbs", "stances"):
        for verb, meaning in lexicon.meaning(heading).items():
            first = verb.split()[0]
            irregular = [p.split()[0] for p in meaning.split(";")[1:] if p.strip()]
            forms = inflect(first, irregular)
            for form, written in (
                ("past", forms.past),
                ("past", forms.participle),
                ("s", forms.third),
                ("ing", forms.ing),
                ("base", forms.base),
            ):
                found.setdefault(written, Form(first, form))
    for written, known in lexicon.verbs.items():
        found.setdefault(written, Form(known.lemma, known.form))
    return found
