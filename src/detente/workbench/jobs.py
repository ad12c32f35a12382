"""Longer work in a process of its own: reading reports, drafting a case, writing a dossier.

Each function here is called by name in the other process, with plain values; what it tells on the
way and at the end goes through a pipe.
"""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import shutil
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, TypeAlias

from detente.case.citations import FOLDER
from detente.drafting.asking import answered, questions
from detente.drafting.sidesfile import FILE, NOTHING, sides_of, sides_text
from detente.errors import DetenteError
from detente.reading.paragraphs import Span
from detente.reading.records import ReportRecord
from detente.workbench.runner import processes

Tell: TypeAlias = Callable[[str, int, int], None]

MOST = 4
"""Jobs at once; more are refused."""


@dataclass(slots=True)
class Job:
    """Work under way.

    Parameters
    ----------
    id : str
        What the page calls it.
    kept : mapping
        What the next job needs to know of this one.
    """

    id: str
    kept: Mapping[str, Any] = field(default_factory=dict)
    progress: str = ""
    result: Any = None
    error: str = ""
    done: asyncio.Event = field(default_factory=asyncio.Event)
    process: BaseProcess | None = None

    def stop(self) -> None:
        """Stop it, if it runs."""
        process = self.process  # which ends, and is let go, in another thread
        if process is not None:
            process.kill()


class Jobs:
    """All work under way, by id."""

    def __init__(self) -> None:
        self._all: dict[str, Job] = {}

    def start(self, function: Callable[..., Any], *given: Any, **kept: Any) -> Job:
        """Begin a job: the function is called with what is given and a way to tell progress."""
        running = [job for job in self._all.values() if not job.done.is_set()]
        if len(running) >= MOST:
            raise DetenteError("too much is under way; wait, or stop something")
        self._all = {job.id: job for job in (*list(self._all.values())[-20:],)}
        job = Job(secrets.token_urlsafe(9), kept)
        self._all[job.id] = job
        loop = asyncio.get_running_loop()
        args = (loop, job, function, given)
        threading.Thread(target=_listen, args=args, name="job", daemon=True).start()
        return job

    def get(self, name: str) -> Job:
        """Return a job by its id; KeyError where there is none."""
        return self._all[name]

    def close(self) -> None:
        """Stop everything."""
        for job in self._all.values():
            job.stop()


def _listen(
    loop: asyncio.AbstractEventLoop,
    job: Job,
    function: Callable[..., Any],
    given: Sequence[Any],
) -> None:
    """Run a job's process and pass on what it says; in a thread of its own."""
    context = processes()
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(theirs, function, given), daemon=True)  # type: ignore[attr-defined]
    process.start()
    theirs.close()
    job.process = process
    error = "the work was stopped before its end"
    try:
        while True:
            kind, value = ours.recv()
            if kind == "progress":
                job.progress = value
            elif kind == "result":
                job.result, error = value, ""
            else:
                error = value
    except (EOFError, OSError):
        pass
    job.error = error
    process.join()
    job.process = None
    with contextlib.suppress(RuntimeError):
        loop.call_soon_threadsafe(job.done.set)


def _work(pipe: Connection, function: Callable[..., Any], given: Sequence[Any]) -> None:
    def tell(step: str, done: int, of: int) -> None:
        pipe.send(("progress", f"{step}: {done:,} of {of:,}" if of > 1 else step))

    try:
        pipe.send(("result", function(*given, tell)))
    except DetenteError as error:
        pipe.send(("error", str(error)))
    except MemoryError:
        pipe.send(("error", "this needs more memory than there is"))
    finally:
        pipe.close()


# --- what is done there -------------------------------------------------------------------------


def ask_sides(folder: str, tell: Tell) -> dict[str, Any]:
    """Read reports and return what a person is asked before they become a draft."""
    from detente.questions.draft import draft

    found = draft([Path(folder)], progress=tell)
    asked = questions(found.who, NOTHING)
    read = len(found.reports)
    return {"questions": asked, "reports": read, "claims": len(found.claims), "notes": found.notes}


