"""Which states are stable for whom: the concepts applied to one conflict."""

from __future__ import annotations

import functools
import operator
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from detente.case.model import Case
from detente.errors import CaseError
from detente.graph.model import BoolArray, Graph
from detente.graph.states import StateSet
from detente.graph.together import Coalition
from detente.stability.coalition import sub_coalitions
from detente.stability.registry import Concept
from detente.version import __version__

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl


@dataclass(frozen=True, slots=True)
class Task:
    """One verdict to work out.

    Parameters
    ----------
    concept : Concept
        The concept.
    focal : str
        The party's name, or the members' joined by ``+``.
    members : tuple of int
        The party, or the coalition.
    """

    concept: Concept
    focal: str
    members: Coalition


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
    stable: BoolArray = field(repr=False)


@dataclass(frozen=True, eq=False)
class Verdicts:
    """Which states are stable for whom, and the equilibria.

    Parameters
    ----------
    case : Case
        The case that was analysed.
    graph : Graph
        Its arrays.
    asked : tuple of Task
        The verdicts asked for.
    verdicts : tuple of Verdict
        In the order asked; fewer if the work was interrupted.
    version : str
        The version of détente that worked them out.
    """

    case: Case
    graph: Graph
    asked: tuple[Task, ...]
    verdicts: tuple[Verdict, ...]
    version: str = field(default=__version__, kw_only=True)

    def __repr__(self) -> str:
        concepts = ", ".join(concept.name for concept in self.concepts)
        return f"<Stability of {self.case.name}: {concepts}; {self.n_states:,} states>"

    @property
    def n_states(self) -> int:
        """The number of feasible states."""
        return self.graph.n_states

    @property
    def complete(self) -> bool:
        """Whether every verdict asked for is there."""
        return len(self.verdicts) == len(self.asked)

    @property
    def concepts(self) -> tuple[Concept, ...]:
        """The concepts for which every verdict asked for is there."""
        concepts = dict.fromkeys(task.concept for task in self.asked)
        return tuple(c for c in concepts if len(self.focals(c.name)) == self._n_asked(c.name))

    def focals(self, concept: str) -> tuple[str, ...]:
        """Return the parties or coalitions whose verdicts are there.

        Parameters
        ----------
        concept : str
            By its short name.
        """
        return tuple(v.focal for v in self.verdicts if v.concept.name == concept)

    def stable(self, concept: str, focal: str) -> StateSet:
        """Return the states that are stable for one party or coalition.

        Parameters
        ----------
        concept : str
            By its short name.
        focal : str
            A party, or a coalition such as ``moe+local``.

        Raises
        ------
        CaseError
            If that was not worked out.
        """
        for verdict in self.verdicts:
            if (verdict.concept.name, verdict.focal) == (concept, focal):
                return self.graph.states(verdict.stable)
        known = ", ".join(f"{v.concept.name} for {v.focal}" for v in self.verdicts)
        raise CaseError(f"no verdict under '{concept}' for '{focal}'; there are: {known}")

    def equilibria(self, concept: str) -> StateSet:
        """Return the states stable for everybody asked about under a concept.

        Parameters
        ----------
        concept : str
            By its short name.

        Raises
        ------
        CaseError
            If the concept was not worked out, or not to its end.
        """
        stable = [v.stable for v in self.verdicts if v.concept.name == concept]
        if not stable or len(stable) < self._n_asked(concept):
            known = ", ".join(c.name for c in self.concepts) or "none"
            raise CaseError(f"'{concept}' was not worked out; concepts that were: {known}")
        return self.graph.states(functools.reduce(operator.and_, stable))

    def frame(self) -> pd.DataFrame | pl.DataFrame:
        """Return a data frame with one row a state, of pandas or else of polars.

        Columns are ``state`` (its string), one for each option (the level's name), one for each
        concept (whether the state is an equilibrium) and one for each concept and party, such as
        ``seq.ally`` (whether it is stable for that party).

        Raises
        ------
        ImportError
            If neither library is installed.
        """
        at = self.graph.states(self.graph.feasible).at
        columns: dict[str, object] = {"state": self.graph.codes(at)}
        levels = self.graph.space.rows(at).T
        for name, (_, option), level in zip(
            self.case.option_names, self.case.options, levels, strict=True
        ):
            columns[name] = np.array(option.levels)[level]
        for concept in self.concepts:
            columns[concept.name] = self.equilibria(concept.name).states.ravel()[at]
        for verdict in self.verdicts:
            columns[f"{verdict.concept.name}.{verdict.focal}"] = verdict.stable.ravel()[at]
        return data_frame(columns)

    def _n_asked(self, concept: str) -> int:
        return sum(task.concept.name == concept for task in self.asked)


def data_frame(columns: dict[str, object]) -> pd.DataFrame | pl.DataFrame:
    """Return columns as a data frame of pandas, or else of polars.

    Raises
    ------
    ImportError
        If neither library is installed.
    """
    try:
        import pandas
    except ImportError:
        pass
    else:
        return pandas.DataFrame(columns)
    try:
        import polars
    except ImportError:
        message = "data frames need pandas or polars: pip install 'detente[frames]'"
        raise ImportError(message) from None
    return polars.DataFrame(columns)


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
        everybody = tuple(range(len(graph.parties)))
        if concept.over == "party":
            groups: tuple[Coalition, ...] = tuple((p,) for p in everybody)
        else:
            groups = (coalition,) if coalition else sub_coalitions(everybody)
        for members in groups:
            focal = "+".join(graph.parties[p] for p in members)
            asked.append(Task(concept, focal, members))
    return tuple(asked)


def work(graph: Graph, asked: Sequence[Task]) -> Iterator[Verdict]:
    """Yield verdicts one by one, so that a caller can show progress and stop in between."""
    for task in asked:
        focal = task.members if task.concept.over == "coalition" else task.members[0]
        with graph.bounded():
            stable = task.concept.stable(graph, focal)
        if graph.kernel is None:
            stable.setflags(write=False)
        yield Verdict(task.concept, task.focal, stable)


def holding(result: Verdicts) -> BoolArray:
    """Return the states that are equilibria under any of the concepts worked out."""
    found = np.zeros(result.graph.shape, bool)
    for concept in result.concepts:
        found |= result.equilibria(concept.name).states
    return found
