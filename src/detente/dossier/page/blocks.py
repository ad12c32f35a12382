"""What a dossier is made of: sentences, notes beside them, tables, drawings.

A section is data. It is made of results in :mod:`detente.dossier.sections`, and becomes HTML,
Markdown or the summary on a terminal without being worded again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, Literal, TypeAlias

MarkKind = Literal[
    "party", "number", "cite", "code", "quote", "strong", "clash", "holds", "draft", "sign"
]


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece of a sentence that is more than its characters.

    Parameters
    ----------
    kind : str
        ``party``: a party's label. ``number``: a figure of a result. ``cite``: opens a passage.
        ``code``: something to type. ``quote``: words of a report. ``strong``, ``clash``,
        ``holds``, ``draft``: how it looks. ``sign``: a party's shape, which has no text.
    text : str
        What is read.
    ref : str
        The party's name; the place of the number in the JSON document, as a JSON pointer
        (RFC 6901); or the id of what is opened.
    value : float, optional
        The number itself, not rounded.
    """

    kind: MarkKind
    text: str
    ref: str = ""
    value: float | None = None


Inline: TypeAlias = tuple[str | Mark, ...]
"""A run of text."""


def plain(inline: Inline) -> str:
    """Return a run of text without its marks."""
    return "".join(piece if isinstance(piece, str) else piece.text for piece in inline)


def join(items: Iterable[Inline], last: str = "and") -> Inline:
    """Return runs of text as ``a``, ``a and b``, ``a, b and c``."""
    rows = list(items)
    out: list[str | Mark] = []
    for k, item in enumerate(rows):
        if k:
            out.append(f" {last} " if k == len(rows) - 1 else ", ")
        out.extend(item)
    return tuple(out)


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a report.

    Parameters
    ----------
    text : str
        The exact words.
    report : str
        The report's id.
    where : str
        For people: the report's title or id, and the paragraph.
    passage : str
        The id of the passage on the page; empty where the report is not there.
    """

    text: str
    report: str
    where: str = ""
    passage: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """What stands beside a sentence: the words it rests on, or that it is assumed, and why.

    Parameters
    ----------
    title : str
        Whose words, or what is assumed.
    text : str
        How the words were read, or why it is assumed.
    quotes : tuple of Quote
        The words.
    assumed : bool
        Whether no report says so.
    draft : bool
        Whether nobody has looked at it yet.
    line : str
        Which line of the case it is about, so that it is not told twice; the title, if empty.
    """

    title: str
    text: str = ""
    quotes: tuple[Quote, ...] = ()
    assumed: bool = False
    draft: bool = False
    line: str = ""


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph with its notes; ``answer`` is the first sentence of a section."""

    text: Inline
    notes: tuple[Note, ...] = ()
    kind: Literal["answer", "text", "fine"] = "text"


@dataclass(frozen=True, slots=True)
class Items:
    """A list, numbered from ``start`` where it is ordered; items may have notes of their own."""

    items: tuple[Para, ...]
    ordered: bool = False
    start: int = 1


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; ``look`` tells the page how to show it."""

    text: Inline
    look: Literal["", "holds", "never", "number", "clash"] = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first cell of every row is its heading."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Glyph:
    """A little geometry without words, in a cell of a drawing.

    Parameters
    ----------
    marks : str
        SVG, in the classes of :mod:`detente.dossier.drawings.theme`.
    width, height : float
        Pixels of its sheet.
    told : str
        What it shows, for who does not see it; empty where the words beside it say so.
    """

    marks: str
    width: float
    height: float
    told: str = ""


Look: TypeAlias = Literal["", "good", "bad", "strong", "said", "dashed"]


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell of a drawing: words, words that explain them, or a glyph.

    Parameters
    ----------
    text : Inline
        What is read first.
    more : tuple of Inline
        Below it, smaller.
    glyph : Glyph, optional
        Geometry.
    look : str
        ``good``, ``bad`` or ``strong``; ``said`` for words of a party, ``dashed`` where they are
        assumed.
    rows : int
        How many rows it stands beside; 0 where the cell above does.
    hue : str
        Class of a party's colour that edges the cell; empty for none.
    """

    text: Inline = ()
    more: tuple[Inline, ...] = ()
    glyph: Glyph | None = None
    look: Look = ""
    rows: int = 1
    hue: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a drawing; the one cell of a ``group`` is a title, that of a ``line`` a sentence."""

    cells: tuple[Spot, ...]
    kind: Literal["row", "head", "group", "line"] = "row"


@dataclass(frozen=True, slots=True)
class Plate:
    """A drawing: a table whose cells are words that wrap, and geometry.

    A page sets the words as text and the geometry as SVG, in one layout for a desk and one for a
    phone; a drawing that stands alone breaks the words itself.

    Parameters
    ----------
    id : str
        Of the drawing.
    finding : Inline
        What it shows, above it.
    how : str
        How to read it, below it.
    columns : tuple of float
        Shares of the width.
    rows : tuple of Row
        From the top.
    key : tuple of (Glyph, str)
        Marks, and what they mean.
    instead : tuple of Block
        What is told where nothing can be drawn.
    """

    id: str
    finding: Inline
    how: str
    columns: tuple[float, ...]
    rows: tuple[Row, ...]
    key: tuple[tuple[Glyph, str], ...] = ()
    instead: tuple[Block, ...] = ()

    @property
    def wide(self) -> int:
        """How many columns there are."""
        return len(self.columns)

    @property
    def drawn(self) -> tuple[int, ...]:
        """The columns that hold geometry."""
        found = {
            k
            for row in self.rows
            if row.kind == "row"
            for k, cell in enumerate(row.cells)
            if cell.glyph is not None
        }
        return tuple(sorted(found))


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a section."""

    text: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Details:
    """Something most readers skip."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Method:
    """How a section's figures were computed, and the command that repeats them."""

    TITLE: ClassVar[str] = "How this was computed."

    text: str
    commands: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Code:
    """Text as it is typed, line by line."""

    text: str


Block: TypeAlias = Para | Items | Table | Plate | Heading | Details | Method | Code


@dataclass(frozen=True, slots=True)
class Section:
    """One question and its answer.

    Parameters
    ----------
    id : str
        ``q1`` to ``q9``, or a word.
    kicker : str
        Above the heading, such as ``Question 4``.
    title : str
        The question.
    blocks : tuple of Block
        The answer first.
    """

    id: str
    kicker: str
    title: str
    blocks: tuple[Block, ...]

    @property
    def answer(self) -> Inline:
        """The section's first paragraph that answers."""
        for block in self.blocks:
            if isinstance(block, Para) and block.kind == "answer":
                return block.text
        return ()


@dataclass(frozen=True, slots=True)
class Passage:
    """Characters of a report that something on the page rests on, and its id there."""

    id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ReportText:
    """A report as it is shown at the end of the page.

    Parameters
    ----------
    id : str
        The report's id.
    title, byline : str
        For people.
    text : str
        Its characters.
    body : int
        Where the text after the front matter begins.
    passages : tuple of Passage
        In the order of the text; they may overlap.
    """

    id: str
    title: str
    byline: str
    text: str
    body: int
    passages: tuple[Passage, ...] = ()
