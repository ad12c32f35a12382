"""A page as Markdown: CommonMark with tables and footnotes, every text escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator

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
    Spot,
    Table,
)
from detente.dossier.page.dossier import FIRM, JUDGED, Front, Page
from detente.dossier.page.html import shown
from detente.dossier.say import assumed

_MEANT = re.compile(r"([\\`*_{}\[\]<>|~&$^])")
"""Characters that Markdown would act on anywhere in a line."""

_BEGINS = re.compile(r"^(\s*)(?:([-+=#])|(\d+)([.)]))")
"""What Markdown would act on at the beginning of a line."""

_LINKED = re.compile(r"(?i)\b(https?|ftp|mailto|www)([:.])")
"""Beginnings of addresses, which some readers of Markdown turn into links."""


def page_markdown(page: Page) -> str:
    """Return a page as Markdown.

    Notes beside the text become footnotes, drawings their captions and descriptions. Texts of the
    case and of reports are escaped: they can neither mark anything up nor link anywhere.
    """
    return _Writer().page(page)


def escaped(text: str) -> str:
    """Return text on one line so that Markdown shows it as it is."""
    flat = " ".join(shown(text).split())
    flat = _LINKED.sub(r"\1\\\2", _MEANT.sub(r"\\\1", flat))
    return _BEGINS.sub(_unbegun, flat)


def _unbegun(match: re.Match[str]) -> str:
    space, sign, figures, dot = match.groups()
    return f"{space}\\{sign}" if sign else f"{space}{figures}\\{dot}"


class _Writer:
    """Writes pages; footnotes are numbered as they come."""

    def __init__(self) -> None:
        self._notes: dict[str, int] = {}

    def page(self, page: Page) -> str:
        """Return a whole page."""
        lines = [f"# {escaped(page.title)}", ""]
        if page.draft:
            lines += [f"**{escaped(page.draft)}**", ""]
        lines += self.front(page.front)
        for section in (*page.sections, *page.appendix):
            lines += ["", *self.section(section)]
        if page.reports:
            lines += ["", "## The reports"]
            for report in page.reports:
                lines += ["", *_report(report)]
        if self._notes:
            lines += ["", "## Notes", ""]
            for note, number in self._notes.items():
                # Without two words before it, a note could be read as the address of a link.
                lines += [f"[^{number}]: Note {number}: {note}", ""]
        return "\n".join(lines).rstrip() + "\n"

    def front(self, front: Front) -> Iterator[str]:
        """Yield the first page."""
        for run in (*(run for run in front.top if run), ("",)):
            yield self.inline(run)
        yield f"**{self.inline(front.headline)}**"
        yield ""
        yield self.inline(front.lead)
        if front.judgements:
            yield ""
            yield f"**{JUDGED}**"
            yield ""
        for k, one in enumerate(front.judgements, start=1):
            told = f"{self.inline(one.text)} *{FIRM[one.firm]}* {self.inline(one.rests)}"
            yield f"{k}. {told}"
        for side in front.sides:
            yield ""
            told = " ".join(self.inline(para) for para in side.paras)
            yield f"**{escaped(side.title)}.** {told}"
        for run in front.foot:
            yield ""
            yield f"*{self.inline(run)}*"

    def section(self, section: Section) -> Iterator[str]:
        """Yield a section."""
        kicker = f"{section.kicker}: " if section.kicker.startswith("Question") else ""
        yield f"## {escaped(kicker + section.title)}"
        for block in section.blocks:
            yield ""
            yield from self.block(block)

    def block(self, block: Block) -> Iterator[str]:
        """Yield a block, without empty lines around it."""
        match block:
            case Para():
                strong = block.kind == "answer"
                text = self.inline(block.text)
                yield (f"**{text}**" if strong and _bare(block.text) else text) + self.notes(
                    block.notes
                )
            case Items():
                for number, item in enumerate(block.items, start=block.start):
                    mark = f"{number}." if block.ordered else "-"
                    yield f"{mark} {self.inline(item.text)}{self.notes(item.notes)}"
            case Table():
                yield from self.table(block)
            case Plate():
                yield from self.plate(block)
            case Heading():
                yield f"### {escaped(block.text)}"
            case Details():
                yield f"*{escaped(block.title)}*"
                for inner in block.blocks:
                    yield ""
                    yield from self.block(inner)
            case Method():
                commands = " ".join(code(command) for command in block.commands)
                yield f"*{block.TITLE}* {escaped(block.text)} {commands}".rstrip()
            case Code():
                yield from _fenced(block.text)

    def table(self, block: Table) -> Iterator[str]:
        """Yield a table under its caption."""
        yield f"*{escaped(block.caption)}*"
        yield ""
        yield _row([escaped(head) for head in block.head])
        yield _row(["---"] * len(block.head))
        for row in block.rows:
            yield _row([self.inline(cell.text) for cell in row])

    def plate(self, block: Plate) -> Iterator[str]:
        """Yield a drawing as what is told in its place, or as a table of its words."""
        if block.instead:
            for k, inner in enumerate(block.instead):
                if k:
                    yield ""
                yield from self.block(inner)
            return
        head = next((row for row in block.rows if row.kind == "head"), None)
        yield f"*{self.inline(block.finding)}*"
        yield ""
        yield _row([self.inline(cell.text) for cell in head.cells] if head else [""] * block.wide)
        yield _row(["---"] * block.wide)
        for row in block.rows:
            if row.kind == "head":
                continue
            cells = [self.spot(cell) for cell in row.cells]
            if row.kind == "group":
                cells = [f"**{cells[0]}**"]
            yield _row([*cells, *[""] * (block.wide - len(cells))])

    def spot(self, cell: Spot) -> str:
        """Return what a cell says, its geometry in words; what was a line of its own, in one."""
        glyph = escaped(cell.glyph.told) if cell.glyph else ""
        runs = [self.inline(cell.text), *map(self.inline, cell.more), glyph]
        first, *more = [run for run in runs if run] or [""]
        return first + "".join(f"{'.' if run[0].isupper() else ';'} {run}" for run in more)

    def notes(self, notes: tuple[Note, ...]) -> str:
        """Return the marks of footnotes; alike notes share one."""
        numbers = [self._notes.setdefault(_note(n), len(self._notes) + 1) for n in notes]
        return "".join(f"[^{number}]" for number in dict.fromkeys(numbers))

    def inline(self, text: Inline) -> str:
        """Return a run of text."""
        told = "".join(_piece(piece) for piece in text)
        return _BEGINS.sub(_unbegun, told.strip())


def _piece(piece: str | Mark) -> str:
    """Return a piece of a sentence; spaces around it are kept."""
    if isinstance(piece, str):
        return _spaced(piece, escaped(piece))
    match piece.kind:
        case "code":
            return code(piece.text)
        case "quote":
            return f"“{escaped(piece.text)}”"
        case "strong" | "clash" | "holds":
            return f"**{escaped(piece.text)}**" if piece.text.strip() else ""
        case _:
            return _spaced(piece.text, escaped(piece.text))


def _spaced(before: str, after: str) -> str:
    left = " " if before[:1].isspace() else ""
    right = " " if before[-1:].isspace() and after else ""
    return f"{left}{after}{right}"


def _bare(text: Inline) -> bool:
    """Whether a run of text has nothing strong in it already."""
    return not any(isinstance(p, Mark) and p.kind in ("strong", "clash", "holds") for p in text)


def code(text: str) -> str:
    """Return text as it is typed, between as many backticks as it takes."""
    flat = " ".join(shown(text).split()).replace("|", "\\|") or " "
    fence = "`" * (_longest(flat) + 1)
    pad = " " if flat[0] == "`" or flat[-1] == "`" else ""
    return f"{fence}{pad}{flat}{pad}{fence}"


def _longest(text: str) -> int:
    return max((len(run) for run in re.findall(r"`+", text)), default=0)


def _fenced(text: str) -> Iterator[str]:
    fence = "`" * max(3, _longest(text) + 1)
    yield fence
    yield from (shown(line) for line in text.splitlines())
    yield fence


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _note(note: Note) -> str:
    parts = []
    if note.title:
        parts.append(f"{escaped(note.title)}:")
    if note.draft:
        parts.append("(draft)")
    if note.assumed:
        parts.append(escaped(assumed(note.text)))
    elif note.text:
        parts.append(escaped(note.text))
    for quote in note.quotes:
        parts.append(f"“{escaped(quote.text)}” ({escaped(quote.where or quote.report)})")
    return " ".join(parts) or "–"


def _report(report: ReportText) -> Iterator[str]:
    yield f"### {escaped(report.title)}"
    yield ""
    byline = f", {report.byline}" if report.byline else ""
    yield escaped(f"{report.id}{byline}")
    for line in report.text[report.body :].splitlines():
        if line.strip():
            yield ""
            yield f"> {escaped(line)}"
