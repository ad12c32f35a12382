"""How much a result hangs on: the least change after which it is another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from detente.case.formula import Formula
from detente.case.model import Case
from detente.doubt import radius as weighing
from detente.graph.build import build
from detente.graph.model import Graph
from detente.questions.declare import AtLeast, Concept, Count, Memory, Option, Progress, Target
from detente.questions.result import Part, Tabled
from detente.questions.targets import read_target, states_of
from detente.stability import registry

if TYPE_CHECKING:
    from detente.dossier.documents.shapes.doubt import RadiusDocument
    from detente.dossier.sheets.model import Table

__all__ = ["radius"]


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class Radius(weighing.Radius, Tabled):
    """How many changes of mind a result can bear.

    Parameters
    ----------
    case, graph : Case, Graph
        The case and its states.
    target : Formula
        What holds, or does not.
    concept : str
        Under which.
    most : int
        The most changes that were to be tried.
    """

    case: Case
    graph: Graph
    target: Formula
    concept: str
    most: int

    @property
    def complete(self) -> bool:
        """Whether nothing cut the search short."""
        return not self.stopped

    @property
    def kept(self) -> str:
        """What there is of an interrupted answer."""
        return "what is proved so far is shown" if self.stopped == "interrupted" else ""

    def line(self) -> str:
        """Return how few changes are enough."""
        now = "holds" if self.holds else "does not hold"
        least = "none found" if self.least is None else str(self.least)
        return f"{self.case.name} under {self.concept}: {now}; changes that turn it: {least}"

    def told(self, *, limit: Annotated[int, AtLeast(1), Option(metavar="N")] = 5) -> Iterator[Part]:
        """Yield what turns it, and what each line rests on.

        Parameters
        ----------
        limit : int
            Ways to show; --json prints all.
        """
        from detente.dossier.text.turns import radius_text

        yield radius_text(self.case, self.graph, self.target, self.concept, self, self.most, limit)

    def tables(self) -> tuple[Table, ...]:
        """Return the changes as a table, one a row; a way may need several."""
        from detente.dossier.sheets.doubt import radius_tables

        return radius_tables(self.document())

    def document(self) -> RadiusDocument:
        """Return all ways as JSON has them."""
        from detente.dossier.documents.doubt import radius_document

        return radius_document(self.case, self.graph, self.target, self.concept, self)


def radius(
    case: Case,
    target: Target = None,
    concept: Concept = "seq",
    *,
    cost: Count = 2,
    add: bool = False,
    seconds: Annotated[float, AtLeast(0), Option(metavar="S")] = weighing.SECONDS,
    max_memory: Memory = None,
    on_progress: Annotated[Callable[[int, int], None] | None, Progress("trying changes")] = None,
) -> Radius:
    """Return the least change of what parties want after which a target holds no more, or does.

    A target holds if some state of it is an equilibrium. If it holds today, wishes are dropped or
    moved to another priority, one more at a time, until no state of it is one; if it does not,
    until one is. Of a party that ranks the states, neighbours in the ranking are swapped or
    merged. Every change counts as one, whoever makes it.

    Parameters
    ----------
    case : Case
        The case.
    target : str, optional
        What should hold, or should not: a formula or an outcome.
    concept : str
        Under which a state counts as holding.
    cost : int
        Try up to so many changes.
    add : bool
        Let a party come to want an outcome, or an option at some level, too.
    seconds : float
        Time after which the search ends; what is proved by then is told.
    max_memory : int, optional
        Memory the analysis may use, such as 4G; by default what is free.
    on_progress : callable, optional
        Called with how much is done, and of how much.

    Raises
    ------
    CaseError
        If a name is unknown, or the concept is one over coalitions.
    LimitError
        If the states are too many.

    Examples
    --------
    >>> import detente
    >>> found = detente.radius(detente.load("us-china-trade"), cost=1)
    >>> found.holds, found.least
    (True, None)
    """
    chosen = registry.over_parties(concept)
    formula = read_target(case, target)
    graph = build(case, max_memory=max_memory)
    holds = weighing.Outcome(graph, states_of(case, graph, formula), chosen)
    found = weighing.radius(
        case, graph, holds, most=cost, add=add, seconds=seconds, on_progress=on_progress
    )
    return Radius.of(found, case=case, graph=graph, target=formula, concept=concept, most=cost)
