"""The commands for the way out, as a user meets them; all figures by hand."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import detente
from detente.case import files
from detente.case import formula as fm
from detente.case.model import Rule
from detente.errors import CaseError
from made_cases import CIRCULAR

Run = Callable[..., Any]


# --- two parties, each waiting for the other --------------------------------------------------
# North ranks by (not alone at the table, talks, the pause), the South by the same with no pause.
# Six classes each: 0, 1/5, … 1. Today, NNN, is 2/5 for the North and 3/5 for the South.


def test_circular_preconditions_are_one_knot_of_two(run: Run, circular: Path) -> None:
    ran = run("deadlock", circular, "--json")
    assert (ran.code, ran.err) == (0, "")
    assert json.loads(ran.out) == {
        "case": "circular",
        "target": "talks",
        "verdict": "deadlock",
        "knots": [["c1", "c2"]],
        "concessions": [
            {"drop": ["c1"], "cost": 1, "burden": {"north": 1}, "witness": "YYN"},
            {"drop": ["c2"], "cost": 1, "burden": {"south": 1}, "witness": "YYY"},
        ],
        "complete": True,
    }


def test_circular_preconditions_need_a_joint_step(run: Run, circular: Path) -> None:
    ran = run("path", circular, "--json")
    told = json.loads(ran.out)
    # Together nobody is left outside to take advantage, and both rise to talks (4/5 and 1). One
    # by one the first at the table falls to where it sits alone, 2/5 below today for either.
    assert {key: told[key] for key in ("found", "exposure", "yielding_steps", "joint_steps")} == {
        "found": True,
        "exposure": 0.0,
        "yielding_steps": 0,
        "joint_steps": 1,
    }
    # South pauses in one of the two best ways and not in the other, so each breaks one word of
    # firmness 1: North's condition c1 (only with the pause), or South's c2 (only without it).
    assert told["steps"] == [
        {
            "movers": ["north", "south"],
            "from": "NNN",
            "to": "YYN",
            "exposure": {"north": 0.0, "south": 0.0},
            "yields": [],
            "breaks": ["c1"],
        }
    ]
    assert (told["breaks"], told["cost_of_breaks"]) == (["c1"], 1)
    (other,) = told["others"]
    assert (other["steps"][0]["to"], other["breaks"]) == ("YYY", ["c2"])
    assert told["without_joint"] == 0.4


def test_without_joint_steps_somebody_is_exposed(run: Run, circular: Path) -> None:
    told = json.loads(run("path", circular, "--joint", 1, "--json").out)
    assert (told["exposure"], told["joint_steps"], told["without_joint"]) == (0.4, 0, 0.4)


def test_the_path_is_told_in_words(run: Run, circular: Path) -> None:
    text = " ".join(run("path", circular, "--target", "talks and not south.pause").out.split())
    together = "The North enters talks and the South enters talks, together and announced as one."
    assert f"1. {together}" in text
    assert "No party that moves risks being worse off than it is now." in text
    assert "The North would have to take back what it has said in public" in text
    assert "If they moved in turn, one of them could lose 40% of its range" in text
    assert "This holds under Nash, GMR, SMR, SEQ and SSEQ," in text
    assert "The North is better off, with its 2nd best situation of" in text
    assert "rather than its 4th." in text


def test_a_knot_is_told_in_words(run: Run, circular: Path) -> None:
    text = " ".join(run("deadlock", circular).out.split())
    said = "will agree to talks only if the South pauses its drills"
    assert f"The North {said}. This has firmness 1." in text
    assert "assumed; no report is cited" in text
    drops = "1. The North could drop its demand that the South pause its drills"
    assert f"{drops}. That would cost 1, which it alone would bear," in text


def test_the_end_may_have_to_hold(run: Run, circular: Path) -> None:
    told = json.loads(run("path", circular, "--hold", "nash", "--json").out)
    # By hand: with talks on, the South would end the pause, so only YYN holds under nash.
    assert told["steps"][-1]["to"] == "YYN"
    assert "nash" in told["end"]["equilibrium_under"]
    assert told["end"]["level"] == {"north": [0.4, 0.8], "south": [0.6, 1.0]}


def test_no_path_is_said_with_the_nearest_state(run: Run) -> None:
    ran = run("path", "elmira", "--from", "N2N", "--target", "settled", "--json")
    told = json.loads(ran.out)
    # By hand: abandoned is for good; of the four such states those with the order modified differ
    # from a settled one in one option.
    assert (told["found"], told["steps"], told["exposure"], told["end"]) == (False, [], None, None)
    assert told["nearest"] in {"Y2N", "Y2Y"}
    ran = run("path", "elmira", "--from", "N2N", "--target", "settled")
    assert "No way leads to Uniroyal accepting a modified order from here" in ran.out


def test_a_target_that_cannot_be_has_no_path(run: Run, circular: Path) -> None:
    ran = run("path", circular, "--target", "talks and not north.talk")
    assert ran.code == 0
    assert "The rules of the case leave no situation in which" in " ".join(ran.out.split())
    ran = run("path", circular, "--target", "not talks and south.talk", "--hold", "nash")
    assert "The rules of the case leave no situation in which" in " ".join(ran.out.split())


def test_elmira_in_the_documented_form(run: Run) -> None:
    told = json.loads(run("path", "elmira", "--from", "N0Y", "--target", "settled", "--json").out)
    # Kilgour, Hipel, Fang and Peng (2001): from s5 to s8, ministry and company together.
    assert told["steps"] == [
        {
            "movers": ["moe", "uniroyal"],
            "from": "N0Y",
            "to": "Y1Y",
            "exposure": {"moe": 0.0, "uniroyal": 0.0},
            "yields": [],
            "breaks": [],
        }
    ]


def test_the_drawing_is_whole_and_has_a_lane_for_each_party(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "path.svg"
    assert run("path", "elmira", "--target", "settled", "--svg", file).code == 0
    root = ET.fromstring(file.read_text("utf-8"))
    space = "{http://www.w3.org/2000/svg}"
    told = "Two steps, each better for the party that takes it than to wait."
    assert root.find(f"{space}title").text == told
    described = root.find(f"{space}desc").text
    assert "1 The local government insists" in described
    assert "2 The Ontario Ministry of the Environment modifies" in described
    assert "Together" not in described
    ids = [node.get("id") for node in root.iter() if node.get("id")]
    assert len(ids) == len(set(ids))
    marks = [n.get("aria-label") for n in root.iter(f"{space}g") if n.get("role") == "img"]
    assert len(marks) == 3 * 3  # three parties, today and two steps
    assert sum("moves" in mark for mark in marks) == 3  # one alone, then two together


# --- what if, and what changed ----------------------------------------------------------------


def test_a_condition_taken_back(run: Run, circular: Path) -> None:
    for words in (["--drop", "c1"], ["--set", "not c1"]):
        told = json.loads(run("whatif", circular, *words, "--json").out)
        assert told["knots"] == {"dissolved": [["c1", "c2"]], "new": []}
        assert (told["before"]["cost"], told["after"]["cost"]) == (1, 0)
        assert [c["what"] for c in told["changes"]] == ["condition"]
        assert all(not s["gained"] and not s["lost"] for s in told["equilibria"].values())


def test_a_formula_taken_as_given(run: Run, brokered: Path) -> None:
    text = " ".join(
        run("whatif", brokered, "--set", "host.venue", "--concepts", "nash").out.split()
    )
    assert "place of the present one. In it, things are as now, except that Host offers a" in text
    assert "risk of the best way 25% 0%" in text
    # By hand: with the venue given, both at the table is better for both than both away.
    assert "states wanted that hold (Nash) 0 2" in text


def test_only_differences_are_shown(run: Run, circular: Path) -> None:
    ran = run("whatif", circular, "--set", "north.talk or not north.talk")
    assert "Nothing follows from it" in ran.out


def test_what_cannot_be_is_not_taken_as_given(run: Run, circular: Path) -> None:
    ran = run("whatif", circular, "--set", "north.talk and not north.talk")
    assert ran.code == 2
    assert "no feasible state satisfies" in ran.err


LATER = (
    CIRCULAR.replace("talks, south.pause]", "south.pause, talks]")
    .replace("  - {party: south, option: talks, needs: not south.pause}\n", "")
    .replace("needs: south.pause}", "needs: south.pause, firmness: 2}")
    .replace("{talk: Enter talks}}", "{talk: Enter talks, walk: Walk out}}")
    .replace("status_quo: []", "status_quo: [south.pause]")
)


def test_what_changed_between_two_dates(run: Run, circular: Path, tmp_path: Path) -> None:
    later = tmp_path / "later.yaml"
    later.write_text(LATER)
    told = json.loads(run("diff", circular, later, "--json").out)
    changes = [(c["what"], c["how"], c["party"], c["name"]) for c in told["changes"]]
    assert changes == [
        ("option", "new", "north", "walk"),
        ("status_quo", "changed", "", "south.pause"),
        ("statement", "moved", "north", "talks"),
        ("condition", "changed", "north", "talks only if south.pause"),
        ("condition", "gone", "south", "talks only if not south.pause"),
    ]
    moved = told["changes"][2]
    assert (moved["before"], moved["after"]) == ("2", "3")
    assert told["knots"] == {"dissolved": [["c1", "c2"]], "new": []}
    assert told["equilibria"]["nash"]["options"] == ["north.talk", "south.talk", "south.pause"]
    text = " ".join(run("diff", circular, later).out.split())
    said = "will agree to talks only if it does not pause its drills"
    assert f"No longer said, with firmness 1 before: the South {said}." in text
    assert "the cheapest concession costs 0 instead of 1" in text


def test_what_holds_is_compared_only_where_both_cases_tell_it(run, circular, tmp_path):
    silent = tmp_path / "silent.yaml"
    start, rest = CIRCULAR.split("preferences:")
    silent.write_text(start + "conditions:" + rest.split("conditions:")[1])
    for pair in ((silent, circular), (circular, silent)):
        ran = run("diff", *pair, "--json")
        assert (ran.code, json.loads(ran.out)["equilibria"]) == (0, {})


# --- mistakes ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["deadlock", "--target", "north.tlak"], "unknown option 'north.tlak'; did you mean"),
        (["path", "--target", "peace"], "unknown outcome 'peace'"),
        (["unlock", "--target", "north.talk and"], "--target, character 15: "),
        (["whatif", "--drop", "c9"], "unknown condition or refusal 'c9'"),
        (["whatif"], "nothing is taken as given"),
        (["whatif", "--set", "south.paws"], "did you mean 'south.pause'?"),
        (["unlock", "--concept", "sim"], "nash, gmr, smr, seq, sseq; not 'sim'"),
        (["unlock", "--concept", "nahs"], "unknown concept 'nahs'; did you mean 'nash'?"),
        (["path", "--hold", "nahs"], "unknown concept 'nahs'"),
        (["path", "--from", "XXX"], "XXX"),
        (["unlock", "--target", "north.talk and not north.talk"], "no feasible state satisfies"),
    ],
)
def test_mistakes_are_told_with_what_to_do(
    run: Run, circular: Path, arguments: list[str], message: str
) -> None:
    ran = run(arguments[0], circular, *arguments[1:])
    assert ran.code == 2
    assert ran.out == ""
    assert message in ran.err


AIM = """
target: north.talk
risk:
  danger: north.talk and not south.talk
  misstep: {all: 0.01}
  what_if: [south.pause]
