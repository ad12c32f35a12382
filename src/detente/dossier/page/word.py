"""A page as a Word document: real headings and lists, footnotes for what a sentence rests on.

The same blocks as on the page, as it prints: what most readers skip stands in it only where the
page is unfolded. The house style is that of a ministry's paper: A4, one family of letters, black
rules, who may read it in the head of every sheet, the number of the sheet in its foot.
"""

from __future__ import annotations

import datetime as dt
import io
import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, TypeAlias

from detente.case.model import Case
from detente.dossier.drawings import plate as drawn
from detente.dossier.drawings.plain import plain_svg
from detente.dossier.page.blocks import (
    Block,
    Code,
    Details,
    Heading,
    Inline,
    Items,
    Mark,
    Method,
    Note,
    Para,
    Plate,
    ReportText,
    Section,
    Table,
    plain,
)
from detente.dossier.page.dossier import FIRM, JUDGED, Front, Page, Panel
from detente.dossier.page.html import shown
from detente.dossier.say import assumed
from detente.errors import DetenteError
from detente.reading.paragraphs import paragraphs
from detente.writing import settled

if TYPE_CHECKING:
    from docx.document import Document

Picture: TypeAlias = Callable[[str], bytes]
"""From a drawing that stands alone to its PNG."""

FACE, FIXED = "Arial", "Courier New"
TEXT_CM, TALL_CM = 16.0, 19.0
"""Width of the text on a sheet, and the most that a picture is high, in centimetres."""

