"""What has been read of a large pile, so that an interrupted reading goes on where it was."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from detente.reading.pinned import stamp
from detente.reading.reader import Told
from detente.reading.records import SentenceRecord, claim_of, claim_record
from detente.version import __version__


class Journal:
    """A file beside a claims file that is being written; it goes when that is done.

    A line holds what a batch of reports says, under a key that tells all it was read with. Lines
    of another version of the program, and a last line that was cut, do not count.

    Parameters
    ----------
    output : Path
        The claims file.
    """

    def __init__(self, output: Path) -> None:
        self.file = output.with_name(f".{output.name}.part")
        self._by = f"{__version__} {stamp()}"
        self._places: dict[str, int] = {}
        self._end = 0
        self._look()

    def _look(self) -> None:
        """Note where each line begins."""
        try:
            with self.file.open("rb") as lines:
                for line in lines:
                    record = _record(line)
                    if record is None:
                        break  # cut here; what follows is written over
                    if record.get("by") == self._by:
                        self._places[str(record["key"])] = self._end
                    self._end += len(line)
        except OSError:
            return

    def __contains__(self, key: str) -> bool:
        return key in self._places

    def __len__(self) -> int:
        return len(self._places)

    def read(self, key: str) -> list[Told]:
        """Return what stands under a key."""
        with self.file.open("rb") as lines:
            lines.seek(self._places[key])
            record = json.loads(lines.readline())
        return [_told(one) for one in record["told"]]

    def write(self, key: str, found: Sequence[Told]) -> None:
        """Note what a batch says; a full disk only makes the next reading longer."""
        record = {"by": self._by, "key": key, "told": [_plain(one) for one in found]}
        line = json.dumps(record).encode() + b"\n"
        try:
            handle = os.open(self.file, os.O_RDWR | os.O_CREAT, 0o600)
            with os.fdopen(handle, "r+b") as out:
                out.truncate(self._end)
                out.seek(self._end)
                out.write(line)
        except OSError:
            return
        self._places[key] = self._end
        self._end += len(line)

    def remove(self) -> None:
        """Forget everything: the reading is done."""
        self.file.unlink(missing_ok=True)


def _record(line: bytes) -> dict[str, Any] | None:
    """Return the record of a line; None where it is not whole."""
    try:
        found = json.loads(line)
    except ValueError:
        return None
    whole = isinstance(found, dict) and {"by", "key", "told"} <= found.keys()
    return found if whole and line.endswith(b"\n") else None


def _plain(told: Told) -> dict[str, Any]:
    """Return what a report says as JSON has it."""
    return {
        "claims": list(map(claim_record, told.claims)),
        "sentences": [[one.report, *one.span, one.worth] for one in told.sentences],
    }


def _told(record: dict[str, Any]) -> Told:
    """Return what a report says, as it was noted."""
    return Told(
        tuple(claim_of(claim) for claim in record["claims"]),
        tuple(SentenceRecord(r, (a, b), bool(worth)) for r, a, b, worth in record["sentences"]),
    )
