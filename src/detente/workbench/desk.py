"""Everything that is open: sessions with their answers, the pages that listen, work under way."""

from __future__ import annotations

import asyncio
import contextlib
import io
import zipfile
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from detente.case.citations import FOLDER
from detente.case.files import CASE_FILE, text_of
from detente.dossier.sections import SECTIONS
from detente.drafting.reviewing import PRESS
from detente.drafting.sidesfile import FILE
from detente.errors import CaseError, DetenteError
from detente.questions import loading
from detente.questions.update import PROPOSALS
from detente.reading.evidence import CLAIMS
from detente.reading.paragraphs import Span
from detente.workbench import jobs, panes, pieces, supposing
from detente.workbench.jobs import Jobs
from detente.workbench.journal import digest
from detente.workbench.library import Entry, Library
from detente.workbench.runner import Answering, Kept
from detente.workbench.session import Session
from detente.workbench.supposing import CASE, SUPPOSED, Supposing

LOOK = 0.5
"""Seconds between looks whether another program has changed a file."""

ALONE = 2.0
"""Seconds for which work goes on that no page looks at; one that is loaded anew is back by then."""

OF_BEFORE = "The case file cannot be read as it stands. These answers are of before."
NOTHING_YET = "The case file cannot be read as it stands, so nothing is answered yet."

MOST_SOUGHT = 100
"""Reports among which sentences worth reading are looked for, without anybody asking."""

BEHIND = 200
"""Events that a page may be behind before it is told to load everything anew."""

PICTURES = {entry.id: entry.picture for entry in SECTIONS if entry.picture}
"""The drawing of each answer that can be taken out, as ``detente draw`` calls it."""

KEYS = (
    *PRESS.items(),
    ("Z", "redo"), ("/", "find a kind"), ("l", "line"), ("c", "claim of words"),
    ("u", "unclaimed words"), ("n", "line to check"), ("?", "search"),
)  # fmt: skip
"""The keys of the page; those of a review are the same on a terminal."""


