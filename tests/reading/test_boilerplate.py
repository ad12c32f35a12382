"""What is not parsed: it says nothing, and leaving it out loses no claim."""

from __future__ import annotations

from pathlib import Path

import laws
import pytest

from detente.reading import plain as plain_module
from detente.reading.boilerplate import why_skipped
from detente.reading.ingest import find_reports, report_of
from detente.reading.pile import Settings, scan
from detente.reading.plain import plain

pytest.importorskip("spacy")

SAMPLES = Path(__file__).parent / "samples"
SETS = sorted(Path(__file__).parents[2].resolve().parent.glob("shared/reading/sets/*/reports"))


@pytest.mark.parametrize(
    "line",
    [
        "* * *",
        "12.5 13.0 14.2 17 kt 19",
        "Nordby 12 14 15 18 19 22 23",
        "https://example.org/dam press@example.org",
        "ADVERTISEMENT",
        "Read more: The dam in pictures",
        "Sign up for our newsletter and never miss a story.",
        "© 2018 The Post. All rights reserved.",
        "(Reporting by Ana Lee; Editing by Bo Ek)",
        "Photo: The dam at dawn / Ola Berg",
        "(END)",
        "-0-",
    ],
)
def test_furniture_is_not_parsed(line):
    assert why_skipped(line) == "furniture"


@pytest.mark.parametrize(
    "line",
    [
        "“No.”",
        "By Ana Lee",
        "STRIKE BULLETIN No. 4",
        "Read the treaty before you sign it, the minister told Grauland.",
        "Subscribers of the mine’s bonds refused the offer.",
        "Share this water or we will close the gates, Berg warned.",
        "The end of talks, 12 of them, came at 11.40 on 3 May 2018.",
        "@MinisterDahl Grauland will not pay.",
        "Nordby 3, Kolberg 1",
        "Photo: Berg says no, and here is what he said about the ferry that Ruritania holds, in"
        " full, as he left the talks in Porto Alvo on Monday evening after nine hours.",
    ],
)
def test_what_may_say_something_is_parsed(line):
    assert why_skipped(line) == ""


def test_a_paragraph_in_another_language_is_left_out_and_said(tmp_path):
    french = "La ministre a dit que le barrage ne sera pas ouvert avant que l’eau ait baissé."
    english = "The minister said that the dam would not be opened. Grauland rejected the offer."
    (tmp_path / "a.txt").write_text(f"{english}\n\n{french}\n\n{english}\n\n-0-", "utf-8")
    pile = scan(find_reports([tmp_path]), Settings(), lambda *_: None)
    assert pile.notes == (
        "1 paragraph is in French and left out",
        "1 paragraph is not parsed: figures, addresses or furniture of pages",
    )


def test_places_are_right_behind_what_was_left_out():
    report = report_of(
        "ADVERTISEMENT\n\nIt rains.\n\n© A B\n\nThe dam is full.".encode(), "r.txt", "r"
    )
    shown = plain(report)
    assert shown.plain.text == "It rains.\n\nThe dam is full."
    start = shown.plain.text.index("dam")
    found = shown.traced.given(plain_module.Span(start, start + 3))
    assert report.text[found.start : found.end] == "dam"
    assert shown.skipped == ("furniture", "furniture")


def test_a_report_of_furniture_alone_is_still_a_report():
    assert plain(report_of(b"-0-\n\nADVERTISEMENT", "r.txt", "r")).plain.text


@pytest.mark.parametrize("folder", [SAMPLES, *SETS], ids=lambda f: "/".join(f.parts[-3:]))
def test_leaving_out_loses_no_claim(folder, monkeypatch):
    without = laws.read_pile(folder)
    monkeypatch.setattr(plain_module, "why_skipped", lambda line: "")
    assert laws.read_pile(folder) == without


def test_the_four_sets_are_at_hand():
    if not SETS:
        pytest.skip("the four sets are not beside the repository")
    assert len(SETS) == 4
