"""Claims files: their format, and what people have written into them."""

from __future__ import annotations

import json
from dataclasses import replace

import jsonschema
import pytest

from detente.errors import ReportError
from detente.questions.shapes import schema
from detente.reading.ingest import report_of
from detente.reading.paragraphs import Span
from detente.reading.reader import read
from detente.reading.records import (
    ReportRecord,
    claim_line,
    read_lines,
    report_line,
    report_of_line,
)
from detente.reading.review import review

TEXT = "“We go,” Anna Smith said. “We stay,” Peter Jones said."
CLAIM_KEYS = [
    *("type", "id", "report", "kind", "party", "speaker", "target", "direct", "source", "cue"),
    *("content", "text", "for", "plover", "date", "reply_to", "rule", "by", "made"),
]


def lines_of(rules, text=TEXT):
    return [claim_line(c) for c in read(report_of(text.encode(), "r.txt", "r"), rules)]


def declared():
    return jsonschema.Draft202012Validator(schema("read"))


def test_a_report_is_one_line():
    record = ReportRecord("r", "a/r.txt", 5, "ab", None, "q", "near", 0.75)
    line = json.loads(report_line(record))
    assert len(line.pop("made")) == 8
    assert line == {
        "type": "report",
        "report": "r",
        "file": "a/r.txt",
        "chars": 5,
        "sha256": "ab",
        "date": None,
        "duplicate_of": "q",
        "duplicate_kind": "near",
        "shared": 0.75,
        "corrects": None,
        "void": [],
    }
    assert report_of_line(line) == record


@pytest.mark.parametrize(("corrects", "written"), [(("a",), "a"), (("a", "b"), ["a", "b"])])
def test_what_a_report_corrects_is_an_id_or_a_list(corrects, written):
    record = ReportRecord("r", "r.txt", 5, "ab", corrects=corrects, void=(Span(1, 3),))
    line = json.loads(report_line(record))
    assert (line["corrects"], line["void"]) == (written, [[1, 3]])
    assert report_of_line(line) == record


def test_a_report_line_of_an_earlier_version_is_read():
    old = {"type": "report", "report": "r", "file": "r.txt", "chars": 5, "sha256": "ab"}
    assert report_of_line(old) == ReportRecord("r", "r.txt", 5, "ab")
    assert (
        report_of_line({"type": "report", "chars": "many", "shared": None, "void": [3]}).void == ()
    )


def test_a_claim_is_one_line(rules):
    first = json.loads(lines_of(rules)[0])
    assert list(first) == CLAIM_KEYS
    # “We go,” Anna Smith said.  counted by hand: the words from 1, the name from 9, the cue from 20
    assert first["content"] == [[1, 7]]
    assert first["source"] == [9, 19]
    assert first["cue"] == [20, 24]
    assert (first["text"], first["speaker"], first["direct"]) == ("We go,", "Anna Smith", True)


def test_what_only_some_claims_say_stands_before_the_digest(rules):
    (first, *_) = read(report_of(TEXT.encode(), "r.txt", "r"), rules)
    line = json.loads(claim_line(replace(first, deadline="2026-03-01", shown=False)))
    assert list(line) == [*CLAIM_KEYS[:-1], "deadline", "who", "made"]
    assert (line["deadline"], line["who"]) == ("2026-03-01", "not shown")
    assert list(declared().iter_errors(line)) == []


@pytest.mark.parametrize(
    "wrong", [{"mine": 1}, {"by": "hand"}, {"content": [[3]]}, {"kind": "said"}, {"type": "report"}]
)
def test_a_line_that_is_not_as_declared_is_told(rules, wrong):
    line = json.loads(lines_of(rules)[0])
    assert list(declared().iter_errors(line)) == []
    assert list(declared().iter_errors(line | wrong)) != []
    for key in line:
        assert list(declared().iter_errors({k: line[k] for k in line if k != key})) != []


def test_line_separators_in_words_break_no_line(rules):
    text = "“We\u2028go\u2029now\x85here,” Smith said."
    for line in lines_of(rules, text):
        assert len(line.splitlines()) == 1
        assert json.loads(line)


def test_ids_stay_when_a_paragraph_comes_before(rules):
    before = [json.loads(x)["id"] for x in lines_of(rules)]
    after = [json.loads(x)["id"] for x in lines_of(rules, f"It rained all day.\n\n{TEXT}")]
    assert before == after


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{", "c.jsonl:2: not a line of JSON"),
        ("[]", "c.jsonl:2: a record is a JSON object"),
        ('{"type": "clam"}', "unknown type 'clam'"),
        (
            '{"type": "claim", "kind": "said"}',
            "unknown kind 'said'; the kinds are demand, condition",
        ),
        ('{"type": "claim", "kind": "offer"}', "needs an 'id' and a 'report'"),
        ('{"type": "claim", "kind": "offer", "id": "a", "report": "r"}', "needs 'text' and"),
    ],
)
def test_faults_in_an_edited_file_have_their_place(line, words):
    with pytest.raises(ReportError) as caught:
        read_lines(f'{{"type": "report"}}\n{line}\n', "c.jsonl")
    assert words in str(caught.value)


def edited(rules, **changes):
    """The first claim of the text as a person left it."""
    record = json.loads(lines_of(rules)[0]) | {"reviewed": True} | changes
    return review(read_lines(json.dumps(record), "c.jsonl"))


def test_what_was_reviewed_stays_as_it_is(rules):
    earlier = edited(rules, party="North", note="mine")
    claims = read(report_of(TEXT.encode(), "r.txt", "r"), rules)
    merged = [json.loads(x) for x in earlier.merge("r", lambda: TEXT, claims)]
    assert len(merged) == len(claims)
    assert merged[0]["party"] == "North"
    assert merged[0]["note"] == "mine"
    assert merged[0]["reviewed"] is True
    assert earlier.notes == []


def test_reviewed_words_are_found_where_they_stand_now(rules):
    earlier = edited(rules)
    text = f"It rained.\n\n{TEXT}"
    claims = read(report_of(text.encode(), "r.txt", "r"), rules)
    merged = [json.loads(x) for x in earlier.merge("r", lambda: text, claims)]
    assert merged[0]["content"] == [[13, 19]]
    assert len(merged) == len(claims)


def test_reviewed_words_that_are_gone_are_kept_and_reported(rules):
    earlier = edited(rules)
    merged = earlier.merge("r", lambda: "Nothing.", [])
    assert len(merged) == 1
    assert "its words no longer stand in the report; kept as it is" in earlier.notes[0]


def test_reviewed_claims_of_reports_not_read_are_kept_and_reported(rules):
    earlier = edited(rules)
    assert len(list(earlier.rest())) == 1
    assert earlier.notes == ["report 'r' was not read this time; 1 reviewed claim kept"]
