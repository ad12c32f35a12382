"""Sentences of a paragraph, each a row of units: words, marks and whole quotations.

A quotation counts as one unit, so that nothing inside it is taken for the sentence around it,
and full stops inside it end nothing. Sentences longer than a stated number of units are cut:
that keeps every later step linear in the text, whatever the text is.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from detente.reading.lexicon import Lexicon, WordSet
from detente.reading.paragraphs import Span
from detente.reading.quotes import Quote
from detente.reading.tokens import Tokens

MAX_UNITS = 250
"""A sentence with more units is cut here, in units."""

QUOTE = "«quote»"
"""Stands for a whole quotation among the words of a sentence."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence.

    Parameters
    ----------
    text : str
        The whole text.
    low : list of str
        Per unit: the word in lower case, the mark, or :data:`QUOTE`.
    start, end : list of int
        Per unit: its characters, end exclusive.
    quote : dict of int to Quote
        Unit to the quotation it stands for.
    """

    text: str
    low: list[str]
    start: list[int]
    end: list[int]
    quote: dict[int, Quote]

    def __len__(self) -> int:
        return len(self.low)

    def capital(self, i: int) -> bool:
        """Tell whether unit ``i`` is a word with a capital letter."""
        return self.text[self.start[i]].isupper() and i not in self.quote

    def span(self, i: int, j: int) -> Span:
        """Return the characters of units ``i`` to ``j``, ``j`` exclusive, at least one unit."""
        return Span(self.start[i], self.end[j - 1])


def sentences(
    tokens: Tokens, paragraph: Span, marks: Sequence[Quote], lexicon: Lexicon
) -> list[Sentence]:
    """Return the sentences of a paragraph in order."""
    short = lexicon.words("abbreviations")
    whole = _units(tokens, paragraph, marks)
    found = []
    begin = 0
    for at in _breaks(whole, short):
        found.append(_part(whole, begin, at))
        begin = at
    if begin < len(whole):
        found.append(_part(whole, begin, len(whole)))
    return found


def _units(tokens: Tokens, paragraph: Span, marks: Sequence[Quote]) -> Sentence:
    """Return the paragraph as one row of units."""
    low: list[str] = []
    start: list[int] = []
    end: list[int] = []
    quote: dict[int, Quote] = {}
    at = bisect_left(tokens.start, paragraph.start)
    stop = bisect_left(tokens.start, paragraph.end)
    for mark in marks:
        upto = bisect_left(tokens.start, mark.start)
        low += tokens.low[at:upto]
        start += tokens.start[at:upto]
        end += tokens.end[at:upto]
        if _before_title(low) and is_title(tokens.text, mark):
            at = bisect_left(tokens.start, mark.inner.start)  # its words are a name
            upto = bisect_left(tokens.start, mark.inner.end)
            low += tokens.low[at:upto]
            start += tokens.start[at:upto]
            end += tokens.end[at:upto]
            at = bisect_right(tokens.end, mark.end)
            continue
        quote[len(low)] = mark
        low.append(QUOTE)
        start.append(mark.start)
        end.append(mark.end)
        at = bisect_right(tokens.end, mark.end)
    low += tokens.low[at:stop]
    start += tokens.start[at:stop]
    end += tokens.end[at:stop]
    return Sentence(tokens.text, low, start, end, quote)


_WORKS = frozenset(
    [
        "film",
        "movie",
        "show",
        "book",
        "series",
        "program",
        "programme",
        "memoir",
        "novel",
        "song",
        "album",
        "play",
        "documentary",
        "magazine",
        "podcast",
        "blog",
        "essay",
        "poem",
    ]
)
_BEFORE_TITLES = _WORKS | {"'s", "'", "on", "of", "in", "the"}


def _before_title(low: Sequence[str]) -> bool:
    """Tell whether the words so far may be followed by a title: "his book", "the memoir, "."""
    if not low:
        return False
    return low[-1] in _BEFORE_TITLES or (low[-1] == "," and len(low) > 1 and low[-2] in _WORKS)


_TITLE_WORDS = 6


def is_title(text: str, mark: Quote) -> bool:
    """Tell whether a quotation is the name of a book or a programme: longer words have capitals."""
    words = text[mark.inner.start : mark.inner.end].split()
    longer = [word for word in words if len(word) > 3]
    named = bool(longer) and all(word[0].isupper() for word in longer)
    return named and len(words) <= _TITLE_WORDS and words[0][0].isupper()


def _part(whole: Sentence, i: int, j: int) -> Sentence:
    """Return units ``i`` to ``j`` as a sentence of their own."""
    if i == 0 and j == len(whole):
        return whole
    quote = {at - i: whole.quote[at] for at in range(i, j) if at in whole.quote}
    return Sentence(whole.text, whole.low[i:j], whole.start[i:j], whole.end[i:j], quote)


def _breaks(whole: Sentence, short: WordSet) -> Iterator[int]:
    """Yield the units at which a new sentence begins."""
    begin = 0
    for i in range(len(whole) - 1):
        if _ends_here(whole, i, short):
            after = i + 1
            while after < len(whole) - 1 and whole.low[after] in (")", "]", "’", "'", "”"):
                after += 1
            begin = after
            yield after
        elif i + 1 - begin >= MAX_UNITS:
            begin = i + 1
            yield begin


def _ends_here(whole: Sentence, i: int, short: WordSet) -> bool:
    """Tell whether a sentence ends with unit ``i``."""
    low = whole.low[i]
    if low.isalpha():
        return False
    if low == QUOTE:
        return _quote_ends(whole, i)
    if low in ("?", "!", "…"):
        return _starts_afresh(whole, i + 1)
    if low == ".":
        before = whole.low[i - 1] if i else ""
        tight = i and whole.end[i - 1] == whole.start[i]
        if tight and before in short and before != "no":
            return False
        if tight and len(before) == 1 and whole.capital(i - 1):
            return False  # an initial
        if i + 1 < len(whole) and whole.low[i + 1] == ".":
            return False  # an ellipsis goes on
        return _starts_afresh(whole, i + 1)
    if low.endswith(".") and len(low) > 2:  # U.S. may end a sentence: only a new opening tells
        return i + 1 < len(whole) and whole.low[i + 1] in _OPENERS and whole.capital(i + 1)
    return False


_OPENERS = frozenset(
    [
        "the",
        "a",
        "an",
        "he",
        "she",
        "it",
        "they",
        "we",
        "i",
        "but",
        "and",
        "in",
        "on",
        "at",
        "this",
        "that",
        "these",
        "those",
        "there",
        "for",
        "if",
        "when",
        "while",
        "after",
        "before",
        "as",
        "however",
        "his",
        "her",
        "its",
        "their",
    ]
)


def _starts_afresh(whole: Sentence, i: int) -> bool:
    """Tell whether unit ``i`` can begin a sentence."""
    if i >= len(whole) or whole.start[i] == whole.end[i - 1]:
        return False
    first = whole.text[whole.start[i]]
    return not first.islower()


def _quote_ends(whole: Sentence, i: int) -> bool:
    """Tell whether a quotation ends the sentence it stands in."""
    inner = whole.quote[i].inner
    last = whole.text[inner.end - 1]
    if last in "’'" and inner.end - 1 > inner.start:
        last = whole.text[inner.end - 2]
    if last not in ".?!…" or i + 1 >= len(whole):
        return False
    after = whole.low[i + 1]
    if after in ("―", "—", "–"):
        return False
    return after == QUOTE or (after[:1].isalnum() and whole.capital(i + 1))
