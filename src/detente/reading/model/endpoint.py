"""One question to a language model, answered as JSON; whatever goes wrong is a plain error.

Any endpoint that answers as OpenAI's chat completions do, on this machine or elsewhere. The
answer's form is asked for as a JSON schema; an endpoint that does not know that is asked for JSON,
and then for a fenced block; what it knows is found out once.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlsplit

from detente.errors import DetenteError

Form = Literal["schema", "json", "fenced"]
FORMS: tuple[Form, ...] = ("schema", "json", "fenced")

MAX_ANSWER = 2_000_000
"""Bytes of an answer that are read; no honest answer to a few paragraphs is longer."""

_AGAIN = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
_UNKNOWN_FORM = frozenset({400, 415, 422, 501})
_LONGEST_WAIT = 60.0
_FENCE = re.compile(r"```(?:json)?\s*\n(.*?)```", re.DOTALL)


class ModelError(DetenteError):
    """A language model cannot be asked, or does not answer."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a language model answers, and how long it is waited for.

    Parameters
    ----------
    url : str
        The address below which ``/chat/completions`` lies, such as ``http://localhost:8080/v1``.
    model : str
        The name that the endpoint knows it by.
    key : str
        Sent as a bearer token; empty for none. Never shown.
    timeout : float
        Seconds to wait for one answer.
    attempts : int
        How often one question is asked at most.
    max_tokens : int
        The longest answer, in the model's tokens.
    """

    url: str
    model: str
    key: str = field(default="", repr=False)
    timeout: float = 120.0
    attempts: int = 5
    max_tokens: int = 2_000

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ModelError(
                f"'{self.url}' is no address of an endpoint; write for example"
                " http://localhost:8080/v1"
            )

    @property
    def host(self) -> str:
        """The machine that would be sent the texts."""
        return urlsplit(self.url).netloc.rpartition("@")[2]

    @property
    def local(self) -> bool:
        """Whether that is this machine."""
        return urlsplit(self.url).hostname in ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model answered.

    Parameters
    ----------
    text : str
        The answer as it came.
    sent, received : int
        Tokens of question and answer, as the endpoint counts them; 0 where it does not say.
    whole : bool
        False where the answer was cut off at the longest allowed.
    """

    text: str
    sent: int = 0
    received: int = 0
    whole: bool = True


class Client:
    """Asks one endpoint; may be shared between threads, and is closed by ``with``.

    Parameters
    ----------
    endpoint : Endpoint
        Whom to ask.
    wait : callable, optional
        Waits so many seconds; for tests.
    """

    def __init__(self, endpoint: Endpoint, wait: Callable[[float], None] = time.sleep) -> None:
        try:
            import httpx
        except ImportError:
            raise ModelError(
                "asking a language model needs the extra 'model': pip install 'detente[model]'"
            ) from None
        self._endpoint = endpoint
        self._wait = wait
        self._form: Form = FORMS[0]
        headers = {"Authorization": f"Bearer {endpoint.key}"} if endpoint.key else {}
        # Redirects are not followed: texts and key go where the user said, and nowhere else.
        self._http = httpx.Client(headers=headers, timeout=endpoint.timeout, follow_redirects=False)

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give back connections."""
        self._http.close()

    def ask(self, messages: Sequence[Mapping[str, str]], schema: Mapping[str, Any]) -> Reply:
        """Return the answer to a conversation, in the form of a JSON Schema if it may be.

        Parameters
        ----------
        messages : sequence of mapping
            ``role`` and ``content`` of each.
        schema : mapping
            The JSON Schema of the answer.

        Raises
        ------
        ModelError
            If the endpoint cannot be reached, refuses, or answers with something else: what it
            said, and what to do.
        """
        while True:
            form = self._form
            answer = self._posted(self._body(messages, schema, form))
            if answer.status_code in _UNKNOWN_FORM and form != FORMS[-1]:
                self._form = FORMS[FORMS.index(form) + 1]
                continue
            return _reply(self._endpoint, answer)

    def _body(
        self, messages: Sequence[Mapping[str, str]], schema: Mapping[str, Any], form: Form
    ) -> dict[str, Any]:
        """Return what is sent."""
        body: dict[str, Any] = {
            "model": self._endpoint.model,
            "messages": list(messages),
            "temperature": 0,
            "max_tokens": self._endpoint.max_tokens,
        }
        if form == "schema":
            named = {"name": "answer", "schema": schema, "strict": True}
            body["response_format"] = {"type": "json_schema", "json_schema": named}
            return body
        told = f"Answer with JSON of this schema and nothing else:\n{json.dumps(schema)}"
        if form == "json":
            body["response_format"] = {"type": "json_object"}
        else:
            told = told.replace("JSON of", "one fenced ```json block of")
        body["messages"] = [*body["messages"], {"role": "system", "content": told}]
        return body

    def _posted(self, body: Mapping[str, Any]) -> _Answer:
        """Return the endpoint's answer; ask again where it is busy or out of reach."""
        import httpx

        trouble, pause = "", 0.0
        for attempt in range(self._endpoint.attempts):
            if attempt:
                self._wait(pause)
            pause = min(2.0**attempt, _LONGEST_WAIT)
            try:
                answer = self._read(body)
            except httpx.ReadTimeout:
                raise ModelError(
                    f"{self._endpoint.url} took more than {self._endpoint.timeout:g} seconds for an"
                    " answer"
                ) from None
            except (httpx.TransportError, httpx.InvalidURL) as error:
                trouble = f"{type(error).__name__}: {error}".rstrip(": ")
                continue
            if answer.status_code not in _AGAIN:
                return answer
            trouble = f"status {answer.status_code}"
            pause = _asked_to_wait(answer.retry_after, pause)
        raise ModelError(
            f"{self._endpoint.url} does not answer ({trouble}) after"
            f" {self._endpoint.attempts} attempts; try again later, or name another --endpoint"
        )

    def _read(self, body: Mapping[str, Any]) -> _Answer:
        """Return status and body of one request; a body too long ends early."""
        import httpx

        url = self._endpoint.url.rstrip("/") + "/chat/completions"
        end = time.monotonic() + self._endpoint.timeout
        with self._http.stream("POST", url, json=body) as response:
            data = bytearray()
            for part in response.iter_bytes():
                data += part
                if len(data) > MAX_ANSWER:
                    break
                if time.monotonic() > end:  # httpx only watches each pause
                    raise httpx.ReadTimeout("drop by drop")
            return _Answer(
                response.status_code, bytes(data), response.headers.get("retry-after", "")
            )


