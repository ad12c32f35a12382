"""A pile of reports: duplicates first, then the claims of every original, report by report.

Only fingerprints are held for the whole pile; texts and claims come and go, so a pile may be
far larger than memory. The work is spread over processes where the pile is large.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from detente.errors import DetenteError, ReportError
from detente.reading.actors import PartyNames
from detente.reading.claims import Claim
from detente.reading.duplicates import Duplicate, Fingerprint, duplicates, fingerprint
from detente.reading.ingest import MAX_BYTES, read_file
from detente.reading.lexicon import load
from detente.reading.reader import Reader, read, reader
from detente.reading.records import ReportRecord

Progress = Callable[[str, int, int], None]
"""Told the name of the step, how many reports are done, and how many there are."""

_SMALL = 64
"""Piles with fewer files are read in one process."""
_CHUNK = 32

Job = TypeVar("Job")
Result = TypeVar("Result")


@dataclass(frozen=True)
class Settings:
    """How to read a pile.

    Parameters
    ----------
    parties : tuple of PartyNames
        The parties of a case.
    words : Path, optional
        A user's own word lists.
    max_bytes : int
        The largest file that is read.
    workers : int
        Processes; 1 reads in this one.
    """

    parties: tuple[PartyNames, ...] = ()
    words: Path | None = None
    max_bytes: int = MAX_BYTES
    workers: int = 1


@dataclass(frozen=True)
class Pile:
    """The reports of a pile.

    Parameters
    ----------
    records : tuple of ReportRecord
        In the order of the files' stems.
    files : tuple of Path
        Of the same reports.
    notes : tuple of str
        What went wrong with single files, for people; such files are left out.
    """

    records: tuple[ReportRecord, ...]
    files: tuple[Path, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class _Scan:
    """One file, seen for the first time."""

    record: ReportRecord | None
    print: Fingerprint | None
    notes: tuple[str, ...]


def scan(files: Sequence[Path], settings: Settings, progress: Progress) -> Pile:
    """Return the reports in some files with their duplicates.

    Raises
    ------
    ReportError
        If no file can be read, or two have one stem.
    """
    with _pool(settings, len(files)) as pool:
        seen = list(
            _counted(
                "comparing", _run(pool, _Scanner(settings.max_bytes), files), len(files), progress
            )
        )
    kept = [(f, s) for f, s in zip(files, seen, strict=True) if s.record is not None]
    notes = tuple(note for s in seen for note in s.notes)
    if not kept:
        raise ReportError("\n".join(notes))
    records = [s.record for _, s in kept if s.record is not None]
    _require_unique(records)
    marks = duplicates([s.print for _, s in kept if s.print is not None])
    marked = tuple(_marked(r, mark, records) for r, mark in zip(records, marks, strict=True))
    return Pile(marked, tuple(f for f, _ in kept), notes)


@dataclass(frozen=True)
class _Scanner:
    """Reads a file for its record and fingerprint."""

    max_bytes: int

    def __call__(self, file: Path) -> _Scan:
        """Return what a first look at a file shows."""
        try:
            report = read_file(file, self.max_bytes)
        except DetenteError as error:
            return _Scan(None, None, (str(error),))
        record = ReportRecord(
            report.id, report.file, len(report.text), report.sha256, report.date or None
        )
        notes = tuple(f"{report.file}: {note}" for note in report.notes)
        return _Scan(record, fingerprint(report.text[report.body :]), notes)


def _require_unique(records: Sequence[ReportRecord]) -> None:
    """Check that no two reports have one id."""
    seen: dict[str, str] = {}
    for record in records:
        other = seen.setdefault(record.report, record.file)
        if other != record.file:
            raise ReportError(
                f"{other} and {record.file} have the same name '{record.report}';"
                " a report is known by its file's name, so rename one of them"
            )


def _marked(
    record: ReportRecord, mark: Duplicate | None, records: Sequence[ReportRecord]
) -> ReportRecord:
    """Return a record with what it repeats."""
    if mark is None:
        return record
    return ReportRecord(
        record.report,
        record.file,
        record.chars,
        record.sha256,
        record.date,
        records[mark.of].report,
        mark.kind,
        mark.shared,
    )


def claims(pile: Pile, settings: Settings, progress: Progress) -> Iterator[list[Claim]]:
    """Yield the claims of every report of a pile, in its order.

    What an identical or truncated copy says, its original says, and counts there alone; of a
    contained or near copy only claims come whose words do not stand in the original.
    """
    file_of = {r.report: f for r, f in zip(pile.records, pile.files, strict=True)}
    jobs = [
        (f, r.duplicate_kind, file_of[r.duplicate_of] if r.duplicate_of else None)
        for r, f in zip(pile.records, pile.files, strict=True)
    ]
    with _pool(settings, len(jobs)) as pool:
        yield from _counted(
            "reading", _run(pool, _ClaimReader(settings), jobs), len(jobs), progress
        )


@dataclass(frozen=True)
class _ClaimReader:
    """Reads a file for its claims."""

    settings: Settings

    def __call__(self, job: tuple[Path, str | None, Path | None]) -> list[Claim]:
        """Return the claims of one report that count."""
        file, kind, original = job
        if kind in ("identical", "truncated"):
            return []
        found = read(read_file(file, self.settings.max_bytes), _rules(self.settings))
        if original is None:
            return found
        whole = " ".join(read_file(original, self.settings.max_bytes).text.split())
        return [claim for claim in found if " ".join(claim.text.split()) not in whole]


@lru_cache(maxsize=2)
def _rules(settings: Settings) -> Reader:
    """Return the rules of some settings; loaded once in each process."""
    return reader(load(settings.words), settings.parties)


@contextmanager
def _pool(settings: Settings, size: int) -> Iterator[ProcessPoolExecutor | None]:
    """Give a pool of processes for large piles, None for small ones."""
    if settings.workers < 2 or size < _SMALL:
        yield None
        return
    pool = ProcessPoolExecutor(settings.workers)
    try:
        yield pool
    finally:  # Ctrl-C: what has not begun is dropped
        pool.shutdown(wait=True, cancel_futures=True)


def _run(
    pool: ProcessPoolExecutor | None, work: Callable[[Job], Result], jobs: Sequence[Job]
) -> Iterator[Result]:
    """Return the results of all jobs, in order."""
    return map(work, jobs) if pool is None else _chunked(pool, work, jobs)


def _chunked(
    pool: ProcessPoolExecutor, work: Callable[[Job], Result], jobs: Sequence[Job]
) -> Iterator[Result]:
    """Yield results in order, a bounded number of chunks under way."""
    waiting: list[Future[list[Result]]] = []
    for start in range(0, len(jobs), _CHUNK):
        waiting.append(pool.submit(_each, work, jobs[start : start + _CHUNK]))
        if len(waiting) > 8:
            yield from waiting.pop(0).result()
    for future in waiting:
        yield from future.result()


def _each(work: Callable[[Job], Result], jobs: Sequence[Job]) -> list[Result]:
    """Return the results of some jobs."""
    return [work(job) for job in jobs]


def _counted(
    step: str, results: Iterator[Result], total: int, progress: Progress
) -> Iterator[Result]:
    """Yield results and tell how far they are."""
    for done, result in enumerate(results, start=1):
        progress(step, done, total)
        yield result
