"""A case as tables that papers print and other programs read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from os import PathLike
from typing import TYPE_CHECKING, Annotated

from detente.errors import LimitError
from detente.questions.declare import Argument, Option
from detente.questions.loading import load as load_case
from detente.questions.loading import located
from detente.questions.result import Part, Tabled

if TYPE_CHECKING:
    from detente.case.model import Case
    from detente.dossier.documents.shapes.states import ExportDocument
    from detente.dossier.sheets.model import Table
    from detente.graph import Graph
    from detente.reading.report import Report

__all__ = ["export"]

MOST = 1_000
"""States of a model that is written as a table: as many as are read from one."""


@dataclass(frozen=True, eq=False, repr=False)
class Export(Tabled):
    """A case as tables.

    Parameters
    ----------
    case : Case
        The case.
    reports : tuple of Report
        The reports beside it.
    warned : tuple of str
        What went wrong with single reports.
    """

    case: Case
    reports: tuple[Report, ...]
    warned: tuple[str, ...] = ()

    @property
    def notes(self) -> tuple[str, ...]:
        """What went wrong with single reports, and why the model is left out where it is."""
        try:
            self._graph()
        except LimitError as error:
            return (*self.warned, f"the model is left out: {error}")
        return self.warned

    def told(self) -> Iterator[Part]:
        """Yield the tables."""
        from detente.dossier.sheets.terminal import terminal_view

        yield from terminal_view(self.tables(), 80)

    def tables(self) -> tuple[Table, ...]:
        """Return the model, which ``detente import`` reads, the lines of the case, its reports.

        A model of very many states is left out.
        """
        from detente.dossier.sheets.cases import lines_table
        from detente.dossier.sheets.reports import sources_table
        from detente.dossier.sheets.states import model_table

        others = lines_table(self.case), sources_table(self.reports)
        try:
            return model_table(self.case, self._graph()), *others
        except LimitError:
            return others

    def document(self) -> ExportDocument:
        """Return the model as JSON has it.

        Raises
        ------
        LimitError
            If it has too many states.
        """
        from detente.dossier.documents.engine import export_document

        return export_document(self.case, self._graph())

    def _graph(self) -> Graph:
        from detente.graph import build

        graph = build(self.case)
        if graph.n_states > MOST:
            raise LimitError(
                f"{self.case.name} has {graph.n_states:,} states; a model is written with "
                f"{MOST:,} at most. 'detente states {self.case.name} --by-state -o FILE.csv' "
                "writes them one a row"
            )
        return graph


def export(
    source: Annotated[str | PathLike[str], Argument("CASE"), Option(kind="text")],
) -> Export:
    """Return a case as tables: its options, states, rankings and moves; its lines; its reports.

    Parameters
    ----------
    source : str or path
        A case by its name or path.

    Examples
    --------
    >>> import detente
    >>> model = detente.export("prisoners-dilemma").tables()[0]
    >>> model.rows[1]
    ('Row player', 'Defect', 'N', 'N', 'Y', 'Y')
    """
    from detente.reading.evidence import reports_beside

    case, path = load_case(source), located(source)
    reports, notes = reports_beside(path if path.is_dir() else path.parent)
    return Export(case, tuple(reports), tuple(notes))
