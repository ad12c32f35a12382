"""States that count as one, as published models count them: classes of states, and their proof.

Merging is sound only where nothing can tell the members of a class apart: every party likes them
equally, and whoever moves from one of them reaches the same classes as from every other. Then no
verdict changes, only how many states there are; that is checked here, and what breaks it is told.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from detente.case.formula import to_text
from detente.case.model import Case
from detente.case.truth import Truth
from detente.errors import CaseError, LimitError, Problem
from detente.graph.model import BoolArray, Graph
from detente.graph.slices import moves_at

MOST = 1 << 16
"""Combinations of levels up to which states are merged."""

Merged = NDArray[np.intp]
"""For every cell the first state of its class; -1 where no state can be."""


def require_few(case: Case, cells: int) -> None:
    """Check that the states of a case are few enough to be merged.

    Raises
    ------
    LimitError
        If they are not.
    """
    if case.equivalent and cells > MOST:
        raise LimitError(
            f"'equivalent' is worked out for up to {MOST:,} combinations of levels; "
            f"{case.name} has {cells:,}. Take it out of the case"
        )


def require_listed(case: Case) -> None:
    """Check that no state counts as one with another where states cannot be listed.

    Raises
    ------
    LimitError
        If some do.
    """
    if case.equivalent:
        raise LimitError(
            "'equivalent' needs states that can be listed; leave --store diagrams out, or take "
            "'equivalent' out of the case"
        )


def merged(case: Case, truth: Truth, feasible: BoolArray) -> Merged | None:
    """Return which states of a case count as one; None where each counts for itself.

    Raises
    ------
    CaseError
        If a state belongs to two classes.
    """
    if not case.equivalent:
        return None
    first = np.where(feasible.ravel(), np.arange(feasible.size), -1)
    taken = np.zeros(feasible.size, np.intp)
    for k, rule in enumerate(case.equivalent, start=1):
        held = (np.broadcast_to(truth(rule.formula), feasible.shape) & feasible).ravel()
        if (both := taken[held]).any():
            other = case.equivalent[int(both[both > 0][0]) - 1]
            raise CaseError(
                f"'equivalent': '{to_text(other.formula)}' and '{to_text(rule.formula)}' share a "
                "state, so all of both would be one; write them as one formula, joined by 'or'"
            )
        taken[held] = k
        if held.any():
            first[held] = int(held.argmax())
    return first


class ToldApartError(CaseError):
    """States that should count as one are not alike; with everything that tells them apart."""


def require_alike(case: Case, graph: Graph) -> None:
    """Check that nothing tells the members of a class of states apart.

    Raises
    ------
    ToldApartError
        With everything that does.
    """
    if graph.merged is not None and (found := list(_differences(case, graph, graph.merged))):
        raise ToldApartError(found)


def _differences(case: Case, graph: Graph, same: Merged) -> Iterator[Problem]:
    classes: dict[int, list[int]] = {}
    for state in np.flatnonzero(graph.feasible).tolist():
        classes.setdefault(int(same[state]), []).append(state)
    for first, members in classes.items():
        for party, ranks in zip(case.parties, graph.ranks, strict=True):
            liked = ranks.ravel()[members]
            if (liked != liked[0]).any():
                other = members[int((liked != liked[0]).argmax())]
                yield Problem(
                    f"'equivalent': {party.name} does not like {_named(graph, first, other)} "
                    "equally, so they cannot count as one state; mend its preferences, or the "
                    "formula"
                )
        for p, party in enumerate(case.parties):
            reached = [frozenset(same[moves_at(graph, p, s)].tolist()) - {first} for s in members]
            for other, there in zip(members, reached, strict=True):
                if there != reached[0]:
                    odd = min(there ^ reached[0])
                    can, cannot = (first, other) if odd in reached[0] else (other, first)
                    yield Problem(
                        f"'equivalent': {party.name} can move from {_code(graph, can)} to "
                        f"{_code(graph, odd)} and not from {_code(graph, cannot)}, so these two "
                        "cannot count as one state; mend what can change, or the formula"
                    )
                    break


def _named(graph: Graph, a: int, b: int) -> str:
    return f"{_code(graph, a)} and {_code(graph, b)}"


def _code(graph: Graph, state: int) -> str:
    return graph.codes(np.array([state]))[0]