@dataclass(frozen=True, slots=True)
class _Answer:
    """Status, body and the pause that was asked for."""

    status_code: int
    body: bytes
    retry_after: str


def _asked_to_wait(told: str, otherwise: float) -> float:
    """Return the seconds that an endpoint asks for, within bounds."""
    try:
        return min(max(float(told), 0.0), _LONGEST_WAIT)
    except ValueError:
        return otherwise


def _reply(endpoint: Endpoint, answer: _Answer) -> Reply:
    """Return an answer's text and tokens, or say what came instead."""
    if answer.status_code in (401, 403):
        raise ModelError(
            f"{endpoint.url} refuses the key (status {answer.status_code}); put the right one into"
            " DETENTE_API_KEY"
        )
    if answer.status_code == 404:
        raise ModelError(f"{endpoint.url} knows no model '{endpoint.model}', or lies elsewhere")
    if 300 <= answer.status_code < 400:
        raise ModelError(
            f"{endpoint.url} points elsewhere (status {answer.status_code}), where nothing is sent"
            " unasked; name the right address with --endpoint"
        )
    if answer.status_code != 200:
        told = answer.body[:300].decode("utf-8", "replace")
        said = " ".join("".join(c if c.isprintable() else " " for c in told).split())
        raise ModelError(f"{endpoint.url} answers with status {answer.status_code}: {said}")
    try:
        document = json.loads(answer.body)
        choice = document["choices"][0]
        text = choice["message"]["content"]
        usage = document.get("usage") or {}
    except (ValueError, LookupError, TypeError, AttributeError):
        text = None
    if not isinstance(text, str):
        raise ModelError(
            f"{endpoint.url} answers, but not as chat completions do; check the address"
        )
    return Reply(
        text,
        _count(usage, "prompt_tokens"),
        _count(usage, "completion_tokens"),
        choice.get("finish_reason") != "length",
    )


def _count(usage: object, name: str) -> int:
    found = usage.get(name) if isinstance(usage, dict) else None
    return found if isinstance(found, int) and found >= 0 else 0


def json_of(text: str) -> object:
    """Return the JSON value of an answer: bare, fenced, or the first object in it.

    Returns
    -------
    object
        None where there is none.
    """
    tries = [text, *(m[1] for m in _FENCE.finditer(text))]
    at = text.find("{")
    for candidate in tries:
        try:
            found: object = json.loads(candidate)
        except (ValueError, RecursionError):
            continue
        return found
    if at >= 0:
        try:
            found, _ = json.JSONDecoder().raw_decode(text, at)
        except (ValueError, RecursionError):
            return None
        return found
    return None
