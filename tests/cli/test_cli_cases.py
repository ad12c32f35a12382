"""The commands about cases, as a user meets them."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from detente import gallery, load
from detente.case.schema import json_schema
from detente.cli import COMMANDS
from detente.version import __version__


def test_a_new_case_is_fit_for_use(run: Callable[..., Any], tmp_path: Path) -> None:
    folder = tmp_path / "stand-off"
    assert run("new", folder).code == 0
    assert (folder / "reports").is_dir()
    ran = run("check", folder)
    assert (ran.code, ran.err) == (0, "")
    assert "stand-off: fit for use, nothing doubtful." in ran.out
    assert "without a citation, so assumed" in ran.out
    assert run("stability", folder).code == 0


def test_a_new_case_never_overwrites_one(run: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "case.yaml").write_text("mine")
    ran = run("new", tmp_path)
    assert ran.code == 2
    assert "is there already" in ran.err
    assert (tmp_path / "case.yaml").read_text() == "mine"


@pytest.mark.parametrize("name", gallery.names())
def test_a_built_in_case_can_be_copied(run: Callable[..., Any], tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    assert run("new", folder, "--from", name).code == 0
    assert load(folder) == load(name)
    copied = {p.relative_to(folder) for p in folder.rglob("*") if p.is_file()}
    original = gallery.folder(name)
    there = {p.relative_to(original) for p in original.rglob("*") if p.is_file()}
    assert copied == there - {Path("expected.yaml")}
    assert json.loads(run("check", folder, "--json").out)["problems"] == []


@pytest.mark.parametrize("end", ["gmcr", "nfg", "csv", "xlsx"])
def test_a_case_begins_with_what_another_program_wrote(run, tmp_path: Path, end: str) -> None:
    there = tmp_path / f"theirs.{end}"
    assert run("export", "chicken", "-o", there).code == 0
    ran = run("new", tmp_path / "mine", "--from", there)
    assert (ran.code, ran.err) == (0, "")
    assert run("check", tmp_path / "mine").code == 0
    assert len(load(tmp_path / "mine").parties) == 2


def test_a_copy_leaves_what_is_there(run: Callable[..., Any], tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    (folder / "reports").mkdir(parents=True)
    (folder / "reports" / "01-offer.txt").write_text("mine")
    assert run("new", folder, "--from", "korea-2017").code == 0
    assert (folder / "reports" / "01-offer.txt").read_text() == "mine"
    assert (folder / "reports" / "02-no-answer.txt").exists()


def test_problems_are_told_all_at_once(run: Callable[..., Any], tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    file.write_text(
        "title: T\nparties:\n  a: {options: {hold: X}}\npreferences:\n  a: [a.hodl, b.x]\n"
    )
    ran = run("check", file)
    assert ran.code == 2
    assert ran.err.splitlines() == [
        f"{file}:5:7: unknown option 'a.hodl'; did you mean 'a.hold'?",
        f"{file}:5:15: unknown party 'b'; declared: a",
    ]
    document = json.loads(run("check", file, "--json").out)
    assert document["usable"] is False
    assert [(p["line"], p["column"]) for p in document["problems"]] == [(5, 7), (5, 15)]


def test_the_gallery_lists_every_case(run: Callable[..., Any]) -> None:
    out = run("gallery").out
    for name in gallery.names():
        assert name in out
    listed = json.loads(run("gallery", "--json").out)["cases"]
    assert [entry["name"] for entry in listed] == list(gallery.names())
    assert "Class" in run("gallery", "elmira").out
    assert run("gallery", "elmria").code == 2


def test_the_schema_that_comes_with_the_package_is_that_of_the_reader() -> None:
    # After a change of the format: detente.case.schema.json_schema(), written with indent=2.
    shipped = resources.files("detente.case").joinpath("case.schema.json").read_text("utf-8")
    assert json.loads(shipped) == json_schema()


def test_the_schema_is_json(run: Callable[..., Any], tmp_path: Path) -> None:
    printed = json.loads(run("schema").out)
    assert printed["$schema"].endswith("2020-12/schema")
    file = tmp_path / "schema.json"
    assert run("schema", "-o", file).code == 0
    assert json.loads(file.read_text("utf-8")) == printed


def test_a_gmcr_file_there_and_back(run: Callable[..., Any], tmp_path: Path) -> None:
    file, yaml = tmp_path / "cuba.gmcr", tmp_path / "cuba.yaml"
    assert run("export", "cuba", "-o", file).code == 0
    assert run("import", file, "-o", yaml).code == 0
    wanted = json.loads(run("stability", "cuba", "--json").out)["equilibria"]
    for source in (file, yaml):
        assert json.loads(run("stability", source, "--json").out)["equilibria"] == wanted


def test_what_gmcr_cannot_hold_is_said(run: Callable[..., Any]) -> None:
    ran = run("export", "elmira")
    assert (ran.code, ran.out) == (2, "")
    assert "uniroyal.strategy" in ran.err
    assert "left out" in run("export", "cuba").err


def test_nothing_half_written_is_left(
    run: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "schema.json"
    assert run("schema", "-o", file).code == 0
    before = file.read_text()

    def fail(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    ran = run("schema", "-o", file)
    assert ran.code == 2
    assert f"cannot write {file}: No space left on device" in ran.err
    assert file.read_text() == before
    assert list(tmp_path.iterdir()) == [file]


def test_a_person_s_case_is_not_written_over(run: Callable[..., Any], tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    file.write_text("title: Mine\n")
    saved = tmp_path / "a.gmcr"
    for arguments in (
        ("import", saved),
        ("export", "cuba"),
        ("brief", "cuba", "--format", "json"),
        ("schema",),
    ):
        assert run("export", "cuba", "-o", saved, "--force").code == 0
        ran = run(*arguments, "-o", file)
        assert (ran.code, "a case is somebody's work" in ran.err) == (2, True)
        assert file.read_text() == "title: Mine\n"
    assert run("import", saved, "-o", file, "--force").code == 0
    assert load(file).party_names


def test_a_strategic_form_comes_in_and_goes_out(run: Callable[..., Any], tmp_path: Path) -> None:
    out = run("export", "prisoners-dilemma", "--format", "nfg")
    assert (out.code, out.out.startswith("NFG 1 R ")) == (0, True)
    (tmp_path / "pd.nfg").write_text(out.out)
    assert run("import", tmp_path / "pd.nfg").out.startswith("title: ")
    wanted = json.loads(run("stability", "prisoners-dilemma", "--json", "--counts").out)
    found = json.loads(run("stability", tmp_path / "pd.nfg", "--json", "--counts").out)
    assert found["equilibria"] == wanted["equilibria"]


def test_a_signal_ends_a_command_as_ctrl_c_does(tmp_path: Path) -> None:
    script = (
        "import os, signal, sys; from detente import cli, writing\n"
        "write = writing.write_text\n"
        "def stopped(path, *a, **k):\n"
        "    write(path, *a, **k); os.kill(os.getpid(), getattr(signal, sys.argv[1]))\n"
        "import detente.cli.cases as cases; cases.write_text = stopped\n"
        "cli.main(['new', sys.argv[2]])\n"
    )
    for name in ("SIGTERM", "SIGHUP"):
        ended = subprocess.run(
            [sys.executable, "-c", script, name, tmp_path / "case"], capture_output=True, text=True
        )
        assert (ended.returncode, ended.stderr) == (128 + getattr(signal, name), "")
        assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", [None, *COMMANDS])
def test_help_fits_eighty_columns(run: Callable[..., Any], command: str | None) -> None:
    ran = run(*([command] if command else []), "--help")
    assert ran.code == 0
    assert max(map(len, ran.out.splitlines())) <= 80
    if command:
        assert ran.out.startswith(f"Usage: detente {command}")
    else:
        assert all(name in ran.out for name in COMMANDS)


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("path elmira --joint 1.5", "'1.5' is no whole number from 1 up"),
        ("path elmira --joint 0", "'0' is no whole number from 1 up"),
        ("serve --port 70000", "'70000' is no whole number from 0 to 65535"),
        ("risk korea-2018 --temperature nan", "'nan' is no number"),
    ],
)
def test_what_a_number_may_be_is_told_in_plain_words(run, command: str, told: str) -> None:
    ran = run(*command.split())
    assert (ran.code, ran.out) == (2, "")
    assert f": {told}; see: detente" in ran.err


def test_the_version_is_told(run: Callable[..., Any]) -> None:
    assert __version__ in run("--version").out


def test_a_fault_of_the_program_is_no_traceback(
    run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise RuntimeError("oops")

    monkeypatch.setattr(gallery, "entries", broken)
    ran = run("gallery")
    assert ran.code == 1
    assert "RuntimeError: oops" in ran.err
    assert "Traceback" not in ran.err


def test_a_copy_of_a_case_has_its_reports_and_claims(tmp_path, run, brokered):
    (brokered / "claims.jsonl").write_text('{"type": "report", "report": "001"}\n')
    folder = tmp_path / "copy"
    assert run("new", folder, "--from", brokered).code == 0
    for name in ("reports/001.txt", "claims.jsonl", "case.yaml"):
        assert (folder / name).read_bytes() == (brokered / name).read_bytes()
    assert run("check", folder).code == run("check", brokered).code


def test_reports_that_are_there_stay(tmp_path, run, brokered):
    folder = tmp_path / "copy"
    (folder / "reports").mkdir(parents=True)
    (folder / "reports" / "001.txt").write_text("mine")
    assert run("new", folder, "--from", brokered).code == 0
    assert (folder / "reports" / "001.txt").read_text() == "mine"
