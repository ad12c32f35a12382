"""The command ``brief``: what it writes, where, and what it says when something is wrong."""

from __future__ import annotations

import json
import webbrowser
from pathlib import Path

import pytest

from detente.questions import brief as briefing


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_page_is_written_and_its_summary_printed(here, run, circular):
    ran = run("brief", circular)
    page = (here / "circular.html").read_text("utf-8")
    assert ran.code == 0
    assert page.startswith("<!doctype html>")
    assert "Each waits for the other" in page
    assert "circular.html is ready" in ran.out
    assert len(ran.out.splitlines()) <= 42
    assert max(map(len, ran.out.splitlines())) <= 80


def test_the_same_case_gives_the_same_bytes(here, run, brokered):
    run("brief", brokered, "-o", "a.html")
    run("brief", brokered, "-o", "b.html")
    assert Path("a.html").read_bytes() == Path("b.html").read_bytes()


def test_an_earlier_dossier_is_written_over_and_nothing_else(here, run, circular):
    Path("circular.html").write_text("<p>my own notes")
    ran = run("brief", circular)
    assert ran.code == 2
    assert "is something else than what would be written; name another file, or add" in ran.err
    assert Path("circular.html").read_text() == "<p>my own notes"
    assert run("brief", circular, "-o", "circular.html").code == 2
    assert run("brief", circular, "-o", "circular.html", "--force").code == 0
    assert run("brief", circular).code == 0
    edited = Path("circular.html").read_text("utf-8").replace("<title>", "<title>Mine: ")
    Path("circular.html").write_text(edited, "utf-8")
    ran = run("brief", circular)
    assert (ran.code, "was edited since" in ran.err) == (2, True)
    assert Path("circular.html").read_text("utf-8") == edited


def test_json_is_printed_where_no_file_is_named(here, run, circular):
    printed = run("brief", circular, "--json")
    document = json.loads(printed.out)
    assert document["deadlock"]["verdict"] == "deadlock"
    assert run("brief", circular, "--format", "json").out == printed.out
    assert list(here.glob("*.json")) == []
    written = run("brief", circular, "--format", "json", "-o", "all.json")
    assert json.loads(Path("all.json").read_text("utf-8")) == document
    assert "all.json is ready" in written.out


def test_markdown_is_printed_too(here, run, circular):
    assert run("brief", circular, "--format", "md").out.startswith("# ")
    assert run("brief", circular, "-o", "-").out.startswith("<!doctype html>")


def test_tables_in_markdown_that_a_person_edited_stay(here, run, circular):
    assert run("deadlock", circular, "-o", "all.md").code == 0
    assert run("deadlock", circular, "-o", "all.md").code == 0  # its own file, as it was
    file = Path("all.md")
    assert run("deadlock", circular, "--format", "markdown").out in file.read_text("utf-8") + "\n"
    file.write_text(file.read_text("utf-8").replace("|", "| my note", 1), "utf-8")
    refused = run("deadlock", circular, "-o", "all.md")
    assert refused.code == 2
    assert "all.md was edited since détente wrote it" in refused.err
    assert "my note" in file.read_text("utf-8")
    assert run("deadlock", circular, "-o", "all.md", "--force").code == 0


@pytest.mark.parametrize("states", [("--store", "diagrams"), ("--max-memory", "1K")])
def test_where_states_are_not_listed_what_asks_for_them_goes_unanswered(here, run, states):
    ran = run("brief", "elmira", "--json", *states)
    assert ran.code == 0
    told = json.loads(ran.out)
    assert "path" in told["unanswered"]


def test_a_question_that_cannot_be_answered_does_not_stop_the_others(here, run):
    ran = run("brief", "elmira")
    assert ran.code == 0
    page = Path("elmira.html").read_text("utf-8")
    assert "Not answered" in page
    assert "Who wants what" in page


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--target", "nort.talk"], "did you mean 'north'"),
        (["--concept", "sequential"], "unknown"),
        (["--lang", "fr"], "'fr' is not"),
        (["--format", "odt"], "'odt' is not"),
        (["-o", "missing/page.html"], "make its folder first"),
        (["--earlier", "elmirra"], "did you mean 'elmira'"),
    ],
)
def test_wrong_options_are_told(here, run, circular, options, told):
    ran = run("brief", circular, *options)
    assert ran.code == 2
    assert told in ran.err
    assert list(here.glob("*.html")) == []


def test_ctrl_c_writes_what_was_answered(here, run, circular, monkeypatch):
    def interrupted(*args, **named):
        raise KeyboardInterrupt

    monkeypatch.setattr(briefing, "path", interrupted)
    ran = run("brief", circular)
    page = Path("circular.html").read_text("utf-8")
    assert ran.code == 130
    assert "interrupted" in ran.err
    assert "interrupted" in page
    assert "cannot all be kept" in page


def test_the_page_is_opened_when_asked(here, run, circular, monkeypatch):
    seen = []
    monkeypatch.setattr(webbrowser, "open", lambda uri: not seen.append(uri))
    assert run("brief", circular, "--open").code == 0
    assert seen == [(here / "circular.html").as_uri()]
    monkeypatch.setattr(webbrowser, "open", lambda uri: False)
    assert "open circular.html yourself" in run("brief", circular, "--open").err


def test_ctrl_c_that_a_question_survives_ends_the_work_all_the_same(
    here, run, brokered, monkeypatch
):
    def interrupted(*args, **named):
        raise KeyboardInterrupt

    monkeypatch.setattr("detente.wayout.broker._use", interrupted)
    asked = []
    monkeypatch.setattr(briefing, "_risk", lambda *args: asked.append(args))
    ran = run("brief", brokered)
    page = Path("brokered.html").read_text("utf-8")
    assert ran.code == 130
    assert "interrupted" in ran.err
    assert "interrupted before this was asked" in page
    assert asked == []


def test_what_is_wrong_with_reports_is_told_on_the_terminal_too(here, run, brokered):
    (brokered / "claims.jsonl").write_text("oops\n")
    ran = run("brief", brokered)
    assert ran.code == 0
    assert "claims.jsonl:1: not a line of JSON" in ran.err