STANDS = {1: "better", 0: "as today", -1: "worse"}


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What stands on every sheet, and in the properties of the file.

    Parameters
    ----------
    author, organisation, handling : str
        As the case has them.
    day : date, optional
        The day that the case describes.
    """

    author: str = ""
    organisation: str = ""
    handling: str = ""
    day: dt.date | None = None

    @classmethod
    def of(cls, case: Case) -> Letterhead:
        """Return what a case says of itself."""
        return cls(case.author, case.organisation, case.handling, case.as_of)


def require() -> None:
    """Refuse to make a document where what writes it is missing.

    Raises
    ------
    DetenteError
        If python-docx is not installed.
    """
    if find_spec("docx") is None:
        raise DetenteError(
            "Word documents need python-docx: pip install 'detente[office]'; or write .html or .md"
        )


def page_docx(page: Page, head: Letterhead, picture: Picture | None) -> bytes:
    """Return a page as a Word document; the same page gives the same bytes.

    Parameters
    ----------
    picture : callable, optional
        Makes the pictures; where there is none, each is told in words.

    Raises
    ------
    DetenteError
        If python-docx is not installed.
    """
    require()
    import docx

    from detente.dossier.page import wordparts as parts

    document = docx.Document()
    parts.dress(document, FACE, FIXED)
    _Writer(document, page, picture).write(head)
    properties = document.core_properties
    properties.title, properties.author = _plain(page.title), _plain(head.author)
    properties.comments, properties.language = "", "en-GB"
    day = head.day or dt.date(2000, 1, 1)
    properties.created = properties.modified = dt.datetime(day.year, day.month, day.day)
    file = io.BytesIO()
    document.save(file)
    return settled(file.getvalue())


def _plain(text: str) -> str:
    return " ".join(shown(text).split())


class _Writer:
    """Writes one page; footnotes are numbered as they come."""

    def __init__(self, document: Document, page: Page, picture: Picture | None) -> None:
        from detente.dossier.page import wordparts as parts

        self._parts, self._document, self._page = parts, document, page
        self._picture = picture
        self._notes: dict[str, int] = {}

    def write(self, head: Letterhead) -> None:
        """Write the whole page."""
        page = self._page
        left = " · ".join(filter(None, (_plain(head.organisation), _plain(head.handling))))
        right = "Draft, made by a program" if page.draft else ""
        self._parts.head_and_foot(self._document, left, right, _plain(page.title), TEXT_CM)
        if page.draft:
            self._line((Mark("strong", page.draft),))
        self._front(page.front)
        for k, section in enumerate(page.sections):
            heading = self._section(section)
            heading.paragraph_format.page_break_before = k == 0  # the first page is one sheet
        if page.full:
            for section in page.appendix:
                self._section(section)
        if page.reports:
            self._reports(page.reports)
        self._parts.add_footnotes(self._document, list(self._notes))

    def _front(self, front: Front) -> None:
        for run in front.top:
            if run:
                self._line(run, "Small")
        self._line(front.headline, "Title")
        self._line(front.lead, "Lead")
        if front.panels:
            self._panels(front.picture, front.panels)
        if front.judgements:
            self._document.add_heading(JUDGED, 2)
        numbering = self._parts.new_list(self._document)
        for one in front.judgements:
            told = (*one.text, " ", Mark("draft", FIRM[one.firm]), " ", *one.rests)
            line = self._line(told, "List Number", one.notes)
            self._parts.numbered(line, numbering)
        for side in front.sides:
            paras = (piece for para in side.paras for piece in (" ", *para))
            self._line((Mark("strong", f"{side.title}."), *paras))
        for run in front.foot:
            self._line(run, "Small")

    def _panels(self, finding: str, panels: tuple[Panel, ...]) -> None:
        """Write the way as a table: who is better or worse off than today after each step."""
        label = dict(self._page.parties)
        heads: list[Inline] = [("",)]
        for k, panel in enumerate(panels[1:], start=1):
            who = ", ".join(label[m] for m in panel.movers)
            heads.append((f"{k}. {who}: {plain(panel.text)}",))
        rows = []
        for name, told in self._page.parties:
            marks = (dict(panel.marks).get(name, 0) for panel in panels[1:])
            rows.append(((told,), *((STANDS[m],) for m in marks)))
        self._table(f"{finding}. Below, how each stands then, against today", heads, rows)

    def _section(self, section: Section) -> Any:
        number = section.kicker.removeprefix("Question ")
        lead = f"{number}. " if number != section.kicker else ""
        heading = self._document.add_heading(_plain(lead + section.title), 1)
        kept = [block for block in section.blocks if self._stands(block)]
        for block, after in itertools.zip_longest(kept, kept[1:]):
            if not isinstance(block, Heading) or not isinstance(after, Heading | None):
                self._block(block)
        return heading

    def _stands(self, block: Block) -> bool:
        """Whether a block stands on paper: what most readers skip only where all is unfolded."""
        if self._page.full:
            return True
        if isinstance(block, Details):
            return any(isinstance(inner, Plate) for inner in block.blocks)
        return not isinstance(block, Method)

    def _block(self, block: Block) -> None:
        match block:
            case Para():
                style = {"answer": "Answer", "fine": "Small"}.get(block.kind, "Normal")
                self._line(block.text, style, block.notes)
            case Items():
                self._items(block)
            case Table():
                rows = [[cell.text for cell in row] for row in block.rows]
                self._table(block.caption, [(head,) for head in block.head], rows)
            case Plate():
                self._plate(block)
            case Heading():
                self._document.add_heading(_plain(block.text), 2)
            case Details():
                self._details(block)
            case Method():
                commands = (Mark("code", command) for command in block.commands)
                told = (piece for command in commands for piece in (" ", command))
                self._line((f"{block.TITLE} {block.text}", *told), "Small")
            case Code():
                for line in block.text.splitlines():
                    self._line((Mark("code", line),), "Small")

    def _details(self, block: Details) -> None:
        """Write what most readers skip where everything is unfolded; its pictures always."""
        if self._page.full:
            self._document.add_heading(_plain(block.title), 3)
        for inner in block.blocks:
            if self._page.full or isinstance(inner, Plate):
                self._block(inner)

    def _items(self, block: Items) -> None:
        numbering = self._parts.new_list(self._document, block.start) if block.ordered else None
        for item in block.items:
            style = "List Number" if block.ordered else "List Bullet"
            line = self._line(item.text, style, item.notes)
            if numbering is not None:
                self._parts.numbered(line, numbering)

    def _plate(self, block: Plate) -> None:
        """Write a drawing, or what is told in its place."""
        if self._picture is None and block.instead:
            for inner in block.instead:
                self._block(inner)
            return
        words = ((Mark("strong", plain(block.finding)), f" {drawn.told(block)}"),)
        self._picture_of(drawn.plate_svg(block, styled=False), drawn.told(block), words)

    def _picture_of(self, svg: str, said: str, words: tuple[Inline, ...]) -> None:
        """Put a picture, or its words where no picture can be made."""
        if self._picture is None:
            for run in words:
                self._line(run, "Caption")
            return
        standing = plain_svg(svg, white=True)
        size = self._parts.size_within(standing, TEXT_CM, TALL_CM)
        self._parts.add_picture(self._document, self._picture(standing), size, _plain(said))

    def _table(self, caption: str, heads: list[Inline], rows: Iterable[Iterable[Inline]]) -> None:
        if caption:
            self._line((caption,), "Caption").paragraph_format.keep_with_next = True
        grid = self._parts.new_table(self._document, len(heads), TEXT_CM)
        for cell, head in zip(grid.rows[0].cells, heads, strict=True):
            self._write(cell.paragraphs[0], (Mark("strong", plain(head)),))
        for row in rows:
            for cell, told in zip(self._parts.new_row(grid).cells, row, strict=True):
                self._write(cell.paragraphs[0], told)
        self._line(("",), "Small")

    def _reports(self, reports: tuple[ReportText, ...]) -> None:
        """Write the list of sources; their texts too, where everything is unfolded."""
        self._document.add_heading("Sources", 1)
        for report in reports:
            told = f": {report.title}" if report.title != report.id else ""
            byline = f", {report.byline}" if report.byline else ""
            self._line((Mark("strong", report.id), f"{told}{byline}"), "List Bullet")
        if not self._page.full:
            return
        for report in reports:
            self._document.add_heading(_plain(report.title), 2)
            for span in paragraphs(report.text):
                if span.end > report.body:
                    words = report.text[max(span.start, report.body) : span.end]
                    self._line((words,))

    # --- text

    def _line(self, text: Inline, style: str = "Normal", notes: tuple[Note, ...] = ()) -> Any:
        line = self._document.add_paragraph(style=style)
        self._write(line, text)
        for k, told in enumerate(dict.fromkeys(" ".join(_note(note)) for note in notes)):
            if k:
                line.add_run(", ").font.superscript = True
            self._refer(line, told)
        return line

    def _write(self, line: Any, text: Inline) -> None:
        for piece in text:
            words = piece if isinstance(piece, str) else piece.text
            words = shown(words).replace("\n", " ")
            if isinstance(piece, Mark) and piece.kind == "quote":
                words = f"“{words}”"
            run = line.add_run(words)
            if isinstance(piece, Mark):
                self._look(run, piece)

    def _look(self, run: Any, mark: Mark) -> None:
        match mark.kind:
            case "strong" | "clash" | "holds":
                run.bold = True
            case "draft":
                run.italic = True
            case "code":
                run.font.name = FIXED

    def _refer(self, line: Any, told: str) -> None:
        """Put the sign of a footnote; one that says the same is pointed to, not told again."""
        if told in self._notes:
            self._parts.footnote_again(line, self._notes[told])
            return
        self._notes[told] = len(self._notes) + 1
        self._parts.footnote_sign(line, self._notes[told])


def _note(note: Note) -> Iterator[str]:
    if note.title:
        yield f"{_plain(note.title)}:"
    if note.draft:
        yield "(draft)"
    if note.assumed:
        yield _ended(assumed(_plain(note.text)))
    elif note.text:
        yield _ended(_plain(note.text))
    for quote in note.quotes:
        yield f"“{_plain(quote.text)}” ({_plain(quote.where or quote.report)})."


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?", "”")) else f"{text}."