def make_draft(
    folder: str, replies: Sequence[str], title: str, where: str, tell: Tell
) -> dict[str, Any]:
    """Make a draft of reports with what a person said of the sides; return where it is."""
    from detente.questions.draft import draft
    from detente.writing import write_text

    reports = Path(folder)
    first = draft([reports], title=title, progress=tell)
    told = NOTHING
    for question, reply in zip(questions(first.who, NOTHING), replies, strict=False):
        told = answered(told, question, reply)
    if told != NOTHING:
        sides = reports.parent / FILE
        write_text(sides, sides_text(told), force=True)
        assert sides_of(sides)
        first = draft([reports], title=title, sides=sides, progress=tell)
    goal = replace(first, reports=tuple(map(_beside, first.reports))).save(where)
    if told != NOTHING:
        shutil.copyfile(reports.parent / FILE, goal / FILE)
    return {"folder": str(goal), "notes": first.notes}


def read_reports(file: str, claims: str, tell: Tell) -> dict[str, str]:
    """Read reports beside a case that its claims file knows nothing of.

    Returns the claims file, in which all other lines stay, and what the new reports propose; the
    first reading of all proposes nothing, as there is nothing yet that they could be new to.
    """
    from detente.case import files
    from detente.drafting.reviewing import proposals_text
    from detente.questions.reading import known_parties, reading, settings_of
    from detente.questions.update import update
    from detente.reading import judged
    from detente.reading.ingest import MAX_BYTES
    from detente.reading.records import read_lines, report_of_line

    path = Path(file)
    case = files.parse(files.text_of(path), file=path.name, name=path.parent.name).case
    settings = settings_of(known_parties(case), None, MAX_BYTES, 1)
    found = reading([path.parent / FOLDER], settings, tell)
    rows = [row.record for row in read_lines(claims, path.name)]
    before = {report_of_line(row).report for row in rows if row["type"] == "report"}
    new = {record.report for record in found.reports} - before
    records = [_beside(record) for record in found.reports if record.report in new]
    told = [claim for claim in found.claims if claim.report in new]
    text = judged.with_reports(claims, records, told)
    if not before or not new:
        return {"claims": text, "proposals": ""}
    lie = [path.parent / record.file for record in records]
    return {"claims": text, "proposals": proposals_text(update(path.parent, lie).proposals)}


def worth_reading(file: str, tell: Tell) -> dict[str, list[Span]]:
    """Return the sentences that may hold a position, by report; in no hurry."""
    import os

    from detente.case import files
    from detente.questions.reading import known_parties, reading, settings_of
    from detente.reading.ingest import MAX_BYTES

    if hasattr(os, "nice"):
        os.nice(10)
    path = Path(file)
    case = files.parse(files.text_of(path), file=path.name, name=path.parent.name).case
    settings = settings_of(known_parties(case), None, MAX_BYTES, 1)
    found: dict[str, list[Span]] = {}
    for one in reading([path.parent / FOLDER], settings, tell).sentences:
        if one.worth:
            found.setdefault(one.report, []).append(Span(*one.span))
    return found


def _beside(record: ReportRecord) -> ReportRecord:
    """Return what is told of a report that lies beside its case, wherever it was read from."""
    return replace(record, file=f"{FOLDER}/{Path(record.file).name}")


def written(file: str, kind: str, tell: Tell) -> bytes:
    """Return a case's answers as a file: a page, Markdown, JSON, or Word."""
    import json

    from detente.questions.brief import brief

    found: Any = brief(file, on_step=tell)
    match kind:
        case "html":
            return str(found.html()).encode()
        case "md":
            return str(found.markdown()).encode()
        case "json":
            text = json.dumps(found.document(), ensure_ascii=False, indent=1, allow_nan=False)
            return f"{text}\n".encode()
    data: bytes = found.docx()
    return data


def drawn(file: str, what: str, suffix: str, tell: Tell) -> bytes:
    """Return one picture of a case, as SVG or PNG."""
    import tempfile

    from detente.questions.draw import draw

    made = draw(file, what)  # type: ignore[arg-type]
    if suffix == "svg":
        return made.svg.encode()
    with tempfile.TemporaryDirectory() as folder:
        goal = Path(folder) / f"{what}.{suffix}"
        made.save(goal)
        return goal.read_bytes()
