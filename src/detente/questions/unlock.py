"""The least change of mind after which a target holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from detente.case.model import Case
from detente.errors import CaseError, LimitError
from detente.graph import build
from detente.questions.declare import AtLeast, Concept, Count, Memory, Option, Progress, Target
from detente.questions.result import Part, Tabled
from detente.questions.targets import need_preferences, read_target, states_of
from detente.stability import registry
from detente.stability.inverse import inverse
from detente.wayout import results
from detente.wayout import unlock as unlocking

SMALL = 256
"""States up to which all preferences that would make one state hold are listed, too."""

if TYPE_CHECKING:
    from detente.dossier.documents.shapes.wayout import UnlockDocument
    from detente.dossier.sheets.model import Table

__all__ = ["unlock"]


@dataclass(frozen=True, eq=False, repr=False)
class Unlock(results.Unlock, Tabled):
    """The least changes of mind after which a target holds."""

    @property
    def complete(self) -> bool:
        """Whether nothing cut the search short."""
        return not self.found.stopped

    @property
    def kept(self) -> str:
        """What there is of an interrupted answer."""
        return "what is proved so far is shown" if self.found.stopped == "interrupted" else ""

    def line(self) -> str:
        """Return what was found in a few words."""
        cost = "nothing found" if self.found.cost is None else f"cost {self.found.cost}"
        return f"{self.case.name} under {self.concept}: {cost}"

    def told(self, *, limit: Annotated[int, AtLeast(1), Option(metavar="N")] = 5) -> Iterator[Part]:
        """Yield the states that hold, or the changes of mind that make one hold.

        Parameters
        ----------
        limit : int
            Answers to show; --json prints all.
        """
        from detente.dossier import telling

        yield telling.unlock(self, limit)

    def tables(self) -> tuple[Table, ...]:
        """Return the answer as tables."""
        from detente.dossier.sheets.wayout import unlock_tables

        return unlock_tables(self.document())

    def document(self) -> UnlockDocument:
        """Return all answers as JSON has them."""
        from detente.dossier.documents.wayout import unlock_document

        return unlock_document(self)


def unlock(
    case: Case,
    target: Target = None,
    concept: Concept = "seq",
    *,
    cost: Count = 3,
    seconds: Annotated[float, AtLeast(0), Option(metavar="S")] = unlocking.SECONDS,
    max_memory: Memory = None,
    on_progress: Annotated[
        Callable[[int, int], None] | None, Progress("trying changes of mind")
    ] = None,
) -> Unlock:
    """Return the equilibria inside a target, or the cheapest changes of mind that make one.

    If a state of the target is an equilibrium already, it is shown. Otherwise wishes are dropped,
    moved to another priority, or put in (an outcome, or an option at some level), one more at a
    time, until a state of the target is an equilibrium. All ways of each cost are tried before
    any dearer one.

    Parameters
    ----------
    case : Case
        The case.
    target : str, optional
        What should happen: a formula or an outcome.
    concept : str
        Under which a state counts as holding: nash, gmr, smr, seq or sseq.
    cost : int
        Try up to so many changes of mind.
    seconds : float
        Stop after this time with what is proved.
    max_memory : int, optional
        Memory the analysis may use, such as 4G; by default what is free.
    on_progress : callable, optional
        Called with how many changes were tried, and how many there are of this cost.

    Raises
    ------
    CaseError
        If a name is unknown, a party has no preferences, or nothing feasible is the target.

    Examples
    --------
    >>> import detente
    >>> detente.unlock(detente.load("prisoners-dilemma"), "not row.defect and not col.defect",
    ...                "nash").found.cost
    2
    """
    formula = read_target(case, target)
    need_preferences(case)
    asked = registry.sequential(concept, "changes of mind are sought under")
    if cost < 0:
        raise CaseError(f"the cost is {cost}; ask for 0 or more")
    graph = build(case, max_memory=max_memory)
    mask = states_of(case, graph, formula)
    if not mask.any():
        raise CaseError(
            "no feasible state satisfies the target, so no change of mind can make it hold; "
            "'detente deadlock' names the rules that exclude it"
        )
    found = unlocking.unlock(
        case,
        graph,
        mask,
        asked,
        cost=cost,
        seconds=seconds,
        on_progress=on_progress,
    )
    states = graph.states(mask).at
    if len(states) != 1 or found.already or graph.n_states > SMALL:
        return Unlock(case, graph, formula, concept, cost, found)
    single = int(states[0])
    try:
        needed = inverse(graph, single, concept)
    except LimitError:  # too many ways to list; the changes of mind stand without them
        needed = ()
    return Unlock(case, graph, formula, concept, cost, found, needed, single)
