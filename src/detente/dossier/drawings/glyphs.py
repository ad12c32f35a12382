"""The geometry of drawings, without words: shapes on a line, bars, dots, scales.

A shape above or on the line of today is full; one below it is hollow. Colours are classes of
:mod:`detente.dossier.drawings.theme`, and a shape goes with each, so that no colour is needed.
"""

from __future__ import annotations

from collections.abc import Sequence

from detente.dossier.drawings import theme
from detente.dossier.drawings.marks import tag
from detente.dossier.page.blocks import Glyph

SHAPES = (
    '<circle r="7"/>',
    '<path d="M-6.4-6.4h12.8v12.8h-12.8z"/>',
    '<path d="M0-8.4 8.4 0 0 8.4-8.4 0z"/>',
    '<path d="M0-7.8 8.4 7.2H-8.4z"/>',
    '<path d="M-2.9-7.9h5.8v5h5v5.8h-5v5h-5.8v-5h-5v-5.8h5z"/>',
    '<path d="M-7.6 0-3.8-6.6h7.6L7.6 0 3.8 6.6h-7.6z"/>',
    '<path d="M-8-3h16v6h-16z"/>',
    '<path d="M0 7.8-8.4-7.2H8.4z"/>',
)
"""A shape for each party, the same everywhere; with more than eight they begin anew."""

STEP = 30.0
"""Pixels from party to party, as all lengths here."""

EDGE = 11.0


def shape(party: int, x: float, y: float, *, full: bool = True, size: float = 1.0) -> str:
    """Return a party's shape around a point."""
    kind = "full" if full else "hollow"
    grown = "" if size == 1.0 else f" scale({size:g})"
    return tag(
        "g",
        SHAPES[party % len(SHAPES)],
        class_=f"{kind} {theme.hue(party)}",
        transform=f"translate({x:g} {y:g}){grown}",
    )


def line(d: str, kind: str = "wire ink") -> str:
    """Return a stroke."""
    return tag("path", class_=kind, d=d)


def one(party: int, *, full: bool = True, told: str = "") -> Glyph:
    """Return a single shape."""
    return Glyph(shape(party, 11, 11, full=full), 22, 22, told)


def crowd(parties: Sequence[tuple[int, bool]], told: str) -> Glyph:
    """Return shapes in a row, each full or hollow."""
    if not parties:
        return Glyph("", STEP, 22, told)
    marks = [shape(p, EDGE + 24 * k, 11, full=full) for k, (p, full) in enumerate(parties)]
    return Glyph("".join(marks), 2 * EDGE + 24 * (len(parties) - 1), 22, told)


def bar(party: int, how: int, told: str, *, ringed: bool = False) -> Glyph:
    """Return a block above the line of today, below it, or on it; a ring says who moves."""
    marks = [line("M0 30H72"), *_block(party, 36, 30, how)]
    if ringed:
        marks.append(
            tag(
                "rect",
                class_=f"wire own {theme.hue(party)}",
                x=7,
                y=4,
                width=58,
                height=52,
                rx=26,
            )
        )
    return Glyph("".join(marks), 72, 60, told)


def bars(hows: Sequence[int], told: str, parties: Sequence[int]) -> Glyph:
    """Return a block for each of some parties against the line of today."""
    width = STEP * len(hows)
    marks = [line(f"M0 19H{width:g}")]
    for k, (party, how) in enumerate(zip(parties, hows, strict=True)):
        marks += _block(party, STEP * (k + 0.5), 19, how, half=9, tall=14)
    return Glyph("".join(marks), width, 38, told)


def _block(
    party: int, x: float, y: float, how: int, *, half: float = 16, tall: float = 18
) -> list[str]:
    own = theme.hue(party)
    if how > 0:
        return [
            tag(
                "path",
                class_=f"full {own}",
                d=f"M{x - half:g} {y - tall:g}h{2 * half:g}v{tall:g}h{-2 * half:g}Z",
            )
        ]
    if how < 0:
        return [
            tag(
                "path",
                class_=f"hollow {own}",
                d=f"M{x - half:g} {y:g}v{tall:g}h{2 * half:g}v{-tall:g}",
            )
        ]
    return [
        tag(
            "path", class_=f"full {own}", d=f"M{x - half:g} {y - 2:g}h{2 * half:g}v4h{-2 * half:g}Z"
        )
    ]


def stays(parties: Sequence[str], told: str) -> Glyph:
    """Return who stays on a line and who would leave it.

    Parameters
    ----------
    parties : sequence of str
        For each party ``stays``, ``tempted`` (hollow, on the line) or ``leaves`` (below it).
    """
    width = STEP * len(parties)
    marks = [line(f"M0 26H{width:g}")]
    for party, how in enumerate(parties):
        x = STEP * (party + 0.5)
        if how == "leaves":
            marks.append(tag("path", class_=f"wire own {theme.hue(party)}", d=f"M{x:g} 28V36"))
        marks.append(shape(party, x, 45 if how == "leaves" else 14, full=how == "stays"))
    return Glyph("".join(marks), width, 56, told)


def group(groups: Sequence[Sequence[int]], told: str) -> Glyph:
    """Return the members of groups, joined; groups stand apart."""
    x, marks = EDGE, []
    for members in groups:
        if len(members) > 1:
            marks.append(line(f"M{x:g} 11H{x + 28 * (len(members) - 1):g}"))
        marks += [shape(p, x + 28 * k, 11) for k, p in enumerate(members)]
        x += 28 * (len(members) - 1) + 44
    return Glyph("".join(marks), max(22.0, x - 44 + EDGE), 22, told)


