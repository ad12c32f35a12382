"""Degrees of one thing are levels of one option; what is denied or corrected is neither."""

from __future__ import annotations

import detente
from detente.case.check import check
from draft_samples import conditions, refusals, wishes

BEFORE = "Arvenia demanded that Kostria withdraw its troops from the canal. "
EASED = (
    "Kostria demanded that Arvenia lift the embargo on fuel. Arvenia offered to ease the embargo on"
    " fuel.\n\nKostria will withdraw its troops from the canal only if Arvenia suspends the embargo"
    " on fuel."
)


def case(tmp_path, *texts):
    for k, text in enumerate(texts):
        (tmp_path / f"{k}.txt").write_text(text, "utf-8")
    return detente.draft(tmp_path)


def test_degrees_are_levels_each_with_its_deed_and_asked_at_least(tmp_path):
    made = case(tmp_path, BEFORE + EASED)
    option = next(o for o in made.case.party("arvenia").options if o.name == "lift_embargo")
    assert option.levels == ("no", "ease", "suspend", "lift")
    assert option.deeds[1:] == tuple(f"{v} the embargo on fuel" for v in option.levels[1:])
    assert option.label == "Lift the embargo on fuel"
    far = "arvenia.lift_embargo = suspend or arvenia.lift_embargo = lift"
    assert conditions(made) == {("kostria.withdraw_troop", far)}
    assert wishes(made, "kostria") == [far, "arvenia.lift_embargo = lift"]
    assert wishes(made, "arvenia")[-1] == "arvenia.lift_embargo"
    assert not [p for p in check(made.case) if p.severity == "error"]


def test_today_stands_at_the_level_that_was_reached(tmp_path):
    done = " Arvenia suspended the embargo on fuel on Monday."
    made = case(tmp_path, BEFORE + EASED + done)
    today = dict(zip(made.case.option_names, made.case.status_quo, strict=True))
    assert today["arvenia.lift_embargo"] == 2
    again = detente.load(made.save(tmp_path / "case"))
    assert again.status_quo == made.case.status_quo
    assert again.parties == made.case.parties


def test_one_degree_alone_is_done_or_left(tmp_path):
    made = case(tmp_path, BEFORE + "Kostria demanded that Arvenia ease the embargo on fuel.")
    option = next(o for o in made.case.party("arvenia").options if o.name == "ease_embargo")
    assert option.levels == ("no", "yes")


def test_a_denied_deed_is_no_status_quo(tmp_path):
    said = BEFORE + "Kostria demanded that Arvenia close the pipeline. "
    told = said + "Arvenia has closed the pipeline, Kostria said."
    (tmp_path / "one").mkdir()
    made = case(tmp_path / "one", told)
    today = dict(zip(made.case.option_names, made.case.status_quo, strict=True))
    (tmp_path / "two").mkdir()
    denied = case(tmp_path / "two", told + " Arvenia denied that it had closed the pipeline.")
    after = dict(zip(denied.case.option_names, denied.case.status_quo, strict=True))
    assert (today["arvenia.close_pipeline"], after["arvenia.close_pipeline"]) == (1, 0)


def test_a_corrected_sentence_is_not_used(tmp_path):
    first = BEFORE + "Kostria demanded that Arvenia pay 40 million crowns."
    wrong = "Our report of March 1 wrongly said that Kostria demanded that Arvenia pay 40 million"
    texts = (f"2024-03-01\n\n{first}", f"2024-03-02\n\nCORRECTED\n\n{wrong} crowns.")
    assert [o for _, o in case(tmp_path, texts[0]).case.options if "40 million" in o.label]
    made = case(tmp_path, *texts)
    assert not [o.label for _, o in made.case.options if "40 million" in o.label]


def test_what_is_resumed_is_what_was_suspended_from_the_other_end(tmp_path):
    made = case(
        tmp_path,
        BEFORE + "Arvenia suspended grain exports to Kostria. Kostria demanded that Arvenia resume"
        " grain exports. Arvenia refused to resume the exports.",
    )
    options = [o.name for o in made.case.party("arvenia").options]
    assert options == ["talk", "suspend_export"]
    assert wishes(made, "kostria")[-1] == "not arvenia.suspend_export"
    assert refusals(made) == {("arvenia", "not arvenia.suspend_export")}
