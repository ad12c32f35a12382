"""Marks on a unit of text: which of its words are a name, and whose."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from detente.reading.who.model import Person

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

MarkKind = Literal["name", "seat", "people", "person", "organ"]


@dataclass(frozen=True, slots=True, eq=False)
class Mark:
    """Some tokens that are a name.

    Parameters
    ----------
    start, end : int
        Tokens.
    kind : str
        ``name`` of a body or state, ``seat`` of a government, ``people`` (an adjective of a
        people), ``person``, or ``organ``: a body of a state whose state must still be found.
    party : str
        Whose name; empty for a person and an organ.
    person : Person, optional
        Who.
    before : int
        Where titles before a person's name begin.
    titles : tuple of str
        These titles.
    why : str
        The fact behind it, for people.
    """

    start: int
    end: int
    kind: MarkKind
    party: str = ""
    person: Person | None = None
    before: int = -1
    titles: tuple[str, ...] = ()
    why: str = ""


@dataclass
class Marked:
    """The marks of one unit, by token."""

    marks: list[Mark] = field(default_factory=list)
    at: dict[int, Mark] = field(default_factory=dict)

    def put(self, mark: Mark) -> bool:
        """Take a mark unless a token of it is taken; tell whether it was."""
        if any(n in self.at for n in range(mark.start, mark.end)):
            return False
        self.marks.append(mark)
        for n in range(mark.start, mark.end):
            self.at[n] = mark
        return True

    def sort(self) -> None:
        """Put the marks in the order of the text."""
        self.marks.sort(key=lambda m: m.start)


def tokens(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """Return the tokens that some characters touch."""
    span = doc.char_span(start, end, alignment_mode="expand")
    return (span.start, span.end) if span is not None else (0, 0)


def root(doc: Doc, mark: Mark) -> Token:
    """Return the token that stands for a mark in the parse."""
    return doc[mark.start : mark.end].root
