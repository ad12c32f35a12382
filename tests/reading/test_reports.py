"""Three real reports about one stand-off, full of traps; the tests run where they are at hand.

The reports are not part of the repository. They are looked for in a folder ``reports`` of any
folder beside the repository, or in the one that ``DETENTE_REPORTS`` names. Expected values were
read from the reports by hand.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from detente.reading.ingest import find_reports
from detente.reading.pile import Settings, claims, scan

FIRST, SECOND, THIRD = (
    "000_45125b828c8b9723", "001_f7f6e8dcc2bdf639", "003_dfb379841a17256e",
)  # fmt: skip


def folder() -> Path | None:
    """Where the reports are."""
    root = Path(__file__).parents[2].resolve()
    named = os.environ.get("DETENTE_REPORTS")
    near = [Path(named)] if named else sorted(root.parent.glob("*/reports"))
    return next((f for f in near if (f / f"{FIRST}.txt").exists()), None)


pytestmark = pytest.mark.skipif(folder() is None, reason="the three reports are not at hand")


@pytest.fixture(scope="module")
def pile():
    where = folder()
    assert where is not None
    return scan(find_reports([where]), Settings(), lambda *_: None)


@pytest.fixture(scope="module")
def found(pile):
    return [c for part in claims(pile, Settings(), lambda *_: None) for c in part]


def test_the_third_is_a_truncated_copy_of_the_second(pile):
    by_name = {r.report: r for r in pile.records}
    assert by_name[THIRD].duplicate_of == SECOND
    assert by_name[THIRD].duplicate_kind == "truncated"
    assert by_name[THIRD].shared > 0.99
    assert by_name[FIRST].duplicate_of is None
    assert by_name[FIRST].chars == 2590


def test_a_copy_is_no_second_witness(found):
    assert {c.report for c in found} == {FIRST, SECOND}


@pytest.mark.parametrize(
    ("begins", "speaker", "party"),
    [
        ("They want to talk. We want", "Donald Trump", "United States"),
        ("Any dialogue with #NorthKorea", "Heather Nuart", "United States"),
        ("The maximum pressure campaign", "Heather Nuart", "United States"),
        ("There is a need for the United", "Moon Jae In", "South Korea"),
        ("China’s been good but they", "Donald Trump", "United States"),
        ("And Russia is behaving badly", "Donald Trump", "United States"),
    ],
)
def test_every_direct_quotation_has_its_speaker(found, begins, speaker, party):
    (claim,) = [
        c for c in found if c.kind == "statement" and c.direct and c.text.startswith(begins)
    ]
    assert (claim.speaker, claim.party) == (speaker, party)


def test_there_is_no_other_direct_quotation(found):
    said = [c for c in found if c.kind == "statement" and c.direct and c.report == SECOND]
    assert len(said) == 6


@pytest.mark.parametrize(
    ("party", "words", "purpose"),
    [
        ("North Korea", "forces must leave the peninsula", "talks to begin"),
        ("North Korea", "his government must remain in power", "the talks do occur"),
        ("United States", "the right conditions", "We want to talk also"),
        ("United States", "complete denuclearization of the country", "discussions"),
        ("United States", "irreversible denuclearization", "Any dialogue"),
        ("South Korea", "lower the threshold for talks", ""),
        ("South Korea", "willing to denuclearize", ""),
    ],
)
def test_both_sides_conditions_for_talks(found, party, words, purpose):
    fitting = [c for c in found if c.kind == "condition" and c.party == party and words in c.text]
    assert fitting
    assert any(purpose in (c.purpose or "") for c in fitting)


def test_of_whom_the_conditions_are_asked(found):
    leave = [c for c in found if c.kind == "condition" and "leave the peninsula" in c.text]
    assert [c.target for c in leave] == ["United States"]


@pytest.mark.parametrize(
    ("offer", "answer"),
    [
        ("attempts to open", "attempts to open"),  # snubbed
        ("a bilateral meeting with the North", "never sent any official reply"),
        ("a bilateral meeting with the North", "happen"),
        ("every communication", "ignored by the North"),
    ],
)
def test_the_offer_of_talks_and_its_fate(found, offer, answer):
    offers = {c.id for c in found if c.kind == "offer" and offer in c.text}
    assert offers
    assert {c.party for c in found if c.id in offers} == {"South Korea"}
    answers = [c for c in found if c.reply_to in offers and answer in c.text]
    assert answers
    assert {c.party for c in answers} <= {"North Korea", None}


def test_the_demands_are_refused_by_whom(found):
    (refusal,) = [c for c in found if c.kind == "refusal" and "list of demands" in c.text]
    assert refusal.party == "United States"
    assert refusal.reply_to is not None


@pytest.mark.parametrize(
    ("kind", "party", "plover"),
    [
        ("event", "United States", "MOBILIZE"),
        ("event", "United States", "AID"),
        ("threat", "United States", "THREATEN"),
        ("support", "United States", "SUPPORT"),
        ("pressure", "United States", "SANCTION"),
        ("support", "Russia", "SUPPORT"),
        ("statement", "North Korea", "ACCUSE"),
        ("refusal", "North Korea", "REJECT"),
    ],
)
def test_what_the_parties_do(found, kind, party, plover):
    assert [c for c in found if (c.kind, c.party, c.plover) == (kind, party, plover)]
