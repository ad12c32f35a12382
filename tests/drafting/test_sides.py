"""Who belongs to whom: told in a file, asked on a terminal, or told apart by the reports."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

import detente
from detente.drafting.asking import MOST, Question, answered, questions
from detente.drafting.sides import Sides
from detente.drafting.sidesfile import NOTHING, Told, sides_of, sides_text, told_of
from detente.errors import ReportError
from detente.reading.actors import PartyNames

BROKERED = """Spain offered to host talks in Madrid between Brazil and France.

Brazil demanded that France withdraw its troops from the valley. France refused to withdraw its
troops.

France demanded that Brazil reopen the port. Brazil refused to reopen the port.
"""


def of(folder: Path, text: str, **more):
    (folder / "a.txt").write_text(text, "utf-8")
    return detente.draft(folder, **more)


def test_who_hosts_is_a_third_party(tmp_path):
    case = of(tmp_path, BROKERED).case
    assert {p.label for p in case.parties} == {"Brazil", "France"}
    assert case.mediators == ("Spain",)
    assert set(case.talks) == {"brazil", "france"}


def test_unless_it_has_something_at_stake(tmp_path):
    more = "Spain refused to lift the embargo. Brazil demanded that Spain lift the embargo.\n"
    case = of(tmp_path, BROKERED + "\n" + more).case
    assert "Spain" in {p.label for p in case.parties}
    assert case.mediators == ()


def test_where_it_cannot_be_told_who_sits_down_there_is_no_target(tmp_path):
    # three that all stand in each other's way, none more than the others
    text = "\n\n".join(
        f"{a} demanded that {b} lift the ban. {b} refused to lift the ban."
        for a in ("Brazil", "France", "Spain")
        for b in ("Brazil", "France", "Spain")
        if a != b
    )
    made = of(tmp_path, text)
    assert made.case.target is None
    assert "talks" not in made.case.outcome_named
    assert made.gaps[0].text.startswith("Who has to sit down with whom?")
    told = tmp_path / "told.yaml"
    told.write_text("talks: [Brazil, France]\n", "utf-8")
    again = of(tmp_path, text, sides=told)
    assert set(again.case.talks) == {"brazil", "france"}


def test_a_party_with_nothing_to_say_is_left_out(tmp_path):
    made = of(tmp_path, BROKERED + "\nItaly said on Monday that the weather was fine.\n")
    assert "Italy" not in {p.label for p in made.case.parties}


def test_names_told_are_one_party(tmp_path):
    told = tmp_path / "told.yaml"
    told.write_text("parties:\n  - name: Republic\n    aliases: [France, Jean Roux]\n", "utf-8")
    made = of(tmp_path, BROKERED, sides=told)
    (party,) = [p for p in made.case.parties if p.label == "Republic"]
    assert party.aliases == ("France", "Jean Roux")
    assert "aliases:" in made.text


def test_a_file_of_sides_is_read_as_it_was_written(tmp_path):
    told = Told((PartyNames("A b", "A b", ("C: d", "é")),), ("A b", "X"), ("M",), ("L",))
    where = tmp_path / "sides.yaml"
    where.write_text(sides_text(told), "utf-8")
    assert sides_of(where) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- a", "expected keys"),
        ("partys: []", "unknown key 'partys'"),
        ("parties: x", "expected a list under 'parties'"),
        ("parties: [{nam: x}]", "has the key 'name'"),
        ("talks: [A]", "two parties or more"),
        ("talks: [A, 3]", "holds names"),
        ("a: [", ":1: no YAML"),
        (
            "parties: [{name: A, aliases: [C]}, {name: B, aliases: [c]}]",
            "'c' belongs to A and to B",
        ),
        ("{talks: [A, B], mediators: [B]}", "B stands under 'talks' and under 'mediators'"),
        ("{talks: [A, B], left_out: [A]}", "A stands under 'talks' and under 'left_out'"),
    ],
)
def test_what_is_wrong_with_it_is_told(tmp_path, text, told):
    where = tmp_path / "sides.yaml"
    where.write_text(text, "utf-8")
    with pytest.raises(ReportError, match=told.replace("[", r"\[")):
        sides_of(where)


def test_an_alias_stands_for_its_party_in_talks():
    found = told_of(
        {"parties": [{"name": "Republic", "aliases": ["France"]}], "talks": ["France", "Brazil"]},
        "sides.yaml",
    )
    assert found.talks == ("Republic", "Brazil")


def test_at_most_ten_questions_and_none_that_is_answered():
    people = Sides(tuple(f"union {k}" for k in range(12)))
    asked = questions(people, NOTHING)
    assert len(asked) <= MOST
    assert [q.about for q in asked[-2:]] == ["mediators", "talks"]
    known = Told(talks=("a", "b"), mediators=("c",))
    assert {q.about for q in questions(people, known)} == {"one"}


def test_answers_build_the_file():
    people = Sides(("company", "Metro Line", "Drivers"))
    told = NOTHING
    asked = questions(people, NOTHING)
    assert [q.about for q in asked] == ["whose", "mediators", "talks"]
    for question, reply in zip(asked, ("1", "", "2, 3"), strict=True):
        told = answered(told, question, reply)
    assert [(p.label, p.aliases) for p in told.parties] == [("Metro Line", ("company",))]
    assert told.talks == ("Metro Line", "Drivers")
    assert told.mediators == ()


@pytest.mark.parametrize(
    ("about", "reply", "fault"),
    [
        ("one", "yes", "“yes” is no number from 1 to 2"),
        ("one", "3", "“3” is no number from 1 to 2"),
        ("one", "1 2", "one number is asked for"),
        ("talks", "1 9", "“9” is no number from 1 to 3"),
        ("talks", "1 1", "two at least have to sit down"),
        ("talks", "²", "“²” is no number from 1 to 3"),
        ("mediators", "3", ""),
        ("mediators", " ", ""),
    ],
)
def test_what_is_no_answer_is_said(about, reply, fault):
    names = ("A", "B", "C")
    question = Question(about, "?", names[:2] if about == "one" else names)
    assert question.fault(reply) == fault
    if fault:
        assert answered(NOTHING, question, reply) == NOTHING


def test_a_wrong_answer_is_asked_for_again(tmp_path, run, monkeypatch):
    news = tmp_path / "news"
    news.mkdir()
    (news / "a.txt").write_text(BROKERED, "utf-8")
    monkeypatch.setattr("sys.stdin", io.StringIO("\n1 99\n1 2\n"))
    ran = run("draft", news, "-o", tmp_path / "case", "--ask")
    assert ran.code == 0
    assert "“99” is no number" in ran.err
    assert "talks:" in (news / "sides.yaml").read_text("utf-8")


def test_the_terminal_writes_it_beside_the_reports(tmp_path, run, monkeypatch):
    news = tmp_path / "news"
    news.mkdir()
    (news / "a.txt").write_text(BROKERED, "utf-8")
    monkeypatch.setattr("sys.stdin", io.StringIO("\n1 2\n"))
    ran = run("draft", news, "-o", tmp_path / "case", "--ask")
    assert ran.code == 0
    assert "Who has to sit down with whom?" in ran.err
    assert "talks:" in (news / "sides.yaml").read_text("utf-8")
    again = run("draft", news, "-o", tmp_path / "again")
    assert again.code == 0
    assert (tmp_path / "again" / "case.yaml").read_text("utf-8") == (
        tmp_path / "case" / "case.yaml"
    ).read_text("utf-8")


def test_without_ask_nothing_is_asked(tmp_path, run, monkeypatch):
    def never():
        raise AssertionError("something was asked")

    monkeypatch.setattr("sys.stdin.readline", never, raising=False)
    (tmp_path / "a.txt").write_text(BROKERED, "utf-8")
    assert run("draft", tmp_path / "a.txt", "-o", tmp_path / "case").code == 0


def test_a_name_in_another_order_of_words_is_no_other_party(tmp_path):
    (tmp_path / "a.txt").write_text(
        "The Velian Federation of Nurses demanded that Norland Clinics pay the bonus. The"
        " Federation of Nurses of Velia refused to end the strike. Norland Clinics demanded that"
        " the Federation of Velian Nurses end the strike.\n",
        "utf-8",
    )
    made = detente.draft(str(tmp_path))
    names = [frozenset(p.label.lower().split()) - {"of", "the"} for p in made.case.parties]
    assert len(set(names)) == len(names)


def test_of_whom_a_thing_is_asked_is_the_one_it_deals_with_not_somebody_named_before(tmp_path):
    (tmp_path / "a.txt").write_text(
        "Brazil demanded that France open its books on the rebates. France demanded that Brazil"
        " rescind the decree. France refused to open its books. Brazil refused to rescind the"
        " decree. The Liberal Front demanded that Brazil double the duty, and Brazil threatened to"
        " sue the Liberal Front.\n\nThe Liberal Front was heard next. Brazil will discuss the"
        " decree only after the nine licences have been given back.\n",
        "utf-8",
    )
    made = detente.draft(tmp_path)
    (option,) = [f"{p.label}: {o.label}" for p, o in made.case.options if "licences" in o.label]
    assert option.startswith("France:")


def test_a_heading_cut_short_is_no_party(tmp_path):
    (tmp_path / "a.txt").write_text(
        "STATEMENT OF THE OFFICE OF THE GOVERNMENT\n\nNo authority of the Republic will agree to a"
        " repeat of the ballot. The Government calls on Norland to release the tranche.\n",
        "utf-8",
    )
    assert "the" not in {p.label.lower() for p in detente.draft(tmp_path).case.parties}