@dataclass(slots=True)
class Open:
    """A case that is open: its session, its answers, and the pages that show it."""

    session: Session
    kept: Kept = field(default_factory=OrderedDict)
    answering: Answering = field(init=False)
    queues: set[asyncio.Queue[Mapping[str, Any]]] = field(default_factory=set)
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    supposing: Supposing = field(init=False)
    _state: dict[str, Any] = field(default_factory=dict)
    _rests: bool = False

    def __post_init__(self) -> None:
        """Prepare the answers."""
        self.answering = Answering(self.publish, self.kept)
        self.supposing = Supposing(self.kept)

    def publish(self, told: Mapping[str, Any]) -> None:
        """Tell every page something."""
        for queue in self.queues:
            if queue.qsize() > BEHIND:
                while not queue.empty():
                    queue.get_nowait()
                queue.put_nowait({"type": "changed", "page": ""})
            queue.put_nowait(told)

    @contextlib.contextmanager
    def listener(self) -> Iterator[asyncio.Queue[Mapping[str, Any]]]:
        """Give a page what is told from now on; work that stopped for want of one goes on."""
        queue: asyncio.Queue[Mapping[str, Any]] = asyncio.Queue()
        self.queues.add(queue)
        if self._rests:
            self._rests = False
            self.ask(at_once=True)
        try:
            yield queue
        finally:
            self.queues.discard(queue)
            asyncio.get_running_loop().call_later(ALONE, self._rest)

    def _rest(self) -> None:
        """Stop what is under way if no page looks at it any more."""
        if not self.queues and self.answering.working:
            self._rests = True
            self.answering.stop()
        if not self.queues:
            self.supposing.end()

    def ask(self, *, at_once: bool = False) -> None:
        """Let the questions be answered about the case as it is."""
        session = self.session
        file = session.entry.file
        if session.case is None:
            self.answering.hold(OF_BEFORE if self.answering.known else NOTHING_YET)
            return
        source = file.parent if file.name == CASE_FILE else file
        named = session.name if session.entry.built_in else source.name
        about = (session.text, session.claims, str(file), named)
        self.answering.ask(*about, session.pile, at_once=at_once)

    async def state(self) -> dict[str, Any]:
        """Return all that a page shows."""
        async with self.lock:
            self._state = await asyncio.to_thread(panes.state, self.session)
            return self._state

    async def change(
        self, name: str, given: Mapping[str, Any], seen: int, page: str
    ) -> dict[str, Any]:
        """Make a change and return what a page shows after it."""
        async with self.lock:
            made = await asyncio.to_thread(self.session.change, name, given, seen)
            told = await self._after(seen, page)
        return {**told, "what": made.what, "go": made.go}

    async def turn(self, kind: str, page: str) -> dict[str, Any]:
        """Undo or redo, and return what a page shows after it."""
        async with self.lock:
            seen = self.session.store.revision
            way = self.session.undo if kind == "undo" else self.session.redo
            what = await asyncio.to_thread(way)
            told = await self._after(seen, page)
        return {**told, "what": f"{kind}: {what}" if what else f"nothing to {kind}"}

    async def _after(self, seen: int, page: str) -> dict[str, Any]:
        """Return the new state, without the pieces that a page has already; ask, and tell all."""
        before = self._state
        self._state = await asyncio.to_thread(panes.state, self.session)
        self.ask()
        self.publish({"type": "changed", "page": page, "key": self.session.entry.key})
        told = dict(self._state)
        if before.get("revision") == seen:
            for pane in ("model", "reports"):
                known = dict(before[pane])
                told[pane] = [
                    (name, None if known.get(name) == html else html) for name, html in told[pane]
                ]
        return told

    # --- what if ----------------------------------------------------------------------------

    async def suppose(self, sent: Mapping[str, Any]) -> dict[str, Any]:
        """Suppose something and return the panel."""
        off, force = _texts(sent.get("off")), _texts(sent.get("force"))
        case, text = self.session.whole, self.session.text
        await asyncio.to_thread(self.supposing.suppose, text, case, off, force)
        return {"html": await self._panel(CASE, SUPPOSED)}

    async def _panel(self, left: str, right: str) -> str:
        case, names = self.session.case, list(supposing.branches(self.session.entry.file))
        assert case is not None
        return await asyncio.to_thread(supposing.panel, case, self.supposing, names, left, right)

    async def branch(self, what: str, sent: Mapping[str, Any]) -> dict[str, Any]:
        """Keep the supposition as a branch, throw one away, or make one the case."""
        file, name = self.session.entry.file, str(sent.get("name", ""))
        if what == "keep":
            await self.suppose(sent)
            if self.session.entry.built_in:
                await asyncio.to_thread(self.session.own_copy)
                self.publish({"type": "changed", "page": ""})
                file = self.session.entry.file
            kept = supposing.keep(file, name, self.supposing.texts[SUPPOSED])
            return {"html": await self._panel(CASE, kept), "what": f"kept as the branch {kept}"}
        if what == "drop":
            supposing.drop(file, name)
            return {"html": await self._panel(CASE, SUPPOSED), "what": f"branch {name} thrown away"}
        text = text_of(supposing.branch(file, name))
        await self.change("file", {"text": text}, self.session.store.revision, "")
        told = {"html": await self._panel(CASE, SUPPOSED), "what": f"the case is {name} now"}
        return {**told, "again": True}

    def columns(self, left: str, right: str) -> dict[str, Any]:
        """Return two columns to compare, as far as they are answered."""
        pair = [self._answers(left), self._answers(right)]
        self.supposing.end((left, right))
        busy = any(answering.working for answering in pair)
        return {"html": supposing.columns(*pair), "busy": busy}

    def _answers(self, name: str) -> Answering:
        if name == CASE:
            return self.answering
        file = self.session.entry.file
        if name != SUPPOSED:
            self.supposing.texts[name] = text_of(supposing.branch(file, name))
        return self.supposing.answers(name, self.session.claims, file)

    async def look(self) -> None:
        """Take in what other programs did to the files, and tell the pages."""
        if self.lock.locked():
            return
        async with self.lock:
            changed = await asyncio.to_thread(self.session.refresh)
        if changed:
            self.ask(at_once=True)
            self.publish({"type": "changed", "page": "", "outside": True})


