"""Steps that reports tie together become rules of the case, and never of what is so already."""

from __future__ import annotations

from dataclasses import replace

import pytest

import detente
from detente.case.formula import to_text
from detente.drafting.evidence import Evidence
from detente.drafting.grounds import Grounds
from detente.drafting.likeness import likeness
from detente.drafting.positions import Reader
from detente.reading.acts import Act
from detente.reading.claims import Claim
from detente.reading.lexicon import load
from detente.reading.paragraphs import Span
from draft_samples import conditions, labels

BEFORE = (
    "Arvenia demanded that Kostria halt the filling of the reservoir. Kostria demanded that Arvenia"
    " withdraw its troops from the canal. "
)


def rules(tmp_path, text):
    (tmp_path / "a.txt").write_text(BEFORE + text, "utf-8")
    made = detente.draft(tmp_path)
    return made, {to_text(r.formula): r.basis for r in made.case.infeasible}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        # a step of its own that it waits for is nothing that it asks of another
        (
            "Kostria will publish the figures only after it has drained the upper basin, its"
            " energy minister, Piet Oran, said.",
            "kostria.publish_figure and not kostria.drain_basin",
        ),
        (
            "Kostria said it would first release the crews and then reopen the port.",
            "kostria.reopen_port and not kostria.release_crew",
        ),
    ],
)
def test_a_step_that_waits_for_another_of_its_party_is_a_rule(tmp_path, text, rule):
    made, found = rules(tmp_path, text)
    assert set(found) == {rule}
    (basis,) = found.values()
    assert basis.draft
    assert basis.cite
    assert not basis.note
    assert conditions(made) == set()
    assert len(labels(made)["Arvenia"]) == 2  # nothing of it is asked of the other


def test_two_steps_at_once_wait_for_each_other(tmp_path):
    _, found = rules(
        tmp_path, "Kostria will simultaneously release the divers and return their boats."
    )
    assert set(found) == {
        "kostria.release_diver and not kostria.return_boat",
        "kostria.return_boat and not kostria.release_diver",
    }


def test_steps_of_both_that_somebody_else_ties_are_no_bargain_and_say_whose_words_they_are():
    troops = Act("Arvenia", "withdraw", "withdraw its troops", ("troop",), frozenset({"troop"}))
    sluices = Act("Kostria", "open", "open the sluices", ("sluice",), frozenset({"sluice"}))
    where = (Span(0, 9),)
    told = Claim(
        "1", "a", "condition", "Union of Lakes", None, None, False, None, None, where, "the plan"
    )
    told = replace(told, act=sluices, bound=troops)
    like = likeness(load())
    (tie,) = Reader(like, frozenset({"Arvenia", "Kostria"}), {}, [told]).read()
    assert (tie.sort, tie.deed.agent, tie.need and tie.need.agent) == ("tie", "Arvenia", "Kostria")
    grounds = Grounds([tie])
    assert grounds.basis(Evidence(lambda _: "the plan of the Union of Lakes")).note == (
        "Said of it by Union of Lakes."
    )


def test_what_has_come_about_otherwise_no_rule_forbids(tmp_path):
    _, found = rules(
        tmp_path,
        "Kostria will reopen the port only after it has released the crews. Kostria reopened the"
        " port on Monday. Arvenia demanded that Kostria close the port.",
    )
    assert found == {}


def test_a_bargain_is_a_condition_and_no_rule(tmp_path):
    made, found = rules(
        tmp_path,
        "Kostria will release the crews only if Arvenia withdraws its troops from the canal.",
    )
    assert found == {}
    assert conditions(made) == {("kostria.release_crew", "arvenia.withdraw_troop")}
