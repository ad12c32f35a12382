"""A pile of reports: who is who in all of them, then what each says.

The work goes through the pile three times: a first look at every file; twice what each report
teaches about people and bodies, put together over the whole pile; then what it says. Each time a
report is worked on alone, so it does not matter how many processes or machines share the work, or
in which order they finish: the same pile gives the same bytes. Only names are held for the whole
pile; texts, parses and claims come and go, so it may be far larger than memory.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import TypeVar, overload

from detente import pools
from detente.reading import known
from detente.reading.analysis.parser import analysed
from detente.reading.claims import Claim
from detente.reading.ingest import Found, read_file, report_of
from detente.reading.journal import Journal
from detente.reading.learned import weights
from detente.reading.learned.tagger import tagger
from detente.reading.lexicon import Lexicon, load
from detente.reading.paragraphs import Span
from detente.reading.pinned import NotInstalledError, model_folder
from detente.reading.plain import Plain, plain
from detente.reading.reader import Reader, Told, reader, tell
from detente.reading.records import ReportRecord, SentenceRecord
from detente.reading.report import Report
from detente.reading.scan import Look, Looker, Pile, Progress, Settings, pile_of
from detente.reading.who.model import Learnt
from detente.reading.who.world import World

__all__ = [
    "Pile",
    "Progress",
    "Settings",
    "claims",
    "pile_reports",
    "require_parser",
    "rules",
    "scan",
    "told",
]

BATCH = 16
"""Reports that one process is handed at a time."""
_SMALL = 200_000
"""Piles of fewer characters, or bytes, are read in one process: starting another takes longer."""

Item = TypeVar("Item")
Answer = TypeVar("Answer")


def require_parser() -> None:
    """Check that reports can be read, before anything is done for it.

    Raises
    ------
    NotInstalledError
        If the parser or its model is not there: what is missing, and how to get it.
    """
    model_folder()


def scan(files: Found, settings: Settings, progress: Progress) -> Pile:
    """Return the reports in some files: their days, copies and corrections.

    Raises
    ------
    ReportError
        If no file can be read, or two have one stem.
    """
    rows = files.files
    batches = [rows[k : k + BATCH] for k in range(0, len(rows), BATCH)]
    here = replace(settings, cluster="")  # the files are on this machine
    with closing(_spread(_Looking(settings.max_bytes), batches, here, _size(rows))) as parts:
        looks = (look for part in parts for look in part)
        found = pile_of(files, _counted("comparing", looks, len(rows), progress), settings)
    return replace(found, notes=(*found.notes, *weights.missing()))


def _size(files: Sequence[Path]) -> int:
    """Return about how many bytes some files have, as far as it matters."""
    size = 0
    for file in files:
        try:
            size += file.stat().st_size
        except OSError:
            continue
        if size > _SMALL:
            break
    return size


@dataclass(frozen=True)
class _Looking:
    """Takes a first look at a batch of files."""

    max_bytes: int

    def __call__(self, files: Sequence[Path]) -> list[Look]:
        """Return what a first look at each shows."""
        return list(map(Looker(self.max_bytes), files))


def pile_reports(pile: Pile, settings: Settings) -> list[Report]:
    """Return the reports of a pile that are read: identical and truncated copies are not."""
    rows = zip(pile.records, pile.files, strict=True)
    return [
        replace(read_file(file, settings.max_bytes), date=record.date or "")
        for record, file in rows
        if record.duplicate_kind not in ("identical", "truncated")
    ]


def claims(
    pile: Pile,
    settings: Settings,
    progress: Progress,
    marked: list[SentenceRecord] | None = None,
    journal: Journal | None = None,
) -> Iterator[list[Claim]]:
    """Yield the claims of every report of a pile, in its order; see :func:`told`.

    Sentences are put into ``marked`` as they come, where it is given.
    """
    for one in told(pile, settings, progress, journal):
        if marked is not None:
            marked += one.sentences
        yield list(one.claims)


def told(
    pile: Pile, settings: Settings, progress: Progress, journal: Journal | None = None
) -> Iterator[Told]:
    """Yield what every report of a pile says, in its order.

    What an identical or truncated copy says, its original says, and counts there alone; of a
    contained or near copy only claims come whose words do not stand in the original. What a later
    report takes back does not come.

    Raises
    ------
    NotInstalledError
        If the parser or its model is not there.
    DetenteError
        If a process or a cluster fails.
    """
    require_parser()
    papers = _Papers(pile, settings)
    known_before = rules(settings)
    world = World((), (), known_before.parties, known_before.lexicon)
    size = sum(record.chars for record in pile.records)
    for seats in (False, True):
        step = _Learning(_Task(settings, papers.lexicon, known.packed(world)))
        with closing(_spread(step, papers, settings, size)) as parts:
            learnt = (one for part in parts for one in part)
            name = "learning who is who" if seats else "parsing"
            world.settle(list(_counted(name, learnt, len(papers.own), progress)), seats=seats)
    reading = _Reading(_Task(settings, papers.lexicon, known.packed(world)))
    with closing(_resumed(reading, papers, settings, size, journal)) as parts:
        fresh = (one for part in parts for one in part)
        counted = _counted("reading", fresh, len(papers.own), progress)
        for record in pile.records:
            yield next(counted) if _is_own(record) else Told()


def _resumed(
    work: _Reading, papers: _Papers, settings: Settings, size: int, journal: Journal | None
) -> Generator[list[Told], None, None]:
    """Yield what the batches say: from a journal where it stands there, else read now."""
    if journal is None:
        yield from _spread(work, papers, settings, size)
        return
    everything = [repr((p.record, p.original)) for p in papers.own]
    base = known.digest(
        settings.parties, _words_digest(settings.words), weights.stamp(), *everything
    )
    keys = [known.digest(base, [paper.record for paper in batch]) for batch in papers.bare]
    missing = [k for k, key in enumerate(keys) if key not in journal]
    with closing(_spread(work, papers.some(missing), settings, size)) as fresh:
        for key in keys:
            if key in journal:
                yield journal.read(key)
            else:
                found = next(fresh)
                journal.write(key, found)
                yield found


def _words_digest(words: Path | None) -> list[bytes]:
    """Return what stands in a user's word lists."""
    if words is None:
        return []
    return [f.read_bytes() for f in (sorted(words.glob("*.txt")) if words.is_dir() else [words])]


