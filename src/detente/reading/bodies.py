"""Organisations that a report names, and the titles of people known by surname alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from detente.reading.grammar import Grammar
from detente.reading.people import Mention


def titles(text: str, people: Sequence[Mention], g: Grammar) -> dict[str, str]:
    """Return surname to title and surname, for people who have no longer name in the report."""
    found: dict[str, str] = {}
    for mention in people:
        if " " in mention.person or mention.person in found:
            continue
        before = text[max(0, mention.span.start - 24) : mention.span.start].split()
        if (
            before
            and before[-1][0].isupper()
            and before[-1].lower().rstrip(".") in g.titles | g.honorifics
        ):
            found[mention.person] = f"{before[-1]} {mention.person}"
    return found


_BODY = re.compile(r"\b[A-Z][\w'’&-]*(?: (?:of|and|for|the|[A-Z][\w'’&-]*)){0,7}")


def bodies(text: str, g: Grammar) -> dict[str, str]:
    """Return head word to the first organisation's full name: "union" to "Dock Workers' Union"."""
    found: dict[str, str] = {}
    for match in _BODY.finditer(text):
        words = match[0].split()
        while words and words[-1] in ("of", "and", "for", "the"):
            words.pop()
        while words and words[0].lower() in g.closed:
            words = words[1:]
        for k, word in enumerate(words):
            low = word.lower().strip("'’")
            if low in g.groups and len(words) > 1 and word[0].isupper():
                of = k + 1 < len(words) and words[k + 1] in ("of", "for")
                found.setdefault(low, " ".join(words if of else words[: k + 1]))
    return found
