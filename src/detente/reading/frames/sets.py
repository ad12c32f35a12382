"""The words that single rules ask for, from the package's own lists."""

from __future__ import annotations

from functools import lru_cache

from detente.reading.lexicon import WordSet, load


@lru_cache(maxsize=512)
def listed(heading: str) -> WordSet:
    """Return the words under a heading of the package's lists, which must be there.

    Raises
    ------
    KeyError
        If no list has the heading: a fault of the program.
    """
    return load().lists[heading]
