"""The graph of a case drawn, and drawings without style sheets."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import assume, given
from sheets import SVG, data

import detente
from arcs_listed import literal
from detente.dossier.drawings.plain import JOURNAL, STYLES, plain_svg
from detente.dossier.drawings.states import EVERY, StateGraph, states_drawing
from detente.dossier.drawings.theme import DARK, LIGHT
from detente.graph import build
from detente.questions import draw
from detente.questions.table import QUESTIONS
from strategies import QUICK
from strategies_case import cases

PICTURES = (
    "path", "knots", "graph", "outcomes", "moves", "positions", "broker", "zone", "who", "timeline",
    "risk", "ticks", "missteps", "shares",
)  # fmt: skip


def graph_of(case, today=-1):
    try:
        graph = build(case)
    except (detente.CaseError, detente.LimitError):
        assume(condition=False)
    holds = np.zeros(graph.shape, bool)
    holds.flat[np.flatnonzero(graph.feasible)[::3]] = True
    return StateGraph(case, graph, tuple(np.flatnonzero(graph.feasible)), "seq", holds, today)


@given(cases(max_cells=48, feasible_only=True))
@QUICK
def test_every_state_and_every_move_is_drawn_once(case):
    found = graph_of(case)
    root = ET.fromstring(states_drawing(found))
    codes = list(found.graph.states(found.graph.feasible))
    assert sorted(data(root, "state")) == sorted(codes)
    held = [n.get("data-state") for n in root.iter() if n.get("data-holds") == "yes"]
    assert sorted(held) == sorted(found.graph.states(found.holds))
    code = dict(zip(found.states, codes, strict=True))
    moves = {(found.graph.parties[p], code[s], code[q]): g for p, s, q, g in literal(found.graph)}
    drawn = {}
    for edge in root.iter(f"{SVG}g"):
        if edge.get("data-gain") is None:
            continue
        party, a, b = (edge.get(f"data-{k}") for k in ("party", "from", "to"))
        assert (party, a, b) not in drawn
        drawn[party, a, b] = int(edge.get("data-gain"))
        if (back := edge.get("data-back")) != "none":
            drawn[party, b, a] = int(back)
    if len(codes) <= EVERY:
        assert drawn == moves
    else:
        assert drawn.items() <= moves.items()
        assert {m for m, gain in moves.items() if gain > 0} <= set(drawn)


@given(cases(max_cells=48, feasible_only=True))
@QUICK
def test_no_state_lies_on_another_or_off_the_sheet(case):
    root = ET.fromstring(states_drawing(graph_of(case)))
    _, _, wide, tall = map(float, root.get("viewBox").split())
    places = []
    for node in root.iter(f"{SVG}g"):
        if node.get("data-state") is None:
            continue
        ring = node.find(f"{SVG}circle")
        x, y, r = (float(ring.get(k)) for k in ("cx", "cy", "r"))
        assert r < x < wide - r
        assert r < y < tall - r
        assert all(abs(x - a) + abs(y - b) > 40 for a, b in places)
        places.append((x, y))
    for path in root.iter(f"{SVG}path"):
        if (curve := re.match(r"M(\S+) (\S+)Q(\S+) (\S+) (\S+) (\S+)$", path.get("d"))) is None:
            continue
        x0, y0, x1, y1, x2, y2 = map(float, curve.groups())
        middle = ((x0 + 2 * x1 + x2) / 4, (y0 + 2 * y1 + y2) / 4)
        assert 0 < middle[0] < wide
        assert 0 < middle[1] < tall


@cache
def drawn(what: str) -> str:
    """A picture before its colours are written out, worked out once for all styles."""
    source = "elmira" if what == "graph" else "korea-2018"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(draw, "plain_svg", lambda svg, style: svg)
        return detente.draw(source, what).svg


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("what", PICTURES)
def test_a_picture_stands_alone(what, style):
    svg = plain_svg(drawn(what), style)
    root = ET.fromstring(svg)
    assert "var(" not in svg
    assert "<style" not in svg
    assert all(node.get("class") is None for node in root.iter())
    assert {node.tag.removeprefix(SVG) for node in root.iter()} <= {
        "svg", "title", "desc", "g", "a", "rect", "path", "circle", "text", "polyline",
    }  # fmt: skip
    parents = {child: node for node in root.iter() for child in node}
    for node in root.iter():
        if node.tag.removeprefix(SVG) in ("path", "rect", "circle", "polyline", "text"):
            here, looks = node, set()
            while here is not None:
                looks |= {key for key in ("fill", "stroke") if here.get(key)}
                here = parents.get(here)
            assert looks, ET.tostring(node)
    colours = set(re.findall(r"#[0-9a-f]{6}", svg))
    assert colours <= set((LIGHT if style == "dossier" else JOURNAL).values())
    if style == "journal":
        assert all(len({c[1:3], c[3:5], c[5:7]}) == 1 for c in colours), "grey, black or white"
    else:
        assert not colours & set(DARK.values())


def test_a_picture_of_each_kind_is_tested():
    from typing import get_args

    from detente.questions.draw import Picture

    assert set(PICTURES) == set(get_args(Picture))
    assert "draw" in QUESTIONS


def test_a_colour_is_that_of_the_party_around_it():
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" class="drawing" viewBox="0 0 1 1">'
        '<g class="p2"><text class="own">a</text><g class="p3"><path class="full"/></g></g>'
        '<text class="own">b</text></svg>'
    )
    root = ET.fromstring(plain_svg(svg))
    fills = [n.get("fill") for n in root.iter() if n.tag in (f"{SVG}text", f"{SVG}path")]
    assert fills == [LIGHT["p2"], LIGHT["p3"], LIGHT["soft"]]


def test_of_a_large_case_those_around_today_are_drawn():
    found = detente.draw("korea-2018", "graph")
    assert "of 3,780 states: those around state 1,652" in found.svg
    assert len(re.findall("data-state=", found.svg)) <= 1 + 20 + 10


def test_a_large_case_without_a_today_asks_for_a_state():
    case = replace(detente.load("korea-2018"), status_quo=None)
    with pytest.raises(detente.CaseError, match="--from STATE"):
        detente.draw(case, "graph")
