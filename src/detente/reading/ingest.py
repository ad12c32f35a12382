"""Files to reports: which files there are, and the text of each."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from detente.decoding import decode
from detente.errors import LimitError, ReportError
from detente.reading.documents import Extracted, from_html, from_pdf
from detente.reading.frontmatter import front_matter
from detente.reading.report import Report

TEXT = frozenset({".txt", ".md", ".markdown", ".text"})
HTML = frozenset({".html", ".htm"})
PDF = frozenset({".pdf"})
SUFFIXES = TEXT | HTML | PDF
"""The kinds of file that are read."""

MAX_BYTES = 20_000_000
"""A file with more bytes is refused."""


def report_files(paths: Iterable[str | Path]) -> list[Path]:
    """Return the report files under some files and folders, sorted by name, each once.

    Raises
    ------
    ReportError
        If a path is not there, a named file is of no readable kind, or nothing is found.
    """
    found: dict[Path, None] = {}
    for path in map(Path, paths):
        if path.is_dir():
            inside = (f for f in path.rglob("*") if f.suffix.lower() in SUFFIXES and f.is_file())
            found.update(dict.fromkeys(sorted(inside)))
        elif not path.exists():
            raise ReportError(f"{path}: no such file or folder")
        elif path.suffix.lower() not in SUFFIXES:
            kinds = ", ".join(sorted(s[1:] for s in SUFFIXES))
            raise ReportError(f"{path}: not a kind of file that is read; the kinds are {kinds}")
        else:
            found[path] = None
    if not found:
        raise ReportError("no reports found; name files or folders of txt, md, html or pdf files")
    return sorted(found, key=lambda f: (f.stem, str(f)))


def read_file(path: Path, max_bytes: int = MAX_BYTES) -> Report:
    """Return the report in a file.

    Raises
    ------
    ReportError
        If the file cannot be read.
    LimitError
        If it has more than ``max_bytes`` bytes.
    """
    try:
        size = path.stat().st_size
        if size > max_bytes:
            raise LimitError(
                f"{path}: {size:,} bytes; reports of up to {max_bytes:,} bytes are read"
                " (--max-bytes). Split the file, or raise the limit"
            )
        data = path.read_bytes()
    except OSError as error:
        raise ReportError(f"{path}: cannot be read ({error.strerror or error})") from error
    return report_of(data, str(path), path.stem)


def report_of(data: bytes, file: str, name: str) -> Report:
    """Return the report that some bytes hold; the suffix of ``file`` tells their kind."""
    sha256 = hashlib.sha256(data).hexdigest()
    suffix = Path(file).suffix.lower()
    if suffix in HTML or suffix in PDF:
        found = from_html(data, file) if suffix in HTML else from_pdf(data, file)
        return _from_document(found, file, name, sha256)
    decoded = decode(data)
    top = front_matter(decoded.text)
    notes = (decoded.note,) if decoded.note else ()
    return Report(
        name, file, decoded.text, sha256, top.date, top.source, top.url, top.title, top.body, notes
    )


def _from_document(found: Extracted, file: str, name: str, sha256: str) -> Report:
    """Return the report of an extracted document."""
    notes = (found.note,) if found.note else ()
    return Report(
        name, file, found.text, sha256, found.date, found.source, found.url, found.title, 0, notes
    )
