"""How a case begins in the browser: with nothing, with pasted text, with a folder of reports."""

from __future__ import annotations

import asyncio
import re
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from detente.case.citations import FOLDER
from detente.errors import DetenteError
from detente.reading.ingest import SUFFIXES
from detente.workbench import jobs, pieces
from detente.workbench.jobs import Job
from detente.writing import CASE_FILE

if TYPE_CHECKING:
    from detente.workbench.desk import Bench

MOST_FILES = 500
"""Reports that are taken in at once."""

MAX_REPORT = 20 << 20
"""Bytes of one of them."""


SIDES = {"one": "One side", "other": "The other side"}
"""What the sides of a new case are called where nobody says it."""


def routes() -> list[Route]:
    """Return the addresses."""
    return [
        Route("/start", _start, methods=["GET"]),
        Route("/start/form/{name}", _form, methods=["GET"]),
        Route("/start/new", _new, methods=["POST"]),
        Route("/start/paste", _paste, methods=["POST"]),
        Route("/start/reports", _reports, methods=["POST"]),
        Route("/start/sides", _sides, methods=["POST"]),
        Route("/start/jobs/{id}", _progress, methods=["GET"]),
        Route("/start/stop/{id}", _stop, methods=["POST"]),
    ]


def _bench(request: Request) -> Bench:
    bench: Bench = request.app.state.bench
    return bench


async def _start(request: Request) -> Response:
    return HTMLResponse(await asyncio.to_thread(_bench(request).start_page))


async def _form(request: Request) -> Response:
    if request.path_params["name"] != "paste":
        raise HTTPException(404, "there is no such form")
    return HTMLResponse(pieces.render("form-paste.html.j2"))


async def _sent(request: Request) -> Mapping[str, Any]:
    from detente.workbench.app import body

    return await body(request)


async def _new(request: Request) -> Response:
    sent = await _sent(request)
    title, *sides = (str(sent.get(key, "")).strip()[:200] for key in ("title", *SIDES))
    if not title:
        raise DetenteError("say what the case is called")
    named = [side or name for side, name in zip(sides, SIDES.values(), strict=True)]
    entry = await asyncio.to_thread(_bench(request).library.begin, title, named)
    return JSONResponse({"key": entry.key})


async def _paste(request: Request) -> Response:
    sent = await _sent(request)
    texts = parted(str(sent.get("text", "")))
    if not texts:
        raise DetenteError("paste some text first")
    files = {f"report-{n:02}.txt": f"{text}\n".encode() for n, text in enumerate(texts, start=1)}
    return _looked(request, files, str(sent.get("title", "")))


_HEAD = re.compile(r"\A(?:[A-Za-z][\w -]*:.*\n?)+\Z")
"""Lines that tell of a report what it is called, its day and its source, and nothing else."""


def parted(text: str) -> list[str]:
    """Return the reports of a pasted text, between which a line of dashes stands.

    A report may have a head of its own between two such lines, as its file would.
    """
    found: list[str] = []
    head = ""
    for piece in re.split(r"(?m)^-{3,}[ \t]*$", text.replace("\r\n", "\n")):
        plain = piece.strip()
        if _HEAD.match(plain) and not head:
            head = f"---\n{plain}\n---\n"
        elif plain:
            found.append(f"{head}{plain}")
            head = ""
    return [*found, *([head.strip("-\n")] if head else [])]


async def _reports(request: Request) -> Response:
    form = await request.form(max_files=MOST_FILES, max_fields=MOST_FILES)
    files: dict[str, bytes] = {}
    try:
        for given in form.getlist("files"):
            if not isinstance(given, UploadFile):
                continue
            name = plain_name(given.filename or "")
            if not name:
                continue
            data = await given.read(MAX_REPORT + 1)
            if len(data) > MAX_REPORT:
                raise DetenteError(f"{name} is larger than {MAX_REPORT >> 20} MB")
            files[_free(name, files)] = data
    finally:
        await form.close()
    if not files:
        kinds = ", ".join(sorted(suffix.lstrip(".") for suffix in SUFFIXES))
        raise DetenteError(f"none of these is a report; they are files of the kinds {kinds}")
    title = str(form.get("title", ""))
    return _looked(request, files, title)


