"""The parts that all drawings are made of: elements, text, boxes, arrows, the sheet itself.

Everything that comes from a case or a report passes through :func:`tag`, which escapes it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

from detente.dossier.drawings import theme
from detente.dossier.drawings.lettering import FULL_TITLE, LINE, clean

WIDE = 720
"""Usual width of a drawing in pixels, as all lengths here."""

NARROW = 340
"""Width of a drawing on a phone."""

TURN = 520
"""Below this width a drawing stacks its parts."""

Point = tuple[float, float]


def tag(name: str, content: str = "", **attributes: str | float | None) -> str:
    """Return an element; ``content`` is markup already, attributes are text.

    Parameters
    ----------
    attributes
        An underscore at the end is dropped, others become hyphens; None leaves one out. Numbers
        are written with one digit after the point at most.
    """
    told = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{told}>{content}</{name}>" if content else f"<{name}{told}/>"


def _value(value: str | float) -> str:
    if not isinstance(value, str):
        return number(value)
    plain = value.isascii() and value.isprintable()
    return escape(value if plain else clean(value), quote=True)


def number(value: float) -> str:
    """Return a length with one digit after the point at most."""
    return f"{value:.1f}".removesuffix(".0").replace("-0", "0") if value else "0"


def title(told: str) -> str:
    """Return what is read out, and shown where the pointer rests."""
    told = clean(told[: FULL_TITLE + 1000])
    return tag("title", escape(told)) if told else ""


def letters(
    x: float,
    y: float,
    words: str,
    *,
    kind: str = "",
    anchor: Literal["start", "middle", "end"] = "start",
) -> str:
    """Return a line of text standing on ``y``; ``kind`` are classes."""
    where = None if anchor == "start" else anchor
    return tag("text", escape(clean(words)), x=x, y=y, text_anchor=where, class_=kind or None)


def lines_of(
    x: float,
    y: float,
    lines: Sequence[str],
    *,
    kind: str = "",
    anchor: Literal["start", "middle", "end"] = "start",
) -> list[str]:
    """Return lines of text, the first standing on ``y``."""
    return [
        letters(x, y + LINE * k, line, kind=kind, anchor=anchor) for k, line in enumerate(lines)
    ]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the sheet, from its upper left corner.

    Parameters
    ----------
    x, y, width, height : float
        Pixels.
    """

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.height

    @property
    def middle(self) -> float:
        """Half way down."""
        return self.y + self.height / 2

    def draw(self, kind: str = "", *, radius: float = 7) -> str:
        """Return the rectangle; ``kind`` are classes besides ``box``."""
        classes = f"box {kind}".rstrip()
        return tag(
            "rect",
            x=self.x,
            y=self.y,
            width=self.width,
            height=self.height,
            rx=radius,
            class_=classes,
        )


def arrow(points: Sequence[Point], kind: str = "", *, dash: str | None = None) -> list[str]:
    """Return a line with corners, rounded, and a head at its end."""
    (x0, y0), (x1, y1) = points[-2:]
    far = math.hypot(x1 - x0, y1 - y0) or 1.0
    dx, dy = (x1 - x0) / far, (y1 - y0) / far
    neck = (x1 - 7 * dx, y1 - 7 * dy)
    left, right = (
        (x1 - 9 * dx - 4 * dy, y1 - 9 * dy + 4 * dx),
        (
            x1 - 9 * dx + 4 * dy,
            y1 - 9 * dy - 4 * dx,
        ),
    )
    head = f"M{_at((x1, y1))}L{_at(left)}L{_at(right)}Z"
    wire = tag(
        "path", d=route([*points[:-1], neck]), class_=f"wire {kind}".rstrip(), stroke_dasharray=dash
    )
    return [wire, tag("path", d=head, class_=f"tip {kind}".rstrip())]


