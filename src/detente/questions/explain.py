"""Why a state holds, or who would leave it and why; and what would make it hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from detente.case.model import Case
from detente.errors import CaseError
from detente.graph import Graph, build
from detente.graph.build import build_any
from detente.graph.diagrams import Large
from detente.graph.diagrams.finding import find_levels
from detente.graph.find import STATUS_QUO, find_state
from detente.questions.declare import Concept, Memory, Option, State
from detente.questions.result import Part, Tabled
from detente.questions.stability import members_of
from detente.stability import analysis, registry, symbolic
from detente.stability import inverse as inverting
from detente.stability.symbolic import VeryMany
from detente.stability.witness import Reason, reason

if TYPE_CHECKING:
    from detente.dossier.documents.shapes.states import ExplanationDocument, InverseDocument
    from detente.dossier.sheets.model import Table

__all__ = ["explain", "inverse"]


@dataclass(frozen=True, eq=False, repr=False)
class Explanation(Tabled):
    """Why the parties would stay at a state, or leave it.

    Parameters
    ----------
    case : Case
        The case.
    graph : Graph
        Its arrays.
    state : int
        Flat index of the state.
    places : tuple of (int, int)
        For each party of the case: how many levels are better for it, and how many there are.
    reasons : tuple of Reason
        For each concept asked for, for each party asked for.
    very_many : VeryMany or None
        The answer, where there are too many states for the rest of these.
    """

    case: Case
    graph: Graph
    state: int
    places: tuple[tuple[int, int], ...]
    reasons: tuple[Reason, ...]
    very_many: VeryMany | None = None

    def line(self) -> str:
        """Return how many reasons there are."""
        n = len(self.reasons if self.very_many is None else self.very_many.reasons)
        return f"a state of {self.case.name}: {n} reasons"

    def told(self) -> Iterator[Part]:
        """Yield who stays, who leaves, and why."""
        from detente.dossier.text.large_reasons import large_reasons_text
        from detente.dossier.text.reasons import explanation_text

        if (found := self.very_many) is not None:
            yield large_reasons_text(self.case, found.levels, found.better, found.reasons)
            return
        yield explanation_text(self.case, self.state, self.places, self.reasons, self.graph.space)

    def tables(self) -> tuple[Table, ...]:
        """Return the answer as tables."""
        from detente.dossier.sheets.wayout import explained_tables

        return explained_tables(self.document())

    def document(self) -> ExplanationDocument:
        """Return the reasons as JSON has them."""
        from detente.dossier.documents.engine import explanation_document
        from detente.dossier.documents.large import large_reasons_document

        if (found := self.very_many) is not None:
            return large_reasons_document(self.case, found)
        return explanation_document(self.case, self.graph, self.state, list(self.reasons))


def explain(
    case: Case,
    state: State = STATUS_QUO,
    *,
    party: Annotated[str | None, Option(metavar="PARTY")] = None,
    concepts: Annotated[
        str | tuple[str, ...], Option("--concepts", "--concept", metavar="NAMES")
    ] = "seq",
    max_memory: Memory = None,
) -> Explanation:
    """Return why the parties would stay at a state, or leave it.

    Parameters
    ----------
    case : Case
        The case.
    state : str
        'status_quo', a state's string, or a formula that just one state satisfies, such as
        'ally.talk and north.pledge'.
    party : str, optional
        Only this party, or this coalition: a+b.
    concepts : str or sequence of str
        Solution concepts, as for stability, separated by commas.
    max_memory : int, optional
        Memory the analysis may use, such as 4G; by default what is free.

    Raises
    ------
    CaseError
        If a name is unknown, or not just one state is meant.

    Examples
    --------
    >>> import detente
    >>> print(detente.explain(detente.load("prisoners-dilemma"), "YY", party="row"))
    ... # doctest: +ELLIPSIS
    The state:...
    """
    names = registry.choose(concepts, len(case.parties))
    graph = build_any(case, max_memory=max_memory)
    if isinstance(graph, Large):
        return _explain_large(case, graph, state, party, names)
    at = find_state(case, graph, state)
    focal = None if party is None else members_of(case, party)
    found = [registry.find(name) for name in dict.fromkeys(names)]
    reasons = [
        reason(graph, task.concept, task.members, at)
        for task in analysis.tasks(graph, found, focal)
        if task.concept.over == "coalition" or focal is None or task.members == focal
    ]
    if not reasons:
        raise CaseError(f"'{party}' is a coalition; ask a concept over coalitions, such as cseq")
    places = tuple((int(r.max() - r.flat[at]), int(r.max()) + 1) for r in graph.ranks)
    return Explanation(case, graph, at, places, tuple(reasons))


def _explain_large(
    case: Case, graph: Large, state: str, party: str | None, names: tuple[str, ...]
) -> Explanation:
    levels = find_levels(case, graph, state)
    focal = None if party is None else members_of(case, party)
    found = [registry.find(name) for name in dict.fromkeys(names)]
    symbolic.need(found)
    very_many = symbolic.very_many(graph, found, levels, focal)
    return Explanation(case, graph, -1, (), (), very_many)


@dataclass(frozen=True, eq=False, repr=False)
class Inverse(Tabled):
    """Which preferences would make a state hold.

    Parameters
    ----------
    case : Case
        The case.
    graph : Graph
        Its arrays.
    state : int
        Flat index of the state.
    concept : str
        Under which it should hold.
    requirements : tuple of Requirement
        One for each party.
    """

    case: Case
    graph: Graph
    state: int
    concept: str
    requirements: tuple[inverting.Requirement, ...]

    def line(self) -> str:
        """Return the case and the concept."""
        return f"{self.case.name} under {self.concept}"

    def told(self) -> Iterator[Part]:
        """Yield what each party must not prefer."""
        from detente.dossier.text.inverse import inverse_text

        yield inverse_text(self.case, self.graph, self.state, self.concept, self.requirements)

    def tables(self) -> tuple[Table, ...]:
        """Return the answer as tables."""
        from detente.dossier.sheets.wayout import inverse_tables

        return inverse_tables(self.document())

    def document(self) -> InverseDocument:
        """Return the requirements as JSON has them."""
        from detente.dossier.documents.engine import inverse_document

        return inverse_document(self.case, self.graph, self.state, self.concept, self.requirements)


def inverse(
    case: Case, state: State = STATUS_QUO, concept: Concept = "seq", *, max_memory: Memory = None
) -> Inverse:
    """Return for every party which preferences would make a state hold.

    For each party: the smallest sets of states that it must not prefer to STATE, the others'
    preferences as they are, and in how many strict rankings that is so.

    Parameters
    ----------
    case : Case
        The case.
    state : str
        'status_quo', a state's string, or a formula that just one state satisfies.
    concept : str
        Under which it should hold: nash, gmr, smr, seq or sseq.
    max_memory : int, optional
        Memory the analysis may use, such as 4G; by default what is free.

    Raises
    ------
    CaseError
        If a name is unknown, or not just one state is meant.
    """
    graph = build(case, max_memory=max_memory)
    at = find_state(case, graph, state)
    return Inverse(case, graph, at, concept, inverting.inverse(graph, at, concept))
