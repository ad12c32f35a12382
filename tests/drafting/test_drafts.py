"""Drafts of invented disputes: what must be in them was decided by hand from the reports."""

from __future__ import annotations

import pytest

import detente
from detente.case.check import check
from detente.english.deeds import deed
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
def test_every_line_is_cited_or_says_that_it_is_inferred_and_is_marked(name):
    case = drafted(name).case
    assert case.draft
    lines = [*case.conditions, *case.refusals, *case.infeasible]
    lines += [s for p in case.parties for s in p.preferences.statements]
    assert all(line.basis.draft for line in lines)
    assert all(line.basis.cite or line.basis.note.startswith("Inferred") for line in lines)
    assert not [p for p in check(case) if p.severity == "error"]


@pytest.mark.parametrize("name", ALL)
def test_labels_are_verb_phrases(name):
    # not "Accept Armenia amended its constitution": the realizer knows each as a verb phrase
    bad = [o.label for _, o in drafted(name).case.options if not deed(o.label).known]
    assert bad == []


@pytest.mark.parametrize("name", ALL)
def test_only_those_who_have_to_sit_down_may_talk(name):
    case = drafted(name).case
    talking = {p.name for p in case.parties if any(o.name == "talk" for o in p.options)}
    assert talking == set(case.talks)
    assert ("talks" in case.outcome_named) == bool(case.talks)
    assert (case.target is not None) == bool(case.talks)


def test_the_dam():
    made = drafted("dam")
    assert [r.duplicate_kind for r in made.reports] == ["truncated", None, None]
    assert list(labels(made))[:2] == ["Arvenia", "Kostria"]
    assert made.case.mediators == ("Union of Lakes",)
    assert {
        ("arvenia.talk", "kostria.halt_filling"),
        ("kostria.talk", "arvenia.withdraw_troop"),
    } <= conditions(made)
    assert ("kostria", "kostria.halt_filling") in refusals(made)
    assert ("arvenia", "arvenia.withdraw_troop") in refusals(made)
    assert ("arvenia", "arvenia.lift_embargo") in refusals(made)
    assert made.case.as_of.isoformat() == "2022-03-09"
    assert detente.deadlock(made.case).verdict == "deadlock"


def test_a_threat_of_force_is_a_war_that_nobody_talks_through():
    case = drafted("dam").case
    assert str(case.outcome_named["war"].formula).count("bomb_dam") == 1
    (option,) = [o for p, o in case.options if o.name == "bomb_dam"]
    assert option.irreversible
    assert len(case.infeasible) == 1


def test_own_refusals_come_before_demands():
    order = wishes(drafted("dam"), "kostria")
    assert order.index("not kostria.halt_filling") < order.index("arvenia.withdraw_troop")


def test_what_is_done_is_so_today_and_what_is_asked_is_not():
    case = drafted("dam").case
    today = dict(zip(case.option_names, case.status_quo, strict=True))
    assert today["arvenia.suspend_export"] == 1
    assert today["arvenia.deploy_battalion"] == 1
    assert today["arvenia.withdraw_troop"] == 0
    assert today["arvenia.bomb_dam"] == 0


def test_the_fishery():
    made = drafted("fishery")
    assert ("westmark.lift_ban", "ostmark.recall_trawler") in conditions(made)
    assert ("westmark", "westmark.release_captain") in refusals(made)


def test_the_growers():
    made = drafted("growers")
    assert set(labels(made)) == {"Norvik Foods", "Growers' Cooperative"}
    assert conditions(made) == {
        ("growers_cooperative.deliver_crate", "norvik_foods.raise_price"),
        ("growers_cooperative.lift_blockade", "norvik_foods.withdraw_lawsuit"),
        ("growers_cooperative.settle", "norvik_foods.pay_cent"),  # demanded, and refused
    }
    assert ("norvik_foods", "norvik_foods.withdraw_lawsuit") in refusals(made)


def test_the_rebels():
    made = drafted("rebels")
    assert conditions(made) == {("government.release_prisoner", "rebels.lay_down_arm")}
    assert ("rebels", "rebels.lay_down_arm") in refusals(made)
    assert detente.deadlock(made.case).verdict == "deadlock"


def test_the_bid():
    made = drafted("bid")
    assert "Guarantee all jobs" in labels(made)["Tanaris"]
    assert ("tanaris", "tanaris.raise_offer") in refusals(made)


def test_gaps_stand_in_the_case_as_comments():
    made = drafted("strike")
    top = made.text.partition("\ntitle:")[0]
    assert all(line.startswith("#") for line in top.splitlines() if line)
    flat = " ".join(top.replace("\n#", " ").split())
    assert all(" ".join(gap.text.split()) in flat for gap in made.gaps)


def of(tmp_path, *texts, **more):
    for k, text in enumerate(texts):
        (tmp_path / f"{k}.txt").write_text(text, "utf-8")
    return detente.draft(tmp_path, **more)


def test_a_title_of_ones_own(tmp_path):
    text = "Spain demanded that Malta lift the ban. Malta rejected the demand."
    assert of(tmp_path, text, title="A <b>ban</b>").case.title == "A <b>ban</b>"


def test_a_demand_and_its_refusal_are_one_option_from_both_ends(tmp_path):
    made = of(
        tmp_path,
        "Brazil demanded that France withdraw its troops from the valley. France refused to pull"
        " back its soldiers. France demanded that Brazil reopen the port.",
    )
    assert labels(made)["France"] == ["Sit down to talk", "Pull back its soldiers"]
    assert refusals(made) == {("france", wishes(made, "brazil")[0])}


def test_a_dropped_demand_is_told_and_is_no_wish(tmp_path):
    made = of(
        tmp_path,
        "2024-03-01\n\nBrazil demanded that France pay for the harvest. Brazil demanded that"
        " France withdraw its troops. France refused to withdraw its troops. France demanded"
        " that Brazil reopen the port.",
        "2024-03-05\n\nBrazil no longer insists that France pay for the harvest.",
    )
    assert any("harvest" in g.text for g in made.gaps if g.kind == "dropped")
    assert not [w for w in wishes(made, "brazil") if "harvest" in w]


def test_one_wire_under_two_names_is_one_witness(tmp_path):
    said = "Brazil demanded that France withdraw its troops. "
    both = "France refused to withdraw its troops. France demanded that Brazil reopen the port."
    alone = of(tmp_path, said + both).case
    again = "The weather was fine in the capital on that day, and the markets were open. " + said
    more = of(tmp_path, said + both, again + "Nobody was hurt in the storm at the coast.").case
    told = [r.firmness for r in more.refusals]
    assert told == [r.firmness for r in alone.refusals]
    assert told
    assert set(told) == {1}
