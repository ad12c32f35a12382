"""Reading and writing ``.gmcr`` files.

The samples were written for these tests. What they should give was worked out by hand from the
format: first option lowest bit, states numbered from 1 among the feasible ones by value.
"""

from __future__ import annotations

import copy
import json
import pickle
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import detente
from detente.case import formula as fm
from detente.case import gmcr
from detente.case.identifiers import identifiers
from detente.case.model import (
    Case,
    Statements,
)
from detente.errors import CaseError
from detente.graph import build

SAMPLES = Path(__file__).parent / "samples"
QUOTA = json.loads((SAMPLES / "quota.gmcr").read_text("utf-8"))
OLD = json.loads((SAMPLES / "old_ranking.gmcr").read_text("utf-8"))


def texts(case: Case, party: str) -> list[str]:
    return [fm.to_text(s.formula) for s in case.party(party).preferences.statements]


def message(text: str) -> str:
    """The error that a text meets, without the file's name."""
    with pytest.raises(CaseError) as caught:
        gmcr.parse(text, file="f")
    assert all(str(p).startswith("f:") for p in caught.value.problems)
    return str(caught.value)


# --- reading ----------------------------------------------------------------------------------


def test_statements_patterns_and_directions():
    loaded = gmcr.read(SAMPLES / "quota.gmcr")
    case = loaded.case
    assert loaded.problems == ()
    assert (case.name, case.title) == ("quota", "quota")
    # The options stand party by party, though the file mixes them.
    assert case.option_names == (
        "fleet_owners.strike",
        "fleet_owners.fish_in_secret",
        "ministry.cut_the_quota",
        "ministry.pay_compensation",
    )
    assert [o.label for _, o in case.options] == [
        "Strike!",
        "Fish in secret",
        "Cut the quota",
        "Pay compensation",
    ]
    assert [o.changes for _, o in case.options] == [None, {(1, 0)}, {(0, 1)}, None]
    assert [fm.to_text(r.formula) for r in case.infeasible] == [
        "not ministry.cut_the_quota and ministry.pay_compensation"
    ]
    assert texts(case, "fleet_owners") == [
        "not ministry.cut_the_quota",
        "fleet_owners.strike and not ministry.pay_compensation"
        " or not fleet_owners.strike and ministry.pay_compensation",
    ]
    assert texts(case, "ministry") == [
        "ministry.cut_the_quota and not fleet_owners.strike",
        "not fleet_owners.fish_in_secret",
    ]


def test_an_old_file_with_a_ranking():
    loaded = gmcr.read(SAMPLES / "old_ranking.gmcr")
    board, other = loaded.case.parties
    assert loaded.problems == ()
    assert [p.name for p in loaded.case.parties] == ["party_2nd_dam_board", "party"]
    assert [p.label for p in loaded.case.parties] == ["2nd Dam Board", "—"]
    assert [o.name for o in board.options] == ["full", "full_2"]
    assert [o.name for o in other.options] == ["if_"]
    # Just one of the first two options holds: the states are YNN, NYN, YNY, NYY in this order.
    ranks = build(loaded.case).ranks[0]
    assert [int(ranks[s]) for s in [(0, 1, 0), (1, 0, 0), (0, 1, 1), (1, 0, 1)]] == [2, 1, 1, 0]
    assert build(loaded.case).n_states == 4


def test_state_numbers_follow_the_options_of_the_file():
    """Swapping who comes first must not change what a number means."""
    other_way = copy.deepcopy(OLD)
    other_way["decisionMakers"].reverse()
    loaded = gmcr.parse(json.dumps(other_way))
    assert [p.severity for p in loaded.problems] == ["warning"]
    assert "in the order of the list" in loaded.problems[0].message
    ranks = build(loaded.case).ranks[1]  # axes: if_, full, full_2
    assert [int(ranks[s]) for s in [(0, 0, 1), (0, 1, 0), (1, 0, 1), (1, 1, 0)]] == [2, 1, 1, 0]


