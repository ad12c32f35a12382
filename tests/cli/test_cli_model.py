"""``detente read --model``: said before anything is sent, logged, replayed, limited."""

from __future__ import annotations

import io
import json

import pytest

from fake_endpoint import endpoint, said

pytest.importorskip("httpx")
pytest.importorskip("spacy")

TEXT = """Port Alder refused to reopen the pier.

For Merrowland the dues are a millstone that it would gladly see sunk.
"""
ROW = {
    "quote": "the dues are a millstone that it would gladly see sunk",
    "kind": "demand",
    "party": "Merrowland",
}
LIE = {"quote": "Merrowland will pay 9,000,000 crowns", "kind": "offer", "party": "Merrowland"}


@pytest.fixture
def reports(tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "01.txt").write_text(TEXT, "utf-8")
    return folder


def good(_):
    return said(json.dumps({"claims": [ROW, LIE]}))


def by_model(text):
    rows = [json.loads(row) for row in text.splitlines()]
    return [row for row in rows if row.get("by") == "model"]


def test_nothing_is_sent_before_somebody_says_yes(reports, run, monkeypatch):
    with endpoint(good) as fake:
        ran = run("read", reports, "--model", "m", "--endpoint", fake.url)
        assert ran.code == 2
        assert "1 report (under 1 KB) would be sent to 127.0.0.1" in ran.err
        assert "add --yes" in ran.err
        assert fake.asked == []
        for answer, code, asked in (("n\n", 2, 0), ("y\n", 0, 1)):
            keyboard = io.StringIO(answer)
            monkeypatch.setattr(keyboard, "isatty", lambda: True)
            monkeypatch.setattr("sys.stdin", keyboard)
            ran = run("read", reports, "--model", "m", "--endpoint", fake.url)
            assert (ran.code, len(fake.asked)) == (code, asked)


def test_claims_say_who_found_them_and_what_was_dropped_is_counted(reports, run):
    with endpoint(good) as fake:
        ran = run("read", reports, "--model", "m", "--endpoint", fake.url, "--yes", "--json")
    assert ran.code == 0
    (claim,) = by_model(ran.out)
    assert json.loads(ran.out.splitlines()[-1])["type"] == "sentence"
    assert (claim["kind"], claim["party"]) == ("demand", "Merrowland")
    assert claim["text"].endswith("gladly see sunk")
    assert "1 proposal was dropped (quotes words that do not stand in the passage: 1)" in ran.err
    assert "18 tokens were used" in ran.err
    assert "1 report (under 1 KB) is sent to 127.0.0.1" in ran.err


def test_a_log_lies_beside_the_claims_and_can_be_played_again(reports, run, tmp_path):
    first, again = tmp_path / "a" / "claims.jsonl", tmp_path / "b" / "claims.jsonl"
    first.parent.mkdir()
    again.parent.mkdir()
    with endpoint(good) as fake:
        url = fake.url
        ran = run("read", reports, "--model", "m", "--endpoint", url, "--yes", "-o", first)
    assert ran.code == 0
    log = first.parent / "model.jsonl"
    (entry,) = [json.loads(row) for row in log.read_text("utf-8").splitlines()]
    assert entry["fates"] == ["kept", "quote"]
    assert TEXT.splitlines()[0] in entry["messages"][1]["content"]
    ran = run("read", reports, "--model", "m", "--replay", log, "-o", again)
    assert ran.code == 0
    assert "would be sent" not in ran.err
    assert again.read_bytes() == first.read_bytes()
    assert len(by_model(first.read_text("utf-8"))) == 1


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--endpoint", "nowhere"), "no address of an endpoint"),
        (("--replay", "none.jsonl"), "none.jsonl: cannot be read"),
    ],
)
def test_what_the_user_can_mend_is_told(reports, run, options, words):
    ran = run("read", reports, "--model", "m", "--yes", *options)
    assert (ran.code, words in ran.err) == (2, True)


def test_without_a_model_nothing_is_asked_of_anybody(reports, run):
    ran = run("read", reports, "--json")
    assert ran.code == 0
    assert by_model(ran.out) == []
    assert {json.loads(row).get("by") for row in ran.out.splitlines()} <= {"rules", "tagger", None}
