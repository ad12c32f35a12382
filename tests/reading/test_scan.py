"""The first look at a pile: days, languages, copies, corrections. Read off the reports by hand."""

from __future__ import annotations

import pytest

from detente.errors import ReportError
from detente.reading.ingest import find_reports
from detente.reading.pile import Settings, claims, scan

pytest.importorskip("spacy")

FERRY = (
    "Ferry crew held\n\nPORTO ALVO, March 3 (RNA) - Ruritania seized the ferry Alma off Porto Alvo"
    " on Monday. “Three sailors were wounded,” Ola Berg of the Harbour Union said. “We want our men"
    " back before the week is out,” Berg said, and he demanded that the crew be freed."
)
FIXED = (
    "CORRECTED: Nobody hurt on ferry\n\nPORTO ALVO, 5 March 2018 (RNA) - (An earlier version of"
    " this report said that three sailors had been wounded.) Ruritania seized the ferry off Porto"
    " Alvo. “Nobody was hurt,” Ola Berg of the Harbour Union said."
)
FRENCH = "La ministre a dit que le barrage ne sera pas ouvert avant que l’eau ait baissé."


def looked_at(tmp_path, **texts):
    for name, text in texts.items():
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    return scan(find_reports([tmp_path]), Settings(), lambda *_: None)


def test_a_correction_is_found_and_what_it_takes_back_no_longer_counts(tmp_path):
    pile = looked_at(tmp_path, a=FERRY, b=FIXED, c="The dam of Kolberg stays shut.")
    by_name = {record.report: record for record in pile.records}
    assert by_name["b"].corrects == ("a",)
    assert by_name["a"].corrects == by_name["c"].corrects == ()
    (gone,) = by_name["a"].void
    wrong = "“Three sailors were wounded,” Ola Berg of the Harbour Union said."
    assert FERRY[gone.start : gone.end] == wrong
    assert pile.notes == ("b corrects or updates a: 1 sentence there no longer counts",)
    said = [claim.text for part in claims(pile, Settings(), lambda *_: None) for claim in part]
    assert not any("Three sailors" in text for text in said)
    assert any("We want our men back" in text for text in said)
    assert any("Nobody was hurt" in text for text in said)


def test_of_a_story_and_its_update_the_update_is_the_original(tmp_path):
    pile = looked_at(tmp_path, a=FERRY, b=f"UPDATE 1: {FERRY}".replace("Three", "Seven"))
    a, b = pile.records
    assert (b.corrects, b.duplicate_of) == (("a",), None)
    assert (a.duplicate_of, a.duplicate_kind) == ("b", "near")


def test_a_day_comes_from_the_dateline_where_nothing_else_tells_it(tmp_path):
    front = f"---\ndate: 2018-02-01\n---\n{FERRY}"
    pile = looked_at(tmp_path, a=front, b=FIXED, c="The dam of Kolberg stays shut.")
    assert [record.date for record in pile.records] == ["2018-02-01", "2018-03-05", None]
    days = {claim.date for part in claims(pile, Settings(), lambda *_: None) for claim in part}
    assert days == {"2018-02-01", "2018-03-05"}


def test_a_day_without_a_year_gets_the_one_year_of_the_pile(tmp_path):
    pile = looked_at(tmp_path, a=FERRY, b=FIXED)
    assert [record.date for record in pile.records] == ["2018-03-03", "2018-03-05"]


def test_what_is_not_english_is_named_and_left_out(tmp_path):
    pile = looked_at(tmp_path, a=FERRY, b=FRENCH)
    assert [record.report for record in pile.records] == ["a"]
    assert pile.notes == (
        f"{tmp_path / 'b.txt'}: this report is in French; only English is read, so it is left out",
    )
    with pytest.raises(ReportError, match="is in French"):
        scan(find_reports([tmp_path / "b.txt"]), Settings(), lambda *_: None)


def test_line_ends_and_accents_make_no_other_report(tmp_path):
    pile = looked_at(tmp_path, a=FERRY, b=FERRY.replace("the ferry", "the\nferry") + "\u200b")
    assert [record.duplicate_kind for record in pile.records] == [None, "identical"]