def test_a_ranking_counts_only_where_the_file_says_so():
    unused = copy.deepcopy(OLD)
    unused["useManualPreferenceVectors"] = False
    case = gmcr.parse(json.dumps(unused)).case
    assert case.parties[0].preferences == Statements()

    both = copy.deepcopy(OLD)
    both["decisionMakers"][0]["preferences"] = [[[0, "Y"]]]
    (warning,) = gmcr.parse(json.dumps(both)).problems
    assert warning.severity == "warning"
    assert "1 preference statements were left out" in warning.message


def test_coalitions_are_named_and_left_out():
    together = copy.deepcopy(QUOTA)
    together["coalitions"] = [[0, 1]]
    loaded = gmcr.parse(json.dumps(together))
    (warning,) = loaded.problems
    assert warning.severity == "warning"
    assert "coalition of Fleet owners and Ministry" in warning.message
    assert "--coalition fleet_owners+ministry" in warning.message
    assert loaded.case == gmcr.parse(json.dumps(QUOTA)).case


def test_what_says_nothing_is_left_out_with_a_warning():
    empty = copy.deepcopy(QUOTA)
    empty["decisionMakers"][1]["preferences"] = [[], {"compound": True, "members": []}]
    empty["infeasable"] = []
    loaded = gmcr.parse(json.dumps(empty), file="f")
    assert [str(p) for p in loaded.problems][:3] == [
        "f: warning: the file: the key 'infeasable' is not known and was left out; did you mean "
        "'infeasibles'?",
        "f: warning: decision maker 'Ministry', statement 1: names no option, so it always holds; "
        "it was left out",
        "f: warning: decision maker 'Ministry', statement 2: names no option, so it never holds; "
        "it was left out",
    ]


def test_the_case_is_checked_as_any_other():
    mute = copy.deepcopy(QUOTA)
    mute["decisionMakers"][1]["preferences"] = [[[0, "Y"]]]
    (warning,) = gmcr.parse(json.dumps(mute), file="f").problems
    assert str(warning).startswith(
        "f: warning: nothing is said about the option 'fleet_owners.fish"
    )
    assert message(changed(["infeasibles"], [[[0, "Y"]], [[0, "N"]]])) == (
        "f: the rules 'ministry.cut_the_quota' and 'not ministry.cut_the_quota' together leave no "
        "state; soften or drop one"
    )


def test_names_are_unique_and_usable():
    labels = ["US Support", "us-support", "Us support 2", "NOT", "42", "Überwachung", "²", "  "]
    names = identifiers(labels, "option")
    assert names == (
        "us_support",
        "us_support_2",
        "us_support_2_2",
        "not_",
        "option_42",
        "überwachung",
        "option_2",
        "option",
    )
    for name in names:
        assert fm.parse(f"p.{name}") == fm.OptionIs("p", name)


# --- refusing ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "f:1:1: the file is empty"),
        ("   \n", "the file is empty"),
        ("{", "f:1:2: is not JSON"),
        (json.dumps(QUOTA)[:200], "is not JSON"),
        ("\x00\x01\x02PK\x03", "f:1:1: is not JSON"),
        ("[]", "a .gmcr file is one JSON object"),
        ("[" * 100_000, "nested too deep"),
        ('{"options": ' + '{"a":' * 100_000, "nested too deep"),
        ('{"version": NaN}', "NaN is not a number"),
        ('{"version": -Infinity}', "-Infinity is not a number"),
        ('{"version": ' + "9" * 10_000 + "}", "f: Exceeds the limit"),
        ('{"options": [], "options": []}', "the key 'options' stands twice"),
    ],
    ids=str,
)
def test_text_that_is_no_gmcr_file(text, told):
    assert told in message(text)
    assert "\n" not in message(text)


def changed(where: list[object], value: object, base: object = QUOTA) -> str:
    """The sample with one place changed."""
    data = copy.deepcopy(base)
    spot = data
    for key in where[:-1]:
        spot = spot[key]
    spot[where[-1]] = value
    return json.dumps(data)


US = ["decisionMakers", 0]


