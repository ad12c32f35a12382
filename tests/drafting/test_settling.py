"""What stands in the way of settling: what is demanded and refused, and what waits for what."""

from __future__ import annotations

import pytest

import detente
from detente.dossier.sections.draft import unfinished
from detente.english.speech import shortened
from draft_samples import conditions, refusals

TALKS = """
Kostria demanded that Arvenia lift the embargo. Arvenia demanded that Kostria release the crew.
"""


@pytest.fixture
def of(tmp_path):
    def made(text):
        (tmp_path / "a.txt").write_text(TALKS + text, "utf-8")
        return detente.draft(tmp_path)

    return made


def test_what_one_demands_and_the_other_refuses_is_a_deadlock(of):
    made = of("\nArvenia refused to lift the embargo.\n")
    assert ("kostria.settle", "arvenia.lift_embargo") in conditions(made)
    assert ("arvenia", "arvenia.lift_embargo") in refusals(made)
    (line,) = [c for c in made.case.conditions if c.party == "kostria"]
    assert line.basis.note.startswith("Inferred: it demands this and is refused")
    found = detente.deadlock(made.case)
    assert (found.verdict, found.knots) == ("deadlock", (("c1", "r1"),))
    wish = made.case.party("kostria").preferences.statements[0]
    assert wish.basis.note == ""  # the demand itself is its own words


def test_what_is_demanded_and_not_refused_is_none(of):
    made = of("")
    assert conditions(made) == set()
    assert not [o for p, o in made.case.options if o.name == "settle"]


def test_a_dropped_demand_is_not_insisted_on(of):
    made = of(
        "\nArvenia refused to lift the embargo.\n\nKostria no longer insists that Arvenia lift the"
        " embargo.\n"
    )
    assert not [c for c in made.case.conditions if c.party == "kostria"]


@pytest.mark.parametrize(
    ("asked", "answer", "same"),
    [
        ("open its books", "open the ledgers of its mills", True),
        ("lift the quota on herring", "discuss the quota", True),
        ("tear up the letters", "cancel the letters", True),
        ("withdraw the bill", "let the court hear the bill", True),
        ("open its books", "sell the mills", False),
        ("reopen the ford", "pay the toll", False),
    ],
)
def test_a_refusal_in_other_words_answers_what_was_asked(of, asked, answer, same):
    made = of(f"\nKostria demanded that Arvenia {asked}. Arvenia refused to {answer}.\n")
    (refusal,) = [r for r in made.case.refusals if r.party == "arvenia"]
    wanted = {s.formula for s in made.case.party("kostria").preferences.statements}
    assert (refusal.refuses in wanted) == same
    assert refusal.basis.note.startswith("Inferred: its words are taken") == (
        same and refusal.basis.note != ""
    )


def test_where_a_refusal_may_answer_two_things_neither_is_taken_for_granted(of):
    made = of(
        "\nKostria demanded that Arvenia open its books. Kostria demanded that Arvenia open the"
        " locks. Arvenia refused to open the ledgers of its mills.\n"
    )
    (refusal,) = [r for r in made.case.refusals if r.party == "arvenia"]
    assert "ledger" in str(refusal.refuses)


def test_a_condition_for_what_cannot_be_told_is_one_for_settling(of):
    made = of("\nKostria would be content if Arvenia paid for the boats, its minister said.\n")
    assert all(c.option.option == "settle" for c in made.case.conditions)


MAYBE = """
Arvenia would discuss the decree only if Kostria gave the licences back, Lena Marsh of Arvenia said.
Kostria would review the licences only if Arvenia suspended the decree, its minister said.
"""


def test_who_wait_for_each_other_are_told(tmp_path):
    made = detente.draft(_file(tmp_path, MAYBE))
    (gap,) = [g for g in made.gaps if g.kind == "waiting"]
    assert gap.text.startswith("Each waits for the other: Arvenia will discuss the decree only if")
    assert "each waits for the other" in unfinished(made.case)
    assert detente.deadlock(made.case).verdict == "open"


def test_who_waits_for_something_else_does_not_wait_for_the_other(tmp_path):
    text = MAYBE.replace("suspended the decree", "paid the fine")
    made = detente.draft(_file(tmp_path, text))
    assert not [g for g in made.gaps if g.kind == "waiting"]
    assert "each waits" not in unfinished(made.case)


def _file(folder, text):
    file = folder / "a.txt"
    file.write_text(text, "utf-8")
    return file


@pytest.mark.parametrize(
    ("text", "longest", "cut"),
    [
        ("pay the toll", 12, "pay the toll"),
        ("pay the toll", 11, "pay the …"),
        ("pay, then go", 8, "pay …"),
        ("incomprehensible", 8, "incompr…"),
    ],
)
def test_what_is_cut_is_cut_behind_a_word(text, longest, cut):
    assert shortened(text, longest) == cut
    assert len(cut) <= longest