def plain_name(given: str) -> str:
    """Return a safe name for a file that a browser names; empty where it is no report."""
    name = PurePosixPath(given.replace("\\", "/")).name
    stem, dot, ending = name.rpartition(".")
    if not dot or f".{ending.lower()}" not in SUFFIXES or name.startswith("."):
        return ""
    plain = re.sub(r"[^\w .()-]+", "-", stem).strip(" .-")[:80]
    return f"{plain or 'report'}.{ending.lower()}"


def _free(name: str, taken: Mapping[str, bytes]) -> str:
    stem, _, ending = name.rpartition(".")
    n, found = 1, name
    while found in taken:
        n += 1
        found = f"{stem}-{n}.{ending}"
    return found


def _looked(request: Request, files: Mapping[str, bytes], title: str) -> Response:
    """Put reports into a folder of their own, and begin to read them."""
    where = Path(tempfile.mkdtemp(prefix="detente-"))
    (where / FOLDER).mkdir()
    for name, data in files.items():
        (where / FOLDER / name).write_bytes(data)
    job = _bench(request).jobs.start(
        jobs.ask_sides, str(where / FOLDER), folder=str(where), title=title.strip()[:120]
    )
    return JSONResponse({"job": job.id})


async def _progress(request: Request) -> Response:
    job = _job(request)
    if not job.done.is_set():
        return JSONResponse({"progress": job.progress})
    if job.error:
        _forget(job)
        return JSONResponse({"error": job.error}, 409)
    if "questions" in job.result:
        return JSONResponse({"form": _asked(job)})
    goal = Path(job.result["folder"])
    entry = await asyncio.to_thread(_bench(request).library.add, goal / CASE_FILE)
    _forget(job)
    return JSONResponse({"key": entry.key})


def _job(request: Request) -> Job:
    return _work(_bench(request), request.path_params["id"])


def _work(bench: Bench, key: str) -> Job:
    try:
        return bench.jobs.get(key)
    except KeyError:
        raise HTTPException(404, "that work is not there any more") from None


def _asked(job: Job) -> str:
    """Return the questions about the sides as a form."""
    found = job.result
    n = found["reports"]
    reports = f"{n} report{'s' * (n != 1)} read, {found['claims']} claims found"
    given = {"questions": found["questions"], "reports": reports, "job": job.id}
    return pieces.render("form-sides.html.j2", **given)


async def _sides(request: Request) -> Response:
    bench, sent = _bench(request), await _sent(request)
    before = _work(bench, str(sent.get("job", "")))
    if not before.done.is_set() or before.error:
        raise DetenteError("the reports are not read yet")
    replies = []
    for n, question in enumerate(before.result["questions"]):
        given = sent.get(f"answer-{n}", "")
        reply = " ".join(map(str, given)) if isinstance(given, list) else str(given)
        if fault := question.fault(reply):
            raise DetenteError(f"{question.text} {fault[:1].upper()}{fault[1:]}.")
        replies.append(reply)
    folder, title = before.kept["folder"], before.kept["title"]
    where = bench.library.place(title or "draft")
    job = bench.jobs.start(
        jobs.make_draft, str(Path(folder) / FOLDER), replies, title, str(where), folder=folder
    )
    return JSONResponse({"job": job.id})


async def _stop(request: Request) -> Response:
    job = _job(request)
    job.stop()
    return JSONResponse({})


def _forget(job: Job) -> None:
    """Throw the folder aside away in which reports waited."""
    if "folder" in job.kept:
        shutil.rmtree(job.kept["folder"], ignore_errors=True)
