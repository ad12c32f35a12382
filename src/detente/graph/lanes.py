"""One conflict under many rankings of one party at a time."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from detente.graph.model import Graph, IntArray


def lanes(graph: Graph, ranks: IntArray) -> Graph:
    """Return the conflict with one more axis of states, along which nobody moves.

    Parameters
    ----------
    ranks : int array of the graph's shape and one more axis
        A ranking for each place on the last axis; whose, does not matter.
    """
    n = ranks.shape[-1]
    feasible = np.ascontiguousarray(np.broadcast_to(graph.feasible[..., None], ranks.shape))
    if graph.rows is not None:
        space = replace(graph.rows, lanes=(n,))
        everybody = (ranks,) * len(graph.parties)
        return replace(graph, feasible=feasible, ranks=everybody, space=space)
    return Graph(
        parties=(*graph.parties, ""),
        options=(*graph.options, ""),
        owner=(*graph.owner, len(graph.parties)),
        changes=(*graph.changes, np.eye(n, dtype=bool)),
        feasible=feasible,
        ranks=(ranks,) * (len(graph.parties) + 1),
    )
