"""From what a user names to a case."""

from __future__ import annotations

from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING

from detente import gallery
from detente.case.model import Case

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
    if path.exists() or path.suffix or len(path.parts) != 1:
        return path
    return gallery.folder(text)


def read(source: str | PathLike[str]) -> Loaded:
    """Return a case together with the warnings about it; see :func:`load`."""
    from detente.case import files, gmcr

    path = located(source)
    return gmcr.read(path) if path.suffix.lower() == ".gmcr" else files.read(path)


def load(source: str | PathLike[str]) -> Case:
    """Return a case.

    Parameters
    ----------
    source : str or path
        A folder with a ``case.yaml``, such a file, a ``.gmcr`` file, or the name of a built-in
        case. A file or folder of that name goes before a built-in case.

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
