"""``detente zone`` and ``detente who``: what other programs rely on, and what may go wrong."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import detente
from detente.graph import using

Run = Callable[..., Any]

# Nobody said anything, and what the third one wants is not known. By hand, with states as
# (ann.fish, ben.fish, eve.watch) and today YYN: both fishers are better off where neither fishes,
# whatever Eve does.
LAKE = """
title: A lake
parties:
  ann: {name: Ann, options: {fish: Fish}}
  ben: {name: Ben, options: {fish: Fish}}
  eve: {name: Eve, options: {watch: Watch}}
outcomes: {rest: not ann.fish and not ben.fish}
status_quo: [ann.fish, ben.fish]
preferences:
  ann: [not ben.fish, ann.fish]
  ben: [not ann.fish, ben.fish]
"""


@pytest.fixture
def lake(tmp_path: Path) -> Path:
    file = tmp_path / "lake.yaml"
    file.write_text(LAKE)
    return file


def test_zone_has_the_keys_that_programs_rely_on(run: Run, lake: Path) -> None:
    told = json.loads(run("zone", lake, "--json").out)
    assert told["case"] == "lake"
    assert told["parties"] == ["ann", "ben"]
    assert told["zone"] == told["pareto"] == told["reachable"] == ["NNN", "NNY"]
    # By hand: alone each is better off fishing, so neither holds under Nash; under the others
    # the other's fishing again answers that.
    assert told["hold"] == {
        "nash": [],
        "gmr": ["NNN", "NNY"],
        "smr": ["NNN", "NNY"],
        "seq": ["NNN", "NNY"],
    }
    assert told["without"] == {
        "ann": ["NNN", "NNY", "NYN", "NYY"],
        "ben": ["NNN", "NNY", "YNN", "YNY"],
    }
    assert (told["target"], told["in_target"], told["silent"]) == (None, [], ["eve"])
    assert told["standing"]["ann"] == {
        "better": 4,
        "worse": 2,
        "hurting": True,
        "level": 1 / 3,
        "pushed_to": 1 / 3,
        "alone": 1 / 3,
    }
    assert sorted(told["nearest"], key=lambda near: near["states"]) == []


def test_counts_are_numbers_in_place_of_lists(run: Run, lake: Path) -> None:
    told = json.loads(run("zone", lake, "--json", "--counts").out)
    assert (told["zone"], told["pareto"], told["reachable"]) == (2, 2, 2)
    assert told["hold"] == {"nash": 0, "gmr": 2, "smr": 2, "seq": 2}
    assert told["without"] == {"ann": 4, "ben": 4}


def test_an_empty_zone_is_an_answer(run: Run, lake: Path) -> None:
    ran = run("zone", lake, "--from", "NNN", "--json")
    told = json.loads(ran.out)
    assert (ran.code, told["zone"], told["without"]) == (
        0,
        [],
        {"ann": ["NYN", "NYY"], "ben": ["YNN", "YNY"]},
    )
    # By hand: where Ann alone fishes Ben loses his first wish, and the other way round; each of
    # the two fails one of them, with Eve watching or not.
    assert sorted(told["nearest"], key=lambda near: near["states"]) == [
        {
            "states": ["NYN", "NYY"],
            "fails": [{"party": "ann", "worse": True, "wish": "not ben.fish", "place": 1}],
        },
        {
            "states": ["YNN", "YNY"],
            "fails": [{"party": "ben", "worse": True, "wish": "not ann.fish", "place": 1}],
        },
    ]


def test_only_some_may_be_asked_and_hurting_may_be_said(run: Run, lake: Path) -> None:
    told = json.loads(
        run("zone", lake, "--parties", "ann", "--from", "NNN", "--hurting", "ann", "--json").out
    )
    assert (told["parties"], told["zone"], told["silent"]) == (["ann"], ["YNN", "YNY"], [])
    assert told["standing"]["ann"]["hurting"]


def test_who_has_the_keys_that_programs_rely_on(run: Run, lake: Path) -> None:
    told = json.loads(run("who", lake, "--target", "rest", "--json").out)
    # By hand: both have to stop and can start again, so only both bring it about and either
    # prevents it by fishing on; by improvements nobody stops, so it stays away.
    assert {key: told[key] for key in ("case", "target", "makers", "preventers")} == {
        "case": "lake",
        "target": "rest",
        "makers": [["ann", "ben"]],
        "preventers": [["ann"], ["ben"]],
    }
    assert told["would"]["makers"] == [["ann", "ben"]]
    assert told["would"]["preventers"] == [[]]
    (how,) = told["how"]["makers"]
    assert [(m["party"], m["from"], m["to"]) for m in how["moves"]] == [
        ("ben", "YYN", "YNN"),
        ("ann", "YNN", "NNN"),
    ]


def test_nobody_can_and_nobody_has_to(run: Run, lake: Path) -> None:
    told = json.loads(run("who", lake, "--target", "ann.fish or not ann.fish", "--json").out)
    assert (told["makers"], told["preventers"]) == ([[]], [])


@pytest.mark.parametrize("name", ["zone", "who"])
def test_nothing_need_have_been_said(run: Run, lake: Path, name: str) -> None:
    ran = run(name, lake, *(["--target", "rest"] if name == "who" else []))
    assert ran.code == 0
    assert "Not answered" not in ran.out
    assert "the wishes of Eve" in ran.out or "Eve" in ran.out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["zone", "--parties", "anne"], "unknown party 'anne'; did you mean 'ann'?"),
        (["zone", "--hurting", "bob"], "unknown party 'bob'"),
        (["zone", "--parties", "eve"], "says nothing about what eve wants; add it"),
        (["zone", "--target", "rset"], "unknown outcome 'rset'; did you mean 'rest'?"),
        (["zone", "--from", "ann.fish"], "states satisfy 'ann.fish'"),
        (["who"], "has no outcome 'talks' and no target of its own"),
        (["who", "--target", "ann.fsh"], "did you mean 'ann.fish'?"),
        (["who", "--target", "rest", "--from", "XXX"], "XXX"),
    ],
)
def test_mistakes_are_told_with_what_to_do(
    run: Run, lake: Path, arguments: list[str], message: str
) -> None:
    ran = run(arguments[0], lake, *arguments[1:])
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err


def test_without_wishes_or_today_there_is_no_zone(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "lake.yaml"
    file.write_text(LAKE.split("preferences:")[0])
    ran = run("zone", file)
    assert (ran.code, "says nothing about what anybody wants" in ran.err) == (2, True)
    assert run("who", file, "--target", "rest").code == 0
    file.write_text(LAKE.replace("status_quo: [ann.fish, ben.fish]\n", ""))
    assert "has no status quo; add a line" in run("zone", file).err
    assert "has no status quo; add a line" in run("who", file, "--target", "rest").err


@pytest.mark.parametrize("name", ["korea-2017", "korea-2018", "elmira"])
def test_a_list_of_states_gives_the_same_answers(name: str) -> None:
    case = detente.load(name)
    start = {"elmira": "N0Y"}.get(name, "status_quo")
    target = {"elmira": "settled"}.get(name, "war")

    def answers() -> list[object]:
        zone = detente.zone(case, target, start).document()
        return [zone, detente.who(case, target, start).document()]

    arrays = answers()
    with using("list"):
        assert answers() == arrays
        assert detente.zone(case, target, start).found.states.ndim == 1
    assert np.ndim(detente.zone(case, target, start).found.states) == len(case.options)
