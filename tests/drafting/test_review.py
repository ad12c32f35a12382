"""Going through proposals: what each key does to the file, and what later reports propose."""

from __future__ import annotations

import io

import pytest

import detente
from detente.case import files
from detente.case.formula import to_text
from detente.drafting import reviewing

TUESDAY = """Arvenia will not return to the negotiating table unless Kostria halts the filling of
the Tavo reservoir, Arvenian Foreign Minister Lena Marsh said.
"""
FRIDAY = """Kostria demanded that Arvenia pull back its soldiers from the canal.

Arvenia has rejected any withdrawal of its troops.
"""
MONDAY = """Kostria no longer insists that Arvenia pull back its soldiers from the canal.

Kostria demanded that Arvenia resume grain exports. Arvenia refused to resume the exports.
"""


@pytest.fixture
def canal(tmp_path):
    news = tmp_path / "news"
    news.mkdir()
    (news / "tuesday.txt").write_text(TUESDAY, "utf-8")
    (news / "friday.txt").write_text(FRIDAY, "utf-8")
    return detente.draft(news).save(tmp_path / "canal")


@pytest.fixture
def monday(tmp_path):
    where = tmp_path / "monday.txt"
    where.write_text(MONDAY, "utf-8")
    return where


def keys(monkeypatch, typed):
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(typed) + "\n"))


def text(canal):
    return (canal / "case.yaml").read_text("utf-8")


def test_every_proposal_has_an_id_that_stays(canal):
    case = detente.load(canal)
    ids = [p.id for p in reviewing.marked(case)]
    assert len(ids) == len(set(ids)) > 2
    assert ids == [p.id for p in reviewing.marked(detente.load(canal))]


def test_accept_throw_out_and_undo_keep_comments(canal, run, monkeypatch):
    before = text(canal)
    marks = before.count("      draft: true") + before.count("    draft: true")
    keys(monkeypatch, ["a", "x", "z", "q"])
    ran = run("review", canal)
    assert ran.code == 0
    assert "a accept  x throw out  1–3 kind" in ran.out
    assert "\n1 settled; " in ran.out  # what is undone is not settled
    assert "[[" in ran.out  # the words, in their passage
    after = text(canal)
    assert after != before
    assert [line for line in before.splitlines() if line.strip().startswith("#")] == [
        line for line in after.splitlines() if line.strip().startswith("#")
    ]
    assert len(reviewing.marked(detente.load(canal))) == len(reviewing.marked(case_of(before))) - 1
    assert marks


@pytest.mark.parametrize(
    ("written", "said"),
    [(None, "there is no such file or folder"), ("", "no case.yaml"), ("ä", "not UTF-8 text")],
)
def test_what_is_no_case_cannot_be_gone_through(run, tmp_path, written, said):
    if written is not None:
        (tmp_path / "canal").mkdir()
    if written:
        (tmp_path / "canal" / "case.yaml").write_text(written, "latin-1")
    ran = run("review", tmp_path / "canal")
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_line_ends_of_another_system_stay(canal, run, monkeypatch):
    windows = text(canal).replace("\n", "\r\n").encode()
    (canal / "case.yaml").write_bytes(windows)
    keys(monkeypatch, ["a", "q"])
    assert run("review", canal).code == 0
    after = (canal / "case.yaml").read_bytes()
    assert after != windows
    assert after.count(b"\n") == after.count(b"\r\n")


def case_of(text):
    return files.parse(text, file="case.yaml", name="canal").case


def test_it_stops_and_goes_on(canal, run, monkeypatch):
    first = len(reviewing.marked(detente.load(canal)))
    keys(monkeypatch, ["a", "q"])
    run("review", canal)
    keys(monkeypatch, ["a"] * (first - 1))
    ran = run("review", canal)
    assert f"{first - 1} settled; none is left." in ran.out
    done = detente.load(canal)
    assert not done.draft  # no line is marked any more, and so the case is none
    assert done.understood is None


def test_what_would_break_the_case_is_not_written(canal, run, monkeypatch):
    before = text(canal)
    keys(monkeypatch, ["m", "nobody.knows", "q"])
    ran = run("review", canal)
    assert "That does not go" in ran.out
    assert text(canal) == before


