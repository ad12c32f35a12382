"""Reports read: who wants what, and who said so."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

from detente.case.model import Case
from detente.drafting.sidesfile import sides_of
from detente.questions.declare import Argument, AtLeast, Option, Several
from detente.questions.declare import Progress as Watched
from detente.questions.loading import load
from detente.questions.result import Part, Tabled
from detente.reading.actors import PartyNames
from detente.reading.claims import Claim
from detente.reading.claimsfile import save
from detente.reading.ingest import MAX_BYTES, find_reports
from detente.reading.model.propose import Asked, Proposed
from detente.reading.model.second import ENDPOINT, asked_of, second_reading
from detente.reading.pile import Pile, Progress, Settings, claims, require_parser, scan
from detente.reading.records import (
    ReportRecord,
    SentenceRecord,
    claim_record,
    report_record,
    sentence_record,
)

if TYPE_CHECKING:
    from detente.dossier.documents.shapes.read import ReadRecord
    from detente.dossier.sheets.model import Table

__all__ = ["read"]

WIDTH = 80
"""Columns of the digest."""

EACH_PROCESSOR = "one for each processor"

Paths: TypeAlias = Annotated[
    str | PathLike[str] | Iterable[str | PathLike[str]], Argument("PATH"), Several()
]
WordLists: TypeAlias = Annotated[str | PathLike[str] | None, Option(metavar="PATH")]
SidesFile: TypeAlias = Annotated[str | PathLike[str] | None, Option(metavar="FILE")]
Bytes: TypeAlias = Annotated[int, AtLeast(1), Option(metavar="BYTES", shown="20,000,000")]
Workers: TypeAlias = Annotated[
    int | None, AtLeast(1), Option(metavar="N", shown=EACH_PROCESSOR, terminal=None)
]


Model: TypeAlias = Annotated[str | None, Option(metavar="NAME")]
Endpoint: TypeAlias = Annotated[str, Option(metavar="URL")]
Replay: TypeAlias = Annotated[str | PathLike[str] | None, Option(metavar="FILE")]
Tokens: TypeAlias = Annotated[int, AtLeast(1), Option(metavar="N")]
MAX_TOKENS = 2_000_000


@dataclass(frozen=True, eq=False, repr=False)
class Reading(Tabled):
    """What some reports say, each claim with its exact words.

    Parameters
    ----------
    pile : Pile
        The reports with their files, copies marked.
    parts : tuple of tuple of Claim
        The claims of each report, in the pile's order.
    settings : Settings
        How the reports were read.
    second : Proposed, optional
        What a language model proposed, if one was asked.
    sentences : tuple of SentenceRecord
        All sentences, each marked whether it is worth reading.
    """

    pile: Pile
    parts: tuple[tuple[Claim, ...], ...]
    settings: Settings
    second: Proposed | None = None
    sentences: tuple[SentenceRecord, ...] = ()

    @property
    def reports(self) -> tuple[ReportRecord, ...]:
        """The reports in the order of their ids, copies marked."""
        return self.pile.records

    @property
    def claims(self) -> tuple[Claim, ...]:
        """What the reports say, report by report and in the order of the text."""
        return tuple(claim for part in self.parts for claim in part)

    @property
    def notes(self) -> tuple[str, ...]:
        """What went wrong with single files, for people; such files are left out."""
        stopped = self.second.stopped if self.second is not None else ""
        return (
            (*self.pile.notes, f"not all was asked of the model: {stopped}")
            if stopped
            else (self.pile.notes)
        )

    def line(self) -> str:
        """Return how much was read."""
        return f"{len(self.reports):,} reports: {sum(map(len, self.parts)):,} claims"

    def told(self) -> Iterator[Part]:
        """Yield what each party demands, offers, refuses, threatens, does and says."""
        yield self.digest()
        if self.second is not None:
            yield f"\n{self.second.sentence()}"

    def document(self) -> list[ReadRecord]:
        """Return what the command prints, a record a line: reports, claims, then sentences."""
        return [
            *map(report_record, self.reports),
            *map(claim_record, self.claims),
            *map(sentence_record, self.sentences),
        ]

    def digest(self, width: int = WIDTH) -> str:
        """Return what each party demands, offers, refuses, threatens, does and says.

        Parameters
        ----------
        width : int
            Columns; lines are broken there.
        """
        from detente.dossier.text.digest import digest

        labels = {party.name: party.label for party in self.settings.parties}
        return "\n".join(digest(self.reports, self.claims, labels, width))

    def tables(self) -> tuple[Table, ...]:
        """Return the claims, then the reports."""
        from detente.dossier.sheets.reports import claims_table, records_table

        return claims_table(self.claims), records_table(self.reports)

    def save(self, path: str | PathLike[str], *, force: bool = False) -> tuple[str, ...]:
        """Write a claims file, whole or not at all; return what is to be said about it.

        Parameters
        ----------
        path : str or path
            Where it is there already, claims that a person marked, edited, added or deleted stay
            so.
        force : bool
            Keep nothing of what is there.

        Raises
        ------
        ReportError
            If something else than a claims file stands there.
        DetenteError
            If it cannot be written.
        """
        where = Path(fspath(path))
        return save(where, self.pile, self.parts, self.settings, force=force)[1]


def read(
    paths: Paths,
    case: Annotated[Case | str | PathLike[str] | None, Option(metavar="CASE", kind="text")] = None,
    *,
    sides: SidesFile = None,
    words: WordLists = None,
    max_bytes: Bytes = MAX_BYTES,
    workers: Workers = 1,
    cluster: Annotated[str | None, Option(metavar="ADDRESS")] = None,
    model: Model = None,
    endpoint: Endpoint = ENDPOINT,
    model_log: Annotated[str | PathLike[str] | None, Option(metavar="FILE")] = None,
    replay: Replay = None,
    max_tokens: Tokens = MAX_TOKENS,
    progress: Annotated[Progress | None, Watched("reports")] = None,
) -> Reading:
    """Return what some reports say: who wants what, and who said so.

    Prints a digest by party; with -o writes every claim to a file for editing, and keeps what
    a person has marked, edited, added or deleted there; interrupted, the same command goes on
    where it was. Nothing is asked of any other machine but of a cluster or a model that is named.
    A model proposes, and the report's words decide: what does not stand there to the letter, or
    is denied, supposed or hearsay there, is dropped and counted.

    Parameters
    ----------
    paths : path or iterable of paths
        Files, or folders of txt, md, html, pdf, docx, odt, rtf and eml files.
    case : Case or source of one, optional
        Name parties as this case does; its aliases count.
    sides : path, optional
        A ``sides.yaml``: who belongs to whom; see ``detente draft``.
    words : path, optional
        A file, or folder, of word lists to add to those that come with détente.
    max_bytes : int
        The largest file to read, in bytes.
    workers : int, or None for one for each processor
        Processes for large piles.
    cluster : str, optional
        Use this Dask cluster, such as tcp://host:8786.
    model : str, optional
        Have this language model read, too, by the name its endpoint knows. The key is taken from
        DETENTE_API_KEY.
    endpoint : str
        Where it answers, in the form of OpenAI's chat completions.
    model_log : path, optional
        Write every question, answer and what became of it into this file; beside -o unless given.
    replay : path, optional
        Take the model's answers from this log of an earlier time, and ask nothing.
    max_tokens : int
        Ask no more once so many tokens are used.
    progress : callable, optional
        Told the name of the step, how many reports are done, and how many there are.

    Raises
    ------
    ReportError
        If nothing can be read, or two reports have one name.
    CaseError
        If the case cannot be read.

    Examples
    --------
    >>> import detente
    >>> found = detente.read("reports", "korea-2018")  # doctest: +SKIP
    >>> [claim.text for claim in found.claims if claim.kind == "condition"]  # doctest: +SKIP
    ['the right conditions', ...]
    """
    settings = settings_of(known_parties(case, sides), words, max_bytes, workers, cluster)
    asked = asked_for(model, endpoint, model_log, replay, max_tokens)
    return read_twice(reading(paths, settings, progress), asked, progress)


def asked_for(
    model: str | None,
    endpoint: str,
    log: str | PathLike[str] | None,
    replay: str | PathLike[str] | None,
    max_tokens: int,
) -> Asked | None:
    """Return whom to ask, as the options of a command say; None where no model is named."""
    if model is None:
        return None
    paths = [Path(fspath(p)) if p is not None else None for p in (log, replay)]
    return asked_of(model, endpoint, paths[0], paths[1], max_tokens)


def read_twice(found: Reading, asked: Asked | None, progress: Progress | None) -> Reading:
    """Return a reading with what a language model adds to it; as it is where none is asked."""
    if asked is None:
        return found
    second = second_reading(found.pile, found.parts, found.settings, asked, progress or _silent)
    return replace(found, parts=second.claims, second=second)


def reading(
    paths: str | PathLike[str] | Iterable[str | PathLike[str]],
    settings: Settings,
    progress: Progress | None = None,
) -> Reading:
    """Return what some reports say, read under some settings; see :func:`read`."""
    named = [paths] if isinstance(paths, str | PathLike) else list(paths)
    told = progress or _silent
    require_parser()
    pile = scan(find_reports([Path(fspath(p)) for p in named]), settings, told)
    marked: list[SentenceRecord] = []
    parts = tuple(map(tuple, claims(pile, settings, told, marked)))
    return Reading(pile, parts, settings, sentences=tuple(marked))


def known_parties(
    case: Case | str | PathLike[str] | None, sides: str | PathLike[str] | None = None
) -> tuple[PartyNames, ...]:
    """Return the names of a case's parties, and those of a file of sides."""
    known = load(case) if isinstance(case, str | PathLike) else case
    parties = known.parties if known is not None else ()
    told = sides_of(Path(fspath(sides))).parties if sides is not None else ()
    return (*(PartyNames(p.name, p.label, p.aliases) for p in parties), *told)


def settings_of(
    parties: tuple[PartyNames, ...],
    words: str | PathLike[str] | None,
    max_bytes: int,
    workers: int | None,
    cluster: str | None = None,
) -> Settings:
    """Return how to read, with the names of the parties."""
    return Settings(
        parties,
        Path(fspath(words)) if words is not None else None,
        max_bytes,
        workers or os.cpu_count() or 1,
        cluster or "",
    )


def _silent(step: str, done: int, of: int) -> None:
    """Tell nobody."""
