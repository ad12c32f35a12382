"""How much of a target holds, and what of it lies nearest to today; on any store."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.case import formula as fm
from detente.graph.diagrams import Large, Where
from detente.graph.diagrams.ways import Go, Way, nearest
from detente.graph.diagrams.ways import shortest as way_on_diagrams
from detente.graph.paths import shortest
from detente.graph.space import Levels
from detente.stability.analysis import Verdicts
from detente.stability.tally import nearest_to


@dataclass(frozen=True, slots=True)
class Aim:
    """How many states hold under a concept, and the one nearest to today.

    Parameters
    ----------
    concept : str
        Its name.
    states : int
        The states that hold, of the target if there is one.
    nearest : tuple of int or None
        One of them; None if there is none or no today.
    way : Way
        How it comes about by any moves, nobody twice in a row.
    """

    concept: str
    states: int
    nearest: Levels | None
    way: Way


def aims(result: Verdicts, target: fm.Formula | None) -> tuple[Aim, ...]:
    """Return for each concept what holds of a target, or of everything, nearest to today."""
    graph = result.graph
    found = []
    for concept in result.concepts:
        holding = result.equilibria(concept.name).states
        if isinstance(graph, Large):
            found.append(_on_diagrams(result, graph, concept.name, holding, target))  # type: ignore[arg-type]
            continue
        if target is not None:
            holding = holding & graph.where(graph.truth(result.case), target)
        n = graph.count(holding)
        today = result.case.status_quo
        start = -1 if today is None else graph.space.find(today)
        if not n or start < 0 or not graph.feasible.flat[start]:
            found.append(Aim(concept.name, n, None, Way(False)))
            continue
        near = nearest_to(holding, today, graph.space)
        goal = np.zeros(graph.shape, bool)
        goal.flat[near] = True
        paths = shortest(graph, start, goal, range(len(graph.parties)), limit=1).sequences
        at = graph.space.at
        moves = tuple(Go(s.mover, at(s.source), at(s.target)) for path in paths for s in path)
        found.append(Aim(concept.name, n, at(near), Way(bool(paths), moves)))
    return tuple(found)


def _on_diagrams(
    result: Verdicts, graph: Large, concept: str, holding: Where, target: fm.Formula | None
) -> Aim:
    today = result.case.status_quo
    if target is not None:
        holding = holding & graph.satisfying(target)
    n = holding.size()
    if not n or today is None or not graph.everything.holds(today):
        return Aim(concept, n, None, Way(False))
    near = nearest(graph, holding, today)
    way = way_on_diagrams(graph, today, graph.only(near), range(len(graph.parties)))
    return Aim(concept, n, near, way)
