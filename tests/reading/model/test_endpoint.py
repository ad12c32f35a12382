"""Asking a language model: forms, patience, refusals; nothing leaves this machine."""

import itertools
import threading
import time
from types import SimpleNamespace

import pytest

from detente.reading.model.endpoint import Client, Endpoint, ModelError, json_of
from detente.reading.model.second import asked_of
from fake_endpoint import endpoint, said

pytest.importorskip("httpx")

SCHEMA = {"type": "object", "properties": {"claims": {"type": "array"}}}
ASKED = [{"role": "user", "content": "Who said what?"}]


def ask(fake, waits=None, **settings):
    waited = [] if waits is None else waits
    with Client(Endpoint(fake.url, "m", **settings), waited.append) as client:
        return client.ask(ASKED, SCHEMA)


HERE = "http://127.0.0.1:8080/v1"


def test_an_answer_comes_with_its_tokens():
    with endpoint(lambda _: said('{"claims": []}')) as fake:
        reply = ask(fake, key="secret")
    assert (reply.text, reply.sent, reply.received, reply.whole) == ('{"claims": []}', 11, 7, True)
    assert fake.asked[0]["response_format"]["json_schema"]["schema"] == SCHEMA
    assert fake.asked[0]["temperature"] == 0
    assert fake.headers[0]["authorization"] == "Bearer secret"


def test_without_a_key_none_is_sent():
    with endpoint(lambda _: said("{}")) as fake:
        ask(fake)
    assert "authorization" not in fake.headers[0]


def test_an_endpoint_without_schemas_is_asked_for_json_then_for_a_block():
    def only_plain(body):
        return (
            (400, {"error": "unknown"}) if "response_format" in body else said("```json\n{}\n```")
        )

    with (
        endpoint(only_plain) as fake,
        Client(Endpoint(fake.url, "m"), lambda _: None) as client,
    ):
        client.ask(ASKED, SCHEMA)
        client.ask(ASKED, SCHEMA)
    kinds = [body.get("response_format", {}).get("type") for body in fake.asked]
    assert kinds == ["json_schema", "json_object", None, None]
    assert "fenced" in fake.asked[-1]["messages"][-1]["content"]


def test_a_busy_endpoint_is_asked_again_when_it_says():
    turns = itertools.chain([(429, {}), (503, {})], itertools.repeat(said("{}")))
    waits = []
    with endpoint(lambda _: next(turns)) as fake:
        ask(fake, waits)
    assert waits == [3.0, 2.0]  # what it asked for, then the back-off's second


def test_one_that_stays_busy_is_given_up():
    waits = []
    with endpoint(lambda _: (500, {})) as fake, pytest.raises(ModelError, match="status 500") as e:
        ask(fake, waits, attempts=3)
    assert len(fake.asked) == 3
    assert waits == [1.0, 2.0]
    assert "try again later" in str(e.value)


def test_one_that_is_too_slow_is_told_and_not_asked_again():
    came, over = threading.Event(), threading.Event()
    with endpoint(lambda _: (came.set(), over.wait(600), said("{}"))[2]) as fake:
        try:
            with pytest.raises(ModelError, match=r"took more than 0\.2 seconds"):
                ask(fake, timeout=0.2)
            assert came.wait(600)  # a busy machine may hear of it after that time
        finally:
            over.set()
    assert len(fake.asked) == 1


def test_an_answer_drop_by_drop_is_too_slow(monkeypatch):
    """Each pause is short enough; the whole is not."""
    clock = itertools.count(0.0, 100.0)
    told = SimpleNamespace(monotonic=lambda: next(clock), sleep=time.sleep)
    monkeypatch.setattr("detente.reading.model.endpoint.time", told)
    with endpoint(lambda _: said("{}")) as fake, pytest.raises(ModelError, match="took more than"):
        ask(fake, timeout=50.0)


def test_nobody_there_is_told():
    with endpoint(lambda _: said("{}")) as fake:
        pass
    with pytest.raises(ModelError, match="does not answer"):
        ask(fake, attempts=2)


@pytest.mark.parametrize(
    ("status", "words"),
    [(401, "refuses the key"), (403, "refuses the key"), (404, "knows no model 'm'")],
)
def test_refusals_say_what_to_do(status, words):
    with endpoint(lambda _: (status, {})) as fake, pytest.raises(ModelError, match=words):
        ask(fake, key="secret")


def test_the_key_is_in_no_message():
    assert "secret" not in repr(Endpoint("http://localhost/v1", "m", key="secret"))
    with endpoint(lambda _: (418, b"no\x1b\ttea")) as fake, pytest.raises(ModelError) as error:
        ask(fake, key="secret")
    assert "secret" not in str(error.value)
    assert "no tea" in str(error.value)


def test_texts_and_key_do_not_follow_a_redirect():
    with (
        endpoint(lambda _: (307, {})) as fake,
        pytest.raises(ModelError, match=r"elsewhere \(status 307\)"),
    ):
        ask(fake, key="secret")
    assert len(fake.asked) == 1


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b'{"choices": []}', b'{"choices": [{}]}'])
def test_what_is_no_chat_completion_is_told(body):
    with endpoint(lambda _: (200, body)) as fake, pytest.raises(ModelError, match="not as chat"):
        ask(fake)


def test_an_endless_answer_is_no_answer():
    long = b'{"choices": "' + b"x" * 3_000_000
    with endpoint(lambda _: (200, long)) as fake, pytest.raises(ModelError, match="not as chat"):
        ask(fake)


def test_an_answer_that_was_cut_off_is_known():
    with endpoint(lambda _: said('{"claims": [', "length")) as fake:
        assert not ask(fake).whole


@pytest.mark.parametrize("url", ["", "localhost:80", "ftp://x/v1", "http://"])
def test_an_address_is_checked(url):
    with pytest.raises(ModelError, match="no address of an endpoint"):
        Endpoint(url, "m")


def test_where_texts_would_go():
    far = Endpoint("https://user:pass@example.org:8443/v1", "m")
    assert (far.host, far.local) == ("example.org:8443", False)
    assert Endpoint("http://127.0.0.1:1/v1", "m").local


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"a": 1}', {"a": 1}),
        ('Here:\n```json\n{"a": 1}\n```\nDone.', {"a": 1}),
        ('```\n{"a": 1}\n```', {"a": 1}),
        ('Sure! {"a": 1} and {"b": 2}', {"a": 1}),
        ('{"a": ', None),
        ("no", None),
        ("[" * 100_000, None),
    ],
)
def test_json_is_found_in_an_answer(text, value):
    assert json_of(text) == value


def test_one_answer_does_not_use_up_more_than_all_may():
    assert asked_of("m", HERE, None, None, 300).endpoint.max_tokens == 300
    assert asked_of("m", HERE, None, None, 300_000).endpoint.max_tokens == 2_000


def test_a_model_on_this_machine_is_waited_for_longer():
    near, far = (asked_of("m", url, None, None, 9).endpoint for url in (HERE, "https://x.org/v1"))
    assert near.timeout > 5 * far.timeout
