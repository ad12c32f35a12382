"""Word and OpenDocument files: the words of their paragraphs, as the last editor left them.

Both are archives of XML. What was deleted with changes tracked is left out, what was inserted
counts; comments and notes are no part of the text.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from detente.errors import LimitError, ReportError
from detente.reading.extracted import Extracted, NoTextError, needs

if TYPE_CHECKING:
    Element = Any

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
MAX_UNPACKED = 200_000_000
"""An archive whose parts unpack to more bytes is refused."""

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_WORD_LEFT_OUT = frozenset(
    _WORD + name for name in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr", "fldChar")
) | {_FALLBACK}
_ODT_LEFT_OUT = frozenset(
    (f"{_TEXT}tracked-changes", f"{_TEXT}note", f"{_OFFICE}annotation", f"{_TEXT}sequence-decls")
)


def from_docx(data: bytes, file: str) -> Extracted:
    """Return the text of a Word document, a line for each paragraph.

    Raises
    ------
    ReportError
        If it cannot be opened, or holds no text.
    """
    root, title = _opened(data, file, "word/document.xml", "docProps/core.xml", "Word document")
    rows = ["".join(_word_text(p)) for p in root.iter(f"{_WORD}p") if not _is_inside(p)]
    return _extracted(rows, title, f"{file}: this Word document holds no text")


def _is_inside(paragraph: Element) -> bool:
    """Tell whether a paragraph lies in one that has been read, as those of text boxes do."""
    return any(above.tag == f"{_WORD}p" for above in paragraph.iterancestors())


def _word_text(element: Element) -> Iterator[str]:
    """Yield the text of a part of a Word document."""
    if element.tag in _WORD_LEFT_OUT:
        return
    if element.tag == f"{_WORD}t":
        yield element.text or ""
    elif element.tag in (f"{_WORD}tab", f"{_WORD}ptab"):
        yield " "
    elif element.tag in (f"{_WORD}br", f"{_WORD}cr"):
        yield "\n"
    elif element.tag == f"{_WORD}noBreakHyphen":
        yield "-"
    else:
        for part in element:
            yield from _word_text(part)


def from_odt(data: bytes, file: str) -> Extracted:
    """Return the text of an OpenDocument text, a line for each paragraph.

    Raises
    ------
    ReportError
        If it cannot be opened, or holds no text.
    """
    root, title = _opened(data, file, "content.xml", "meta.xml", "OpenDocument text")
    body = root.find(f"{_OFFICE}body/{_OFFICE}text")
    rows = [] if body is None else list(_odt_rows(body))
    return _extracted(rows, title, f"{file}: this OpenDocument text holds no text")


def _odt_rows(element: Element) -> Iterator[str]:
    """Yield the paragraphs and headings of a part of an OpenDocument text."""
    for part in element:
        if part.tag in _ODT_LEFT_OUT:
            continue
        if part.tag in (f"{_TEXT}p", f"{_TEXT}h"):
            yield "".join(_odt_text(part))
        else:
            yield from _odt_rows(part)


def _odt_text(element: Element) -> Iterator[str]:
    """Yield the text of a part of a paragraph."""
    yield element.text or ""
    for part in element:
        if part.tag == f"{_TEXT}s":
            yield " " * min(100, int(part.get(f"{_TEXT}c") or 1))
        elif part.tag == f"{_TEXT}tab":
            yield " "
        elif part.tag == f"{_TEXT}line-break":
            yield "\n"
        elif isinstance(part.tag, str) and part.tag not in _ODT_LEFT_OUT:
            yield from _odt_text(part)
        yield part.tail or ""


def _opened(data: bytes, file: str, content: str, about: str, kind: str) -> tuple[Element, str]:
    """Return the root of an archive's content, and the title it gives itself."""
    try:
        from lxml import etree
    except ImportError as error:
        raise needs(file, kind, "lxml") from error
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=False)
    try:
        import zipfile

        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MAX_UNPACKED:
                raise LimitError(
                    f"{file}: unpacks to more than {MAX_UNPACKED:,} bytes; no {kind} needs that"
                )
            root = etree.fromstring(archive.read(content), parser)
            named = about in archive.namelist()
            meta = etree.fromstring(archive.read(about), parser) if named else None
    except LimitError:
        raise
    except Exception as error:  # zipfile and lxml raise many kinds on damaged files
        raise ReportError(f"{file}: this {kind} cannot be read ({error})") from error
    titles = [element.text or "" for element in meta.iter(_TITLE)] if meta is not None else []
    return root, " ".join(" ".join(titles[:1]).split())


def _extracted(rows: list[str], title: str, empty: str) -> Extracted:
    """Return paragraphs as a text with blank lines between them."""
    text = "\n\n".join(row.strip() for row in rows if row.strip())
    if not text:
        raise NoTextError(empty)
    return Extracted(text, title)
