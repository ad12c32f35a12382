"""The parts of the drawings of risk: a frame with axes, lines and bars, as SVG text.

Every drawing is one ``svg`` element with an id, a title and a description, in which each mark
has a role and an id of its own. Colours come from classes and turn with light and dark.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT = 640, 300
LEFT, RIGHT, TOP, BOTTOM = 60, 160, 24, 44

_LIGHT = ("#1c1b19", "#5c5850", "#dcd7cc", ("#1f5fa8", "#b4531a", "#2a7d4f", "#7a4ea3", "#8a6d00"))
_DARK = ("#ece8df", "#aaa497", "#3a372f", ("#7db3f0", "#f0a070", "#74cf9c", "#c4a0ea", "#e0c050"))
HUES = 5
DASHES = ("", "6 3", "2 3", "8 3 2 3", "1 2")
"""Lines differ by these as well, for those who see no difference of colour."""


def _rules(ink: str, soft: str, grid: str, hues: Sequence[str], root: str) -> str:
    lines = "".join(
        f"{root} .l{k}{{stroke:{h}}}{root} .f{k}{{fill:{h}}}" for k, h in enumerate(hues)
    )
    return (
        f"{root} text{{fill:{ink}}}{root} .soft{{fill:{soft}}}{root} .grid{{stroke:{grid}}}"
        f"{root} .axis{{stroke:{soft}}}{lines}"
    )


def svg(
    name: str, title: str, description: str, marks: Sequence[str], *, height: int = HEIGHT
) -> str:
    """Return a whole drawing.

    Parameters
    ----------
    name : str
        The id of the element, and the beginning of those inside.
    title, description : str
        Read out in place of the drawing.
    marks : sequence of str
        What is drawn.
    """
    root = f"#{name}"
    style = (
        f"{root}{{font:12px system-ui,sans-serif;max-width:100%;height:auto}}"
        f"{root} .line{{fill:none;stroke-width:2}}{_rules(*_LIGHT, root)}"
        f"@media (prefers-color-scheme:dark){{{_rules(*_DARK, root)}}}"
    )
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" id="{name}" role="img" '
            f'viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
            f'aria-labelledby="{name}-title {name}-desc">',
            f'<title id="{name}-title">{escape(title)}</title>',
            f'<desc id="{name}-desc">{escape(description)}</desc>',
            f"<style>{style}</style>",
            *marks,
            "</svg>\n",
        ]
    )


def text(x: float, y: float, words: str, *, anchor: str = "start", soft: bool = False) -> str:
    """Return a piece of text."""
    kind = ' class="soft"' if soft else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{kind}>{escape(words)}</text>'


@dataclass(frozen=True, slots=True)
class Frame:
    """Where values stand on the paper.

    Parameters
    ----------
    across, up : callable
        A value as a share of the width, or of the height, from 0 to 1.
    """

    across: Callable[[float], float]
    up: Callable[[float], float]

    def x(self, value: float) -> float:
        """Return where a value stands from the left."""
        return LEFT + self.across(value) * (WIDTH - LEFT - RIGHT)

    def y(self, value: float) -> float:
        """Return where a value stands from the top."""
        return HEIGHT - BOTTOM - self.up(value) * (HEIGHT - TOP - BOTTOM)

    def axes(
        self,
        x_marks: Sequence[tuple[float, str]],
        y_marks: Sequence[tuple[float, str]],
        x_title: str,
        y_title: str,
    ) -> list[str]:
        """Return the axes with their marks and what they mean."""
        left, right, bottom = LEFT, WIDTH - RIGHT, HEIGHT - BOTTOM
        drawn = ['<g role="presentation">']
        for value, words in y_marks:
            y = self.y(value)
            drawn.append(f'<path class="grid" d="M{left} {y:.1f}H{right}"/>')
            drawn.append(text(left - 6, y + 4, words, anchor="end", soft=True))
        drawn.append(f'<path class="axis" d="M{left} {bottom}H{right}"/>')
        for value, words in x_marks:
            x = self.x(value)
            drawn.append(f'<path class="axis" d="M{x:.1f} {bottom}v4"/>')
            drawn.append(text(x, bottom + 17, words, anchor="middle", soft=True))
        drawn.append(text((left + right) / 2, HEIGHT - 8, x_title, anchor="middle"))
        drawn.append(text(left - 6, 14, y_title))
        return [*drawn, "</g>"]

    def line(
        self, name: str, k: int, label: str, xs: Sequence[float], ys: Sequence[float]
    ) -> list[str]:
        """Return one line; what it means is in its title."""
        points = " ".join(f"{self.x(x):.1f},{self.y(y):.1f}" for x, y in zip(xs, ys, strict=True))
        return [
            f'<g id="{name}" role="listitem" aria-label="{escape(label, quote=True)}">',
            f"<title>{escape(label)}</title>",
            f'<polyline class="line l{k % HUES}"{_dashes(k)} points="{points}"/></g>',
        ]


def legend(labels: Sequence[str]) -> list[str]:
    """Return the names of the lines, beside the frame."""
    drawn = []
    for k, label in enumerate(labels):
        y = TOP + 10 + 18 * k
        x = WIDTH - RIGHT + 12
        drawn.append(
            f'<path class="line l{k % HUES}"{_dashes(k)} d="M{x} {y - 4}h20"/>'
            + text(x + 26, y, shortened(label, 19))
        )
    return drawn


def _dashes(k: int) -> str:
    dash = DASHES[k % len(DASHES)]
    return f' stroke-dasharray="{dash}"' if dash else ""


def shortened(label: str, length: int) -> str:
    """Return a label that fits, with an ellipsis where it is cut."""
    return label if len(label) <= length else label[: length - 1].rstrip() + "…"


def nice_top(largest: float) -> float:
    """Return a round number a little above the largest value of a probability axis."""
    for top in (0.001, 0.002, 0.004, 0.01, 0.02, 0.04, 0.08, 0.2, 0.4, 0.6, 0.8):
        if largest <= top:
            return top
    return 1.0


def percents(top: float) -> list[tuple[float, str]]:
    """Return the marks of a probability axis up to a number."""
    return [(top * k / 4, f"{top * k / 4 * 100:g} %") for k in range(5)]
