"""Reasons of the concepts over coalitions."""

from __future__ import annotations

from collections import deque

import numpy as np

from detente.graph.model import BoolArray, Graph
from detente.graph.paths import layers, shortest
from detente.graph.together import Coalition
from detente.stability.coalition import answered, hurtful, sub_coalitions
from detente.stability.rules import Rules
from detente.stability.witness.reason import Deterrent, Prospects, Turn

MAX_VISITS = 500
"""States looked at in tracing an answer by coalition improvements before it is given up."""


def prospects(graph: Graph, coalition: Coalition, state: int, rules: Rules) -> Prospects:
    """Return what tempts a coalition at a state, and what the others would make of it."""
    better = _better(graph, coalition, state)
    others = tuple(p for p in range(len(graph.parties)) if p not in coalition)
    within_reach = layers(graph, state, coalition, improving=False).reached()
    targets = np.flatnonzero((within_reach > 0) & better.ravel())
    asked = better.astype(np.uint64)  # one question, in the lowest bit
    deterring = graph.feasible & (hurtful(asked, graph, coalition, rules) & 1).astype(bool)
    sanctioned = (answered(asked, graph, coalition, rules) & 1).astype(bool).ravel()[targets]
    liking = np.zeros(len(targets), np.int64)
    for p in coalition:
        liking += graph.ranks[p].ravel()[targets]

    def trace(k: int) -> Deterrent:
        target, deterred = int(targets[k]), bool(sanctioned[k])
        improvement = _together(graph, coalition, state, _at(graph, target))
        assert improvement is not None
        goal = deterring if deterred else graph.feasible & ~better
        response, traced = _response(graph, others, target, goal, rules, deterred)
        end = response[-1].target if response else target
        escape = None
        if response and not deterred:
            escape = _together(graph, coalition, end, better)
            end = escape.target if escape else end
        return Deterrent(improvement, response, escape, deterred, end, traced=traced)

    return Prospects(bool((within_reach > 0).any()), targets, sanctioned, liking, trace)


def _better(graph: Graph, coalition: Coalition, state: int) -> BoolArray:
    """Return the feasible states that all members strictly prefer to a given one."""
    found = graph.feasible.copy()
    for p in coalition:
        found &= graph.ranks[p] > graph.ranks[p].flat[state]
    return found


def _response(
    graph: Graph, others: Coalition, start: int, goal: BoolArray, rules: Rules, deterred: bool
) -> tuple[tuple[Turn, ...], bool]:
    """Return a shortest answer into a set, and whether it was found if there is one."""
    if not rules.answered or not (rules.final or deterred):
        return (), True
    if rules.improving:
        return _by_improvements(graph, others, start, goal)
    paths = shortest(graph, start, goal, others, limit=1)
    steps = paths.sequences[0] if paths.sequences else ()
    return tuple(Turn((step.mover,), (step,)) for step in steps), True


def _by_improvements(
    graph: Graph, others: Coalition, start: int, goal: BoolArray
) -> tuple[tuple[Turn, ...], bool]:
    """Search, fewest turns first, for improvements of coalitions of the others into a set."""
    queue: deque[tuple[int, Coalition, tuple[Turn, ...]]] = deque([(start, (), ())])
    seen: set[tuple[int, Coalition]] = {(start, ())}
    for _ in range(MAX_VISITS):
        if not queue:
            return (), True
        state, last, turns = queue.popleft()
        for movers in sub_coalitions(others):
            if movers == last:
                continue
            better = _better(graph, movers, state)
            if turn := _together(graph, movers, state, better & goal):
                return (*turns, turn), True
            for q in _reached(graph, movers, state, better):
                if (q, movers) not in seen:
                    seen.add((q, movers))
                    on_the_way = _together(graph, movers, state, _at(graph, q))
                    assert on_the_way is not None
                    queue.append((q, movers, (*turns, on_the_way)))
    return (), False


def _reached(graph: Graph, movers: Coalition, state: int, among: BoolArray) -> list[int]:
    reach = layers(graph, state, movers, improving=False).reached() > 0
    found: list[int] = np.flatnonzero(reach & among.ravel()).tolist()
    return found


def _together(graph: Graph, movers: Coalition, state: int, goal: BoolArray) -> Turn | None:
    """Return a shortest legal sequence of the movers into a set as one turn."""
    paths = shortest(graph, state, goal, movers, limit=1)
    return Turn(movers, paths.sequences[0]) if paths.length else None


def _at(graph: Graph, state: int) -> BoolArray:
    one = np.zeros(graph.shape, bool)
    one.flat[state] = True
    return one