def scale(
    at: float, low: float, high: float, top: float, told: str, marks_at: Sequence[float] = ()
) -> Glyph:
    """Return a figure as a dot on a plain scale from 0, and how unsure it is as a bar behind it."""
    width = 340.0

    def x(value: float) -> float:
        return 10 + (width - 20) * min(value, top) / top

    ticks = [line(f"M{x(v):.1f} 3V29", "grid") for v in (0.0, *marks_at)]
    reach = max(x(high) - x(low), 0.0)
    bar_ = [tag("rect", class_="wash", x=x(low), y=11, width=reach, height=10, rx=5)]
    dot = tag("circle", class_="danger", cx=x(at), cy=16, r=8)
    return Glyph("".join([*ticks, *(bar_ if reach else []), dot]), width, 32, told)


def curve(points: Sequence[tuple[float, float]]) -> Glyph:
    """Return a line through points, each from 0 to 1 across and up, under a line at 1."""
    width, top, tall = 340.0, 4.0, 56.0
    room, bottom = width - 12, top + tall
    at = " ".join(f"{6 + x * room:.1f},{bottom - y * tall:.1f}" for x, y in points)
    around = f"M6 {top:g}h{room:g}M6 {bottom:g}h{room:g}"
    drawn = tag("polyline", class_="wire series", points=at)
    return Glyph(line(around, "grid") + drawn, width, bottom + 4, "")


def to_a_side(share: float, own: str, *, full: bool) -> Glyph:
    """Return a bar from a middle line to its left (below 0) or right; ``share``: of the longest."""
    width, middle = 340.0, 170.0
    wide = abs(share) * (middle - 8)
    left = middle if share >= 0 else middle - wide
    kind = f"{'full' if full else 'hollow'} {own}"
    bar_ = tag("rect", class_=kind, x=left, y=6, width=wide, height=12)
    return Glyph((bar_ if wide else "") + line(f"M{middle:g} 1V23"), width, 24, "")


def interval(share: float, low: float, high: float) -> Glyph:
    """Return a share from 0 to 1 as a bar, and how unsure it is as a line with ends."""
    width = 340.0
    at, first, last = (4 + p * (width - 8) for p in (share, low, high))
    bar_ = tag("rect", class_="tone", x=4, y=5, width=at - 4, height=12)
    span = line(f"M{first:.1f} 11H{last:.1f}", "wire strong")
    ends = line(f"M{first:.1f} 7v8M{last:.1f} 7v8", "wire")
    return Glyph(line(f"M4 2V20M{width - 4:g} 2V20", "grid") + bar_ + span + ends, width, 22, "")


def heap(counts: Sequence[int], told: str) -> Glyph:
    """Return how many lie where, as bars side by side."""
    width, bottom, most = 340.0, 64.0, max(counts, default=0) or 1
    step = (width - 8) / max(len(counts), 1)
    bars_ = [
        tag(
            "rect", class_="tone", x=5 + step * k, y=bottom - 60 * n / most, width=step - 2,
            height=60 * n / most,
        )
        for k, n in enumerate(counts)
        if n
    ]  # fmt: skip
    return Glyph("".join(bars_) + line(f"M4 {bottom:g}H{width - 4:g}"), width, bottom + 4, told)


def squares(before: int, after: int, told: str) -> Glyph:
    """Return a cost as squares: full what is left, hollow what is saved, red what is added."""
    most = max(before, after, 1)
    side = min(14.0, 150 / most - 2)
    marks = []
    for k in range(most):
        d = f"M{1 + (side + 2) * k:.1f} 2h{side - 1:.1f}v{side - 1:.1f}h{1 - side:.1f}Z"
        kind = "hollow soft-edge" if k >= after else "tone" if k < before else "danger"
        marks.append(tag("path", class_=kind, d=d))
    return Glyph("".join(marks), (side + 2) * most + 1, side + 3, told)


def clash(told: str) -> Glyph:
    """Return the mark of what cannot both be kept."""
    marks = [
        line("M0 18H72", "wire clash"),
        tag("circle", class_="danger", cx=36, cy=18, r=14),
        line("M31 13l10 10M41 13l-10 10", "wire paper"),
    ]
    return Glyph("".join(marks), 72, 36, told)


def dots(party: int, worse: int, better: int, told: str) -> Glyph:
    """Return moves as dots: what would not pay left of a line, what pays right of it.

    More than fit are shown as a bar.
    """
    own = theme.hue(party)
    middle, width = 200.0, 280.0
    marks = [line(f"M{middle:g} 2V34")]
    if worse > 12:
        marks.append(
            tag("rect", class_=f"hollow {own}", x=4, y=12, width=middle - 18, height=12, rx=6)
        )
    else:
        marks += [
            tag("circle", class_=f"hollow {own}", cx=middle - 16 * (k + 1), cy=18, r=5.5)
            for k in range(worse)
        ]
    if better > 4:
        marks.append(
            tag("rect", class_=f"full {own}", x=middle + 12, y=11, width=64, height=14, rx=7)
        )
    else:
        marks += [
            tag("circle", class_=f"full {own}", cx=middle + 18 * (k + 1), cy=18, r=7)
            for k in range(better)
        ]
    return Glyph("".join(marks), width, 36, told)
