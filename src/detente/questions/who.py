"""Who can bring a target about for good, and who can prevent it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from detente.case.model import Case
from detente.graph.build import build_any
from detente.graph.diagrams import Large
from detente.graph.diagrams.finding import find_levels
from detente.graph.find import STATUS_QUO, find_state
from detente.questions.declare import Memory, Option, Target
from detente.questions.result import Part, Tabled
from detente.questions.targets import read_target, states_of
from detente.wayout import profile, results, symbolic
from detente.wayout import who as powers
from detente.wayout.symbolic import LargeWho

if TYPE_CHECKING:
    from detente.dossier.documents.shapes.agreement import WhoDocument
    from detente.dossier.sheets.model import Table

__all__ = ["who"]


@dataclass(frozen=True, eq=False, repr=False)
class Who(results.Who, Tabled):
    """Who can bring a target about for good, and who can prevent it.

    Parameters
    ----------
    very_many : LargeWho or None
        The answer, where there are too many states to be listed.
    """

    very_many: LargeWho | None = None

    def line(self) -> str:
        """Return how many groups can."""
        power = (self.found if self.very_many is None else self.very_many).any_moves
        return f"{self.case.name}: {len(power.makers)} makers, {len(power.preventers)} preventers"

    def told(self) -> Iterator[Part]:
        """Yield who can, with the moves that do it, and for whom it fails by one member."""
        from detente.dossier import telling
        from detente.dossier.text.large_agreement import who_text

        if self.very_many is not None:
            yield who_text(self.case, self.target, self.very_many)
            return
        yield telling.who(self)

    def tables(self) -> tuple[Table, ...]:
        """Return the answer as tables."""
        from detente.dossier.sheets.wayout import who_tables

        return who_tables(self.document())

    def document(self) -> WhoDocument:
        """Return the groups as JSON has them."""
        from detente.dossier.documents.agreement import who_document
        from detente.dossier.documents.large_agreement import large_who_document

        if self.very_many is not None:
            return large_who_document(self, self.very_many)
        return who_document(self)


def who(
    case: Case,
    target: Target = None,
    start: Annotated[str, Option("--from", metavar="STATE")] = STATUS_QUO,
    *,
    max_memory: Memory = None,
) -> Who:
    """Return who can bring a target about for good, alone or together, and who can prevent it.

    A group can bring it about for good if its own moves lead there from today to where the others
    cannot undo it, whatever they do; it can prevent it if it can bring about for good that it is
    not so. Told are the smallest such groups with their moves, and for whom it fails by one
    member; and beside that the same if the others move by improvements only.

    Parameters
    ----------
    case : Case
        The case; nobody need want anything, and nothing need have been said.
    target : str, optional
        What should happen: a formula or an outcome.
    start : str
        Where to begin: a formula that just one state satisfies, or a state's string.
    max_memory : int, optional
        Memory the analysis may use, such as 4G; by default what is free.

    Raises
    ------
    CaseError
        If a name is unknown, or not just one start is meant.
    LimitError
        If there are too many parties to look at all groups of them.

    Examples
    --------
    >>> import detente
    >>> found = detente.who(detente.load("korea-2018"), "war").found
    >>> [means.group for means in found.any_moves.makers]
    [(0,), (1,)]
    """
    formula = read_target(case, target)
    graph = build_any(case, max_memory=max_memory)
    mute = profile.indifferent(case)
    silent = tuple(i for i, name in enumerate(case.party_names) if name in mute)
    if isinstance(graph, Large):
        today = find_levels(case, graph, start)
        large = symbolic.who(graph, today, graph.satisfying(formula))
        nothing: Any = None  # there are no arrays
        return Who(case, graph, formula, nothing, silent, very_many=large)
    begin = find_state(case, graph, start)
    found = powers.who(graph, begin, states_of(case, graph, formula))
    return Who(case, graph, formula, found, silent)
