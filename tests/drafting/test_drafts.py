"""Drafts of invented disputes: what must be in them was decided by hand from the reports."""

from __future__ import annotations

from pathlib import Path

import pytest

import detente
from detente.case import formula as fm
from detente.case.check import check
from detente.case.formula import to_text
from draft_samples import conditions, drafted, labels, refusals, wishes

ALL = [
    "dam",
    "hospital",
    "fishery",
    "growers",
    "rebels",
    "buses",
    "bid",
    "strike",
    "trade",
    "border",
]


@pytest.mark.parametrize("name", ALL)
def test_every_line_is_cited_or_called_an_assumption_and_marked(name):
    case = drafted(name).case
    assert case.draft
    lines = [*case.conditions, *case.refusals, *case.infeasible]
    lines += [s for p in case.parties for s in p.preferences.statements]
    assert lines
    assert all(line.basis.draft for line in lines)
    assert all(line.basis.cite or line.basis.note.startswith("Assumed") for line in lines)
    assert not [p for p in check(case) if p.severity == "error"]


@pytest.mark.parametrize("name", ALL)
def test_every_party_may_talk(name):
    case = drafted(name).case
    assert all(p.options[0].name == "talk" for p in case.parties)
    assert "talks" in case.outcome_named


def test_the_dam():
    made = drafted("dam")
    assert [r.duplicate_kind for r in made.reports] == ["truncated", None, None]
    assert list(labels(made)) == ["Arvenia", "Kostria", "Union of Lakes"]
    assert conditions(made) == {
        ("arvenia.talk", "kostria.stop_filling"),
        ("arvenia.talk", "kostria.open_gates"),
        ("kostria.talk", "arvenia.withdraw_troops"),
    }
    assert ("kostria", "kostria.stop_filling") in refusals(made)
    assert ("arvenia", "arvenia.withdraw_troops") in refusals(made)
    assert ("arvenia", "arvenia.lift_embargo") in refusals(made)
    assert made.case.as_of.isoformat() == "2022-03-09"


def test_one_deed_in_two_reports_is_one_option():
    made = drafted("dam")
    (filling,) = [c for c in made.case.conditions if "filling" in str(c.needs)]
    (troops,) = [c for c in made.case.conditions if "troops" in str(c.needs)]
    assert {cite.report for cite in troops.basis.cite} == {"first", "second"}
    assert troops.firmness == 2
    assert filling.firmness == 1  # said as a condition once, then as a plain demand
    options = [label for labels_ in labels(made).values() for label in labels_]
    assert sum("filling" in label for label in options) == 1


def test_a_threat_of_force_is_a_war_that_nobody_talks_through():
    case = drafted("dam").case
    assert str(case.outcome_named["war"].formula).count("bomb_dam") == 1
    (option,) = [o for p, o in case.options if o.name == "bomb_dam"]
    assert option.irreversible
    assert len(case.infeasible) == 1
    assert "Kostria" not in str(case.infeasible)


def test_own_refusals_come_before_demands_and_these_before_offers():
    order = wishes(drafted("dam"), "kostria")
    assert order.index("not kostria.stop_filling") < order.index("arvenia.withdraw_troops")
    assert order.index("arvenia.withdraw_troops") < order.index("talks")


def test_what_is_done_is_so_today():
    case = drafted("dam").case
    today = dict(zip(case.option_names, case.status_quo, strict=True))
    assert today["arvenia.suspend_exports"] == 1
    assert today["arvenia.deploy_battalions"] == 1
    assert today["arvenia.withdraw_troops"] == 0  # asked for, not done
    assert today["arvenia.bomb_dam"] == 0


def test_the_hospital():
    made = drafted("hospital")
    assert set(labels(made)) == {"St Brigid's Hospital", "Nurses' union", "Health ministry"}
    assert ("st_brigid_s_hospital.talk", "nurses_union.end_strike") in conditions(made)
    assert ("nurses_union", "nurses_union.end_strike") in refusals(made)
    assert ("st_brigid_s_hospital", "st_brigid_s_hospital.reinstate_nurses") in refusals(made)
    knots = detente.deadlock(made.case).knots
    assert any(len(knot) == 2 for knot in knots)


def test_the_fishery():
    made = drafted("fishery")
    assert conditions(made) == {
        ("westmark.lift_ban", "ostmark.recall_trawlers"),
        ("ostmark.talk", "westmark.free_captains"),
    }
    assert refusals(made) == {
        ("ostmark", "ostmark.recall_trawlers"),
        ("westmark", "westmark.free_captains"),
    }
    found = detente.deadlock(made.case)
    assert found.verdict == "deadlock"
    assert len(found.knots) == 1
    assert detente.deadlock(made.case, "settlement").verdict == "deadlock"


def test_the_growers():
    made = drafted("growers")
    assert set(labels(made)) == {"Norvik Foods", "Growers' Cooperative"}
    assert conditions(made) == {
        ("growers_cooperative.deliver_crate", "norvik_foods.raise_price"),
        ("growers_cooperative.lift_blockade", "norvik_foods.withdraw_lawsuit"),
    }
    assert refusals(made) == {
        ("norvik_foods", "norvik_foods.pay_kilo"),
        ("norvik_foods", "norvik_foods.withdraw_lawsuit"),
    }
    pay = {o.label for p, o in made.case.options if o.name.startswith("pay_")}
    assert pay == {"Pay 40 cents a kilo", "Pay 32 cents"}  # two prices, two options
    (refused,) = [r for r in made.case.refusals if "pay" in to_text(r.refuses)]
    assert labels(made)["Norvik Foods"].index("Pay 40 cents a kilo") < 3
    assert "rejected the demand" in refused.basis.cite[0].quote


