"""Status quo analysis: what can come of the present state, and how."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.graph.model import BoolArray, Graph
from detente.graph.paths import MAX_SEQUENCES, Layers, Paths, layers, trace


@dataclass(frozen=True, slots=True)
class Destination:
    """How one state comes about from the status quo.

    Parameters
    ----------
    state : int
        Flat index.
    by_moves, by_improvements : Paths
        All shortest legal sequences of moves, and of improvements, each judged by its mover from
        the state it leaves. Being reached by improvements is the stronger prediction.
    """

    state: int
    by_moves: Paths
    by_improvements: Paths


@dataclass(frozen=True, eq=False)
class Evolution:
    """What is within reach of the status quo.

    Parameters
    ----------
    start : int
        Flat index of the status quo.
    moves, improvements : int arrays of the graph's shape
        The least number of moves (improvements) to each state; -1 if out of reach.
    destinations : tuple of Destination
        The states asked about, those nearest by improvements first, then by moves.
    left_out : int
        States asked about beyond the limit.
    """

    start: int
    moves: np.ndarray[tuple[int, ...], np.dtype[np.int32]]
    improvements: np.ndarray[tuple[int, ...], np.dtype[np.int32]]
    destinations: tuple[Destination, ...]
    left_out: int

    def __repr__(self) -> str:
        return f"<Evolution from state {self.start}: {len(self.destinations)} destinations>"


def evolution(
    graph: Graph,
    start: int,
    targets: BoolArray,
    *,
    max_targets: int = 50,
    max_sequences: int = MAX_SEQUENCES,
) -> Evolution:
    """Return which target states come about from the status quo, with all shortest sequences.

    Parameters
    ----------
    start : int
        Flat index of the status quo.
    targets : bool array of the graph's shape
        The states asked about, such as the equilibria.
    max_targets : int
        Sequences are traced to at most so many of them.
    max_sequences : int
        At most so many sequences to each.

    References
    ----------
    [LiKilgourHipel2005]_; [LiHipelKilgourNoakes2005]_.
    """
    everyone = range(len(graph.parties))
    any_way = layers(graph, start, everyone, improving=False)
    willing = layers(graph, start, everyone, improving=True)
    moves, improvements = any_way.reached(), willing.reached()
    far = np.iinfo(np.int32).max
    asked = np.flatnonzero(targets & graph.feasible)
    near = [np.where(x[asked] < 0, far, x[asked]) for x in (moves, improvements)]
    order = asked[np.lexsort((asked, near[0], near[1]))]
    if graph.merged is not None:  # of those that count as one the nearest stands for all
        order = order[np.sort(np.unique(graph.merged[order], return_index=True)[1])]
    destinations = tuple(
        Destination(
            int(state),
            _sequences(graph, any_way, int(state), max_sequences),
            _sequences(graph, willing, int(state), max_sequences),
        )
        for state in order[:max_targets]
    )
    return Evolution(
        start,
        moves.reshape(graph.shape),
        improvements.reshape(graph.shape),
        destinations,
        max(0, len(order) - max_targets),
    )


def _sequences(graph: Graph, measured: Layers, state: int, limit: int) -> Paths:
    if state == measured.start:
        return Paths(((),))
    if measured.reached()[state] < 0:
        return Paths(())
    return trace(graph, measured, np.array([state]), limit=limit)
