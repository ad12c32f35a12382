"""Arrows between cards: across the gap between columns, or along the edges of a narrow sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from detente.dossier.drawings.lettering import SMALL, measure
from detente.dossier.drawings.marks import Box, Point, arrow, letters, number, tag, title

LANES = 5
STEP = 12.0
"""Between two arrows that meet at one edge of a card, if there is room."""


@dataclass(frozen=True, slots=True)
class Wire:
    """An arrow from one card to another.

    Parameters
    ----------
    source, target : Box
        The cards.
    from_left : bool
        Whether it comes from the left; on a narrow sheet, whether it runs along the left edge.
    kind : str
        Classes.
    dash : str or None
        Its dashes.
    told : str
        What it means.
    data : tuple of (str, str)
        Names and values of ``data-`` attributes.
    aside : bool
        Whether it meets the card near its upper end, where no other does.
    """

    source: Box
    target: Box
    from_left: bool
    kind: str
    dash: str | None
    told: str
    data: tuple[tuple[str, str], ...] = ()
    aside: bool = False

    def draw(self, points: Sequence[Point]) -> str:
        """Return the arrow through some points."""
        facts = {f"data_{key}": value for key, value in self.data}
        drawn = "".join(arrow(points, self.kind, dash=self.dash))
        return tag("g", title(self.told) + drawn, class_="edge", **facts)


def through(wires: Sequence[Wire]) -> Iterator[str]:
    """Yield arrows across the gap between two columns, each with its own way up and down."""
    for k, wire in enumerate(wires):
        y0, y1 = _ports(wire, wires)
        x0, x1 = (
            (wire.source.right, wire.target.x)
            if wire.from_left
            else (wire.source.x, wire.target.right)
        )
        lane = (k % LANES + 1) / (LANES + 1)
        turn = x0 + (x1 - x0) * (0.35 + 0.4 * lane)
        if abs(y0 - y1) < 1:
            yield wire.draw([(x0, y0), (x1, y0)])
        else:
            yield wire.draw([(x0, y0), (turn, y0), (turn, y1), (x1, y1)])


def beside(wires: Sequence[Wire], width: float, rail: float) -> Iterator[str]:
    """Yield arrows along the edges of a sheet, each in a lane of its own while there are some."""
    for k, wire in enumerate(wires):
        y0, y1 = _ports(wire, wires)
        lane = 4 + (rail - 14) * (k % LANES) / LANES
        if wire.from_left:
            yield wire.draw([(wire.source.x, y0), (lane, y0), (lane, y1), (wire.target.x, y1)])
        else:
            x = width - lane
            yield wire.draw([(wire.source.right, y0), (x, y0), (x, y1), (wire.target.right, y1)])


def _ports(wire: Wire, wires: Sequence[Wire]) -> tuple[float, float]:
    """Return the heights at which an arrow leaves one card and meets another."""
    beside_it = [w for w in wires if w.from_left == wire.from_left and not w.aside]
    leaves = [w for w in beside_it if w.source is wire.source] or [wire]
    meets = [w for w in beside_it if w.target is wire.target] or [wire]
    if wire.aside:
        return wire.source.bottom - 12, wire.target.y + 14
    return (
        _port(wire.source, leaves.index(wire), len(leaves)),
        _port(wire.target, meets.index(wire), len(meets)),
    )


def _port(box: Box, k: int, n: int) -> float:
    """Return the height at which the k-th of n arrows meets a card."""
    step = min(STEP, (box.height - 12) / max(n, 1))
    return box.middle + (k - (n - 1) / 2) * step


def pill(x: float, y: float, words: str, hue: str) -> str:
    """Return a number in a small round field around a point."""
    half = pill_width(words) / 2
    field = tag("rect", x=x - half, y=y - 9, width=2 * half, height=18, rx=9, class_="hollow pill")
    return tag("g", field + letters(x, y + 4, words, kind="small", anchor="middle"), class_=hue)


def pill_width(words: str) -> float:
    """Return how wide the field of a number is."""
    return max(18.0, measure(words, SMALL) + 10)


def legend_of(entries: Sequence[str], x: float, y: float, width: float) -> tuple[list[str], float]:
    """Return the key to arrows and marks, and how far down it reaches."""
    marks, across, low = [], x, y + 10
    for entry in entries:
        words = KEY[entry]
        wide = 38 + measure(words, SMALL) + 14
        if across > x and across + wide > x + width:
            across, low = x, low + 20
        marks += [*_sample(entry, across, low), letters(across + 38, low + 4, words, kind="small")]
        across += wide
    return [tag("g", "".join(marks), role="img", aria_label="Key to the marks")], low + 12


KEY = {
    "requires": "requires",
    "refuses": "refuses",
    "clash": "cannot hold together",
    "opens": "brings in the next condition",
    "firmness": "firmness of what was said",
    "better": "better for who moves",
    "worse": "not better for who moves",
    "holds": "holds",
}


def _sample(entry: str, x: float, y: float) -> list[str]:
    if entry == "firmness":
        return [pill(x + 16, y, "3", "")]
    if entry in ("clash", "holds"):
        outline = f"M{number(x + 2)} {number(y - 6)}h28v12h-28Z"
        return [tag("path", d=outline, class_=f"wire strong {entry}")]
    dash = {"refuses": "6 4", "opens": "1 3"}.get(entry)
    kind = {"opens": "thin", "better": "strong", "worse": "thin"}.get(entry, "")
    return arrow([(x, y), (x + 32, y)], kind, dash=dash)
