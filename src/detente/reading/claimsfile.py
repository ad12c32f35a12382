"""Claims files: a new one written whole or not at all, with what a person did to the old one."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import IO

from detente.errors import DetenteError, ReportError
from detente.reading.claims import Claim
from detente.reading.ingest import read_file
from detente.reading.pile import Pile, Settings
from detente.reading.records import claim_of, claim_record, read_lines
from detente.reading.review import Review, review
from detente.reading.stamps import written_line
from detente.writing import write_parts

_TRIES = 5
"""How often a file that somebody saves at the same moment is merged again."""
_TYPES = frozenset(("report", "claim", "sentence", "written"))


def earlier(path: Path | None) -> Review:
    """Return what a person has done to a file that is about to be written anew.

    Parameters
    ----------
    path : Path, optional
        It need not exist.

    Raises
    ------
    ReportError
        If it is no claims file, cannot be read, or holds lines that are no records.
    """
    if path is None or not path.exists() or not path.is_file():  # a device is written to
        return review(())
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise _something_else(path) from None
    except OSError as error:
        raise ReportError(
            f"{path}: cannot be read ({error.strerror or error}); name another file"
        ) from None
    if text.strip() and not _begins_like_one(text):
        raise _something_else(path)
    return review(read_lines(text, str(path)))


def _begins_like_one(text: str) -> bool:
    """Tell whether a text begins as a claims file does, or is one that somebody began to edit."""
    for line in [row for row in text.split("\n") if row.strip()][:3]:
        try:
            record = json.loads(line)
        except ValueError:
            continue
        if isinstance(record, dict) and record.get("type") in _TYPES:
            return True
    return False


def _something_else(path: Path) -> ReportError:
    """Return what to say of a file that is no claims file."""
    return ReportError(
        f"{path} is there already and is no claims file; name another file, or add --force to"
        " write over it"
    )


def merged(
    pile: Pile, claims: Iterable[Sequence[Claim]], settings: Settings, reviewed: Review
) -> Iterator[str]:
    """Yield the lines of a claims file: reports, then claims, with those a person touched kept.

    Parameters
    ----------
    pile : Pile
        The reports.
    claims : iterable of sequence of Claim
        Of every report, in the pile's order; read as the lines are asked for.
    settings : Settings
        How the reports are read.
    reviewed : Review
        What a person did to the earlier file; its notes grow.
    """
    reviewed.settle({record.report for record in pile.records})
    for record in pile.records:
        yield reviewed.report(record)
    for record, file, found in zip(pile.records, pile.files, claims, strict=True):
        yield from reviewed.merge(record.report, partial(_text, file, settings.max_bytes), found)
    yield from reviewed.rest()


def _text(file: Path, max_bytes: int) -> str:
    """Return the text of a report."""
    return read_file(file, max_bytes).text


def save(
    path: Path,
    pile: Pile,
    claims: Iterable[Sequence[Claim]],
    settings: Settings,
    *,
    force: bool = False,
) -> tuple[int, tuple[str, ...]]:
    """Write a claims file, whole or not at all; what a person did to the one there is kept.

    An edit that is saved while the reports are read is kept too: the old file is looked at when
    everything is read, and once more before it is replaced.

    Parameters
    ----------
    path : Path
        It need not exist.
    pile, claims, settings
        As for :func:`merged`.
    force : bool
        Keep nothing of what is there.

    Returns
    -------
    tuple of int and tuple of str
        How many claims were written, and what is to be said about them.

    Raises
    ------
    ReportError
        If something else stands there.
    DetenteError
        If the file cannot be written.
    """
    _require_writable(path)
    if not force:
        earlier(path)  # what is wrong with it is told before anything is read
    with tempfile.TemporaryFile("w+", encoding="utf-8") as spool:
        _spooled(spool, claims)
        for _ in range(_TRIES):
            before = _bytes(path)
            kept = review(()) if force else earlier(path)
            notes = _put_aside(path) if kept.unstamped else ()
            try:
                count = write_parts(path, _lines(path, before, pile, spool, settings, kept))
            except _SavedMeanwhileError:
                continue
            return count - len(pile.records) - 1, (*notes, *kept.notes)
    raise DetenteError(f"{path} is changed again and again while it is written; close it first")


class _SavedMeanwhileError(Exception):
    """Somebody saved the file that was about to be replaced."""


def _require_writable(path: Path) -> None:
    """Check what can be checked before an hour of reading."""
    if path.is_dir():
        raise DetenteError(f"{path} is a folder; name a file")
    if not path.parent.is_dir():
        raise DetenteError(f"cannot write {path}: there is no folder {path.parent}; make it first")
    if path.is_file() and not path.stat().st_mode & 0o222:
        raise DetenteError(f"{path} is read-only; name another file, or make it writable first")


def _bytes(path: Path) -> bytes:
    """Return what stands in a file; nothing where there is none."""
    try:
        return path.read_bytes() if path.is_file() else b""
    except OSError as error:
        raise ReportError(f"{path}: cannot be read ({error.strerror or error})") from None


def _spooled(spool: IO[str], claims: Iterable[Sequence[Claim]]) -> None:
    """Write the claims of all reports aside, a line for each report."""
    for part in claims:
        spool.write(json.dumps(list(map(claim_record, part))) + "\n")


def _unspooled(spool: IO[str]) -> Iterator[list[Claim]]:
    """Yield the claims that were written aside."""
    spool.seek(0)
    for line in spool:
        yield [claim_of(record) for record in json.loads(line)]


def _lines(
    path: Path, before: bytes, pile: Pile, spool: IO[str], settings: Settings, kept: Review
) -> Iterator[str]:
    """Yield the lines of a claims file with their ends; fail at the end if the old one changed."""
    ids: list[str] = []

    def seen(parts: Iterable[list[Claim]]) -> Iterator[list[Claim]]:
        for part in parts:
            ids.extend(claim.id for claim in part)
            yield part

    for line in merged(pile, seen(_unspooled(spool)), settings, kept):
        yield f"{line}\n"
    yield f"{written_line(ids)}\n"
    if _bytes(path) != before:
        raise _SavedMeanwhileError


def _put_aside(path: Path) -> tuple[str, ...]:
    """Keep a copy of a file that an earlier version wrote; say so."""
    data = _bytes(path)
    aside = path.with_name(f"{path.name}.old")
    count = 1
    while aside.exists() and aside.read_bytes() != data:
        count += 1
        aside = path.with_name(f"{path.name}.old{count}")
    try:
        aside.write_bytes(data)
    except OSError as error:
        raise DetenteError(f"cannot write {aside}: {error.strerror or error}") from None
    return (
        f"{path} was written by an earlier version, which did not mark its own lines: what is"
        " reviewed, or was added or reworded, is kept; the file as it was is kept as"
        f" {aside.name}",
    )
