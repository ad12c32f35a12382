"""The reports of a case and what they say: what a dossier rests on."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from detente.case import citations, naming
from detente.case.model import Citation
from detente.errors import DetenteError, ReportError
from detente.reading.actors import PartyNames, known_as
from detente.reading.claims import Claim
from detente.reading.events import gather_events
from detente.reading.ingest import SUFFIXES, Found, read_file
from detente.reading.paragraphs import Span, paragraphs
from detente.reading.pinned import NotInstalledError
from detente.reading.records import ReportRecord, claim_of, read_lines, report_of_line
from detente.reading.report import Report

CLAIMS = "claims.jsonl"
"""What ``detente read`` wrote, and people may have edited, beside a case."""

MAX_REPORTS = 2_000
"""Reports that are read for a dossier; of a larger pile write the claims first."""

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand: the report, its characters, and the paragraph counted from 1."""

    report: str
    start: int
    end: int
    paragraph: int


@dataclass(frozen=True, eq=False)
class Evidence:
    """The reports of a case and what they say.

    Parameters
    ----------
    reports : tuple of Report
        Sorted by id.
    records : tuple of ReportRecord
        Of the same reports: which repeats which.
    claims : tuple of Claim
        Of the originals, as read or as people edited them.
    reviewed : int
        Claims that a person has looked at.
    notes : tuple of str
        What went wrong on the way, for people.
    events : tuple of Claim
        Rows of event data beside the case, by day; no line of a case can cite them.
    """

    reports: tuple[Report, ...] = ()
    records: tuple[ReportRecord, ...] = ()
    claims: tuple[Claim, ...] = ()
    reviewed: int = 0
    notes: tuple[str, ...] = ()
    events: tuple[Claim, ...] = ()

    @cached_property
    def _by_id(self) -> dict[str, Report]:
        return {report.id: report for report in self.reports}

    @cached_property
    def _located(self) -> dict[Citation, Place | None]:
        return {}

    @cached_property
    def _paragraphs(self) -> dict[str, list[Span]]:
        return {}

    @property
    def copies(self) -> int:
        """How many reports repeat another."""
        return sum(record.duplicate_of is not None for record in self.records)

    def report(self, name: str) -> Report | None:
        """Return the report that an id, or a beginning that no other has, means."""
        found = naming.one_report(name, self._by_id)
        return None if found is None else self._by_id[found]

    def locate(self, citation: Citation) -> Place | None:
        """Return where the words of a citation stand; None if they cannot be found."""
        if citation not in self._located:
            report = self.report(citation.report)
            found = None if report is None else citations.locate(citation, report.text)
            self._located[citation] = self.place(report.id, *found) if report and found else None
        return self._located[citation]

    def place(self, report: str, start: int, end: int) -> Place:
        """Return characters of a report with their paragraph."""
        if report not in self._paragraphs:
            known = self._by_id[report]
            spans = [s for s in paragraphs(known.text) if s.end > known.body]
            self._paragraphs[report] = spans
        before = sum(span.start <= start for span in self._paragraphs[report])
        return Place(report, start, end, max(1, before))


def gather(
    folder: Path, parties: Sequence[PartyNames], progress: Progress = lambda step, done, of: None
) -> Evidence:
    """Return what lies beside a case: its reports, and their claims as edited, or as read now.

    Parameters
    ----------
    folder : Path
        The case's folder.
    parties : sequence of PartyNames
        How the case names its parties.
    progress : callable
        Told the step, how many reports are done, and how many there are.

    Raises
    ------
    ReportError
        If ``claims.jsonl`` cannot be read, or there are more reports than are read here.
    """
    files = _files(folder / citations.FOLDER)
    happened = gather_events(folder, parties)
    if not files:
        return Evidence(notes=happened.notes, events=happened.claims)
    _require_few(folder, files)
    reports, notes = _reports(files)
    file = folder / CLAIMS
    if file.exists():
        records, claims, reviewed = _edited(file)
        known = {report.id for report in reports}
        records = tuple(r for r in records if r.report in known)
        claims = tuple(_claims_of(known, claims, parties))
    else:
        records, claims, told = _read([Path(r.file) for r in reports], parties, progress)
        notes += [note for note in told if note not in notes]
        reviewed = 0
    notes += happened.notes
    return Evidence(tuple(reports), records, claims, reviewed, tuple(notes), happened.claims)