def route(points: Sequence[Point], radius: float = 7) -> str:
    """Return a path through points, its corners rounded."""
    drawn = [f"M{_at(points[0])}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        near = _towards(corner, before, radius)
        drawn.append(f"L{_at(near)}Q{_at(corner)} {_at(_towards(corner, after, radius))}")
    return "".join([*drawn, f"L{_at(points[-1])}"])


def curve(start: Point, end: Point) -> str:
    """Return a path that leaves and arrives level."""
    half = (start[0] + end[0]) / 2
    return f"M{_at(start)}C{_at((half, start[1]))} {_at((half, end[1]))} {_at(end)}"


def _towards(a: Point, b: Point, most: float) -> Point:
    far = math.hypot(b[0] - a[0], b[1] - a[1])
    part = min(most, far / 2) / far if far else 0.0
    return (a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part)


def _at(point: Point) -> str:
    return f"{number(point[0])} {number(point[1])}"


def party_mark(party: int, x: float, y: float, r: float = 5, *, kind: str = "full") -> str:
    """Return a party's mark around a point, in its colour; ``kind``: ``full`` or ``hollow``."""
    shapes = {
        "square": f"M{_at((x - r, y - r))}h{2 * r}v{2 * r}h{-2 * r}Z",
        "diamond": f"M{_at((x, y - 1.3 * r))}L{_at((x + 1.3 * r, y))}L{_at((x, y + 1.3 * r))}"
        f"L{_at((x - 1.3 * r, y))}Z",
        "triangle": f"M{_at((x, y - 1.2 * r))}L{_at((x + 1.2 * r, y + r))}"
        f"L{_at((x - 1.2 * r, y + r))}Z",
        "cross": f"M{_at((x - r, y - r / 2))}h{r / 2}v{-r / 2}h{r}v{r / 2}h{r / 2}v{r}h{-r / 2}"
        f"v{r / 2}h{-r}v{-r / 2}h{-r / 2}Z",
        "flag": f"M{_at((x - r, y - r))}L{_at((x + 1.2 * r, y))}L{_at((x - r, y + r))}Z",
    }
    classes = f"{kind} {theme.hue(party)}"
    shape = theme.mark(party)
    if shape in shapes:
        return tag("path", d=shapes[shape], class_=classes)
    if shape == "ring" and kind == "full":
        inner = tag("circle", cx=x, cy=y, r=r * 0.4, class_="hole")
        return tag("circle", cx=x, cy=y, r=r, class_=classes) + inner
    return tag("circle", cx=x, cy=y, r=r, class_=classes)


def linked(content: str, href: str | None) -> str:
    """Return content as a link, or as it is where there is nowhere to go."""
    return content if not href else tag("a", content, href=href)


def drawing(
    prefix: str,
    heading: str,
    told: str,
    marks: Iterable[str],
    *,
    kind: str,
    width: float,
    height: float,
    role: Literal["img", "group"] = "group",
    styled: bool = True,
) -> str:
    """Return a whole drawing.

    Parameters
    ----------
    prefix : str
        The id of the element, and the beginning of those inside.
    heading, told : str
        Read out before, or in place of, the drawing.
    marks : iterable of str
        What is drawn.
    kind : str
        Class of the element, besides ``drawing``.
    role : "img" or "group"
        A group where something inside can be reached one by one.
    styled : bool
        Whether the style sheet comes along, and a ground; a page with many drawings holds the
        style sheet once itself, and is the ground.
    """
    head = [
        f'<title id="{prefix}-title">{escape(clean(heading))}</title>',
        f'<desc id="{prefix}-desc">{escape(clean(told))}</desc>',
    ]
    if styled:
        head.append(f"<style>{theme.stylesheet()}</style>")
        edge = f"M0 0H{number(width)}V{number(height)}H0Z"
        head.append(tag("path", class_="sheet", d=edge))
    body = "\n".join([*head, *marks])
    return tag(
        "svg",
        f"\n{body}\n",
        xmlns="http://www.w3.org/2000/svg",
        id=prefix,
        class_=f"drawing {kind}",
        role=role,
        viewBox=f"0 0 {number(width)} {number(height)}",
        width=width,
        height=height,
        aria_labelledby=f"{prefix}-title {prefix}-desc",
    )
