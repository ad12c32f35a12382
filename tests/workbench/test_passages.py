"""The reports as the page shows them: every character where it stands, every mark whose it is."""

from __future__ import annotations

import html
import re

import pytest

from detente.reading.paragraphs import Span
from detente.workbench import panes
from detente.workbench.library import Library
from detente.workbench.session import Session

from .test_changes import CASE, RADIO, do

HOSTILE = "<script>alert(1)</script> “quoted” & 'more'\u202e turned\n\nEnd."


@pytest.fixture
def opened(tmp_path):
    """A session on a case with one report."""

    def open_(report=RADIO, case=CASE):
        folder = tmp_path / "canal"
        (folder / "reports").mkdir(parents=True)
        (folder / "reports" / "radio.txt").write_text(report)
        (folder / "case.yaml").write_text(case)
        library = Library(tmp_path)
        return Session(library, library.entry("canal"))

    return open_


def shown(session):
    return dict(panes.state(session)["reports"])["r-radio"]


def marks(piece):
    """The marks of a piece: attributes, and the words in them."""
    found = re.findall(r"<mark ([^>]*)>(.*?)</mark>", piece)
    return [(tag, html.unescape(re.sub(r"<[^>]*>", "", inner))) for tag, inner in found]


def test_every_character_stands_where_its_run_says(opened):
    session = opened(HOSTILE)
    runs = re.findall(r'data-at="(\d+)">([^<]*)<', shown(session))
    assert runs
    for at, text in runs:
        plain = html.unescape(text)
        assert HOSTILE[int(at) : int(at) + len(plain)] == plain
    covered = sum(len(html.unescape(text)) for _, text in runs)
    assert covered == len(HOSTILE) - len("\u202e") - len("\n\n")
    assert "<script>" not in shown(session)
    assert '<span class="odd" data-odd="' in shown(session)


def test_words_tell_whose_claim_they_are_and_which_line_rests_on_them(opened):
    session = opened()
    start = RADIO.index("Downstream will")
    words = {"report": "radio", "start": start, "end": start + 28}
    do(session, "claim_make", **words, kind="threat", party="downstream")
    found = marks(shown(session))
    cited = [words for tag, words in found if "data-lines" in tag]
    assert cited == ["We want peace on the river"] * len(cited)
    ((tag, words),) = [(tag, words) for tag, words in found if "data-claims" in tag]
    assert words == RADIO[start : start + 28].strip()
    assert "· Downstream" in tag
    assert "todo" not in tag  # what a person makes is accepted


def test_sentences_worth_reading_are_marked_where_no_claim_and_no_line_rests_on_them(opened):
    session = opened()
    first = Span(0, RADIO.index("\n"))
    second = Span(RADIO.index("Downstream"), RADIO.index("shared.") + 7)
    session.worth = {"radio": [first, second]}
    worth = [words for tag, words in marks(shown(session)) if 'class="worth"' in tag]
    assert worth == ["Downstream will go to court unless all the water is shared."]
    words = {"report": "radio", "start": second.start, "end": second.start + 10}
    do(session, "claim_make", **words, kind="threat", party="downstream")
    assert not [words for tag, words in marks(shown(session)) if 'class="worth"' in tag]


def test_a_claim_of_somebody_who_is_no_party_keeps_its_name(opened):
    session = opened()
    made = do(session, "claim_make", report="radio", start=0, end=12)
    do(session, "claim_party", claim=made.go.removeprefix("claim:"), party="")
    assert "not known" in shown(session)
    file = session.entry.file.with_name("claims.jsonl")
    file.write_text(file.read_text().replace('"party": null', '"party": "The <Fish>"'))
    session.refresh()
    assert "The &lt;Fish&gt;" in shown(session)


def test_reports_that_nobody_has_read_are_told(opened):
    session = opened()
    assert session.unread == ("radio",)
    assert "Nobody has read these reports yet" in dict(panes.state(session)["reports"])["r-list"]
