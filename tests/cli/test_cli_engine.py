"""The commands that ask the engine, as a user meets them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from detente import gallery
from detente.stability import analysis
from marked import few

CHICKEN = """
title: Two drivers
parties:
  a: {name: Ann, options: {straight: Go straight}}
  b: {name: Bob, options: {straight: Go straight}}
outcomes:
  crash: a.straight and b.straight
preferences:          # best to go straight alone, worst to crash
  a: [not crash, a.straight, not b.straight]
  b: [not crash, b.straight, not a.straight]
status_quo: []
"""


@pytest.fixture
def chicken(tmp_path: Path) -> Path:
    file = tmp_path / "chicken.yaml"
    file.write_text(CHICKEN)
    return file


def test_verdicts_as_json_have_the_documented_form(run: Callable[..., Any], chicken: Path) -> None:
    ran = run("stability", chicken, "--json")
    # By hand: at NN each would rather go straight alone, and nobody would then answer; at NY and
    # YN nobody gains by a move; at YY each swerves. For gmr, a threat to crash keeps both at NN.
    assert json.loads(ran.out) == {
        "case": "chicken",
        "parties": ["a", "b"],
        "options": ["a.straight", "b.straight"],
        "states": 4,
        "store": "arrays",
        "stable": {
            "nash": {"a": ["NY", "YN"], "b": ["NY", "YN"]},
            "gmr": {"a": ["NN", "NY", "YN"], "b": ["NN", "NY", "YN"]},
            "smr": {"a": ["NN", "NY", "YN"], "b": ["NN", "NY", "YN"]},
            "seq": {"a": ["NY", "YN"], "b": ["NY", "YN"]},
        },
        "equilibria": {
            "nash": ["NY", "YN"],
            "gmr": ["NN", "NY", "YN"],
            "smr": ["NN", "NY", "YN"],
            "seq": ["NY", "YN"],
        },
    }
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.count("\n") == 1


def test_counts_stand_in_place_of_lists(run: Callable[..., Any], chicken: Path) -> None:
    document = json.loads(run("stability", chicken, "--json", "--counts").out)
    assert document["stable"]["gmr"] == {"a": 3, "b": 3}
    assert document["equilibria"] == {"nash": 2, "gmr": 3, "smr": 3, "seq": 2}


def test_several_cases_give_a_line_each(run: Callable[..., Any]) -> None:
    lines = run("stability", "chicken", "elmira", "--json", "--concepts", "nash").out.splitlines()
    assert [json.loads(line)["case"] for line in lines] == ["chicken", "elmira"]
    known = {k.concept: k.states for k in gallery.expected("elmira").equilibria}
    assert set(json.loads(lines[1])["equilibria"]["nash"]) == set(known["nash"])


def test_a_coalition_is_asked_about_alone(run: Callable[..., Any]) -> None:
    ran = run("stability", "elmira", "--coalition", "uniroyal + moe", "--json")
    document = json.loads(ran.out)
    assert list(document["stable"]) == ["cnash", "cgmr", "csmr", "cseq"]
    # From s5, N0Y, the two gain by moving to s8, Y1Y (gallery, from the literature).
    (stable,) = document["stable"]["cnash"].items()
    assert stable[0] == "moe+uniroyal"
    assert "N0Y" not in stable[1]
    assert "Y1Y" in stable[1]


def test_the_way_from_the_status_quo_is_told(run: Callable[..., Any]) -> None:
    document = json.loads(run("stability", "elmira", "--from", "status_quo", "--json").out)
    told = {d["state"]: d for d in document["evolution"]["destinations"]}
    # s1 to s5: the local government insists, to its own advantage (Li, Kilgour and Hipel's kind
    # of analysis; the literature on this case).
    assert told["N0Y"]["by_improvements"]["sequences"] == [
        [{"party": "local", "from": "N0N", "to": "N0Y"}]
    ]
    assert told["Y1Y"]["by_improvements"]["moves"] is None
    assert told["Y1Y"]["by_moves"]["moves"] == 3
    assert len(told["Y1Y"]["by_moves"]["sequences"]) == 6  # three moves in any order


@pytest.mark.parametrize("name", few(gallery.names(), "cuba", "garrison", "milk-river"))
def test_tables_fit_eighty_columns_and_carry_no_codes(run: Callable[..., Any], name: str) -> None:
    # Thirty-one coalitions over thousands of states take long and make no wider table.
    concepts = "all" if gallery.expected(name).n_states < 1000 else "nash,gmr,smr,seq,sseq"
    for command in (["stability", name, "--concepts", concepts], ["states", name]):
        ran = run(*command)
        assert ran.code == 0, ran.err
        assert max(map(len, ran.out.splitlines())) <= 80
        assert "\x1b" not in ran.out


def test_what_holds_is_shown_as_patterns_by_outcome(run: Callable[..., Any], chicken: Path) -> None:
    out = run("stability", chicken).out
    assert "Two drivers\n2 parties, 2 options, 4 feasible states" in out
    assert re.search(r"^nash +2 +2 +2$", out, re.MULTILINE)
    assert re.search(r"^gmr +3 +3 +3$", out, re.MULTILINE)
    assert out.index("What holds") < out.index("How these come about")


def test_reasons_are_told_in_the_labels_of_the_case(run: Callable[..., Any], chicken: Path) -> None:
    out = run("explain", chicken, "--concepts", "nash,seq,gmr").out
    said = " ".join(out.split())
    assert "Ann does nothing (its 2nd best of 4)" in said
    assert "Ann leaves: - if it goes straight, it gains." in said
    assert "nothing the others would do undoes that gain" in said
    answered = (
        "if it goes straight, Bob could go straight, and Ann would be no better off than now."
    )
    assert answered in said
    assert "it holds, as no party would leave it" in said
    assert max(map(len, out.splitlines())) <= 80


def test_a_state_is_named_by_formula_or_string(run: Callable[..., Any], chicken: Path) -> None:
    by_formula = run("explain", chicken, "a.straight and not b.straight", "--json")
    by_string = run("explain", chicken, "YN", "--json")
    assert by_formula.out == by_string.out
    document = json.loads(by_string.out)
    assert document["state"] == "YN"
    assert [r["stable"] for r in document["reasons"]] == [True, True]


def test_inverse_gives_the_counts_of_the_worked_example(run: Callable[..., Any]) -> None:
    # Syria and Iraq, state 2 (Syria releases): nash 240, seq and gmr 384, smr 300 of Syria's 720
    # rankings (exact enumeration; the guide to an older program prints 420 for seq and gmr).
    for concept, count in [("nash", 240), ("gmr", 384), ("seq", 384), ("smr", 300)]:
        ran = run("inverse", "syria-iraq", "YNN", "--concept", concept, "--json")
        assert json.loads(ran.out)["parties"]["syria"]["rankings"] == count
    assert "384 of 720" in run("inverse", "syria-iraq", "YNN").out


def test_states_are_counted_and_listed(run: Callable[..., Any], chicken: Path) -> None:
    ran = run("states", chicken, "not crash", "--list", "2")
    assert "3 of 4 states: not crash" in ran.out
    assert "and 1 more" in ran.out
    document = json.loads(run("states", chicken, "crash", "--json").out)
    assert document["groups"] == [
        {"outcomes": ["crash"], "states": 1, "patterns": ["YY"], "left_out": 0}
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["stability", "elmria"], "unknown built-in case 'elmria'; did you mean 'elmira'?"),
        (["stability", "elmira", "--concepts", "nsah"], "did you mean 'nash'?"),
        (["stability", "elmira", "--concepts", ","], "no concept is named"),
        (["stability", "elmira", "--coalition", "moe+uniroyl"], "did you mean 'uniroyal'?"),
        (["stability", "elmira", "--concepts", "nm"], "for two parties"),
        (["explain", "elmira", "--party", "mo"], "unknown party 'mo'; did you mean 'moe'?"),
        (["explain", "elmira", "--concepts", "l2"], "for two parties"),
        (["explain", "elmira", "--party", "moe+local"], "'moe+local' is a coalition"),
        (["explain", "elmira", "moe.modify"], "6 states satisfy 'moe.modify'"),
        (["explain", "elmira", "moe.modfy"], "did you mean 'moe.modify'?"),
        (["explain", "elmira", "moe.modify and not moe.modify"], "no feasible state satisfies"),
        (["explain", "chicken"], "has no status quo"),
        (["explain", "elmira", "N2N2"], "unknown outcome 'N2N2'"),
        (["explain", "elmira", "2NN"], "stands for 'moe.modify' and must be one of N, Y, not '2'"),
        (["explain", "elmira", "N0"], "unknown outcome 'N0'"),
        (["inverse", "elmira", "N0N", "--concept", "sim"], "not 'sim'"),
        (["states", "elmira", "moe.modify and"], "the formula ends here"),
        (["stability", "elmira", "--max-memory", "100"], "and 100 bytes may be used"),
        (["stability", "elmira", "--max-memory", "much"], "write for example 800M or 4G"),
        (["stabilty", "elmira"], "unknown command 'stabilty'; did you mean 'stability'?"),
    ],
)
def test_mistakes_are_named_with_exit_code_two(
    run: Callable[..., Any], arguments: list[str], message: str
) -> None:
    ran = run(*arguments)
    assert ran.code == 2
    assert ran.out == ""
    assert message in " ".join(ran.err.split())
    assert "Traceback" not in ran.err


def test_an_interrupted_run_shows_what_it_had(
    run: Callable[..., Any], chicken: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = analysis.work

    def cut_short(*arguments: Any) -> Any:
        for n, verdict in enumerate(whole(*arguments)):
            if n == 3:
                raise KeyboardInterrupt
            yield verdict

    monkeypatch.setattr(analysis, "work", cut_short)
    ran = run("stability", chicken)
    assert ran.code == 130
    assert "interrupted: 3 of 8 verdicts were worked out" in ran.err
    assert re.search(r"^nash +2 +2 +2$", ran.out, re.MULTILINE)
    assert re.search(r"^gmr +3 +– +–$", ran.out, re.MULTILINE)
