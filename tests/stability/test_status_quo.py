"""What comes of the status quo: distances and all shortest sequences, against plain search."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from detente.stability.statusquo import evolution
from oracle import Conflict, shortest_sequences
from oracle.cases import ELMIRA, case_named, from_text
from strategies import QUICK, bytes_over, graphs


def as_sequences(graph, paths):
    return {
        tuple((step.mover, state_at(graph, step.target)) for step in sequence)
        for sequence in paths.sequences
    }


def state_at(graph, flat):
    return tuple(map(int, np.unravel_index(flat, graph.shape)))


@given(graph=graphs(max_cells=24), data=st.data())
@QUICK
def test_everything_within_reach(graph, data):
    conflict = Conflict.from_graph(graph)
    start = data.draw(st.sampled_from(conflict.states))
    targets = bytes_over(data.draw, graph.shape) % 2 == 0
    flat = int(np.ravel_multi_index(start, graph.shape))
    found = evolution(graph, flat, targets, max_sequences=10_000)
    ways = [shortest_sequences(conflict, start, improving) for improving in (False, True)]
    for known in ways:
        known[start] = {()}
    for distances, known in zip((found.moves, found.improvements), ways, strict=True):
        for s in conflict.states:
            assert distances[s] == (len(next(iter(known[s]))) if s in known else -1)
    reached = {state_at(graph, d.state): d for d in found.destinations}
    assert set(reached) == {s for s in conflict.states if targets[s]}
    for s, destination in reached.items():
        for paths, known in zip(
            (destination.by_moves, destination.by_improvements), ways, strict=True
        ):
            assert paths.complete
            assert as_sequences(graph, paths) == known.get(s, set())
    assert (found.start, found.left_out) == (flat, 0)

    limit = data.draw(st.integers(1, 4))
    capped = evolution(graph, flat, targets, max_sequences=limit)
    for whole, cut in zip(found.destinations, capped.destinations, strict=True):
        for every, some in (
            (whole.by_moves, cut.by_moves),
            (whole.by_improvements, cut.by_improvements),
        ):
            assert some.sequences == every.sequences[:limit]
            assert some.complete == (len(every.sequences) <= limit)

    few = evolution(graph, flat, targets, max_targets=2)
    assert [d.state for d in few.destinations] == [d.state for d in found.destinations[:2]]
    assert few.left_out == len(found.destinations) - len(few.destinations)
    order = [
        (found.improvements.flat[d.state], found.moves.flat[d.state]) for d in found.destinations
    ]
    far = 1 << 20
    assert order == sorted(order, key=lambda pair: tuple(n if n >= 0 else far for n in pair))


def test_elmira():
    # [KilgourHipelFangPeng2001]_: from state 1 (delay, no insistence) the local government
    # improves to 7 (insist). Nobody improves on, so of the equilibria 5, 6, 7, 10, 11, 12 only
    # 7 comes about by improvements, and 12 (modify, abandon, insist) takes three moves.
    case = case_named("elmira")
    graph = case.graph
    targets = np.zeros(graph.shape, bool)
    for string in case.equilibria["nash"]:
        targets[from_text(string)] = True
    found = evolution(graph, 0, targets)
    nearest, *rest = found.destinations
    assert nearest.state == np.ravel_multi_index(from_text(ELMIRA[7]), graph.shape)
    assert as_sequences(graph, nearest.by_improvements) == {((2, from_text(ELMIRA[7])),)}
    assert all(not d.by_improvements.sequences for d in rest)
    by_state = {state_at(graph, d.state): d for d in rest}
    twelve = by_state[from_text(ELMIRA[12])]
    # Three parties, one move each, in any order.
    assert twelve.by_moves.length == 3
    assert len(twelve.by_moves.sequences) == 6
