"""An option whose level today nobody knows: what holds does not hang on it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import detente
from detente.case.files import parse
from detente.case.write import to_yaml
from detente.errors import CaseError
from detente.graph import build
from detente.graph.find import todays

TEXT = """\
title: T
parties:
  a: {options: {x: {irreversible: true, label: Build it}, y: Talk}}
  b: {options: {z: Answer, w: {levels: [low, mid, high]}}}
infeasible: [a.x and b.w = high]
status_quo: [a.y, {unknown: a.x}, {unknown: b.w}]
preferences: {a: [a.x, not a.y, b.w = low], b: [b.z iff a.x]}
"""


def case_of(text=TEXT):
    return parse(text, file="case.yaml", name="t").case


def test_it_is_read_and_written():
    case = case_of()
    assert case.status_quo is None
    assert case.open_today == (None, 1, 0, None)
    assert case_of(to_yaml(case)).open_today == case.open_today


def test_the_states_that_may_be_today():
    case = case_of()
    graph = build(case)
    # By hand: a.y and not b.z; a.x with b.w low or mid, or not a.x with any.
    assert graph.codes(np.array(todays(case, graph))) == [
        "NYN0", "NYN1", "NYN2", "YYN0", "YYN1",
    ]  # fmt: skip


def test_what_holds_does_not_hang_on_it():
    known = replace(case_of(), open_today=(), status_quo=(0, 1, 0, 0))
    for name in ("nash", "gmr", "smr", "seq"):
        found = [set(detente.stability(c, name).equilibria(name)) for c in (case_of(), known)]
        assert found[0] == found[1]


def test_how_it_comes_about_is_told_from_each():
    told = str(detente.stability(case_of(), "nash"))
    assert told.count("How these come about from here") == 4
    assert "and so from 1 more states that may be today's" in told


@pytest.mark.parametrize("question", [detente.zone, detente.who, detente.path])
def test_what_starts_from_today_asks_which(question):
    with pytest.raises(CaseError) as raised:
        question(case_of(), "a.x")
    assert "nobody knows what a.x, b.w is today" in str(raised.value)
    assert "such as NYN0, NYN1" in str(raised.value)
    assert question(case_of(), "a.x", start="NYN0") is not None


def test_mistakes_are_told():
    with pytest.raises(CaseError, match=r"unknown option 'a\.q'"):
        case_of(TEXT.replace("unknown: a.x", "unknown: a.q"))
    with pytest.raises(CaseError, match="is no option"):
        case_of(TEXT.replace("unknown: a.x", "unknown: not a.x"))
