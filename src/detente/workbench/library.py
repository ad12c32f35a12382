"""Which cases can be opened: those of one folder and the built-in ones, nothing else."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from detente import gallery
from detente.case.citations import FOLDER
from detente.case.identifiers import identifier
from detente.errors import DetenteError
from detente.reading.evidence import CLAIMS
from detente.writing import CASE_FILE, new_folder

DEPTH = 2
"""How far below the folder a case may lie."""

MAX_CASES = 500


@dataclass(frozen=True, slots=True)
class Entry:
    """A case that can be opened.

    Parameters
    ----------
    key : str
        What addresses call it.
    file : Path
        Its file.
    built_in : bool
        Whether it comes with the program, and is copied before it is edited.
    """

    key: str
    file: Path
    built_in: bool = False


@dataclass(slots=True)
class Library:
    """The cases of a folder.

    Parameters
    ----------
    home : Path
        Where cases lie and new ones are made.
    only : Path, optional
        The one case file of it that was named; the others there are not shown.
    """

    home: Path
    only: Path | None = None
    made: list[Path] = field(default_factory=list)

    def entries(self) -> dict[str, Entry]:
        """Return every case by its key: the folder's own first."""
        found: dict[str, Entry] = {}
        for file in (*self._own(), *self.made):
            key = self._key(file)
            found.setdefault(key, Entry(key, file))
        for name in gallery.names():
            found.setdefault(f"~{name}", Entry(f"~{name}", gallery.folder(name) / CASE_FILE, True))
        return found

    def entry(self, key: str) -> Entry:
        """Return one of them; KeyError where there is none."""
        if key.startswith("~"):
            if key[1:] not in gallery.names():
                raise KeyError(key)
            return Entry(key, gallery.folder(key[1:]) / CASE_FILE, True)
        return self.entries()[key]

    def _own(self) -> list[Path]:
        if self.only is not None:
            return [self.only]
        root = self.home.resolve()
        levels = [root.glob("/".join(["*"] * depth + [CASE_FILE])) for depth in range(DEPTH + 1)]
        files = (file for level in levels for file in sorted(level))
        return [file for file in files if _inside(file, root)][:MAX_CASES]

    def _key(self, file: Path) -> str:
        """Return a file's key: its folder's name, or its own where it is none of the usual name."""
        root = self.home.resolve()
        named = file.parent if file.name == CASE_FILE else file
        inner = named.relative_to(root) if named.is_relative_to(root) and named != root else None
        return (inner.as_posix() if inner else named.name).replace("/", "~")

    # --- new ones -------------------------------------------------------------------------------

    def copy(self, entry: Entry) -> Entry:
        """Return a copy of a built-in case that can be edited, with its reports and claims."""
        where = self._free(entry.key.lstrip("~"))
        with new_folder(where) as aside:
            shutil.copyfile(entry.file, aside / CASE_FILE)
            claims, reports = entry.file.parent / CLAIMS, entry.file.parent / FOLDER
            if claims.exists():
                shutil.copyfile(claims, aside / CLAIMS)
            if reports.is_dir():
                shutil.copytree(reports, aside / FOLDER)
        return self.add(where / CASE_FILE)

    def begin(self, title: str, sides: Sequence[str]) -> Entry:
        """Return a new case of a title and its sides, who can do nothing yet."""
        from detente.case.write import json_text

        where = self._free(identifier(title, "case"))
        with new_folder(where) as aside:
            text = f"title: {json_text(title)}\nparties:\n"
            taken: set[str] = set()
            for side in sides:
                taken.add(name := identifier(side, "party", taken))
                text += f"  {name}: {{name: {json_text(side)}}}\n"
            (aside / CASE_FILE).write_text(text, "utf-8")
        return self.add(where / CASE_FILE)

    def add(self, file: Path) -> Entry:
        """Return the entry of a case that was just made."""
        self.made.append(file.resolve())
        return Entry(self._key(file.resolve()), file.resolve())

    def place(self, title: str) -> Path:
        """Return a folder for a new case that is not there yet."""
        return self._free(identifier(title, "case"))

    def _free(self, name: str) -> Path:
        root = self.home.resolve()
        plain = re.sub(r"[^\w-]+", "-", name).strip("-") or "case"
        found, n = root / plain[:80], 1
        while found.exists():
            n += 1
            found = root / f"{plain[:80]}-{n}"
        return found


def _inside(file: Path, root: Path) -> bool:
    return file.resolve().is_relative_to(root)


def library(source: Path, named: str) -> tuple[Library, Entry | None]:
    """Return the library for what was named on the command line, and the case to open at once.

    Parameters
    ----------
    source : Path
        As the command got it.
    named : str
        The same as text; it may be the name of a built-in case.

    Raises
    ------
    DetenteError
        If it is neither.
    """
    if source.is_dir():
        file = source / CASE_FILE
        if not file.exists():
            return Library(source.resolve()), None
        found = Library(file.resolve().parent.parent, file.resolve())
        return found, Entry(found._key(file.resolve()), file.resolve())
    if source.is_file():
        file = source.resolve()
        if file.suffix not in (".yaml", ".yml"):
            raise DetenteError(f"{source} is no case.yaml; 'detente import' makes one of it")
        found = Library(file.parent.parent if file.name == CASE_FILE else file.parent, file)
        return found, Entry(found._key(file), file)
    gallery.folder(named)  # says what names there are
    found = Library(Path().resolve(), None)
    return found, found.entry(f"~{named}")
