"""The verb ``read`` of the Python interface, and names of reports by their beginning."""

from __future__ import annotations

import json
import sys
from dataclasses import FrozenInstanceError

import pytest

import detente
from detente.case import naming
from detente.reading.evidence import gather
from detente.reading.records import read_lines

TALKS = (
    "Borduria will open the dam only if Syldavia signs a treaty, Bordurian Minister Ana Velic"
    " said.\n"
)
PORT = "“The port stays shut,” Otto Hark told reporters.\n"

CASE = """
parties:
  up: {name: Upstream, aliases: [Borduria], options: {open: Open the dam}}
  down: {name: Downstream, aliases: [Syldavia], options: {sign: Sign}}
"""


@pytest.fixture
def pile(tmp_path):
    """A folder of two reports, one of them twice."""
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "001_talks.txt").write_text(TALKS, "utf-8")
    (folder / "002_port.txt").write_text(PORT, "utf-8")
    (folder / "003_port.txt").write_text(PORT, "utf-8")
    return folder


def test_reports_and_claims_come_back(pile):
    found = detente.read(pile)
    assert [r.report for r in found.reports] == ["001_talks", "002_port", "003_port"]
    assert [r.duplicate_of for r in found.reports] == [None, None, "002_port"]
    need = next(c for c in found.claims if c.kind == "condition")
    # Whose minister she is stands beside her name, but no list knows that state.
    assert (need.speaker, need.target) == ("Ana Velic", "Syldavia")
    assert need.text == "Syldavia signs a treaty"
    assert {c.report for c in found.claims} == {"001_talks", "002_port"}
    with pytest.raises(FrozenInstanceError):
        found.parts = ()


def test_files_folders_and_strings_name_the_same(pile):
    one = detente.read(pile / "001_talks.txt")
    assert [c.id for c in detente.read([str(pile)]).claims if c.report == "001_talks"] == [
        c.id for c in one.claims
    ]


def test_a_case_names_the_parties(pile, tmp_path):
    file = tmp_path / "case.yaml"
    file.write_text(CASE, "utf-8")
    for case in (file, str(file), detente.load(file)):
        found = detente.read(pile, case)
        need = next(c for c in found.claims if c.kind == "condition")
        assert need.target == "down"
        assert "Downstream" in str(found)


def test_a_reading_shows_itself(pile):
    found = detente.read(pile)
    assert f"{len(found.claims)} claims in 2 reports; 1 copy" in str(found)
    assert "Syldavia signs a treaty" in str(found)
    assert max(map(len, found.digest(40).split("\n")[1:])) <= 40
    page = found._repr_html_()
    assert "&lt;" not in page
    assert "Syldavia signs a treaty" in page


def test_hostile_words_are_text_in_a_notebook(tmp_path):
    (tmp_path / "r.txt").write_text("“<script>alert(1)</script> now,” Anna Smith said.", "utf-8")
    page = detente.read(tmp_path)._repr_html_()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_a_data_frame_has_a_row_for_each_claim(pile):
    pytest.importorskip("pandas")
    found = detente.read(pile)
    frame = found.frame()
    assert list(frame["id"]) == [c.id for c in found.claims]
    known = [c.purpose for c in found.claims if c.purpose is not None]
    assert list(frame["for"].dropna()) == known == ["Borduria will open the dam"]
    assert frame["direct"].dtype == bool


def test_a_missing_frame_library_is_named(pile, monkeypatch):
    for name in ("pandas", "polars"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(ImportError, match=r"pip install 'detente\[frames\]'"):
        detente.read(pile).frame()


def test_what_is_saved_is_what_the_command_writes(pile, tmp_path, run):
    file = tmp_path / "claims.jsonl"
    detente.read(pile).save(file)
    printed = run("read", str(pile), "--json").out.splitlines()
    lines = [row for row in printed if json.loads(row)["type"] in ("report", "claim")]
    assert lines == file.read_text("utf-8").splitlines()[:-1]  # the last tells what was written


def test_the_document_is_what_the_command_prints(pile, run):
    printed = run("read", str(pile), "--json").out.splitlines()
    assert detente.read(str(pile)).document() == [json.loads(line) for line in printed]
    assert {json.loads(line)["type"] for line in printed} == {"report", "claim", "sentence"}


def test_saving_again_keeps_what_was_reviewed(pile, tmp_path):
    file = tmp_path / "claims.jsonl"
    found = detente.read(pile)
    found.save(file)
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    edited = next(line for line in lines if line.get("kind") == "condition")
    edited |= {"reviewed": True, "report": "001", "party": "Syldavia, by mistake"}
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    assert found.save(file) == ()  # "001" can only mean "001_talks"
    kept = [line.record for line in read_lines(file.read_text("utf-8"), "claims") if line.reviewed]
    assert [(r["report"], r["party"]) for r in kept] == [("001", "Syldavia, by mistake")]
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    texts = [row["text"] for row in rows if "kind" in row]
    assert texts.count(edited["text"]) == 1


def test_a_beginning_that_means_two_reports_is_told(pile, tmp_path):
    file = tmp_path / "claims.jsonl"
    detente.read(pile).save(file)
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    last = max(k for k, line in enumerate(lines) if line["type"] == "claim")
    lines[last] |= {"reviewed": True, "report": "00"}
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    told = "\n".join(detente.read(pile).save(file))
    assert f"claims.jsonl:{last + 1}: '00' may mean '001_talks', '002_port', '003_port'" in told
    assert "write more of the name" in told


def test_edited_claims_beside_a_case_may_name_a_report_by_its_beginning(pile):
    file = pile.parent / "claims.jsonl"
    detente.read(pile).save(file)
    file.write_text(
        file.read_text("utf-8").replace('"report": "001_talks", "kind"', '"report": "001", "kind"'),
        "utf-8",
    )
    claims = gather(pile.parent, ()).claims
    assert {claim.report for claim in claims} == {"001_talks", "002_port"}


def test_nothing_to_read_is_told(tmp_path):
    with pytest.raises(detente.ReportError):
        detente.read(tmp_path)


IDS = ["001_talks", "002_port", "003_port", "003_port_again"]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("001", ["001_talks"]),
        ("003_port", ["003_port"]),  # an id goes before the beginnings of others
        ("003", ["003_port", "003_port_again"]),
        ("port", []),
        ("", []),
    ],
)
def test_a_name_means_its_id_or_all_that_begin_with_it(name, found):
    assert naming.meant(name, IDS) == found
    assert naming.one_report(name, IDS) == (found[0] if len(found) == 1 else None)
    assert bool(naming.fault(name, IDS)) == (len(found) != 1)
