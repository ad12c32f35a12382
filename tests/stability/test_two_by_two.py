"""All ordinal 2x2 games: how many equilibria, and how many games without any.

The counts were worked out by exhaustion outside this project; the oracle, which shares no code
with the engine either, finds the same (``test_oracle_finds_the_same_counts``).
"""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from detente.graph import Graph
from detente.stability.registry import CONCEPTS
from oracle import INDIVIDUAL, Conflict
from oracle.cases import two_by_two

STRICT = tuple(itertools.permutations(range(4)))
WEAK = tuple(p for p in itertools.product(range(4), repeat=4) if set(p) == set(range(max(p) + 1)))

# Concept: equilibria in all games together, games without one.
OF_576_STRICT = {
    "nash": (576, 72),
    "gmr": (1024, 0),
    "smr": (784, 32),
    "seq": (772, 0),
    "sseq": (676, 32),
    "sim": (640, 72),
}
OF_5625_WEAK = {
    "nash": (7744, 338),
    "gmr": (12544, 0),
    "smr": (10000, 162),
    "seq": (9488, 0),
    "sseq": (8624, 162),
}


def test_number_of_rankings():
    # 4! strict orders, and the fourth ordered Bell number of weak ones.
    assert (len(STRICT), len(WEAK)) == (24, 75)


def all_games(rankings) -> Graph:
    """Every pair of rankings in one conflict.

    Each party has, besides its move, an option that says which ranking it has and that it
    cannot change: the games stand side by side and nobody gets from one to another.
    """
    n = len(rankings)
    # Axes: row's ranking, row's move, column's ranking, column's move.
    payoffs = np.array(rankings, np.int8).reshape(n, 2, 2)
    shape = (n, 2, n, 2)
    row = np.broadcast_to(payoffs[:, :, None, :], shape).copy()
    column = np.broadcast_to(payoffs.transpose(1, 0, 2)[None], shape).copy()
    frozen, free = np.eye(n, dtype=bool), np.ones((2, 2), bool)
    return Graph(
        ("row", "column"),
        ("row.which", "row.move", "column.which", "column.move"),
        (0, 0, 1, 1),
        (frozen, free, frozen.copy(), free.copy()),
        np.ones(shape, bool),
        (row, column),
    )


def count(concept: str, graph: Graph) -> tuple[int, int]:
    both = CONCEPTS[concept].stable(graph, 0) & CONCEPTS[concept].stable(graph, 1)
    by_game = both.sum(axis=(1, 3))
    return int(by_game.sum()), int((by_game == 0).sum())


@pytest.mark.parametrize(("concept", "counts"), OF_576_STRICT.items())
def test_strict_games_side_by_side(concept, counts):
    assert count(concept, all_games(STRICT)) == counts


@pytest.mark.parametrize(("concept", "counts"), OF_5625_WEAK.items())
def test_games_with_ties_side_by_side(concept, counts):
    assert count(concept, all_games(WEAK)) == counts


@pytest.mark.parametrize(("concept", "counts"), OF_576_STRICT.items())
def test_strict_games_one_by_one(concept, counts):
    total = without = 0
    for row, column in itertools.product(STRICT, repeat=2):
        graph = two_by_two(row, column)
        both = CONCEPTS[concept].stable(graph, 0) & CONCEPTS[concept].stable(graph, 1)
        total += int(both.sum())
        without += not both.any()
    assert (total, without) == counts


def test_oracle_finds_the_same_counts():
    totals = dict.fromkeys(OF_576_STRICT, 0)
    without = dict.fromkeys(OF_576_STRICT, 0)
    for row, column in itertools.product(STRICT, repeat=2):
        conflict = Conflict.from_graph(two_by_two(row, column))
        for concept in OF_576_STRICT:
            holds = INDIVIDUAL[concept]
            found = sum(holds(conflict, 0, s) and holds(conflict, 1, s) for s in conflict.states)
            totals[concept] += found
            without[concept] += not found
    assert {c: (totals[c], without[c]) for c in OF_576_STRICT} == OF_576_STRICT


def test_oracle_finds_the_same_counts_with_ties():
    totals = dict.fromkeys(OF_5625_WEAK, 0)
    without = dict.fromkeys(OF_5625_WEAK, 0)
    for row, column in itertools.product(WEAK, repeat=2):
        conflict = Conflict.from_graph(two_by_two(row, column))
        for concept in OF_5625_WEAK:
            holds = INDIVIDUAL[concept]
            found = sum(holds(conflict, 0, s) and holds(conflict, 1, s) for s in conflict.states)
            totals[concept] += found
            without[concept] += not found
    assert {c: (totals[c], without[c]) for c in OF_5625_WEAK} == OF_5625_WEAK
