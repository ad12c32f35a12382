"""How our own English is used: which words stand beside which, and what small change would help.

Counted are good sentences alone: the prose of the documentation, reports that the tagger learnt
from, and the pages of dossiers. A sentence is suspect where one small change, such
as another form, another preposition, a word more, less or elsewhere, makes it much more like them.
Nothing is known here of what dossiers say or of how they are made.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import islice, pairwise
from pathlib import Path
from typing import TypeAlias

from detente.english.lists import small, verb_of, verbs

Words: TypeAlias = list[str]

ROOT = Path(__file__).parents[2]
WORD = re.compile(r"\{\}|[A-Za-z]+(?:’[a-z]+)?|\d+(?:[.,]\d+)*(?:st|nd|rd|th)?|[^\s\w]")
OPENS = tuple('“”"(:.?!‘')
"""Marks after which a word may have its capital for what it begins."""

START, END, NAME, OWNER, NUMBER, ORDINAL = "<s>", "</s>", "NAME", "NAME’s", "1", "1st"
OWN_CLASS = 400
"""So many of the commonest words are each a class of its own."""

PAGE = 3
"""A sentence of a page counts so many times: it is nearer to what is read than the rest."""

TOTAL = 1e6
"""Words in all, near enough for one that was never seen."""


def words(sentence: str) -> Words:
    """The words and marks of a sentence."""
    return WORD.findall(sentence.replace("'", "’"))


# --- what was read ----------------------------------------------------------------------------


@cache
def prose() -> tuple[str, ...]:
    """The sentences of our documentation, and those of every third of the learnt sets."""
    found: list[str] = []
    for file in (*ROOT.glob("docs/**/*.md"), *ROOT.glob("*.md")):
        text = re.sub(r"```.*?```|^[|#].*?$", "", file.read_text("utf-8"), flags=re.S | re.M)
        text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text)
        found += _sentences(re.sub(r"[*_]", "", re.sub(r"`[^`]*`", "{}", text)))
    for file in sorted(ROOT.glob("benchmarks/learnt/*.txt"))[::3]:
        lines = (x for x in file.read_text("utf-8").splitlines() if x[:1] not in "#=@")
        found += _sentences(re.sub(r"\{[^}]*\}", "", "\n\n".join(lines)))
    return tuple(found)


def _sentences(text: str) -> Iterator[str]:
    for piece in re.split(r"\n\s*\n|\n- ", text):
        if "----" not in piece and ">>>" not in piece:
            for one in re.split(r"(?<=[.!?])\s+(?=[A-Z“])", " ".join(piece.split())):
                if len(one.split()) > 3:
                    yield one


# --- classes of words -------------------------------------------------------------------------


@cache
def _written() -> dict[str, tuple[tuple[str, ...], frozenset[str]]]:
    """Every form of every verb: the forms beside it, and which of the five it can be."""
    found: dict[str, tuple[tuple[str, ...], frozenset[str]]] = {}
    for forms in verbs().values():
        all_five = (forms.base, forms.third, forms.past, forms.participle, forms.ing)
        for which, form in zip("bspng", all_five, strict=True):
            beside, could = found.get(form, ((), frozenset()))
            found[form] = (tuple(dict.fromkeys((*beside, *all_five))), could | {which})
    return found


def _forms(word: str) -> tuple[str, ...]:
    """The other forms of what can be a verb."""
    known = _written().get(word)
    if known is None:
        verb = verb_of(word)
        known = ((verb[0].base, verb[0].third, verb[0].past, verb[0].ing), ()) if verb else ((), ())
    return tuple(form for form in known[0] if form != word)


@cache
def kind(word: str) -> str:
    """What a word can be by its form: a verb's forms, many, an owner, or how."""
    known = _written().get(word)
    if known is not None:
        return "verb " + "".join(sorted(known[1]))
    if not word[0].isalpha():
        return word
    verb = verb_of(word)
    if verb is not None:
        return {"base": "verb b", "s": "verb s", "ing": "verb g"}[verb[1]]
    ends = {
        "ly": "how",
        "ed": "verb np",
        "ing": "verb g",
        "’s": "owner",
        "ss": "thing",
        "s": "many",
    }
    return next((told for end, told in ends.items() if word.endswith(end)), "thing")


