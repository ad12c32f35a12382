"""Writing a draft: what is in the folder, what is never overwritten, what the commands say."""

from __future__ import annotations

import json

import pytest

import detente
from detente.case.check import drafts
from detente.errors import DetenteError
from draft_samples import SAMPLES, drafted

DAM = SAMPLES / "dam"


def listing(folder):
    """Everything under a folder, hidden files too."""
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*"))


def test_what_is_in_the_folder(tmp_path):
    where = drafted("dam").save(tmp_path / "deep" / "dam")
    assert listing(where) == [
        "case.yaml", "claims.jsonl",
        "reports", "reports/cut.txt", "reports/first.txt", "reports/second.txt",
    ]  # fmt: skip
    assert listing(tmp_path / "deep") == ["dam", *(f"dam/{name}" for name in listing(where))]
    for file in DAM.iterdir():
        assert (where / "reports" / file.name).read_bytes() == file.read_bytes()
    assert detente.load(where).draft


def test_the_claims_are_those_of_read(tmp_path, run):
    where = drafted("dam").save(tmp_path / "dam")
    assert run("read", DAM, "-o", tmp_path / "read.jsonl").code == 0
    assert (where / "claims.jsonl").read_bytes() == (tmp_path / "read.jsonl").read_bytes()


@pytest.mark.parametrize("name", ["case.yaml", "claims.jsonl"])
def test_nothing_is_overwritten(tmp_path, name):
    (tmp_path / name).write_text("mine", "utf-8")
    with pytest.raises(DetenteError, match=f"{name} is there already"):
        drafted("dam").save(tmp_path)
    assert listing(tmp_path) == [name]
    assert (tmp_path / name).read_text("utf-8") == "mine"


def test_reports_that_are_not_these_stay(tmp_path):
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "other.txt").write_text("mine", "utf-8")
    with pytest.raises(DetenteError, match="there already, with other files"):
        drafted("dam").save(tmp_path)
    assert listing(tmp_path) == ["reports", "reports/other.txt"]


def test_a_file_is_no_folder(tmp_path):
    (tmp_path / "case").write_text("mine", "utf-8")
    with pytest.raises(DetenteError, match="is a file"):
        drafted("dam").save(tmp_path / "case")


def test_reports_that_lie_in_the_folder_are_used_there(tmp_path):
    (tmp_path / "reports").mkdir()
    for file in DAM.iterdir():
        (tmp_path / "reports" / file.name).write_bytes(file.read_bytes())
    detente.draft(tmp_path / "reports").save(tmp_path)
    assert listing(tmp_path)[:2] == ["case.yaml", "claims.jsonl"]
    assert detente.load(tmp_path).conditions


def test_a_failure_leaves_nothing_half_written(tmp_path, monkeypatch):
    made = drafted("dam")

    def failing(self, goal):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.rename", failing)
    with pytest.raises(DetenteError, match="No space left"):
        made.save(tmp_path / "dam")
    assert listing(tmp_path) == []


def test_the_command_tells_what_it_found(tmp_path, run):
    ran = run("draft", DAM, "-o", tmp_path / "dam")
    assert (ran.code, ran.err) == (0, "")
    rows = ran.out.splitlines()
    assert len(rows) <= 40
    assert max(map(len, rows[:-2])) <= 80
    assert rows[0] == "A draft: Arvenia and Kostria."
    assert "3 reports, 1 copy among them" in rows[1]
    assert "Refusals" in rows
    assert "line by line" in ran.out


def test_the_case_can_be_asked_at_once(tmp_path, run):
    run("draft", DAM, "-o", tmp_path / "dam")
    ran = run("check", tmp_path / "dam")
    assert (ran.code, ran.err) == (0, "")
    assert "a draft made by a program" in ran.out
    ran = run("deadlock", tmp_path / "dam")
    assert ran.code == 0
    lines = detente.load(tmp_path / "dam")
    assert f"dam is a draft made by a program; {drafts(lines)} lines" in ran.err
    assert "knots" in ran.out
    assert run("stability", tmp_path / "dam").code == 0


def test_json(tmp_path, run):
    ran = run("draft", DAM, "-o", tmp_path / "dam", "--json", "--title", "The dam")
    assert ran.code == 0
    found = json.loads(ran.out)
    assert found["case"] == str(tmp_path / "dam")
    assert found["title"] == "The dam"
    assert found["as_of"] == "2022-03-09"
    assert (found["reports"], found["copies"]) == (3, 1)
    assert found["conditions"][0] == {
        "id": "c1", "party": "arvenia", "option": "arvenia.talk", "needs": "kostria.halt_filling",
    }  # fmt: skip
    assert {"name": "talk", "label": "Sit down to talk"} in found["parties"][0]["options"]


def test_a_weather_report_gives_a_case_that_is_asked_nothing(tmp_path, run):
    (tmp_path / "a.txt").write_text("It rained in Spain.", "utf-8")
    ran = run("draft", tmp_path / "a.txt", "-o", tmp_path / "case")
    assert ran.code == 0
    assert "Who has to sit down with whom?" in ran.out
    text = (tmp_path / "case" / "case.yaml").read_text("utf-8")
    assert "target:" not in text
    assert "talks:" not in text.replace("talks: false", "")


def test_a_draft_shows_itself(tmp_path):
    made = drafted("dam")
    assert str(made).startswith("A draft: Arvenia and Kostria.")
    assert "Arvenia" in made._repr_html_()


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252", "utf-8-sig"])
def test_quotes_are_found_in_any_encoding(tmp_path, run, encoding):
    text = (
        "Spain will reopen the port of Cádiz only if Malta lifts the ban, Spain’s minister"
        " said.\n\nMalta rejected the demand. Malta threatened to close the Café de Málaga."
    )
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    where = detente.draft(tmp_path / "a.txt").save(tmp_path / "case")
    ran = run("check", where)
    assert ran.code == 0
    assert "the quote" not in ran.err
    assert "Cádiz" in (where / "case.yaml").read_text("utf-8")
