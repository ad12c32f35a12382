"""What a report is made of, before and after the parser has seen it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from detente.reading.paragraphs import Span
from detente.reading.report import Report

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

UnitKind = Literal["title", "prose", "quote", "turn", "question"]
Manner = Literal["news", "statement", "opinion", "interview", "transcript"]


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters that stand alike in a unit and in its report."""

    at: int
    start: int
    length: int


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who a transcript says is speaking: the label before the colon, the side in brackets.

    In an interview printed with quotation marks the label is empty.
    """

    label: str = ""
    side: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Unit:
    """A stretch of a report that is one kind of text, as the parser shall see it.

    Parameters
    ----------
    number : int
        Its place among the report's units.
    kind : str
        Title, prose (quotations taken out, "This" standing for each), quote, turn of a
        transcript, or question.
    text : str
        What the parser sees.
    pieces : tuple of Piece
        Where its characters stand in the report.
    paragraph : int
        The paragraph's number.
    speaker : Speaker, optional
        Of a turn.
    frame, place : int
        For a quotation with words beside it: the unit that holds its stand-in, and where there;
        -1 where nothing stands beside it.
    question : int
        For an answer: the unit that asks; -1 for none.
    doc : Doc, optional
        The parse.
    """

    number: int
    kind: UnitKind
    text: str
    pieces: tuple[Piece, ...]
    paragraph: int
    speaker: Speaker | None = None
    frame: int = -1
    place: int = -1
    question: int = -1
    doc: Doc | None = None

    def spans(self, start: int, end: int) -> list[Span]:
        """Return the characters of the report that a stretch of the unit stands for."""
        found = []
        for piece in self.pieces:
            a, b = max(start, piece.at), min(end, piece.at + piece.length)
            if a < b:
                found.append(Span(piece.start + a - piece.at, piece.start + b - piece.at))
        return found

    def where(self, token: Token) -> int:
        """Return where a token stands in the report, -1 for a stand-in."""
        found = self.spans(token.idx, token.idx + len(token))
        return found[0].start if found else -1


@dataclass(frozen=True, slots=True, eq=False)
class Parsed:
    """A report in units.

    Parameters
    ----------
    report : Report
        The report.
    units : tuple of Unit
        In the order of the text.
    titles : tuple of str
        Headlines and letterheads, as written.
    dateline : str
        The place before the first words; empty for none.
    manner : str
        What kind of report it is.
    issuer : str
        For a statement: the words that name who issued it.
    signed : tuple of (str, str)
        Body and person of lines such as "For the strike committee: Ana Reis".
    """

    report: Report
    units: tuple[Unit, ...]
    titles: tuple[str, ...] = ()
    dateline: str = ""
    manner: Manner = "news"
    issuer: str = ""
    signed: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        """The report's id."""
        return self.report.id

    @property
    def text(self) -> str:
        """The report's characters."""
        return self.report.text
