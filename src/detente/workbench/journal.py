"""What was done to a case, step by step, so that each step can be taken back, after years too.

A step is a set of patches on the files of one case. It is written down before the files are, so
that a program that is killed in between goes on where it was; what another program did to the
files is a step as well. Everything lies in one file of lines, which only grows.
"""

from __future__ import annotations

import difflib
import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeAlias

Kind: TypeAlias = Literal["edit", "undo", "redo", "outside"]
Texts: TypeAlias = Mapping[str, str]
"""The texts of a case's files by name; a file that is not there has none."""


@dataclass(frozen=True, slots=True)
class Hunk:
    """Lines from ``start``, from 0, of the text before, and what stands for them after."""

    start: int
    old: tuple[str, ...]
    new: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Patch:
    """What a step did to one file; hunks are in order and do not overlap."""

    hunks: tuple[Hunk, ...]
    before: str
    after: str

    def forward(self, text: str) -> str:
        """Return a text after it."""
        lines, out, done = text.splitlines(keepends=True), [], 0
        for hunk in self.hunks:
            out += [*lines[done : hunk.start], *hunk.new]
            done = hunk.start + len(hunk.old)
        return "".join([*out, *lines[done:]])

    def back(self, text: str) -> str:
        """Return a text before it."""
        shift, turned = 0, []
        for hunk in self.hunks:
            turned.append(Hunk(hunk.start + shift, hunk.new, hunk.old))
            shift += len(hunk.new) - len(hunk.old)
        return Patch(tuple(turned), self.after, self.before).forward(text)


def digest(text: str) -> str:
    """Return what tells one text from another."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def patch_of(before: str, after: str) -> Patch:
    """Return what leads from one text to another."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    hunks = tuple(
        Hunk(a, tuple(old[a:b]), tuple(new[c:d]))
        for tag, a, b, c, d in matcher.get_opcodes()
        if tag != "equal"
    )
    return Patch(hunks, digest(before), digest(after))


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was done.

    Parameters
    ----------
    kind : str
        ``edit``, ``undo`` or ``redo`` of another step, or ``outside``: by another program.
    what : str
        For people.
    patches : mapping of str to Patch
        By file.
    of : int
        For an undo or redo: the step's place in the journal, from 0.
    """

    kind: Kind
    what: str
    patches: Mapping[str, Patch]
    of: int = -1

    @property
    def record(self) -> dict[str, Any]:
        """The step as JSON has it."""
        files = {
            name: {
                "hunks": [[h.start, list(h.old), list(h.new)] for h in patch.hunks],
                "before": patch.before,
                "after": patch.after,
            }
            for name, patch in self.patches.items()
        }
        return {"kind": self.kind, "what": self.what, "of": self.of, "files": files}

    @staticmethod
    def read(record: Mapping[str, Any]) -> Step:
        """Return the step of a record; KeyError, TypeError or ValueError where it is none."""
        patches = {
            name: Patch(
                tuple(Hunk(int(a), tuple(old), tuple(new)) for a, old, new in one["hunks"]),
                one["before"],
                one["after"],
            )
            for name, one in record["files"].items()
        }
        return Step(record["kind"], record["what"], patches, int(record["of"]))


def step_of(kind: Kind, what: str, before: Texts, after: Texts, of: int = -1) -> Step:
    """Return the step from some texts to others."""
    names = sorted(n for n in {*before, *after} if before.get(n, "") != after.get(n, ""))
    patches = {name: patch_of(before.get(name, ""), after.get(name, "")) for name in names}
    return Step(kind, what, patches, of)


@dataclass(slots=True)
class Journal:
    """The steps of one case, in a file that only grows.

    Parameters
    ----------
    path : Path
        Of the file; it need not be there, and is not made before the first step.
    """

    path: Path
    steps: list[Step] = field(default_factory=list)
    _noted: int = 0

    @staticmethod
    def opened(path: Path) -> Journal:
        """Return the journal of a file; a last line that was cut off is left out."""
        journal = Journal(path)
        try:
            rows = path.read_text("utf-8").splitlines()
        except FileNotFoundError:
            return journal
        for row in rows:
            try:
                journal.steps.append(Step.read(json.loads(row)))
            except (ValueError, KeyError, TypeError, AttributeError):
                break
        if len(journal.steps) < len(rows):
            _written(path, journal.steps)
        return journal

    def add(self, step: Step) -> None:
        """Write a step down, with those only noted; it is on the disk when this returns."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        noted = self.steps[len(self.steps) - self._noted :]
        with self.path.open("a", encoding="utf-8") as file:
            file.writelines(map(_row, [*noted, step]))
            file.flush()
            os.fsync(file.fileno())
        self.steps.append(step)
        self._noted = 0

    def note(self, step: Step) -> None:
        """Take a step in that is written down with the next one, and is lost without one."""
        self.steps.append(step)
        self._noted += 1

    @property
    def undoable(self) -> int:
        """The place of the step that an undo takes back; -1 for none."""
        return self._standing()[0]

    @property
    def redoable(self) -> int:
        """The place of the step that a redo makes again; -1 for none."""
        return self._standing()[1]

    def _standing(self) -> tuple[int, int]:
        done: list[int] = []
        undone: list[int] = []
        for place, step in enumerate(self.steps):
            if step.kind == "edit":
                done.append(place)
                undone.clear()
            elif step.kind == "undo" and step.of in done:
                done.remove(step.of)
                undone.append(step.of)
            elif step.kind == "redo" and step.of in undone:
                undone.remove(step.of)
                done.append(step.of)
        return (done[-1] if done else -1, undone[-1] if undone else -1)

    def texts_after(self, place: int, now: Texts) -> dict[str, str]:
        """Return the texts after a step, by going back from those of now; -1: before all steps."""
        texts = dict(now)
        for step in reversed(self.steps[place + 1 :]):
            for name, patch in step.patches.items():
                texts[name] = patch.back(texts.get(name, ""))
        return texts


def _row(step: Step) -> str:
    return json.dumps(step.record, ensure_ascii=True) + "\n"


def _written(path: Path, steps: Sequence[Step]) -> None:
    from detente.writing import write_parts

    write_parts(path, _rows(steps))


def _rows(steps: Sequence[Step]) -> Iterator[str]:
    for step in steps:
        yield _row(step)
