"""The addresses of the workbench: thin handlers over a session, its answers, and the library."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from detente.dossier.line_words import completions, formula_words
from detente.errors import DetenteError
from detente.workbench import beginning, panes, static
from detente.workbench.desk import PICTURES, Bench, Open
from detente.workbench.forms import form
from detente.workbench.journal import digest
from detente.workbench.session import NOT_SENT

Handler = Callable[[Request], Awaitable[Response]]

BEAT = 15.0
"""Seconds after which a page that hears nothing is told that we are there."""


def application(bench: Bench) -> Starlette:
    """Return the application for a bench."""

    @asynccontextmanager
    async def life(app: Starlette) -> AsyncIterator[None]:
        bench.begin()
        try:
            yield
        finally:
            bench.close()

    case = "/case/{key}"
    routes = [
        Route("/", _start, methods=["GET"]),
        Route("/static/{name}", static.served, methods=["GET"]),
        Route(case, _page, methods=["GET"]),
        Route(f"{case}/state", _state, methods=["GET"]),
        Route(f"{case}/events", _events, methods=["GET"]),
        Route(f"{case}/form/{{name}}", _form, methods=["GET"]),
        Route(f"{case}/answer/{{section}}", _answer, methods=["GET"]),
        Route(f"{case}/formula", _formula, methods=["GET"]),
        Route(f"{case}/search", _search, methods=["GET"]),
        Route(f"{case}/out/{{name}}", _out, methods=["GET"]),
        Route(f"{case}/change", _change, methods=["POST"]),
        Route(f"{case}/undo", _undo, methods=["POST"]),
        Route(f"{case}/redo", _redo, methods=["POST"]),
        Route(f"{case}/whatif", _what_if, methods=["POST"]),
        Route(f"{case}/whatif/columns", _columns, methods=["GET"]),
        Route(f"{case}/whatif/{{what}}", _branch, methods=["POST"]),
        Route(f"{case}/stop", _stop, methods=["POST"]),
        Route(f"{case}/job/{{name}}", _job, methods=["POST"]),
        *beginning.routes(),
    ]
    handlers: Mapping[Any, Any] = {DetenteError: _refused, HTTPException: _http}
    app = Starlette(routes=routes, exception_handlers=handlers, lifespan=life)
    app.state.bench = bench
    return app


def _bench(request: Request) -> Bench:
    bench: Bench = request.app.state.bench
    return bench


async def _open(request: Request) -> Open:
    try:
        return await _bench(request).open(request.path_params["key"])
    except KeyError:
        raise HTTPException(404, "there is no such case") from None


async def _refused(request: Request, error: Exception) -> Response:
    return JSONResponse({"error": str(error)}, 409)


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return JSONResponse({"error": error.detail}, error.status_code)


async def body(request: Request) -> Mapping[str, Any]:
    """Return what a page sent as JSON."""
    try:
        found = json.loads(await request.body())
    except (ValueError, RecursionError):
        raise HTTPException(400, NOT_SENT) from None
    if not isinstance(found, dict):
        raise HTTPException(400, NOT_SENT)
    return found


# --- pages --------------------------------------------------------------------------------------


async def _start(request: Request) -> Response:
    bench = _bench(request)
    if "token" in request.query_params and bench.first is not None:
        return HTMLResponse(await bench.page(await bench.open(bench.first.key)))
    return HTMLResponse(await asyncio.to_thread(bench.start_page))


async def _page(request: Request) -> Response:
    return HTMLResponse(await _bench(request).page(await _open(request)))


async def _state(request: Request) -> Response:
    return JSONResponse(await (await _open(request)).state())


async def _form(request: Request) -> Response:
    there = await _open(request)
    name, asked = request.path_params["name"], dict(request.query_params)
    return HTMLResponse(await asyncio.to_thread(form, there.session, name, asked))


async def _answer(request: Request) -> Response:
    there = await _open(request)
    told = there.answering.known.get(request.path_params["section"])
    if told is None:
        raise HTTPException(404, "that is not answered yet")
    found = {name: panes.place_of(place) for name, place in told.passages.items()}
    picture = PICTURES.get(told.section, "") if told.answered else ""
    shown = {"html": told.html, "mark": digest(told.html), "picture": picture}
    return JSONResponse({**shown, "passages": found})


async def _formula(request: Request) -> Response:
    there = await _open(request)
    asked = request.query_params
    text, party = asked.get("text", "")[:4000], asked.get("party", "")
    caret = int(asked["caret"]) if asked.get("caret", "").isdigit() else len(text)
    return JSONResponse(await asyncio.to_thread(_typed, there, text, party, min(caret, len(text))))


def _typed(there: Open, text: str, party: str, caret: int) -> dict[str, Any]:
    """Say a formula that is being typed, what is wrong with it, and what may be meant."""
    case = there.session.case
    if case is None or not text.strip():
        return {"says": "", "faults": [], "start": caret, "names": []}
    whose = party if party in case.party_names else ""
    says, faults = formula_words(case, text, whose)
    start, names = completions(case, text, caret)
    told = [f"character {at + 1}: {message}" for at, message in faults]
    return {"says": says, "faults": told, "start": start, "names": names[:8]}


async def _search(request: Request) -> Response:
    there = await _open(request)
    asked = request.query_params.get("q", "")[:200]
    return JSONResponse(await asyncio.to_thread(panes.search, there.session, asked))


async def _out(request: Request) -> Response:
    name = request.path_params["name"]
    data = await _bench(request).out(await _open(request), name)
    kind = "application/octet-stream"
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(data, media_type=kind, headers=headers)


# --- events -------------------------------------------------------------------------------------


async def _events(request: Request) -> Response:
    there = await _open(request)

    async def telling() -> AsyncIterator[str]:
        with there.listener() as queue:
            yield _event(there.answering.told())
            while True:
                try:
                    yield _event(await asyncio.wait_for(queue.get(), BEAT))
                except TimeoutError:
                    yield ": still here\n\n"

    return StreamingResponse(telling(), media_type="text/event-stream")


def _event(told: Mapping[str, Any]) -> str:
    return f"data: {json.dumps(told, ensure_ascii=False)}\n\n"


# --- changes ------------------------------------------------------------------------------------


async def _change(request: Request) -> Response:
    there, sent = await _open(request), await body(request)
    name, given, seen = sent.get("name"), sent.get("given"), sent.get("seen")
    if not isinstance(name, str) or not isinstance(given, dict) or not isinstance(seen, int):
        raise HTTPException(400, NOT_SENT)
    return JSONResponse(await there.change(name, given, seen, str(sent.get("page", ""))))


async def _undo(request: Request) -> Response:
    there, sent = await _open(request), await body(request)
    return JSONResponse(await there.turn("undo", str(sent.get("page", ""))))


async def _redo(request: Request) -> Response:
    there, sent = await _open(request), await body(request)
    return JSONResponse(await there.turn("redo", str(sent.get("page", ""))))


async def _stop(request: Request) -> Response:
    there = await _open(request)
    there.answering.stop()
    return JSONResponse({})


async def _what_if(request: Request) -> Response:
    there, sent = await _open(request), await body(request)
    return JSONResponse(await there.suppose(sent))


async def _columns(request: Request) -> Response:
    there, asked = await _open(request), request.query_params
    return JSONResponse(there.columns(asked.get("left", ""), asked.get("right", "")))


async def _branch(request: Request) -> Response:
    there, sent = await _open(request), await body(request)
    if request.path_params["what"] == "end":
        there.supposing.end()
        return JSONResponse({})
    return JSONResponse(await there.branch(request.path_params["what"], sent))


async def _job(request: Request) -> Response:
    there, sent = await _open(request), await body(request)
    return JSONResponse(await _bench(request).job(there, request.path_params["name"], sent))
