"""The word lists of the realizer, read once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib import resources
from types import MappingProxyType

from detente.english.inflect import Forms, inflect

BE = Forms("be", "is", "was", "been", "being")
HAVE = Forms("have", "has", "had", "had", "having")
PREFIXES = ("re-", "re", "un", "de-", "de", "dis", "over", "out", "co-", "pre-", "under", "mis")
"""Beginnings that make a verb of another verb."""

MADE = ("ise", "ize", "ify")
"""Endings of words that can only be verbs."""


def _headings(file: str) -> Iterator[tuple[str, str]]:
    """Yield (heading, line) of a list."""
    heading = ""
    text = resources.files("detente.english.words").joinpath(file).read_text("utf-8")
    for line in text.splitlines():
        bare = line.split("#", 1)[0].strip()
        if bare.startswith("["):
            heading = bare.strip("[]")
        elif bare:
            yield heading, bare


@lru_cache(maxsize=1)
def verbs() -> Mapping[str, Forms]:
    """Return every verb of the list: base form to all its forms."""
    found: dict[str, Forms] = {}
    for heading, line in _headings("verbs.txt"):
        if heading == "irregular":
            base, _, irregular = (part.strip() for part in line.partition("="))
            found[base] = inflect(base, irregular.split())
        for base in line.split() if heading != "irregular" else ():
            twice = base + base[-1]
            irregular_forms = (twice + "ed", twice + "ed", twice + "ing")
            found.setdefault(base, inflect(base, irregular_forms if heading == "doubling" else ()))
    return MappingProxyType({**found, "be": BE, "have": HAVE})


@lru_cache(maxsize=1)
def _small() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for heading, line in _headings("small.txt"):
        found.setdefault(heading, set()).update(line.split())
    return MappingProxyType({heading: frozenset(words) for heading, words in found.items()})


def small(heading: str) -> frozenset[str]:
    """Return the words under a heading of ``small.txt``."""
    return _small()[heading]


@lru_cache(maxsize=1)
def _written() -> Mapping[str, tuple[str, str]]:
    """Return written form to (base form, ``s`` or ``ing``)."""
    found: dict[str, tuple[str, str]] = {}
    for base, forms in verbs().items():
        found.setdefault(forms.third, (base, "s"))
        found.setdefault(forms.ing, (base, "ing"))
    return MappingProxyType(found)


def verb(word: str) -> Forms | None:
    """Return the forms of a verb by its base form; None where the word is no verb we know."""
    known = verbs().get(word)
    if known is not None:
        return known
    for prefix in PREFIXES:
        inner = verbs().get(word.removeprefix(prefix)) if word.startswith(prefix) else None
        if inner is not None:
            forms = (inner.base, inner.third, inner.past, inner.participle, inner.ing)
            return Forms(*(prefix + form for form in forms))
    if word.endswith(MADE) and len(word) > 5:
        return inflect(word)
    return None


def verb_of(word: str) -> tuple[Forms, str] | None:
    """Return the verb of which a word is the base, ``s`` or ``ing`` form, and which of them."""
    known = verb(word)
    if known is not None:
        return known, "base"
    base, form = _written().get(word, ("", ""))
    return (verbs()[base], form) if base else None
