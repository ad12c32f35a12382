"""The lexicon turned into the questions that the rules ask of a word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from detente.reading.lexicon import Lexicon, Verb, WordSet
from detente.reading.sentences import QUOTE, Sentence

LINKS = frozenset(
    [
        "of",
        "for",
        "in",
        "from",
        "at",
        "with",
        "on",
        "to",
        "by",
        "against",
        "between",
        "about",
        "near",
        "under",
    ]
)
"""Prepositions that may stand inside a noun phrase."""

_ADJECTIVE_ENDINGS = (
    "al",
    "ic",
    "an",
    "ive",
    "ous",
    "ing",
    "ed",
    "ary",
    "er",
    "or",
    "ist",
    "ent",
    "ant",
    "ful",
    "less",
    "able",
    "ible",
    "ish",
    "man",
    "men",
    "th",
)


@dataclass(frozen=True)
class Grammar:
    """Word classes as sets, for quick questions."""

    determiners: WordSet
    possessives: WordSet
    pronouns: WordSet
    subject_pronouns: WordSet
    prepositions: WordSet
    conjunctions: WordSet
    subordinators: WordSet
    auxiliaries: WordSet
    modals: WordSet
    be: WordSet
    adverbs: WordSet
    calendar: WordSet
    time: WordSet
    places: WordSet
    hearers: WordSet
    abbreviations: WordSet
    finite: WordSet
    past_forms: WordSet
    titles: WordSet
    holders: WordSet
    groups: WordSet
    documents: WordSet
    speech_nouns: WordSet
    noun_like: WordSet
    ly_words: WordSet
    verbs: Mapping[str, Verb]
    closed: WordSet
    offices: WordSet

    def adverb(self, word: str) -> bool:
        """Tell whether a word is an adverb."""
        return word in self.adverbs or (
            len(word) > 4 and word.endswith("ly") and word not in self.ly_words
        )

    def nominal(self, s: Sentence, i: int) -> bool:
        """Tell whether unit ``i`` can be the head of a noun phrase."""
        word = s.low[i]
        if word in ("%", "percent"):
            return i > 0 and s.low[i - 1][0].isdigit()
        if word == QUOTE or not (word[0].isalnum() or word[0] in "#@$£€"):
            return False
        if s.capital(i) and (word not in self.closed or self._name_like(s, i)):
            return word not in self.calendar
        if word in self.documents:
            return True
        if word in self.closed or word in self.calendar or word in self.finite:
            return False
        verb = self.verbs.get(word)
        if verb is not None and verb.form in ("past", "ing"):
            named = word in self.places and i > 0 and not s.capital(i - 1)
            return named and (s.low[i - 1] in self.determiners or self.nominal(s, i - 1))
        adverbial = not s.capital(i) and word.endswith("ly") and word not in self.ly_words
        return not adverbial and not (len(word) > 4 and word.endswith("ed"))

    def _name_like(self, s: Sentence, i: int) -> bool:
        """Tell whether a word that is an auxiliary elsewhere is a first name: "Will Smith"."""
        named = i + 1 < len(s) and s.capital(i + 1)
        return named and i > 0 and s.low[i] in self.auxiliaries and s.low[i] not in self.be

    def modifier(self, s: Sentence, i: int) -> bool:
        """Tell whether unit ``i`` can stand before the head of a noun phrase."""
        word = s.low[i]
        if word == ".":  # "Mr." Smith, "J." Smith
            return i > 0 and s.end[i - 1] == s.start[i] and self._shortened(s.low[i - 1])
        if word in ("&", "-", "–") and i > 0:
            return word == "&"
        if not self.nominal(s, i):
            verb = self.verbs.get(word)
            adjective = word.endswith("ed") or (verb is not None and verb.form in ("past", "ing"))
            return adjective and i > 0 and s.low[i - 1] in self.determiners
        if i + 1 < len(s) and s.capital(i + 1) and not s.capital(i):
            return (
                word in self.titles
                or word in self.holders
                or word in self.groups
                or (word.endswith(_ADJECTIVE_ENDINGS) or "-" in word or word[0].isdigit())
            )
        return True

    def _shortened(self, word: str) -> bool:
        """Tell whether a full stop after this word belongs to it."""
        return word in self.abbreviations or len(word) == 1

    def finite_verb(self, s: Sentence, i: int) -> bool:
        """Tell whether unit ``i`` looks like a verb with a subject."""
        word = s.low[i]
        if word in self.finite:
            return True
        if s.capital(i) and i > 0:
            return False
        verb = self.verbs.get(word)
        before = s.low[i - 1] if i else ""
        if before in self.determiners or before in self.prepositions:
            return False
        if verb is not None and verb.form in ("past", "s"):
            return True
        return len(word) > 4 and word.endswith("ed")


def grammar(lexicon: Lexicon) -> Grammar:
    """Return the grammar of a lexicon."""
    w = lexicon.words
    closed = (
        w("determiners")
        | w("pronouns")
        | w("prepositions")
        | w("conjunctions")
        | w("subordinators")
        | w("auxiliaries")
        | w("adverbs")
        | w("modals")
    )
    return Grammar(
        determiners=w("determiners"),
        possessives=w("possessives"),
        pronouns=w("pronouns"),
        subject_pronouns=w("subject pronouns"),
        prepositions=w("prepositions"),
        conjunctions=w("conjunctions"),
        subordinators=w("subordinators"),
        auxiliaries=w("auxiliaries"),
        modals=w("modals"),
        be=w("be"),
        adverbs=w("adverbs"),
        calendar=(w("days") | w("months")) - {"may", "march"},
        time=w("time words") | w("days") | w("months"),
        places=w("speech places"),
        hearers=w("hearers"),
        abbreviations=w("abbreviations"),
        finite=w("plain verbs") | w("auxiliaries") | w("past forms"),
        past_forms=w("past forms"),
        titles=w("titles"),
        holders=w("office holders"),
        groups=w("group nouns"),
        documents=w("documents"),
        speech_nouns=w("nouns"),
        noun_like=w("noun like"),
        ly_words=w("ly words"),
        verbs=lexicon.verbs,
        closed=closed,
        offices=w("titles") | w("office holders"),
    )