@pytest.mark.parametrize(
    ("where", "value", "told"),
    [
        (["options"], {}, "'options' must be a list, not an object"),
        (["options"], None, "'options' is missing"),
        (["options"], [], "'options' is empty"),
        (["options", 0], 7, "option 0 must be an object"),
        (["options", 0, "name"], 7, "option 0: 'name' must be text, not 7"),
        (["options", 0, "name"], "a\u001bb", "option 0: its name 'a\\x1bb' holds control"),
        (["options", 0, "name"], "\ud800", "holds control characters"),
        (["options", 0, "name"], "x" * 200_001, "longer than 200000 characters"),
        (["options", 0, "permittedDirection"], "up", "must be 'both', 'fwd' or 'back', not 'up'"),
        (["options", 0, "permittedDirection"], [1], "must be 'both', 'fwd' or 'back', not [1]"),
        (["options"], [{}] * 1001, "'options' has 1,001 entries; at most 1,000"),
        (["infeasibles"], "none", "'infeasibles' must be a list, not 'none'"),
        (["infeasibles"], [[]], "a pattern that names no option"),
        (["infeasibles"], [[[0, "X"]]], '[0, \'X\'] must be [option, "Y"] or [option, "N"]'),
        (["infeasibles"], [[[0, ["Y"]]]], "a list of 2 must be [option"),
        (["infeasibles"], [[[9, "Y"]]], "9 is no option; the file has 4, counted from 0"),
        (["infeasibles"], [[[-1, "Y"]]], "-1 is no option"),
        (["infeasibles"], [[[True, "Y"]]], "true is no option"),
        (["infeasibles"], [[[0.0, "Y"]]], "0.0 is no option"),
        (["infeasibles"], [[[0, "Y"], [0, "N"]]], "option 0 both taken and not taken"),
        (["decisionMakers"], [], "'decisionMakers' is empty"),
        (US, None, "decision maker 0 must be an object"),
        ([*US, "options"], [], "option 1, 'Strike!': no decision maker has it"),
        ([*US, "options"], [1, 3, 0], "option 0, 'Cut the quota': belongs to 'Fleet owners' and"),
        ([*US, "options"], [1, 3, 3], "must have one owner"),
        ([*US, "options"], [1, 3, 4], "decision maker 'Fleet owners': 4 is no option"),
        ([*US, "preferences"], None, "decision maker 'Fleet owners': 'preferences' is missing"),
        ([*US, "preferences"], [3], "'Fleet owners', statement 1: a pattern must be a list, not 3"),
        ([*US, "preferences"], [{"members": []}], "an object must be {'compound': true"),
        ([*US, "misperceptions"], [[[0, "Y"]]], "'Fleet owners' has misperceptions; a case holds"),
        (["coalitions"], [[0, 2]], "[0, 2] must be positions of decision makers, from 0 to 1"),
        (["coalitions"], [[[0]]], "a list of 1 must be positions of decision makers"),
        (["useManualPreferenceRanking"], 1, "must be true or false, not 1"),
        (["useManualPreferenceRanking"], True, "'preferenceRanking' is missing"),
    ],
    ids=str,
)
def test_wrong_shapes(where, value, told):
    assert told in message(changed(where, value))


@pytest.mark.parametrize(
    ("ranking", "told"),
    [
        ([1, 2, 3], "ranking: these states are missing: 4"),
        ([1, 2, 3, 4, 2], "ranking: these states stand twice: 2"),
        ([1, 2, 3, 4, 5, 0], "ranking: no state of the 4 has the number 0, 5"),
        ([1, 2, 3, [4, "x"]], "'x' in 'preferenceVector' is no state number"),
        ([1, 2, 3, 4.0], "4.0 in 'preferenceVector' is no state number"),
        ({}, "'preferenceVector' must be a list"),
    ],
    ids=str,
)
def test_wrong_rankings(ranking, told):
    text = changed(["decisionMakers", 0, "preferenceVector"], ranking, OLD)
    assert told in message(text)


def test_all_problems_at_once():
    broken = copy.deepcopy(QUOTA)
    broken["options"][0]["permittedDirection"] = "up"
    broken["infeasibles"].append([[9, "Y"]])
    broken["decisionMakers"][1]["options"] = [0]
    assert len(message(json.dumps(broken)).splitlines()) == 3


def test_of_many_problems_the_first_fifty_are_told():
    lines = message(changed(["infeasibles"], [[[9 + i, "Y"]] for i in range(60)])).splitlines()
    assert len(lines) == 51
    assert lines[-1] == "f: and 10 more problems"


