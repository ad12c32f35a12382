"""Corrections and updates: which report is meant and what falls, judged by reading them."""

from __future__ import annotations

import pytest

from detente.reading.corrections import Notice, corrections, notice, sketch
from detente.reading.ingest import report_of
from detente.reading.plain import plain_text

pytest.importorskip("spacy")

FERRY = (
    "Ferry crew held in Porto Alvo\n\n"
    "Ruritania seized the ferry Alma off Porto Alvo on Monday. Three sailors were wounded when the"
    " boarding party opened fire, the Harbour Union said.\n\n"
    "Grauland demanded that the crew be freed. Captain Ola Berg is among the 14 held."
)
MINE = (
    "Pit closed in Kolberg\n\nThe Kolberg mine shut its gates on Tuesday. Its owner, Dahl Metals,"
    " said 300 miners would lose their jobs. Three miners were hurt in a scuffle."
)
WAGES = "Teachers of Nordby want more pay, their union said on Friday. The mayor refused."

ADMITS = (
    "Correction: No sailor hurt on the Alma\n\n"
    "(An earlier version of this report said that three sailors had been injured. Nobody was.)\n\n"
    "Ruritania seized the ferry Alma off Porto Alvo on Monday, and Captain Ola Berg is unharmed."
)
RETELLS = (
    "UPDATE 1 - Ferry crew held in Porto Alvo\n\n"
    "Ruritania seized the ferry Alma off Porto Alvo on Monday. Captain Ola Berg is among the 17"
    " held. Grauland demanded that the crew be freed."
)


def found(*texts, days=()):
    reports = [report_of(t.encode(), f"{k}.txt", str(k)) for k, t in enumerate(texts)]
    sketches = [sketch(plain_text(r.text).text) for r in reports]
    told = corrections(sketches, days or [""] * len(reports), reports.__getitem__)
    return {
        k: [(c.of, [reports[c.of].text[s.start : s.end] for s in c.void]) for c in taken]
        for k, taken in told.items()
    }


WOUNDED = "Three sailors were wounded when the boarding party opened fire, the Harbour Union said."


def test_the_sentence_that_was_wrong_falls():
    assert found(FERRY, MINE, WAGES, ADMITS) == {3: [(0, [WOUNDED])]}
    assert found(ADMITS, WAGES, MINE, FERRY) == {0: [(3, [WOUNDED])]}


def test_line_ends_in_the_earlier_report_change_nothing_but_places():
    wrapped = FERRY.replace("when the", "when\nthe")
    assert found(wrapped, ADMITS) == {1: [(0, [WOUNDED.replace("when the", "when\nthe")])]}


def test_a_sentence_told_again_with_another_number_falls():
    held = "Captain Ola Berg is among the 14 held."
    assert found(MINE, FERRY, RETELLS) == {2: [(1, [held])]}


def test_a_later_report_is_not_corrected_by_an_earlier_one():
    assert found(FERRY, ADMITS, days=["2018-03-04", "2018-03-03"]) == {}
    assert found(FERRY, ADMITS, days=["2018-03-03", "2018-03-04"]) == {1: [(0, [WOUNDED])]}


def test_a_notice_about_a_report_that_is_not_here_corrects_nothing():
    assert found(MINE, WAGES, ADMITS) == {}
    assert found(FERRY, MINE, WAGES) == {}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("CORRECTED - Dam stays shut\n\nIt rains.", Notice(True)),
        ("UPDATED: Dam stays shut\n\nIt rains.", Notice(False)),
        ("Dam\n\nIt rains.\n\n(Corrects the day in the first paragraph)", Notice(True)),
        (
            "Dam\n\nIt rains.\n\nOur report of Monday wrongly said that the dam was empty.",
            Notice(True, ("the dam was empty",)),
        ),
        (
            "Dam\n\nIn an earlier report we wrongly said that the dam was empty.\n\nIt rains.",
            Notice(True, ("the dam was empty",)),
        ),
        (
            "Dam\n\nThis story has been updated. An earlier version said the dam was empty; it is"
            " not.",
            Notice(True, ("the dam was empty",)),
        ),
        ("Dam stays shut\n\nThe minister corrected his figures. He was given an update.", None),
        ("Prison: Department of Correction says no\n\nIt rains.", None),
        ("", None),
    ],
)
def test_what_a_notice_is(text, said):
    assert notice(text) == said
