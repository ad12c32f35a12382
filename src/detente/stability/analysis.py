"""Which states are stable for whom: the concepts applied to one conflict."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from detente.errors import CaseError
from detente.graph.model import BoolArray, Graph
from detente.graph.states import StateSet
from detente.stability.coalition import Coalition, coalitions
from detente.stability.registry import Concept


@dataclass(frozen=True, eq=False)
class Verdict:
    """Where one party, or one coalition, stays under one concept.

    Parameters
    ----------
    concept : Concept
        The concept.
    focal : str
        The party's name, or the members' joined by ``+``.
    stable : bool array, one axis an option
        False on infeasible states.
    """

    concept: Concept
    focal: str
    stable: BoolArray


@dataclass(frozen=True, eq=False)
class Verdicts:
    """Which states are stable for whom, and the equilibria.

    Parameters
    ----------
    case : str
        The case's name.
    parties, options : tuple of str
        Names; ``options`` are the axes of all arrays.
    feasible : bool array
        The states.
    concepts : tuple of Concept
        What was asked for.
    verdicts : tuple of Verdict
        For each concept, for each party or coalition; fewer if the work was interrupted.
    """

    case: str
    parties: tuple[str, ...]
    options: tuple[str, ...]
    feasible: BoolArray
    concepts: tuple[Concept, ...]
    verdicts: tuple[Verdict, ...]

    @property
    def n_states(self) -> int:
        """The number of feasible states."""
        return int(np.count_nonzero(self.feasible))

    def focals(self, concept: str) -> tuple[str, ...]:
        """Return whose stability was worked out under a concept."""
        return tuple(v.focal for v in self.verdicts if v.concept.name == concept)

    def stable(self, concept: str, focal: str) -> StateSet:
        """Return the states that are stable for one party or coalition.

        Raises
        ------
        CaseError
            If that was not worked out.
        """
        for verdict in self.verdicts:
            if (verdict.concept.name, verdict.focal) == (concept, focal):
                return StateSet(verdict.stable, self.feasible)
        known = ", ".join(f"{v.concept.name} for {v.focal}" for v in self.verdicts)
        raise CaseError(f"no verdict under '{concept}' for '{focal}'; there are: {known}")

    def equilibria(self, concept: str) -> StateSet:
        """Return the states stable for everybody asked about under a concept.

        Raises
        ------
        CaseError
            If the concept was not worked out.
        """
        stable = [v.stable for v in self.verdicts if v.concept.name == concept]
        if not stable:
            known = ", ".join(c.name for c in self.concepts)
            raise CaseError(f"'{concept}' was not worked out; there are: {known}")
        return StateSet(np.logical_and.reduce(stable), self.feasible)


@dataclass(frozen=True, slots=True)
class Task:
    """One verdict to work out."""

    concept: Concept
    focal: str
    members: Coalition


def tasks(
    graph: Graph, concepts: Sequence[Concept], coalition: Coalition | None = None
) -> tuple[Task, ...]:
    """Return the verdicts that answer a question.

    Parameters
    ----------
    coalition : tuple of int, optional
        Ask concepts over coalitions about this one alone instead of about all.
    """
    asked = []
    for concept in concepts:
        if concept.over == "party":
            groups: Sequence[Coalition] = [(p,) for p in range(len(graph.parties))]
        else:
            groups = [coalition] if coalition else coalitions(len(graph.parties))
        for members in groups:
            focal = "+".join(graph.parties[p] for p in members)
            asked.append(Task(concept, focal, members))
    return tuple(asked)


def work(graph: Graph, asked: Sequence[Task]) -> Iterator[Verdict]:
    """Yield verdicts one by one, so that a caller can show progress and stop in between."""
    for task in asked:
        focal = task.members if task.concept.over == "coalition" else task.members[0]
        yield Verdict(task.concept, task.focal, task.concept.stable(graph, focal))
