"""Marks of Markdown, mail and HTML in a text, which are no part of what it says."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from detente.reading.traced import Edit

_PAIR = re.compile(
    r"(?<![\w*\\])(\*{1,3})(?=[^\s*])[^*]{1,400}?(?<=[^\s*])(\1)(?![\w*])"
    r"|(?<![\w_\\])(_{1,3})(?=[^\s_])[^_]{1,400}?(?<=[^\s_])(\3)(?![\w_])"
)
_LINK = re.compile(
    r"!\[[^\]\n]{0,200}\]\([^()\n]{0,800}\)"
    r"|(\[)[^\[\]]{1,400}(\]\((?:[^()\s]|\([^()\s]*\)){0,800}(?:\s+\"[^\"\n]*\")?\)|\]\[[^\[\]\n]{0,40}\])"
)
_LINE_START = re.compile(r"(?m)^[ ]{0,3}(?:#{1,6}[ ]+|>[ ]?(?:>[ ]?)*)+")
_HEADING = re.compile(r"(?m)^ {0,3}#{1,6} +[^\n]*\n(?=[^\n])")
_RULE = re.compile(r"(?m)^[ ]*(?:[-*_=~+#][ ]*){3,}$")
_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{2,5}|#x[0-9A-Fa-f]{2,5});")
_ESCAPED = re.compile(r"\\(?=[\\`*_{}\[\]()#+.!>-])")


def entities(text: str) -> Iterator[Edit]:
    """Yield the edits that put characters in place of their names in HTML."""
    for found in _ENTITY.finditer(text):
        plain = html.unescape(found[0])
        if plain != found[0]:
            yield Edit(found.start(), found.end(), plain)


def lines(text: str) -> Iterator[Edit]:
    """Yield the edits that take away marks of headings and of quoted mail, and ruled lines."""
    edits = [Edit(m.start(), m.end(), "") for m in _LINE_START.finditer(text)]
    edits += [Edit(m.start(), m.end(), "") for m in _RULE.finditer(text)]
    edits += [Edit(m.end() - 1, m.end(), "\n\n") for m in _HEADING.finditer(text)]
    yield from _apart(edits)


def emphasis(text: str) -> Iterator[Edit]:
    """Yield the edits that take away one layer of emphasis; words stay."""
    edits = []
    for found in _PAIR.finditer(text):
        if "\n\n" in found[0]:
            continue
        for group in (1, 2, 3, 4):
            if found[group] is not None:
                edits.append(Edit(found.start(group), found.end(group), ""))
    yield from _apart(edits)


def links(text: str) -> Iterator[Edit]:
    """Yield the edits that leave the words of links, and nothing of pictures and escapes."""
    edits = [Edit(m.start(), m.end(), "") for m in _ESCAPED.finditer(text)]
    for found in _LINK.finditer(text):
        if found[1] is None:
            edits.append(Edit(found.start(), found.end(), ""))
        else:
            edits.append(Edit(found.start(1), found.end(1), ""))
            edits.append(Edit(found.start(2), found.end(2), ""))
    yield from _apart(edits)


def _apart(edits: list[Edit]) -> Iterator[Edit]:
    """Yield edits in order, without those that lie in an earlier one."""
    done = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, -edit.end)):
        if edit.start >= done:
            yield edit
            done = edit.end
