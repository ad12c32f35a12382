"""Which states hold, for whom they do not, and how they come about."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import numpy as np

from detente.case.formula import Formula
from detente.case.model import Case
from detente.doubt.holding import Doubt
from detente.doubt.holding import doubt as weigh
from detente.english.speech import listing
from detente.errors import CaseError, LimitError, unknown
from detente.graph.build import build_any
from detente.graph.completions import in_doubt
from detente.graph.diagrams import Large
from detente.graph.find import STATUS_QUO, find_state, todays
from detente.questions.declare import (
    AtLeast,
    Concepts,
    Memory,
    Option,
    Progress,
    Several,
)
from detente.questions.declare import Formula as AimText
from detente.questions.result import Part, Result, Tabled
from detente.questions.targets import read_target
from detente.stability import analysis, registry, statusquo, symbolic

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

    from detente.dossier.documents.shapes.states import EvolutionDocument, StabilityDocument
    from detente.dossier.sheets.model import Table

__all__ = ["evolution", "stability"]

TODAYS = 4
"""States that may be today's from which it is told how equilibria come about."""

Start = Annotated[str | None, Option("--from", metavar="STATE")]


@dataclass(frozen=True, eq=False, repr=False)
class Stability(analysis.Verdicts, Tabled):
    """Which states are stable for whom; shows itself in a notebook.

    Parameters
    ----------
    target : Formula or None
        Of which states it is told how many hold.
    doubt : Doubt or None
        Which states hold however the parties' wishes may be, where that was asked.
    stopped : str
        Why not everything was worked out, where that was not the user's wish.
    """

    target: Formula | None = None
    doubt: Doubt | None = None
    stopped: str = ""

    @property
    def remarks(self) -> tuple[str, ...]:
        """What is left open in the wishes, where only the first view of them was taken."""
        names = [party.label for party in self.case.parties if in_doubt(party)]
        if self.doubt is not None or not names:
            return ()
        return (
            f"what {listing(names)} would have is in doubt: this takes the wishes as they are "
            "written, and the first of readings; --doubt goes through every way",
        )

    @property
    def kept(self) -> str:
        """What there is of an interrupted answer."""
        if self.complete:
            return ""
        return f"{len(self.verdicts)} of {len(self.asked)} verdicts were worked out"

    def line(self) -> str:
        """Return the concepts in a few words."""
        concepts = ", ".join(concept.name for concept in self.concepts)
        return f"{self.case.name}: {concepts}; {self.n_states:,} states"

    def told(
        self,
        *,
        start: Start = None,
        sequences: Annotated[int | None, AtLeast(0), Option(metavar="N")] = None,
    ) -> Iterator[Part]:
        """Yield who holds which states as tables, and how the equilibria come about.

        Parameters
        ----------
        start : str, optional
            Tell how the equilibria come about from here, not from the status quo.
        sequences : int, optional
            Tell up to N ways to each equilibrium, also those against somebody's interest.
        """
        from detente.dossier.tables.doubt import doubt_view
        from detente.dossier.tables.large import large_view
        from detente.dossier.tables.stability import stability_view
        from detente.dossier.text.aimed import aimed_text
        from detente.dossier.text.evolution import evolution_text

        if isinstance(self.graph, Large):
            yield large_view(self, self.target)
            return
        yield stability_view(self)
        if self.doubt is not None:
            yield "\n"
            yield doubt_view(self.case, self.graph, self.doubt)
        if self.target is not None:
            yield "\n" + aimed_text(self, self.target)
        everybody = len({task.focal for task in self.asked}) > 1
        if start is None and self.case.status_quo is not None and everybody:
            start = STATUS_QUO
        open_ones = todays(self.case, self.graph) if start is None and everybody else []
        starts = (
            [start]
            if start is not None
            else self.graph.codes(np.array(open_ones[:TODAYS], np.intp))
        )
        for begin in starts if self.complete else ():
            yield "\n" + evolution_text(self, evolution(self, begin), sequences=sequences)
        if len(open_ones) > TODAYS:
            yield f"\nand so from {len(open_ones) - TODAYS:,} more states that may be today's"

    def tables(self, *, by_state: bool = False) -> tuple[Table, ...]:
        """Return who holds which states: options and verdicts as rows, states as columns.

        Parameters
        ----------
        by_state : bool
            In tables: one row a state, not one column.
        """
        from detente.dossier.sheets.states import stability_tables

        return stability_tables(self, by_state=by_state)

    def frame(self, name: str | None = None) -> pd.DataFrame | pl.DataFrame:
        """Return a data frame of pandas or else of polars; by default with one row a state.

        Columns are ``state`` (its string), one for each option (the level's name), one for each
        concept (whether the state is an equilibrium) and one for each concept and party, such as
        ``seq.ally`` (whether it is stable for that party).

        Parameters
        ----------
        name : str, optional
            One of :meth:`tables`, as it is printed.
        """
        return analysis.Verdicts.frame(self) if name is None else Tabled.frame(self, name)

    def document(self, *, start: Start = None, counts: bool = False) -> StabilityDocument:
        """Return the verdicts as JSON has them.

        Parameters
        ----------
        start : str, optional
            Tell how the equilibria come about from here.
        counts : bool
            With --json: numbers in place of lists of states.
        """
        from detente.dossier.documents.doubt import doubt_document
        from detente.dossier.documents.engine import aimed_document, stability_document

        document = stability_document(self, counts=counts)
        if self.target is not None:
            document["target"] = aimed_document(self, self.target)
        if self.doubt is not None:
            document["doubt"] = doubt_document(self.case, self.graph, self.doubt, counts=counts)
        if start is not None and self.complete and not isinstance(self.graph, Large):
            document["evolution"] = evolution(self, start).document()
        return document

    def _repr_html_(self) -> str:
        from detente.dossier.notebook import stability_html

        return stability_html(self)


