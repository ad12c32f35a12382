"""Lines that say nothing about a dispute: they are not parsed, and that is said.

Only what plainly cannot hold a claim goes: lines without letters, addresses on the net, furniture
of web pages, tables of figures, paragraphs in another language.
"""

from __future__ import annotations

import re

from detente.reading.language import other_language

_LETTERS = re.compile(r"[^\W\d_]{2,}")
_ADDRESS = re.compile(r"(?i)(?:[\w.+-]+@[\w.-]+\.\w+|(?:https?://|www\.)\S+|@\w+)(?:[\s,;|]+|$)")
_FURNITURE = re.compile(
    r"(?i)\W*(?:advertisement|sponsored content|sign up (?:for|to) (?:our|the|receive)\b.*"
    r"|subscribe (?:to|now|here|for)\b.*|read (?:more|also|next|the full (?:story|article))\b[^.]*"
    r"|(?:related|recommended|most read|popular) (?:articles?|stories|news|topics|links)\b[^.]*"
    r"|follow us (?:on|at)\b.*|(?:share|print|email|tweet) this (?:article|story|page)\b.*"
    r"|click here\b.*|skip to (?:main )?content|back to top|leave a comment|\d+ comments?"
    r"|(?:copyright|©|\(c\))\s.*|.{0,60}\ball rights reserved\.?|cookie (?:policy|settings)\b.*"
    r"|\(?(?:additional )?reporting by [^.;]+[.;] ?(?:writing by [^.;]+[.;] ?)?"
    r"editing by [^.]+\.?\)?"
    r"|(?:photo|photograph|image|picture|video)(?: credit)?:.{0,120}|\(?end\)?|-?0-?|#{3,})\W*"
)
_FIGURES = 0.6
_LONGEST = 300
_LANGUAGE_FROM = 60
"""The shortest paragraph, in characters, whose language is looked at."""


def why_skipped(line: str) -> str:
    """Return why a paragraph of plain text is not parsed; empty for one that is.

    Returns
    -------
    str
        ``"furniture"``, or the language it is in.
    """
    if not _LETTERS.search(line):
        return "furniture"
    if len(line) <= _LONGEST and (_FURNITURE.fullmatch(line) or _is_addresses(line)):
        return "furniture"
    words = line.split()
    figures = sum(not _LETTERS.search(word) for word in words)
    if len(words) > 5 and figures > _FIGURES * len(words):
        return "furniture"
    return other_language(line) if len(line) >= _LANGUAGE_FROM else ""


def _is_addresses(line: str) -> bool:
    """Tell whether a line holds addresses on the net and nothing else."""
    return not _ADDRESS.sub("", line.strip()).strip()
