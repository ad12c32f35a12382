"""Where a case stands towards a target, in a few figures that can be compared between cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

import numpy as np

from detente.case import formula as fm
from detente.case.model import Case, Ranking, Statements
from detente.case.truth import axes_of
from detente.errors import CaseError, LimitError, unknown
from detente.graph import Graph, build
from detente.graph.find import status_quo
from detente.graph.model import BoolArray
from detente.stability.analysis import tasks, work
from detente.stability.registry import Concept
from detente.wayout.choreography import exposures, require_room
from detente.wayout.deadlock import Deadlock, deadlock, everything_said


@dataclass(frozen=True, eq=False)
class Profile:
    """Where a case stands towards a target.

    Parameters
    ----------
    case : Case
        The case.
    graph : Graph or None
        Its arrays; None if it is too large for them.
    deadlock : Deadlock or None
        What stands in the way; None if there is no target or no status quo.
    target : bool array or None
        The states of the target.
    equilibria : tuple of (str, bool array)
        For each concept asked about, the states that hold.
    exposure, without_joint : Fraction or None
        Of the best path, and of the best without joint steps; None if there is none or it was not
        worked out.
    lacking : tuple of str
        What could not be worked out, and why: ``"said"``, ``"states"``, ``"preferences"``,
        ``"status_quo"``.
    """

    case: Case
    graph: Graph | None
    deadlock: Deadlock | None
    target: BoolArray | None = field(repr=False)
    equilibria: tuple[tuple[str, BoolArray], ...] = field(repr=False)
    exposure: Fraction | None
    without_joint: Fraction | None
    lacking: tuple[str, ...]

    @property
    def cost(self) -> int | None:
        """The least cost of a concession; None where it helps nothing or is not known."""
        return self.deadlock.cost if self.deadlock else None

    @property
    def knots(self) -> tuple[tuple[str, ...], ...]:
        """The knots, none where there is no deadlock."""
        return self.deadlock.knots if self.deadlock else ()

    def holding(self, concept: str) -> BoolArray | None:
        """Return the equilibria under a concept; None if they were not worked out."""
        return dict(self.equilibria).get(concept)

    def holding_in_target(self, concept: str) -> int | None:
        """Return how many states of the target hold under a concept."""
        holding = self.holding(concept)
        if holding is None or self.target is None or self.graph is None:
            return None
        return self.graph.count(holding & self.target)


def profile(
    case: Case,
    target: fm.Formula | None,
    concepts: Sequence[Concept],
    *,
    joint: int = 2,
    max_memory: int | None = None,
) -> Profile:
    """Return where a case stands; what cannot be worked out, or has no target, is left out."""
    lacking: list[str] = []
    stuck, graph, mask, exposure, without = None, None, None, None, None
    equilibria: tuple[tuple[str, BoolArray], ...] = ()
    if case.status_quo is None:
        lacking.append("status_quo")
    elif target is not None:
        stuck = deadlock(case, target, silence=True)
        if not everything_said(case):
            lacking.append("said")
    if indifferent(case):
        lacking.append("preferences")
    else:
        try:
            graph = build(case, max_memory=max_memory)
        except LimitError:
            lacking.append("states")
    if graph is not None:
        equilibria = tuple((c.name, holding(graph, c)) for c in concepts)
    if graph is not None and target is not None:
        mask = graph.where(graph.truth(case), target)
        if case.status_quo is not None:
            start = status_quo(case, graph)
            try:
                require_room(case, graph, max_memory)
            except LimitError:
                lacking.append("states")
            else:
                exposure, without = exposures(graph, start, mask, joint=joint)
    return Profile(case, graph, stuck, mask, equilibria, exposure, without, tuple(lacking))


def holding(graph: Graph, concept: Concept) -> BoolArray:
    """Return the equilibria under a concept."""
    verdicts = [v.stable for v in work(graph, tasks(graph, [concept]))]
    stable: BoolArray = np.logical_and.reduce(verdicts)
    return stable


def indifferent(case: Case) -> tuple[str, ...]:
    """Return the parties of which the case says nothing that they want."""

    def silent(preferences: object) -> bool:
        if isinstance(preferences, Statements):
            return not preferences.statements
        if isinstance(preferences, Ranking):
            return not preferences.groups
        return not getattr(preferences, "weights", ())

    return tuple(p.name for p in case.parties if silent(p.preferences))


def without(case: Case, ids: Sequence[str]) -> Case:
    """Return a case in which some conditions and refusals were never said.

    Raises
    ------
    CaseError
        If an id is unknown.
    """
    known = [s.id for s in everything_said(case)]
    for name in ids:
        if name not in known:
            raise CaseError(unknown("condition or refusal", name, known))
    return replace(
        case,
        conditions=tuple(c for c in case.conditions if c.id not in ids),
        refusals=tuple(r for r in case.refusals if r.id not in ids),
    )


def parties_in(case: Case, formula: fm.Formula) -> frozenset[str]:
    """Return the parties whose options a formula mentions, outcomes looked into."""
    return frozenset(case.options[axis][0].name for axis in axes_of(case, [formula]))
