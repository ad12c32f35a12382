"""What all would rather have than today, and who blocks it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import numpy as np

from detente.case.model import Case
from detente.errors import CaseError, unknown
from detente.graph.build import build_any
from detente.graph.diagrams import Large
from detente.graph.diagrams.finding import find_levels
from detente.graph.find import STATUS_QUO, find_state
from detente.questions.declare import Memory, Option, Target
from detente.questions.result import Part, Tabled
from detente.questions.targets import TALKS, read_target, states_of
from detente.stability import registry
from detente.wayout import profile, results, symbolic
from detente.wayout import zone as agreeing
from detente.wayout.symbolic import LargeZone

if TYPE_CHECKING:
    from detente.dossier.documents.shapes.agreement import ZoneDocument
    from detente.dossier.sheets.model import Table

__all__ = ["zone"]

Parties = Annotated[Sequence[str], Option(metavar="PARTY")]


@dataclass(frozen=True, eq=False, repr=False)
class Zone(results.Zone, Tabled):
    """What some parties would all rather have than today, and what stands in the way of it.

    Parameters
    ----------
    very_many : LargeZone or None
        The answer, where there are too many states to be listed.
    """

    very_many: LargeZone | None = None

    def line(self) -> str:
        """Return how large the zone is."""
        large = self.very_many
        n = int(np.count_nonzero(self.found.states)) if large is None else large.states.size()
        return f"{self.case.name}: {n:,} {'state' if n == 1 else 'states'} better for all"

    def told(self) -> Iterator[Part]:
        """Yield what all would rather have, who blocks it, or what comes nearest."""
        from detente.dossier import telling
        from detente.dossier.text.large_agreement import zone_text

        if self.very_many is not None:
            yield zone_text(self.case, self.very_many)
            return
        yield telling.zone(self)

    def tables(self) -> tuple[Table, ...]:
        """Return the answer as tables."""
        from detente.dossier.sheets.wayout import zone_tables

        return zone_tables(self.document(counts=self.very_many is not None))

    def document(self, *, counts: bool = False) -> ZoneDocument:
        """Return the zone as JSON has it.

        Parameters
        ----------
        counts : bool
            With --json: numbers in place of lists of states.
        """
        from detente.dossier.documents.agreement import zone_document
        from detente.dossier.documents.large_agreement import large_zone_document

        if self.very_many is not None:
            return large_zone_document(self, self.very_many, counts=counts)
        return zone_document(self, counts=counts)


def zone(
    case: Case,
    target: Target = None,
    start: Annotated[str, Option("--from", metavar="STATE")] = STATUS_QUO,
    *,
    parties: Parties = (),
    hurting: Parties = (),
    max_memory: Memory = None,
) -> Zone:
    """Return the states that all parties would rather have than today, and who blocks the others.

    Told are which of them nothing betters for somebody without worsening it for another (Pareto),
    which hold and under what, which can be reached; how many there were without one of the
    parties; whether today is a stalemate, and for whom it hurts; what each could make sure of
    without an agreement. Where there is no such state, told is what comes nearest: whom it fails,
    and by which wish.

    Parameters
    ----------
    case : Case
        The case.
    target : str, optional
        What should happen: a formula or an outcome. The zone is asked for all the same where
        nothing is named.
    start : str
        What to compare with: a formula that just one state satisfies, or a state's string.
    parties : sequence of str
        Whose gain is asked for; may be given several times. All whose wishes are known otherwise.
    hurting : sequence of str
        A party that today hurts, whatever its place; may be given several times. Otherwise today
        hurts a party if at most a quarter of the states are worse for it.
    max_memory : int, optional
        Memory the analysis may use, such as 4G; by default what is free.

    Raises
    ------
    CaseError
        If a name is unknown, a party asked for has no preferences, or not just one start is meant.

    Examples
    --------
    >>> import detente
    >>> found = detente.zone(detente.load("prisoners-dilemma"), start="YY").found
    >>> int(found.states.sum())
    1
    """
    members, silent = _asked(case, parties)
    formula = None
    if target is not None or case.target is not None or TALKS in case.outcome_named:
        formula = read_target(case, target)
    graph = build_any(case, max_memory=max_memory)
    concepts = [registry.find(name) for name in registry.CLASSIC]
    if isinstance(graph, Large):
        today = find_levels(case, graph, start)
        # What improvements lead to from everywhere may take hours; explain tells it of one state.
        quick = [concept for concept in concepts if not concept.rules.improving]
        large = symbolic.zone(graph, today, members, quick)
        nothing: Any = None  # there are no arrays
        return Zone(case, graph, formula, nothing, nothing, silent, very_many=large)
    begin = find_state(case, graph, start)
    hurt = [case.party_names.index(_known(case, name)) for name in hurting]
    found = agreeing.zone(case, graph, begin, members, concepts, hurting=hurt)
    within = np.zeros_like(found.states)
    if formula is not None:
        within = found.states & graph.singly(states_of(case, graph, formula))
    return Zone(case, graph, formula, within, found, silent)


def _asked(case: Case, names: Sequence[str]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the parties whose gain is asked for, and those whose wishes are not known."""
    mute = profile.indifferent(case)
    for name in names:
        if _known(case, name) in mute:
            raise CaseError(
                f"{case.name} says nothing about what {name} wants; add it to the case under "
                f"'preferences', for example '{name}: [not war]'"
            )
    if len(mute) == len(case.parties):
        raise CaseError(
            f"{case.name} says nothing about what anybody wants, so nothing is better than today; "
            "add it to the case under 'preferences'"
        )
    silent = tuple(i for i, name in enumerate(case.party_names) if name in mute)
    chosen = names or [name for name in case.party_names if name not in mute]
    members = tuple(i for i, name in enumerate(case.party_names) if name in chosen)
    return members, () if names else silent


def _known(case: Case, name: str) -> str:
    """Return the name of a party of the case."""
    if name not in case.party_names:
        raise CaseError(unknown("party", name, case.party_names))
    return name
