"""Later reports read into a case, as proposals beside it."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from detente.case.citations import FOLDER
from detente.case.model import Case
from detente.drafting.build import build
from detente.drafting.likeness import likeness
from detente.drafting.reviewing import Proposal, proposals_beside, proposals_text, to_record
from detente.drafting.sidesfile import Told
from detente.drafting.updating import proposals
from detente.errors import DetenteError
from detente.questions import loading
from detente.questions.declare import Argument, Several
from detente.questions.declare import Progress as Watched
from detente.questions.reading import Bytes, WordLists, known_parties, reading, settings_of
from detente.questions.result import Part, Tabled
from detente.reading.actors import PartyNames
from detente.reading.ingest import MAX_BYTES, find_reports, read_file
from detente.reading.lexicon import load
from detente.reading.pile import Progress
from detente.writing import write_text

if TYPE_CHECKING:
    from detente.dossier.documents.shapes.update import ProposalDocument, UpdateDocument
    from detente.dossier.sheets.model import Table

__all__ = ["update"]

PROPOSALS = "proposals.jsonl"
"""What later reports propose and nobody has settled, beside a case."""


@dataclass(frozen=True, eq=False, repr=False)
class Update(Tabled):
    """What later reports would change in a case; nothing in it was touched.

    Parameters
    ----------
    case : Case
        As it is.
    proposals : tuple of Proposal
        Each with an id; ``detente review`` goes through them.
    folder : Path
        The case's folder.
    files : tuple of Path
        The new reports.
    warned : tuple of str
        What went wrong with single files.
    """

    case: Case
    proposals: tuple[Proposal, ...]
    folder: Path
    files: tuple[Path, ...]
    warned: tuple[str, ...] = ()

    @property
    def notes(self) -> tuple[str, ...]:
        """What went wrong with single files, for people."""
        return self.warned

    def line(self) -> str:
        """Return how much is proposed."""
        return f"{self.case.name}: {len(self.proposals):,} proposals"

    def told(self) -> Iterator[Part]:
        """Yield what is proposed, with its ids."""
        from detente.dossier.text.draft import update_text

        yield update_text(self.case, self.proposals)

    def tables(self) -> tuple[Table, ...]:
        """Return the proposals as a table."""
        from detente.dossier.sheets.reports import proposals_table

        return (proposals_table(self.proposals),)

    def document(self) -> UpdateDocument:
        """Return the proposals as JSON has them."""
        kinds = Counter(p.kind for p in self.proposals)
        return {
            "case": self.case.name,
            "counts": dict(sorted(kinds.items())),
            "proposals": [_record(p) for p in self.proposals],
        }

    def save(self) -> Path:
        """Put the new reports into the case's folder and the proposals beside it; return where.

        Raises
        ------
        DetenteError
            If they cannot be written.
        """
        reports = self.folder / FOLDER
        try:
            reports.mkdir(exist_ok=True)
            for file in self.files:
                if file.resolve().parent != reports.resolve():
                    shutil.copyfile(file, reports / file.name)
        except OSError as error:
            raise DetenteError(f"{reports}: cannot be written ({error.strerror})") from None
        where = self.folder / PROPOSALS
        write_text(where, proposals_text(self.proposals), force=True)
        return where


def _record(proposal: Proposal) -> ProposalDocument:
    record: Any = to_record(proposal)
    shaped: ProposalDocument = record
    return shaped


def update(
    source: Annotated[str | PathLike[str], Argument("CASE_DIR")],
    reports: Annotated[Sequence[str | PathLike[str]], Argument("REPORT"), Several()],
    *,
    words: WordLists = None,
    max_bytes: Bytes = MAX_BYTES,
    progress: Annotated[Progress | None, Watched("reports")] = None,
) -> Update:
    """Return what later reports would change in a case: new, changed, withdrawn, contradicted.

    They are read together with the case's own reports. What is accepted in the case stays as it
    is; proposals that nobody has settled yet stay, too.

    Parameters
    ----------
    source : path
        The folder of a case.
    reports : sequence of paths
        The new reports: files, or folders of them.
    words : path, optional
        A file, or folder, of word lists to add to those that come with détente.
    max_bytes : int
        The largest file to read, in bytes.
    progress : callable, optional
        Told the name of the step, how many reports are done, and how many there are.

    Raises
    ------
    CaseError
        If the case cannot be read.
    ReportError
        If nothing can be read.

    Examples
    --------
    >>> import detente
    >>> found = detente.update("canal", ["wednesday.txt"])  # doctest: +SKIP
    >>> [(p.kind, p.said) for p in found.proposals]  # doctest: +SKIP
    [('new', ...)]
    """
    folder = Path(fspath(source))
    folder = folder if folder.is_dir() else folder.parent
    case = loading.load(source)
    new = find_reports([Path(fspath(r)) for r in reports]).files
    lie = folder / FOLDER
    have = find_reports([lie]).files if lie.is_dir() and any(lie.iterdir()) else ()
    _require_own_names(lie, new)
    old = [f for f in have if f.name not in {n.name for n in new}]
    settings = settings_of(known_parties(_labelled(case)), words, max_bytes, 1)
    said = reading([*old, *new], settings, progress)
    file_of = {r.report: f for r, f in zip(said.reports, said.pile.files, strict=True)}
    text_of = lru_cache(maxsize=256)(lambda report: read_file(file_of[report], max_bytes).text)
    lexicon = load(settings.words)
    told = _told(case)
    built = build(said.reports, said.claims, said.sentences, text_of, lexicon, "", told)
    fresh = [r.report for r, f in zip(said.reports, said.pile.files, strict=True) if f in set(new)]
    found = proposals(case, built, likeness(lexicon), fresh)
    kept = proposals_beside(folder / PROPOSALS)
    waiting = [p for p in kept if p.id not in {n.id for n in found}]
    return Update(case, (*waiting, *found), folder, tuple(new), said.notes)


def _require_own_names(reports: Path, new: Sequence[Path]) -> None:
    """Check that no new report would take the place of another that the case may cite.

    Raises
    ------
    DetenteError
        If one of the same name lies there with other words.
    """
    for file in new:
        there = reports / file.name
        if there.is_file() and there.read_bytes() != file.read_bytes():
            raise DetenteError(
                f"{there} is there already, with other words; give {file} another name"
            )


def _labelled(case: Case) -> Case:
    """Return a case whose parties go by their labels, as a draft names them."""
    from dataclasses import replace

    return replace(case, parties=tuple(replace(p, name=p.label) for p in case.parties))


def _told(case: Case) -> Told:
    """Return what a case says of the sides."""
    labels = {p.name: p.label for p in case.parties}
    return Told(
        tuple(PartyNames(p.label, p.label, p.aliases) for p in case.parties),
        tuple(labels[t] for t in case.talks),
        case.mediators,
        case.left_out,
    )
