"""The solution concepts asked about one state alone, move by move.

The array concepts settle all states at once; where only one state is in question and preferences
change from one question to the next, following the moves from that state is quicker. A test holds
both to the same verdicts.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

import numpy as np

from detente.graph.model import Graph, Party
from detente.graph.slices import improvements_at, moves_at
from detente.stability.rules import Rules

Ground: TypeAlias = tuple[Party, int, int, bool]
"""What a party must think of two states: the second is better than the first, or (False) is not."""


def stays_at(graph: Graph, party: Party, state: int, rules: Rules) -> bool:
    """Return whether a state is stable for a party.

    Parameters
    ----------
    state : int
        Flat index.
    rules : Rules
        With answers in turn, or none.
    """
    tempting = improvements_at(graph, party, state).tolist()
    if not rules.answered or not tempting:
        return not tempting
    return all(_deterrence(graph, party, state, better, rules) is not None for better in tempting)


def grounds(graph: Graph, party: Party, state: int, rules: Rules) -> tuple[Ground, ...] | None:
    """Return what is enough for a state to be stable for a party, whatever else anybody thinks.

    Returns
    -------
    tuple of Ground or None
        All of which hold; None where the state is not stable.
    """
    ranks = graph.ranks[party].ravel()
    found: list[Ground] = []
    for target in moves_at(graph, party, state).tolist():
        if ranks[target] <= ranks[state]:
            found.append((party, state, target, False))
            continue
        deterred = _deterrence(graph, party, state, target, rules) if rules.answered else None
        if deterred is None:
            return None
        found += deterred
    return tuple(found)


def _deterrence(
    graph: Graph, party: Party, state: int, improved: int, rules: Rules
) -> list[Ground] | None:
    """Return what deters a party from an improvement; None if nothing does."""
    ranks = graph.ranks[party].ravel()
    came: dict[tuple[int, Party], tuple[int, Party]] = {}
    for end, last in _answers(graph, party, improved, came, improving=rules.improving):
        if ranks[end] > ranks[state]:
            continue
        escapes = moves_at(graph, party, end) if rules.final else np.zeros(0, np.intp)
        if (ranks[escapes] > ranks[state]).any():
            continue
        found: list[Ground] = [(party, state, q, False) for q in (end, *escapes.tolist())]
        at = (end, last)
        while rules.improving and at in came:
            before = came[at]
            found.append((at[1], before[0], at[0], True))
            at = before
        return found
    return None


def _answers(
    graph: Graph,
    party: Party,
    state: int,
    came: dict[tuple[int, Party], tuple[int, Party]],
    *,
    improving: bool,
) -> Iterator[tuple[int, Party]]:
    """Yield where legal sequences of the others lead, nearer states first, and who moves last.

    What each state, with its last mover, was reached from is put into ``came``.
    """
    successors = improvements_at if improving else moves_at
    seen: set[int] = set()
    fresh = [(state, party)]
    while fresh:
        further = []
        for source, last in fresh:
            for j in graph.others(party):
                if j == last:
                    continue
                for target in successors(graph, j, source).tolist():
                    if (target, j) in came:
                        continue
                    came[target, j] = (source, last)
                    further.append((target, j))
                    if target not in seen:
                        seen.add(target)
                        yield target, j
        fresh = further
