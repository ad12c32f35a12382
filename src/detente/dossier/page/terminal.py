"""The blocks of a page on a terminal: the same sentences, tables and notes, without drawings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rich import box
from rich.console import Console, ConsoleOptions, RenderableType
from rich.table import Table as Grid
from rich.text import Text

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
    Section,
    Table,
)
from detente.dossier.say import assumed, show

STYLE = {"clash": "bold red", "strong": "bold", "holds": "green", "code": "cyan", "party": "bold"}
"""How marks look where the terminal has colours."""

WIDTH = 80


def inline(text: Inline) -> Text:
    """Return a run of text in the styles of its marks; nothing in it acts on the terminal."""
    out = Text()
    for piece in text:
        mark = piece if isinstance(piece, Mark) else None
        said = _safe(piece if mark is None else mark.text)  # type: ignore[arg-type]
        said = f"“{said}”" if mark is not None and mark.kind == "quote" else said
        out.append(said, STYLE.get(mark.kind) if mark is not None else None)
    return out


def _safe(text: str) -> str:
    lead = " " if text[:1].isspace() else ""
    tail = " " if text[-1:].isspace() and text.strip() else ""
    return f"{lead}{show(text)}{tail}"


@dataclass(frozen=True, slots=True)
class Told:
    """Sections that a console prints, as wide as it is.

    Parameters
    ----------
    sections : tuple of Section
        In their order.
    notes : bool
        Whether the words that a sentence rests on are printed below it.
    """

    sections: tuple[Section, ...]
    notes: bool = True

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> Iterator[RenderableType]:
        for k, section in enumerate(self.sections):
            if k:
                yield Text()
            yield from _Writer(console, options.max_width, self.notes).section(section)


@dataclass(frozen=True, slots=True)
class _Writer:
    """Turns blocks into what a console prints."""

    console: Console
    width: int
    notes: bool

    def section(self, section: Section) -> Iterator[RenderableType]:
        """Yield a section: its title, then its blocks."""
        yield from self._line(Text(show(section.title), "bold"))
        for block in section.blocks:
            yield from self.block(block)

    def block(self, block: Block) -> Iterator[RenderableType]:
        """Yield one block; drawings and how it was computed are for the page."""
        match block:
            case Para(text, notes):
                yield from self._line(inline(text))
                yield from self._notes(notes, "    ")
            case Items(items, ordered, start):
                for k, item in enumerate(items, start):
                    mark = f"  {k}. " if ordered else "  - "
                    yield from self._line(Text(mark) + inline(item.text), len(mark))
                    yield from self._notes(item.notes, " " * (len(mark) + 2))
            case Table():
                yield from self._table(block)
            case Heading(text):
                yield Text()
                yield from self._line(Text(show(text), "bold"))
            case Details(_, blocks):
                for inner in blocks:
                    yield from self.block(inner)
            case Code(text):
                for line in text.splitlines():
                    lead = line[: len(line) - len(line.lstrip(" "))]
                    yield from self._line(Text(f"{lead}{show(line)}"), len(lead) + 2)
            case Plate(instead=blocks):
                for inner in blocks:
                    yield from self.block(inner)
            case Method():
                pass

    def _notes(self, notes: Iterable[Note], pad: str) -> Iterator[RenderableType]:
        for note in notes if self.notes else ():
            for quote in note.quotes:
                where = quote.where or quote.report
                told = f"{pad}“{show(quote.text)}” ({show(where)})"
                yield from self._line(Text(told, "dim"), len(pad))
            if note.assumed:
                yield from self._line(Text(f"{pad}{assumed(show(note.text))}", "dim"), len(pad))

    def _table(self, table: Table) -> Iterator[RenderableType]:
        yield Text()
        if table.caption:
            yield from self._line(Text(show(table.caption), "dim"))
        grid = Grid(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 2, 0, 0))
        for k, head in enumerate(table.head):
            right = bool(k) and any(row[k].look == "number" for row in table.rows)
            grid.add_column(Text(show(head)), overflow="fold", justify="right" if right else "left")
        for row in table.rows:
            grid.add_row(*(inline(cell.text) for cell in row))
        yield grid
        yield Text()

    def _line(self, text: Text, hang: int = 0) -> Iterator[RenderableType]:
        """Yield a text in lines, all but the first moved in."""
        first, *rest = text.wrap(self.console, self.width) or [Text()]
        first.rstrip()
        yield first
        for one in rest:
            one.rstrip()
        left = Text(" ").join(rest)
        for one in left.wrap(self.console, max(self.width - hang, 20)) if rest else ():
            one.rstrip()
            yield Text(" " * hang) + one