def beside(
    folder: Path, claims: str, file: str = CLAIMS, parties: Sequence[PartyNames] = ()
) -> Evidence:
    """Return the reports of a case, and the claims of a text; nothing is read anew.

    Links that lead out of the folder are left out.

    Parameters
    ----------
    folder : Path
        The case's folder.
    claims : str
        What ``claims.jsonl`` holds, or is about to hold.
    file : str
        What messages call it.
    parties : sequence of PartyNames
        How the case names its parties.

    Raises
    ------
    ReportError
        If the claims cannot be read.
    """
    home = folder.resolve()
    files = [f for f in _files(folder / citations.FOLDER) if f.resolve().is_relative_to(home)]
    reports, notes = _reports(files[:MAX_REPORTS])
    records, found, reviewed = _in_lines(claims, file)
    known = {report.id for report in reports}
    return Evidence(
        tuple(reports),
        tuple(r for r in records if r.report in known),
        tuple(_claims_of(known, found, parties)),
        reviewed,
        tuple(notes),
    )


def reports_beside(folder: Path) -> tuple[list[Report], list[str]]:
    """Return the reports beside a case, their claims left alone, and what is wrong with others.

    Raises
    ------
    ReportError
        If there are more reports than are read here.
    """
    files = _files(folder / citations.FOLDER)
    _require_few(folder, files)
    return _reports(files)


def _require_few(folder: Path, files: Sequence[Path]) -> None:
    if len(files) > MAX_REPORTS:
        raise ReportError(
            f"{folder / citations.FOLDER}: {len(files):,} reports; a dossier holds "
            f"{MAX_REPORTS:,} at most. Keep those in this folder that the case cites"
        )


def _claims_of(
    known: Collection[str], claims: Iterable[Claim], parties: Sequence[PartyNames]
) -> Iterator[Claim]:
    """Yield the claims of known reports, which edited lines may name by a beginning.

    Parties go by the names that the case has for them, as a draft's claims do not.
    """
    named: dict[str, str | None] = {}
    meant = known_as(parties)
    for claim in claims:
        if claim.report not in named:
            named[claim.report] = naming.one_report(claim.report, known)
        report = named[claim.report]
        if report is not None:
            party, target = meant(claim.party), meant(claim.target)
            yield replace(claim, report=report, party=party, target=target)


def _files(folder: Path) -> list[Path]:
    """Return the reports in a folder."""
    try:
        return sorted(
            (f for f in folder.iterdir() if f.suffix.lower() in SUFFIXES and f.is_file()),
            key=lambda f: (f.stem, f.name),
        )
    except OSError:
        return []


def _reports(files: Sequence[Path]) -> tuple[list[Report], list[str]]:
    """Return the reports that can be read, and what is wrong with the others."""
    reports: dict[str, Report] = {}
    notes = []
    for file in files:
        try:
            report = read_file(file)
        except DetenteError as error:  # unreadable, or too large: the others are shown
            notes.append(str(error))
            continue
        if report.id in reports:
            notes.append(f"{file}: another report has the same name; this one is left out")
            continue
        reports[report.id] = report
        notes += [f"{report.file}: {note}" for note in report.notes]
    return list(reports.values()), notes


def _edited(file: Path) -> tuple[tuple[ReportRecord, ...], tuple[Claim, ...], int]:
    """Return the records of a claims file."""
    try:
        text = file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ReportError(
            f"{file}: cannot be read ({error}); write it again with 'detente read'"
        ) from None
    return _in_lines(text, str(file))


def _in_lines(text: str, file: str) -> tuple[tuple[ReportRecord, ...], tuple[Claim, ...], int]:
    """Return the records of a text of claims."""
    lines = read_lines(text, file)
    records = tuple(
        report_of_line(line.record) for line in lines if line.record["type"] == "report"
    )
    claims = tuple(claim_of(line.record) for line in lines if line.record["type"] == "claim")
    return records, claims, sum(line.reviewed for line in lines)


def _read(
    files: Sequence[Path], parties: Sequence[PartyNames], progress: Progress
) -> tuple[tuple[ReportRecord, ...], tuple[Claim, ...], tuple[str, ...]]:
    """Read the reports now; return what is to be said about them, too.

    Without the parser, and where no report can be read, there are no claims, and a word about it.
    """
    from detente.reading import pile

    settings = pile.Settings(parties=tuple(parties))
    try:
        found = pile.scan(Found(tuple(files)), settings, progress)
    except ReportError as error:
        return (), (), tuple(str(error).split("\n"))
    try:
        claims = [c for part in pile.claims(found, settings, progress) for c in part]
    except NotInstalledError as error:
        return found.records, (), (*found.notes, f"what the reports say is not read: {error}")
    return found.records, tuple(claims), found.notes
