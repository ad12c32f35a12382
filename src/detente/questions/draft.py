"""A first case from reports alone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from detente.case.citations import FOLDER
from detente.case.files import CASE_FILE
from detente.case.model import Case
from detente.drafting.build import build
from detente.drafting.gaps import Gap
from detente.drafting.sides import NO_SIDES, Sides
from detente.drafting.sidesfile import FILE, NOTHING, sides_of
from detente.drafting.yaml import to_yaml
from detente.errors import DetenteError
from detente.questions.declare import Option
from detente.questions.declare import Progress as Watched
from detente.questions.reading import (
    MAX_TOKENS,
    Bytes,
    Endpoint,
    Model,
    Paths,
    Replay,
    SidesFile,
    Tokens,
    WordLists,
    Workers,
    asked_for,
    read_twice,
    reading,
    settings_of,
)
from detente.questions.result import Part, Tabled
from detente.reading.claims import Claim
from detente.reading.ingest import MAX_BYTES, read_file
from detente.reading.lexicon import load
from detente.reading.model.log import FILE as LOG_FILE
from detente.reading.model.propose import Answering, Asked, Proposed
from detente.reading.model.second import ENDPOINT
from detente.reading.pile import Progress
from detente.reading.records import ReportRecord, lines
from detente.writing import new_folder

if TYPE_CHECKING:
    from detente.dossier.documents.shapes.facts import DraftDocument
    from detente.dossier.sheets.model import Table

__all__ = ["draft"]

CLAIMS_FILE = "claims.jsonl"


@dataclass(frozen=True, eq=False, repr=False)
class Draft(Tabled):
    """A first case, made of reports by rules; every line of it is a proposal.

    Parameters
    ----------
    case : Case
        Marked as a draft, and so is every line of it.
    gaps : tuple of Gap
        What the reports leave open.
    reports : tuple of ReportRecord
        What was read, copies marked.
    claims : tuple of Claim
        What was found in it.
    text : str
        The case as a ``case.yaml`` with comments.
    files : tuple of Path
        The reports' files, in the order of ``reports``.
    warned : tuple of str
        What went wrong with single files, for people.
    who : Sides
        Who takes part, who only helps, who is left out.
    log : str
        Questions to a language model and its answers, a line each; empty if none was asked.
    cost : str
        What became of its claims, and how many tokens it took; empty if none was asked.
    """

    case: Case
    gaps: tuple[Gap, ...]
    reports: tuple[ReportRecord, ...]
    claims: tuple[Claim, ...]
    text: str
    files: tuple[Path, ...]
    warned: tuple[str, ...] = ()
    who: Sides = NO_SIDES
    log: str = ""
    cost: str = ""

    @property
    def notes(self) -> tuple[str, ...]:
        """What went wrong with single files, for people."""
        return self.warned

    def line(self) -> str:
        """Return how much it is made of."""
        return f"{self.case.name}: {len(self.reports):,} reports, {len(self.gaps):,} gaps"

    def told(self) -> Iterator[Part]:
        """Yield the case in short, and what the reports leave open."""
        from detente.dossier.text.draft import draft_text

        yield draft_text(self.case, self.gaps, self.reports, len(self.claims))
        if self.cost:
            yield f"\n{self.cost}"

    def document(self) -> DraftDocument:
        """Return the case in short, and the gaps, as JSON has them."""
        from detente.dossier.documents.cases import draft_document

        return draft_document(self.case, self.gaps, self.reports, len(self.claims))

    def tables(self) -> tuple[Table, ...]:
        """Return the lines of the case, what is left open, the claims and the reports."""
        from detente.dossier.sheets.cases import gaps_table, lines_table
        from detente.dossier.sheets.reports import claims_table, records_table

        lines, gaps = lines_table(self.case), gaps_table(self.gaps)
        return lines, gaps, claims_table(self.claims), records_table(self.reports)

    def save(self, folder: str | PathLike[str]) -> Path:
        """Write ``case.yaml``, ``claims.jsonl`` and copies of the reports; return the folder.

        Parameters
        ----------
        folder : str or path
            Made where it is not there. Nothing in it is overwritten.

        Raises
        ------
        DetenteError
            If the folder holds a case already, or cannot be written; then nothing is left in it.
        """
        where = Path(fspath(folder))
        taken = _taken(where, self.files)
        copied = () if taken else self.files
        with new_folder(where, last=CASE_FILE) as aside:
            _written(aside, self, copied)
        return where


def draft(
    paths: Paths,
    *,
    title: Annotated[str, Option(metavar="TEXT", shown="made of the parties")] = "",
    sides: SidesFile = None,
    words: WordLists = None,
    max_bytes: Bytes = MAX_BYTES,
    workers: Workers = 1,
    model: Model = None,
    endpoint: Endpoint = ENDPOINT,
    model_log: Annotated[str | PathLike[str] | None, Option(metavar="FILE")] = None,
    replay: Replay = None,
    max_tokens: Tokens = MAX_TOKENS,
    progress: Annotated[Progress | None, Watched("reports")] = None,
) -> Draft:
    """Return a first case made of reports, every line marked as a draft.

    Each line cites the words it was made from, or is called an assumption. What the reports leave
    open is told, and stands at the top of the case. Nothing is asked of any other machine but of a
    model that is named: it proposes, and the words of the reports and the language of the case
    decide.

    Parameters
    ----------
    paths : path or iterable of paths
        Files, or folders of txt, md, html, pdf, docx, odt, rtf and eml files.
    title : str
        What the case is called.
    sides : path, optional
        A ``sides.yaml``: who belongs to whom, who has to sit down with whom, who mediates.
    words : path, optional
        A file, or folder, of word lists to add to those that come with détente.
    max_bytes : int
        The largest file to read, in bytes.
    workers : int, or None for one for each processor
        Processes for large piles.
    model : str, optional
        Have this language model read and propose, too, by the name its endpoint knows. The key is
        taken from DETENTE_API_KEY.
    endpoint : str
        Where it answers, in the form of OpenAI's chat completions.
    model_log : path, optional
        Write every question and answer into this file; beside the case unless given.
    replay : path, optional
        Take the model's answers from this log of an earlier time, and ask nothing.
    max_tokens : int
        Ask no more once so many tokens are used.
    progress : callable, optional
        Told the name of the step, how many reports are done, and how many there are.

    Raises
    ------
    ReportError
        If nothing can be read, or the file of the sides is none.

    Examples
    --------
    >>> import detente
    >>> found = detente.draft("reports")  # doctest: +SKIP
    >>> found.case.party_names  # doctest: +SKIP
    ('syldavia', 'borduria')
    """
    beside = sides_beside(paths)
    named = Path(fspath(sides)) if sides is not None else beside
    told = sides_of(named) if named is not None else NOTHING
    settings = settings_of(told.parties, words, max_bytes, workers)
    asked = asked_for(model, endpoint, model_log, replay, max_tokens)
    said = read_twice(reading(paths, settings, progress), asked, progress)
    answer = Answering(asked, said.second) if asked and said.second else None
    pile = said.pile
    file_of = {r.report: f for r, f in zip(pile.records, pile.files, strict=True)}
    text_of = lru_cache(maxsize=256)(lambda report: read_file(file_of[report], max_bytes).text)
    lexicon = load(said.settings.words)
    built = build(
        pile.records,
        said.claims,
        said.sentences,
        text_of,
        lexicon,
        title,
        told,
        answer,
        sum(said.second.dropped.values()) if said.second is not None else 0,
    )
    return Draft(
        built.case,
        built.gaps,
        pile.records,
        said.claims,
        to_yaml(built),
        pile.files,
        (*said.notes, *_unasked(answer)),
        built.sides,
        _log_of(asked, replay),
        _cost(said.second, answer),
    )


def _cost(second: Proposed | None, answer: Answering | None) -> str:
    """Return what became of a model's claims and how many tokens it took, as text."""
    if second is None or answer is None:
        return ""
    return second.sentence(answer.used)


