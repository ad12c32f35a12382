"""A path drawn as a staircase: one lane a party, its level before and after every step.

A path of more steps than fit side by side goes on in a further strip of lanes below.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from detente.dossier.drawings.lettering import LINE, SMALL, measure, wrap
from detente.dossier.drawings.marks import (
    NARROW,
    TURN,
    WIDE,
    Box,
    drawing,
    letters,
    lines_of,
    tag,
    title,
)
from detente.dossier.drawings.theme import hue
from detente.dossier.formula_words import FormulaWords
from detente.dossier.say import percent_of
from detente.dossier.words import Words, listing
from detente.english.speech import sentence
from detente.wayout.choreography import Way
from detente.wayout.results import Ways
from detente.wayout.steps import PathStep

MARGIN = 10.0
LEAST = 40.0
"""Least width of a step, in pixels, as all lengths here."""

TREAD = 48.0
"""Height between a party's worst and its best state."""

SCALE = 38.0
"""Room for "best" and "worst" before a lane."""


def path_drawing(
    result: Ways,
    number: int = 0,
    *,
    prefix: str = "path",
    width: float = WIDE,
    styled: bool = True,
) -> str:
    """Return an SVG picture of one path.

    Parameters
    ----------
    number : int
        Which of the paths, from 0.
    prefix : str
        What the ids in the picture begin with; two pictures on one page need two.
    width : float
        Pixels; below 520 the parties' names stand above their lanes.
    styled : bool
        Whether the style sheet comes along.
    """
    width = max(float(width), NARROW * 0.8)
    paths = result.found.paths
    steps = paths[number].steps if number < len(paths) else ()
    goal = FormulaWords(result.case).name(result.target)
    heading = f"The way to {goal}" if paths else f"No path leads to {goal}"
    lines = wrap(heading, width - 2 * MARGIN, lines=3, bold=True)
    marks = lines_of(MARGIN, 22, lines, kind="name")
    y = 14 + LINE * len(lines)
    picture = _Picture(result, steps, prefix, width)
    first = 0
    while first == 0 or first < len(steps):
        drawn, y = picture.strip(first, y)
        marks += drawn
        first += picture.columns
    key, y = _legend(y + 6, width)
    told = _description(Words(result.case, result.graph.space), result, steps)
    return drawing(
        prefix,
        heading,
        told,
        [*marks, key],
        kind="path",
        width=width,
        height=y,
        styled=styled,
    )


class _Picture:
    """The lanes of one path, strip by strip."""

    def __init__(
        self, result: Ways, steps: tuple[PathStep, ...], prefix: str, width: float
    ) -> None:
        self._result, self._steps = result, steps
        self._words = Words(result.case, result.graph.space)
        self._prefix, self._width = prefix, width
        self._aside = width >= TURN
        self._left = (width * 0.25 if self._aside else 0.0) + MARGIN + SCALE
        room = width - self._left - MARGIN
        self.columns = max(1, min(len(steps), int(room / LEAST) - 1))
        self._column = room / (self.columns + 1)
        self._right = self._left + self._column * (self.columns + 1)

    def strip(self, first: int, top: float) -> tuple[list[str], float]:
        """Return the lanes for the steps from one on, and how far down they reach."""
        steps = self._steps[first : first + self.columns]
        lanes, y = [], top + 24
        for party in range(len(self._result.case.parties)):
            lanes.append(self._box(party, y))
            y = lanes[-1].bottom
        marks = list(self._heads(steps, first, top + 16, lanes))
        for party, box in enumerate(lanes):
            marks.append(self._lane(steps, first, party, box))
        return marks, y

    def _box(self, party: int, y: float) -> Box:
        """Return the room of a lane, its name included."""
        lines = self._name(party)
        if self._aside:
            return Box(MARGIN, y, self._width - 2 * MARGIN, max(TREAD + 34, LINE * len(lines) + 14))
        return Box(MARGIN, y, self._width - 2 * MARGIN, TREAD + 34 + LINE * len(lines))

    def _name(self, party: int) -> list[str]:
        room = self._left - SCALE - MARGIN - 8 if self._aside else self._width - 2 * MARGIN
        return wrap(self._words.party(party), room, lines=3 if self._aside else 2, bold=True)

    def _x(self, column: int) -> float:
        return self._left + self._column * column

    def _heads(
        self, steps: tuple[PathStep, ...], first: int, y: float, lanes: list[Box]
    ) -> Iterator[str]:
        """Yield a heading for each step, and a band where it is taken together."""
        yield letters(self._left - 4, y, "later" if first else "today", kind="small", anchor="end")
        for k, step in enumerate(steps, start=1):
            x, number = self._x(k), first + k
            moves = [_change_of(self._words, step, m) for m in step.movers]
            told = f"Step {number}: {listing(moves)}"
            inside = [title(told)]
            words = str(number)
            if len(step.movers) > 1:
                band = Box(x - 10, lanes[step.movers[0]].y, 20, 0)
                tall = lanes[step.movers[-1]].bottom - band.y
                inside.append(
                    tag(
                        "rect",
                        class_="together faint",
                        x=band.x,
                        y=band.y,
                        width=20,
                        height=tall,
                        rx=10,
                    )
                )
                if measure(f"{words} together", SMALL) < self._column - 6:
                    words += " together"
            inside.append(letters(x, y, words, kind="small", anchor="middle"))
            yield tag(
                "g",
                "".join(inside),
                role="img",
                id=f"{self._prefix}-step-{number}",
                aria_label=told,
                data_step=str(number),
                data_movers=" ".join(self._result.case.party_names[m] for m in step.movers),
            )

    def _lane(self, steps: tuple[PathStep, ...], first: int, party: int, box: Box) -> str:
        """Return one party's staircase, with what it risks wherever it moves."""
        name, lines = self._words.party(party), self._name(party)
        top = box.bottom - TREAD - 20
        states = [self._result.found.start, *(s.target for s in self._steps)]
        levels = [_level(self._result, party, s) for s in states]
        here = levels[first : first + len(steps) + 1]
        story = f"{name}: level {', then '.join(percent_of(x) for x in here)}"
        at = top + TREAD / 2 + 4 - LINE * (len(lines) - 1) / 2 if self._aside else box.y + 14
        marks = [title(story), *lines_of(MARGIN, at, lines, kind="name own")]
        for y, told in ((top, "best"), (top + TREAD, "worst")):
            marks.append(
                tag("path", class_="grid", d=f"M{self._left:.1f} {y:.1f}H{self._right:.1f}")
            )
            marks.append(letters(self._left - 6, y + 4, told, kind="small soft", anchor="end"))
        now = _y(top, levels[0])
        line = f"M{self._left:.1f} {now:.1f}H{self._right:.1f}"
        marks.append(tag("path", class_="wire thin", stroke_dasharray="2 4", d=line))
        points = [f"M{self._left:.1f} {_y(top, here[0]):.1f}"]
        for k, level in enumerate(here[1:], start=1):
            points.append(f"H{self._x(k):.1f}V{_y(top, level):.1f}")
        stair = f"{''.join(points)}H{self._right:.1f}"
        marks.append(tag("path", class_="wire strong own", d=stair))
        for k, step in enumerate(steps, start=1):
            if party in step.movers:
                marks += _mark(step, party, self._x(k), top, levels[0], here[k])
        again = f"-{first}" if first else ""
        return tag(
            "g",
            "".join(marks),
            role="img",
            id=f"{self._prefix}-party-{party}{again}",
            aria_label=story,
            class_=hue(party),
            data_party=self._result.case.party_names[party],
            data_levels=" ".join(str(x) for x in here),
        )


