"""Three real reports about one stand-off, drafted with no hand work; run where they are at hand.

The reports are not part of the repository. They are looked for in a folder ``reports`` of any
folder beside the repository, or in the one that ``DETENTE_REPORTS`` names.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import detente
from detente.case import files
from detente.case.formula import atoms
from draft_samples import conditions, labels, refusals


def folder() -> Path | None:
    """Where the reports are."""
    root = Path(__file__).parents[2].resolve()
    named = os.environ.get("DETENTE_REPORTS")
    near = [Path(named)] if named else sorted(root.parent.glob("*/reports"))
    return next((f for f in near if (f / "000_45125b828c8b9723.txt").exists()), None)


pytestmark = pytest.mark.skipif(folder() is None, reason="the three reports are not at hand")


@pytest.fixture(scope="module")
def made():
    return detente.draft(folder())


def test_both_sides_bind_talks_to_conditions(made):
    assert conditions(made) >= {
        ("united_states.talk", "north_korea.denuclearize"),
        ("north_korea.talk", "united_states.leave_peninsula"),
    }
    assert len([c for c in made.case.conditions if c.party == "north_korea"]) == 3


def test_demands_are_refused_on_both_sides(made):
    assert refusals(made) >= {
        ("united_states", "united_states.leave_peninsula"),
        ("north_korea", "north_korea.denuclearize"),
    }


def test_the_deadlock_has_knots_between_the_two(made):
    found = detente.deadlock(made.case)
    assert found.verdict == "deadlock"
    parties = [{found.said(name).party for name in knot} for knot in found.knots]
    assert {"united_states", "north_korea"} in parties


def test_the_parties_and_their_options(made):
    options = labels(made)
    assert list(options)[:2] == ["United States", "North Korea"]
    assert set(options) == {"United States", "North Korea", "South Korea", "Russia", "China"}
    assert "Leave the peninsula" in options["United States"]
    assert "Denuclearize" in options["North Korea"]
    assert sum(map(len, options.values())) <= 14


def test_war_is_threatened_and_pressure_goes_on_today(made):
    (strike,) = atoms(made.case.outcome_named["war"].formula)
    assert strike.party == "united_states"
    today = dict(zip(made.case.option_names, made.case.status_quo, strict=True))
    assert today["united_states.continue_pressure"] == 1


def test_the_written_case_is_sound_and_its_quotes_are_found(made, tmp_path):
    where = made.save(tmp_path / "stand-off")
    loaded = files.read(where)
    assert loaded.problems == ()
    assert {p.name for p in (where / "reports").iterdir()} == {f.name for f in made.files}
