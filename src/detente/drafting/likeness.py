"""Whether two deeds are one, seen from either end: the same, its opposite, or another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from detente.reading.acts import Act
from detente.reading.lexicon import Lexicon, WordSet

_ENDINGS = (
    "ations", "ation", "itions", "ition", "ments", "ment", "ances", "ance", "ences", "ence",
    "ings", "ing", "ions", "ion", "als", "al", "ates", "ate", "ers", "er", "ed", "es", "s", "e",
)  # fmt: skip
_SHORT = 3
_TELLING = 3


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """Return what a word has in common with its kin: "withdrawal", "withdraws"."""
    low = word.lower()
    for ending in _ENDINGS:
        if low.endswith(ending) and len(low) - len(ending) >= _SHORT:
            low = low.removesuffix(ending)
            if ending in ("er", "ers"):
                return low  # a letter lets nothing
            break
    return low[:-1] if len(low) > _SHORT and low[-1] == low[-2] and low[-1] not in "ls" else low


@dataclass(frozen=True)
class Likeness:
    """Holds deeds against each other.

    Parameters
    ----------
    kin : mapping
        Stem to the stem that stands for it and its kin.
    ends, keeps, renews, begins, light, talks, shut, running : frozenset of str
        Stems of words by what they do; see ``words/deeds.txt``.
    answers, sits, helps, attacks, later, together, after : frozenset of str
        The words themselves.
    degrees : mapping
        Verb to how far it eases a thing.
    """

    kin: Mapping[str, str]
    ends: WordSet
    keeps: WordSet
    renews: WordSet
    begins: WordSet
    light: WordSet
    talks: WordSet
    shut: WordSet
    running: WordSet
    answers: WordSet
    sits: WordSet
    helps: WordSet
    attacks: WordSet
    later: WordSet
    together: WordSet
    after: WordSet
    degrees: Mapping[str, int]

    def root(self, word: str) -> str:
        """Return what stands for a word and its kin."""
        found = stem(word)
        return self.kin.get(found, found)

    def roots(self, words: Iterable[str]) -> set[str]:
        """Return the roots of the words that tell which deed is meant."""
        return {self.root(w) for w in words if stem(w) not in self.light and w.isalnum()}

    def sort(self, act: Act) -> str:
        """Return ``end``, ``keep``, ``renew``, ``light``, or the root of the verb."""
        if stem(act.verb) in self.ends:
            return "end"
        if state := self._state(act):
            return state
        if self.keeping(act):
            return "keep"
        if not act.noun and stem(act.verb) in self.renews:
            return "renew"
        if act.noun or stem(act.verb.split(" ")[0]) in self.light:
            own = self.root(act.verb)
            return own if act.noun and stem(act.verb) not in self.light else "light"
        return self.root(act.verb.split(" ")[0])

    def keeping(self, act: Act) -> bool:
        """Tell whether a deed is to leave a thing as it is."""
        return not act.noun and stem(act.verb) in self.keeps

    def _state(self, act: Act) -> str:
        """Return what it comes to that a thing is kept, held or put in some state; empty for none.

        Who keeps the gates shut has ended something; so has who holds a law in abeyance.
        """
        verb = stem(act.verb.split(" ")[0])
        if act.noun or not (verb in self.keeps or verb == "put"):
            return ""
        state = set(map(stem, act.words - set(act.heads)))
        if state & self.shut:
            return "end"
        return "renew" if self.keeping(act) and state & self.running else ""

    def talk(self, act: Act) -> int:
        """Return 1 for a deed of sitting down to talk, -1 for ending or avoiding it, else 0."""
        if act.noun:
            return int(self.root(act.verb) in self.talks or stem(act.verb) in self.talks)
        if act.verb in self.helps:
            return 0
        sitting = self._sits(act)
        if sitting and act.verb.split(" ")[0] not in self.ends:
            return 1
        if {stem(h) for h in act.heads} & self.talks:
            return -1 if self.sort(act) == "end" else 1
        return 0

    def _sits(self, act: Act) -> bool:
        return any(act.phrase == s or act.phrase.startswith(f"{s} ") for s in self.sits)

    def telling(self, act: Act) -> bool:
        """Tell whether a deed says by itself what is meant, and does not point at other words."""
        if self._sits(act):
            return True  # "will not discuss anything": with whom is said elsewhere
        if act.fault or not any(letter.isalnum() for letter in act.phrase):
            return False
        ends = self.sort(act) == "end" and bool(act.heads)  # "suspend its measures"
        rest = act.words - {act.verb}
        if (act.noun and act.verb in self.answers) or (rest and rest <= self.answers and not ends):
            return False
        if act.verb == "be" and len(act.phrase.split()) < _TELLING:
            return False
        return bool(self.roots(act.words)) or ends or self.sort(act) not in _WEAK

    def attack(self, act: Act) -> bool:
        """Tell whether a deed is the use of force."""
        return act.verb in self.attacks or any(act.phrase.startswith(f"{a} ") for a in self.attacks)

    def alike(self, a: Act, b: Act) -> int:
        """Return 1 where two deeds are one, -1 where one undoes the other, 0 where neither."""
        if a.phrase == b.phrase:
            return 1
        sorts = (self.sort(a), self.sort(b))
        if not self._shared(a, b):
            bare = not self.roots(a.heads) or not self.roots(b.heads)
            return int(bare and sorts[0] == sorts[1] and sorts[0] not in _WEAK)
        kin = self.root(a.verb) == self.root(b.verb)  # to open is to reopen
        if kin or sorts[0] == sorts[1] or (self.degree(a) and self.degree(b)):
            return 1
        if "light" in sorts:
            empty, full = (a, b) if sorts[0] == "light" else (b, a)
            if full.noun or empty.noun or self.root(full.verb.split(" ")[0]) in self._all(empty):
                return 1
            return 0
        begun = {stem(act.verb) for act in (a, b)} & self.begins
        if "end" in sorts and (set(sorts) & {"keep", "renew"} or begun):
            # to lift the embargo on grain undoes no trade in grain: the thing itself has to be one
            return -int(bool(self.roots(a.heads) & self.roots(b.heads)))
        for one, other, sort in ((a, b, sorts[0]), (b, a, sorts[1])):
            if sort == "end" and self.root(other.verb.split(" ")[0]) in self.roots(one.heads):
                return -1
        return 0

    def akin(self, asked: Act, refused: Act) -> bool:
        """Tell whether two deeds act upon one thing, or do alike with different things.

        To refuse to discuss the embargo is to refuse to lift it.
        """
        sort = self.sort(asked)
        if sort == "light":
            return False
        alike = sort == self.sort(refused) and sort not in _WEAK
        return alike or bool(self._shared(asked, refused))

    def touches(self, held: Act, asked: Act) -> bool:
        """Tell whether two deeds are about one thing, or done alike: to free, to hand over."""
        kin = self.root(held.verb) == self.root(asked.verb) and self.sort(held) not in _WEAK
        return kin or self.shares(held, asked)

    def closeness(self, a: Act, b: Act) -> int:
        """Return how much two deeds have in common."""
        return len(self._shared(a, b)) + (a.verb == b.verb)

    def shares(self, a: Act, b: Act) -> bool:
        """Tell whether two deeds are about one thing."""
        return bool(self.roots(a.words) & self.roots(b.words))

    def _shared(self, a: Act, b: Act) -> set[str]:
        """Return what both act on."""
        one, two = self._all(a), self._all(b)
        return (self.roots(a.heads) & two) | (self.roots(b.heads) & one)

    def _all(self, act: Act) -> set[str]:
        sort = self.sort(act)
        return self.roots(act.words) | ({sort} if sort not in _WEAK else set())

    def degree(self, act: Act) -> int:
        """Return how far a deed eases a thing; 0 where it does not tell."""
        return 0 if act.noun else self.degrees.get(act.verb, 0)


_WEAK = ("end", "keep", "renew", "light")


@lru_cache(maxsize=4)
def _of(lists: tuple[tuple[str, WordSet], ...], kin: tuple[tuple[str, str], ...]) -> Likeness:
    named = dict(lists)
    kinship: dict[str, str] = {}
    degrees: dict[str, int] = {}
    for word, meaning in kin:
        if meaning.isdigit():
            degrees[word] = int(meaning)
            continue
        for other in (word, *(m.strip() for m in meaning.split(","))):
            kinship.setdefault(stem(other), stem(word))
    stems = {key: frozenset(map(stem, named[key])) for key in _STEMS}
    plain = {key: named[key] for key in _PLAIN}
    return Likeness(kinship, **stems, **plain, degrees=degrees)


_PLAIN = ("answers", "sits", "helps", "attacks", "later", "together", "after")
_STEMS = ("ends", "keeps", "renews", "begins", "light", "talks", "shut", "running")
_LISTS = (*_STEMS, *_PLAIN)


def likeness(lexicon: Lexicon) -> Likeness:
    """Return what a lexicon knows of deeds."""
    lists = tuple((name, lexicon.words(f"deed {name}")) for name in _LISTS)
    kin = (*lexicon.meaning("deed kin").items(), *lexicon.meaning("deed degrees").items())
    return _of(lists, kin)
