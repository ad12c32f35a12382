"""What later reports propose, in the browser: as the review has it, each a step of its own."""

from __future__ import annotations

import pytest

from detente.case.model import Citation
from detente.drafting import reviewing
from detente.drafting.reviewing import Proposal
from detente.errors import DetenteError
from detente.questions.update import PROPOSALS
from detente.workbench import panes
from detente.workbench.forms import form
from detente.workbench.library import Library
from detente.workbench.session import Session

from .test_changes import CASE, RADIO, do, wishes

COURT = Citation("radio", "will go to court unless all the water is shared")
PEACE = Citation("radio", "We want peace on the river")

WISH = Proposal(
    "s-1", "new", "statement", "downstream", "upstream.share", ("preferences", "downstream", "+"),
    (COURT,), "", {"that": "upstream.share", "cite": [{"report": "radio", "quote": COURT.quote}]},
)  # fmt: skip
REFUSAL = Proposal(
    "r-1", "new", "refusal", "downstream", "upstream.build", ("refusals", "+"), (), "so they say",
    {"id": "u1", "party": "downstream", "refuses": "upstream.build"},
)  # fmt: skip
GONE = Proposal(
    "s-2", "withdrawn", "statement", "upstream", "upstream.build", ("preferences", "upstream", 0)
)
MORE = Proposal(
    "s-3", "changed", "statement", "upstream", "not downstream.sue",
    ("preferences", "upstream", 1, "cite"), (PEACE,), "",
    [{"report": "radio", "quote": PEACE.quote}],
)  # fmt: skip
EVERY = (WISH, REFUSAL, GONE, MORE)


@pytest.fixture
def session(tmp_path):
    folder = tmp_path / "canal"
    (folder / "reports").mkdir(parents=True)
    (folder / "reports" / "radio.txt").write_text(RADIO)
    (folder / "case.yaml").write_text(CASE)
    (folder / PROPOSALS).write_text(reviewing.proposals_text(EVERY))
    library = Library(tmp_path)
    return Session(library, library.entry("canal"))


def waiting(session):
    return [one.id for one in reviewing.proposals_of(session.proposals)]


def test_they_are_written_and_read_again():
    assert reviewing.proposals_of(reviewing.proposals_text(EVERY)) == EVERY


def test_they_are_shown_with_their_words_and_why(session):
    card = dict(panes.state(session)["model"])["m-proposals"]
    assert "4 lines" in card
    assert "New in these reports" in card
    assert COURT.quote in card
    assert 'data-go="radio:' in card
    assert "so they say" in card
    assert "Take the line out" in card


@pytest.mark.parametrize("one", EVERY, ids=lambda p: p.kind)
def test_each_is_accepted_in_one_step_that_an_undo_takes_back(session, one):
    before = dict(session.store.texts)
    do(session, "proposal_accept", proposal=one.id)
    assert waiting(session) == [p.id for p in EVERY if p is not one]
    assert session.text != before["case.yaml"]
    session.undo()
    assert session.store.texts == before


def test_an_accepted_one_stands_in_the_case_with_its_words(session):
    do(session, "proposal_accept", proposal="s-1")
    (wish,) = session.case.party("downstream").preferences.statements
    assert wish.basis.cite == (COURT,)
    do(session, "proposal_accept", proposal="s-3")
    assert session.case.party("upstream").preferences.statements[1].basis.cite == (PEACE,)
    assert "# a court is far away" in session.text


def test_a_line_is_found_where_it_stands_by_now(session):
    do(session, "move", way="preferences/upstream/0", to=2)
    do(session, "proposal_accept", proposal="s-2")
    assert wishes(session) == ["not downstream.sue", "peace"]


def test_one_about_a_line_that_is_gone_says_so(session):
    do(session, "drop", way="preferences/upstream/0")
    with pytest.raises(DetenteError, match="throw it out"):
        do(session, "proposal_accept", proposal="s-2")
    do(session, "proposal_out", proposal="s-2")
    assert "s-2" not in waiting(session)


def test_one_can_be_mended_and_is_refused_where_it_fits_nothing(session):
    assert 'value="upstream.build"' in form(session, "proposal", {"proposal": "r-1"})
    with pytest.raises(DetenteError, match="did you mean"):
        do(session, "proposal_mend", proposal="r-1", refuses="upstream.bild")
    do(session, "proposal_mend", proposal="r-1", refuses="upstream.share = none")
    assert session.case.refusals[0].id == "u1"
    with pytest.raises(DetenteError, match="not there any more"):
        do(session, "proposal_out", proposal="r-1")


def test_a_file_that_is_none_is_told_and_nothing_else_suffers(session):
    session.entry.file.with_name(PROPOSALS).write_text("what?\n")
    session.refresh()
    card = dict(panes.state(session)["model"])["m-proposals"]
    assert "move it away" in card
    assert session.case is not None
