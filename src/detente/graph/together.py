"""Improvements of a coalition: joint moves after which every member is strictly better off.

Preferences of a coalition are partial, so nothing can be sorted. But a coalition moves only inside
a slice (all options of the others fixed), so which state improves on which is a table of states
against the coalition's own assignments, one bit each, 64 to a word.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from detente.errors import LimitError
from detente.graph.joint import closure
from detente.graph.model import Graph, Party

Coalition: TypeAlias = tuple[Party, ...]
Words: TypeAlias = NDArray[np.uint64]
"""One 64-bit word a state."""

WORD = 64

MAX_BYTES = 1 << 30
"""Largest table that is made."""


@dataclass(frozen=True, eq=False)
class Together:
    """Where a coalition can improve to.

    Parameters
    ----------
    assignments : tuple of index tuples
        For each own assignment of the coalition, the index of the states that have it; the own
        axes keep length 1.
    words : tuple of uint64 arrays of the graph's shape
        Bit k of word w at state s: moving to assignment 64 w + k, the others' options as they
        are, is an improvement for all members that a legal sequence of their moves reaches.
    """

    assignments: tuple[tuple[slice, ...], ...]
    words: tuple[Words, ...]


def together(graph: Graph, coalition: Coalition) -> Together:
    """Return a coalition's improvements, worked out once for a graph.

    Raises
    ------
    LimitError
        If the table would take more than ``MAX_BYTES``.
    """
    return graph.once(("together", coalition), lambda: _together(graph, coalition))


def _together(graph: Graph, coalition: Coalition) -> Together:
    own = [a for p in coalition for a in range(graph.axes[p].start, graph.axes[p].stop)]
    n_assignments = math.prod(graph.shape[a] for a in own)
    n_words = -(-n_assignments // WORD)
    if n_words * graph.feasible.size * 8 > MAX_BYTES:
        names = "+".join(graph.parties[p] for p in coalition)
        raise LimitError(
            f"the joint improvements of {names} are too many: {n_assignments:,} assignments in "
            f"{graph.feasible.size:,} states; leave out 'cseq', or ask about a smaller case"
        )
    levels = [range(graph.shape[a]) for a in own]
    assignments = []
    for chosen in itertools.product(*levels):
        index = [slice(None)] * len(graph.shape)
        for axis, level in zip(own, chosen, strict=True):
            index[axis] = slice(level, level + 1)
        assignments.append(tuple(index))
    words = tuple(
        _word(graph, coalition, assignments[start : start + WORD])
        for start in range(0, n_assignments, WORD)
    )
    return Together(tuple(assignments), words)


def _word(graph: Graph, coalition: Coalition, assignments: list[tuple[slice, ...]]) -> Words:
    """Return one word of the table, for up to 64 assignments."""
    here = np.zeros(graph.shape, np.uint64)
    better = np.zeros(graph.shape, np.uint64)
    for k, at in enumerate(assignments):
        bit = np.uint64(1 << k)
        here[at] = bit
        wins = np.ones(graph.shape, bool)
        for p in coalition:
            wins &= graph.ranks[p][at] > graph.ranks[p]
        better |= np.where(wins, bit, np.uint64(0))
    reached: Words = closure(np.bitwise_or, here, graph, coalition)
    return reached & better


def into(states: Words, graph: Graph, coalition: Coalition) -> Words:
    """Return from where one improvement of a coalition leads into each set.

    Parameters
    ----------
    states : uint64 array of the graph's shape
        Each bit is a set of states.
    """
    table = together(graph, coalition)
    found = np.zeros(graph.shape, np.uint64)
    for number, at in enumerate(table.assignments):
        goal = states[at]
        if goal.any():
            bit = np.uint64(1 << number % WORD)
            open_way = (table.words[number // WORD] & bit) != 0
            found |= np.where(open_way, goal, np.uint64(0))
    return found
