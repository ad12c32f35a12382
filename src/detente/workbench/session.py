"""One case that is worked on: its files, what they say, and every change to them.

Nothing here knows of the web. All of it runs in one thread at a time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from detente.case import files
from detente.case.citations import FOLDER
from detente.case.files import Loaded
from detente.case.model import Case
from detente.errors import CaseError, DetenteError, Problem
from detente.questions.reading import known_parties
from detente.questions.update import PROPOSALS
from detente.reading.evidence import CLAIMS, Evidence, beside
from detente.reading.paragraphs import Span
from detente.workbench.changes import CHANGES, Change, Desk
from detente.workbench.changes.core import readable
from detente.workbench.journal import Texts, step_of
from detente.workbench.library import Entry, Library
from detente.workbench.store import Store

FAR = 40
"""Steps that are gone back to find a case file that could be read."""

NOT_SENT = "this is not what the page sends"


class StaleError(DetenteError):
    """A page speaks of a revision that there never was."""


@dataclass(slots=True)
class Session:
    """A case and everything that was done to it.

    Parameters
    ----------
    library : Library
        Where a copy goes if the case is built in.
    entry : Entry
        The case.
    last : Case, optional
        The case as it was read last, while its file is broken.
    worth : mapping
        By report, the sentences that may hold a position; empty until somebody has looked.
    sought : bool
        Whether somebody looks for them, or has.
    """

    library: Library
    entry: Entry
    store: Store = field(init=False)
    loaded: Loaded | None = None
    last: Case | None = None
    problems: tuple[Problem, ...] = ()
    evidence: Evidence = field(default_factory=Evidence)
    copied_from: str = ""
    worth: Mapping[str, Sequence[Span]] = field(default_factory=dict)
    sought: bool = False
    _seen: tuple[object, ...] | None = None

    def __post_init__(self) -> None:
        """Open the files."""
        self._open(self.entry)

    def _open(self, entry: Entry) -> None:
        self.entry, self._seen = entry, None
        self.store = Store(entry.file)
        self.look()

    @property
    def case(self) -> Case | None:
        """The case; None while its file is broken."""
        return None if self.loaded is None else self.loaded.case

    @property
    def whole(self) -> Case:
        """The case; an error while its file is broken."""
        return readable(self.case)

    @property
    def unread(self) -> tuple[str, ...]:
        """The reports of which no claims file tells yet."""
        read = {record.report for record in self.evidence.records}
        return tuple(one.id for one in self.evidence.reports if one.id not in read)

    @property
    def text(self) -> str:
        """The case file."""
        return self.store.texts.get(self.entry.file.name, "")

    @property
    def claims(self) -> str:
        """The claims file."""
        return self.store.texts.get(CLAIMS, "")

    @property
    def pile(self) -> str:
        """What tells one state of the reports beside the case from another."""
        return repr(self._seen[-1]) if self._seen else ""

    @property
    def proposals(self) -> str:
        """What later reports propose and nobody has settled, as its file has it."""
        return self.store.texts.get(PROPOSALS, "").strip()

    @property
    def name(self) -> str:
        """What commands call the case."""
        return self.entry.key.lstrip("~")

    @property
    def undo_what(self) -> str:
        """What an undo takes back; empty for nothing."""
        place = self.store.journal.undoable
        return "" if place < 0 else self.store.journal.steps[place].what

    @property
    def redo_what(self) -> str:
        """What a redo makes again; empty for nothing."""
        place = self.store.journal.redoable
        return "" if place < 0 else self.store.journal.steps[place].what

    # --- changes --------------------------------------------------------------------------------

    def change(self, name: str, given: Mapping[str, Any], seen: int) -> Change:
        """Make a change that a page asks for, and return what it was.

        Parameters
        ----------
        name : str
            One of :data:`~detente.workbench.changes.CHANGES`.
        given : mapping
            What it needs.
        seen : int
            The revision that the page shows.

        Raises
        ------
        DetenteError
            If it does not fit, if the case could not be read after it, or if others have changed
            the same lines since. Nothing is changed then.
        """
        self.refresh()
        if not 0 <= seen <= self.store.revision:
            raise StaleError("this page is older than the program; load it again")
        if name not in CHANGES:
            raise DetenteError(f"there is no change called '{name}'")
        made = CHANGES[name](self._desk(seen), **_plain(given))
        after = self.store.brought(made.texts, seen)
        loaded = self._readable(after, made)
        if after != self.store.texts:
            self.own_copy()
            self.store.write(step_of("edit", made.what, self.store.texts, after))
            self.look(loaded)
        return made

    def undo(self) -> str:
        """Take the last change back that still stands; return what it was, empty for none."""
        return self._turn("undo")

    def redo(self) -> str:
        """Make the last change again that was taken back; return what it was, empty for none."""
        return self._turn("redo")

    def _turn(self, kind: Any) -> str:
        self.refresh()
        journal = self.store.journal
        place = journal.undoable if kind == "undo" else journal.redoable
        if place < 0:
            return ""
        after = self.store.undone(place) if kind == "undo" else self.store.redone(place)
        step = journal.steps[place]
        self.store.write(step_of(kind, step.what, self.store.texts, after, of=place))
        self.look()
        return step.what

    def refresh(self) -> bool:
        """Take in what other programs did; tell whether there was anything."""
        changed = self.store.refresh()
        if changed:
            self.look()
        return changed

    def readable(self) -> str:
        """Return the case file as it was when it could be read last; empty where nobody knows."""
        texts: Texts = self.store.texts
        for place in range(self.store.revision - 1, max(-1, self.store.revision - FAR), -1):
            texts = self.store.journal.texts_after(place - 1, self.store.texts)
            text = texts.get(self.entry.file.name, "")
            try:
                files.parse(text, file=self.entry.file.name, name=self.name)
            except CaseError:
                continue
            return text
        return ""

    def _desk(self, seen: int) -> Desk:
        texts: Texts = self.store.texts
        case, evidence = self.case, self.evidence
        if seen != self.store.revision:
            texts = self.store.journal.texts_after(seen - 1, texts)
            text = texts.get(self.entry.file.name, "")
            case = files.parse(text, file=self.entry.file.name, name=self.name).case
            parties = known_parties(case)
            evidence = beside(self.entry.file.parent, texts.get(CLAIMS, ""), parties=parties)
        return Desk(self.entry.file.name, texts, case, evidence, self.loaded)

    def _readable(self, after: Texts, made: Change) -> Loaded | None:
        """Return the case of a text, and refuse one that breaks what could be read before.

        A broken case may stay broken; then there is None.
        """
        text = after.get(self.entry.file.name, "")
        if self.loaded is None or text == self.text:
            return self.loaded if text == self.text else None
        try:
            file = self.entry.file.name
            return files.parse(text, file=file, name=self.name, near=self.loaded)
        except CaseError as error:
            told = [p for p in error.problems if p.severity == "error"]
            lines = [
                f"line {p.place.line}: {p.message}" if p.place and made.by_line else p.message
                for p in told
            ]
            raise CaseError([Problem(line) for line in lines]) from None

    def own_copy(self) -> None:
        """Before the first change of a built-in case, make a copy and go on with that."""
        if self.entry.built_in:
            self.copied_from, found = self.name, (self.worth, self.sought)
            self._open(self.library.copy(self.entry))
            self.worth, self.sought = found

    def look(self, loaded: Loaded | None = None) -> None:
        """Read what the files say now.

        Parameters
        ----------
        loaded : Loaded, optional
            The case, if it was read already.
        """
        file = self.entry.file
        try:
            found = loaded or files.parse(
                self.text, file=file.name, name=self.name, near=self.loaded
            )
            self.loaded, self.problems, self.last = found, found.problems, found.case
        except CaseError as error:
            self.loaded, self.problems = None, error.problems
        parties = known_parties(self.last)
        seen = (self.claims, parties, _stamps(file.parent / FOLDER))
        if seen == self._seen:
            return
        if self._seen is None or self._seen[-1] != seen[-1]:
            self.worth, self.sought = {}, False
        self._seen = seen
        try:
            self.evidence = beside(file.parent, self.claims, CLAIMS, parties)
        except DetenteError as error:
            self.evidence = Evidence(notes=(str(error),))


def _stamps(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Return what tells whether the reports of a case are still the same."""
    try:
        found = [(path.name, path.stat()) for path in sorted(folder.iterdir())]
    except OSError:
        return ()
    return tuple((name, told.st_mtime_ns, told.st_size) for name, told in found)


def _plain(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a page sent, if its names can be names."""
    if not all(isinstance(key, str) and key.isidentifier() for key in given):
        raise DetenteError(NOT_SENT)
    return dict(given)
