"""Renaming, merging, splitting and deleting: laws, on the built-in cases and on a small one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente import gallery
from detente.case import files, joining, rewording, reworking
from detente.case.editing import EditError, edited
from detente.case.formula import OptionIs, OutcomeIs, atoms
from detente.case.lines import lines
from detente.case.write import to_yaml
from detente.writing import CASE_FILE

NAMES = sorted(set(gallery.names()) - {"uruguay-round"})
FEW = ["chicken", "elmira"]
SLOWLY = [name if name in FEW else pytest.param(name, marks=pytest.mark.slow) for name in NAMES]
TEXTS = {name: (gallery.folder(name) / CASE_FILE).read_text("utf-8") for name in NAMES}

SMALL = """\
title: Two sides  # of one thing
parties:
  one:
    options:
      talk: Talk
      arm: {label: Arm, levels: [none, some, many], changes: [[none, some], [some, many]]}
  two: {options: {talk: Talk, quiet: Keep quiet}, aliases: [The second]}
outcomes: {talks: one.talk and two.talk, peace: talks and not one.arm}
infeasible: [one.arm = many and two.quiet]   # a rule
status_quo: [one.arm = some, two.quiet]
preferences:
  one: [peace, {that: "not  one.arm = many", note: "one.arm is a word here"}]
  two:
    - talks if not one.arm = some
    - either: [two.talk, not two.quiet]
