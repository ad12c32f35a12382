"""Reading a case: from a folder, a file or a text to a checked :class:`Case`, or all its faults."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from detente.case import formula as fm
from detente.case.check import Places, nowhere
from detente.case.document import MAX_BYTES, Document, Steps, decode
from detente.case.document import read as read_document
from detente.case.formula import Formula, FormulaError
from detente.case.model import Case, Citation
from detente.case.names import Names
from detente.case.rereading import reread
from detente.errors import CaseError, Place, Problem, nearest
from detente.writing import CASE_FILE as CASE_FILE

if TYPE_CHECKING:
    from detente.case.misfits import Misfit


MAX_SHOWN = 200
"""Most problems told of one file, errors before warnings."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A case that can be used, and what is doubtful about it.

    Parameters
    ----------
    case : Case
        The case.
    problems : tuple of Problem
        Warnings only, by place.
    document : Document, optional
        What it was made of, if that was YAML.
    """

    case: Case
    problems: tuple[Problem, ...] = ()
    document: Document | None = None

    @property
    def place(self) -> Places:
        """Where a path of the case stands in its file, for what else is looked at."""
        return nowhere if self.document is None else self.document.place


def read(path: Path, *, name: str | None = None) -> Loaded:
    """Read a case from a folder that holds a ``case.yaml``, or from a YAML file.

    Parameters
    ----------
    path : Path
        The folder or file.
    name : str, optional
        The case's short name; by default that of the folder or file.

    Raises
    ------
    CaseError
        With everything that is wrong, and the warnings, by place.
    """
    from detente.case import citations

    file = case_file(Path(path))
    if name is None:
        own = file.resolve()
        name = own.parent.name if own.name == CASE_FILE else own.stem
    document = read_document(text_of(file), file=str(file))
    loaded = _parse(document, name or "case")
    found = citations.check(loaded.case, file.parent / citations.FOLDER, document.place)
    problems = _by_place([*loaded.problems, *found.problems, *_unchecked(found.unchecked)])
    if any(p.severity == "error" for p in problems):
        raise CaseError(problems)
    return Loaded(loaded.case, problems, document)


def parse(text: str, *, file: str, name: str, near: Loaded | None = None) -> Loaded:
    """Read a case from a text.

    Parameters
    ----------
    text : str
        The YAML.
    file : str
        What messages call it.
    name : str
        The case's short name.
    near : Loaded, optional
        The case of a text that differs little; then only what differs is read.

    Raises
    ------
    CaseError
        With everything that is wrong, and the warnings, by place.
    """
    before = None if near is None else near.document
    if before is not None and before.file == file:
        document = reread(before, text)
        if document is not None:
            with contextlib.suppress(CaseError):  # told by the whole file
                return _parse(document, name)
    return _parse(read_document(text, file=file), name)


def read_formula(text: str, case: Case, where: str = "--target") -> Formula:
    """Read a formula that is not part of the case, and hold its names against the case's.

    Parameters
    ----------
    text : str
        The formula.
    case : Case
        Declares the names.
    where : str
        What messages call the place.

    Raises
    ------
    CaseError
        With everything that is wrong, and the character of the formula, from 1, where it is.
    """
    try:
        formula, mentions = fm.parse_with_mentions(text)
        faults = Names.of(case).faults(mentions)
    except FormulaError as error:
        faults = [(error.offset, str(error))]
    if faults:
        raise CaseError(
            Problem(message, Place(f"{where}, character {offset + 1}"))
            for offset, message in faults
        )
    return formula


def _parse(document: Document, name: str) -> Loaded:
    """Turn a document into a case; what does not fit is cut out, and the rest checked too."""
    from detente.case import check
    from detente.case import misfits as misfits_of
    from detente.case.assemble import Assembly

    problems = list(document.problems)
    part, misfits = misfits_of.validate(document.plain())
    problems += [Problem(m.message, document.place(m.path, key=m.key)) for m in misfits]
    lost = _lost(document, misfits)
    if part is None:  # what is cut may belong to another document, too
        document = replace(document, root=document.root.moved(0))
    while part is None:
        if () in document.cut([m.path for m in misfits]):
            raise CaseError(_by_place(problems))
        part, misfits = misfits_of.validate(document.plain())
    assembly = Assembly(part, document, lost)
    case = assembly.case(name)
    problems += assembly.problems
    if not problems:
        problems += check.check(case, document.place)
    if any(p.severity == "error" for p in problems):
        raise CaseError(_by_place(problems))
    return Loaded(case, _by_place(problems), document)


def _lost(document: Document, misfits: Iterable[Misfit]) -> frozenset[Steps]:
    """Return the parties, options and outcomes that faults of the format may have swallowed."""
    lost = {_declares(path) for path in document.twice}
    for misfit in misfits:
        if misfit.path[:-1] or not misfit.key:
            lost.add(_declares(misfit.path[:-1] if misfit.key else misfit.path))
        elif not document.has(("outcomes",)):
            lost.add(("outcomes",))  # this unknown key at the top may have meant them
    return frozenset(lost)


def _unchecked(citations: Sequence[Citation]) -> Iterable[Problem]:
    """Say in one line that some quotes could not be looked up."""
    if citations:
        reports = ", ".join(dict.fromkeys(c.report for c in citations))
        yield Problem(
            f"quotes not looked up: {len(citations)}, from {reports}; put these reports as .txt or "
            ".md files that may be read into the folder 'reports' beside the case",
            severity="warning",
        )


def _declares(path: Steps) -> Steps:
    """Return the party, option or outcome that a path leads into, if it leads into one."""
    return path[:4] if path[:1] == ("parties",) else path[:2]


def _by_place(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Sort problems by where they are, and say none twice, and no more than anybody reads."""
    every = sorted(dict.fromkeys(problems), key=lambda p: (p.severity, p.place or Place("")))
    shown = sorted(every[:MAX_SHOWN], key=lambda p: (p.place or Place(""), p.severity))
    if len(every) > MAX_SHOWN:
        last = every[-1]
        file = Place(last.place.file) if last.place else None
        shown.append(Problem(f"and {len(every) - MAX_SHOWN:,} more problems", file, last.severity))
    return tuple(shown)