def stability(
    case: Annotated[Case, Several()],
    concepts: Concepts = None,
    *,
    coalition: Annotated[str | None, Option(metavar="A+B")] = None,
    target: AimText = None,
    doubt: bool = False,
    max_memory: Memory = None,
    on_verdict: Annotated[Callable[[int, int], None] | None, Progress()] = None,
) -> Stability:
    r"""Return which states are stable for whom under some concepts.

    A state is stable for a party if it has no move worth making; what counts as worth making is
    what the concepts differ in. A state that is stable for everybody is an equilibrium.

        Over parties: nash gmr smr seq sseq sim fh; for two parties nm l1 l2 …;
                          for any number pessimistic1 pessimistic2 …
        Over coalitions:  cnash cgmr csmr cseq
        As in older programs: gmr:once gmr:single, and so smr, seq, sseq
        Mixtures: 'seq|sim', either is enough; usa:smr,prk:nash, one for each
        Unknown preference, in four senses: nash_a … nash_d, so gmr smr seq
        Strength: gmr_strong gmr_weak, so smr seq
        Attitudes: rnash rgmr rsmr rseq

    --json prints one object a line and case. A state is a string with one character for each
    option: N or Y, or the level's number where there are more than two.

    Parameters
    ----------
    case : Case
        The conflict.
    concepts : str or sequence of str, optional
        Solution concepts, separated by commas, or 'all'.
    coalition : str, optional
        Ask the concepts over coalitions about these parties alone.
    target : str, optional
        Tell how many of the states that hold satisfy this formula, and the nearest to today.
    doubt : bool
        Tell also which states hold in every way that the wishes may be, which in some, and in how
        many: with statements that are unsure, either order, and every reading of a party.
    max_memory : int, optional
        Memory the analysis may use, such as 4G; by default what is free.
    on_verdict : callable, optional
        Called with how many verdicts are done and how many there will be. If it, or the user,
        raises KeyboardInterrupt, the verdicts worked out so far are returned.

    Raises
    ------
    CaseError
        If a name is unknown.
    LimitError
        If the case is too large for the memory, or a concept for its limit.

    Examples
    --------
    >>> import detente
    >>> result = detente.stability(detente.load("prisoners-dilemma"))
    >>> list(result.equilibria("nash"))
    ['YY']
    """
    names = registry.choose(concepts, len(case.parties), coalition=coalition is not None)
    found = [registry.find(name) for name in dict.fromkeys(names)]
    members = None if coalition is None else members_of(case, coalition)
    graph = build_any(case, max_memory=max_memory)
    if graph.kernel is not None:
        symbolic.need(found)
        if doubt:
            raise LimitError(
                "--doubt needs states that can be listed; this case is kept in decision diagrams"
            )
    asked = analysis.tasks(graph, found, members)
    done: list[analysis.Verdict] = []
    stopped = ""
    try:
        for verdict in analysis.work(graph, asked):
            done.append(verdict)
            if on_verdict is not None:
                on_verdict(len(done), len(asked))
    except KeyboardInterrupt:
        pass  # what is done is kept; the result says that it is not complete
    except LimitError as error:
        if graph.kernel is None or not done:
            raise
        stopped = str(error)  # and so it is where diagrams grow too large
    aimed = None if target is None else read_target(case, target)
    weighed = (
        weigh(case, graph, found, np.random.default_rng(0))
        if doubt and len(done) == len(asked)
        else None
    )
    return Stability(case, graph, asked, tuple(done), target=aimed, doubt=weighed, stopped=stopped)


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class Evolution(statusquo.Evolution, Result):
    """What is within reach of a state.

    Parameters
    ----------
    verdicts : Verdicts
        The analysis whose equilibria are the destinations.
    """

    verdicts: analysis.Verdicts

    def line(self) -> str:
        """Return how many destinations there are."""
        return f"{self.verdicts.case.name}: {len(self.destinations)} destinations"

    def told(
        self, *, sequences: Annotated[int | None, AtLeast(0), Option(metavar="N")] = None
    ) -> Iterator[Part]:
        """Yield how each equilibrium comes about.

        Parameters
        ----------
        sequences : int, optional
            Tell up to N ways to each equilibrium, also those against somebody's interest.
        """
        from detente.dossier.text.evolution import evolution_text

        yield evolution_text(self.verdicts, self, sequences=sequences)

    def document(self) -> EvolutionDocument:
        """Return the same as JSON has it."""
        from detente.dossier.documents.engine import evolution_document

        return evolution_document(self.verdicts, self)


def evolution(result: analysis.Verdicts, state: str = STATUS_QUO) -> Evolution:
    """Return how the equilibria of an analysis come about from the status quo.

    Parameters
    ----------
    result : Verdicts
        What :func:`stability` returned.
    state : str
        Where to begin: a formula that just one state satisfies, its string, or ``status_quo``.

    Raises
    ------
    CaseError
        If not just one state is meant.

    Examples
    --------
    >>> import detente
    >>> result = detente.stability(detente.load("elmira"), ["seq"])
    >>> [d.by_moves.length for d in detente.evolution(result).destinations][:2]
    [1, 1]
    """
    start = find_state(result.case, result.graph, state)
    found = statusquo.evolution(result.graph, start, analysis.holding(result))
    return Evolution.of(found, verdicts=result)


def members_of(case: Case, names: str) -> tuple[int, ...]:
    """Return the parties named, joined by ``+``, in the case's order.

    Raises
    ------
    CaseError
        If one is unknown.
    """
    wanted = [name.strip() for name in names.split("+")]
    for name in wanted:
        if name not in case.party_names:
            raise CaseError(unknown("party", name, case.party_names))
    return tuple(i for i, name in enumerate(case.party_names) if name in wanted)
