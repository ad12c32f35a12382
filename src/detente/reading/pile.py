"""A pile of reports: duplicates first, then the claims of every original, report by report.

Only fingerprints are held for the whole pile; texts and claims come and go, so a pile may be
far larger than memory. The work is spread over processes where the pile is large.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from detente.reading.claims import Claim
from detente.reading.ingest import Found, read_file
from detente.reading.lexicon import load
from detente.reading.paragraphs import Span
from detente.reading.reader import Reader, read, reader
from detente.reading.records import ReportRecord
from detente.reading.scan import Looker, Pile, Progress, Settings, pile_of

__all__ = ["Pile", "Progress", "Settings", "claims", "scan"]

_SMALL = 64
"""Piles with fewer files are read in one process."""
_CHUNK = 32

Job = TypeVar("Job")
Result = TypeVar("Result")


def scan(files: Found, settings: Settings, progress: Progress) -> Pile:
    """Return the reports in some files: their days, copies and corrections.

    Raises
    ------
    ReportError
        If no file can be read, or two have one stem.
    """
    look = Looker(settings.max_bytes)
    with _pool(settings, len(files.files)) as pool:
        looks = _run(pool, look, files.files)
        return pile_of(files, _counted("comparing", looks, len(files.files), progress), settings)


def claims(pile: Pile, settings: Settings, progress: Progress) -> Iterator[list[Claim]]:
    """Yield the claims of every report of a pile, in its order.

    What an identical or truncated copy says, its original says, and counts there alone; of a
    contained or near copy only claims come whose words do not stand in the original.
    """
    file_of = {r.report: f for r, f in zip(pile.records, pile.files, strict=True)}
    jobs = [
        _Job(f, r, file_of[r.duplicate_of] if r.duplicate_of else None)
        for r, f in zip(pile.records, pile.files, strict=True)
    ]
    with _pool(settings, len(jobs)) as pool:
        yield from _counted(
            "reading", _run(pool, _ClaimReader(settings), jobs), len(jobs), progress
        )


@dataclass(frozen=True)
class _Job:
    """A report to be read: its file, what is known of it, and the file that it repeats."""

    file: Path
    record: ReportRecord
    original: Path | None


@dataclass(frozen=True)
class _ClaimReader:
    """Reads a file for its claims."""

    settings: Settings

    def __call__(self, job: _Job) -> list[Claim]:
        """Return the claims of one report that count."""
        if job.record.duplicate_kind in ("identical", "truncated"):
            return []
        report = read_file(job.file, self.settings.max_bytes)
        found = read(replace(report, date=job.record.date or ""), _rules(self.settings))
        found = [claim for claim in found if not _is_void(claim, job.record.void)]
        if job.original is None:
            return found
        whole = " ".join(read_file(job.original, self.settings.max_bytes).text.split())
        return [claim for claim in found if " ".join(claim.text.split()) not in whole]


def _is_void(claim: Claim, void: Sequence[Span]) -> bool:
    """Tell whether a claim rests on words that a later report takes back."""
    return any(
        part.start < gone.end and gone.start < part.end for part in claim.content for gone in void
    )


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
