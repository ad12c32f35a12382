"""The one walk over a case: nothing that holds a formula or can cite is left out."""

from __future__ import annotations

from dataclasses import fields, is_dataclass

import pytest
from hypothesis import HealthCheck, given, settings

from detente import gallery, load
from detente.case import files, lines
from detente.case.document import read as read_document
from detente.case.formula import Formula
from detente.case.model import Basis, Case, Party
from detente.dossier.sections import written
from detente.wayout.changes import BESIDES, changes
from strategies_case import cases

MANY = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))

FULL = """\
title: Everything that a case can say
parties:
  a: {options: {x: X, y: {levels: [low, mid, high]}}}
  b: {options: {z: Z}}
  c: {options: {w: {changes: [[yes, no], {to: yes, if: a.x, then: b.z, note: g}]}}}
outcomes: {war: a.x and b.z, talks: not a.x}
infeasible: [{that: a.x and a.y = high, note: it cannot be}]
equivalent: [{that: a.x and a.y = low, note: it is over}]
status_quo: [a.y = mid]
preferences:
  a: [a.x, {that: b.z, note: they say so}]
  b: {weights: {a.x: 2, c.w: 1/3}}
  c: {ranking: [[a.x], [not a.x]]}
conditions: [{party: a, option: a.x, needs: b.z, firmness: 3, note: said}]
refusals: [{party: b, refuses: b.z, firmness: 4}]
risk:
  danger: {that: war, note: d}
  goal: {that: talks, note: g}
  misstep: {all: {rate: 0.02, note: m}, a: 0.1}
  tempo: {all: 2, b: {rate: 3, note: t}}
  behaviour: {type: cautious, concept: seq, note: b}
  tick: a week
  what_if: [{that: a.x, note: w}]
target: talks and c.w
"""


def within(thing: object, kind: type) -> list[object]:
    """Everything of a kind that a frozen tree of dataclasses holds, outermost of each only."""
    if isinstance(thing, kind):
        return [thing]
    if isinstance(thing, tuple | frozenset):
        return [found for part in thing for found in within(part, kind)]
    if is_dataclass(thing):
        first = isinstance(thing, Party) and thing.readings  # stands as the preferences, too
        names = [f.name for f in fields(thing) if not (first and f.name == "preferences")]
        return [x for name in names for x in within(getattr(thing, name), kind)]
    return []


def nothing_is_left_out(case: Case) -> None:
    told = list(lines.every_line(case))
    in_lines = [f for line in told for f in line.formulas]
    key = repr
    assert sorted(map(key, in_lines)) == sorted(map(key, within(case, Formula)))
    assert list(lines.formulas(case)) == in_lines
    based = [line.basis for line in told if line.basis is not None]
    assert sorted(map(key, based)) == sorted(map(key, within(case, Basis)))


@pytest.fixture(scope="module")
def full():
    return files.parse(FULL, file="case.yaml", name="full").case


def test_every_kind_of_line_is_walked_over(full):
    nothing_is_left_out(full)
    kinds = {line.kind for line in lines.lines(full)}
    assert kinds == set(lines.Kind.__args__)


@given(cases(guards=True))
@MANY
def test_nothing_is_left_out_of_any_case(case):
    nothing_is_left_out(case)


@pytest.mark.parametrize("name", gallery.names())
def test_nothing_is_left_out_of_the_gallery(name):
    nothing_is_left_out(load(name))


def test_every_line_stands_where_its_path_says(full):
    document = read_document(FULL, file="case.yaml")
    for line in lines.lines(full):
        place = document.place(line.path)
        assert place is not None
        written = FULL.splitlines()[place.line - 1][place.column - 1 :]
        begin = line.value if line.kind == "weight" else line.said.split(" ")[0]
        if line.kind in ("condition", "refusal", "group", "guard"):
            continue  # the path is that of a list of keys
        assert begin in written, (line, written)


def test_lines_are_told_as_sentences(full):
    told = [text for _, text, _ in lines.cited(full)]
    assert told == [
        "c can change w to yes only if a.x only so that then b.z",
        "cannot be: a.x and a.y = high",
        "counts as one state: a.x and a.y = low",
        "a wants: a.x",
        "a wants: b.z",
        "a: a.x only if b.z",
        "b: never b.z",
        "danger: war",
        "goal: talks",
        "misstep rate of everybody: 0.02",
        "misstep rate of a: 0.1",
        "tempo of everybody: 2",
        "tempo of b: 3",
        "behaviour: cautious seq",
        "what if: a.x",
    ]


