"""The states that can be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from detente.case.model import Case
from detente.graph import build
from detente.graph.find import find_states
from detente.graph.states import StateSet
from detente.questions.declare import Argument, Count, Memory, Option
from detente.questions.result import Part, Tabled

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

    from detente.dossier.documents.shapes.states import StatesDocument
    from detente.dossier.sheets.model import Table

__all__ = ["states"]


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class States(StateSet, Tabled):
    """Some states of a case; iterating gives their strings, in the order of the arrays.

    Parameters
    ----------
    case : Case
        The case.
    formula : str or None
        What they satisfy; None for all that are feasible.
    """

    case: Case
    formula: str | None

    __repr__ = StateSet.__repr__

    def told(self, *, listed: Annotated[Count, Option("--list")] = 0) -> Iterator[Part]:
        """Yield how many there are, and which, as patterns.

        Parameters
        ----------
        listed : int
            List up to N states one by one, too.
        """
        from detente.dossier.tables.states import states_list, states_view

        yield states_view(self.case, self, self.formula)
        if listed:
            yield states_list(self.case, self, listed)

    def tables(self, *, by_state: bool = False) -> tuple[Table, ...]:
        """Return the states as a table: options as rows, numbered states as columns.

        Parameters
        ----------
        by_state : bool
            In tables: one row a state, not one column.
        """
        from detente.dossier.sheets.states import states_tables

        return states_tables(self.case, self, by_state=by_state)

    def frame(self, name: str | None = None) -> pd.DataFrame | pl.DataFrame:
        """Return a data frame with one row a state, of pandas or else of polars.

        Columns are ``number``, ``state`` (its string) and one for each option (the level's name).

        Parameters
        ----------
        name : str, optional
            Which of :meth:`tables`; there is one.
        """
        from detente.dossier.sheets.model import chosen

        return chosen(self.tables(by_state=True), name)[0].frame()

    def document(self) -> StatesDocument:
        """Return the states as JSON has them."""
        from detente.dossier.documents.engine import states_document

        return states_document(self.case, self)


def states(
    case: Case,
    formula: Annotated[str | None, Argument("FORMULA")] = None,
    *,
    max_memory: Memory = None,
) -> States:
    """Return the feasible states, or those that satisfy a formula.

    Patterns come before any list: a column is a group of states, a dot means that any level of
    the option will do.

    Parameters
    ----------
    case : Case
        The case.
    formula : str, optional
        Only the states where it holds.
    max_memory : int, optional
        Memory the analysis may use, such as 4G; by default what is free.

    Raises
    ------
    CaseError
        If the formula cannot be read or names something unknown.
    """
    graph = build(case, max_memory=max_memory)
    found = graph.feasible if formula is None else find_states(case, graph, formula)
    return States(found, graph.feasible, graph.space, graph.merged, case=case, formula=formula)
