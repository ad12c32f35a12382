"""The tool that drafts from what a careful reader marked."""

from __future__ import annotations

import importlib
import random
from pathlib import Path

import pytest

from detente.drafting.sidesfile import NOTHING

SET = """# party: Arvenia | Lena Marsh | main
# party: Kostria | the Kostrian side | main
# talks: Arvenia | Kostria
== a
Arvenia would return to the table only if Kostria halted the filling of the lake, Lena Marsh said.
Kostria will not halt the filling, its minister said. It demanded that Arvenia pay for the canal.
-- condition | Arvenia | Kostria | only if Kostria halted the filling | return to the table
-- refusal | Kostria | Arvenia | will not halt the filling
-- demand | Kostria | Arvenia | demanded that Arvenia pay for the canal
"""


@pytest.fixture
def tool(monkeypatch):
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2] / "tools"))
    return importlib.import_module("perfect_claims")


@pytest.fixture
def pile(tool, tmp_path):
    file = tmp_path / "x01.txt"
    file.write_text(SET, "utf-8")
    return tool.piled(tool.read(file))


def test_what_is_marked_becomes_claims_and_a_draft_that_is_right(tool, pile):
    assert [(c.kind, c.party, c.target) for _, c in pile.perfect] == [
        ("condition", "Arvenia", "Kostria"),
        ("refusal", "Kostria", "Arvenia"),
        ("demand", "Kostria", "Arvenia"),
    ]
    claims = [claim for _, claim in pile.perfect]
    found, log = tool.score(pile, tool.drafted(pile, claims, NOTHING))
    assert (found["right"], found["wrong"], found["missed"], found["talks"]) == (2, 0, 0, 1)
    assert found["lines"] == found["all lines"] == 5
    assert log == []


def test_each_fault_spoils_what_it_names(tool, pile):
    def spoiled(fault):
        return tool.spoiled(pile, {fault: 1.0}, random.Random(1))

    assert spoiled("missed") == []
    assert [c.party for c in spoiled("party")] == ["Kostria", "Arvenia", "Arvenia"]
    assert {c.target for c in spoiled("target")} == {None}
    assert [c.kind for c in spoiled("kind")] == ["demand", "event", "offer"]
    assert {c.act for c in spoiled("deed")} == {None}
    found, log = tool.score(pile, tool.drafted(pile, spoiled("party"), NOTHING))
    assert found["lines"] < found["all lines"]
    assert any(told.startswith("line on nothing marked") for told in log)
