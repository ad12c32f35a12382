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
from detente.reading.pinned import model_folder
from detente.reading.reader import Reader, Told, read_all, reader
from detente.reading.records import ReportRecord, SentenceRecord
from detente.reading.scan import Looker, Pile, Progress, Settings, pile_of

__all__ = ["Pile", "Progress", "Settings", "claims", "require_parser", "scan"]

_SMALL = 64
"""Piles with fewer files are read in one process."""
_CHUNK = 32
_GROUP = 100
"""So many reports are read together."""

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


def require_parser() -> None:
    """Check that reports can be read, before anything is done for it.

    Raises
    ------
    NotInstalledError
        If the parser or its model is not there: what is missing, and how to get it.
    """
    model_folder()


def claims(
    pile: Pile,
    settings: Settings,
    progress: Progress,
    marked: list[SentenceRecord] | None = None,
) -> Iterator[list[Claim]]:
    """Yield the claims of every report of a pile, in its order; see :func:`told`.

    Sentences are put into ``marked`` as they come, where it is given.
    """
    for one in told(pile, settings, progress):
        if marked is not None:
            marked += one.sentences
        yield list(one.claims)


def told(pile: Pile, settings: Settings, progress: Progress) -> Iterator[Told]:
    """Yield what every report of a pile says, in its order.

    What an identical or truncated copy says, its original says, and counts there alone; of a
    contained or near copy only claims come whose words do not stand in the original.
    Reports are read in groups, and a person keeps his side in all of a group.
    """
    require_parser()
    file_of = {r.report: f for r, f in zip(pile.records, pile.files, strict=True)}
    jobs = [
        _Job(f, r, file_of[r.duplicate_of] if r.duplicate_of else None)
        for r, f in zip(pile.records, pile.files, strict=True)
    ]
    groups = [jobs[k : k + _GROUP] for k in range(0, len(jobs), _GROUP)]
    with _pool(settings, len(jobs)) as pool:
        parts = _run(pool, _GroupReader(settings), groups, 1)
        yield from _counted("reading", (one for part in parts for one in part), len(jobs), progress)


@dataclass(frozen=True)
class _Job:
    """A report to be read: its file, what is known of it, and the file that it repeats."""

    file: Path
    record: ReportRecord
    original: Path | None


@dataclass(frozen=True)
class _GroupReader:
    """Reads some files together."""

    settings: Settings

    def __call__(self, jobs: Sequence[_Job]) -> list[Told]:
        """Return what each of some reports says that counts."""
        size = self.settings.max_bytes
        own = [j for j in jobs if j.record.duplicate_kind not in ("identical", "truncated")]
        reports = [replace(read_file(j.file, size), date=j.record.date or "") for j in own]
        copies = {r.id for r, job in zip(reports, own, strict=True) if job.original}
        told = read_all(reports, _rules(self.settings), copies)
        by_file = dict(zip((job.file for job in own), told, strict=True))
        return [self._fresh(job, by_file.get(job.file, Told())) for job in jobs]

    def _fresh(self, job: _Job, told: Told) -> Told:
        """Return what a report says that neither its original says nor a later one takes back."""
        kept = tuple(c for c in told.claims if not _is_void(c, job.record.void))
        if job.original is None:
            return Told(kept, told.sentences)
        whole = " ".join(read_file(job.original, self.settings.max_bytes).text.split())
        kept = tuple(c for c in kept if " ".join(c.text.split()) not in whole)
        return Told(kept, told.sentences)


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
    pool: ProcessPoolExecutor | None,
    work: Callable[[Job], Result],
    jobs: Sequence[Job],
    chunk: int = _CHUNK,
) -> Iterator[Result]:
    """Return the results of all jobs, in order."""
    return map(work, jobs) if pool is None else _chunked(pool, work, jobs, chunk)


def _chunked(
    pool: ProcessPoolExecutor, work: Callable[[Job], Result], jobs: Sequence[Job], chunk: int
) -> Iterator[Result]:
    """Yield results in order, a bounded number of chunks under way."""
    waiting: list[Future[list[Result]]] = []
    for start in range(0, len(jobs), chunk):
        waiting.append(pool.submit(_each, work, jobs[start : start + chunk]))
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
