"""The parts of the drawings of risk: a frame with axes, lines and their key.

Lines stand for cases compared, not for parties: they differ by dashes and strength, so that a
colour means a party wherever it is seen.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from detente.dossier.drawings.lettering import LINE, cut
from detente.dossier.drawings.marks import NARROW, drawing, letters, number, tag, title

LEFT, RIGHT, TOP, BOTTOM = 56.0, 16.0, 28.0, 44.0
"""Around a frame, in pixels, as all lengths here."""

TALL = 300.0

DASHES = ("", "6 3", "2 3", "8 3 2 3", "1 2")
"""Lines differ by these."""


def sheet(
    name: str,
    heading: str,
    told: str,
    marks: Sequence[str],
    *,
    width: float,
    height: float,
    styled: bool = True,
) -> str:
    """Return a whole drawing that is looked at as one.

    Parameters
    ----------
    name : str
        The id of the element, and the beginning of those inside.
    heading, told : str
        Read out in place of the drawing.
    marks : sequence of str
        What is drawn.
    """
    return drawing(
        name,
        heading,
        told,
        marks,
        kind="chart",
        width=width,
        height=height,
        role="img",
        styled=styled,
    )


def wide_enough(width: float) -> float:
    """Return the width of a drawing that was asked for, or the least there is."""
    return max(float(width), NARROW * 0.8)


@dataclass(frozen=True, slots=True)
class Frame:
    """Where values stand on the sheet.

    Parameters
    ----------
    across, up : callable
        A value as a share of the width, or of the height, from 0 to 1.
    width : float
        Of the whole sheet.
    """

    across: Callable[[float], float]
    up: Callable[[float], float]
    width: float

    def x(self, value: float) -> float:
        """Return where a value stands from the left."""
        return LEFT + self.across(value) * (self.width - LEFT - RIGHT)

    def y(self, value: float) -> float:
        """Return where a value stands from the top."""
        return TALL - BOTTOM - self.up(value) * (TALL - TOP - BOTTOM)

    def axes(
        self,
        x_marks: Sequence[tuple[float, str]],
        y_marks: Sequence[tuple[float, str]],
        x_title: str,
        y_title: str,
    ) -> list[str]:
        """Return the axes with their marks and what they mean."""
        right, bottom = self.width - RIGHT, TALL - BOTTOM
        drawn = []
        for value, words in y_marks:
            y = self.y(value)
            drawn.append(tag("path", class_="grid", d=f"M{LEFT} {y:.1f}H{right}"))
            drawn.append(letters(LEFT - 6, y + 4, words, anchor="end", kind="small soft"))
        drawn.append(tag("path", class_="axis", d=f"M{LEFT} {bottom}H{right}"))
        for value, words in x_marks:
            x = self.x(value)
            drawn.append(tag("path", class_="axis", d=f"M{x:.1f} {bottom}v4"))
            drawn.append(letters(x, bottom + 17, words, anchor="middle", kind="small soft"))
        middle, room = (LEFT + right) / 2, self.width - 20
        drawn.append(letters(middle, TALL - 8, cut(x_title, room), anchor="middle"))
        drawn.append(letters(10, 16, cut(y_title, room)))
        return [tag("g", "".join(drawn), role="presentation")]

    def line(
        self, name: str, k: int, label: str, xs: Sequence[float], ys: Sequence[float]
    ) -> list[str]:
        """Return one line; what it means is in its title."""
        points = " ".join(f"{self.x(x):.1f},{self.y(y):.1f}" for x, y in zip(xs, ys, strict=True))
        line = tag("polyline", class_=stroke(k), stroke_dasharray=dashes(k), points=points)
        return [tag("g", title(label) + line, id=name, role="listitem", aria_label=label)]


def legend(labels: Sequence[str], width: float, y: float = TALL) -> tuple[list[str], float]:
    """Return the names of the lines below each other, and how far down they reach."""
    drawn = []
    for k, label in enumerate(labels):
        y += LINE + 3
        d = f"M{number(LEFT)} {number(y - 4)}h28"
        drawn.append(tag("path", class_=stroke(k), stroke_dasharray=dashes(k), d=d))
        drawn.append(letters(LEFT + 36, y, cut(label, width - LEFT - 46)))
    return drawn, y + 10


def stroke(k: int) -> str:
    """Return the classes of the k-th line."""
    return "wire series" if k < len(DASHES) else "wire series pale"


def dashes(k: int) -> str | None:
    """Return the dashes of the k-th line; None for an unbroken one."""
    return DASHES[k % len(DASHES)] or None


def nice_top(largest: float) -> float:
    """Return a round number a little above the largest value of a probability axis."""
    for top in (0.001, 0.002, 0.004, 0.01, 0.02, 0.04, 0.08, 0.2, 0.4, 0.6, 0.8):
        if largest <= top:
            return top
    return 1.0


def percents(top: float) -> list[tuple[float, str]]:
    """Return the marks of a probability axis up to a number."""
    return [(top * k / 4, f"{top * k / 4 * 100:g} %") for k in range(5)]
