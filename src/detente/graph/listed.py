"""A conflict whose states are arrays, seen as a list of its feasible states, and back."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.graph.model import BoolArray, Graph
from detente.graph.space import Rows

AnyArray = NDArray[Any]


def listed(graph: Graph) -> Graph:
    """Return the same conflict with its feasible states as a list, worked out once."""
    if graph.rows is not None:
        return graph
    return graph.once("listed", lambda: _listed(graph))


def _listed(graph: Graph) -> Graph:
    at = np.flatnonzero(graph.feasible)
    space = Rows(graph.levels, graph.space.rows(at).astype(np.int8))
    return Graph(
        graph.parties,
        graph.options,
        graph.owner,
        graph.changes,
        np.ones(len(at), bool),
        tuple(ranks.ravel()[at] for ranks in graph.ranks),
        space,
    )


def as_list(values: AnyArray, graph: Graph) -> AnyArray:
    """Return the values at the feasible states, one after the other."""
    return values if graph.rows is not None else values.ravel()[np.flatnonzero(graph.feasible)]


def put_back(values: AnyArray, graph: Graph) -> AnyArray:
    """Return values of the feasible states in the shape of a graph; nought elsewhere."""
    if graph.rows is not None:
        return values
    found = np.zeros(graph.shape, values.dtype)
    found[graph.feasible] = values
    return found


def marked(states: NDArray[np.intp], graph: Graph) -> BoolArray:
    """Return where some states are, given by flat index."""
    found = np.zeros(graph.shape, bool)
    found.flat[states] = True
    return found