def test_the_keys_are_those_of_the_workbench():
    pytest.importorskip("starlette")
    from detente.workbench.desk import KEYS

    assert dict(reviewing.PRESS).items() <= dict(KEYS).items()


def test_next_and_back_walk_and_settle_nothing(canal, run, monkeypatch):
    before = text(canal)
    keys(monkeypatch, ["j", "j", "k", "k", "k", "q"])
    ran = run("review", canal)
    shown = [row.split()[0] for row in ran.out.splitlines() if "proposed by the draft" in row]
    ids = [p.id for p in reviewing.marked(detente.load(canal))]
    assert shown == [ids[0], ids[1], ids[2], ids[1], ids[0], ids[0]]
    assert "nothing before" in ran.out
    assert text(canal) == before


def test_a_line_gets_another_party_kind_and_more_words_and_all_is_undone(canal, run, monkeypatch):
    before = text(canal)
    first = reviewing.marked(detente.load(canal))[0]
    assert first.line == "statement"
    keys(monkeypatch, ["3", "q"])
    run("review", canal)
    refusals = detente.load(canal).refusals
    assert refusals[-1].party == first.party
    assert refusals[-1].basis.draft
    assert refusals[-1].basis.cite == first.cite
    (canal / "case.yaml").write_text(before)
    keys(monkeypatch, ["p", "z", "w", "z", "q"])
    run("review", canal)
    assert text(canal) == before


def test_mending_writes_the_formula(canal, run, monkeypatch):
    keys(monkeypatch, ["m", "not kostria.halt_filling", "q"])
    run("review", canal)
    first = detente.load(canal).party("arvenia").preferences.statements[0]
    assert to_text(first.formula) == "not kostria.halt_filling"
    assert not first.basis.draft


def test_later_reports_propose_and_touch_nothing(canal, monday, run):
    before = text(canal)
    ran = run("update", canal, monday)
    assert ran.code == 0
    assert text(canal) == before
    assert (canal / "reports" / "monday.txt").exists()
    found = detente.update(canal, [monday]).proposals
    kinds = {(p.kind, p.party, p.said) for p in found}
    assert ("new", "arvenia", "arvenia.resume_export") in kinds
    assert any(kind == "withdrawn" and party == "kostria" for kind, party, _ in kinds)


def test_what_is_proposed_can_be_accepted(canal, monday, run, monkeypatch):
    run("update", canal, monday)
    first = len(reviewing.marked(detente.load(canal)))
    keys(monkeypatch, ["s"] * first + ["a"] * 20)
    ran = run("review", canal)
    assert ran.code == 0
    case = detente.load(canal)
    assert any("resume_export" in str(r.refuses) for r in case.refusals)
    assert (canal / "proposals.jsonl").read_text("utf-8") == ""


def test_a_spoilt_file_of_proposals_is_named(canal, run):
    (canal / "proposals.jsonl").write_text("{}\n", "utf-8")
    ran = run("review", canal)
    assert ran.code == 2
    assert "proposals.jsonl" in ran.err


def test_every_formula_of_a_line_can_be_mended(canal, run, monkeypatch):
    case = detente.load(canal)
    at = next(k for k, p in enumerate(reviewing.marked(case)) if p.line == "condition")
    keys(monkeypatch, [*(["j"] * at), "m", "", "not kostria.talk", "q"])
    ran = run("review", canal)
    assert "option: arvenia.talk" in ran.out
    condition, _ = detente.load(canal).conditions  # the second is inferred
    assert (to_text(condition.option), to_text(condition.needs)) == (
        "arvenia.talk",
        "not kostria.talk",
    )
    assert not condition.basis.draft


def test_mending_new_lines_puts_the_formula_that_was_typed(canal):
    case = detente.load(canal)
    value = {"id": "u1", "party": "kostria", "option": "kostria.talk", "needs": "arvenia.talk"}
    new = reviewing.Proposal(
        "c-1", "new", "condition", "kostria", "", ("conditions", reviewing.END), value=value
    )
    assert reviewing.formulas_of(new, case) == {"option": "kostria.talk", "needs": "arvenia.talk"}
    (edit,) = reviewing.mend(new, case, {"option": "not kostria.talk"})
    assert edit.value == {**value, "option": "not kostria.talk"}
