"""What every answer can do: stand in a prompt, be read, be shown in a notebook, become data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Self, TypeAlias

from detente.version import __version__

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    from rich.console import RenderableType

    from detente.dossier.sheets.model import Table

    Part: TypeAlias = str | RenderableType
    """Text to be wrapped, or a table that fits itself into the width there is."""
else:  # rich is heavy, and only an answer that is looked at needs it
    Part = object

LINE = 160
"""Most characters of the line that stands for an answer in a prompt."""

WIDTH = 80
"""Columns of an answer where nothing says how wide it may be."""


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class Result:
    """The answer to a question.

    A subclass says in ``told`` what people read, in ``document`` what programs get, and in
    ``line`` what a prompt shows. Parameters of ``told`` and ``document`` are options of the
    command, declared like those of the question. One with a method ``drawing``, or ``drawings``
    by file name, can be drawn; one that is :class:`Tabled` has tables.

    Parameters
    ----------
    version : str
        The version of détente that worked it out.
    """

    version: str = __version__

    def __init_subclass__(cls) -> None:
        """Give every answer the short line, whatever the inner class would show."""
        super().__init_subclass__()
        if "__repr__" not in vars(cls):
            cls.__repr__ = Result.__repr__  # type: ignore[method-assign]

    @classmethod
    def of(cls, found: object, **more: object) -> Self:
        """Return the same result as one that can show itself.

        Parameters
        ----------
        found : dataclass
            What an inner part worked out, of the class that stands before ``Result`` among the
            bases: what that class knows, such as whether it is complete, counts.
        **more
            What the inner part does not know.
        """
        known: dict[str, Any] = {f.name: getattr(found, f.name) for f in fields(found)}  # type: ignore[arg-type]
        return cls(**(known | more))

    @property
    def complete(self) -> bool:
        """Whether the work came to its end."""
        return True

    @property
    def kept(self) -> str:
        """What there is of an answer that the user interrupted; empty if nobody did."""
        return ""

    @property
    def notes(self) -> tuple[str, ...]:
        """What went wrong on the way without ending it."""
        return ()

    @property
    def stopped(self) -> str:
        """Why it is not complete where the program gave up; empty where it did not."""
        return ""

    @property
    def remarks(self) -> tuple[str, ...]:
        """What a person at a terminal should know besides, such as where a file is."""
        return ()

    def line(self) -> str:
        """Return what the answer is about, in a few words."""
        case = getattr(self, "case", None)
        return "" if case is None else str(case.name)

    def told(self) -> Iterable[Part]:
        """Yield the answer for people, part by part."""
        raise NotImplementedError

    def __repr__(self) -> str:
        words = " ".join(self.line().split())
        short = words if len(words) <= LINE else f"{words[: LINE - 1]}…"
        return f"<{type(self).__name__}{' of ' * bool(short)}{short}>"

    def __str__(self) -> str:
        return as_text(self.told())

    def _repr_html_(self) -> str:
        from detente.dossier.notebook import shown

        parties = getattr(getattr(self, "case", None), "parties", ())
        return shown(self.told(), [(party.name, party.label) for party in parties])


class Tabled(Result):
    """An answer that has tables: its command writes them in every format.

    A subclass gives them in ``tables``, the chief one first; parameters of that method are options
    of the command.
    """

    def tables(self) -> tuple[Table, ...]:
        """Return the answer as tables, the chief one first."""
        raise NotImplementedError

    def frame(self, name: str | None = None) -> pd.DataFrame | pl.DataFrame:
        """Return a table as a data frame, of pandas or else of polars.

        Parameters
        ----------
        name : str, optional
            Which of :meth:`tables`; the first where none is named.

        Raises
        ------
        DetenteError
            If there is none of that name.
        ImportError
            If neither library is installed.
        """
        from detente.dossier.sheets.model import chosen

        return chosen(self.tables(), name)[0].frame()


def as_text(parts: Iterable[Part]) -> str:
    """Return an answer without colours; tables are as wide as :data:`WIDTH`."""
    return "\n".join(part if isinstance(part, str) else _drawn(part) for part in parts)


def _drawn(table: RenderableType) -> str:
    from io import StringIO

    from rich.console import Console

    page = StringIO()
    Console(file=page, width=WIDTH, color_system=None, highlight=False).print(table)
    return page.getvalue().rstrip("\n")
