"""Word pieces: a text cut as the encoder's vocabulary has it, each piece with its characters.

The cutting is that of uncased BERT (Devlin et al. 2019; Wu et al. 2016): marks stand alone, letters
lose case and accents, and a word is the longest pieces that the vocabulary has, from its beginning.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

UNKNOWN, FIRST, LAST, MASKED = "[UNK]", "[CLS]", "[SEP]", "[MASK]"
_LONGEST = 100
"""Words of more letters are unknown ones."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A word piece: its number in the vocabulary, and its characters in the text, end exclusive."""

    number: int
    start: int
    end: int


def pieces(text: str, vocabulary: Mapping[str, int]) -> list[Piece]:
    """Return a text's word pieces in order.

    Parameters
    ----------
    text : str
        Any text.
    vocabulary : mapping of str to int
        Pieces to their numbers; what goes on within a word begins with ``##``.
    """
    return [piece for word in _words(text) for piece in _cut(word, vocabulary)]


def _words(text: str) -> Iterator[list[tuple[str, int]]]:
    """Yield the words of a text: letters as they are looked up, each with its character."""
    word: list[tuple[str, int]] = []
    for at, char in enumerate(text):
        apart = _is_mark(char) or _is_han(char)
        if (char.isspace() or apart) and word:
            yield word
            word = []
        if apart:
            yield [(char, at)]
        elif not char.isspace() and not unicodedata.category(char).startswith("C"):
            word += [(c, at) for c in _plain(char)]
    if word:
        yield word


def _plain(char: str) -> str:
    """Return a character without case and accents; nothing for an accent that stands alone."""
    apart = unicodedata.normalize("NFD", char.lower())
    return "".join(c for c in apart if unicodedata.category(c) != "Mn")


def _is_mark(char: str) -> bool:
    """Tell whether a character is a mark that stands alone, as ``$``, ``+`` and ``^`` do, too."""
    ascii_mark = char.isascii() and char.isprintable() and not char.isalnum() and char != " "
    return ascii_mark or unicodedata.category(char).startswith("P")


def _is_han(char: str) -> bool:
    """Tell whether a character is a Chinese one, which is a word by itself."""
    return "\u3400" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff" or char >= "\U00020000"


def _cut(word: list[tuple[str, int]], vocabulary: Mapping[str, int]) -> Iterator[Piece]:
    """Yield the pieces of a word; one unknown piece where the vocabulary cannot make it."""
    found: list[Piece] = []
    start, letters = 0, "".join(letter for letter, _ in word)
    while start < len(letters) <= _LONGEST:
        prefix = "##" if start else ""
        tries = range(len(letters), start, -1)
        end = next((e for e in tries if prefix + letters[start:e] in vocabulary), 0)
        if not end:
            break
        number = vocabulary[prefix + letters[start:end]]
        found.append(Piece(number, word[start][1], word[end - 1][1] + 1))
        start = end
    if start < len(letters):
        found = [Piece(vocabulary[UNKNOWN], word[0][1], word[-1][1] + 1)]
    yield from found
