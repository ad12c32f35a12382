"""What a page can ask to be changed: each a function from the texts of a case to new ones.

They say what was done in a few words, for the undo button; the edits themselves are patches on the
file, made by :mod:`detente.case.editing`. Nothing here reads or writes a file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Concatenate, ParamSpec

from detente.case import files, rewording
from detente.case.document import Steps
from detente.case.editing import Edit, EditError, edited
from detente.case.files import Loaded
from detente.case.lines import Line, lines
from detente.case.model import Case, Party
from detente.drafting import reviewing
from detente.errors import CaseError, DetenteError
from detente.reading.evidence import Evidence
from detente.workbench.journal import Texts

Given = ParamSpec("Given")


def readable(case: Case | None) -> Case:
    """Return the case; an error where its file cannot be read."""
    if case is None:
        raise DetenteError("the case file cannot be read as it stands; mend it first")
    return case


@dataclass(frozen=True, slots=True)
class Change:
    """What became of the texts.

    Parameters
    ----------
    what : str
        What was done, for people.
    texts : mapping
        The files that changed.
    by_line : bool
        Whether mistakes are told with their line, as to somebody who edits the file itself.
    go : str
        What the page should show next: an id of its own.
    """

    what: str
    texts: Texts
    by_line: bool = False
    go: str = ""


@dataclass(frozen=True)
class Desk:
    """What a change is made on.

    Parameters
    ----------
    file : str
        The case file's name.
    texts : mapping
        All files by name.
    case : Case, optional
        None where the case file is broken.
    evidence : Evidence
        Reports and claims.
    loaded : Loaded, optional
        The case with its document, or one of a text that differs little.
    """

    file: str
    texts: Texts
    case: Case | None
    evidence: Evidence = field(default_factory=Evidence)
    loaded: Loaded | None = None

    @property
    def text(self) -> str:
        """The case file."""
        return self.texts.get(self.file, "")

    @property
    def whole(self) -> Case:
        """The case; an error where it cannot be read."""
        return readable(self.case)

    @cached_property
    def raw(self) -> Mapping[str, Any]:
        """The case file as plain lists and mappings."""
        document = None if self.loaded is None else self.loaded.document
        known = document is not None and document.text == self.text
        found = document.plain() if document and known else rewording.plain(self.text)
        assert isinstance(found, Mapping)
        return found

    def at(self, way: Sequence[str | int]) -> Any:
        """Return what the file holds at a place; None where there is nothing."""
        found: Any = self.raw
        for step in way:
            try:
                found = found[step]
            except (KeyError, IndexError, TypeError):
                return None
        return found

    def line(self, way: str) -> Line:
        """Return the line at a place that the page names."""
        path = steps_of(way)
        for line in lines(self.whole):
            if tuple(line.path) == path:
                return line
        raise EditError("that line is not there any more")

    def party(self, name: str) -> Party:
        """Return a party by its name in formulas."""
        if name not in self.whole.party_names:
            raise EditError(f"there is no party '{name}' any more")
        return self.whole.party(name)

    def made(self, what: str, edits: Sequence[Edit], go: str = "") -> Change:
        """Return a change of the case file."""
        text = edited(self.text, edits)
        return Change(what, {self.file: text}, go=go)


def steps_of(way: str) -> Steps:
    """Return a place that a page names, ``preferences/usa/3``, as steps."""
    return tuple(int(step) if step.isdigit() else step for step in way.split("/"))


Maker = Callable[..., Change]
CHANGES: dict[str, Maker] = {}
"""Name to function; each takes a desk, then what the page sends."""


def change(
    make: Callable[Concatenate[Desk, Given], Change],
) -> Callable[Concatenate[Desk, Given], Change]:
    """Enter a function into the table of changes."""

    def checked(desk: Desk, *args: Given.args, **given: Given.kwargs) -> Change:
        try:
            return make(desk, *args, **given)
        except (TypeError, KeyError, StopIteration, AttributeError, ValueError) as error:
            raise DetenteError(f"this is not what the page sends ({error})") from None

    CHANGES[make.__name__] = checked
    return make


def short(text: str) -> str:
    """Return a text short enough for a button."""
    flat = " ".join(text.split())
    return flat if len(flat) <= 60 else f"{flat[:59]}…"


def finished(desk: Desk, text: str) -> str:
    """Return a case file without its marks as a draft, once every line is looked at."""
    try:
        found = files.parse(text, file=desk.file, name=desk.whole.name, near=desk.loaded)
    except CaseError:
        return text  # told where every change is looked at
    return reviewing.finished(text, found.case)