# --- counts -----------------------------------------------------------------------------------


class Usage:
    """What stands beside what in good sentences.

    Words and classes of words are counted one, two and three in a row; what was never seen is
    reckoned by Witten and Bell's rule: the more different words follow another, the likelier a new
    one.
    """

    def __init__(self, sentences: Iterable[str]) -> None:
        taken = [words(one) for one in sentences]
        self.small: Counter[tuple[str, ...]] = Counter()
        self.capital: Counter[tuple[str, ...]] = Counter()
        self._cases(taken, 1)
        runs = [self.normal(one) for one in taken]
        common = Counter(word for run in runs for word in run).most_common(OWN_CLASS)
        self.classes = {word: word for word, _ in common}
        self.classes |= {mark: mark for mark in (START, END, NAME, OWNER, NUMBER, ORDINAL)}
        self.seen: Counter[tuple[str, ...]] = Counter()
        self.after: Counter[tuple[str, ...]] = Counter()
        self.in_class: Counter[str] = Counter()
        self.led: Counter[str] = Counter()
        self.bare: Counter[str] = Counter()
        self._count(runs, 1)

    def add(self, sentences: Iterable[str], times: int = PAGE) -> None:
        """Count sentences of pages, too, or take them out again (``times`` below 0)."""
        taken = [words(one) for one in sentences]
        self._cases(taken, times)
        self._count([self.normal(one) for one in taken], times)

    def _cases(self, taken: Iterable[Words], times: int) -> None:
        for one in taken:
            for before, word in zip(one, islice(one, 1, None), strict=False):
                if before not in OPENS:
                    counts = self.capital if word[0].isupper() else self.small
                    counts[(word.lower(),)] += times
                    counts[before.lower(), word.lower()] += times

    def normal(self, taken: Words) -> Words:
        """The words with their small letters; names, figures and ordinals as one each."""
        found: Words = []
        for i, word in enumerate(taken):
            low = (word.lower(),)
            starts = i == 0 or taken[i - 1] in OPENS
            if word == "1":
                found.append("one")
            elif word[0].isdigit():
                found.append(ORDINAL if word[-1].isalpha() else NUMBER)
            elif not word[0].isupper() or (starts and self.capital[low] <= self.small[low]):
                found.append(word.lower())
            else:
                if found and found[-1] == NAME:
                    found.pop()
                found.append(OWNER if "’" in word else NAME)
        return found

    def of(self, word: str) -> str:
        """The class of a word."""
        told = self.classes.get(word)
        if told is None:
            told = self.classes[word] = kind(word)
        return told

    def _count(self, runs: Iterable[Words], times: int) -> None:
        runs = list(runs)
        for run in runs:
            for word, led in heads(run):
                (self.led if led else self.bare)[word] += times
        stream = [word for run in runs for word in (START, START, *run, END)]
        for row, own in ((stream, True), ([f"[{self.of(word)}]" for word in stream], False)):
            for size in (1, 2, 3):
                for group, n in Counter(zip(*(row[k:] for k in range(size)), strict=False)).items():
                    had = self.seen[group]
                    self.seen[group] = now = had + n * times
                    new = bool(now) - bool(had)
                    if new and size > 1:
                        self.after[group[:-1]] += new
                    elif new and own:
                        self.in_class[self.of(group[0])] += new

    def chance(self, own: Words | None = None) -> Callable[[str, str, str], float]:
        """The log of the chance of a word after two others; ``own``: a sentence left out once."""
        less: Counter[tuple[str, ...]] = Counter()
        if own is not None:
            row = [START, START, *own, END]
            for one in (row, [f"[{self.of(word)}]" for word in row]):
                for size in (1, 2, 3):
                    less.update(zip(*(one[k:] for k in range(size)), strict=False))

        def count(group: tuple[str, ...]) -> int:
            return self.seen.get(group, 0) - PAGE * less.get(group, 0)

        def mixed(group: tuple[str, ...], behind: float) -> float:
            total, new = count(group[:-1]), self.after.get(group[:-1], 0)
            return (count(group) + new * behind) / (total + new) if total > 0 else behind

        @cache
        def found(x: str, y: str, z: str) -> float:
            cx, cy, cz = (f"[{self.of(word)}]" for word in (x, y, z))
            in_class = count((cz,))
            behind = mixed((cx, cy, cz), mixed((cy, cz), (in_class + 0.5) / TOTAL))
            alone = (count((z,)) + 0.1) / (in_class + 0.1 * self.in_class[self.of(z)] + 1)
            return math.log(max(mixed((x, y, z), mixed((y, z), behind * alone)), 1e-30))

        return found