conditions: [{id: c, party: two, option: two.talk, needs: not one.arm}]
refusals: [{party: one, refuses: two.quiet}]
talks: [one, two]
risk: {danger: one.arm = many, misstep: {one: 0.1, two: 0.2}}
target: peace
"""


def case_of(text):
    return files.parse(text, file="case.yaml", name="case").case


def after(text, edits):
    new = edited(text, edits)
    return new, case_of(new)


def mapped(case, old, new):
    """The case written out, with one name for another in every place where a name may stand."""
    return to_yaml(case).replace(old, new)


@pytest.mark.parametrize("name", SLOWLY)
def test_a_party_renamed_and_renamed_back_is_the_same_file(name):
    text = TEXTS[name]
    for party in case_of(text).party_names:
        renamed, case = after(text, reworking.rename_party(rewording.plain(text), party, "zzz"))
        assert party not in case.party_names
        assert case.shape == case_of(text).shape
        back, again = after(renamed, reworking.rename_party(rewording.plain(renamed), "zzz", party))
        assert to_yaml(again) == to_yaml(case_of(text))
        assert back == text or name not in ("korea-2018", "korea-2017", "elmira")


@pytest.mark.parametrize("name", SLOWLY)
def test_a_renamed_option_is_the_same_option_everywhere(name):
    text = TEXTS[name]
    case = case_of(text)
    party, option = case.options[-1]
    edits = reworking.rename_option(rewording.plain(text), party.name, option.name, "zzz")
    _, renamed = after(text, edits)
    was = [str(line.formulas).replace(f"option='{option.name}'", "zzz") for line in lines(case)]
    now = [str(line.formulas).replace("option='zzz'", "zzz") for line in lines(renamed)]
    others = [o for p, o in case.options if o.name == option.name and p != party]
    if not others:
        assert now == was
    assert renamed.status_quo == case.status_quo


def test_what_an_author_wrote_around_a_name_stays():
    raw = rewording.plain(SMALL)
    text, case = after(SMALL, reworking.rename_option(raw, "one", "arm", "rearm"))
    assert "title: Two sides  # of one thing" in text
    assert "# a rule" in text
    assert "not  one.rearm = many" in text
    assert "one.arm is a word here" in text
    assert case.party("one").options[1].name == "rearm"


def test_a_level_is_renamed_in_formulas_and_changes():
    raw = rewording.plain(SMALL)
    text, case = after(SMALL, reworking.rename_level(raw, "one", "arm", "some", "few"))
    assert case.party("one").options[1].levels == ("none", "few", "many")
    assert "some" not in text.replace("something", "")
    assert case.party("one").options[1].changes == case_of(SMALL).party("one").options[1].changes


def test_an_outcome_is_renamed_where_it_is_used():
    _, case = after(SMALL, reworking.rename_outcome(rewording.plain(SMALL), "peace", "calm"))
    assert case.target == OutcomeIs("calm")
    assert "peace" not in str(list(lines(case)))


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda raw: reworking.rename_party(raw, "one", "two"), "there already"),
        (lambda raw: reworking.rename_party(raw, "one", "no way"), "cannot name"),
        (lambda raw: reworking.rename_option(raw, "two", "talk", "quiet"), "there already"),
        (lambda raw: reworking.rename_level(raw, "one", "talk", "yes", "so"), "no level 'yes'"),
    ],
)
def test_what_cannot_be_called_so_is_told(make, told):
    with pytest.raises(EditError, match=told):
        make(rewording.plain(SMALL))


def test_dependants_follow_outcomes():
    found = {line.path for line in reworking.dependants(case_of(SMALL), {("two", "talk")})}
    assert ("outcomes", "talks") in found
    assert ("outcomes", "peace") in found  # it builds on talks
    assert ("preferences", "one", 0) in found  # it names peace
    assert ("preferences", "one", 1) not in found
    assert ("target",) in found


@pytest.mark.parametrize("name", SLOWLY)
def test_after_a_deletion_nothing_speaks_of_what_is_gone_and_the_rest_stays(name):
    text = TEXTS[name]
    case = case_of(text)
    if any(line.kind == "group" for line in lines(case)):
        pytest.skip("a ranking names every state; it cannot lose one option")
    for party, option in case.options:
        if len(party.options) == 1 and len(case.options) == 1:
            continue
        edits = reworking.delete_option(case, rewording.plain(text), party.name, option.name)
        _, left = after(text, edits)
        gone = {line.path for line in reworking.dependants(case, {(party.name, option.name)})}
        own = ("parties", party.name, "options", option.name)
        gone |= {line.path for line in lines(case) if line.path[:4] == own}  # its allowed changes
        stays = [line.said for line in lines(case) if line.path not in gone]
        assert [line.said for line in lines(left)] == stays
        for line in lines(left):
            for formula in line.formulas:
                assert OptionIs(party.name, option.name) not in set(atoms(formula))


def test_a_party_goes_with_its_lines_and_those_that_speak_of_it():
    case = case_of(SMALL)
    _, left = after(SMALL, reworking.delete_party(case, rewording.plain(SMALL), "two"))
    assert left.party_names == ("one",)
    assert not left.conditions
    assert not left.refusals
    assert [line.said for line in lines(left) if line.kind == "statement"] == ["not one.arm = many"]


def test_two_options_are_one_and_levels_match_by_place():
    case = case_of(SMALL)
    edits = joining.merge_options(case, rewording.plain(SMALL), "two", "talk", "quiet")
    _, one = after(SMALL, edits)
    assert one.option_names == ("one.talk", "one.arm", "two.talk")
    assert one.status_quo == (0, 1, 1)  # quiet stood at yes, talk at nothing
    assert one.refusals[0].refuses == OptionIs("two", "talk")


def test_options_of_different_levels_are_not_merged():
    case = case_of(SMALL)
    with pytest.raises(EditError, match="2 levels and 'Arm' 3"):
        joining.merge_options(case, rewording.plain(SMALL), "one", "talk", "arm")


def test_a_split_option_means_either_and_stands_where_it_stood():
    case = case_of(SMALL)
    raw = rewording.plain(SMALL)
    _, split = after(SMALL, joining.split_option(case, raw, "one", "arm", "drill", "Drill"))
    assert split.option_names == ("one.talk", "one.arm", "one.drill", "two.talk", "two.quiet")
    assert split.status_quo == (0, 1, 1, 0, 1)
    assert split.party("one").options[2].levels == ("none", "some", "many")
    assert split.party("one").options[2].changes == case.party("one").options[1].changes
    told = [line.said for line in lines(split)]
    assert "not (one.arm = many or one.drill = many)" in told


def test_parties_merged_want_what_both_wanted():
    case = case_of(SMALL)
    _, one = after(SMALL, joining.merge_parties(case, rewording.plain(SMALL), "one", "two"))
    assert one.party_names == ("one",)
    assert one.option_names == ("one.talk", "one.arm", "one.two_talk", "one.quiet")
    assert one.status_quo == (0, 1, 0, 1)
    assert len(one.party("one").preferences.statements) == 5
    assert one.party("one").aliases == ("Two", "The second")
    assert {said.party for said in (*one.conditions, *one.refusals)} == {"one"}


def test_a_split_party_takes_its_options_and_words_with_it():
    case = case_of(SMALL)
    raw = rewording.plain(SMALL)
    edits = joining.split_party(case, raw, "two", "three", "The third", ["talk"])
    _, split = after(SMALL, edits)
    assert split.option_names == ("one.talk", "one.arm", "two.quiet", "three.talk")
    assert split.conditions[0].party == "three"
    assert len(split.party("three").preferences.statements) == 3
    assert split.outcomes[0].formula.operands[1] == OptionIs("three", "talk")


@settings(max_examples=10, deadline=None)
@given(st.sampled_from(FEW), st.data())
def test_new_names_change_no_array(name, data):
    """Renaming changes nothing but names: every level, rank and rule is the same."""
    text = TEXTS[name]
    case = case_of(text)
    party = data.draw(st.sampled_from(case.party_names))
    _, renamed = after(text, reworking.rename_party(rewording.plain(text), party, "zzz"))
    assert renamed.shape == case.shape
    assert renamed.status_quo == case.status_quo
    back = {"zzz": party}
    names = [back.get(p, p) for p in renamed.party_names]
    assert names == list(case.party_names)
    bare = [replace(p, name="", preferences=None, readings=()) for p in case.parties]
    assert [replace(p, name="", preferences=None, readings=()) for p in renamed.parties] == [
        replace(one, label=now.label) for one, now in zip(bare, renamed.parties, strict=True)
    ]


SEEN = """\
title: Two sides and a third
parties:
  one:
    options:
      talk: Talk
      arm: {label: Arm, levels: [none, some, many], changes: [{to: some, if: not two.talk}]}
  two: {options: {talk: Talk, hold: Hold}}
  three: {options: {host: Host}}