def _unasked(answer: Answering | None) -> tuple[str, ...]:
    """Return what is to be told where a model did not say all it could about a draft."""
    why = (answer.stopped or answer.fault) if answer is not None else ""
    return (f"the model's proposals about the draft are not all there: {why}",) if why else ()


def _log_of(asked: Asked | None, replay: str | PathLike[str] | None) -> str:
    """Return the log of what was asked, or the one that was replayed."""
    if asked is None:
        return ""
    if replay is not None:
        return Path(fspath(replay)).read_text("utf-8")
    return "".join(f"{entry.line()}\n" for entry in asked.log.entries)


def folder_of(paths: Paths) -> Path:
    """Return the folder of the first of some reports."""
    named = [paths] if isinstance(paths, str | PathLike) else list(paths)
    first = Path(fspath(named[0]))
    return first if first.is_dir() else first.parent


def sides_beside(paths: Paths) -> Path | None:
    """Return the file beside some reports that says who belongs to whom; None without one."""
    where = folder_of(paths) / FILE
    return where if where.is_file() else None


# --- writing ------------------------------------------------------------------------------------


def require_free(folder: Path) -> None:
    """Check, before anything is read or asked, that a folder holds no case yet.

    Raises
    ------
    DetenteError
        If it does, or is none.
    """
    if folder.exists() and not folder.is_dir():
        raise DetenteError(f"{folder} is a file; name a folder for the case")
    for name in (CASE_FILE, CLAIMS_FILE):
        if (folder / name).exists():
            raise DetenteError(
                f"{folder / name} is there already, and a draft overwrites nothing; name another"
                " folder, or move that file away"
            )


def _taken(folder: Path, files: Sequence[Path]) -> bool:
    """Check that nothing would be overwritten; return whether the reports lie there already."""
    require_free(folder)
    reports = folder / FOLDER
    if not reports.exists():
        return False
    if reports.is_dir() and all(f.resolve().parent == reports.resolve() for f in files):
        return True
    if reports.is_dir() and not any(reports.iterdir()):
        return False
    raise DetenteError(
        f"{reports} is there already, with other files; name another folder, or draft from"
        f" {reports} alone"
    )


def _written(aside: Path, made: Draft, copied: Sequence[Path]) -> None:
    """Write everything into a folder aside."""
    (aside / CASE_FILE).write_text(made.text, "utf-8", newline="\n")
    rows = lines(made.reports, made.claims)
    with (aside / CLAIMS_FILE).open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{row}\n" for row in rows)
    if made.log:
        (aside / LOG_FILE).write_text(made.log, "utf-8", newline="\n")
    if copied:
        (aside / FOLDER).mkdir()
        for report in copied:
            shutil.copyfile(report, aside / FOLDER / report.name)