def test_a_settlement_never_holds_a_deed_and_its_opposite(of):
    made = of(
        "\nArvenia will lift the embargo if Kostria releases the crew.\n\nArvenia will not lift the"
        " embargo as long as Kostria holds the ferry.\n"
    )
    offered = {option for option, _ in conditions(made)}
    assert {"arvenia.lift_embargo", "not arvenia.lift_embargo"} & offered
    assert detente.deadlock(made.case).verdict != "impossible"


@pytest.mark.parametrize(
    ("words", "refused"),
    [
        ("the filling of the lake was not negotiable", "arvenia.halt_filling"),
        ("a halt of the filling was out of the question", "arvenia.halt_filling"),
    ],
)
def test_what_is_kept_and_what_is_ruled_out_are_told_apart(of, words, refused):
    made = of(
        "\nKostria demanded that Arvenia halt the filling of the lake.\n\nArvenia said that"
        f" {words}.\n"
    )
    assert ("arvenia", refused) in refusals(made)


@pytest.mark.parametrize(
    ("asked", "answer", "formula"),
    [
        ("open the bridge", "said the bridge would stay shut", "arvenia.open_bridge"),
        ("lift the siege", "refused to end the siege", "arvenia.end_siege"),
        ("close the crossing", "said the crossing would remain open", "arvenia.close_crossing"),
        ("start the repair", "refused to begin the repairs", "arvenia.begin_repair"),
    ],
)
def test_a_deed_and_what_is_kept_instead_are_one_option_from_two_ends(of, asked, answer, formula):
    made = of(f"\nKostria demanded that Arvenia {asked}.\n\nArvenia {answer}.\n")
    assert ("arvenia", formula) in refusals(made)
    assert ("kostria.settle", formula) in conditions(made)  # what it demands is what is refused


def test_to_hold_a_thing_in_abeyance_is_to_suspend_it(of):
    made = of(
        "\nKostria demanded that Arvenia suspend the decree.\n\nArvenia offered to hold the decree"
        " in abeyance.\n"
    )
    party = next(p for p in made.case.parties if p.name == "arvenia")
    (option,) = [o for o in party.options if "decree" in o.name]
    assert {"arvenia." + option.name} & {
        detente.case.formula.to_text(s.formula) for s in party.preferences.statements
    }


FIRST = (
    "\nArvenia will reopen the port only after Kostria withdraws its guards from the ridge.\n\n"
    "Kostria will withdraw its guards from the ridge {} Arvenia has reopened the port.\n"
)


def test_two_that_move_only_after_each_other_are_in_a_knot(of):
    made = of(FIRST.format("once"))
    first = {("arvenia", "arvenia.first"), ("kostria", "kostria.first")}
    assert first <= refusals(made)
    lines = {r.id: r for r in made.case.refusals if r.refuses.option == "first"}
    assert all(r.basis.note.startswith("Inferred: it moves only after") for r in lines.values())
    assert all(r.basis.cite for r in lines.values())
    found = detente.deadlock(made.case)
    assert tuple(sorted(lines)) in {tuple(sorted(knot)) for knot in found.knots}
    assert not [gap for gap in made.gaps if gap.kind == "waiting"]


def test_two_that_bargain_are_in_none(of):
    made = of(FIRST.replace("only after", "only if").format("if"))
    assert not [o for _, o in made.case.options if o.name == "first"]
    assert [gap for gap in made.gaps if gap.kind == "waiting"]


@pytest.mark.parametrize(
    ("words", "bound"),
    [
        ("the books would stay shut until Kostria names its owners", "not arvenia.keep_book"),
        ("it would not open the books until Kostria names its owners", "arvenia.open_book"),
    ],
)
def test_what_goes_on_until_something_is_done_ends_only_then(of, words, bound):
    made = of(f"\nArvenia said {words}.\n")
    found = {option for option, needs in conditions(made) if needs == "kostria.name_owner"}
    assert found == {bound}, conditions(made)


def test_to_end_a_dismissal_is_not_the_opposite_of_hiring_again(of):
    made = of(
        "\nKostria demanded that Arvenia withdraw the dismissal of the drivers.\n\nArvenia will"
        " reinstate the drivers only if Kostria opens the bridge.\n"
    )
    assert not [option for option, _ in conditions(made) if option.startswith("not ")]
    assert detente.deadlock(made.case).verdict != "impossible"


def test_words_on_which_a_line_rests_are_not_told_as_left_out(of):
    made = of("\nKostria demanded that Arvenia pay the fine. Arvenia rejected the demand.\n")
    assert ("arvenia", "arvenia.pay_fine") in refusals(made)
    assert not [gap for gap in made.gaps if "rejected the demand" in gap.text]