class Bench:
    """All that is open.

    Parameters
    ----------
    library : Library
        What can be opened.
    first : Entry, optional
        What the first page shows.
    """

    def __init__(self, library: Library, first: Entry | None = None) -> None:
        self.library = library
        self.first = first
        self.jobs = Jobs()
        self._quiet = Jobs()
        self._kept: Kept = OrderedDict()
        self._seeking: set[asyncio.Task[None]] = set()
        self._worth: dict[str, Mapping[str, Sequence[Span]]] = {}
        self._all: dict[str, Open] = {}
        self._watching: asyncio.Task[None] | None = None

    def begin(self) -> None:
        """Begin to look for changes from outside."""
        self._watching = asyncio.create_task(self._watch())

    def close(self) -> None:
        """Stop everything."""
        if self._watching is not None:
            self._watching.cancel()
        self.jobs.close()
        self._quiet.close()
        for there in self._all.values():
            there.answering.close()
            there.supposing.end()

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(LOOK)
            for there in list(self._all.values()):
                if there.queues:
                    with contextlib.suppress(DetenteError):
                        await there.look()
                        self._seek(there)

    def _seek(self, there: Open) -> None:
        """Begin to look for sentences worth reading, once everything else is answered."""
        session = there.session
        n = len(session.evidence.reports)
        if session.sought or not 0 < n <= MOST_SOUGHT or session.case is None:
            return
        if not there.answering.working:
            session.sought = True
            task = asyncio.create_task(self._sought(there))
            self._seeking.add(task)
            task.add_done_callback(self._seeking.discard)

    async def _sought(self, there: Open) -> None:
        """Mark the sentences that may hold a position; without a parser there are none."""
        session = there.session
        reports = session.evidence.reports
        key = digest("\0".join(text for one in reports for text in (one.id, one.text)))
        if key not in self._worth:
            job = self._quiet.start(jobs.worth_reading, str(session.entry.file))
            await job.done.wait()
            if job.error:
                return
            self._worth[key] = job.result
        if session.evidence.reports == reports:
            session.worth = self._worth[key]
            there.publish({"type": "changed", "page": ""})

    async def open(self, key: str) -> Open:
        """Return a case that is open, or open it; KeyError where there is none."""
        self._settle(key)
        if key in self._all:
            return self._all[key]
        entry = await asyncio.to_thread(self.library.entry, key)
        session = await asyncio.to_thread(Session, self.library, entry)
        there = self._all.setdefault(key, Open(session, self._kept))
        if there.session is session:
            there.ask(at_once=True)
        return there

    def _settle(self, key: str) -> None:
        """Let a copy go by its own key, and the built-in case be itself again."""
        for old, there in [*self._all.items()]:
            now = there.session.entry.key
            if now != old and key in (old, now):
                self._all[now] = self._all.pop(old)

    async def page(self, there: Open) -> str:
        """Return the page of a case."""
        session = there.session
        case = session.case
        given = {
            "title": case.title if case is not None else session.name,
            "key": session.entry.key,
            "head": "",
            "sections": [(one.id, one.title) for one in SECTIONS if one.id != "about"],
            "keys": KEYS,
        }
        return await asyncio.to_thread(lambda: pieces.render("page.html.j2", **given))

    def start_page(self) -> str:
        """Return the page on which a case is chosen or begun."""
        own: list[tuple[str, str, str]] = []
        built_in: list[tuple[str, str, str]] = []
        for key, entry in self.library.entries().items():
            title, more = _told_of(entry)
            (built_in if entry.built_in else own).append((key, title, more))
        built_in.sort(key=lambda row: "reports" not in row[2])
        return pieces.render("start.html.j2", own=own, built_in=built_in)

    # --- longer work ----------------------------------------------------------------------------

    async def job(self, there: Open, name: str, sent: Mapping[str, Any]) -> dict[str, Any]:
        """Do longer work on a case: read its reports, or take one in."""
        session, page = there.session, str(sent.get("page", ""))
        if name == "paste":
            await asyncio.to_thread(_add_report, session, sent)
        elif name == "read":
            job = self.jobs.start(jobs.read_reports, str(session.entry.file), session.claims)
            await job.done.wait()
            if job.error:
                raise DetenteError(job.error)
            given = {"text": job.result["claims"], "proposals": job.result["proposals"]}
            return await there.change("claims", given, session.store.revision, page)
        else:
            raise DetenteError(f"there is no work '{name}'")
        await asyncio.to_thread(session.look)
        there.publish({"type": "changed", "page": ""})
        return await there.state()

    async def out(self, there: Open, name: str) -> bytes:
        """Return what is taken out of a case, as a file."""
        file = there.session.entry.file
        if name == "folder.zip":
            return await asyncio.to_thread(_zipped, file)
        what, _, suffix = name.rpartition(".")
        if what in PICTURES.values() and suffix in ("svg", "png"):
            return await self._made(jobs.drawn, str(file), what, suffix)
        kinds = {"dossier.html": "html", "dossier.md": "md", "answers.json": "json",
                 "dossier.docx": "docx"}  # fmt: skip
        if name not in kinds:
            raise DetenteError(f"there is nothing called '{name}' to take out")
        return await self._made(jobs.written, str(file), kinds[name])

    async def _made(self, function: Callable[..., bytes], *given: str) -> bytes:
        """Return what a process makes."""
        job = self.jobs.start(function, *given)
        await job.done.wait()
        if job.error:
            raise DetenteError(job.error)
        data: bytes = job.result
        return data


