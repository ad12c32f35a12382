"""How a section of a dossier is declared: by an ENTRY in the module that makes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from detente.dossier.page.blocks import Block, Section
from detente.dossier.sections.context import Context


@dataclass(frozen=True, slots=True)
class Entry:
    """One section of a dossier.

    Parameters
    ----------
    place : int
        Of the section among the questions, from 1; 0 for what stands before them.
    make : callable
        Makes it.
    answer : str
        The field of Answers that has to be there before it can be told.
    title : str
        What a page shows until the section's own title is there.
    picture : str
        Its drawing that can be taken out, as ``detente draw`` calls it; empty for none.
    """

    place: int
    make: Callable[[Context], Section]
    answer: str
    title: str
    picture: str = ""

    @property
    def id(self) -> str:
        """Of the section that is made."""
        return f"q{self.place}" if self.place else "about"

    def section(self, blocks: Iterable[Block], title: str = "") -> Section:
        """Return the section of a question, under a title of its own if there is one."""
        return Section(self.id, f"Question {self.place}", title or self.title, tuple(blocks))
