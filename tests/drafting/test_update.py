"""Later reports against a case: degrees, rules, and lines that have moved since."""

from __future__ import annotations

import io

import pytest

import detente
from detente.case import files
from detente.case.editing import edited
from detente.case.formula import to_text
from detente.dossier.line_words import proposal_words
from detente.drafting import reviewing
from detente.errors import DetenteError

NEWS = """Arvenia will not return to the negotiating table unless Kostria halts the filling of the
Tavo reservoir, Arvenian Foreign Minister Lena Marsh said.

Kostria demanded that Arvenia {degree} the embargo. Kostria also demanded that Arvenia pull back its
soldiers from the canal. Arvenia has rejected any withdrawal of its troops.
"""


@pytest.fixture
def canal(tmp_path):
    def made(degree="lift"):
        news = tmp_path / "news"
        news.mkdir()
        (news / "a.txt").write_text(NEWS.format(degree=degree), "utf-8")
        return detente.draft(news).save(tmp_path / "canal")

    return made


def later(case, tmp_path, text):
    where = tmp_path / "later.txt"
    where.write_text(text, "utf-8")
    return detente.update(case, [where])


def today(case):
    """Return the options that are taken."""
    known = detente.load(case)
    return {n for n, level in zip(known.option_names, known.status_quo, strict=True) if level}


def told(found):
    return {(p.kind, p.line, p.party, p.said) for p in found.proposals}


def test_to_ease_is_not_to_lift(canal, tmp_path):
    found = told(later(canal(), tmp_path, "Kostria demanded that Arvenia ease the embargo."))
    assert found == {
        ("new", "option", "arvenia", "arvenia.ease_embargo: Ease the embargo"),
        ("new", "statement", "kostria", "arvenia.ease_embargo or arvenia.lift_embargo"),
    }


LEVELS = """lift_embargo:
        label: Lift the embargo
        levels: {"no": null, "ease": ease the embargo, "lift": lift the embargo}"""


def test_degrees_of_the_case_take_those_of_the_reports(canal, tmp_path):
    case = canal()
    file = case / "case.yaml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("lift_embargo: Lift the embargo", LEVELS), "utf-8")
    assert detente.load(case).party("arvenia").options[2].levels == ("no", "ease", "lift")
    found = told(later(case, tmp_path, "Arvenia offered to suspend the embargo for a month."))
    assert found == {("new", "statement", "arvenia", "arvenia.lift_embargo = lift")}
    more = told(later(case, tmp_path, "Arvenia offered to relax the embargo."))
    assert ("new", "statement", "arvenia", "arvenia.lift_embargo") in more


def test_a_rule_is_proposed_and_holds_once_accepted(canal, tmp_path, run, monkeypatch):
    case = canal()
    text = "Kostria will publish the figures only after it has drained the upper basin."
    found = later(case, tmp_path, text)
    rule = "kostria.publish_figure and not kostria.drain_basin"
    assert ("new", "rule", "", rule) in told(found)
    found.save()
    drafted = len(reviewing.marked(detente.load(case)))
    typed = ["j"] * drafted + ["a"] * len(found.proposals)
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(typed) + "\n"))
    assert run("review", case).code == 0
    assert [to_text(r.formula) for r in detente.load(case).infeasible] == [rule]
    (proposed,) = [p for p in found.proposals if p.line == "rule"]
    words = proposal_words(detente.load(case), proposed)
    assert words.startswith("It cannot be that Kostria publishes the figures and")


def test_what_is_said_of_a_line_follows_it_where_it_went(canal, tmp_path):
    case = canal()
    text = "Kostria no longer insists that Arvenia pull back its soldiers from the canal."
    gone = later(case, tmp_path, text).proposals  # what it asked for, and what it settles for
    assert {(p.kind, p.line) for p in gone} == {
        ("withdrawn", "statement"),
        ("withdrawn", "condition"),
    }
    (found,) = [p for p in gone if p.line == "statement"]
    assert found.said == "arvenia.pull_back_soldier"
    file = case / "case.yaml"
    marked = reviewing.marked(detente.load(case))
    first = next(p for p in marked if (p.party, p.line) == ("kostria", "statement"))
    moved = edited(file.read_text("utf-8"), reviewing.throw_out(first))
    now = files.parse(moved, file="case.yaml", name="canal").case
    kept = edited(moved, reviewing.accept(found, now))
    left = files.parse(kept, file="case.yaml", name="canal").case.party("kostria").preferences
    assert left.statements == ()
    gone = files.parse(kept, file="case.yaml", name="canal").case
    assert reviewing.accept(found, gone) == ()


def test_more_words_for_a_line_leave_its_own_as_they_are(canal, tmp_path):
    case = canal()
    file = case / "case.yaml"
    text = file.read_text("utf-8")
    graded = text.replace('lift the embargo"}', 'lift the embargo", reliability: B}  # seen', 1)
    file.write_text(graded, "utf-8")
    again = "Kostria repeated its demand on Friday. It demanded that Arvenia lift the embargo."
    found = [p for p in later(case, tmp_path, again).proposals if p.kind == "changed"]
    assert [p.said for p in found] == ["arvenia.lift_embargo"]
    after = edited(graded, reviewing.accept(found[0], detente.load(case)))
    assert "reliability: B}  # seen" in after
    cites = files.parse(after, file="case.yaml", name="canal").case.party("kostria").preferences
    assert [c.report for c in cites.statements[0].basis.cite] == ["a", "later"]


def test_an_inferred_line_says_so_when_it_is_accepted(canal, tmp_path):
    case = canal()
    found = later(case, tmp_path, "Arvenia suspended grain exports.").proposals
    inferred = [p for p in found if p.note]
    assert [p.note for p in inferred]
    assert all(p.value["note"] == p.note for p in inferred)
    records = [reviewing.from_record(reviewing.to_record(p)) for p in found]
    assert records == list(found)


def test_what_has_come_about_since_is_proposed_as_today(canal, tmp_path):
    case = canal()
    assert today(case) == set()
    text = "Kostria halted the filling of the Tavo reservoir on Friday."
    found = later(case, tmp_path, text).proposals
    (done_since,) = [p for p in found if p.line == "today"]
    assert (done_since.kind, done_since.said) == ("new", "kostria.halt_filling")
    words = proposal_words(detente.load(case), done_since)
    assert words == "Today Kostria halts the filling of the Tavo reservoir."
    file = case / "case.yaml"
    done = edited(file.read_text("utf-8"), reviewing.accept(done_since, detente.load(case)))
    assert "status_quo:" in done
    assert "# today" in done
    file.write_text(done, "utf-8")
    assert today(case) == {"kostria.halt_filling"}
    assert not [p for p in later(case, tmp_path, text).proposals if p.line == "today"]
    again = "Kostria resumed the filling of the Tavo reservoir on Sunday."
    (undone,) = [p for p in later(case, tmp_path, again).proposals if p.line == "today"]
    assert (undone.kind, undone.said) == ("contradicted", "kostria.halt_filling")
    file.write_text(edited(done, reviewing.accept(undone, detente.load(case))), "utf-8")
    assert today(case) == set()


def test_a_report_of_the_case_is_not_overwritten_by_another_of_its_name(canal, tmp_path):
    case = canal()
    (tmp_path / "a.txt").write_text("Kostria demanded that Arvenia free the divers.", "utf-8")
    with pytest.raises(DetenteError, match="another name"):
        detente.update(case, [tmp_path / "a.txt"])
    assert detente.update(case, [case / "reports" / "a.txt"]).proposals == ()