def test_the_rebels():
    made = drafted("rebels")
    assert conditions(made) == {("government.release_prisoners", "rebels.lay_arms")}
    assert ("government", "government.release_prisoners") in refusals(made)
    assert ("rebels", "rebels.lay_arms") in refusals(made)
    assert "Withdraw the army from the city" in labels(made)["Government"]
    found = detente.deadlock(made.case, "settlement")
    assert found.verdict == "deadlock"
    assert {found.said(name).party for name in found.knots[-1]} <= {"government", "rebels"}


def test_the_buses():
    made = drafted("buses")
    assert conditions(made) == {("bus_drivers_union.talk", "metroline.reinstate_drivers")}
    assert ("metroline", "metroline.reinstate_drivers") in refusals(made)
    assert ("metroline", "metroline.raise_wages") in refusals(made)
    (bound,) = made.case.conditions
    assert "only if the suspended drivers are reinstated" in bound.basis.cite[0].quote
    assert detente.deadlock(made.case).verdict == "deadlock"
    assert "End the contract with MetroLine" in labels(made)["Council"]


def test_the_bid():
    made = drafted("bid")
    assert ("steelworkers.back_deal", "tanaris_corp.guarantee_jobs") in conditions(made)
    assert ("belmont_steel_s_board.talk", "tanaris_corp.raise_offer") in conditions(made)
    assert "tanaris_corp.go_shareholders if not belmont_steel_s_board.drop_pill" in wishes(
        made, "tanaris_corp"
    )


def test_talks_shut_as_long_as_something_is_done(tmp_path):
    text = (
        "France has banned Spanish boats, officials said. “There is nothing to negotiate as long as"
        " our fishermen are shut out,” Spanish Minister Ana Ruiz said. France rejected the demand."
    )
    (tmp_path / "a.txt").write_text(text, "utf-8")
    made = detente.draft(tmp_path)
    assert ("spain.talk", "not france.shut_fishermen") in conditions(made)


def test_without_conditions_for_talks_a_settlement_is_the_target():
    made = detente.draft(Path(__file__).parents[1] / "reading/samples/dam.txt")
    assert made.case.target == fm.OutcomeIs("settlement")
    assert detente.deadlock(made.case).knots == (("c1", "r1"),)


def test_a_threat_bound_by_unless_is_kept_up_and_no_condition():
    made = drafted("trade")
    assert conditions(made) == set()
    assert "freedonia.retaliate_duties if united_states.impose_tariffs" in wishes(made, "freedonia")
    assert "not united_states.impose_tariffs" in wishes(made, "freedonia")


def test_a_threat_carried_out_is_the_danger():
    case = drafted("hospital").case
    assert to_text(case.outcome_named["escalation"].formula) == "nurses_union.extend_strike"
    assert to_text(case.risk.danger.formula) == "escalation and not talks"
    assert detente.risk(case).base is not None  # danger and goal do not overlap
    assert drafted("dam").case.risk.danger is None  # war is the danger without being named


def test_an_announced_deed_is_not_done_yet():
    case = drafted("trade").case
    today = dict(zip(case.option_names, case.status_quo, strict=True))
    assert today["united_states.impose_tariffs"] == 0
    assert today["european_union.support_complaint"] == 1


def test_what_is_missing_is_told():
    kinds = {gap.kind for gap in drafted("trade").gaps}
    assert {"conditions", "refusals", "meaning", "dates"} <= kinds
    assert any("consequences" in gap.text for gap in drafted("trade").gaps)
    assert any("taken as asked of" in gap.text for gap in drafted("strike").gaps)
    assert any("Ellen Brandt" in gap.text for gap in drafted("strike").gaps)


def test_gaps_stand_in_the_case_as_comments():
    made = drafted("strike")
    top = made.text.partition("\ntitle:")[0]
    assert all(line.startswith("#") for line in top.splitlines() if line)
    flat = " ".join(top.replace("\n#", " ").split())
    assert all(" ".join(gap.text.split()) in flat for gap in made.gaps)


def test_a_title_of_ones_own(tmp_path):
    (tmp_path / "a.txt").write_text(
        "Spain demanded that Malta lift the ban. Malta rejected the demand.", "utf-8"
    )
    assert detente.draft(tmp_path, title="A <b>ban</b>").case.title == "A <b>ban</b>"
    assert detente.draft(tmp_path / "a.txt").case.title == "Malta and Spain"


def test_many_demands_keep_the_weightier(tmp_path):
    things = ["boats", "trucks", "cranes", "maps", "books", "seals", "coins", "masks", "lamps"]
    things += ["drums", "flags", "tents", "pipes", "wires", "bells", "clocks", "desks", "wheels"]
    text = " ".join(f"Spain demanded that Malta return the {thing}." for thing in things)
    (tmp_path / "a.txt").write_text(f"{text} Malta refused to return the wheels.", "utf-8")
    made = detente.draft(tmp_path)
    assert len(made.case.options) == 14
    assert ("malta", "malta.return_wheels") in refusals(made)
    (gap,) = [gap for gap in made.gaps if gap.text.startswith("Left out")]
    assert "and 0 more" not in gap.text
