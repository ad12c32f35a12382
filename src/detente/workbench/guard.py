"""Who may speak to the workbench: this machine's own browser, once it has shown the token.

Every request is tried in one order: a foreign host, then neither token nor cookie, then a foreign
origin, then a path that leads out, then a change without our header, then what is too large. What
is refused never reaches a handler.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import Any, TypeAlias
from urllib.parse import parse_qs

Scope: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send: TypeAlias = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App: TypeAlias = Callable[[Scope, Receive, Send], Awaitable[None]]

HEADER = "x-detente"
"""Every change carries it; no form and no other page can send it without asking us first."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)

HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cache-control", b"no-store"),
)
"""Sent with every answer."""

MAX_BODY = 2 << 20
"""Bytes of a change; the largest is a whole case file."""

MAX_UPLOAD = 200 << 20
"""Bytes of a folder of reports that is dropped."""

UPLOADS = "/start/reports"
"""Where such a folder goes."""


@dataclass(frozen=True, slots=True)
class RefusedError(Exception):
    """A request is not answered.

    Parameters
    ----------
    status : int
        Of the answer.
    why : str
        For people.
    """

    status: int
    why: str


@dataclass(frozen=True, slots=True)
class Guard:
    """Lets a request through to an application, or refuses it.

    Parameters
    ----------
    app : ASGI application
        What is guarded.
    port : int
        Where it listens, on the loopback alone.
    token : str
        What the first visit has to show.
    """

    app: App
    port: int
    token: str

    @property
    def cookie(self) -> str:
        """The cookie's name; cookies are shared between ports, names are not."""
        return f"detente-{self.port}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        try:
            fresh = self._admitted(scope)
            await self.app(scope, _limited(scope, receive), self._dressed(send, fresh))
        except RefusedError as refused:
            await _refuse(refused, self._dressed(send, False))

    def _admitted(self, scope: Scope) -> bool:
        """Try a request, in order; return whether it showed the token and needs the cookie."""
        headers = _headers(scope)
        hosts = {f"127.0.0.1:{self.port}", f"localhost:{self.port}", f"[::1]:{self.port}"}
        if headers.get("host", "").lower() not in hosts:
            raise RefusedError(421, "this is not the address of the workbench")
        shown = self._token_shown(scope)
        if not shown and not self._cookie_shown(headers.get("cookie", "")):
            raise RefusedError(403, "open the address that 'detente serve' printed")
        origin = headers.get("origin")
        if origin is not None and origin.lower() not in {f"http://{host}" for host in hosts}:
            raise RefusedError(403, "this request comes from another page")
        if _leads_out(scope):
            raise RefusedError(404, "there is no such page")
        if scope["method"] not in ("GET", "HEAD") and HEADER not in headers:
            raise RefusedError(403, "changes are made by the workbench's own page alone")
        return shown

    def _token_shown(self, scope: Scope) -> bool:
        given = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("token", [])
        return any(self._same(token) for token in given)

    def _cookie_shown(self, header: str) -> bool:
        try:
            found = SimpleCookie(header).get(self.cookie)
        except CookieError:
            return False
        return found is not None and self._same(found.value)

    def _same(self, given: str) -> bool:
        return secrets.compare_digest(given.encode(), self.token.encode())

    def _dressed(self, send: Send, fresh: bool) -> Send:
        """Return a way to answer with the headers that every answer has."""

        async def sending(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                own = {name for name, _ in message.get("headers", ())}
                added = [pair for pair in HEADERS if pair[0] not in own]
                if fresh:
                    made = f"{self.cookie}={self.token}; Path=/; HttpOnly; SameSite=Strict"
                    added.append((b"set-cookie", made.encode()))
                message["headers"] = [*message.get("headers", ()), *added]
            await send(message)

        return sending


def _headers(scope: Scope) -> dict[str, str]:
    """Return the headers; one that stands twice counts for nothing sensible and so is joined."""
    found: dict[str, str] = {}
    for name, value in scope.get("headers", ()):
        key, text = name.decode("latin-1").lower(), value.decode("latin-1")
        found[key] = f"{found[key]},{text}" if key in found else text
    return found


def _leads_out(scope: Scope) -> bool:
    path = str(scope.get("path", ""))
    steps = path.replace("\\", "/").split("/")
    return ".." in steps or "\\" in path or "\0" in path or "//" in path


def _limited(scope: Scope, receive: Receive) -> Receive:
    """Return a way to read a request that ends where it grows too large."""
    most = MAX_UPLOAD if scope.get("path") == UPLOADS else MAX_BODY
    declared = _headers(scope).get("content-length", "0")
    if not declared.isdigit() or int(declared) > most:
        raise RefusedError(413, f"more than {most >> 20} MB")
    read = 0

    async def reading() -> MutableMapping[str, Any]:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > most:
            raise RefusedError(413, f"more than {most >> 20} MB")
        return message

    return reading


async def _refuse(refused: RefusedError, send: Send) -> None:
    body = f"{refused.why}\n".encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    if refused.status == 413:
        headers.append((b"connection", b"close"))
    await send({"type": "http.response.start", "status": refused.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
