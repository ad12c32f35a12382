"""What a page can ask for, without a page: every change is a patch, or refused where none fits."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from detente.case.formula import to_text
from detente.drafting import yaml as drafted
from detente.errors import DetenteError
from detente.workbench.library import Library
from detente.workbench.session import Session

CASE = """\
title: A canal  # about a canal
parties:
  upstream:
    name: Upstream
    options:
      build: Build a dam
      share: {label: Share the water, levels: [none, some, all]}
  downstream: {options: {sue: Sue}}
outcomes: {peace: upstream.share and not downstream.sue}
status_quo: [upstream.build]
preferences:
  upstream:   # most important first
    - upstream.build
    - not downstream.sue   # a court is far away
    - {that: peace, draft: true, cite: [{report: radio, quote: "We want peace on the river"}]}
conditions:
  - {party: downstream, option: not downstream.sue, needs: upstream.share = all, firmness: 2}
"""

RADIO = """\
The minister said: We want peace on the river, and soon.

Downstream will go to court unless all the water is shared. We want peace on the river, it added.
"""


@pytest.fixture
def session(tmp_path):
    folder = tmp_path / "canal"
    (folder / "reports").mkdir(parents=True)
    (folder / "reports" / "radio.txt").write_text(RADIO)
    (folder / "case.yaml").write_text(CASE)
    library = Library(tmp_path)
    return Session(library, library.entry("canal"))


def do(session, name, /, **given):
    return session.change(name, given, session.store.revision)


def wishes(session, party="upstream"):
    return [to_text(w.formula) for w in session.case.party(party).preferences.statements]


def test_comments_and_order_stay_and_undo_gives_every_byte_back(session):
    do(session, "move", way="preferences/upstream/2", to=0)
    assert wishes(session) == ["peace", "upstream.build", "not downstream.sue"]
    assert "# a court is far away" in session.text
    assert session.undo_what.startswith("wish moved to place 1")
    session.undo()
    assert session.text == CASE
    session.redo()
    assert wishes(session)[0] == "peace"


@pytest.mark.parametrize("gaps", [(), (SimpleNamespace(text="Who pays."),)], ids=len)
@pytest.mark.parametrize("name", ["accept", "drop"])
def test_a_draft_gone_through_says_no_more_that_it_is_one(session, name, gaps):
    head = "\n".join(drafted._top(SimpleNamespace(gaps=gaps)))
    draft = CASE.replace("status_quo", "draft: true  # take this away\nstatus_quo")
    do(session, "file", text=f"{head}\n{draft}")
    assert session.case.draft
    assert "Every line is a proposal" in session.text
    before = session.text
    do(session, name, way="preferences/upstream/2")
    left = "# What the reports leave open:\n# - Who pays.\n\n" if gaps else ""
    assert session.text.startswith(f"{left}title: A canal")
    assert not session.case.draft
    session.undo()
    assert session.text == before


DAM = {"party": "upstream", "option": "build"}
STEPS = [
    ("head", {"key": "title", "value": "The river"}),
    ("head", {"key": "as_of", "value": "2018-02-27"}),
    ("head", {"key": "target", "value": "peace"}),
    ("add_party", {"label": "The Bank"}),
    ("party_label", {"party": "upstream", "label": "The North", "aliases": "hills, the hills"}),
    ("party_name", {"party": "upstream", "name": "hills"}),
    ("drop_party", {"party": "downstream"}),
    ("split_party", {"party": "upstream", "label": "Builders", "options": ["build"]}),
    ("merge_parties", {"party": "upstream", "gone": "downstream"}),
    ("add_option", {"party": "downstream", "label": "Go on strike"}),
    ("option_words", DAM | {"label": "A dam", "does": "build it"}),
    ("option_words", DAM | {"label": "Dam", "irreversible": "yes"}),
    ("option_levels", DAM | {"levels": "no\nhalf: build half\nyes"}),
    ("option_name", {"party": "upstream", "option": "share", "name": "give"}),
    ("level_name", {"party": "upstream", "option": "share", "level": "all", "name": "everything"}),
    ("drop_option", {"party": "upstream", "option": "share"}),
    ("split_option", {"party": "upstream", "option": "share", "label": "Share the fish"}),
    ("today", {"party": "upstream", "option": "share", "level": "some"}),
    ("today", {"party": "upstream", "option": "build", "level": "no"}),
    ("add_line", {"kind": "statement", "party": "downstream", "formula": "peace"}),
    ("add_line", {"kind": "refusal", "party": "upstream", "formula": "upstream.share = all"}),
    ("add_line", {"kind": "condition", "party": "upstream", "option": "upstream.share",
                  "formula": "not downstream.sue", "firmness": "3", "note": "so it seems"}),
    ("add_line", {"kind": "rule", "formula": "upstream.build and upstream.share = all"}),
    ("add_line", {"kind": "outcome", "name": "A day in court", "formula": "downstream.sue"}),
    ("mend", {"way": "preferences/upstream/0", "formula": "not upstream.build"}),
    ("mend", {"way": "conditions/0", "key": "needs", "formula": "upstream.share"}),
    ("drop", {"way": "preferences/upstream/0"}),
    ("drop", {"way": "outcomes/peace"}),
    ("rename_outcome", {"outcome": "peace", "name": "calm"}),
    ("firmness", {"way": "conditions/0", "firmness": "5"}),
    ("note", {"way": "preferences/upstream/1", "note": "as ever"}),
    ("cite", {"way": "preferences/upstream/1", "report": "radio", "quote": "will go to court"}),
    ("uncite", {"way": "preferences/upstream/2", "number": 0}),
    ("accept", {"way": "preferences/upstream/2"}),
    ("claim_make", {"report": "radio", "start": 0, "end": 12, "party": "upstream"}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "given"), STEPS, ids=lambda v: v if isinstance(v, str) else "")
def test_every_change_leaves_a_case_and_can_be_taken_back(session, name, given):
    """The file, the session and a fresh look at the file are one; an undo gives it all back."""
    before = dict(session.store.texts)
    made = do(session, name, **given)
    assert made.what
    assert session.store.texts != before
    fresh = Session(session.library, session.entry)
    assert fresh.store.texts == session.store.texts
    assert fresh.case == session.case
    session.undo()
    assert {k: v for k, v in session.store.texts.items() if v} == before
    session.redo()
    assert session.store.texts == fresh.store.texts


def test_levels_of_today_are_set_in_either_order(session):
    do(session, "today", party="upstream", option="share", level="all")
    assert session.case.status_quo == (1, 2, 0)
    do(session, "today", party="upstream", option="build", level="no")
    assert session.case.status_quo == (0, 2, 0)
    do(session, "today", party="upstream", option="share", level="none")
    assert session.case.status_quo == (0, 0, 0)


REFUSED = [
    ("mend", {"way": "preferences/upstream/0", "formula": "upstream.bild"}, "did you mean"),
    ("mend", {"way": "preferences/upstream/9", "formula": "peace"}, "not there any more"),
    ("add_line", {"kind": "statement", "party": "upstream", "formula": " "}, "write a formula"),
    ("party_name", {"party": "upstream", "name": "downstream"}, "there already"),
    ("drop_party", {"party": "nobody"}, "no party"),
    ("move", {"way": "conditions/0", "to": 1}, "only wishes"),
    ("nothing", {}, "no change called"),
    ("mend", {"formula": "peace"}, "not what the page sends"),
    ("mend", {"way": "preferences/upstream/0", "formula": "peace", "more": 1}, "not what the page"),
    ("head", {"key": "parties", "value": "x"}, "nothing that is set here"),
    ("file", {"text": "title: [\n"}, "line 2"),
    ("claim_make", {"report": "radio", "start": 5, "end": 5}, "select some words"),
    ("claim_make", {"report": "../case", "start": 0, "end": 5}, "not there"),
    ("claim_accept", {"claim": "no"}, "not there any more"),
]


@pytest.mark.parametrize(("name", "given", "told"), REFUSED)
def test_what_does_not_fit_changes_nothing_and_says_why(session, name, given, told):
    before = dict(session.store.texts)
    with pytest.raises(DetenteError, match=told):
        do(session, name, **given)
    assert session.store.texts == before
    assert session.store.revision == 0


def test_a_claim_of_selected_words_joins_a_line_with_exact_words_and_a_prefix(session):
    start = RADIO.rindex("We want peace on the river")
    made = do(session, "claim_make", report="radio", start=start, end=start + 26, party="upstream")
    claim = made.go.removeprefix("claim:")
    (found,) = session.evidence.claims
    assert (found.text, found.by, found.id) == ("We want peace on the river", "person", claim)
    do(session, "claim_accept", claim=claim, way="preferences/upstream/1")
    basis = session.case.party("upstream").preferences.statements[1].basis
    (cite,) = basis.cite
    assert cite.quote == "We want peace on the river"
    assert cite.prefix or cite.suffix  # it stands twice
    place = session.evidence.locate(cite)
    assert place.start == start


def test_an_accepted_claim_lets_its_drafted_line_hold(session):
    start = RADIO.index("We want peace on the river")
    made = do(session, "claim_make", report="radio", start=start, end=start + 26, party="upstream")
    assert "draft" in session.text
    do(session, "claim_accept", claim=made.go.removeprefix("claim:"))
    assert "draft" not in session.text


def test_a_claim_becomes_a_line(session):
    start = RADIO.index("will go to court")
    words = {"report": "radio", "start": start, "end": start + 40}
    made = do(session, "claim_make", **words, party="downstream", kind="threat")
    claim = made.go.removeprefix("claim:")
    do(session, "claim_wider", claim=claim)
    (found,) = session.evidence.claims
    assert found.text == "Downstream will go to court unless all the water is shared."
    do(session, "claim_kind", claim=claim, kind="condition")
    do(session, "claim_accept", claim=claim, kind="refusal", formula="not upstream.share")
    assert session.case.refusals[0].basis.cite[0].quote.startswith("Downstream will go to court")


def test_a_claim_thrown_out_is_gone_and_comes_back(session):
    made = do(session, "claim_make", report="radio", start=0, end=12)
    do(session, "claim_party", claim=made.go.removeprefix("claim:"), party="downstream")
    do(session, "claim_out", claim=made.go.removeprefix("claim:"))
    assert not session.evidence.claims
    session.undo()
    assert session.evidence.claims[0].party == "downstream"


def test_a_broken_file_can_be_mended_and_may_stay_broken_on_the_way(session):
    session.entry.file.write_text("title: A canal\nparties: {a: {options: {x: X}}}\ntarget: b.y\n")
    session.refresh()
    assert session.case is None
    (problem,) = session.problems
    assert (problem.place.line, "unknown party" in problem.message) == (3, True)
    do(session, "file", text="title: A canal\nparties: {a: {options: {x: X}}}\ntarget: a.y\n")
    assert session.case is None
    do(session, "file", text="title: A canal\nparties: {a: {options: {x: X}}}\ntarget: a.x\n")
    assert session.case is not None


def test_a_file_broken_outside_can_go_back_to_what_could_be_read(session):
    do(session, "head", key="title", value="The river")
    good = session.text
    session.entry.file.write_text("title: [\n")
    session.refresh()
    assert session.case is None
    assert session.readable() == good
    assert "The river" not in session.text
    do(session, "file", text=session.readable())
    assert session.case.title == "The river"


def test_two_pages_do_not_overwrite_each_other(session):
    do(session, "mend", way="preferences/upstream/0", formula="not upstream.build")
    session.change("firmness", {"way": "conditions/0", "firmness": 7}, 0)
    assert session.case.conditions[0].firmness == 7
    assert wishes(session)[0] == "not upstream.build"
    with pytest.raises(DetenteError, match="same place since"):
        session.change("mend", {"way": "preferences/upstream/0", "formula": "peace"}, 0)
    with pytest.raises(DetenteError, match="older than the program"):
        session.change("firmness", {"way": "conditions/0", "firmness": 7}, 99)


def test_an_edit_meets_what_another_program_did_meanwhile(session):
    text = session.entry.file.read_text().replace("title: A canal", "title: The canal")
    session.entry.file.write_text(text)
    do(session, "firmness", way="conditions/0", firmness=7)
    assert session.case.title == "The canal"
    assert session.case.conditions[0].firmness == 7


def test_a_built_in_case_is_copied_before_it_is_changed(tmp_path):
    library = Library(tmp_path)
    session = Session(library, library.entry("~elmira"))
    original = session.entry.file.read_bytes()
    do(session, "head", key="title", value="Another title")
    assert session.entry.file == tmp_path / "elmira" / "case.yaml"
    assert library.entry("~elmira").file.read_bytes() == original
    assert Session(library, library.entry("elmira")).case.title == "Another title"
