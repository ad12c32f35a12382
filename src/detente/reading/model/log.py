"""Everything that was asked of a model, with its answer and what became of each proposal.

A line of JSON a question, written when its answer has come, so that an interruption loses
nothing. Played again, the same questions get the same answers without a network.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from detente.errors import Place, Problem, ReportError
from detente.opening import bytes_of
from detente.reading.model.endpoint import Reply

FILE = "model.jsonl"

MAX_BYTES = 500_000_000
"""Most of a log that is played again."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One question and what became of it.

    Parameters
    ----------
    model : str
        Who was asked.
    messages : tuple of mapping
        What was asked.
    reply : Reply
        What was answered.
    fates : tuple of str
        Of each proposal in the answer, in order: ``kept`` and the claim's id, or why it was
        dropped.
    """

    model: str
    messages: tuple[Mapping[str, str], ...]
    reply: Reply
    fates: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What tells this question from every other."""
        return question_key(self.model, self.messages)

    def line(self) -> str:
        """Return the entry as one line of JSON."""
        return json.dumps(
            {
                "key": self.key,
                "model": self.model,
                "messages": list(self.messages),
                "answer": self.reply.text,
                "tokens": [self.reply.sent, self.reply.received],
                "whole": self.reply.whole,
                "fates": list(self.fates),
            },
            ensure_ascii=False,
        )


def question_key(model: str, messages: Sequence[Mapping[str, str]]) -> str:
    """Return what tells a question from every other: a digest of model and words."""
    words = json.dumps([model, list(messages)], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(words.encode()).hexdigest()[:24]


@dataclass
class Log:
    """A file of entries that grows; shared by the threads that ask.

    Parameters
    ----------
    path : Path, optional
        Where it is kept; None keeps it in memory alone.
    """

    path: Path | None = None
    entries: list[Entry] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def add(self, entry: Entry) -> None:
        """Keep an entry, on the disk at once."""
        with self._lock:
            self.entries.append(entry)
            if self.path is None:
                return
            try:
                with self.path.open("a", encoding="utf-8", newline="\n") as file:
                    file.write(entry.line() + "\n")
            except OSError as error:
                raise ReportError(f"cannot write {self.path}: {error.strerror or error}") from None


def answers(path: Path) -> dict[str, Reply]:
    """Return the answers of a log by the key of their question; of two the later.

    Raises
    ------
    ReportError
        If it cannot be read, or holds lines that are no entries: all of them, with their places.
    """
    try:
        rows = bytes_of(path, MAX_BYTES).decode("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or error
        raise ReportError(f"{path}: cannot be read ({why}); name the log of a reading") from None
    found: dict[str, Reply] = {}
    problems: list[Problem] = []
    for number, row in enumerate(rows, start=1):
        if not row.strip():
            continue
        try:
            record = json.loads(row)
            sent, received = record["tokens"]
            reply = Reply(str(record["answer"]), int(sent), int(received), bool(record["whole"]))
            found[str(record["key"])] = reply
        except (ValueError, TypeError, KeyError):
            problems.append(Problem("no entry of a log; delete it", Place(str(path), number)))
    if problems:
        raise ReportError("\n".join(map(str, problems)))
    return found