"""
OTHER_AIM = """
target: south.talk
risk:
  danger: south.talk and not north.talk
  misstep: {all: 0.01, north: 0.05}
  behaviour: cautious
  what_if: [not south.pause]
"""


def test_what_is_sought_and_what_is_assumed_about_risk_may_change(
    run: Run, circular: Path, tmp_path: Path
) -> None:
    (tmp_path / "early").mkdir()
    (tmp_path / "late").mkdir()
    early, late = tmp_path / "early" / "case.yaml", tmp_path / "late" / "case.yaml"
    early.write_text(CIRCULAR + AIM)
    late.write_text(CIRCULAR + OTHER_AIM)
    told = json.loads(run("diff", early, late, "--target", "talks", "--json").out)
    changes = [
        tuple(c[k] for k in ("what", "how", "party", "name", "before", "after"))
        for c in told["changes"]
    ]
    assert changes == [
        ("target", "changed", "", "", "north.talk", "south.talk"),
        (
            "risk",
            "changed",
            "",
            "danger",
            "north.talk and not south.talk",
            "south.talk and not north.talk",
        ),
        ("risk", "new", "north", "misstep", "", "0.05"),
        ("risk", "new", "", "behaviour", "", "cautious"),
        ("what_if", "gone", "", "south.pause", "", ""),
        ("what_if", "new", "", "not south.pause", "", ""),
    ]
    text = " ".join(run("diff", early, late, "--target", "talks").out.split())
    assert "What is sought is south.talk and was north.talk." in text
    assert "For the North, the misstep rate is 0.05 and was not given." in text
    assert json.loads(run("diff", early, early, "--json").out)["changes"] == []


@pytest.mark.parametrize(
    ("leave_out", "command", "message"),
    [
        ("conditions", "deadlock", "add what the parties said aloud, for example:"),
        ("status_quo", "deadlock", "status_quo"),
        ("status_quo", "path", "status_quo"),
        ("preferences", "path", "says nothing about what north, south wants"),
        ("preferences", "unlock", "in place of what is there of them:"),
        ("outcomes", "path", "add --target"),
    ],
)
def test_what_a_case_lacks_is_asked_for(
    run: Run, tmp_path: Path, leave_out: str, command: str, message: str
) -> None:
    import io

    from ruamel.yaml import YAML

    yaml = YAML()
    document = yaml.load(CIRCULAR)
    del document[leave_out]
    if leave_out == "outcomes":
        del document["conditions"], document["preferences"]
    out = io.StringIO()
    yaml.dump(document, out)
    file = tmp_path / "case.yaml"
    file.write_text(out.getvalue())
    ran = run(command, file)
    assert ran.code == 2
    assert message in ran.err


# --- interruptions ----------------------------------------------------------------------------


def test_an_interrupted_search_prints_what_was_proved(
    run: Run, circular: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from detente.wayout import unlock as module

    calls = []

    def stop_in_the_second_level(counts: tuple[int, ...]) -> Any:
        calls.append(counts)
        if sum(counts) == 2:
            raise KeyboardInterrupt
        return iter(())

    monkeypatch.setattr(module._Search, "answers", lambda self, c: stop_in_the_second_level(c))
    target = "north.talk and not south.talk"
    ran = run("unlock", circular, "--target", target, "--concept", "nash")
    assert ran.code == 130
    told = " ".join(ran.out.split())
    assert "it is proved that fewer than 2 changes of mind are not enough" in told
    ran = run("unlock", circular, "--target", target, "--concept", "nash", "--json")
    told = json.loads(ran.out)
    assert (told["already"], told["cost"], told["edits"], told["proved_below"]) == ([], None, [], 2)


def test_an_interrupted_broker_shows_what_it_tried(
    run: Run, brokered: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from detente.wayout import broker as module

    original, calls = module._use, []

    def once(*arguments: Any) -> Any:
        calls.append(arguments)
        if len(calls) > 1:
            raise KeyboardInterrupt
        return original(*arguments)

    monkeypatch.setattr(module, "_use", once)
    ran = run("broker", brokered)
    assert ran.code == 130
    assert "interrupted before every option was tried" in ran.out


def test_unlocking_in_the_documented_form(run: Run, tmp_path: Path) -> None:
    # The prisoner's dilemma with wishes. By hand: under nash each must cease to gain by
    # defecting; dropping the wish to defect does that, and so it takes one edit each.
    file = tmp_path / "dilemma.yaml"
    file.write_text("""
