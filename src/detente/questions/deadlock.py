"""Why a target does not happen, and what must give."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from detente.case.model import Case
from detente.questions.declare import AtLeast, Count, Option, Target
from detente.questions.result import Part, Tabled
from detente.questions.targets import read_target
from detente.wayout import deadlock as inner

if TYPE_CHECKING:
    from detente.dossier.documents.shapes.wayout import DeadlockDocument
    from detente.dossier.sheets.model import Table

__all__ = ["deadlock"]


@dataclass(frozen=True, eq=False, repr=False)
class Deadlock(inner.Deadlock, Tabled):
    """What stands in the way of a target."""

    @property
    def kept(self) -> str:
        """What there is of an interrupted answer."""
        return "what was found before is shown" if "interrupted" in self.stopped else ""

    def line(self) -> str:
        """Return the verdict in a few words."""
        return f"{self.case.name}: {self.verdict}, {len(self.knots):,} knots"

    def told(
        self, *, knots: Annotated[int, AtLeast(1), Option(metavar="N")] = 12
    ) -> Iterator[Part]:
        """Yield why the target does not happen, and what must give.

        Parameters
        ----------
        knots : int
            Knots to show.
        """
        from detente.dossier import telling
        from detente.dossier.sections.draft import spoken, too_little

        if told := too_little(self.case) or spoken(self.case):
            yield told
        if not too_little(self.case):
            yield telling.deadlock(self, knots)

    def tables(self) -> tuple[Table, ...]:
        """Return the answer as tables."""
        from detente.dossier.sheets.wayout import deadlock_tables

        return deadlock_tables(self.document())

    def document(self) -> DeadlockDocument:
        """Return knots and concessions as JSON has them."""
        from detente.dossier.documents.wayout import deadlock_document

        return deadlock_document(self)


def deadlock(
    case: Case,
    target: Target = None,
    *,
    limit: Count = inner.SHOWN_CONCESSIONS,
    max_knots: Annotated[int, AtLeast(1), Option(metavar="N")] = inner.MAX_KNOTS,
    seconds: Annotated[float, AtLeast(0), Option(metavar="S")] = inner.SECONDS,
) -> Deadlock:
    """Return what keeps a target from happening, and what would have to give.

    A knot is a smallest set of things said (conditions and refusals) that cannot hold together
    with the target. A concession is a smallest set of them that, given up, lets it happen; each
    comes with its cost, who bears it, and the nearest state in which the target then holds.

    Parameters
    ----------
    case : Case
        The case, with what was said under its conditions and refusals.
    target : str, optional
        What should happen: a formula or an outcome.
    limit : int
        Concessions to look for; all of least cost are found in any case.
    max_knots : int
        Knots to look for.
    seconds : float
        Stop looking for more after this time.

    Raises
    ------
    CaseError
        If the target cannot be read, or the case has no status quo, or nobody said anything.
    """
    formula = read_target(case, target)
    return Deadlock.of(
        inner.deadlock(case, formula, limit=limit, max_knots=max_knots, seconds=seconds)
    )
