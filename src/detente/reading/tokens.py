"""Words and marks of a text, with their places.

A token is a word (``state-run``, ``U.S.``), a clitic (``'s``, ``'t``) or one mark. The pattern
has no nested repetition, so its time is linear in the text whatever stands there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # U.S., a.m.
    r"|[#@$£€]?\w+(?:[-&/]\w+|[.,](?=[a-z\d])\w+)*"  # words, numbers, 1,000, #tag
    r"|(?<=\w)'(?:[sStTdDmM]|re|ve|ll|RE|VE|LL)\b"  # clitics, with type-setters' slips
    r"|--+"  # a dash as typewriters have it
    r"|[^\w\s]"
)
_APOSTROPHES = str.maketrans("’‘", "''")


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of one text.

    Parameters
    ----------
    text : str
        The text they stand in.
    start, end : list of int
        Characters of each token, end exclusive.
    low : list of str
        Each token in lower case with straight apostrophes; ``--`` as a dash.
    """

    text: str
    start: list[int]
    end: list[int]
    low: list[str]

    def __len__(self) -> int:
        return len(self.start)

    def capital(self, i: int) -> bool:
        """Tell whether token ``i`` begins with a capital letter."""
        return self.text[self.start[i]].isupper()


def tokenize(text: str) -> Tokens:
    """Return the tokens of a text in order."""
    start: list[int] = []
    end: list[int] = []
    low: list[str] = []
    for found in _TOKEN.finditer(text.translate(_APOSTROPHES)):
        start.append(found.start())
        end.append(found.end())
        word = found[0].lower()
        low.append("—" if word.startswith("--") else word)
    return Tokens(text, start, end, low)
