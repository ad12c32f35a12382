"""Answers worked out beside the page, one by one, and stopped by the next edit.

Each part of the questions has a process of its own, made of one that has the program loaded
already; killing it is how work is cancelled. What was answered for a text once is kept, so that an
undo has its answers back at once.
"""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import sys
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from multiprocessing.process import BaseProcess
from typing import Any, TypeAlias

from detente.workbench.journal import digest
from detente.workbench.lane import SHOWN, STEPS, Asked, Begun, Failed, Told, work

PAUSE = 0.15
"""Seconds after an edit in which another one may follow before work begins."""

KEPT = 24
"""Texts whose answers are kept."""

ORDER = tuple(
    section
    for step in (
        "evidence", "stability", "deadlock", "unlock", "path", "broker", "slide", "comparison",
        "zone", "who",
    )
    for section in SHOWN[step]
)  # fmt: skip
"""The sections as the dossier has them."""

Publish: TypeAlias = Callable[[Mapping[str, Any]], None]


@lru_cache(maxsize=1)
def processes() -> multiprocessing.context.BaseContext:
    """Return how processes are made: of one that is loaded already, where the system can."""
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["detente.workbench.loaded"])
    return context


@dataclass(slots=True)
class Answering:
    """The answers about one case: what is known, what was known before the last edit, the rest.

    Parameters
    ----------
    publish : callable
        Told what the pages should know; called in the event loop.
    """

    publish: Publish
    about: str = ""
    known: dict[str, Told] = field(default_factory=dict)
    fresh: set[str] = field(default_factory=set)
    before: dict[str, Told] = field(default_factory=dict)
    step: dict[str, str] = field(default_factory=dict)
    stopped: bool = False
    failed: str = ""
    began: float = 0.0
    took: float = 0.0
    _kept: OrderedDict[str, dict[str, Told]] = field(default_factory=OrderedDict)
    _running: list[BaseProcess] = field(default_factory=list)
    _turn: int = 0
    _waiting: asyncio.TimerHandle | None = None

    def ask(self, text: str, claims: str, file: str, source: str, *, at_once: bool = False) -> None:
        """Begin to answer about a text; whatever is under way about another is stopped.

        Parameters
        ----------
        text, claims, file, source : str
            As :class:`~detente.workbench.lane.Asked`.
        at_once : bool
            Whether no further edit is waited for.
        """
        self._end()
        self.before = dict(self.known)
        self.stopped, self.failed = False, ""
        key = digest(f"{digest(text)}{digest(claims)}{file}")
        done = self._kept.setdefault(key, {})
        self._kept.move_to_end(key)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        self.known |= done
        self.fresh = set(done)
        self.began = time.monotonic()
        lanes = [name for name in STEPS if not _sections(name) <= self.fresh]
        turn = self._turn
        if lanes:
            loop = asyncio.get_running_loop()
            asked = [Asked(name, text, claims, file, source) for name in lanes]
            delay = 0.0 if at_once else PAUSE
            self._waiting = loop.call_later(delay, self._start, loop, turn, key, asked)
            self.step = dict.fromkeys(lanes, "")
        self.publish(self.told())

    def stop(self) -> None:
        """Stop what is under way; what is not answered stays so until the next edit."""
        self._end()
        self.stopped = True
        self.publish(self.told())

    def close(self) -> None:
        """Stop everything and say nothing more."""
        self._end()

    @property
    def working(self) -> bool:
        """Whether anything is under way."""
        return bool(self.step)

    def told(self) -> dict[str, Any]:
        """Return everything a page shows of the answers, as JSON has it."""
        return {
            "type": "answers",
            "answers": [self._row(name) for name in ORDER],
            "working": sorted(filter(None, self.step.values())),
            "busy": self.working,
            "stopped": self.stopped,
            "failed": self.failed,
            "seconds": round(self.took or time.monotonic() - self.began, 1),
        }

    def _row(self, section: str) -> dict[str, Any]:
        told = self.known.get(section)
        old = self.before.get(section)
        if told is None:
            return {"section": section, "sentence": "", "fresh": False}
        fresh = section in self.fresh
        changed = fresh and old is not None and old.words != told.words
        return {
            "section": section,
            "title": told.title,
            "sentence": told.sentence,
            "old": old.words if changed and old is not None else "",
            "changed": changed,
            "fresh": fresh,
            "answered": told.answered,
            "lines": ["/".join(map(str, line)) for line in told.lines],
        }

    # --- processes ------------------------------------------------------------------------------

    def _end(self) -> None:
        self._turn += 1
        self.step, self.took = {}, 0.0
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None
        for process in self._running:
            with contextlib.suppress(AttributeError, ValueError):
                process.kill()
        self._running.clear()

    def _start(
        self, loop: asyncio.AbstractEventLoop, turn: int, key: str, asked: list[Asked]
    ) -> None:
        self._waiting = None
        for one in asked:
            thread = threading.Thread(
                target=self._listen, args=(loop, turn, key, one), name=f"answers-{one.lane}"
            )
            thread.daemon = True
            thread.start()

    def _listen(self, loop: asyncio.AbstractEventLoop, turn: int, key: str, asked: Asked) -> None:
        """Run a process and pass on what it says; in a thread of its own."""
        context = processes()
        ours, theirs = context.Pipe(duplex=False)
        process = context.Process(target=work, args=(theirs, asked), daemon=True)  # type: ignore[attr-defined]

        def heard(message: object) -> None:
            with contextlib.suppress(RuntimeError):  # the loop has ended
                loop.call_soon_threadsafe(self._heard, turn, key, asked.lane, message)

        process.start()
        theirs.close()
        loop.call_soon_threadsafe(self._runs, turn, process)
        try:
            while True:
                heard(ours.recv())
        except (EOFError, OSError):
            pass
        finally:
            ours.close()
            process.join()
            heard(None if process.exitcode in (0, None) else process.exitcode)
            process.close()

    def _runs(self, turn: int, process: BaseProcess) -> None:
        if turn == self._turn:
            self._running.append(process)
        else:
            with contextlib.suppress(AttributeError, ValueError):
                process.kill()

    def _heard(self, turn: int, key: str, lane: str, message: object) -> None:
        """Take in what a process said, unless an edit has come between."""
        if turn != self._turn:
            return
        match message:
            case Told():
                self._kept.setdefault(key, {})[message.section] = message
                self.known[message.section] = message
                self.fresh.add(message.section)
                self.publish({"type": "answer", "answer": self._row(message.section)})
            case Begun(step):
                self.step[lane] = step
                self.publish(
                    {"type": "working", "working": sorted(filter(None, self.step.values()))}
                )
            case Failed(why):
                self.failed = why
            case _:
                self._ended(lane, message)

    def _ended(self, lane: str, code: object) -> None:
        self.step.pop(lane, None)
        if code is not None and not self.failed:
            self.failed = "the work ended before its end; perhaps the memory was used up"
        if not self.step:
            self.took = time.monotonic() - self.began
            self._running.clear()
            self.publish(self.told())


def _sections(lane: str) -> set[str]:
    return {s for step in STEPS[lane] for s in SHOWN[step]}  # type: ignore[index]
