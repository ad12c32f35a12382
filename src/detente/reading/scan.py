"""A first look at a pile: which reports there are, in which language, of which day, which repeat.

Only fingerprints and names are held for the whole pile; texts come and go.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from detente.errors import DetenteError, ReportError
from detente.reading.actors import PartyNames
from detente.reading.characters import twice_decoded
from detente.reading.corrections import Correction, Sketch, corrections, sketch
from detente.reading.dates import Day, day_of, in_their_year
from detente.reading.duplicates import Duplicate, Fingerprint, duplicates, fingerprint
from detente.reading.ingest import MAX_BYTES, Found, read_file
from detente.reading.language import other_language
from detente.reading.paragraphs import Span
from detente.reading.plain import plain
from detente.reading.records import ReportRecord

Progress = Callable[[str, int, int], None]
"""Told the name of the step, how many reports are done, and how many there are."""


_NO_DAY = Day()


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
    cluster : str
        The Dask scheduler whose workers read instead; empty for none.
    """

    parties: tuple[PartyNames, ...] = ()
    words: Path | None = None
    max_bytes: int = MAX_BYTES
    workers: int = 1
    cluster: str = ""


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
class Look:
    """What a first look at one file shows.

    Parameters
    ----------
    record : ReportRecord, optional
        None where it cannot be read, or is not in English.
    print, sketch : optional
        Of its plain text.
    day : Day
        What its dateline says.
    skipped : tuple of str
        Why paragraphs are not parsed, one for each.
    notes : tuple of str
        For people.
    """

    record: ReportRecord | None = None
    print: Fingerprint | None = None
    sketch: Sketch | None = None
    day: Day = _NO_DAY
    skipped: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Looker:
    """Takes a first look at a file."""

    max_bytes: int

    def __call__(self, file: Path) -> Look:
        """Return what a first look at a file shows."""
        try:
            report = read_file(file, self.max_bytes)
        except DetenteError as error:
            return Look(notes=(str(error),))
        notes = tuple(f"{report.file}: {note}" for note in report.notes)
        if twice_decoded(report.text):
            notes += (f"{report.file}: its letters were decoded twice; they are read as meant",)
        shown = plain(report)
        text = shown.plain.text
        if language := other_language(text):
            told = f"{report.file}: this report is in {language}; only English is read, so it is"
            return Look(notes=(*notes, f"{told} left out"))
        record = ReportRecord(
            report.id, report.file, len(report.text), report.sha256, report.date or None
        )
        day = day_of(text, report.id)
        return Look(record, fingerprint(text), sketch(text), day, shown.skipped, notes)


def pile_of(found: Found, looks: Iterable[Look], settings: Settings) -> Pile:
    """Return the reports of some files: days, copies and corrections.

    Parameters
    ----------
    found : Found
        The files.
    looks : iterable of Look
        A first look at each.
    settings : Settings
        How they are read.

    Raises
    ------
    ReportError
        If no file can be read, or two have one stem.
    """
    seen = list(looks)
    notes = (*found.notes, *(note for look in seen for note in look.notes), *_not_parsed(seen))
    kept = [(f, look) for f, look in zip(found.files, seen, strict=True) if look.record]
    if not kept:
        raise ReportError("\n".join(notes))
    files = tuple(file for file, _ in kept)
    records = _dated([look for _, look in kept])
    _require_unique(records)
    marks = duplicates([look.print for _, look in kept if look.print is not None])
    told = corrections(
        [look.sketch for _, look in kept if look.sketch is not None],
        [record.date or "" for record in records],
        lambda k: read_file(files[k], settings.max_bytes),
    )
    marks = _newest_first(marks, told)
    marked = [_copied(r, mark, records) for r, mark in zip(records, marks, strict=True)]
    return Pile(tuple(_corrected(marked, told)), files, (*notes, *_told_of(marked, told)))


def _not_parsed(looks: Sequence[Look]) -> list[str]:
    """Word how many paragraphs are not parsed, and why."""
    counts = Counter(reason for look in looks for reason in look.skipped)
    found = []
    for reason, count in sorted(counts.items()):
        several = count != 1
        head = f"{count:,} paragraph{'s' * several} {'are' if several else 'is'}"
        if reason == "furniture":
            found.append(f"{head} not parsed: figures, addresses or furniture of pages")
        else:
            found.append(f"{head} in {reason} and left out")
    return found


def _dated(looks: Sequence[Look]) -> list[ReportRecord]:
    """Return the records of some reports, with the days that datelines say."""
    records = [look.record for look in looks if look.record is not None]
    days = [_NO_DAY if look.record and look.record.date else look.day for look in looks]
    told = in_their_year(days, [record.date for record in records if record.date])
    return [
        record if record.date or not day else replace(record, date=day)
        for record, day in zip(records, told, strict=True)
    ]


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


def _newest_first(
    marks: Sequence[Duplicate | None], told: Mapping[int, tuple[Correction, ...]]
) -> list[Duplicate | None]:
    """Return which report repeats which, where an update counts as the original."""
    found = list(marks)
    for new, taken in told.items():
        for old in (one.of for one in taken):
            mark = found[new]
            if mark is None or mark.of != old:
                continue
            found[new] = None
            found[old] = Duplicate(new, "near", mark.shared)
            for k, other in enumerate(found):
                if other is not None and other.of == old and k != old:
                    found[k] = replace(other, of=new)
    return found


def _copied(
    record: ReportRecord, mark: Duplicate | None, records: Sequence[ReportRecord]
) -> ReportRecord:
    """Return a record with what it repeats."""
    if mark is None:
        return record
    return replace(
        record, duplicate_of=records[mark.of].report, duplicate_kind=mark.kind, shared=mark.shared
    )


def _corrected(
    records: Sequence[ReportRecord], told: Mapping[int, tuple[Correction, ...]]
) -> list[ReportRecord]:
    """Return records with what they correct, and with what no longer counts in them."""
    void: dict[int, set[Span]] = {}
    for taken in told.values():
        for one in taken:
            void.setdefault(one.of, set()).update(one.void)
    return [
        replace(
            record,
            corrects=tuple(records[one.of].report for one in told.get(k, ())),
            void=tuple(sorted(void.get(k, ()), key=lambda span: span.start)),
        )
        for k, record in enumerate(records)
    ]


def _told_of(
    records: Sequence[ReportRecord], told: Mapping[int, tuple[Correction, ...]]
) -> list[str]:
    """Word which report corrects which."""
    return [
        f"{records[k].report} corrects or updates {records[one.of].report}: {_falls(one)}"
        for k, taken in told.items()
        for one in taken
    ]


def _falls(one: Correction) -> str:
    """Word what a correction takes back."""
    if not one.void:
        return "nothing there is plainly taken back"
    several = len(one.void) != 1
    return f"{len(one.void)} sentence{'s' * several} there no longer count{'s' * (not several)}"
