"""Reads the formulas of a case file, and gathers what is wrong on the way."""

from __future__ import annotations

from detente.case import formula as fm
from detente.case import model, schema
from detente.case.document import Document, Steps
from detente.case.formula import Formula, FormulaError
from detente.case.names import Names, identifier_fault
from detente.case.schema_base import CitedPart
from detente.errors import Problem

MAX_PROBLEMS = 100
"""Formulas are no longer read once so many problems are known."""

UNREAD = fm.OutcomeIs("")
"""Stands for a formula that cannot be read; a case with such a one is never handed out."""


class Reader:
    """Reads formulas, and knows where in a file everything stands.

    Parameters
    ----------
    part : CaseFile
        The content.
    document : Document
        Tells where it stands.
    lost : frozenset of paths
        What was cut out because it did not fit the format.
    """

    def __init__(
        self, part: schema.CaseFile, document: Document, lost: frozenset[Steps] = frozenset()
    ) -> None:
        self.part, self.document, self.lost = part, document, lost
        self.problems: list[Problem] = []
        self.names = Names(frozenset(), {}, frozenset(), lost)

    def blame(self, message: str, path: Steps, offset: int = 0, *, key: bool = False) -> None:
        """Note a problem."""
        self.problems.append(Problem(message, self.document.place(path, offset, key=key)))

    def formula(self, text: str, path: Steps, *, key: bool = False) -> Formula:
        """Read a formula and hold its names against those declared."""
        if len(self.problems) >= MAX_PROBLEMS:
            return UNREAD
        try:
            formula, mentions = fm.parse_with_mentions(text)
        except FormulaError as error:
            self.blame(str(error), path, error.offset, key=key)
            return UNREAD
        faults = self.names.faults(mentions)
        for offset, message in faults:
            if message:
                self.blame(message, path, offset, key=key)
        return UNREAD if faults else formula

    def name(self, kind: str, name: str, path: Steps) -> None:
        """Note it where a name is none that formulas can use."""
        if fault := identifier_fault(kind, name):
            self.blame(fault, path, key=True)


def basis_of(part: CitedPart) -> model.Basis:
    """Return what a line rests on."""
    cite = tuple(
        model.Citation(c.report, c.quote, c.prefix, c.suffix, c.reliability, c.credibility)
        for c in part.cite
    )
    basis = model.Basis(cite, part.note, part.draft, part.by)
    return model.NO_BASIS if basis == model.NO_BASIS else basis