# --- finding and opening ----------------------------------------------------------------------


def case_file(path: Path) -> Path:
    """Return the YAML file that a path means.

    Raises
    ------
    CaseError
        If there is none.
    """
    try:
        if path.is_dir():
            return _in_folder(path)
        if not path.exists():
            raise _missing(path)
        if not path.is_file():
            raise _no_file(path)
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from None
    return path


def _in_folder(folder: Path) -> Path:
    file = folder / CASE_FILE
    if file.is_file():
        return file
    if file.exists():
        raise _no_file(file)
    others = sorted(p.name for p in folder.iterdir() if _may_be_a_case(p))
    hint = f"; did you mean '{folder / others[0]}'?" if others else "; 'detente new' writes one"
    raise CaseError([Problem(f"the folder holds no {CASE_FILE}{hint}", Place(str(folder)))])


def _may_be_a_case(path: Path) -> bool:
    return path.suffix in {".yaml", ".yml"} and path.is_file()


def _no_file(path: Path) -> CaseError:
    return CaseError([Problem("this is not a file; name a case file", Place(str(path)))])


def _missing(path: Path) -> CaseError:
    """Make the error for a path that leads nowhere, with the nearest one that does."""
    parent = path.parent
    there = sorted(p for p in parent.iterdir() if p.exists()) if parent.is_dir() else []
    siblings = {p.stem: p.name for p in there}
    near = siblings.get(nearest(path.stem, siblings) or "")
    hint = f"; did you mean '{parent / near}'?" if near else ""
    return CaseError([Problem(f"there is no such file or folder{hint}", Place(str(path)))])


def text_of(file: Path) -> str:
    """Return a case file's text as it stands; no more of it is read than a case may have.

    Raises
    ------
    CaseError
        If it cannot be read, is too long, or is not UTF-8.
    """
    try:
        size = file.stat().st_size
        with file.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise _unreadable(file, error) from None
    return decode(data, file=str(file), size=max(size, len(data)))


_PATH = 200
"""Characters of a path that a message shows: it may be a text, pasted in its place."""


def _unreadable(path: Path, error: Exception) -> CaseError:
    reason = getattr(error, "strerror", None) or str(error)
    whole = str(path)
    shown = whole if len(whole) <= _PATH else f"{whole[:_PATH]}…"
    return CaseError([Problem(f"the file cannot be read: {reason}", Place(shown))])
