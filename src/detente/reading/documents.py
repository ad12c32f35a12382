"""Documents that are no plain text: PDF, RTF and mail to their readable text.

The text that comes out is the report's text: every offset counts its characters.
"""

from __future__ import annotations

import io
import logging
import unicodedata
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from detente.decoding import decode
from detente.errors import LimitError, ReportError
from detente.reading.extracted import Extracted, NoTextError, needs
from detente.reading.office import from_docx, from_odt
from detente.reading.webpage import from_html

if TYPE_CHECKING:
    from email.message import EmailMessage, MIMEPart

    import pypdf

MAX_PAGES = 2_000
"""A PDF with more pages is refused."""


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
        raise needs(file, "PDF", "pypdf") from error
    try:
        with _quiet("pypdf") as complaints:
            pages = pypdf.PdfReader(io.BytesIO(data)).pages
            if len(pages) > MAX_PAGES:
                raise LimitError(
                    f"{file}: {len(pages):,} pages; a PDF of up to {MAX_PAGES:,} pages is read."
                    " Split it"
                )
            text = "\n\n".join(map(_page_text, pages))
    except (LimitError, MemoryError):
        raise
    except Exception as error:  # pypdf raises many kinds on damaged files
        raise ReportError(f"{file}: this PDF cannot be read ({error})") from error
    faults = f"{len(complaints):,} fault{'s' * (len(complaints) != 1)}"
    if not text.strip() and complaints:
        raise NoTextError(
            f"{file}: this PDF is damaged ({faults}) and gives no text; open it in a viewer and"
            " print it to a new PDF, or copy its text into a file"
        )
    if not text.strip():
        raise NoTextError(f"{file}: this PDF holds no text, only pictures; run OCR on it first")
    note = f"this PDF is damaged ({faults}); words may be missing" if complaints else ""
    return Extracted(unicodedata.normalize("NFKC", text), note=note)


def _page_text(page: pypdf.PageObject) -> str:
    """Return the text of a page; one that cannot be read is empty, and a complaint like others."""
    try:
        return page.extract_text() or ""
    except MemoryError:
        raise
    except Exception as error:  # pypdf raises many kinds on damaged pages
        logging.getLogger("pypdf").warning("%s", error)
        return ""


@contextmanager
def _quiet(name: str) -> Iterator[list[logging.LogRecord]]:
    """Keep what a library logs and warns from the terminal; give what it logged."""
    kept: list[logging.LogRecord] = []

    class Keeper(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            kept.append(record)

    logger, keeper = logging.getLogger(name), Keeper(logging.WARNING)
    propagated = logger.propagate
    logger.addHandler(keeper)
    logger.propagate = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield kept
    finally:
        logger.removeHandler(keeper)
        logger.propagate = propagated


def from_rtf(data: bytes, file: str) -> Extracted:
    """Return the text of an RTF file.

    Raises
    ------
    ReportError
        If the extra is not installed, or the file holds no text.
    """
    try:
        from striprtf import striprtf
    except ImportError as error:
        raise needs(file, "RTF", "striprtf") from error
    if not data.lstrip().startswith(b"{\\rtf"):
        raise ReportError(f"{file}: this is no RTF file; save it again, or give it its right name")
    try:
        convert: Any = striprtf.rtf_to_text  # the library has no types
        text = str(convert(data.decode("latin-1"), errors="replace"))
    except Exception as error:  # damaged files raise whatever the library stumbles over
        raise ReportError(f"{file}: this RTF file cannot be read ({error})") from error
    if not text.strip():
        raise NoTextError(f"{file}: this RTF file holds no text")
    return Extracted(text)


def from_mail(data: bytes, file: str) -> Extracted:
    """Return the text of a mail: its plain part, or else its page; attachments are named.

    Raises
    ------
    ReportError
        If it has no text.
    """
    from email import message_from_bytes, policy
    from email.message import EmailMessage

    mail = message_from_bytes(data, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    try:
        body = mail.get_body(("plain", "html"))
        attached = [part.get_filename() or part.get_content_type() for part in _attached(mail)]
    except Exception as error:  # the standard library raises many kinds on damaged mail
        raise ReportError(f"{file}: this mail cannot be read ({error})") from error
    content = body.get_payload(decode=True) if body is not None else None
    if not isinstance(content, bytes) or not content.strip():
        raise NoTextError(f"{file}: this mail holds no text")
    note = ""
    if attached:
        note = f"attached and not read: {', '.join(attached[:5])}; save it beside the mail"
    if body is not None and body.get_content_type() == "text/html":
        page = from_html(content, file)
        text, note = page.text, "; ".join(filter(None, (page.note, note)))
    else:
        text = _mail_text(content, body)
    return Extracted(text, _header(mail, "subject"), _day(mail), _header(mail, "from"), note=note)


def _attached(mail: EmailMessage) -> Iterator[EmailMessage]:
    """Yield the attachments of a mail."""
    for part in mail.iter_attachments() if mail.is_multipart() else ():
        if isinstance(part, type(mail)):
            yield part


def _mail_text(content: bytes, body: MIMEPart | None) -> str:
    """Return the text of a plain part, in the encoding that it names or else as it looks."""
    named = body.get_content_charset() if body is not None else None
    try:
        return content.decode(named) if named else decode(content).text
    except (LookupError, UnicodeDecodeError):
        return decode(content).text


def _header(mail: EmailMessage, name: str) -> str:
    """Return a header on one line; empty where it is missing or broken."""
    try:
        return " ".join(str(mail.get(name, "")).split())
    except Exception:  # the standard library raises many kinds on broken headers
        return ""


def _day(mail: EmailMessage) -> str:
    """Return the day a mail was sent on, as ISO writes it; empty where it is not told."""
    from email.utils import parsedate_to_datetime

    try:
        return parsedate_to_datetime(str(mail.get("date", ""))).date().isoformat()
    except (ValueError, TypeError, IndexError):
        return ""


READERS: Mapping[str, Callable[[bytes, str], Extracted]] = {
    ".html": from_html,
    ".htm": from_html,
    ".pdf": from_pdf,
    ".docx": from_docx,
    ".odt": from_odt,
    ".rtf": from_rtf,
    ".eml": from_mail,
}
"""What reads each kind of document, by the ending of its file's name."""
