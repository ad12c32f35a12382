"""The files of one case as they are on the disk, written whole, each step written down first."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from detente.case.document import MAX_BYTES
from detente.case.editing import merged
from detente.errors import DetenteError
from detente.questions.update import PROPOSALS
from detente.reading.evidence import CLAIMS
from detente.workbench.journal import Journal, Step, Texts, digest, step_of
from detente.writing import write_parts

HOME = ".detente"
"""Beside a case: the journal of what was done to it, and what its files held last."""

MAX_CLAIMS = 50_000_000
"""Bytes of a claims file that is worked with here."""


class ClashError(DetenteError):
    """Two sets of changes touch the same lines; nothing was changed."""


@dataclass(slots=True)
class Store:
    """The files of one case, and the steps that led to them.

    Parameters
    ----------
    file : Path
        The case file. Claims and proposals lie beside it.
    """

    file: Path
    texts: dict[str, str] = field(default_factory=dict)
    journal: Journal = field(init=False)
    _seen: dict[str, tuple[int, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Open the journal, and finish or note what happened since its last step."""
        self.journal = Journal.opened(self.home / f"{self.file.name}.steps")
        disk = self._disk()
        if not self.journal.steps:
            self.texts = disk
            return
        last = self._last(disk)
        if last is None:
            self._begin_anew(disk)
            return
        self._finish(last, disk)
        self.refresh()

    @property
    def home(self) -> Path:
        """The folder of what is kept beside the case."""
        return self.file.parent / HOME

    @property
    def revision(self) -> int:
        """How many steps there are; a page says which of them it has seen."""
        return len(self.journal.steps)

    @property
    def names(self) -> tuple[str, ...]:
        """The files that steps may change."""
        return (self.file.name, CLAIMS, PROPOSALS)

    # --- the disk -------------------------------------------------------------------------------

    def refresh(self) -> bool:
        """Take in what another program did to the files; tell whether there was anything."""
        if self._stamps() == self._seen:
            return False
        disk = self._disk()
        if disk == self.texts:
            return False
        step = step_of("outside", "changed in another program", self.texts, disk)
        if self.journal.path.exists():
            self.journal.add(step)
            self._keep(disk)
        else:  # nothing was done here yet that somebody could want back
            self.journal.note(step)
        self.texts = disk
        return True

    def write(self, step: Step) -> None:
        """Write a step down, then the files; one earlier copy of each stays beside it."""
        after = self._after(step)
        self.journal.add(step)
        self._write_files(after, step.patches)
        self._keep(after)
        self.texts = after

    def _after(self, step: Step) -> dict[str, str]:
        changed = {n: p.forward(self.texts.get(n, "")) for n, p in step.patches.items()}
        return {**self.texts, **changed}

    def _write_files(self, texts: Texts, names: Mapping[str, object]) -> None:
        for name in names:
            goal = self.file.parent / name
            if goal.exists():
                shutil.copyfile(goal, goal.with_name(f"{name}~"))
            if texts.get(name, "") or goal.exists() or name == self.file.name:
                write_parts(goal, (texts.get(name, ""),))
        self._seen = self._stamps()

    def _keep(self, texts: Texts) -> None:
        """Keep what the files hold now, to tell later what somebody else did to them."""
        self.home.mkdir(exist_ok=True)
        for name in self.names:
            if name in texts:
                write_parts(self.home / f"{name}.last", (texts[name],))

    def _disk(self) -> dict[str, str]:
        self._seen = self._stamps()
        found = {}
        for name in self.names:
            path = self.file.parent / name
            if path.is_file():
                found[name] = _text(path, MAX_BYTES if path == self.file else MAX_CLAIMS)
        return found

    def _stamps(self) -> dict[str, tuple[int, int]]:
        found = {}
        for name in self.names:
            try:
                told = (self.file.parent / name).stat()
            except OSError:
                continue
            found[name] = (told.st_mtime_ns, told.st_size)
        return found

    # --- where an earlier run stopped -----------------------------------------------------------

    def _last(self, disk: Texts) -> dict[str, str] | None:
        """Return the texts after the last step; None where nothing tells them."""
        expected: dict[str, tuple[str, str]] = {}
        for step in self.journal.steps:
            for name, patch in step.patches.items():
                expected[name] = (patch.before, patch.after)
        last = self.journal.steps[-1].patches
        texts = {name: disk[name] for name in disk if name not in expected}
        for name, (before, after) in expected.items():
            kept = self.home / f"{name}.last"
            candidates = [disk.get(name, "")]
            candidates += [_text(kept, MAX_CLAIMS)] if kept.is_file() else []
            for text in candidates:
                if digest(text) == after:
                    texts[name] = text
                    break
                if name in last and digest(text) == before:
                    texts[name] = last[name].forward(text)
                    break
            else:
                return None
        return texts

    def _finish(self, last: dict[str, str], disk: Texts) -> None:
        """Write what a killed program had written down and not brought into the files yet."""
        patches = self.journal.steps[-1].patches
        undone = {n: p for n, p in patches.items() if digest(disk.get(n, "")) == p.before}
        if undone:
            self._write_files(last, undone)
        self.texts = {name: text for name, text in last.items() if text or name in disk}
        self._keep(self.texts)
        self._seen = {}

    def _begin_anew(self, disk: dict[str, str]) -> None:
        """Put a journal aside that no longer belongs to the files."""
        n = sum(1 for _ in self.home.glob(f"{self.journal.path.name}.old*"))
        self.journal.path.rename(self.journal.path.with_name(f"{self.journal.path.name}.old{n}"))
        self.journal = Journal(self.journal.path)
        self.texts = disk

    # --- steps ----------------------------------------------------------------------------------

    def brought(self, after: Texts, seen: int) -> dict[str, str]:
        """Return what somebody made of the texts at an earlier revision, brought into those of now.

        Raises
        ------
        ClashError
            If others have changed the same lines since.
        """
        if seen == self.revision:
            return {**self.texts, **after}
        base = self.journal.texts_after(seen - 1, self.texts)
        return self._merged(base, after)

    def undone(self, place: int) -> dict[str, str]:
        """Return the texts without a step, whatever was done since; see :meth:`brought`."""
        then = self.journal.texts_after(place, self.texts)
        names = self.journal.steps[place].patches
        return self._merged(then, _turned(self.journal.steps[place], then, list(names)))

    def redone(self, place: int) -> dict[str, str]:
        """Return the texts with a step made again; see :meth:`brought`."""
        step = self.journal.steps[place]
        base = self.journal.texts_after(place - 1, self.texts)
        after = {name: patch.forward(base.get(name, "")) for name, patch in step.patches.items()}
        return self._merged(base, after)

    def _merged(self, base: Texts, after: Texts) -> dict[str, str]:
        texts = dict(self.texts)
        for name, text in after.items():
            found = merged(base.get(name, ""), self.texts.get(name, ""), text)
            if found.clashes:
                first, last = found.clashes[0]
                where = f"line {first}" if last - first <= 1 else f"lines {first} to {last - 1}"
                raise ClashError(
                    f"{name} was changed in the same place since ({where}); nothing was done. Look "
                    "at it as it is now, and do it again if it is still right"
                )
            texts[name] = found.text
        return texts


def _turned(step: Step, then: Texts, names: list[str]) -> dict[str, str]:
    return {name: step.patches[name].back(then.get(name, "")) for name in names}


def _text(path: Path, most: int) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        raise DetenteError(f"{path} cannot be read: {error.strerror}") from None
    if len(data) > most:
        raise DetenteError(f"{path} is larger than {most:,} bytes; that is too much for here")
    return data.decode("utf-8-sig", "replace")
