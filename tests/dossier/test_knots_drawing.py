"""Knots drawn: everything of the answer is there, nothing stands on anything else."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sheets import SVG, check, classes, data, words
from stands import HOSTILE, nine, relabelled, several

import detente
from detente.case import formula as fm
from detente.case.files import parse
from detente.case.model import Condition
from detente.dossier.drawings.knots import knots_drawing
from detente.wayout.deadlock import deadlock
from detente.wayout.tangle import tangle
from wayout.random_cases import cases

WIDTHS = (300, 340, 519, 520, 720, 1100)

REFUSED = """
title: One refusal
parties:
  a: {name: A, options: {talk: Talk}}
  b: {name: B, options: {talk: Talk}}
outcomes: {talks: a.talk and b.talk}
status_quo: []
refusals: [{party: b, refuses: b.talk, firmness: 2}]
"""


@pytest.fixture(scope="module")
def found():
    return detente.deadlock(several(), "talks")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("case", [several(), nine(), relabelled(several()), relabelled(nine())])
def test_nothing_is_cut_off_or_stands_on_anything_else(case, width):
    stuck = detente.deadlock(case, "talks")
    assert stuck.knots
    root = check(knots_drawing(stuck, width=width), width=width)
    assert words(root)


def groups(root, kind):
    """The groups of a drawing that have an attribute."""
    return [node for node in root.iter(f"{SVG}g") if node.get(f"data-{kind}") is not None]


@pytest.mark.parametrize("width", [340, 720])
def test_every_saying_of_every_knot_is_there_with_its_firmness(found, width):
    root = check(knots_drawing(found, width=width))
    drawn = groups(root, "knot")
    assert len(drawn) == len(found.knots) == 4
    for node, knot in zip(drawn, found.knots, strict=True):
        said = {g.get("data-id"): g for g in groups(node, "firmness")}
        assert set(said) == set(knot)
        for name, group in said.items():
            assert group.get("data-firmness") == str(found.said(name).firmness)
            assert group.get("data-party") == found.said(name).party
        shown = [r for r in node.iter(f"{SVG}rect") if "pill" in classes(r)]
        assert len(shown) == len(knot)
        for name in knot:
            assert str(found.said(name).firmness) in words(node).split()


@pytest.mark.parametrize("width", [340, 720])
def test_arrows_go_from_who_asks_to_what_is_asked_for(found, width):
    root = check(knots_drawing(found, width=width))
    for node, knot in zip(groups(root, "knot"), found.knots, strict=True):
        made = tangle(found, knot)
        names = found.case.option_names
        wanted = {(s.said or "target", names[s.axis]) for s in made.strands}
        wanted |= {(names[axis], name) for axis, name in made.opens}
        edges = groups(node, "from")
        assert {(g.get("data-from"), g.get("data-to")) for g in edges} == wanted
        assert len(edges) == len(wanted)
        for edge in edges:
            line = next(p for p in edge.iter(f"{SVG}path") if "wire" in classes(p))
            if edge.get("data-from") in knot:
                refuses = not isinstance(found.said(edge.get("data-from")), Condition)
                assert (line.get("stroke-dasharray") == "6 4") == refuses
        red = {
            g.get("data-option")
            for g in groups(node, "option")
            if any("clash" in classes(r) for r in g.iter(f"{SVG}rect"))
        }
        assert red == {names[a] for a in made.axes if a in (made.clashes or made.axes)}


def test_red_is_for_what_cannot_hold_together_alone():
    stuck = detente.deadlock(parse(REFUSED, file="case.yaml", name="one").case, "talks")
    root = check(knots_drawing(stuck))
    assert data(root, "knot") == ["1"]
    (box,) = groups(root, "option")
    assert box.get("data-option") == "b.talk"
    assert any("clash" in classes(r) for r in box.iter(f"{SVG}rect"))
    assert "target" in data(root, "from")  # the target asks for what is refused


def test_boxes_lead_to_their_sources(found):
    root = check(
        knots_drawing(found, link=lambda name: f"#cite-{name}" if name.startswith("r") else None),
        hrefs={"#cite-r1", "#cite-r2", "#cite-r3"},
    )
    assert {a.get("href") for a in root.iter(f"{SVG}a")} == {"#cite-r1", "#cite-r2", "#cite-r3"}


def test_what_is_left_out_is_counted(found):
    root = check(knots_drawing(found, most=1))
    assert data(root, "knot") == ["1"]
    assert "and 3 further knots, not drawn" in words(root)


def test_hostile_labels_are_whole_in_the_titles():
    root = check(knots_drawing(detente.deadlock(relabelled(several()), "talks")))
    told = " ".join(node.text or "" for node in root.iter(f"{SVG}title"))
    assert HOSTILE[3] in told
    assert "<script>" in words(root)
    assert "\u202e" not in told + words(root)


@pytest.mark.parametrize(
    "target", ["talks", "ardan.drills", "velia.halt and corland.aid and corland.host"]
)
def test_without_a_knot_the_reason_is_told(target):
    case = several()
    free = detente.deadlock(case, target)
    root = check(knots_drawing(free, width=340))
    if not free.knots:
        assert not data(root, "knot")
        assert words(root)


def test_the_same_bytes_every_time(found):
    assert knots_drawing(found) == knots_drawing(detente.deadlock(several(), "talks"))
    assert "<style>" not in knots_drawing(found, styled=False)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    cases(parties=(2, 4), options=(2, 4), said=8, statements=(0, 0)), st.sampled_from([340, 720])
)
def test_any_deadlock_can_be_drawn(case, width):
    stuck = deadlock(case, fm.OutcomeIs("goal"), silence=True)
    root = check(knots_drawing(stuck, width=width, most=50), width=width)
    assert len(data(root, "knot")) == len(stuck.knots)
