"""What is wrong or doubtful in a case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from os import PathLike, fspath
from typing import TYPE_CHECKING, Annotated

from detente.case.model import Case
from detente.english.check import unsayable
from detente.errors import CaseError, Problem
from detente.questions.declare import Argument, Option, Several
from detente.questions.loading import read
from detente.questions.result import Part, Tabled

if TYPE_CHECKING:
    from detente.dossier.documents.shapes.facts import CheckDocument
    from detente.dossier.sheets.model import Table

__all__ = ["check"]


@dataclass(frozen=True, eq=False, repr=False)
class Check(Tabled):
    """What is wrong or doubtful in a case.

    Parameters
    ----------
    source : str
        What was asked for.
    case : Case or None
        The case; None where errors make it unusable.
    problems : tuple of Problem
        Errors, or else warnings, each with its place.
    """

    source: str
    case: Case | None
    problems: tuple[Problem, ...]

    def line(self) -> str:
        """Return how much was found."""
        found = "warnings" if self.case is not None else "problems, not usable"
        return f"{self.source}: {len(self.problems):,} {found}"

    @property
    def usable(self) -> bool:
        """Whether there are no errors."""
        return self.case is not None

    def told(self, *, say: bool = False) -> Iterator[Part]:
        """Yield every problem, and what in the case is assumed.

        Parameters
        ----------
        say : bool
            Show how every option, outcome and condition will sound in a sentence, so that its
            label can be mended.
        """
        from detente.dossier.text.check import check_text, say_text

        yield from (str(problem) for problem in self.problems)
        if self.case is not None:
            yield check_text(self.case, self.problems)
            if say:
                yield say_text(self.case)

    def tables(self) -> tuple[Table, ...]:
        """Return the problems, then the lines of the case with what they rest on."""
        from detente.dossier.sheets.cases import check_tables

        return check_tables(self.case, self.problems)

    def document(self, *, say: bool = False) -> CheckDocument:
        """Return the problems and assumptions as JSON has them.

        Parameters
        ----------
        say : bool
            Show how every option, outcome and condition will sound in a sentence.
        """
        from detente.dossier.documents.cases import check_document

        return check_document(self.source, self.case, self.problems, say=say)


def check(
    source: Annotated[str | PathLike[str], Argument("CASE"), Several(), Option(kind="text")],
) -> Check:
    """Return what is wrong or doubtful in a case.

    All is told at once, each with its place. Errors make the case unusable (exit code 2), warnings
    do not. What rests on no citation is an assumption and is listed as one.

    Parameters
    ----------
    source : str or path
        A case by its name or path.

    Examples
    --------
    >>> import detente
    >>> detente.check("elmira").usable
    True
    """
    try:
        loaded = read(source)
    except CaseError as error:
        return Check(fspath(source), None, error.problems)
    problems = (*loaded.problems, *unsayable(loaded.case, loaded.place))
    return Check(fspath(source), loaded.case, problems)
