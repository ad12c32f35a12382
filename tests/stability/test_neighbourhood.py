"""The neighbourhood of a state against a count of every pair of states."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.stability.neighbourhood import neighbourhood
from strategies import graphs


@st.composite
def questions(draw):
    """A graph, a feasible state of it, some states that hold, and how many to keep."""
    graph = draw(graphs())
    start = draw(st.sampled_from(np.flatnonzero(graph.feasible).tolist()))
    marks = draw(
        st.lists(st.booleans(), min_size=graph.feasible.size, max_size=graph.feasible.size)
    )
    holds = np.array(marks).reshape(graph.shape) & graph.feasible
    return graph, start, holds, draw(st.integers(0, 6)), draw(st.integers(0, 5))


def can_move(graph, party, a, b):
    """Read the definition of a move aloud for one pair of states."""
    if a == b or not (graph.feasible.flat[a] and graph.feasible.flat[b]):
        return False
    old, new = (np.unravel_index(s, graph.shape) for s in (a, b))
    return all(
        graph.changes[axis][x, y] if graph.owner[axis] == party else x == y
        for axis, (x, y) in enumerate(zip(old, new, strict=True))
    )


def gains(graph, party, a, b):
    return graph.ranks[party].flat[b] > graph.ranks[party].flat[a]


@settings(max_examples=150, deadline=None)
@given(questions())
def test_every_move_is_counted_and_the_kept_ones_are_the_best(question):
    graph, start, holds, near, far = question
    found = neighbourhood(graph, start, holds, near=near, far=far)
    states, parties = range(graph.feasible.size), range(len(graph.parties))
    moves = {p: [t for t in states if can_move(graph, p, start, t)] for p in parties}
    for p in parties:
        better = [t for t in moves[p] if gains(graph, p, start, t)]
        assert (found.reach[p].moves, found.reach[p].improvements) == (len(moves[p]), len(better))
        kept = [m.target for m in found.moves if m.mover == p]
        assert set(kept) <= set(moves[p])
        ranks = graph.ranks[p].ravel()
        dropped = [t for t in moves[p] if t not in kept]
        assert all(ranks[k] >= ranks[d] for k in kept for d in dropped)
    assert all(m.improves == gains(graph, m.mover, start, m.target) for m in found.moves)
    assert len(found.moves) == min(near, sum(map(len, moves.values())))
    # No party has two moves more than another that could have shown one.
    shown = {p: sum(m.mover == p for m in found.moves) for p in parties}
    for p in parties:
        for q in parties:
            assert shown[p] <= shown[q] + 1 or shown[q] == len(moves[q])


@settings(max_examples=150, deadline=None)
@given(questions())
def test_answers_are_all_improvements_of_others_to_the_states_kept(question):
    graph, start, holds, near, far = question
    found = neighbourhood(graph, start, holds, near=near, far=far)
    onward = {
        (q, m.target, t)
        for m in found.moves
        for q in range(len(graph.parties))
        for t in range(graph.feasible.size)
        if q != m.mover and can_move(graph, q, m.target, t) and gains(graph, q, m.target, t)
    }
    reached = {t for _, _, t in onward}
    kept = {m.target for m in found.answers}
    assert len(kept) == min(far, len(reached))
    told = [(m.mover, m.source, m.target) for m in found.answers]
    assert sorted(told) == sorted(x for x in onward if x[2] in kept)
    assert all(m.improves for m in found.answers)
    if any(holds.flat[t] for t in reached - kept):
        assert all(holds.flat[t] for t in kept)
    everywhere = {start, *(m.target for m in found.moves), *kept}
    assert found.holds == {s for s in everywhere if holds.flat[s]}
    # What the drawing relies on: no state stands in two columns, and each has few ways in.
    assert not {m.target for m in found.moves} & (kept | {start})
    assert start not in kept
    assert all(len([m for m in found.answers if m.target == t]) <= 2 for t in kept)
