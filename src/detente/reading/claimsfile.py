"""Claims files: what was reviewed in an earlier one, and a new one written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from detente.errors import ReportError
from detente.reading.claims import Claim
from detente.reading.ingest import read_file
from detente.reading.pile import Pile, Settings
from detente.reading.records import read_lines, report_line
from detente.reading.review import Review, review


def earlier(path: Path | None) -> Review:
    """Return what was reviewed in a file that is about to be written anew.

    Parameters
    ----------
    path : Path, optional
        It need not exist.

    Raises
    ------
    ReportError
        If the file cannot be read, or holds lines that are no records.
    """
    if path is None or not path.exists():
        return review(())
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ReportError(f"{path}: cannot be read ({error}); name another file") from None
    return review(read_lines(text, str(path)))


def merged(
    pile: Pile, claims: Iterable[list[Claim]], settings: Settings, reviewed: Review
) -> Iterator[str]:
    """Yield the lines of a claims file: reports, then claims with reviewed ones kept.

    Parameters
    ----------
    pile : Pile
        The reports.
    claims : iterable of list of Claim
        Of every report, in the pile's order; read as the lines are asked for.
    settings : Settings
        How the reports are read.
    reviewed : Review
        What a person marked in the earlier file; its notes grow.
    """
    for record in pile.records:
        yield report_line(record)
    reviewed.settle({record.report for record in pile.records})
    for record, file, found in zip(pile.records, pile.files, claims, strict=True):
        yield from reviewed.merge(record.report, partial(_text, file, settings.max_bytes), found)
    yield from reviewed.rest()


def _text(file: Path, max_bytes: int) -> str:
    """Return the text of a report."""
    return read_file(file, max_bytes).text


def write_lines(path: Path, lines: Iterable[str]) -> int:
    """Write lines to a file, whole or not at all, without holding them; return their number.

    Raises
    ------
    ReportError
        If the file cannot be written.
    """
    try:
        handle, aside = tempfile.mkstemp(dir=path.parent or ".", prefix=f".{path.name}.")
    except OSError as error:
        raise ReportError(f"cannot write {path}: {error.strerror or error}") from None
    count = 0
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            for line in lines:
                file.write(f"{line}\n")
                count += 1
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
        Path(aside).chmod(mode)
        Path(aside).replace(path)
    except BaseException:  # Ctrl-C too: the old file stays
        Path(aside).unlink(missing_ok=True)
        raise
    return count
