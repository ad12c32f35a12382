"""The command ``read``, as a user meets it."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from detente import pools
from detente.cli import main
from detente.reading import pile as pile_module

STORY = (
    "Spain offered to talk with Italy. Italy rejected the offer.\n\n"
    "“We shall talk only if Spain leaves the island,” Italian minister Anna Petrova said."
)


@pytest.fixture
def pile(tmp_path):
    """A folder with a report, a copy of it and a report of another thing."""
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.txt").write_text(STORY, "utf-8")
    (folder / "b.txt").write_text(STORY, "utf-8")
    (folder / "c.md").write_text("“It rained,” Peter Jones said.", "utf-8")
    return folder


def run(*args):
    """The exit code of a command line."""
    with pytest.raises(SystemExit) as stop:
        main([str(a) for a in args])
    return stop.value.code


def test_the_digest_says_who_wants_what(pile, capsys):
    assert run("read", pile) == 0
    printed = capsys.readouterr().out
    assert "b is the same text as a (100% shared)" in printed
    italy = printed[printed.index("\nItaly\n") :].split("\n\n")[0]
    for words in ("makes conditional", "Spain leaves the island", "refuses", "Anna Petrova; a"):
        assert words in italy
    assert all(len(line) <= 100 for line in printed.splitlines())


def test_json_prints_reports_then_claims(pile, capsys):
    assert run("read", pile, "--json") == 0
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [r["type"] for r in records[:3]] == ["report"] * 3
    assert {r["type"] for r in records[3:]} == {"claim", "sentence"}
    assert [r["duplicate_of"] for r in records[:3]] == [None, "a", None]
    # a copy is no second witness
    assert {r["report"] for r in records[3:]} == {"a", "c"}


def test_the_order_of_paths_does_not_matter(pile, capsys):
    run("read", pile / "a.txt", pile / "c.md", pile / "b.txt", "--json")
    first = capsys.readouterr().out
    run("read", pile / "b.txt", pile / "a.txt", pile / "c.md", "--json")
    assert capsys.readouterr().out == first


def test_a_file_is_written_and_reviewed_claims_stay(pile, tmp_path, capsys):
    out = tmp_path / "claims.jsonl"
    assert run("read", pile, "-o", out) == 0
    assert "claims.jsonl:" in capsys.readouterr().out.replace("\n", "")
    lines = out.read_text("utf-8").splitlines()
    first = next(k for k, line in enumerate(lines) if '"claim"' in line)
    lines[first] = json.dumps(json.loads(lines[first]) | {"reviewed": True, "party": "Me"})
    out.write_text("\n".join(lines) + "\n", "utf-8")
    assert run("read", pile, "-o", out) == 0
    again = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert len(again) == len(lines)
    assert [r for r in again if r.get("party") == "Me"] == [json.loads(lines[first])]


def test_what_no_longer_matches_is_reported(pile, tmp_path, capsys):
    out = tmp_path / "claims.jsonl"
    run("read", pile, "-o", out)
    marked = [json.loads(line) | {"reviewed": True} for line in out.read_text("utf-8").splitlines()]
    out.write_text("".join(json.dumps(r) + "\n" for r in marked), "utf-8")
    (pile / "a.txt").write_text("Nothing happened.", "utf-8")
    (pile / "b.txt").unlink()
    capsys.readouterr()
    assert run("read", pile, "-o", out) == 0
    assert "its words no longer stand in the report" in capsys.readouterr().err


def test_a_case_names_the_parties(pile, tmp_path, capsys):
    case = tmp_path / "case.yaml"
    case.write_text(
        "parties:\n  south:\n    name: Southland\n    aliases: [Italy]\n    options: {go: Go}\n"
        "  other:\n    name: Other\n    options: {stay: Stay}\n",
        "utf-8",
    )
    assert run("read", pile, "--case", case, "--json") == 0
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    petrova = [r for r in records if r.get("speaker") == "Anna Petrova"]
    assert petrova
    assert {r["party"] for r in petrova} == {"south"}


def test_own_words_are_added(pile, tmp_path, capsys):
    words = tmp_path / "words.txt"
    words.write_text("[verbs]\nblargle = that quote\n", "utf-8")
    (pile / "c.md").write_text("Peter Jones blargled that the dam was full.", "utf-8")
    run("read", pile / "c.md", "--json")
    assert "the dam was full" not in capsys.readouterr().out
    run("read", pile / "c.md", "--json", "--words", words)
    assert "that the dam was full" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["missing"], "missing: no such file or folder"),
        (["--max-bytes", "10", "a.txt"], "reports of up to 10 bytes are read (--max-bytes)"),
        ([], "PATH"),
    ],
)
def test_mistakes_end_with_code_2_and_one_message(pile, monkeypatch, capsys, args, words):
    monkeypatch.chdir(pile)
    assert run("read", *args) == 2
    assert words in capsys.readouterr().err


def test_two_reports_of_one_name_are_refused(pile, capsys):
    (pile / "sub").mkdir()
    (pile / "sub" / "a.md").write_text("x", "utf-8")
    assert run("read", pile) == 2
    assert "have the same name 'a'" in capsys.readouterr().err


def test_an_unreadable_file_is_a_warning_among_others(pile, capsys):
    pytest.importorskip("pypdf")
    (pile / "d.pdf").write_bytes(b"no pdf")
    assert run("read", pile) == 0
    assert "warning:" in capsys.readouterr().err


def test_an_edited_file_with_a_fault_is_not_overwritten(pile, tmp_path, capsys):
    out = tmp_path / "claims.jsonl"
    run("read", pile, "-o", out)
    broken = "{broken\n" + out.read_text("utf-8")
    out.write_text(broken, "utf-8")
    capsys.readouterr()
    assert run("read", pile, "-o", out) == 2
    assert "claims.jsonl:1: not a line of JSON" in capsys.readouterr().err.replace("\n", "")
    assert out.read_text("utf-8") == broken


def test_a_wrong_file_is_one_error(pile, tmp_path, capsys):
    out = tmp_path / "case.yaml"
    out.write_text("title: mine\n" * 240, "utf-8")
    assert run("read", pile, "-o", out) == 2
    assert capsys.readouterr().err.count("error:") == 1
    assert run("read", pile, "-o", out, "--force") == 0
    assert out.read_text("utf-8").startswith('{"type": "report"')


def test_as_many_processes_read_as_are_asked_for(tmp_path, capsys, monkeypatch):
    """That they read the same is held where they are really begun, by the tests of piles."""
    asked = []

    def noted(work, items, workers):
        asked.append(workers)
        return pools.here(work, items)

    monkeypatch.setattr(pools, "on_processes", noted)
    monkeypatch.setattr(pile_module, "_SMALL", 0)
    for k in range(2 * pile_module.BATCH):
        (tmp_path / f"r{k:03}.txt").write_text(f"Spain refused offer {k}.", "utf-8")
    run("read", tmp_path, "--json", "--workers", "1")
    one = capsys.readouterr().out
    assert asked == []
    run("read", tmp_path, "--json", "--workers", "2")
    assert capsys.readouterr().out == one
    assert set(asked) == {2}


def test_help_loads_nothing_that_only_reading_itself_needs():
    code = (
        "import sys\nfrom detente.cli import main\n"
        "try:\n    main(['read', '--help'])\nexcept SystemExit:\n    pass\n"
        "heavy = {'spacy', 'trafilatura', 'pypdf', 'rich', 'pydantic', 'scipy', 'lxml'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "who wants what" in done.stdout
