"""Whether quotes are found in reports; reports and expected findings written by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.case import citations, files
from detente.case.model import Citation
from detente.errors import CaseError

CASE = """\
parties: {a: {options: {x: X}}}
preferences:
  a:
    - {that: a.x, cite: [{report: R, quote: "Q"}]}
"""

REPORT = """\
The envoy said:  “we are
ready to talk” — but only if the embargo ends.
The embargo hurts. The embargo stays, o\ufb03cials said.
"""


@pytest.fixture
def told(tmp_path):
    """Return what is said about one citation."""
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "001_talks.txt").write_text(REPORT, "utf-8")
    (tmp_path / "reports" / "002_ships.md").write_text("A ship sailed.", "utf-8")
    (tmp_path / "reports" / "002_shops.txt").write_text("A shop opened.", "utf-8")
    (tmp_path / "reports" / "003.pdf").write_bytes(b"%PDF-1.4")

    def ask(report: str, quote: str) -> list[str]:
        text = CASE.replace("R,", f'"{report}",').replace('"Q"', quote)
        (tmp_path / "case.yaml").write_text(text, "utf-8")
        try:
            problems = files.read(tmp_path).problems
        except CaseError as error:
            problems = error.problems
        return [str(p).replace(f"{tmp_path}/", "") for p in problems]

    return ask


@pytest.mark.parametrize(
    "quote",
    [
        "'we are ready to talk'",
        "The envoy said",
        "'\"we are ready to talk\" - but only'",
        "'the embargo ends.'",
        "officials said",
        "The embargo, suffix: hurts",
        "The embargo, prefix: hurts.",
        "'The  embargo stays'",
    ],
)
def test_quotes_that_are_there(told, quote):
    assert told("001", quote) == []


@pytest.mark.parametrize(
    ("report", "quote", "message"),
    [
        ("001", "never said", "warning: the quote is not in report '001'"),
        (
            "001",
            "ready to talk to nobody",
            "warning: the quote is not in report '001'; after 'ready to talk' it goes on "
            "'\" - but only if the'",
        ),
        (
            "001",
            "The embargo",
            "warning: the quote stands 2 times in report '001'; add 'prefix' or 'suffix', "
            "the words right beside the one that is meant",
        ),
        (
            "001",
            "The embargo, suffix: ends",
            "warning: the quote is in report '001', but not between these words",
        ),
        ("001", '" "', "warning: the quote is empty; write the words it rests on"),
        (
            "002",
            "A ship",
            "'002' may mean '002_ships', '002_shops'; write more of the name",
        ),
        ("01_talks", "x", "unknown report '01_talks'; did you mean '001_talks'?"),
    ],
)
def test_quotes_that_are_not(told, report, quote, message):
    (said,) = told(report, quote)
    place, _, words = said.partition(": ")
    line = CASE.splitlines()[3].replace("R,", f'"{report}",').replace('"Q"', quote)
    blamed = quote.partition(", ")[0] if message.startswith("warning") else f'"{report}"'
    column = line.rindex(blamed) + 1 + blamed.startswith('"')  # within the quotation marks
    assert (place, words) == (f"case.yaml:4:{column}", message)


def test_a_report_in_a_folder_that_may_not_be_entered_is_not_looked_up(told, tmp_path, monkeypatch):
    def refused(path):
        raise PermissionError(13, "Permission denied", str(path))

    told("001_talks", "officials said")
    case = files.read(tmp_path).case
    monkeypatch.setattr(
        Path, "is_file", refused
    )  # a folder of the mode 444 does so, but not to root
    checked = citations.check(case, tmp_path / "reports")
    assert [citation.report for citation in checked.unchecked] == ["001_talks"]


def test_reports_that_cannot_be_looked_into_are_counted_not_blamed(told, tmp_path):
    (said,) = told("003", "anything")
    assert said.startswith("warning: quotes not looked up: 1, from 003; put these reports as .txt")
    case = files.read(tmp_path).case
    checked = citations.check(case, tmp_path / "reports")
    assert (checked.found, [c.report for c in checked.unchecked]) == (0, ["003"])
    assert citations.check(case, tmp_path / "nowhere").unchecked == checked.unchecked


@pytest.mark.parametrize(
    ("citation", "words"),
    [
        (Citation("001", '"we are ready to talk"'), "“we are\nready to talk”"),
        (Citation("001", "officials  said"), "o\ufb03cials said"),
        (Citation("001", "The embargo", suffix="stays"), "The embargo"),
        (Citation("001", "the embargo ends."), "the embargo ends."),
    ],
)
def test_the_place_of_a_quote_is_that_of_its_words(citation, words):
    start, end = citations.locate(citation, REPORT)
    assert REPORT[start:end] == words
    if citation.suffix:
        assert REPORT[end:].lstrip().startswith(citation.suffix)


@pytest.mark.parametrize("quote", ["the embargo sleeps", "", "  "])
def test_words_that_are_not_there_have_no_place(quote):
    assert citations.locate(Citation("001", quote), REPORT) is None


@given(
    st.text(max_size=30),
    st.text(min_size=1, max_size=20),
    st.text(max_size=30),
    st.sampled_from(" .,"),
)
def test_whatever_is_found_folds_to_what_was_sought(before, quote, after, gap):
    text = before + gap + quote + gap + after
    found = citations.locate(Citation("r", quote), text)
    if not citations.fold(quote):
        assert found is None
        return
    if found is not None:
        start, end = found
        assert 0 <= start < end <= len(text)
        assert citations.fold(quote) in citations.fold(text[start:end])


def test_a_quote_that_stands_everywhere_is_found_beside_its_words():
    # Told by the words beside it; the folded text has one blank where the report has several.
    text = "word  " * 50_000 + "last \n word; end"
    start, end = citations.locate(Citation("r", "word", prefix="last", suffix="; end"), text)
    assert text[start:end] == "word"
    assert text[end:] == "; end"
    assert citations.locate(Citation("r", "word", prefix="first"), text) is None


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "cp1252"])
def test_a_report_in_any_encoding_is_looked_into(tmp_path, encoding):
    # What `read` and `brief` find, `check` finds: there is one decoder.
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "a.txt").write_bytes("Talks began, the envoy said — “at last”.".encode(encoding))
    text = """\
parties: {a: {options: {x: X}}, b: {options: {z: Z}}}
preferences:
  a: [{that: a.x, cite: [{report: a, quote: "the envoy said"}]}]
  b: [b.z]
"""
    (tmp_path / "case.yaml").write_text(text, encoding="utf-8")
    assert files.read(tmp_path).problems == ()
