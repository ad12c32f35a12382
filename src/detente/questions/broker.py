"""What third parties could do for a target."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from detente.case.formula import Formula, to_text
from detente.case.model import Case
from detente.questions.declare import Concept, Joint, Memory, Progress, Target
from detente.questions.result import Part, Tabled
from detente.questions.targets import read_target
from detente.stability import registry
from detente.wayout import broker as brokering

if TYPE_CHECKING:
    from detente.dossier.documents.shapes.wayout import BrokerDocument
    from detente.dossier.sheets.model import Table

__all__ = ["broker"]


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class Broker(brokering.Brokering, Tabled):
    """What third parties can do.

    Parameters
    ----------
    target : Formula
        What should happen.
    """

    target: Formula

    @property
    def kept(self) -> str:
        """What there is of an interrupted answer."""
        return "" if self.complete else "the options tried before are shown"

    def line(self) -> str:
        """Return how many options there are."""
        return f"{self.today.case.name}: {len(self.uses):,} options of third parties"

    def told(self) -> Iterator[Part]:
        """Yield what each option of a third party changes, as a table."""
        from detente.dossier import telling

        yield telling.broker(self, self.target)

    def tables(self) -> tuple[Table, ...]:
        """Return the answer as tables."""
        from detente.dossier.sheets.wayout import broker_tables

        return broker_tables(self.document())

    def document(self) -> BrokerDocument:
        """Return the same as JSON has it."""
        from detente.dossier.documents.wayout import broker_document

        return broker_document(self, to_text(self.target))


def broker(
    case: Case,
    target: Target = None,
    concept: Concept = "seq",
    *,
    joint: Joint = 2,
    max_memory: Memory = None,
    on_progress: Annotated[Callable[[int, int], None] | None, Progress("trying options")] = None,
) -> Broker:
    """Return what each option of the parties that the target does not need would change.

    For each party that the target does not mention, and each of its options: which knots its use
    dissolves, what the cheapest concession costs then, what the best path risks, and whether a
    state of the target holds. The most helpful first.

    Parameters
    ----------
    case : Case
        The case.
    target : str, optional
        What should happen: a formula or an outcome.
    concept : str
        The concept under which a state counts as holding.
    joint : int
        At most so many parties may take a step together.
    max_memory : int, optional
        Memory the analysis may use, such as 4G; by default what is free.
    on_progress : callable, optional
        Called with how many options were tried, and how many there are.

    Raises
    ------
    CaseError
        If a name is unknown, or there is no third party with an option.
    """
    formula = read_target(case, target)
    found = brokering.broker(
        case,
        formula,
        registry.find(concept),
        joint=joint,
        max_memory=max_memory,
        on_progress=on_progress,
    )
    return Broker.of(found, target=formula)