# --- articles and capitals --------------------------------------------------------------------

LEADS = frozenset(
    "the a an its their his her our your my this that these those each every one another "
    f"some what which either neither {NUMBER} {ORDINAL} {OWNER} ’ two three four five".split()
)
"""What a thing is led by."""


@cache
def _closes(word: str) -> bool:
    """Whether a phrase about a thing has ended before a word."""
    joins = ("and", "or", "but", "if", "than", "that", "which", "who", "because", "while", "so")
    finite = (
        "is",
        "are",
        "was",
        "were",
        "has",
        "have",
        "had",
        "does",
        "do",
        "will",
        "would",
        "can",
    )
    others = ("not", "only", "no", "any", END)
    small_words = (*joins, *finite, *small("prepositions"), *small("pronouns"), *others)
    return not word[0].isalpha() or word in small_words


def heads(run: Words) -> Iterator[tuple[str, bool]]:
    """The words that may end a phrase about a thing, and whether a word leads the phrase."""
    row = [START, *run, END]
    for i in range(1, len(row) - 1):
        word = row[i]
        if not word.isalpha() or kind(word) != "thing" or _closes(word) or word in (*LEADS, NAME):
            continue
        if not (_closes(row[i + 1]) or row[i + 1] in LEADS or kind(row[i + 1]) == "verb s"):
            continue
        k = i - 1
        while k and not _closes(row[k]) and row[k] not in LEADS and i - k < 4:
            k -= 1
        led = row[k] in LEADS or row[k] in (NAME, "’")
        if row[k] not in ("no", "any"):
            yield word, led
            if i - k > 1 and kind(row[i - 1]) == "thing":
                yield f"{row[i - 1]} {word}", led


def bare_things(usage: Usage, sentence: str, own: bool = False) -> Iterator[str]:
    """One thing that nothing leads, where elsewhere nearly always something does."""
    for word, led in heads(usage.normal(words(sentence))):
        alone = usage.bare[word] - PAGE * own
        if not led and usage.led[word] > max(40, 25 * alone):
            yield f"nothing leads: {word!r}"


def cases(usage: Usage, sentence: str, own: bool = False) -> Iterator[str]:
    """A capital, or none, where the same word has it otherwise elsewhere."""
    taken = [word.removesuffix("’s") for word in words(sentence)]
    for before, word in pairwise(taken):
        here, there = usage.small, usage.capital
        if word[0].isupper():
            here, there = there, here
            if before in OPENS or (len(word) > 1 and word.isupper()):
                continue
        if not word.isalpha():
            continue
        alone, both = (word.lower(),), (before.lower(), word.lower())
        ever = there[alone] >= max(3 * PAGE, 50 * (here[alone] - PAGE * own))
        here_too = there[both] >= max(10 * PAGE, 10 * (here[both] - PAGE * own))
        if ever or (here_too and there[alone] > here[alone]):
            yield f"capital or none: {word!r}"


HELPERS = ("is", "are", "was", "were", "be", "been", "has", "have", "had")


def unhelped(usage: Usage, sentence: str) -> Iterator[str]:
    """A bare verb after "be" or "have" that stands there nowhere else: "are assume"."""
    row = [*usage.normal(words(sentence)), END]
    for before, word, after in zip(row, row[1:], row[2:], strict=False):
        bare = before in HELPERS and kind(word) == "verb b" and _closes(after)
        if bare and all(usage.seen.get((one, word), 0) <= PAGE for one in HELPERS):
            yield f"a bare verb: {before} {word}"


# --- small changes ----------------------------------------------------------------------------

