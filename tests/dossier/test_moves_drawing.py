"""The neighbourhood drawn: every state and move of the result, in words, nothing overlapping."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sheets import SVG, check, data, words
from stands import nine, relabelled, several

import detente
from detente.dossier.drawings.moves import moves_drawing
from detente.graph import build
from detente.graph.find import status_quo
from detente.graph.states import codes
from detente.stability.neighbourhood import neighbourhood
from wayout.random_cases import cases

WIDTHS = (300, 340, 519, 520, 720, 1100)


def around(case, *, concept="seq", **how):
    """The graph of a case and what is around its status quo."""
    found = detente.stability(case, [concept])
    holds = found.equilibria(concept).states
    return found.graph, neighbourhood(found.graph, status_quo(case, found.graph), holds, **how)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("case", [several(), relabelled(several()), detente.load("elmira")])
def test_nothing_is_cut_off_or_stands_on_anything_else(case, width):
    graph, found = around(case, near=9, far=6)
    check(moves_drawing(case, graph, found, concept="seq", width=width), width=width)


def test_nine_parties_can_be_drawn():
    case = nine()
    graph, found = around(case, concept="nash", near=12)
    root = check(moves_drawing(case, graph, found, width=340), width=340)
    assert len(data(root, "improves")) == 12 + len(found.answers)


@pytest.mark.parametrize("width", [340, 720])
def test_every_state_and_move_of_the_result_is_there(width):
    case = detente.load("elmira")
    graph, found = around(case)
    root = check(moves_drawing(case, graph, found, concept="seq", width=width))
    name = dict(
        zip(
            range(graph.feasible.size),
            codes(graph.shape, np.arange(graph.feasible.size)),
            strict=True,
        )
    )
    states = {found.start, *(m.target for m in (*found.moves, *found.answers))}
    assert set(data(root, "state")) == {name[s] for s in states}
    held = {g.get("data-state") for g in root.iter(f"{SVG}g") if g.get("data-holds") == "yes"}
    assert held == {name[s] for s in found.holds}
    edges = [
        tuple(g.get(f"data-{k}") for k in ("party", "from", "to", "improves"))
        for g in root.iter(f"{SVG}g")
        if g.get("data-improves")
    ]
    assert sorted(edges) == sorted(
        (
            case.party_names[m.mover],
            name[m.source],
            name[m.target],
            "yes" if m.improves else "no",
        )
        for m in (*found.moves, *found.answers)
    )


def test_states_are_told_by_what_changes():
    # By hand: the municipality alone gains by a move, and insisting holds under SEQ.
    case = detente.load("elmira")
    graph, found = around(case)
    told = words(check(moves_drawing(case, graph, found, concept="seq", width=720)))
    assert "insists on the original control order better for it holds under SEQ" in told
    assert told.count("Today") == 1
    codes_shown = set(told.split()) & set(codes(graph.shape, np.arange(graph.feasible.size)))
    assert not codes_shown


def test_what_is_left_out_is_counted():
    case = several()
    graph, found = around(case, near=2, far=0)
    n = sum(r.moves for r in found.reach)
    assert f"Not shown: {n - 2} further moves" in words(check(moves_drawing(case, graph, found)))


def test_the_same_bytes_every_time():
    case = several()
    once, again = (moves_drawing(case, *around(case)) for _ in range(2))
    assert once == again


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(cases(parties=(1, 4), options=(1, 4), said=0), st.sampled_from([340, 720]), st.data())
def test_any_neighbourhood_can_be_drawn(case, width, data_):
    graph = build(case)
    marks = data_.draw(
        st.lists(st.booleans(), min_size=graph.feasible.size, max_size=graph.feasible.size)
    )
    holds = np.array(marks).reshape(graph.shape) & graph.feasible
    found = neighbourhood(graph, status_quo(case, graph), holds, near=8, far=8)
    check(moves_drawing(case, graph, found, width=width), width=width)
