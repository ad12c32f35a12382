"""What a third party can do, as the commands tell it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import detente
from detente.case import files
from detente.wayout.broker import effect
from made_cases import BROKERED

Run = Callable[..., Any]


def test_a_broker_dissolves_what_two_parties_cannot(run: Run, brokered: Path) -> None:
    told = json.loads(run("broker", brokered, "--json").out)
    venue, lecture = told["uses"]
    # By hand: both knots are a guest's condition and the host's refusal; the venue ends both, the
    # lecture neither. The guests' classes: five, today the best, talks the second best (1/4
    # lower); with the venue three, today the middle one, talks the best.
    assert told["today"]["knots"] == [["c1", "r1"], ["c2", "r1"]]
    assert (told["today"]["cost"], told["today"]["exposure"]) == (1, 0.25)
    assert (venue["option"], venue["level"], venue["goes_back_on"]) == ("host.venue", "yes", ["r1"])
    assert venue["dissolved"] == [["c1", "r1"], ["c2", "r1"], ["c1"], ["c2"]]
    assert venue["unused"] == {"verdict": "deadlock", "knots": [["c1"], ["c2"]], "cost": 3}
    assert (venue["then"]["verdict"], venue["then"]["cost"]) == ("open", 0)
    assert venue["then"]["exposure"] == 0.0
    assert (lecture["option"], lecture["dissolved"]) == ("host.lecture", [])
    assert lecture["then"]["cost"] == 1


def test_what_helps_most_comes_first_and_what_cannot_be_last(run: Run, tmp_path: Path) -> None:
    # By hand: with the venue nobody has to concede anything; the lecture leaves the cost of 1;
    # where talks are banned no concession helps; the shop cannot be shut.
    options = "options: {shut: Shut up shop, ban: Ban talks, venue"
    text = BROKERED.replace("options: {venue", options).split(", cite")[0]
    file = tmp_path / "ban.yaml"
    file.write_text(text + "}\ninfeasible: [host.ban and north.talk, host.shut]\n")
    told = json.loads(run("broker", file, "--json").out)
    costs = {use["option"]: use["then"] and use["then"]["cost"] for use in told["uses"]}
    assert [*costs] == ["host.venue", "host.lecture", "host.ban", "host.shut"]
    assert [*costs.values()] == [0, 1, None, None]


def test_what_cannot_be_taken_back_is_no_use() -> None:
    lecture = "lecture: {label: Lecture both, irreversible: true}"
    text = BROKERED.replace("lecture: Lecture both", lecture)
    text = text.replace("status_quo: []", "status_quo: [host.lecture]")
    case = files.parse(text, file="case.yaml", name="brokered").case
    assert [case.option_names[use.axis] for use in detente.broker(case).uses] == ["host.venue"]


def test_one_state_that_comes_to_hold_is_enough() -> None:
    # By hand: of talks there is one state with the venue and one without. Without it either guest
    # leaves; with it both stay, and the host, who would rather withdraw it, is held to it.
    text = BROKERED.replace(", lecture: Lecture both", "")
    case = files.parse(text, file="case.yaml", name="brokered").case
    found = detente.broker(case, concept="nash")
    (use,) = found.uses
    assert use.after.holding_in_target("nash") == 1
    assert effect(found, use).holding == 1


def test_what_a_broker_can_do_is_one_table(run: Run, brokered: Path) -> None:
    lines = run("broker", brokered).out.splitlines()
    row = next(line for line in lines if line.startswith("Host offers a"))
    assert row.split()[-8:] == ["2", "→", "0", "3", "→", "0", "0%", "2"]
    assert all(len(line) <= 80 for line in lines)


def test_a_citation_is_shown_where_it_counts(run: Run, brokered: Path) -> None:
    assert "“we are no hotel” (report 001)" in run("deadlock", brokered).out


def test_a_broker_is_asked_for_where_there_is_none(run: Run, circular: Path) -> None:
    ran = run("broker", circular)
    assert ran.code == 2
    assert "there is no third party" in ran.err