# --- what is handed out -------------------------------------------------------------------------


def _is_own(record: ReportRecord) -> bool:
    """Tell whether a report is read: an identical or truncated copy is not."""
    return record.duplicate_kind not in ("identical", "truncated")


@dataclass(frozen=True)
class _Paper:
    """A report to be read.

    Parameters
    ----------
    file : Path
        Where it is, on the machine that asks.
    record : ReportRecord
        What is known of it.
    original : Path, optional
        Of the report that it repeats.
    data, original_data : bytes, optional
        What stands in the files, for a machine that has no such files.
    """

    file: Path
    record: ReportRecord
    original: Path | None = None
    data: bytes | None = None
    original_data: bytes | None = None

    def plain(self, max_bytes: int) -> Plain:
        """Return the report in plain text, with the day that is known."""
        if self.data is None:
            report = read_file(self.file, max_bytes)
        else:
            report = report_of(self.data, str(self.file), self.file.stem)
        return plain(replace(report, date=self.record.date or ""))

    def whole(self, max_bytes: int) -> str:
        """Return the words of the report that it repeats; nothing where it repeats none."""
        if self.original is None:
            return ""
        if self.original_data is None:
            text = read_file(self.original, max_bytes).text
        else:
            text = report_of(self.original_data, str(self.original), self.original.stem).text
        return " ".join(text.split())


class _Papers(Sequence[tuple[_Paper, ...]]):
    """The reports of a pile in batches; for a cluster they are loaded when they are asked for."""

    def __init__(self, pile: Pile, settings: Settings) -> None:
        file_of = {r.report: f for r, f in zip(pile.records, pile.files, strict=True)}
        own = [
            _Paper(f, r, file_of[r.duplicate_of] if r.duplicate_of else None)
            for r, f in zip(pile.records, pile.files, strict=True)
            if _is_own(r)
        ]
        self.own = tuple(own)
        self.bare = tuple(self.own[k : k + BATCH] for k in range(0, len(self.own), BATCH))
        self.lexicon = load(settings.words) if settings.words and settings.cluster else None
        self._sent = bool(settings.cluster)

    def __len__(self) -> int:
        return len(self.bare)

    def some(self, numbers: Sequence[int]) -> _Papers:
        """Return some of the batches."""
        found = copy.copy(self)
        found.bare = tuple(self.bare[k] for k in numbers)
        return found

    @overload
    def __getitem__(self, k: int) -> tuple[_Paper, ...]: ...

    @overload
    def __getitem__(self, k: slice) -> Sequence[tuple[_Paper, ...]]: ...

    def __getitem__(self, k: int | slice) -> tuple[_Paper, ...] | Sequence[tuple[_Paper, ...]]:
        if isinstance(k, slice):
            return [self[i] for i in range(*k.indices(len(self)))]
        return tuple(map(_loaded, self.bare[k])) if self._sent else self.bare[k]


