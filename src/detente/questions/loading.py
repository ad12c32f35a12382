"""From what a user names to a case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING

from detente import gallery
from detente.case.model import Case
from detente.writing import CASE_FILE

if TYPE_CHECKING:
    from detente.case.files import Loaded

__all__ = ["load"]


def located(source: str | PathLike[str]) -> Path:
    """Return the file or folder of a case; see :func:`load`.

    Raises
    ------
    CaseError
        If a name stands for no built-in case.
    """
    text = fspath(source)
    path = Path(text)
    if len(path.parts) != 1:
        return path
    if text in gallery.names() and not (path.is_file() or (path / CASE_FILE).is_file()):
        return gallery.folder(text)  # what stands there is something else, such as an export
    return path if path.exists() or path.suffix else gallery.folder(text)


def read(source: str | PathLike[str]) -> Loaded:
    """Return a case together with the warnings about it; see :func:`load`."""
    path = located(source)
    return reading_of(path)(path)


def reading_of(path: Path) -> Callable[[Path], Loaded]:
    """Return what reads a kind of file, told by its ending."""
    from detente.case import files, gambit, gmcr, tabular

    others = {".gmcr": gmcr.read, ".nfg": gambit.read}
    others |= {".csv": tabular.read, ".xlsx": tabular.read}
    return others.get(path.suffix.lower(), files.read)


def load(source: str | PathLike[str]) -> Case:
    """Return a case.

    Parameters
    ----------
    source : str or path
        A folder with a ``case.yaml``, such a file, a ``.gmcr`` or ``.nfg`` file, a table of options
        and states (``.csv``, ``.xlsx``), or the name of a built-in case. A file or folder of that
        name goes before a built-in case.

    Raises
    ------
    CaseError
        With everything that is wrong with the case, each with its place.

    Examples
    --------
    >>> import detente
    >>> detente.load("prisoners-dilemma").party_names
    ('row', 'col')
    """
    return read(source).case


def opened(source: str | PathLike[str] | Case) -> tuple[Path | None, Loaded, str]:
    """Return the folder of a case, the case, and what the user called it."""
    from detente.case.files import Loaded

    if isinstance(source, Case):
        return None, Loaded(source), source.name
    path = located(source)
    folder = path if path.is_dir() else path.parent
    return folder, read(source), fspath(source)


MAX_LABEL = 160
"""Characters of a label that the page repeats; the model at its end has all of them."""


def with_short_labels(case: Case) -> Case:
    """Return a case whose labels are short enough to be repeated."""

    def short(text: str) -> str:
        return text if len(text) <= MAX_LABEL else f"{text[: MAX_LABEL - 1]}…"

    return replace(
        case,
        title=short(case.title),
        parties=tuple(
            replace(
                party,
                label=short(party.label),
                options=tuple(replace(o, label=short(o.label)) for o in party.options),
            )
            for party in case.parties
        ),
        outcomes=tuple(replace(o, label=short(o.label)) for o in case.outcomes),
    )
