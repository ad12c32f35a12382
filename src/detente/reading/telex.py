"""Text in capitals alone, as telex machines and some officials write it, in ordinary writing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from detente.reading import pinned
from detente.reading.lexicon import load
from detente.reading.traced import Edit
from detente.reading.vocabulary import is_common, may_be_name

_LINE = re.compile(r"[^\n]+")
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*(?:\.[^\W\d_](?=\.))*")
_SENTENCE_END = re.compile(r"[.!?]['”\"’)]* +[\"“(]?$|\A[\"“(]?$|[“\"]$")
_CAPITALS = 0.9
"""The share of capitals among a text's letters from which it is all capitals."""
_FEWEST = 24
_SHORT = 60
"""A single line with fewer letters among ordinary lines is a headline, and stays."""
_SHORT_NAMES = {
    name.lower(): name for name in ("UK", "UN", "EU", "NATO", "USA", "UAE", "DPRK", "US")
}
_NUMERALS = frozenset(["II", "III", "IV", "VI", "VII", "VIII", "IX", "XI", "XII", "XIII", "XIV"])


def sentence_case(text: str) -> Iterator[Edit]:
    """Yield the edits that write lines of capitals as sentences: names keep a capital letter."""
    whole = _is_capitals(text, _FEWEST)
    for line in _LINE.finditer(text):
        if whole or (_is_capitals(line[0], _SHORT) and line[0].rstrip("\"”’' )")[-1:] in ".!?"):
            yield from _line(line.start(), line[0])


def _is_capitals(text: str, fewest: int) -> bool:
    """Tell whether a text is written in capitals."""
    if sum(map(str.islower, text)) > (1 - _CAPITALS) * len(text):  # nearly every text
        return False
    letters = [c for c in text if c.isalpha() and c.lower() != c.upper()]
    return len(letters) >= fewest and sum(map(str.isupper, letters)) >= _CAPITALS * len(letters)


def _line(start: int, line: str) -> Iterator[Edit]:
    """Yield the edits of one line."""
    places, tagged = _places(line), _tagged(line)
    for word in _WORD.finditer(line):
        first = _SENTENCE_END.search(line[max(0, word.start() - 6) : word.start()])
        name = bool(first) or word.start() in tagged
        plain = places.get(word.start()) or _cased(word[0], name)
        yield Edit(start + word.start(), start + word.end(), plain)


def _cased(word: str, name: bool) -> str:
    """Return a word as it is written in a sentence; ``name`` where it looks like one there."""
    low = word.lower()
    if "." in word or word in _NUMERALS:
        return word
    if low in _SHORT_NAMES and not (name and low == "us"):
        return low if low == "us" else _SHORT_NAMES[low]
    if name or low == "i" or low in load().words("days") or low in load().words("months"):
        return low if low in ("may", "march") and not name else _titled(word)
    return low if is_common(low) else _titled(word)


def _tagged(line: str) -> frozenset[int]:
    """Return where the parser's tagger sees names in a line; what only a verb can be is none."""
    try:
        model = pinned.load()
    except pinned.NotInstalledError:
        return frozenset()
    with model.select_pipes(enable=["tok2vec", "tagger", "attribute_ruler"]):
        doc = model(line)
    names = [token.pos_ == "PROPN" and may_be_name(token.text.lower()) for token in doc]
    return frozenset(
        token.idx
        for k, token in enumerate(doc)
        if names[k] and (any(names[max(0, k - 1) : k]) or any(names[k + 1 : k + 2]))
    )


def _titled(word: str) -> str:
    """Return a name with its capitals: Jean, O'Neill, but the minister's."""
    parts = re.split(r"([’'])", word)
    head = parts[0].capitalize()
    rest = "".join(parts[1:])
    return head + (rest.lower() if len(rest) <= 3 else rest[0] + rest[1:].capitalize())


def _places(line: str) -> dict[int, str]:
    """Return the words of countries, peoples and capitals in a line, by where they begin."""
    found: dict[int, str] = {}
    for match in _WORD.finditer(line):
        if match.start() in found:
            continue
        for name in _by_first_word().get(match[0].lower().removesuffix("'s"), ()):
            end = match.start() + len(name)
            if line[match.start() : end].lower() == name.lower() and not line[end:][:1].isalpha():
                for part in _WORD.finditer(line, match.start(), end):
                    at = part.start() - match.start()
                    found[part.start()] = name[at : at + len(part[0])]
                break
    whole = {m.start(): m[0] for m in _WORD.finditer(line)}
    return {at: name + whole[at][len(name) :].lower() for at, name in found.items()}


@lru_cache(maxsize=1)
def _by_first_word() -> dict[str, list[str]]:
    """Return all names of countries and of what goes by their names, longest first."""
    found: dict[str, list[str]] = {}
    for name, others in load().meaning("countries").items():
        for one in [name, *(part.strip() for part in others.split(","))]:
            if one:
                found.setdefault(one.split()[0].lower(), []).append(one)
    return {first: sorted(names, key=lambda n: -len(n)) for first, names in found.items()}
