"""A drawing that stands alone: the cells of a plate as one SVG, its words broken into lines.

On a page words are text that the browser wraps; a picture has to know where each line ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from detente.dossier.drawings.glyphs import shape
from detente.dossier.drawings.lettering import LINE, SIZE, SMALL, wrap
from detente.dossier.drawings.marks import NARROW, TURN, WIDE, drawing, lines_of, tag, title
from detente.dossier.page.blocks import Glyph, Mark, Plate, Row, Spot, plain

MARGIN = 12.0
GAP = 14.0
"""Between columns, in pixels, as all lengths here."""

AIR = 9.0
"""Above and below the words of a row."""

LOOKS = {"good": "name good", "bad": "name bad", "strong": "name"}


def plate_svg(plate: Plate, *, prefix: str = "", width: float = WIDE, styled: bool = True) -> str:
    """Return a plate as SVG.

    Parameters
    ----------
    prefix : str
        What the ids in the drawing begin with; the plate's own where none is given.
    width : float
        Pixels; below 520 the words of a row stand above and below its geometry.
    styled : bool
        Whether the style sheet comes along, and a ground.
    """
    sheet = _Sheet(plate, max(float(width), NARROW * 0.8))
    sheet.words(plain(plate.finding), "name", lines=4)
    for row in plate.rows:
        sheet.row(row)
    sheet.close()
    sheet.key()
    sheet.words(plate.how, "small soft", lines=6, size=SMALL)
    return drawing(
        prefix or plate.id,
        plain(plate.finding),
        told(plate),
        sheet.marks,
        kind="plate",
        width=sheet.width,
        height=sheet.y + MARGIN,
        styled=styled,
    )


def told(plate: Plate) -> str:
    """Return what is in the cells of a plate as one line, for who does not see it."""
    rows = []
    for row in plate.rows:
        cells = [_told(cell) for cell in row.cells]
        rows.append(
            ": ".join(text for text in (cells[0], "; ".join(filter(None, cells[1:]))) if text)
        )
    return ". ".join(filter(None, rows))


def _told(cell: Spot) -> str:
    parts = [plain(cell.text), *map(plain, cell.more), cell.glyph.told if cell.glyph else ""]
    return ", ".join(part for part in parts if part)


@dataclass
class _Sheet:
    """Rows from the top of a sheet to its end."""

    plate: Plate
    width: float
    y: float = MARGIN
    marks: list[str] = field(default_factory=list)
    open: list[tuple[Spot, float, float, float, int]] = field(default_factory=list)
    """Cells beside several rows: the cell, its left and width, where it begins, the rows left."""

    @property
    def room(self) -> float:
        return self.width - 2 * MARGIN

    @property
    def narrow(self) -> bool:
        return self.width < TURN

    def words(self, text: str, kind: str, *, lines: int, size: float = SIZE) -> None:
        """Put words across the whole sheet."""
        if not text:
            return
        self.y += 4
        fitted = wrap(text, self.room, lines=lines, size=size, bold="name" in kind.split())
        self.marks += lines_of(MARGIN, self.y + 12, fitted, kind=kind)
        self.y += LINE * len(fitted) + 8

    def row(self, row: Row) -> None:
        """Put a row below what is there."""
        if row.kind == "row":
            self.rule()
        if row.kind in ("group", "line"):
            self.y += 6
            look = "name" if row.kind == "group" else LOOKS.get(row.cells[0].look, "")
            self.words(plain(row.cells[0].text), look.replace("name bad", "bad"), lines=4)
            return
        top = self.y
        tall = self._stacked(row, top) if self.narrow else self._beside(row, top)
        self.y = top + tall

    def rule(self) -> None:
        """Put a hairline across."""
        start = MARGIN if self.narrow else min([MARGIN, *(c[1] for c in self.open)])
        for cell in [] if self.narrow else self.open:
            if cell[1] <= start + 1:
                start = cell[1] + cell[2] + GAP
        d = f"M{start:.1f} {self.y:.1f}H{self.width - MARGIN:.1f}"
        self.marks.append(tag("path", class_="grid", d=d))

    def _beside(self, row: Row, top: float) -> float:
        """Put the cells side by side; return how much they need."""
        total = sum(self.plate.columns)
        x, tall = MARGIN, 0.0
        spanning = []
        for cell, share in zip(row.cells, self.plate.columns, strict=False):
            wide = (self.room - GAP * (len(self.plate.columns) - 1)) * share / total
            if cell.rows > 1:
                spanning.append((cell, x, wide, top, cell.rows))
            elif cell.rows == 1:
                tall = max(tall, self._cell(cell, x, top, wide, row.kind))
            x += wide + GAP
        self.open = [*self.open, *spanning]
        still = []
        for cell, left, wide, begun, rows in self.open:
            if rows > 1:
                still.append((cell, left, wide, begun, rows - 1))
            else:
                need = self._cell(cell, left, begun, wide, row.kind)
                tall = max(tall, need - (top - begun))
        self.open = still
        return tall

    def _stacked(self, row: Row, top: float) -> float:
        """Put words above and below the geometry; return how much all need."""
        drawn = self.plate.drawn
        y = top
        beside: list[Spot] = []
        for k, cell in enumerate(row.cells):
            if k in drawn:
                beside.append(cell)
                if k + 1 in drawn:
                    continue
                wide = (self.room - GAP * (len(beside) - 1)) / len(beside)
                step = [
                    self._cell(one, MARGIN + (wide + GAP) * j, y, wide, row.kind)
                    for j, one in enumerate(beside)
                ]
                y += max(step) - AIR
                beside = []
            elif row.kind == "row" and cell.rows and (cell.text or cell.more):
                y += self._cell(cell, MARGIN, y, self.room, row.kind) - AIR
        return y - top + AIR

    def _cell(self, cell: Spot, x: float, top: float, wide: float, kind: str) -> float:
        """Put a cell; return the height it needs."""
        y = top + AIR
        if cell.glyph is not None:
            y += self._glyph(cell.glyph, x, y, wide) + 4
        small = kind == "head"
        signs = [m for m in cell.text if isinstance(m, Mark) and m.kind == "sign"]
        indent = 0.0
        for mark in signs[:1]:
            self.marks.append(shape(int(mark.value or 0), x + 7, y + 7, size=0.75))
            indent = 18.0
        style = "small soft name" if small else LOOKS.get(cell.look, "name" if cell.more else "")
        if cell.text:
            size = SMALL if small else SIZE
            fitted = wrap(plain(cell.text), wide - indent, lines=6, size=size, bold="name" in style)
            self.marks += lines_of(x + indent, y + 11, fitted, kind=style)
            y += LINE * len(fitted)
        for run in cell.more:
            fitted = wrap(plain(run), wide, lines=6, size=SMALL)
            self.marks += lines_of(x, y + 11, fitted, kind="small soft")
            y += LINE * len(fitted)
        if cell.hue:
            dash = "4 3" if cell.look == "dashed" else None
            d = f"M{x - 7:.1f} {top + AIR - 2:.1f}V{y + 2:.1f}"
            edge = tag("path", class_="wire strong own", d=d, stroke_dasharray=dash)
            self.marks.append(tag("g", edge, class_=cell.hue))
        return y - top + AIR

    def _glyph(self, glyph: Glyph, x: float, y: float, wide: float) -> float:
        """Put a glyph in a column; return its height there."""
        grown = min(1.0, wide / glyph.width)
        place = f"translate({x:.1f} {y:.1f}) scale({grown:.3f})"
        self.marks.append(
            tag(
                "g",
                title(glyph.told) + glyph.marks,
                transform=place,
                role="img",
                aria_label=glyph.told or None,
            )
        )
        return glyph.height * grown

    def close(self) -> None:
        """Leave room below the last row."""
        self.rule()
        self.y += 8

    def key(self) -> None:
        """Put the marks and what they mean."""
        for glyph, words in self.plate.key:
            grown = min(1.0, 18 / glyph.height)
            place = f"translate({MARGIN:.1f} {self.y:.1f}) scale({grown:.3f})"
            self.marks.append(tag("g", glyph.marks, transform=place))
            left = MARGIN + glyph.width * grown + 8
            fitted: Sequence[str] = wrap(words, self.width - MARGIN - left, lines=2, size=SMALL)
            self.marks += lines_of(left, self.y + 13, fitted, kind="small")
            self.y += LINE * len(fitted) + 6
