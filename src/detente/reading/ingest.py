"""Files to reports: which files there are, and the text of each."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from detente.case.citations import OTHER_KINDS, PLAIN_TEXT
from detente.decoding import decode
from detente.errors import LimitError, ReportError
from detente.opening import irregular
from detente.reading.documents import READERS
from detente.reading.extracted import Extracted, NoTextError
from detente.reading.frontmatter import front_matter
from detente.reading.report import Report

SUFFIXES = frozenset((*PLAIN_TEXT, *OTHER_KINDS))
"""The kinds of file that are read."""
KINDS = "txt, md, html, pdf, docx, odt, rtf or eml"
"""The same for people."""

MAX_BYTES = 20_000_000
"""A file with more bytes is refused."""

_OURS = frozenset((".yaml", ".yml", ".jsonl", ".json", ".gmcr"))
"""What lies beside reports in a case, and is passed over without a word."""
_NAMED = 5


@dataclass(frozen=True, slots=True)
class Found:
    """The files to read, and what is to be said about others.

    Parameters
    ----------
    files : tuple of Path
        Sorted by name, each once.
    notes : tuple of str
        What was passed over in folders, for people.
    """

    files: tuple[Path, ...]
    notes: tuple[str, ...] = ()


def find_reports(paths: Iterable[str | Path]) -> Found:
    """Return the report files under some files and folders.

    Raises
    ------
    ReportError
        If a path is not there, a named file is of no readable kind, or nothing is found.
    """
    files: dict[Path, None] = {}
    notes: list[str] = []
    for path in map(Path, paths):
        if path.is_dir():
            inside, said = _in_folder(path)
            files.update(dict.fromkeys(inside))
            notes += said
        else:
            _require_readable_kind(path)
            files[path] = None
    if not files:
        beside = "".join(f"\n{note}" for note in notes)
        raise ReportError(f"no reports found; name files or folders of {KINDS} files{beside}")
    return Found(tuple(sorted(files, key=lambda f: (f.stem, str(f)))), tuple(notes))


def _require_readable_kind(path: Path) -> None:
    """Check that a file that was named can be a report."""
    try:
        mode = path.stat().st_mode
    except OSError as error:
        if isinstance(error, FileNotFoundError):
            raise ReportError(f"{path}: no such file or folder") from None
        raise ReportError(f"{path}: cannot be read ({error.strerror or error})") from None
    if wrong := irregular(mode):
        raise ReportError(f"{path}: {wrong}; save its text in a file first")
    if path.suffix.lower() not in SUFFIXES:
        raise ReportError(f"{path}: not a kind of file that is read; the kinds are {KINDS}")


def _in_folder(folder: Path) -> tuple[list[Path], list[str]]:
    """Return the reports in a folder and below it, and what was passed over."""
    files: list[Path] = []
    others: list[Path] = []
    notes: list[str] = []

    def refused(error: OSError) -> None:
        notes.append(f"{error.filename}: this folder cannot be read ({error.strerror}); left out")

    for where, folders, names in os.walk(folder, onerror=refused):
        folders.sort()
        for name in [n for n in folders if (Path(where) / n).is_symlink()]:
            notes.append(f"{Path(where) / name}: a link to a folder is not followed; name it too")
        for name in sorted(names):
            path = Path(where) / name
            if name.startswith(".") or path.suffix.lower() in _OURS:
                continue
            if path.suffix.lower() not in SUFFIXES:
                others.append(path)
            elif note := _not_a_file(path):
                notes.append(note)
            else:
                files.append(path)
    return files, [*notes, *_passed_over(others)]


def _not_a_file(path: Path) -> str:
    """Say why something in a folder is no file that can be read; empty for a file."""
    try:
        mode = path.stat().st_mode
    except OSError as error:
        return f"{path}: cannot be read ({error.strerror or error}); left out"
    return f"{path}: {wrong}; left out" if (wrong := irregular(mode)) else ""


def _passed_over(others: list[Path]) -> Iterator[str]:
    """Yield one note for all files of kinds that are not read."""
    if others:
        named = ", ".join(map(str, others[:_NAMED]))
        more = f" and {len(others) - _NAMED:,} more" if len(others) > _NAMED else ""
        yield f"not read, as they are no {KINDS} files: {named}{more}"


def read_file(path: Path, max_bytes: int = MAX_BYTES) -> Report:
    """Return the report in a file.

    Raises
    ------
    ReportError
        If the file cannot be read, or is a pipe or a device.
    LimitError
        If it has more than ``max_bytes`` bytes.
    """
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(handle, "rb") as file:
            about = os.fstat(handle)
            if wrong := irregular(about.st_mode):
                raise ReportError(f"{path}: {wrong}; save its text in a file")
            data = file.read(max_bytes + 1) if about.st_size <= max_bytes else b""
    except OSError as error:
        raise ReportError(f"{path}: cannot be read ({error.strerror or error})") from error
    if max(about.st_size, len(data)) > max_bytes:
        raise LimitError(
            f"{path}: {max(about.st_size, len(data)):,} bytes; reports of up to {max_bytes:,} bytes"
            " are read (--max-bytes). Split the file, or raise the limit"
        )
    return report_of(data, str(path), path.stem)


def report_of(data: bytes, file: str, name: str) -> Report:
    """Return the report that some bytes hold; the suffix of ``file`` tells their kind.

    Raises
    ------
    ReportError
        If they hold no text.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    reader = READERS.get(Path(file).suffix.lower())
    if reader is not None:
        return _from_document(reader(data, file), file, name, sha256)
    decoded = decode(data)
    if not decoded.is_text:
        raise NoTextError(f"{file}: this is no text but some program's file; save it as text")
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