def _texts(value: object) -> list[str]:
    """Return a list of texts that a page sent; nothing where it sent something else."""
    return [str(one)[:4000] for one in value[:200]] if isinstance(value, list) else []


def _told_of(entry: Entry) -> tuple[str, str]:
    """Return a case's title, and a few words more."""
    try:
        case = loading.load(entry.file)
    except CaseError as error:
        return entry.key.lstrip("~"), f"cannot be read: {error.problems[0].message}"
    reports = entry.file.parent / FOLDER
    n = sum(1 for path in reports.iterdir() if path.is_file()) if reports.is_dir() else 0
    told = f"{len(case.parties)} parties, {len(case.options)} options"
    return case.title, f"{told}, {n} reports" if n else told


def _add_report(session: Session, sent: Mapping[str, Any]) -> None:
    from detente.case.identifiers import identifier
    from detente.writing import write_text

    if session.entry.built_in:
        session.own_copy()
    folder = session.entry.file.parent / FOLDER
    folder.mkdir(exist_ok=True)
    name = identifier(str(sent.get("name", "")), "report", {p.stem for p in folder.iterdir()})
    text = str(sent.get("text", ""))
    if not text.strip():
        raise DetenteError("the report is empty")
    write_text(folder / f"{name.replace('_', '-')}.txt", text.replace("\r\n", "\n"))


def _zipped(file: Path) -> bytes:
    """Return a case with what lies beside it as a zip; links and our own notes are left out."""
    page, home = io.BytesIO(), file.parent
    with zipfile.ZipFile(page, "w", zipfile.ZIP_DEFLATED) as made:
        named = [file, *(home / name for name in (CLAIMS, PROPOSALS, FILE))]
        reports = home / FOLDER
        named += sorted(reports.iterdir()) if reports.is_dir() else []
        for path in named:
            if path.is_file() and path.resolve().is_relative_to(home.resolve()):
                made.write(path, f"{home.name}/{path.relative_to(home).as_posix()}")
    return page.getvalue()