EDITS = [
    ("if: a.x, then", "if: a.y, then", ("option", "changed", "c", "w")),
    ("war: a.x and b.z", "war: a.x", ("outcome", "changed", "", "war")),
    ("a.x and a.y = high", "a.x and a.y = mid", ("rule", "gone", "", "a.x and a.y = high")),
    ("a.y = mid]", "a.y = low]", ("status_quo", "changed", "", "a.y")),
    ("[a.x, {that: b.z, note: they say so}]", "[b.z, a.x]", ("statement", "moved", "a", "a.x")),
    ("a.x: 2", "a.x: 3", ("preferences", "changed", "b", "")),
    ("[[a.x], [not a.x]]", "[[not a.x], [a.x]]", ("preferences", "changed", "c", "")),
    ("firmness: 3", "firmness: 2", ("condition", "changed", "a", "a.x only if b.z")),
    ("refuses: b.z", "refuses: not b.z", ("refusal", "gone", "b", "never b.z")),
    ("that: war", "that: a.x", ("risk", "changed", "", "danger")),
    ("that: talks", "that: not a.x", ("risk", "changed", "", "goal")),
    ("rate: 0.02", "rate: 0.03", ("risk", "changed", "", "misstep")),
    ("a: 0.1", "a: 0.1000001", ("risk", "changed", "a", "misstep")),
    ("all: 2", "all: 1", ("risk", "changed", "", "tempo")),
    ("rate: 3", "rate: 4", ("risk", "changed", "b", "tempo")),
    ("concept: seq", "concept: gmr", ("risk", "changed", "", "behaviour")),
    ("a week", "a month", ("risk", "changed", "", "tick")),
    ("what_if: [{that: a.x", "what_if: [{that: b.z", ("what_if", "gone", "", "a.x")),
    ("target: talks and c.w", "target: talks", ("target", "changed", "", "")),
]


@pytest.mark.parametrize(("old", "new", "first"), EDITS)
def test_whatever_is_written_otherwise_is_a_change(full, old, new, first):
    assert FULL.count(old) == 1
    later = files.parse(FULL.replace(old, new), file="case.yaml", name="full").case
    found = list(changes(full, later))
    assert (found[0].what, found[0].how, found[0].party, found[0].name) == first
    assert list(changes(full, full)) == []


SMALL = """\
parties: {a: {options: {x: X}}, b: {options: {z: Z}}}
preferences: {a: [b.z], b: [not a.x]}
"""
MORE = [
    ("views: {a: {b: {preferences: [a.x]}}}", "views"),
    ("attitudes: {a: {b: -1}}", "attitudes"),
    ("positions: {a: {b.z: yes}}", "positions"),
    ("intentions: {b.z: no}", "intentions"),
    ("doubts: [{party: a, option: b.z}]", "doubts"),
    ("equivalent: [a.x and b.z]", "equivalent"),
    ("status_quo: [{unknown: a.x}]", "open_today"),
]


@pytest.mark.parametrize(("line", "key"), MORE)
def test_what_is_compared_as_a_whole_is_a_change(line, key):
    small, more = (
        files.parse(text, file="case.yaml", name="small").case for text in (SMALL, SMALL + line)
    )
    assert ("besides", "new", "", key) in told(small, more)
    assert ("besides", "gone", "", key) in told(more, small)
    assert told(more, more) == []


@pytest.mark.parametrize("wish", ["{that: b.z, unsure: true}", "{that: b.z, strong: true}"])
def test_how_a_wish_is_meant_is_a_change(wish):
    meant = files.parse(SMALL.replace("[b.z]", f"[{wish}]"), file="case.yaml", name="small").case
    small = files.parse(SMALL, file="case.yaml", name="small").case
    assert told(small, meant) == [("preferences", "changed", "a", "")]


def told(before, after):
    return [(c.what, c.how, c.party, c.name) for c in changes(before, after)]


def test_no_key_of_a_case_is_forgotten_where_cases_are_compared():
    line_by_line = "parties outcomes infeasible status_quo conditions refusals risk target"
    no_answer = "name title as_of source earlier draft author organisation handling mediators"
    known = {*BESIDES, *line_by_line.split(), *no_answer.split(), "left_out", "talks", "understood"}
    assert {f.name for f in fields(Case)} == known
    assert set(BESIDES) == set(written.BESIDES)  # and each has its words
