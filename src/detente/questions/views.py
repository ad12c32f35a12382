"""What each party believes of the others, and what that changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.case.model import Case
from detente.doubt.hypergame import Hypergame, Value, hypergame, values
from detente.errors import CaseError
from detente.graph.build import build
from detente.graph.model import Graph
from detente.questions.declare import Concepts, Memory
from detente.questions.result import Part, Tabled
from detente.stability import registry

if TYPE_CHECKING:
    from detente.dossier.documents.shapes.doubt import ViewsDocument
    from detente.dossier.sheets.model import Table

__all__ = ["views"]


@dataclass(frozen=True, eq=False, repr=False)
class Views(Tabled):
    """What holds as each party sees the game, and who would be surprised.

    Parameters
    ----------
    case, graph : Case, Graph
        The case and its states.
    games : tuple of Hypergame
        One for each concept.
    values : tuple of Value
        For each belief and concept what it is worth.
    """

    case: Case
    graph: Graph
    games: tuple[Hypergame, ...]
    values: tuple[Value, ...]

    def line(self) -> str:
        """Return how many states hold, as each sees it and in truth."""
        told = (
            f"{g.concept.name} {int(g.holds.sum()):,} ({int(g.true.sum()):,} in truth)"
            for g in self.games
        )
        return f"{self.case.name}: hold as each sees it: {', '.join(told)}"

    def told(self) -> Iterator[Part]:
        """Yield what holds as each sees it, who is surprised, and what each belief is worth."""
        from detente.dossier.tables.views import views_view

        yield views_view(self.case, self.graph, self.games, self.values)

    def tables(self) -> tuple[Table, ...]:
        """Return the states, and the worth of each belief, as tables."""
        from detente.dossier.sheets.doubt import views_tables

        return views_tables(self.document())

    def document(self) -> ViewsDocument:
        """Return the same as JSON has it."""
        from detente.dossier.documents.views import views_document

        return views_document(self.case, self.graph, self.games, self.values)


def views(case: Case, concepts: Concepts = None, *, max_memory: Memory = None) -> Views:
    """Return what holds where each party sees a game of its own, and who would be surprised.

    A case says under 'views' what a party takes the others' wishes to be, and which of their
    options it does not know of. Each party then stays or leaves as it sees the game; a state holds
    if all stay. A party is surprised where it expects of another what that one does not think
    itself. For each belief it is told what would hold if it were set right, and between which
    levels of everybody's scale that lies: what a lie gains, or a disclosure costs.

    Parameters
    ----------
    case : Case
        The case, with views.
    concepts : str or sequence of str, optional
        Solution concepts over parties, separated by commas.
    max_memory : int, optional
        Memory the analysis may use, such as 4G; by default what is free.

    Raises
    ------
    CaseError
        If the case has no views, or a concept is over coalitions.
    LimitError
        If the states are too many to be listed.

    Examples
    --------
    >>> import detente
    >>> found = detente.views(detente.load("korea-jacobi-feared"), "seq")
    >>> [int(states.sum()) for states in (found.games[0].holds, found.games[0].true)]
    [6, 3]
    """
    if not case.views:
        raise CaseError(
            f"{case.name} does not say what parties believe of each other; add it under 'views', "
            "such as 'views: {a: {b: {preferences: [not a.x]}}}'"
        )
    names = registry.choose(concepts, len(case.parties))
    found = [registry.over_parties(name) for name in dict.fromkeys(names)]
    graph = build(case, max_memory=max_memory)
    games = hypergame(case, graph, found)
    return Views(case, graph, games, values(case, graph, games))
