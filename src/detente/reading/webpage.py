"""Web pages: the article, without menus, scripts and advertisements."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from detente.decoding import decode
from detente.reading.extracted import Extracted, NoTextError, needs

MAX_ATTRIBUTES = 400
"""A tag with more attributes and values together loses them all: no page has such a tag."""

_BLOCKS = frozenset(
    [
        *(
            "p",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "li",
            "blockquote",
            "pre",
            "td",
            "th",
            "dt",
            "dd",
        ),
        *("figcaption", "div", "section", "header", "article", "address", "time", "tr", "br", "hr"),
    ]
)
_NOT_READ = frozenset(
    [
        *("script", "style", "nav", "aside", "footer", "form", "noscript", "template", "svg"),
        "button",
    ]
)
_OPENED = re.compile(r"<[A-Za-z][\w:-]*")


def from_html(data: bytes, file: str) -> Extracted:
    """Return the article in a page, without menus and scripts.

    Raises
    ------
    ReportError
        If the extra is not installed, or the page has no readable text.
    """
    try:
        import trafilatura
    except ImportError as error:
        raise needs(file, "HTML", "trafilatura") from error
    decoded = decode(data)
    page = without_crowded_tags(decoded.text)
    found = trafilatura.bare_extraction(
        page,
        include_comments=False,
        include_tables=True,
        with_metadata=True,
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    if found is None or isinstance(found, dict) or not (text := found.text or "").strip():
        raise NoTextError(f"{file}: no readable text in this page; save the article as text")
    if "\n" not in text.strip():
        text = _in_blocks(page, text) or text
    return Extracted(
        unicodedata.normalize("NFKC", text),
        found.title or "",
        found.date or "",
        found.sitename or "",
        found.url or "",
        decoded.note,
    )


def without_crowded_tags(page: str) -> str:
    """Return a page whose tags have few attributes; libraries take quadratic time for many."""
    parts: list[str] = []
    done = at = 0
    while (opened := _OPENED.search(page, at)) is not None:
        end, attributes = _end_of_tag(page, opened.end())
        if attributes > MAX_ATTRIBUTES:
            parts += [page[done : opened.end()], ">"]
            done = end
        at = end
    return "".join((*parts, page[done:])) if parts else page


_MARK = re.compile("[\"'<>]|[\\s/]+[^\\s/\"'<>=]")


def _end_of_tag(page: str, at: int) -> tuple[int, int]:
    """Return where a tag ends, and about how many attributes it has; linear in its length."""
    count = 0
    while (mark := _MARK.search(page, at)) is not None:
        sign, at = mark[0], mark.end()
        if sign == ">":
            return at, count
        if sign == "<":
            return at - 1, count
        if sign in ("'", '"'):
            at = page.find(sign, at) + 1
            if not at:
                return len(page), count
        count += 1
    return len(page), count


def _in_blocks(page: str, text: str) -> str:
    """Return an article that came out as one line with its paragraphs apart; else nothing."""
    from lxml import etree, html

    try:
        root = html.document_fromstring(page)
        pieces = "".join(_pieces(root))
    except (etree.LxmlError, ValueError, RecursionError):
        return ""
    words = " ".join(unicodedata.normalize("NFKC", text).split())
    rows = [row for row in map(_flat, pieces.split("\n")) if row and row in words]
    return "\n".join(rows) if _flat(" ".join(rows)) == words else ""


def _flat(text: str) -> str:
    """Return a text on one line."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def _pieces(element: Any) -> Iterator[str]:
    """Yield the text of an element, with a line's end around each block."""
    if not isinstance(element.tag, str) or element.tag in _NOT_READ:
        return
    block = element.tag in _BLOCKS
    if block:
        yield "\n"
    yield " ".join((element.text or "").split("\n"))
    for part in element:
        yield from _pieces(part)
        yield " ".join((part.tail or "").split("\n"))
    if block:
        yield "\n"