def _mark(
    step: PathStep, party: int, x: float, top: float, today: Fraction, level: Fraction
) -> Iterator[str]:
    """Yield the mark of a mover: round, or pointing down where it yields; and its risk."""
    y = _y(top, level)
    exposure = step.exposure[step.movers.index(party)]
    if exposure:
        low = _y(top, today - exposure)
        d = f"M{x:.1f} {y:.1f}V{low:.1f}"
        yield tag("path", class_="wire own", stroke_dasharray="4 3", d=d)
        told = "<1%" if 0 < exposure < Fraction(1, 100) else percent_of(exposure)
        yield letters(x + 11, low + 13, f"−{told}", kind="small")
    if party in step.yields:
        yield tag("path", class_="hollow", d=f"M{x - 7:.1f} {y - 6:.1f}h14l-7 13Z")
    else:
        yield tag("circle", class_="full", cx=x, cy=y, r=6)


def _legend(y: float, width: float) -> tuple[str, float]:
    """Return the key to the marks, and how far down it reaches."""
    x, low = MARGIN + 8, y + 8
    marks = [tag("circle", class_="full", cx=x, cy=low, r=6)]
    marks.append(letters(x + 14, low + 4, "moves", kind="small"))
    x += 72
    marks.append(tag("path", class_="hollow", d=f"M{x - 7:.1f} {low - 6:.1f}h14l-7 13Z"))
    marks.append(letters(x + 14, low + 4, "moves and yields", kind="small"))
    low += 20
    risk = "what it stands to lose against today (the dotted line)"
    lines = wrap(risk, width - 2 * MARGIN - 24, lines=2, size=SMALL)
    d = f"M{MARGIN} {low:.1f}h16"
    marks.append(tag("path", class_="wire", stroke_dasharray="4 3", d=d))
    marks += lines_of(MARGIN + 22, low + 4, lines, kind="small")
    group = tag("g", "".join(marks), role="img", aria_label="Key to the marks")
    return group, low + LINE * len(lines) + 4


def _change_of(words: Words, step: PathStep, mover: int) -> str:
    """Say what one mover changes in a step."""
    old, new = words.levels(step.source), words.levels(step.target)
    party = words.everybody[mover]
    return f"{words.party(mover)} {listing(words.english.changes(party, old, new))}"


def _description(words: Words, result: Ways, steps: tuple[PathStep, ...]) -> str:
    if not steps:
        return "There are no steps to show."
    told = [
        f"{k}. {sentence(listing([_change_of(words, step, m) for m in step.movers]))}."
        for k, step in enumerate(steps, start=1)
    ]
    worst = percent_of(Way(steps).exposure)
    return f"{' '.join(told)} The most that a mover risks is {worst} of its scale."


def _level(result: Ways, party: int, state: int) -> Fraction:
    ranks = result.graph.ranks[party]
    top = int(ranks[result.graph.feasible].max())
    return Fraction(int(ranks.flat[state]), top) if top else Fraction(1)


def _y(top: float, level: Fraction) -> float:
    return top + round(TREAD * (1 - max(Fraction(0), level)))
