"""Which English words there are and what they are forms of, as far as the parser's model knows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from detente.reading.pinned import NotInstalledError, model_folder

_PARTS = ("noun", "verb", "adj", "adv")
_NUMBERS = frozenset(
    ["one", "two", "three", "four", "five", "six", "eight", "nine", "ten", "eleven", "twelve"]
)


@dataclass(frozen=True)
class _Tables:
    """The model's tables of base forms, for each part of speech."""

    bases: Mapping[str, frozenset[str]]
    irregular: Mapping[str, Mapping[str, list[str]]]
    endings: Mapping[str, list[list[str]]]


@lru_cache(maxsize=1)
def _met() -> frozenset[str]:
    """Return the words that the model met; none where it is not installed."""
    try:
        file = model_folder() / "vocab" / "strings.json"
        return frozenset(json.loads(file.read_text("utf-8")))
    except NotInstalledError:
        return frozenset()


@lru_cache(maxsize=1)
def _tables() -> _Tables:
    """Return the model's tables; empty ones where it is not installed."""
    try:
        folder = model_folder()
    except NotInstalledError:
        return _Tables({}, {}, {})
    from spacy.lookups import Lookups

    found = Lookups().from_disk(folder / "lemmatizer" / "lookups")
    index = found.get_table("lemma_index")
    irregular = found.get_table("lemma_exc")
    endings = found.get_table("lemma_rules")
    return _Tables(
        {part: frozenset(index[part]) for part in _PARTS if part in index},
        {part: irregular.get(part, {}) for part in _PARTS},
        {part: endings.get(part, []) for part in _PARTS},
    )


def is_word(word: str) -> bool:
    """Tell whether a word, in lower case, is one; True for all where no model is installed."""
    known = _met()
    return word in known if known else True


def is_common(word: str) -> bool:
    """Tell whether a word, in lower case, is in a dictionary: no name, as far as is known."""
    return is_small(word) or not _tables().bases or bool(_forms(word))


def may_be_name(word: str) -> bool:
    """Tell whether a word, in lower case, may be a name: no small word, and not a verb alone."""
    return not is_small(word) and {part for part, _ in _forms(word)} != {"verb"}


def is_small(word: str) -> bool:
    """Tell whether a word, in lower case, carries grammar rather than sense."""
    from detente.reading.language import small_words

    return word in small_words("en") or not word.replace("'", "").replace("’", "").isalpha()


def base_forms(word: str) -> frozenset[str]:
    """Return what a word, in lower case, may be a form of; nothing for small words."""
    if word.isdigit() or word in _NUMBERS:
        return frozenset((word,))
    if len(word) < 3 or is_small(word):
        return frozenset()
    found = frozenset(base for part, base in _forms(word) if part != "adv")
    return found or frozenset((word,))


@lru_cache(maxsize=50_000)
def _forms(word: str) -> frozenset[tuple[str, str]]:
    """Return what a word may be a form of: part of speech and base form."""
    tables = _tables()
    found: set[tuple[str, str]] = set()
    for part, bases in tables.bases.items():
        if word in tables.irregular[part]:
            found |= {(part, base) for base in tables.irregular[part][word]}
            continue
        cut = {
            word[: len(word) - len(old)] + new
            for old, new in tables.endings[part]
            if word.endswith(old)
        }
        found |= {(part, base) for base in cut | {word} if base in bases}
    return frozenset(found)