def _loaded(paper: _Paper) -> _Paper:
    """Return a paper with what stands in its files."""
    return replace(
        paper,
        data=paper.file.read_bytes(),
        original_data=paper.original.read_bytes() if paper.original else None,
    )


@dataclass(frozen=True)
class _Task:
    """What every process has to know.

    Parameters
    ----------
    settings : Settings
        How the pile is read.
    lexicon : Lexicon, optional
        The word lists, for a machine that does not have the user's.
    world : bytes
        Who is who in the pile, as far as it is known.
    weights : str
        The stamp of the tagger's weights: every process must have the same.
    """

    settings: Settings
    lexicon: Lexicon | None
    world: bytes
    weights: str = field(default_factory=weights.stamp)

    def rules(self) -> Reader:
        """Return the rules; made once in each process.

        Raises
        ------
        NotInstalledError
            If a worker has no tagger, or another one, than who asks it.
        """
        if self.weights != weights.stamp():
            raise NotInstalledError(
                "a worker has not the same tagger as this machine, so it would read otherwise:"
                f" install the same version of detente there, and {weights.CURE}"
            )
        if self.lexicon is not None:
            return reader(self.lexicon, self.settings.parties, tagger())
        return rules(self.settings)


@lru_cache(maxsize=2)
def rules(settings: Settings) -> Reader:
    """Return the rules of some settings, with the tagger; loaded once in each process."""
    return reader(load(settings.words), settings.parties, tagger())


@dataclass(frozen=True)
class _Learning:
    """Finds what reports teach about who is who."""

    task: _Task

    def __call__(self, papers: Sequence[_Paper]) -> list[Learnt]:
        """Return what each of some reports teaches by itself."""
        world = known.unpacked(self.task.world, self.task.rules())
        shown = [paper.plain(self.task.settings.max_bytes) for paper in papers]
        found = analysed([one.plain for one in shown])
        return [
            world.look(one, paper.original is not None)
            for one, paper in zip(found, papers, strict=True)
        ]


@dataclass(frozen=True)
class _Reading:
    """Finds what reports say."""

    task: _Task

    def __call__(self, papers: Sequence[_Paper]) -> list[Told]:
        """Return what each of some reports says that counts."""
        rules = self.task.rules()
        world = known.unpacked(self.task.world, rules)
        size = self.task.settings.max_bytes
        shown = [paper.plain(size) for paper in papers]
        found = []
        for paper, text, one in zip(
            papers, shown, analysed([one.plain for one in shown]), strict=True
        ):
            world.open([one])
            found.append(_counting(tell(one, text, world, rules), paper, size))
        return found


def _counting(said: Told, paper: _Paper, max_bytes: int) -> Told:
    """Return what neither the original says nor a later report takes back."""
    kept = [claim for claim in said.claims if not _is_void(claim, paper.record.void)]
    if whole := paper.whole(max_bytes):
        kept = [claim for claim in kept if " ".join(claim.text.split()) not in whole]
    return replace(said, claims=tuple(kept))


def _is_void(claim: Claim, void: Sequence[Span]) -> bool:
    """Tell whether a claim rests on words that a later report takes back."""
    return any(
        part.start < gone.end and gone.start < part.end for part in claim.content for gone in void
    )


# --- who does the work --------------------------------------------------------------------------


def _spread(
    work: Callable[[Item], Answer], items: Sequence[Item], settings: Settings, size: int
) -> Generator[Answer, None, None]:
    """Return the answers in order, from a cluster, from several processes, or from this one."""
    if settings.cluster:
        return pools.on_cluster(work, items, settings.cluster)
    if settings.workers > 1 and len(items) > 1 and size > _SMALL:
        return pools.on_processes(work, items, min(settings.workers, len(items)))
    return pools.here(work, items)


def _counted(
    step: str, results: Iterator[Answer], total: int, progress: Progress
) -> Iterator[Answer]:
    """Yield results and tell how far they are."""
    for done, result in enumerate(results, start=1):
        progress(step, done, total)
        yield result