def test_no_state_left_and_too_many_states():
    text = changed(["infeasibles"], [[[0, "Y"]], [[0, "N"]]], OLD)
    assert "leaves no state" in message(text)
    big = {
        "options": [{"name": f"o{i}", "permittedDirection": "both"} for i in range(40)],
        "decisionMakers": [
            {"name": "d", "options": [*range(40)], "preferences": [], "preferenceRanking": [1]}
        ],
        "infeasibles": [],
        "useManualPreferenceRanking": True,
    }
    assert "too many states (40 options)" in message(json.dumps(big))
    # With rules that leave few states, the number of options is no obstacle.
    big["infeasibles"] = [[[i, "Y"], [i + 1, "N"]] for i in range(39)]
    big["decisionMakers"][0]["preferenceRanking"] = [*range(1, 42)]
    case = gmcr.parse(json.dumps(big)).case
    groups = case.parties[0].preferences.groups
    assert len(groups) == 41
    # The highest value is the last state: all forty taken.
    assert "not" not in fm.to_text(groups[40][0])


def test_a_pickle_of_an_old_program_is_named_and_never_opened(tmp_path):
    class Trap:
        def __reduce__(self):
            return (pytest.fail, ("the pickle was opened",))

    for protocol in range(6):
        file = tmp_path / f"old{protocol}.gmcr"
        file.write_bytes(pickle.dumps({"options": [Trap()]}, protocol))
        with pytest.raises(CaseError, match="is a Python pickle"):
            gmcr.read(file)


@pytest.mark.parametrize("code", ["utf-16", "utf-16-le", "utf-8-sig", "utf-32"])
def test_other_encodings_of_the_same_file_say_the_same(tmp_path, code):
    text = gmcr.to_json(detente.load("cuba"), build).text
    for name, encoding in (("a", "utf-8"), ("b", code)):
        (tmp_path / f"{name}.gmcr").write_bytes(text.encode(encoding))
    one, other = (gmcr.read(tmp_path / f"{name}.gmcr").case for name in "ab")
    assert one.parties == other.parties


def test_long_names_come_back(tmp_path):
    long = "a union of " + "very " * 200 + "long names"
    case = detente.load("cuba")
    case = replace(case, parties=(replace(case.parties[0], label=long), *case.parties[1:]))
    assert gmcr.parse(gmcr.to_json(case, build).text).case.parties[0].label == long


def test_files_that_cannot_be_read(tmp_path):
    noise = tmp_path / "noise.gmcr"
    noise.write_bytes(bytes(range(256)))
    with pytest.raises(CaseError, match=r"noise\.gmcr: is not text"):
        gmcr.read(noise)
    with pytest.raises(CaseError, match=r"none\.gmcr: cannot be read: No such file"):
        gmcr.read(tmp_path / "none.gmcr")
    huge = tmp_path / "huge.gmcr"
    with huge.open("wb") as file:
        file.truncate(gmcr.MAX_BYTES + 1)
    with pytest.raises(CaseError, match=r"huge\.gmcr: cannot be read: it has more than 2 MB"):
        gmcr.read(huge)
    marked = tmp_path / "marked.gmcr"
    marked.write_text(json.dumps(QUOTA), "utf-8-sig")
    assert gmcr.read(marked, name="quota").case == gmcr.read(SAMPLES / "quota.gmcr").case


SPOTS = st.sampled_from(["options", "decisionMakers", "infeasibles", "coalitions"])
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 9) | st.floats() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=5,
)


@given(SPOTS, st.lists(st.integers(0, 3), max_size=4), JUNK, st.sampled_from([QUOTA, OLD]))
@settings(max_examples=300, deadline=None)
def test_junk_anywhere_is_refused_in_words(top, path, junk, base):
    data = copy.deepcopy(base)
    spot, key = data, top
    for step in path:
        inner = spot.get(key) if isinstance(spot, dict) else spot[key]
        if not isinstance(inner, list | dict) or not inner:
            break
        spot = inner
        key = list(inner)[step % len(inner)] if isinstance(inner, dict) else step % len(inner)
    spot[key] = junk
    try:
        loaded = gmcr.parse(json.dumps(data))
    except CaseError as error:
        told = error.problems
    else:
        told = loaded.problems
        assert isinstance(loaded.case, Case)
    assert all(p.message and "\n" not in p.message for p in told)
