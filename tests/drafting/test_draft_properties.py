"""Laws of drafting on piles of any reports: it never crashes, parses back, and is repeatable."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import detente
from detente.case import files
from detente.case.check import drafts
from detente.case.files import parse
from detente.decoding import decode
from detente.errors import ReportError
from detente.questions.draft import Draft

NAMES = ["Borduria", "Syldavia", "the company", "The Dockers' Union", "Spain", "North Korea"]
HOSTILE = ["<script>alert(1)</script>", "\u202eevil", "{{x}}", "not", "'\"\\", "a: b # c", "\x07"]
DEEDS = [
    "sign a treaty", "withdraw its troops from the valley", "lift the ban", "free the prisoners",
    "pay nine percent more", "stop the filling of the lake", "talk", "negotiate with anybody",
    "close the port", "denuclearize", "go", "be", "",
]  # fmt: skip
FRAMES = [
    "{a} demanded that {b} {d}.",
    "{a} will {d} only if {b} agrees to {e}, its minister said.",
    "“Talks can begin only when {b} stops to {d},” said Ann Lee of {a}.",
    "{a} rejected the demand.",
    "{a} offered to {d}. {b} ignored the offer.",
    "{a} threatened to {d} unless {b} would {e}.",
    "{a} imposed sanctions on {b} on Monday.",
    "{a} is not willing to {d}.",
    "{b} called the conditions unacceptable.",
    "{a} must {d}, {b} said.",
]


@st.composite
def reports(draw):
    """One report: sentences about parties and deeds, or any text at all."""
    if draw(st.integers(0, 9)) == 0:
        text = draw(st.text(max_size=300))
        # what is no text at all is refused, with other tests
        return text if decode(text.encode("utf-8", "replace")).is_text else "It rained."
    rows = []
    for frame in draw(st.lists(st.sampled_from(FRAMES), min_size=1, max_size=8)):
        a, b = (draw(st.sampled_from([*NAMES, *HOSTILE[:4]])) for _ in "ab")
        d, e = (draw(st.sampled_from([*DEEDS, *HOSTILE])) for _ in "de")
        rows.append(frame.format(a=a, b=b, d=d, e=e))
    return draw(st.sampled_from([" ", "\n\n"])).join(rows)


PILES = st.lists(reports(), min_size=1, max_size=4)
FEW = settings(max_examples=60, suppress_health_check=list(HealthCheck), deadline=None)


def drafted(folder: Path, texts: list[str]) -> Draft:
    """The draft of a pile."""
    for k, text in enumerate(texts):
        (folder / f"r{k}.txt").write_bytes(text.encode("utf-8", "replace"))
    try:
        return detente.draft(folder)
    except ReportError as error:
        assume("only English is read" not in str(error))  # nothing is left to draft from
        raise


@FEW
@given(PILES)
def test_any_pile_gives_a_case_that_reads_back_equal(texts):
    with tempfile.TemporaryDirectory() as place:
        made = drafted(Path(place), texts)
        loaded = parse(made.text, file="case.yaml", name=made.case.name)
        assert loaded.case == made.case
        assert made.case.draft
        assert made.case.parties
        assert drafts(made.case) == sum(1 for line in made.text.splitlines() if marked(line))
        asked = said(made) and made.case.target is not None
        assert detente.deadlock(made.case) if asked else True
        told = str(made).splitlines()
        assert len(told) <= 38
        assert all(len(line) <= 80 for line in told)
        assert "\u202e" not in str(made)
        assert "\u202e" not in made.text


def marked(line: str) -> bool:
    """Whether a line marks another as a draft; the mark of the whole case begins its line."""
    return line.strip() == "draft: true" and line.startswith(" ")


def said(made: Draft) -> bool:
    """Whether anybody said anything that can stand in the way."""
    return bool(made.case.conditions or made.case.refusals)


@FEW
@given(PILES)
def test_every_citation_is_found_when_the_case_is_read(texts):
    with tempfile.TemporaryDirectory() as place:
        made = drafted(Path(place), texts)
        where = made.save(Path(place) / "case")
        doubts = [p for p in files.read(where).problems if "quote" in p.message]
        assert doubts == []


@FEW
@given(PILES, st.randoms())
def test_the_same_bytes_in_any_order(texts, random):
    with tempfile.TemporaryDirectory() as place:
        made = drafted(Path(place), texts)
        paths = [Path(place) / f"r{k}.txt" for k in range(len(texts))]
        random.shuffle(paths)
        again = detente.draft(paths)
        assert again.text == made.text
        assert again.claims == made.claims


@pytest.mark.parametrize("text", ["", "   \n", "Nothing happened.", "—" * 500, "\ufeff"])
def test_what_holds_no_two_parties_gives_a_case_that_asks_who_they_are(tmp_path, text):
    (tmp_path / "a.txt").write_text(text, "utf-8")
    made = detente.draft(tmp_path)
    assert made.case.target is None
    assert made.case.outcomes == ()
    assert made.gaps[0].text.startswith("Who has to sit down with whom?")
    assert parse(made.text, file="case.yaml", name=made.case.name).case == made.case


def test_of_a_party_that_can_do_nothing_the_summary_says_so(tmp_path):
    (tmp_path / "a.txt").write_text(
        "On Monday Peru demanded that Chile open the border. Chile refused to open the border."
        " Bolivia demanded that Chile free the crew. Chile refused to free the crew.\n",
        "utf-8",
    )
    told = str(detente.draft(tmp_path))
    assert "- Chile: Open the border; Free the crew" in told
    assert "- Peru: nothing that was told" in told
