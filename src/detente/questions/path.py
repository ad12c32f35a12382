"""How to get to a target with the least exposure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Any

from detente.case.formula import Formula
from detente.case.model import Case
from detente.errors import CaseError
from detente.graph import Graph
from detente.graph.build import build_any
from detente.graph.diagrams import Large
from detente.graph.diagrams.finding import find_levels
from detente.graph.find import STATUS_QUO, find_state
from detente.graph.model import BoolArray
from detente.questions.declare import Joint, Memory, Option, Target
from detente.questions.result import Part, Tabled
from detente.questions.targets import need_preferences, read_target, states_of
from detente.stability import registry
from detente.stability import symbolic as symbolic_stability
from detente.wayout import choreography, profile, results, symbolic
from detente.wayout.broken import words_of
from detente.wayout.symbolic import LargeWays

if TYPE_CHECKING:
    from detente.dossier.documents.shapes.wayout import PathDocument
    from detente.dossier.sheets.model import Table

__all__ = ["path"]


@dataclass(frozen=True, eq=False, repr=False)
class Ways(results.Ways, Tabled):
    """The way to a target with the least exposure.

    Parameters
    ----------
    very_many : LargeWays or None
        The shortest ways, where there are too many states to be listed.
    """

    very_many: LargeWays | None = None

    def line(self) -> str:
        """Return how long the way is, in a few words."""
        if (large := self.very_many) is not None:
            how = f"{len(large.way.moves)} moves" if large.way.found else "none found"
            return f"{self.case.name}: {how}"
        best = self.found.paths[0] if self.found.paths else None
        how = "none found" if best is None else f"{len(best.steps)} steps"
        return f"{self.case.name}: {how}"

    def told(self) -> Iterator[Part]:
        """Yield the best path step by step, and what it risks."""
        from detente.dossier import telling
        from detente.dossier.sections.draft import spoken, too_little
        from detente.dossier.text.large_agreement import ways_text

        if told := too_little(self.case) or spoken(self.case):
            yield told
        if self.very_many is not None:
            yield ways_text(self.case, self.target, self.very_many)
            return
        if not too_little(self.case):
            yield telling.path(self)

    def tables(self) -> tuple[Table, ...]:
        """Return the answer as tables."""
        from detente.dossier.sheets.wayout import path_tables

        return path_tables(self.document())

    def document(self) -> PathDocument:
        """Return the paths as JSON has them."""
        from detente.dossier.documents.large_agreement import large_path_document
        from detente.dossier.documents.wayout import path_document

        if self.very_many is not None:
            return large_path_document(self, self.very_many)
        return path_document(self)

    def drawing(self) -> str:
        """Return the best path as SVG; empty where nobody has to move, or there is none."""
        from detente.dossier import telling

        if self.very_many is not None:
            return ""
        return telling.picture("path", telling.context(self.case, self.target, path=self))


def path(
    case: Case,
    target: Target = None,
    start: Annotated[str, Option("--from", metavar="STATE")] = STATUS_QUO,
    *,
    joint: Joint = 2,
    hold: Annotated[str | None, Option(metavar="CONCEPT")] = None,
    max_memory: Memory = None,
) -> Ways:
    """Return the order of moves that leads to a target with the least exposure on the way.

    A step is a move of one party, or several moving together. After a step a mover is exposed by
    what it stands to lose against today if one of the others pockets the step and does what is
    best for itself. The best path has the least largest exposure; then it breaks the least firm
    words (conditions and refusals that are kept today); then it has the fewest steps in which a
    mover yields, the fewest joint steps, the fewest steps.

    Where there are too many states to be listed, told are the shortest way by moves of one party
    at a time, with the words that it breaks, and the shortest in which each move is better for
    whoever makes it; exposure and joint steps are not weighed there.

    Parameters
    ----------
    case : Case
        The case.
    target : str, optional
        What should happen: a formula or an outcome.
    start : str
        Where to begin: a formula that just one state satisfies, or a state's string.
    joint : int
        At most so many parties may take a step together.
    hold : str, optional
        The end must be an equilibrium under this concept.
    max_memory : int, optional
        Memory the analysis may use, such as 4G; by default what is free.

    Raises
    ------
    CaseError
        If a name is unknown, a party has no preferences, or not just one start is meant.

    Examples
    --------
    >>> import detente
    >>> way = detente.path(detente.load("elmira"), "settled", "N0Y")
    >>> [step.movers for step in way.found.paths[0].steps]
    [(0, 1)]
    """
    formula = read_target(case, target)
    need_preferences(case)
    if joint < 1:
        raise CaseError(f"--joint is {joint}; 1 means that nobody moves together with others")
    concept = None if hold is None else registry.find(hold)
    graph = build_any(case, max_memory=max_memory)
    if isinstance(graph, Large):
        return _large(case, graph, formula, start, concept)
    choreography.require_room(case, graph, max_memory)
    begin = find_state(case, graph, start)
    holding = {name: profile.holding(graph, registry.find(name)) for name in registry.SEQUENTIAL}
    mask = states_of(case, graph, formula)
    if concept is not None:
        if concept.name not in holding:
            holding[concept.name] = profile.holding(graph, concept)
        mask = mask & holding[concept.name]
    found = choreography.choreography(
        graph, begin, mask, joint=joint, words=words_of(case, graph.space)
    )
    ends = tuple(_end(graph, begin, way.end(begin), holding) for way in found.paths)
    goals = graph.count(mask)
    return Ways(case, graph, formula, hold, joint, goals, found, ends)


def _large(
    case: Case, graph: Large, target: Formula, start: str, concept: registry.Concept | None
) -> Ways:
    begin = find_levels(case, graph, start)
    goal = graph.satisfying(target)
    if concept is not None:
        symbolic_stability.need([concept])
        for party in range(len(graph.parties)):
            with graph.bounded():
                goal = goal & concept.stable(graph, party)  # type: ignore[operator]
    nothing: Any = None  # there are no arrays
    found = symbolic.path(graph, case, begin, goal)
    hold = None if concept is None else concept.name
    return Ways(case, graph, target, hold, 1, goal.size(), nothing, (), very_many=found)


def _end(graph: Graph, start: int, end: int, holding: dict[str, BoolArray]) -> results.End:
    tops = [int(r[graph.feasible].max()) or 1 for r in graph.ranks]
    levels = tuple(
        (Fraction(int(r.flat[start]), top), Fraction(int(r.flat[end]), top))
        for r, top in zip(graph.ranks, tops, strict=True)
    )
    return results.End(
        end, tuple(name for name, states in holding.items() if states.flat[end]), levels
    )
