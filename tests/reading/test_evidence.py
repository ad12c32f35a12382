"""What lies beside a case: reports, claims as read or as edited, and where cited words stand."""

from __future__ import annotations

import json

import pytest

from detente.case.model import Citation
from detente.errors import ReportError
from detente.reading import evidence, ingest
from detente.reading.actors import PartyNames
from detente.reading.evidence import beside, gather

PARTIES = (PartyNames("union", "Dockers’ Union", ("the union",)), PartyNames("port", "Port", ()))

STRIKE = """---
title: Night shift
date: 2031-03-02
source: our own
---
The union would return only if the port pays the night shift, its leader Ada Brandt said.

“We will not sign before that,” Brandt added.
"""


@pytest.fixture
def folder(tmp_path):
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "a-strike.md").write_text(STRIKE, "utf-8")
    (reports / "b-copy.md").write_text(STRIKE, "utf-8")
    (reports / "notes.csv").write_text("not a report", "utf-8")
    return tmp_path


def test_a_case_without_reports_has_no_evidence(tmp_path):
    found = gather(tmp_path, PARTIES)
    assert (found.reports, found.records, found.claims, found.copies) == ((), (), (), 0)
    assert found.report("a") is None


def test_reports_are_read_where_no_claims_are_written(folder):
    found = gather(folder, PARTIES)
    assert [r.id for r in found.reports] == ["a-strike", "b-copy"]
    assert found.copies == 1
    assert {c.report for c in found.claims} == {"a-strike"}
    assert any(c.kind == "condition" and c.party == "union" for c in found.claims)


def test_cited_words_are_found_with_their_paragraph(folder):
    found = gather(folder, PARTIES)
    place = found.locate(Citation("a", '"We will not sign before that,"'))
    text = found.report("a-strike").text
    assert text[place.start : place.end] == "“We will not sign before that,”"
    assert (place.report, place.paragraph) == ("a-strike", 2)
    assert found.locate(Citation("a", "the port pays")).paragraph == 1
    assert found.locate(Citation("a", "no such words")) is None
    assert found.locate(Citation("c", "the port pays")) is None


def test_a_beginning_that_two_reports_share_names_neither(folder):
    (folder / "reports" / "a-second.txt").write_text("The port paid.", "utf-8")
    found = gather(folder, PARTIES)
    assert found.report("a") is None
    assert found.report("a-se").id == "a-second"


def test_edited_claims_go_before_a_new_reading(folder, run):
    file = folder / "claims.jsonl"
    assert run("read", folder / "reports", "-o", file).code == 0
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    condition = next(x for x in lines if x.get("kind") == "condition")
    condition |= {"party": "port", "reviewed": True}
    kept = [x for x in lines if x["type"] == "report"] + [condition]
    file.write_text("".join(json.dumps(x) + "\n" for x in kept), "utf-8")
    found = gather(folder, PARTIES)
    assert [(c.kind, c.party) for c in found.claims] == [("condition", "port")]
    assert found.reviewed == 1
    assert found.copies == 1


def test_claims_that_cannot_be_read_are_told_with_their_line(folder):
    (folder / "claims.jsonl").write_text('{"type": "report", "report": "x"}\n{oops\n', "utf-8")
    with pytest.raises(ReportError, match=r"claims.jsonl:2: .*mend or delete"):
        gather(folder, PARTIES)


def test_more_reports_than_a_page_can_hold_are_refused(folder, monkeypatch):
    monkeypatch.setattr(evidence, "MAX_REPORTS", 1)
    with pytest.raises(ReportError, match="2 reports; a dossier holds 1 at most"):
        gather(folder, PARTIES)


def test_a_report_that_is_too_large_does_not_take_the_others_with_it(folder, monkeypatch):
    (folder / "reports" / "long.txt").write_text("a" * 2_000, "utf-8")

    def small(path):
        return ingest.read_file(path, 1_000)

    monkeypatch.setattr(evidence, "read_file", small)
    found = gather(folder, PARTIES)
    assert [r.id for r in found.reports] == ["a-strike", "b-copy"]
    assert any("long.txt: 2,000 bytes" in note for note in found.notes)


def test_a_drafts_claims_go_by_the_cases_names_for_its_parties(folder, run):
    """A draft writes the names that reports use; a case calls its parties by its own."""
    file = folder / "claims.jsonl"
    assert run("read", folder / "reports", "-o", file).code == 0
    row = next(
        json.loads(line) for line in file.read_text("utf-8").splitlines() if '"claim"' in line
    )
    named = [("Dockers' Union", "the Port"), ("The Union", "port"), ("Ada Brandt", None)]
    rows = [json.dumps(row | {"party": party, "target": target}) for party, target in named]
    text = "".join(f"{row}\n" for row in rows)
    found = beside(folder, text, parties=PARTIES)
    assert [(c.party, c.target) for c in found.claims] == [
        ("union", "port"), ("union", "port"), ("Ada Brandt", None),
    ]  # fmt: skip
    file.write_text(text, "utf-8")
    assert [c.party for c in gather(folder, PARTIES).claims] == ["union", "union", "Ada Brandt"]
    both = (*PARTIES, PartyNames("crane", "Crane Drivers", ("the union",)))
    assert [c.party for c in beside(folder, text, parties=both).claims][:2] == [
        "union",
        "The Union",
    ]
