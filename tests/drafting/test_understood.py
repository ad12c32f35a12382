"""No verdict without understanding: what a draft says before it says anything else."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

import detente
from detente.case.model import Understood
from detente.case.understood import enough, missing
from draft_samples import drafted


def of(**known: object):
    return replace(drafted("dam").case, understood=Understood(**{**FULL, **known}))  # type: ignore[arg-type]


FULL = {
    "sentences": 60,
    "parties": 100,
    "talks": True,
    "positions": 12,
    "heard": 30,
    "answered": 50,
}


@pytest.mark.parametrize(
    ("known", "told"),
    [
        ({}, []),
        ({"sentences": 44}, ["44 % of the sentences worth reading"]),
        ({"parties": 59}, ["59 % of the parties"]),
        ({"talks": False}, ["not both sides of the talks"]),
        ({"answered": 20}, []),
        ({"answered": 19}, ["on 19 % of what they ask of each other"]),
        ({"answered": None}, []),  # a file of earlier days, in which nobody counted
        ({"heard": 28}, []),
        ({"heard": 27}, ["with 27 sentences understood", "with 94 %"][:1]),
        (
            {"heard": 9, "sentences": 90},
            [],
        ),  # a short pile, nearly all of it understood
    ],
)
def test_the_bar(known, told):
    case = of(**known)
    found = list(missing(case))
    assert len(found) == len(told)
    assert all(want in why for want, why in zip(told, found, strict=True))
    assert enough(case) == (not told)


def test_a_case_that_a_person_went_through_is_asked_whatever_it_was_made_of():
    assert enough(replace(of(talks=False), draft=False))


def test_below_the_bar_no_figure_is_told_but_knots_stay_in_the_document():
    found = detente.deadlock(of(sentences=20))
    told = str(found)
    assert told.startswith("Too little was understood to answer.")
    assert "Firmness" not in told
    assert "cannot both be kept" not in told
    assert found.document()["verdict"] == "deadlock"
    assert found.document()["knots"]
    assert found.document()["understood"]["enough"] is False
    assert str(detente.path(of(sentences=20))).startswith("Too little was understood to answer.")


def test_above_it_the_answer_says_that_it_speaks_of_a_draft():
    told = str(detente.deadlock(of()))
    assert told.startswith("This speaks of a draft that no one has checked, with 60 % of what")
    assert detente.deadlock(of()).document()["understood"]["enough"] is True


def test_a_dossier_below_the_bar_gives_no_figure():
    from detente.questions.brief import brief

    told = str(brief(of(sentences=20)))
    assert "Too little was understood to answer." in " ".join(told.split())
    assert "likely" not in told
    above = str(brief(of()))
    assert "Too little" not in above


def test_a_weather_report_abstains(tmp_path, run):
    (tmp_path / "a.txt").write_text("It rained in Spain on Monday, and will rain on.", "utf-8")
    made = run("draft", tmp_path / "a.txt", "-o", tmp_path / "case")
    assert made.code == 0
    for command in ("deadlock", "path", "risk"):
        ran = run(command, tmp_path / "case")
        assert ran.code == 0
        assert ran.out.startswith("Too little was understood to answer.")
    ran = run("deadlock", tmp_path / "case", "--json")
    assert ran.code == 0
    found = json.loads(ran.out)
    assert (found["knots"], found["understood"]["enough"]) == ([], False)
    ran = run("brief", tmp_path / "case", "-o", tmp_path / "page.html")
    assert ran.code == 0
    assert "Too little was understood to answer." in ran.out


def test_a_draft_of_nothing_counts_no_lines(tmp_path):
    (tmp_path / "a.txt").write_text("It rained on Monday, and will rain on.", "utf-8")
    assert "0 of 0" not in str(detente.draft(tmp_path))


NOTHING = {"sentences": 0, "parties": 0, "talks": False, "positions": 0, "heard": 0}


def test_where_nothing_was_understood_only_that_is_told():
    (why,) = missing(of(**NOTHING))
    assert why.startswith("nothing was understood")


@pytest.mark.parametrize(
    "text",
    [
        "It rained in Spain on Monday, and will rain on.",
        "Talks.",
        "1. 2. 3.",
        "",
        "\ufeff \n\n\t",
        "***\n---\n",
        "Menu: soup, bread and cheese, then coffee.",
    ],
)
def test_a_draft_of_nothing_says_so_first_and_what_to_do(text, tmp_path, run):
    (tmp_path / "a.txt").write_text(text, "utf-8")
    ran = run("draft", tmp_path / "a.txt", "-o", tmp_path / "case")
    assert ran.code == 0
    told = " ".join(ran.out.split())
    assert "Nothing was understood" in told
    assert all(way in told for way in ("give it others", "sides.yaml", "'detente new'"))
    assert not any(word in told for word in ("Somebody", "detente brief", "Sit down to talk"))
    top = (tmp_path / "case" / "case.yaml").read_text("utf-8").partition("title:")[0]
    assert top.count("\n# - ") == 2  # who sits down with whom, and this
    assert "Nothing was understood" in top


def test_half_of_the_sentences_worth_reading_are_not_enough(tmp_path):
    # the strike, each second sentence worth reading taken out
    from detente.questions.reading import read
    from draft_samples import READING

    found = read(READING / "strike.txt")
    for record, file in zip(found.reports, found.pile.files, strict=True):
        text = file.read_text("utf-8")
        spans = [s.span for s in found.sentences if s.report == record.report and s.worth]
        for begin, end in sorted(spans[::2], reverse=True):
            text = text[:begin] + text[end:]
        (tmp_path / file.name).write_text(text, "utf-8")
    assert not enough(detente.draft(tmp_path).case)


def test_a_draft_has_no_likelihood_until_a_person_says_what_it_needs(tmp_path, run):
    told = str(detente.risk(of()))
    assert told.startswith("A draft has no likelihood")
    assert "%" not in told
    pasted = told.partition("\n\n")[2]
    made = drafted("dam").save(tmp_path / "dam")
    (made / "case.yaml").write_text(
        (made / "case.yaml").read_text("utf-8").replace("draft: true  #", "draft: false  #")
        + pasted
        + "\n",
        "utf-8",
    )
    assert run("risk", made).code == 0  # the lines can be pasted, and work
