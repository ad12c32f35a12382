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
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from multiprocessing.process import BaseProcess
from typing import Any, TypeAlias

from detente.dossier.sections import SECTIONS
from detente.workbench.journal import digest
from detente.workbench.lane import ASKED, Asked, Begun, Failed, Name, Told, work

PAUSE = 0.15
"""Seconds after an edit in which another one may follow before work begins."""

KEPT = 60
"""Texts whose answers are kept, of each process's part."""

Kept: TypeAlias = OrderedDict[str, dict[str, Told]]
"""Answers by what they are about, those asked for last at the end."""

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
class _Lane:
    """One process, or none: what it answers about, and how far it is."""

    key: str = ""
    turn: int = 0
    step: str | None = None
    process: BaseProcess | None = None
    waiting: asyncio.TimerHandle | None = None

    def end(self) -> None:
        """Stop it; whatever it still says is not listened to."""
        self.turn += 1
        self.step = None
        if self.waiting is not None:
            self.waiting.cancel()
            self.waiting = None
        if self.process is not None:
            self.process.kill()
            self.process = None


@dataclass(slots=True)
class Answering:
    """The answers about one case: what is known, what was known before the last edit, the rest.

    Parameters
    ----------
    publish : callable
        Told what the pages should know; called in the event loop.
    kept : mapping
        What was answered already, of other cases too.
    parts : sequence of str
        Which parts of the questions are answered.
    """

    publish: Publish
    kept: Kept = field(default_factory=OrderedDict)
    parts: Sequence[Name] = tuple(ASKED)
    about: str = ""
    known: dict[str, Told] = field(default_factory=dict)
    fresh: set[str] = field(default_factory=set)
    before: dict[str, Told] = field(default_factory=dict)
    stopped: bool = False
    failed: str = ""
    held: str = ""
    began: float = 0.0
    took: float = 0.0
    _lanes: dict[Name, _Lane] = field(init=False)

    def __post_init__(self) -> None:
        """Prepare a lane for each part."""
        self._lanes = {name: _Lane() for name in self.parts}

    def ask(
        self,
        text: str,
        claims: str,
        file: str,
        source: str,
        pile: str = "",
        *,
        at_once: bool = False,
    ) -> None:
        """Begin to answer about a text; what is under way about another is stopped.

        Parameters
        ----------
        text, claims, file, source : str
            As :class:`~detente.workbench.lane.Asked`.
        pile : str
            What tells one state of the reports from another.
        at_once : bool
            Whether no further edit is waited for.
        """
        self.began, self.took = time.monotonic(), 0.0
        read = claims + pile
        keys = {
            name: digest("\0".join((name, text, read if name == "read" else "", file)))
            for name in self._lanes
        }
        if any(key != self._lanes[name].key for name, key in keys.items()):
            self.before = dict(self.known)  # not where work is only taken up again
        for name, lane in self._lanes.items():
            if keys[name] != lane.key or self.stopped or self.failed:
                lane.end()
                lane.key = keys[name]
                self._begin(lane, Asked(name, text, claims, file, source), at_once)
        self.stopped, self.failed, self.held = False, "", ""
        self.publish(self.told())

    def hold(self, why: str) -> None:
        """Let the answers stay as those of before, where there is nothing to answer about now."""
        for lane in self._lanes.values():
            lane.end()
            lane.key = ""
        self.fresh, self.held = set(), why
        self.publish(self.told())

    def _begin(self, lane: _Lane, asked: Asked, at_once: bool) -> None:
        """Take what is known about a text already, and let the rest be worked out."""
        done = self.kept.setdefault(lane.key, {})
        self.kept.move_to_end(lane.key)
        while len(self.kept) > KEPT:
            self.kept.popitem(last=False)
        own = _sections(asked.lane)
        self.known |= done
        self.fresh = (self.fresh - own) | set(done)
        if own <= self.fresh:
            return
        loop = asyncio.get_running_loop()
        lane.step = ""
        delay = 0.0 if at_once else PAUSE
        lane.waiting = loop.call_later(delay, self._start, loop, lane, asked)

    def stop(self) -> None:
        """Stop what is under way; what is not answered stays so until the next edit."""
        self.close()
        self.stopped = True
        self.publish(self.told())

    def close(self) -> None:
        """Stop everything and say nothing more."""
        for lane in self._lanes.values():
            lane.end()

    @property
    def working(self) -> bool:
        """Whether anything is under way."""
        return any(lane.step is not None for lane in self._lanes.values())

    @property
    def _steps(self) -> list[str]:
        return sorted(lane.step for lane in self._lanes.values() if lane.step)

    def told(self) -> dict[str, Any]:
        """Return everything a page shows of the answers, as JSON has it."""
        return {
            "type": "answers",
            "answers": [self._row(entry.id) for entry in SECTIONS],
            "working": self._steps,
            "busy": self.working,
            "stopped": self.stopped,
            "failed": self.failed,
            "held": self.held,
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
            "old": old.words if changed and old is not None and old.answered else "",
            "changed": changed,
            "fresh": fresh,
            "answered": told.answered,
            "mark": digest(told.html),
            "lines": ["/".join(map(str, line)) for line in told.lines],
        }

    # --- processes ------------------------------------------------------------------------------

    def _start(self, loop: asyncio.AbstractEventLoop, lane: _Lane, asked: Asked) -> None:
        lane.waiting = None
        args = (loop, lane, lane.turn, lane.key, asked)
        name = f"answers-{asked.lane}"
        threading.Thread(target=self._listen, args=args, name=name, daemon=True).start()

    def _listen(
        self, loop: asyncio.AbstractEventLoop, lane: _Lane, turn: int, key: str, asked: Asked
    ) -> None:
        """Run a process and pass on what it says; in a thread of its own."""
        context = processes()
        ours, theirs = context.Pipe(duplex=False)
        process = context.Process(target=work, args=(theirs, asked), daemon=True)  # type: ignore[attr-defined]

        def heard(message: object) -> None:
            with contextlib.suppress(RuntimeError):  # the loop has ended
                loop.call_soon_threadsafe(self._heard, lane, turn, key, message)

        try:
            process.start()
        except (OSError, EOFError) as error:  # no files, processes or memory left
            ours.close()
            theirs.close()
            heard(Failed(f"the work could not be begun: {error}"))
            heard(None)
            return
        theirs.close()
        with contextlib.suppress(RuntimeError):
            loop.call_soon_threadsafe(self._runs, lane, turn, process)
        try:
            while True:
                heard(ours.recv())
        except (EOFError, OSError):
            pass
        finally:
            ours.close()
            process.join()
            # Not closed: whoever still joins it, such as Python at its end, would raise.
            heard(None if process.exitcode in (0, None) else process.exitcode)

    def _runs(self, lane: _Lane, turn: int, process: BaseProcess) -> None:
        if turn == lane.turn:
            lane.process = process
        else:
            process.kill()

    def _heard(self, lane: _Lane, turn: int, key: str, message: object) -> None:
        """Take in what a process said, unless an edit has come between."""
        if turn != lane.turn:
            return
        match message:
            case Told():
                self.kept.setdefault(key, {})[message.section] = message
                self.known[message.section] = message
                self.fresh.add(message.section)
                self.publish({"type": "answer", "answer": self._row(message.section)})
            case Begun(step):
                lane.step = step
                self.publish({"type": "working", "working": self._steps})
            case Failed(why):
                self.failed = why
            case _:
                self._ended(lane, message)

    def _ended(self, lane: _Lane, code: object) -> None:
        lane.step, lane.process = None, None
        if code is not None and not self.failed:
            self.failed = "the work ended before its end; perhaps the memory was used up"
        if not self.working:
            self.took = time.monotonic() - self.began
            self.publish(self.told())


def _sections(lane: Name) -> set[str]:
    return {entry.id for entry in SECTIONS if entry.answer in ASKED[lane]}
