"""Front matter: lines between two ``---`` at the very top of a report."""

from __future__ import annotations

import re
from dataclasses import dataclass

KEYS = ("source", "date", "url", "title")
"""What front matter can say; other keys are left alone."""

_OPEN = re.compile(r"---[ \t]*\r?\n")
_CLOSE = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.MULTILINE)
_FIELD = re.compile(r"^(\w+)[ \t]*:[ \t]*(.*?)[ \t]*$", re.MULTILINE)
_LONGEST = 4000
"""Front matter longer than so many characters is none."""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the top of a report says, and where its text begins (in characters)."""

    source: str = ""
    date: str = ""
    url: str = ""
    title: str = ""
    body: int = 0


def front_matter(text: str) -> FrontMatter:
    """Return the front matter of a text; all empty, and body 0, where it has none."""
    opened = _OPEN.match(text)
    closed = _CLOSE.search(text, opened.end(), opened.end() + _LONGEST) if opened else None
    if opened is None or closed is None:
        return FrontMatter()
    found = {}
    for key, value in _FIELD.findall(text[opened.end() : closed.start()]):
        if key.lower() in KEYS:
            found[key.lower()] = value.strip("\"'")
    if not found:
        return FrontMatter()
    return FrontMatter(**found, body=closed.end())