PREPOSITIONS = (
    "of", "in", "on", "at", "by", "for", "from", "with", "about", "into", "to", "than", "as",
)  # fmt: skip
PUT_IN = (
    "the", "a", "an", "of", "to", "in", "on", "by", "with", "for", "than", "is", "are", "has",
    "have", "will", "does", "and", "that", "from",
)  # fmt: skip
LEFT_OUT = (
    *PREPOSITIONS, "the", "a", "an", "and", "that", "it", "its", "their", "they",
)  # fmt: skip
INSTEAD = (
    "its it", "they them their", "whose whom who", "then than", "off of", "too to", "there their",
    "loose lose", "it’s its", "who’s whose", "is are be", "was were", "has have", "do does",
    "a an the",
)  # fmt: skip
"""Words that are taken for each other."""

ENOUGH = {
    "form": 14.5, "one or many": 20.0, "number": 13.0, "small word": 9.0, "preposition": 13.5,
    "more": 14.6, "less": 15.0, "order": 12.2,
}  # fmt: skip
"""How much likelier a change has to make a sentence (natural log), by what is changed."""


@cache
def instead_of(word: str) -> tuple[tuple[str, str], ...]:
    """What may have been meant by a word, each with what is changed."""
    others = {other for row in INSTEAD if word in row.split() for other in row.split()}
    others |= set(PREPOSITIONS) if word in PREPOSITIONS else set()
    found = dict.fromkeys(sorted(others), "small word")
    found |= {other: "number" for other in others if _agreeing(word, other)}
    found |= {other: "preposition" for other in others if other in PREPOSITIONS}
    forms = [f for f in _forms(word) if kind(word) != "verb g"]
    found = {**dict.fromkeys(forms, "form"), **found}
    if word.isalpha() and len(word) > 2 and word not in small("prepositions"):
        found[_one(word) if word.endswith("s") else _many(word)] = "one or many"
    return tuple((other, told) for other, told in found.items() if other != word)


def _many(one: str) -> str:
    return f"{one[:-1]}ies" if one[-1] == "y" and one[-2] not in "aeiou" else f"{one}s"


def _one(many: str) -> str:
    return f"{many[:-3]}y" if many.endswith("ies") else many.removesuffix("s")


def changes(row: Sequence[str]) -> Iterator[tuple[str, int, int, Words]]:
    """Every small change of a sentence: what it is, from where to where, and the words instead."""
    for i in range(2, len(row) - 1):
        word, before = row[i], row[i - 1]
        for other, told in instead_of(word):
            far = (before == "and" or "of" in row[i - 3 : i - 1]) and _agreeing(word, other)
            if not far and (kind(other) != "verb g" or before in PREPOSITIONS):
                yield told, i, i + 1, [other]
        yield from (("more", i, i, [other]) for other in PUT_IN)
        if word in LEFT_OUT:
            yield "less", i, i + 1, []
        if i + 2 < len(row) and row[i + 1] != word:
            yield "order", i, i + 2, [row[i + 1], word]


def _agreeing(word: str, other: str) -> bool:
    """Whether two forms of a verb differ in number: what tells may stand too far away."""
    return word in ("is", "are", "be", "has", "have", "do", "does") or other in (
        word + "s",
        word[:-1],
    )


def suspects(
    usage: Usage, sentence: str, own: bool = False
) -> Iterator[tuple[float, str, str, str]]:
    """Changes that make a sentence likelier: by how much, what is changed, from what, to what.

    ``own``: the sentence stands in a page that was counted.
    """
    run = usage.normal(words(sentence))
    row = [START, START, *run, END]
    chance = usage.chance(run if own else None)

    def told(line: Sequence[str], first: int, last: int) -> float:
        places = range(max(2, first), min(len(line), last + 2))
        return sum(chance(line[k - 2], line[k - 1], line[k]) for k in places)

    for what, i, j, new in changes(row):
        line = [*row[:i], *new, *row[j:]]
        gain = told(line, i, i + len(new)) - told(row, i, j)
        if gain > 0:
            yield gain, what, " ".join(row[i - 2 : j + 2]), " ".join(line[i - 2 : i + len(new) + 2])


def slips(usage: Usage, sentence: str, own: bool = False) -> Iterator[str]:
    """What is unlike our English in one sentence."""
    yield from bare_things(usage, sentence, own)
    yield from cases(usage, sentence, own)
    yield from unhelped(usage, sentence)
    found = [s for s in suspects(usage, sentence, own) if s[0] > ENOUGH[s[1]]]
    if found:
        gain, what, before, after = max(found)
        yield f"{what}, {gain:.0f}: {before!r} for {after!r}"