title: Two prisoners
parties:
  row: {name: Row, options: {defect: Defect}}
  col: {name: Col, options: {defect: Defect}}
status_quo: []
preferences:
  row: [not col.defect, row.defect]
  col: [not row.defect, col.defect]
""")
    ran = run("unlock", file, "--target", "not (row.defect or col.defect)", "--concept", "nash")
    assert "It takes at least two changes of mind." in " ".join(ran.out.split())
    ran = run(
        "unlock", file, "--target", "not (row.defect or col.defect)", "--concept", "nash", "--json"
    )
    told = json.loads(ran.out)
    assert (told["already"], told["cost"], told["proved_below"]) == ([], 2, 2)
    drop = {
        "party": "row",
        "op": "drop",
        "statement": "row.defect",
        "priority": None,
        "was": 2,
    }
    other = drop | {"party": "col", "statement": "col.defect"}
    assert [drop, other] in told["edits"]
    assert all(states == ["NN"] for states in told["holds"])


def test_the_target_of_the_case_is_asked_about_where_none_is_named(tmp_path, run):
    file = tmp_path / "aimed.yaml"
    file.write_text(CIRCULAR.replace("status_quo", "target: south.pause\nstatus_quo", 1))
    assert "in the way of the South pausing its drills" in run("deadlock", file).out
    assert "Why are they not talking?" in run("deadlock", file, "--target", "talks").out


def test_a_status_quo_that_its_rules_exclude_is_told():
    case = files.parse(CIRCULAR, file="c", name="c").case
    broken = replace(case, infeasible=(Rule(fm.parse("not north.talk")),))
    with pytest.raises(CaseError, match="breaks a rule"):
        detente.path(broken)
