"""Documents that are no plain text: HTML and PDF to their readable text.

The text that comes out is the report's text: every offset counts its characters.
"""

from __future__ import annotations

import io
import unicodedata
from dataclasses import dataclass

from detente.decoding import decode
from detente.errors import ReportError

_EXTRA = "install the extra 'reading' for it: pip install 'detente[reading]'"


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of a document, and what it says about itself."""

    text: str
    title: str = ""
    date: str = ""
    source: str = ""
    url: str = ""
    note: str = ""


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
        raise ReportError(f"{file}: reading HTML needs trafilatura; {_EXTRA}") from error
    page = decode(data)
    found = trafilatura.bare_extraction(
        page.text, include_comments=False, include_tables=True, with_metadata=True
    )
    if found is None or isinstance(found, dict) or not (text := found.text or "").strip():
        raise ReportError(f"{file}: no readable text in this page; save the article as text")
    return Extracted(
        unicodedata.normalize("NFKC", text),
        found.title or "",
        found.date or "",
        found.sitename or "",
        found.url or "",
        page.note,
    )


def from_pdf(data: bytes, file: str) -> Extracted:
    """Return the text of a PDF, page after page, ligatures and wide letters made plain (NFKC).

    Raises
    ------
    ReportError
        If the extra is not installed, or the file is encrypted, damaged or has no text.
    """
    try:
        import pypdf
    except ImportError as error:
        raise ReportError(f"{file}: reading PDF needs pypdf; {_EXTRA}") from error
    try:
        pages = pypdf.PdfReader(io.BytesIO(data)).pages
        text = "\n\n".join(page.extract_text() or "" for page in pages)
    except Exception as error:  # pypdf raises many kinds on damaged files
        raise ReportError(f"{file}: this PDF cannot be read ({error})") from error
    if not text.strip():
        raise ReportError(f"{file}: this PDF holds no text, only pictures; run OCR on it first")
    return Extracted(unicodedata.normalize("NFKC", text))
