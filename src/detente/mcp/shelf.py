"""The cases an assistant may see: the built-in ones, and those of one folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from detente import gallery
from detente.case.citations import FOLDER
from detente.case.files import CASE_FILE
from detente.errors import CaseError, Problem, unknown

MAX_CASES = 500
"""Most folders with a case that are listed."""

MAX_REPORT = 400_000
"""Largest report that is handed out, in bytes."""

DEPTH = 2
"""How far below the folder a case may lie."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """Cases by name; nothing else of the disk can be named.

    Parameters
    ----------
    folder : Path
        Holds cases, or is one.
    """

    folder: Path

    def cases(self) -> dict[str, Path]:
        """Return where each case lies by its name, the folder's own first.

        A folder of the same name goes before a built-in case.
        """
        found = {name: gallery.folder(name) for name in gallery.names()}
        own = {self._name(path): path for path in self._own()}
        return own | {name: path for name, path in found.items() if name not in own}

    def case(self, name: str) -> Path:
        """Return where a case lies.

        Raises
        ------
        CaseError
            If no case of that name may be seen.
        """
        known = self.cases()
        if name not in known:
            raise CaseError([Problem(unknown("case", name, known))])
        return known[name]

    def reports(self, name: str) -> dict[str, Path]:
        """Return the reports of a case by file name; links that lead out of it are left out."""
        home = self.case(name).resolve()
        folder = home / FOLDER
        if not folder.is_dir():
            return {}
        return {
            path.name: path
            for path in sorted(folder.iterdir())
            if path.is_file() and path.resolve().is_relative_to(home)
        }

    def _own(self) -> list[Path]:
        root = self.folder.resolve()
        levels = [root.glob("/".join(["*"] * depth + [CASE_FILE])) for depth in range(DEPTH + 1)]
        files = (file for level in levels for file in sorted(level))
        found = [file.parent for file in files if file.resolve().is_relative_to(root)]
        return found[:MAX_CASES]

    def _name(self, path: Path) -> str:
        root = self.folder.resolve()
        return root.name if path == root else path.relative_to(root).as_posix()