equivalent: [one.talk and two.talk, {that: three.host and two.talk, note: so it is}]
status_quo: one.arm = some
preferences:
  one: [two.talk, {either: [not one.arm = many, three.host]}]
  two: {readings: {hard: [not one.talk], soft: [one.talk, two.talk]}}
  three: {weights: {"two.talk  and one.talk": 3, one.arm: 1}}
views:
  one: {two: {preferences: [not one.talk, one.arm = some]}, unaware: [three.host, two.hold]}
  three: {one: {preferences: [one.arm]}, two: {preferences: [two.talk]}}
attitudes: {one: {two: -1}, three: {one: 1, two: 0}}
positions:
  one: {two.talk: "yes", one.arm: some}   # as it says
  two: {one.arm: none, three.host: "yes"}
intentions: {one.arm: many, two.hold: "yes"}
doubts: [{party: two, option: one.arm}, {party: three, option: two.talk}]
risk: {danger: one.arm = many, what_if: three.host}
"""


def seen(make):
    return after(SEEN, make(rewording.plain(SEEN)))


def test_a_renamed_option_is_renamed_in_what_parties_see_and_stand_for():
    text, case = seen(lambda raw: reworking.rename_option(raw, "one", "arm", "rearm"))
    assert "one.arm" not in text
    assert "# as it says" in text
    assert to_yaml(case) == mapped(case_of(SEEN), "arm:", "rearm:").replace("one.arm", "one.rearm")


def test_a_renamed_party_is_renamed_in_what_parties_see_and_stand_for():
    text, case = seen(lambda raw: reworking.rename_party(raw, "two", "second"))
    assert "two:" not in text.replace("title: Two", "")
    assert "two." not in text
    assert [v.party for v in case.views] == ["one", "three"]
    assert [b.party for b in case.views[1].beliefs] == ["one", "second"]
    assert ("three", "second", 0) in case.attitudes
    assert [d.party for d in case.doubts] == ["second", "three"]
    _, back = after(text, reworking.rename_party(rewording.plain(text), "second", "two"))
    assert to_yaml(back) == to_yaml(case_of(SEEN))


def test_a_renamed_level_is_renamed_in_positions_and_intentions():
    text, case = seen(lambda raw: reworking.rename_level(raw, "one", "arm", "many", "lots"))
    assert "many" not in text
    assert case.intentions[0].level == 2


@pytest.mark.parametrize("option", ["one.talk", "one.arm", "two.talk", "two.hold", "three.host"])
def test_a_deleted_option_is_gone_from_what_parties_see_and_stand_for(option):
    party, _, name = option.partition(".")
    case = case_of(SEEN)
    raw = rewording.plain(SEEN)
    text, left = after(SEEN, reworking.delete_option(case, raw, party, name))
    assert option not in text
    stays = [s for s in case.positions if s.option != (party, name)]
    assert [(s.party, s.option, s.level) for s in left.positions] == [
        (s.party, s.option, s.level) for s in stays
    ]


@pytest.mark.parametrize("party", ["one", "two", "three"])
def test_a_deleted_party_is_gone_from_what_parties_see_and_stand_for(party):
    text, left = after(SEEN, reworking.delete_party(case_of(SEEN), rewording.plain(SEEN), party))
    assert party not in left.party_names
    assert f"{party}." not in text
    assert f"{party}:" not in text


def test_a_way_past_the_end_of_a_list_leads_nowhere():
    held = [rewording.held_at({"talks": ["one", "two"]}, ("talks", k)) for k in range(4)]
    assert held == ["one", "two", {}, {}]


def test_of_wishes_in_any_order_one_left_alone_is_a_wish():
    case, raw = case_of(SEEN), rewording.plain(SEEN)
    _, left = after(SEEN, reworking.delete_option(case, raw, "three", "host"))
    assert [w.formula for w in left.party("one").preferences.statements] == [
        w.formula for w in case.party("one").preferences.statements[:2]
    ]
    assert not any("either" in step for step in left.party("one").preferences.steps)


def test_a_split_option_is_two_in_what_parties_see_and_stand_for():
    make = lambda raw: joining.split_option(case_of(SEEN), raw, "one", "arm", "fly", "Fly")  # noqa: E731
    _, case = seen(make)
    both = [("one", "arm"), ("one", "fly")]
    stands = [(s.option, s.level) for s in case.positions if s.party == "two"]
    assert stands == [(both[0], 0), (("three", "host"), 1), (both[1], 0)]
    assert {d.option for d in case.doubts if d.party == "two"} == set(both)
    assert {s.option for s in case.intentions} == {*both, ("two", "hold")}
    assert case.status_quo[:3] == (0, 1, 1)


def test_of_two_options_made_one_the_first_stance_counts():
    make = lambda raw: joining.merge_options(case_of(SEEN), raw, "two", "talk", "hold")  # noqa: E731
    text, case = seen(make)
    assert "two.hold" not in text
    assert case.views[0].unaware == (("three", "host"), ("two", "talk"))
    assert {s.option for s in case.intentions} == {("one", "arm"), ("two", "talk")}


def test_two_parties_made_one_see_and_are_seen_as_one():
    text = SEEN.replace("{readings: {hard: [not one.talk], soft: [one.talk, two.talk]}}", "[]")
    case, raw = case_of(text), rewording.plain(text)
    made, left = after(text, joining.merge_parties(case, raw, "one", "two"))
    assert "two." not in made
    assert {v.party: [b.party for b in v.beliefs] for v in left.views} == {
        "one": [],
        "three": ["one"],
    }
    assert left.views[0].unaware == (("three", "host"),)
    assert left.attitudes == (("three", "one", 1),)
    one = {s.option: s.level for s in left.positions if s.party == "one"}
    assert one == {("one", "two_talk"): 1, ("one", "arm"): 1, ("three", "host"): 1}
    assert [d.party for d in left.doubts] == ["three"]


def test_options_that_a_party_takes_with_it_are_its_own_everywhere():
    make = lambda raw: joining.split_party(case_of(SEEN), raw, "one", "army", "Army", ["arm"])  # noqa: E731
    text, case = seen(make)
    assert "one.arm" not in text
    assert {s.option for s in case.intentions} == {("army", "arm"), ("two", "hold")}
    assert next(d.option for d in case.doubts) == ("army", "arm")
