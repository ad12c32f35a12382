"""The records of a sweep in a file that only grows, so that a stopped sweep goes on where it was.

The first line says which sweep it is; each further line is one record, in order. Whole batches are
added at once and reach the disk before the next one. What a kill leaves of a line is cut off.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from detente.errors import CaseError, DetenteError
from detente.opening import require_plain
from detente.risk.sweep import Task, fingerprint
from detente.version import __version__


def header(task: Task) -> str:
    """Return the first line of a sweep's file."""
    said = {
        "sweep": fingerprint(task),
        "case": task.case.name,
        "seed": task.seed,
        "version": __version__,
    }
    return json.dumps(said, ensure_ascii=False)


class Records:
    """The records of one sweep, in order; in memory, and in a file if one is named."""

    def __init__(self, task: Task, path: Path | None) -> None:
        self._header = header(task)
        self.path = path
        self.lines: list[str] = []
        self._handle = -1

    @contextmanager
    def open(self) -> Iterator[Records]:
        """Read what is there already, and keep the file open to add to it.

        Raises
        ------
        CaseError
            If the file holds something else.
        DetenteError
            If it cannot be read or written.
        """
        if self.path is None:
            yield self
            return
        try:
            self._handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o666)
        except OSError as error:
            raise _unwritable(self.path, error) from None
        try:
            self._require_plain()
            self._lock()
            self._resume()
            yield self
        finally:
            os.close(self._handle)
            self._handle = -1

    def add(self, lines: list[str]) -> None:
        """Add a batch; it is on the disk when this returns."""
        self._append(lines)
        self.lines += lines

    def _append(self, lines: list[str]) -> None:
        if self._handle < 0 or not lines:
            return
        data = ("\n".join(lines) + "\n").encode()
        try:
            while data:
                data = data[os.write(self._handle, data) :]
            os.fsync(self._handle)
        except OSError as error:
            raise _unwritable(self.path, error) from None

    def _require_plain(self) -> None:
        """Refuse a pipe or a device, which would hang or never end."""
        try:
            require_plain(self._handle)
        except OSError as error:
            raise _unwritable(self.path, error) from None

    def _lock(self) -> None:
        """Refuse a file that another sweep writes at the moment."""
        try:
            import fcntl
        except ImportError:  # not on this system; then nobody guards it
            return
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise CaseError(f"{self.path}: another sweep is writing to it; wait for it") from None

    def _resume(self) -> None:
        with os.fdopen(os.dup(self._handle), "rb") as file:
            data = file.read()
        whole = data[: data.rfind(b"\n") + 1]
        parts = whole.splitlines(keepends=True)  # another program may have changed the line ends
        lines = [part.decode("utf-8", "replace").rstrip("\r\n") for part in parts]
        if lines and lines[0] != self._header:
            raise CaseError(
                f"{self.path}: it holds the records of another sweep, or something else; name "
                "another file with --results"
            )
        if not lines and data and not self._header.encode().startswith(data):
            raise CaseError(f"{self.path}: it holds something else; name another with --results")
        self.lines = _in_order(lines[1:])
        os.ftruncate(self._handle, sum(map(len, parts[: 1 + len(self.lines)])))
        os.lseek(self._handle, 0, os.SEEK_END)
        if not lines:
            self._append([self._header])


def _unwritable(path: Path | None, error: OSError) -> DetenteError:
    return DetenteError(f"cannot write {path}: {error.strerror or error}")


def _in_order(lines: list[str]) -> list[str]:
    """Return the records up to the first that is damaged."""
    for k, line in enumerate(lines):
        try:
            fine = json.loads(line)["case"] == k
        except (ValueError, TypeError, KeyError):
            fine = False
        if not fine:
            return lines[:k]
    return lines
