"""What a dossier is made of: sentences, notes beside them, tables, drawings.

A section is data. It is made of results in :mod:`detente.dossier.sections`, and becomes HTML,
Markdown or the summary on a terminal without being worded again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

MarkKind = Literal["party", "number", "cite", "code", "quote", "strong", "clash", "holds", "draft"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece of a sentence that is more than its characters.

    Parameters
    ----------
    kind : str
        ``party``: a party's label. ``number``: a figure of a result. ``cite``: opens a passage.
        ``code``: something to type. ``quote``: words of a report. ``strong``, ``clash``,
        ``holds``, ``draft``: how it looks.
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
class Figure:
    """A drawing in two layouts.

    Parameters
    ----------
    id : str
        Of the figure.
    caption : str
        How to read it.
    wide, narrow : str
        SVG, for a page and for a phone; ``narrow`` may be empty where the wide one does for both.
    """

    id: str
    caption: str
    wide: str
    narrow: str = ""


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

    text: str
    commands: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Code:
    """Text as it is typed, line by line."""

    text: str


Block: TypeAlias = Para | Items | Table | Figure | Heading | Details | Method | Code


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


@dataclass(frozen=True, slots=True)
class Judgement:
    """One thing that is judged, and, apart from it, how firmly and on what.

    Parameters
    ----------
    text : Inline
        The judgement, a sentence or two.
    firm : str
        ``high``, ``moderate`` or ``low``.
    rests : Inline
        What it rests on, and what would turn it.
    section : str
        The id of the section that tells more.
    notes : tuple of Note
        The words it rests on.
    """

    text: Inline
    firm: Literal["high", "moderate", "low"]
    rests: Inline
    section: str = ""
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """A short part of the first page beside its judgements; it may go where room is short.

    Parameters
    ----------
    title : str
        What it is about.
    paras : tuple of Inline
        Its sentences.
    rank : int
        What goes first where the page is too long: the highest.
    """

    title: str
    paras: tuple[Inline, ...]
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Panel:
    """One moment of the way, as the first page draws it.

    Parameters
    ----------
    movers : tuple of str
        Names of the parties that move; none for today.
    text : Inline
        What they do.
    marks : tuple of (str, int)
        For every party its name and 1, 0 or -1: better off than today, as well off, or worse.
    """

    movers: tuple[str, ...]
    text: Inline
    marks: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Front:
    """The first page.

    Parameters
    ----------
    top : tuple of Inline
        Title and day; reports and lines.
    headline, lead : Inline
        The answer in a sentence, and who has to do what.
    picture : str
        The finding above the drawing; empty where there is none.
    panels : tuple of Panel
        The drawing.
    judgements : tuple of Judgement
        At most five.
    sides : tuple of Side
        Beside them.
    foot : tuple of Inline
        What it is, and how it is marked.
    """

    top: tuple[Inline, ...]
    headline: Inline
    lead: Inline
    picture: str
    panels: tuple[Panel, ...]
    judgements: tuple[Judgement, ...]
    sides: tuple[Side, ...]
    foot: tuple[Inline, ...]

    @property
    def words(self) -> int:
        """How many words it has, those in the drawing left out."""
        runs: list[Inline] = [*self.top, self.headline, self.lead, *self.foot]
        runs += [run for j in self.judgements for run in (j.text, j.rests)]
        runs += [run for side in self.sides for run in ((side.title,), *side.paras)]
        return sum(len(plain(run).split()) for run in runs)


@dataclass(frozen=True, slots=True)
class Page:
    """A whole dossier.

    Parameters
    ----------
    title, kicker
        Of the case, and its day.
    front : Front
        The first page.
    draft : str
        Shown on the page's every part where the case is a draft; empty otherwise.
    parties : tuple of (str, str)
        Names and labels, in the case's order, which gives the colours.
    sections : tuple of Section
        The questions.
    appendix : tuple of Section
        The model and how it was computed.
    reports : tuple of ReportText
        The passages' reports.
    lang : str
        Language of the page, as in BCP 47.
    full : bool
        Whether everything is unfolded, on paper too.
    """

    title: str
    kicker: str
    front: Front
    draft: str
    parties: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    appendix: tuple[Section, ...]
    reports: tuple[ReportText, ...]
    lang: str = "en"
    full: bool = False
