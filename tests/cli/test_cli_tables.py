"""Tables of commands that write files of their own, or end otherwise than by printing."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import detente
from draft_samples import LATER, pass_report


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_what_is_told_first_has_tables_too(run: Any, here: Path) -> None:
    """Commands with files of their own bring their tables out by the same options."""
    ran = run("check", "elmira", "--format", "csv", "--only", "lines")
    head, *rows = csv.reader(io.StringIO(ran.out))
    assert (ran.code, head[:4]) == (0, ["kind", "party", "name", "line"])
    assert ["outcome", "", "closed", "uniroyal.strategy = abandon"] in [row[:4] for row in rows]
    (here / "bad.yaml").write_text("parties: {a: {b: c}}\n", "utf-8")
    bad = run("check", "bad.yaml", "--format", "csv")
    assert (bad.code, bad.err) == (2, "")
    assert bad.out.splitlines()[1].startswith("error,bad.yaml,1,")
    ran = run("brief", "elmira", "--format", "csv")
    assert ran.out.startswith("number,judgement,confidence,rests on\n1,")
    assert run("brief", "elmira", "-o", "all.xlsx").code == 0
    sheets = openpyxl.load_workbook(here / "all.xlsx").sheetnames
    assert {"judgements", "lines", "sources", "stability-counts", "path-steps"} <= set(sheets)
    assert list(here.glob("*.html")) == []
    assert run("brief", "elmira", "-o", "x.md").code == 0
    assert (here / "x.md").read_text("utf-8").splitlines()[0].startswith("#")
    assert "Excel files are not" in run("brief", "elmira", "--format", "xlsx").err


def test_what_is_read_and_drafted_has_tables_too(run: Any, here: Path) -> None:
    report = str(pass_report())
    ran = run("read", report, "--format", "csv")
    head, *rows = csv.reader(io.StringIO(ran.out))
    assert head[:4] == ["report", "id", "kind", "party"]
    assert ["demand", "Portugal"] in [row[2:4] for row in rows]
    assert run("read", report, "-o", "c.csv").code == 0
    assert (here / "c.csv").read_text("utf-8") == ran.out
    assert run("read", report, "-o", "c.jsonl").code == 0
    first = (here / "c.jsonl").read_text("utf-8").splitlines()[0]
    assert json.loads(first)["type"] in ("report", "written")
    ran = run("draft", report, "-o", "case", "--format", "csv", "--only", "gaps")
    assert ran.out.startswith("about,gap\n")
    assert (here / "case" / "case.yaml").exists()
    later = str(pass_report(LATER))
    ran = run("update", "case", later, "--format", "csv")
    assert ran.out.startswith("id,kind,line,party,said,")
    assert (here / "case" / "proposals.jsonl").exists()


@pytest.mark.parametrize("name", ["elmira", "us-china-trade", "cuba"])
@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_an_exported_model_is_read_back(run: Any, here: Path, name: str, ending: str) -> None:
    """One-way options, moves under conditions, ties: all that verdicts hang on comes back."""
    assert run("export", name, "-o", f"m{ending}").code == 0
    before, after = detente.load(name), detente.load(here / f"m{ending}")
    for concept in ("nash", "smr", "seq"):
        own = detente.stability(before, concept).equilibria(concept)
        assert detente.stability(after, concept).equilibria(concept).numbers == own.numbers
    if before.status_quo is not None:
        assert after.status_quo == before.status_quo


def test_of_a_large_model_the_rest_is_written(run: Any) -> None:
    ran = run("export", "korea-2018", "--format", "csv", "--only", "sources")
    assert ran.out.splitlines()[1].startswith("01-sanctions,")
    assert "the model is left out: korea-2018 has 3,780 states" in ran.err
    assert run("export", "korea-2018", "--format", "json").code == 2
