"""Arrows between cards: across the gap between columns, or along the edges of a narrow sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from detente.dossier.drawings.marks import Box, Point, arrow, tag, title

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
