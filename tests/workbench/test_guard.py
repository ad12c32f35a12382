"""Who may speak to the workbench, in the order in which requests are tried."""

from __future__ import annotations

import asyncio

import pytest

from detente.workbench.guard import HEADER, MAX_BODY, Guard, RefusedError

PORT, TOKEN = 4711, "the-token-of-this-run"
OURS = f"127.0.0.1:{PORT}"


async def page(scope, receive, send):
    """What is guarded: reads the body and says hello."""
    more = True
    while more:
        more = (await receive()).get("more_body", False)
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"hello"})


def ask(path="/", method="GET", body=b"", query=b"", pieces=1, **headers):
    """Send one request; the status, the headers and the body of the answer."""
    names = {"host": OURS, **headers}
    sent = [(k.replace("_", "-").encode(), v.encode()) for k, v in names.items() if v is not None]
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": query,
        "headers": sent,
    }
    left = [
        {"type": "http.request", "body": body, "more_body": k < pieces - 1} for k in range(pieces)
    ]
    told = []

    async def receive():
        return left.pop(0)

    async def send(message):
        told.append(message)

    asyncio.run(Guard(page, PORT, TOKEN)(scope, receive, send))
    found = {k.decode(): v.decode() for k, v in told[0]["headers"]}
    return told[0]["status"], found, b"".join(m.get("body", b"") for m in told[1:])


COOKIE = f"detente-{PORT}={TOKEN}"


def test_the_printed_address_answers_at_once_and_sets_a_cookie_for_this_port_alone():
    status, headers, body = ask(query=f"token={TOKEN}".encode())
    assert (status, body) == (200, b"hello")
    cookie = headers["set-cookie"]
    assert cookie.startswith(f"{COOKIE};")
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie


def test_the_cookie_is_enough_afterwards_and_is_not_set_again():
    status, headers, _ = ask(cookie=COOKIE)
    assert status == 200
    assert "set-cookie" not in headers


FOREIGN = ["evil.example", f"evil.example:{PORT}", "127.0.0.1", "127.0.0.1:1", "", None]


@pytest.mark.parametrize("host", [*FOREIGN, f"127.0.0.1.nip.io:{PORT}"])
def test_a_foreign_host_comes_first(host):
    assert ask(host=host, cookie=COOKIE)[0] == 421
    assert ask(host=host, cookie=COOKIE, origin="http://evil.example")[0] == 421
    assert ask(host=host)[0] == 421


def test_a_host_that_stands_twice_is_foreign():
    scope_hosts = f"{OURS},{OURS}"
    assert ask(host=scope_hosts, cookie=COOKIE)[0] == 421


@pytest.mark.parametrize("host", [OURS, f"localhost:{PORT}", f"LOCALHOST:{PORT}", f"[::1]:{PORT}"])
def test_our_own_hosts_are_let_in(host):
    assert ask(host=host, cookie=COOKIE)[0] == 200


@pytest.mark.parametrize(
    ("query", "cookie"),
    [
        (b"", None),
        (b"token=", None),
        (b"token=wrong", None),
        (b"", "detente-4711=wrong"),
        (b"", f"detente-1={TOKEN}"),
        (b"", f"other={TOKEN}"),
        (b"", "\x00;;=;"),
        (f"token={TOKEN}x".encode(), None),
    ],
)
def test_without_token_or_cookie_nothing_is_told(query, cookie):
    given = {} if cookie is None else {"cookie": cookie}
    assert ask(query=query, **given)[0] == 403
    assert ask(query=query, origin="http://evil.example", **given)[0] == 403
    assert ask("/../etc/passwd", query=query, **given)[0] == 403


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://127.0.0.1:4711",
                                    "http://127.0.0.1:4712", "http://127.0.0.1"])  # fmt: skip
def test_a_foreign_origin_is_refused_whatever_it_asks(origin):
    assert ask(cookie=COOKIE, origin=origin)[0] == 403
    assert ask(query=f"token={TOKEN}".encode(), origin=origin)[0] == 403
    assert ask(cookie=COOKIE, origin=origin, method="POST", x_detente="1")[0] == 403


def test_our_own_origin_is_let_in():
    assert ask(cookie=COOKIE, origin=f"http://{OURS}")[0] == 200


OUT = [
    "/..",
    "/../x",
    "/static/../../etc/passwd",
    "/a/../b",
    "/a\\..\\b",
    "/a\x00b",
    "//etc/passwd",
]


@pytest.mark.parametrize("path", OUT)
def test_a_path_that_leads_out_is_not_there(path):
    assert ask(path, cookie=COOKIE)[0] == 404
    assert ask(path, cookie=COOKIE, method="POST", x_detente="1")[0] == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_a_change_needs_our_header(method):
    assert ask(method=method, cookie=COOKIE)[0] == 403
    assert ask(method=method, cookie=COOKIE, **{HEADER.replace("-", "_"): "1"})[0] == 200


def test_what_is_declared_too_large_is_not_read():
    told = ask(method="POST", cookie=COOKIE, x_detente="1", content_length=str(MAX_BODY + 1))
    assert told[0] == 413
    assert ask(method="POST", cookie=COOKIE, x_detente="1", content_length="-1")[0] == 413


def test_what_turns_out_too_large_ends_there():
    piece = b"x" * (MAX_BODY // 4)
    told = ask(method="POST", cookie=COOKIE, x_detente="1", body=piece, pieces=5)
    assert told[0] == 413


@pytest.mark.parametrize("given", [{"cookie": COOKIE}, {}, {"host": "evil.example"}])
def test_every_answer_forbids_what_is_not_ours(given):
    _, headers, _ = ask(**given)
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy.replace("style-src-attr 'unsafe-inline'", "")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
    assert not [name for name in headers if name.startswith("access-control")]


def test_a_refusal_is_no_error_of_the_program():
    assert issubclass(RefusedError, Exception)
