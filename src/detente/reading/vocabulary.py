"""Which English words there are, as far as the parser's model knows."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING

from detente.reading.pinned import NotInstalledError, model_folder

if TYPE_CHECKING:
    from spacy.lookups import Lookups


@lru_cache(maxsize=1)
def _met() -> frozenset[str]:
    """Return the words that the model met; none where it is not installed."""
    try:
        file = model_folder() / "vocab" / "strings.json"
        return frozenset(json.loads(file.read_text("utf-8")))
    except NotInstalledError:
        return frozenset()


def is_word(word: str) -> bool:
    """Tell whether a word, in lower case, is one; True for all where no model is installed."""
    known = _met()
    return word in known if known else True


@lru_cache(maxsize=1)
def _lookups() -> Lookups | None:
    """Return the model's tables of base forms; None where it is not installed."""
    try:
        folder = model_folder()
    except NotInstalledError:
        return None
    from spacy.lookups import Lookups

    return Lookups().from_disk(folder / "lemmatizer" / "lookups")


@lru_cache(maxsize=4096)
def is_common(word: str) -> bool:
    """Tell whether a word, in lower case, is in a dictionary: no name, as far as is known."""
    return _is_small(word) or bool(_parts_of_speech(word))


@lru_cache(maxsize=4096)
def may_be_name(word: str) -> bool:
    """Tell whether a word, in lower case, may be a name: no small word, and not a verb alone."""
    return not _is_small(word) and _parts_of_speech(word) != {"verb"}


def _is_small(word: str) -> bool:
    from spacy.lang.en.stop_words import STOP_WORDS

    return word in STOP_WORDS or not word.replace("'", "").replace("’", "").isalpha()


def _parts_of_speech(word: str) -> set[str]:
    """Return what a word can be by the model's tables: noun, verb, adj, adv; none for no word."""
    tables = _lookups()
    if tables is None:
        return {"noun"}
    index, irregular = tables.get_table("lemma_index"), tables.get_table("lemma_exc")
    rules = tables.get_table("lemma_rules")
    found = set()
    for part in ("noun", "verb", "adj", "adv"):
        if part not in index:
            continue
        forms = {word} | {
            word[: len(word) - len(old)] + new
            for old, new in rules.get(part, ())
            if word.endswith(old)
        }
        if not forms.isdisjoint(index[part]) or (part in irregular and word in irregular[part]):
            found.add(part)
    return found
