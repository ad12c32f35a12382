"""The dilemmas that public words put the parties in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.case.model import Case
from detente.graph.build import build
from detente.graph.model import Graph
from detente.questions.declare import Memory
from detente.questions.result import Part, Tabled
from detente.wayout import dilemmas as confronting

if TYPE_CHECKING:
    from detente.dossier.documents.shapes.doubt import DilemmasDocument
    from detente.dossier.sheets.model import Table

__all__ = ["dilemmas"]


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class Dilemmas(confronting.Dilemmas, Tabled):
    """The dilemmas that public words put the parties in.

    Parameters
    ----------
    case, graph : Case, Graph
        The case and its states.
    """

    case: Case
    graph: Graph

    def line(self) -> str:
        """Return how many dilemmas there are."""
        return f"{self.case.name}: {len(self.found)} dilemmas"

    def told(self) -> Iterator[Part]:
        """Yield each dilemma, what it is over, whether a word would be kept, what removes it."""
        from detente.dossier.text.dilemmas import dilemmas_text

        yield dilemmas_text(self.case, self.graph, self)

    def tables(self) -> tuple[Table, ...]:
        """Return the dilemmas, and the words they come from, as tables."""
        from detente.dossier.sheets.doubt import dilemmas_tables

        return dilemmas_tables(self.document())

    def document(self) -> DilemmasDocument:
        """Return the same as JSON has it."""
        from detente.dossier.documents.dilemmas import dilemmas_document

        return dilemmas_document(self.case, self.graph, self)


def dilemmas(case: Case, *, max_memory: Memory = None) -> Dilemmas:
    """Return the dilemmas of confrontation analysis: who is under pressure by whose public words.

    What each party wants of an option, and what its owner says that it will do if nobody gives in,
    stands under 'positions' and 'intentions', or is read from conditions and refusals; who does not
    believe a word stands under 'doubts'. A party is in a dilemma of persuasion, trust,
    co-operation, rejection or sufficiency. Beside each it is told, by the wishes, whether the
    threat or the promise would be kept, and what removes the dilemma.

    Parameters
    ----------
    case : Case
        The case; it says how things stand today.
    max_memory : int, optional
        Memory the analysis may use, such as 4G; by default what is free.

    Raises
    ------
    CaseError
        If the case does not say how things stand today.

    Examples
    --------
    >>> import detente
    >>> found = detente.dilemmas(detente.load("korea-2018"))
    >>> sorted({one.kind for one in found.found})
    ['persuasion', 'sufficiency']
    """
    graph = build(case, max_memory=max_memory)
    return Dilemmas.of(confronting.dilemmas(case, graph), case=case, graph=graph)
