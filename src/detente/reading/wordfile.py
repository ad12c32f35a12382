"""Word lists: text files with headings in brackets and entries separated by commas or lines.

The whole format::

    # a comment, to the end of the line
    [heading]
    word, another word
    word = what is said of it

An entry with ``=`` takes the rest of its line; all other entries end at a comma or at the end
of the line. Several files may carry the same heading: their entries add up, and of two entries
for one word the later holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from detente.errors import Place, Problem, ReportError

_HEADING = re.compile(r"\[([^\]]+)\]$")


@dataclass(frozen=True, slots=True)
class WordFile:
    """One file of word lists: its name, for messages, and its text."""

    name: str
    text: str


def sections(files: Iterable[WordFile]) -> Mapping[str, Mapping[str, str]]:
    """Return heading to (word to what is said of it, empty for a bare word), all files together.

    Raises
    ------
    ReportError
        If an entry stands before the first heading.
    """
    found: dict[str, dict[str, str]] = {}
    for file in files:
        current: dict[str, str] | None = None
        for number, raw in enumerate(file.text.splitlines(), start=1):
            line = raw.split("#", 1)[0].strip()
            if not line:
                continue
            if heading := _HEADING.match(line):
                current = found.setdefault(heading[1].strip(), {})
                continue
            if current is None:
                place = Place(file.name, number)
                raise ReportError(
                    str(Problem("a word stands before the first [heading]; add one", place))
                )
            current.update(_entries(line))
    return found


def _entries(line: str) -> dict[str, str]:
    """Split one line into its entries."""
    if "=" in line:
        word, meaning = line.split("=", 1)
        return {word.strip(): meaning.strip()}
    return {word.strip(): "" for word in line.split(",") if word.strip()}
