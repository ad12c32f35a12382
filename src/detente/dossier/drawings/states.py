"""The states of a case and the moves between them, as papers draw a graph model.

Each party has a direction of its own: its moves lead along a row or a column, those of a third
and fourth party between blocks of rows or columns. So no line has to be followed round corners.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from detente.case.model import Case
from detente.dossier.drawings.lettering import LINE, SMALL, measure, wrap
from detente.dossier.drawings.marks import (
    WIDE,
    Point,
    arrow,
    drawing,
    letters,
    lines_of,
    number,
    party_mark,
    tag,
    title,
)
from detente.dossier.drawings.theme import dash, hue
from detente.dossier.words import Words, concept_name, listing, plural
from detente.graph.arcs import Arc, arcs
from detente.graph.listed import marked
from detente.graph.model import BoolArray, Graph
from detente.graph.slices import own_assignment

RADIUS = 13.0
"""Of a state at least, in pixels, as all lengths here."""

STEP, BLOCK = 74.0, 0.6
"""From state to state; and the room between blocks, as a part of it."""

MARGIN = 14.0
EVERY = 24
"""States up to which every move is drawn; of more only what is better for somebody, and what can
be done today."""

LISTED = 340.0
"""Width of a column in which states are told in words."""

BOW = 0.16
"""How far a line of length one bows out, so that it passes beside the states between its ends."""


@dataclass(frozen=True, eq=False)
class StateGraph:
    """The states to be drawn, and what is known of them.

    Parameters
    ----------
    case, graph : Case, Graph
        The case and its arrays.
    states : tuple of int
        Flat indices of what is drawn.
    concept : str
        Under which :attr:`holds` was worked out.
    holds : bool array of the graph's shape
        The equilibria.
    today : int
        The status quo, or where the neighbourhood begins; -1 where there is none.
    """

    case: Case
    graph: Graph
    states: tuple[int, ...]
    concept: str
    holds: BoolArray
    today: int = -1

    @property
    def numbers(self) -> Mapping[int, int]:
        """The number of each state drawn, its place among all feasible ones, from 1."""
        numbers = self.graph.states(marked(np.array(self.states, np.intp), self.graph)).numbers
        return dict(zip(sorted(self.states), numbers, strict=True))


def states_drawing(
    found: StateGraph, *, prefix: str = "states", width: float = WIDE, styled: bool = True
) -> str:
    """Return the graph of some states as a drawing.

    Parameters
    ----------
    prefix : str
        What the ids in the drawing begin with; two drawings on one page need two.
    width : float
        Pixels at least; a graph of many columns takes more.
    styled : bool
        Whether the style sheet comes along.
    """
    sheet = _Sheet(found, prefix, width)
    marks, y = sheet.draw()
    return drawing(
        prefix,
        f"States of {found.case.title} and the moves between them",
        sheet.summary(),
        marks,
        kind="states",
        width=sheet.width,
        height=y,
        styled=styled,
    )


class _Sheet:
    """The states in their places, the lines between them, and the key below."""

    def __init__(self, found: StateGraph, prefix: str, width: float) -> None:
        self._found, self._prefix = found, prefix
        self._words = Words(found.case, found.graph.space)
        self._arcs = {(a.source, a.target, a.mover): a for a in arcs(found.graph, found.states)}
        self._heading = wrap(found.case.title, width - 2 * MARGIN, lines=3, bold=True)
        self._legible = measure("0" * len(found.case.options), SMALL) < STEP - 8
        longest = max((f"{n:,}" for n in found.numbers.values()), key=len, default="")
        self._radius = max(RADIUS, measure(longest, SMALL, bold=True) / 2 + 3)
        self._step = STEP
        self.width, self._at, self._bottom = self._laid_out(float(width))

    def _laid_out(self, width: float) -> tuple[float, dict[int, Point], float]:
        """Return how wide the sheet is, where the states are, and how far down they reach."""
        columns, rows = _places(self._found.graph, self._found.states)
        lines = [(columns[a.source], rows[a.source], columns[a.target], rows[a.target])
                 for a, _ in self._drawn_lines()]  # fmt: skip
        points = [(columns[s], rows[s]) for s in self._found.states]
        points += [_middle((x0, y0), (x1, y1)) for x0, y0, x1, y1 in lines]
        left, right = min(x for x, _ in points), max(x for x, _ in points)
        top, low = min(y for _, y in points), max(y for _, y in points)
        edge = MARGIN + 40
        step = STEP
        if right > left:
            step = max(STEP, min(STEP * 1.7, (width - 2 * edge) / (right - left)))
        width = max(width, (right - left) * step + 2 * edge)
        x0 = (width - (right - left) * step) / 2 - left * step
        y0 = 24 + LINE * (len(self._heading) + 1) + 38 - top * step
        at = {s: (x0 + columns[s] * step, y0 + rows[s] * step) for s in self._found.states}
        self._step = step
        return width, at, y0 + low * step + self._radius + 34

    def draw(self) -> tuple[list[str], float]:
        """Return the marks, and how far down they reach."""
        marks = lines_of(MARGIN, 24, self._heading, kind="name")
        below = 24 + LINE * len(self._heading)
        marks += lines_of(MARGIN, below, [self._shown()], kind="small soft")
        marks += [self._line(one, back) for one, back in self._drawn_lines()]
        marks += [self._state(s) for s in self._found.states]
        key, y = self._key(self._bottom)
        if not self._legible:
            told, y = self._in_words(y)
            key += told
        return [*marks, *key], y

    def _shown(self) -> str:
        n, of = len(self._found.states), self._found.graph.n_states
        if n == of:
            told = f"All {plural(n, 'state')}, numbered as in the tables"
        else:
            begin = self._found.numbers[self._found.today]
            told = f"{n} of {of:,} states: those around state {begin:,}, numbered as in the tables"
        if n <= EVERY:
            return told
        today = "" if self._found.today < 0 else f", and those from state {self._number_today}"
        return f"{told}; moves that are better for who moves{today}"

    @property
    def _number_today(self) -> str:
        return f"{self._found.numbers[self._found.today]:,}"

    # --- lines

    def _drawn_lines(self) -> Iterator[tuple[Arc, Arc | None]]:
        """Yield each move that is drawn, with the move back if there is one; each pair once."""
        every = len(self._found.states) <= EVERY
        for (source, target, mover), one in self._arcs.items():
            back = self._arcs.get((target, source, mover))
            if back is not None and source > target:
                continue
            both = [one] if back is None else [one, back]
            if every or any(a.gain > 0 or a.source == self._found.today for a in both):
                yield one, back

    def _line(self, one: Arc, back: Arc | None) -> str:
        """Return the line of a move, and of the move back if there is one."""
        a, b = self._at[one.source], self._at[one.target]
        better = one.gain > 0 or (back is not None and back.gain > 0)
        bend = _bend(a, b, self._step)
        start, end = _short(a, bend, self._radius), _short(b, bend, self._radius)
        colour = hue(one.mover)
        kind = f"own {'strong' if better else 'thin'} {colour}"
        d = f"M{_at(start)}Q{_at(bend)} {_at(end)}"
        drawn = [tag("path", d=d, class_=f"wire {kind}", stroke_dasharray=dash(one.mover))]
        drawn.append(_head(bend, end, full=one.gain > 0, colour=colour))
        if back is not None:
            drawn.append(_head(bend, start, full=back.gain > 0, colour=colour))
        names, party = self._found.numbers, self._found.case.parties[one.mover]
        told = f"{party.label} moves from {names[one.source]} to {names[one.target]}"
        told += ": better for it" if one.gain > 0 else ": not better for it"
        facts = {
            "data_party": party.name,
            "data_from": self._code(one.source),
            "data_to": self._code(one.target),
            "data_gain": str(one.gain),
            "data_back": "none" if back is None else str(back.gain),
        }
        return tag("g", title(told) + "".join(drawn), class_="edge", **facts)

    # --- states

    def _state(self, state: int) -> str:
        found, (x, y) = self._found, self._at[state]
        holds = bool(found.holds.flat[state])
        today = state == found.today
        rings = []
        if holds:
            rings.append(tag("circle", cx=x, cy=y, r=self._radius + 4, class_="box holds"))
        rings.append(
            tag("circle", cx=x, cy=y, r=self._radius, class_="box holds" if holds else "box")
        )
        name = f"{found.numbers[state]:,}"
        inside = [title(self._told(state)), *rings]
        small = measure(name) > 2 * self._radius - 4
        kind = f"{'small ' if small else ''}name"
        inside.append(letters(x, y + 4, name, kind=kind, anchor="middle"))
        if self._legible:
            inside += _labelled(x, y + self._radius + 17, self._code(state), "small")
        if today:
            inside += _labelled(x, y - self._radius - 8, self._begin, "small name")
        return tag(
            "g",
            "".join(inside),
            id=f"{self._prefix}-{found.numbers[state]}",
            role="img",
            data_state=self._code(state),
            data_holds="yes" if holds else "no",
        )

    @property
    def _begin(self) -> str:
        found = self._found
        quo = found.case.status_quo
        return "today" if quo == found.graph.space.at(found.today) else "start"

    def _code(self, state: int) -> str:
        return self._found.graph.codes(np.array([state]))[0]

    def _told(self, state: int) -> str:
        doing = self._words.state_in_line(state)
        return f"State {self._found.numbers[state]}: {doing}"

    # --- the key

    def _key(self, y: float) -> tuple[list[str], float]:
        marks: list[str] = []
        x, low = MARGIN, y
        entries = [(self._party_sample(k), p.label) for k, p in enumerate(self._found.case.parties)]
        entries += [(_sample(full=True), "better for who moves"), (_sample(full=False), "not so")]
        ring = [tag("circle", cx=16, cy=0, r=r, class_="box holds") for r in (9.0, 6.0)]
        entries.append(("".join(ring), f"equilibrium under {concept_name(self._found.concept)}"))
        for drawn, words in entries:
            wide = 40 + measure(words, SMALL) + 16
            if x > MARGIN and x + wide > self.width - MARGIN:
                x, low = MARGIN, low + 20
            marks.append(tag("g", drawn, transform=f"translate({number(x)} {number(low)})"))
            marks.append(letters(x + 40, low + 4, words, kind="small"))
            x += wide
        if self._legible:
            order = ", ".join(self._found.case.option_names)
            told = f"Below a state, each option in turn: {order}."
            lines = wrap(told, self.width - 2 * MARGIN, lines=12, size=SMALL)
            marks += lines_of(MARGIN, low + 26, lines, kind="small soft")
            low += LINE * len(lines) + 8
        return [tag("g", "".join(marks))], low + 20

    def _in_words(self, y: float) -> tuple[list[str], float]:
        """Return what is done in each state; where there is a today, what is done otherwise."""
        found = self._found
        columns = max(1, int((self.width - 2 * MARGIN) // LISTED))
        wide = (self.width - 2 * MARGIN) / columns
        blocks = []
        for state in found.states:
            begin = f", {self._begin}" if state == found.today else ""
            told = f"{found.numbers[state]:,}{begin}: {self._otherwise(state)}"
            blocks.append(wrap(told, wide - 16, lines=6, size=SMALL))
        room = math.ceil(sum(len(b) + 0.3 for b in blocks) / columns)
        marks, column, used, low = [], 0, 0.0, 0.0
        for block in blocks:
            if used and used + len(block) > room + 1 and column < columns - 1:
                column, used = column + 1, 0.0
            at = (MARGIN + column * wide, y + 14 + used * LINE)
            marks += lines_of(*at, block, kind="small soft")
            used += len(block) + 0.3
            low = max(low, used)
        return marks, y + 14 + low * LINE

    def _otherwise(self, state: int) -> str:
        found = self._found
        if found.today < 0 or state == found.today:
            return self._words.state_in_line(state)
        old, new = self._words.levels(found.today), self._words.levels(state)
        told = []
        for party in found.case.parties:
            if changed := self._words.english.changes(party, old, new):
                told.append(f"{self._words.english.party(party.name)} {listing(changed)}")
        return "; ".join(told)

    def _party_sample(self, k: int) -> str:
        line = tag(
            "path", d="M0 0H32", class_=f"wire strong own {hue(k)}", stroke_dasharray=dash(k)
        )
        return line + party_mark(k, 16, 0, 4)

    def summary(self) -> str:
        """Say in words what is drawn."""
        found, numbers = self._found, self._found.numbers
        held = [numbers[s] for s in found.states if found.holds.flat[s]]
        told = f"{self._shown()}. {plural(len(self._arcs), 'move')} between them"
        gains = sum(a.gain > 0 for a in self._arcs.values())
        told += f", {gains:,} of them better for who moves."
        which = ", ".join(map(str, held)) or "none"
        return f"{told} Equilibria under {concept_name(found.concept)}: {which}."


def _labelled(x: float, y: float, words: str, kind: str) -> list[str]:
    """Return words around a point, on a ground that keeps lines away from them."""
    wide = measure(words, SMALL, bold="name" in kind)
    ground = tag("rect", class_="hole", x=x - wide / 2, y=y - 11, width=wide, height=14.0)
    return [ground, letters(x, y, words, kind=kind, anchor="middle")]


def _places(graph: Graph, states: Sequence[int]) -> tuple[dict[int, float], dict[int, float]]:
    """Return the column and the row of each state, in steps; no column or row is empty."""
    at = np.array(states, np.intp)
    across, down = np.zeros(len(at)), np.zeros(len(at))
    wide, tall = 1.0, 1.0
    for party in range(len(graph.parties)):
        used, own = np.unique(own_assignment(graph, party, at), return_inverse=True)
        if len(used) < 2:
            continue
        if wide <= tall:
            across += own * (wide + BLOCK * (wide > 1))
            wide = len(used) * (wide + BLOCK * (wide > 1))
        else:
            down += own * (tall + BLOCK * (tall > 1))
            tall = len(used) * (tall + BLOCK * (tall > 1))
    return _closed_up(states, across), _closed_up(states, down)


def _closed_up(states: Sequence[int], where: np.ndarray) -> dict[int, float]:
    """Return places with nothing wider than the room between blocks left empty."""
    taken = sorted(set(where.tolist()))
    moved, place = {}, 0.0
    for before, here in itertools.pairwise([taken[0] if taken else 0.0, *taken]):
        place += min(here - before, 1 + BLOCK)
        moved[here] = place
    return {s: moved[w] for s, w in zip(states, where.tolist(), strict=True)}


def _bend(a: Point, b: Point, step: float = STEP) -> Point:
    """Return where a line bows to: nearly straight between neighbours, the further the more."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    far = math.hypot(dx, dy)
    steps = far / step
    out = far * (BOW * min(2.2, steps) if steps > 1.8 else 0.06)
    # The same side whichever end comes first, so that a line has one shape.
    sign = 1 if (dx, dy) > (0, 0) else -1
    middle = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
    return (middle[0] + sign * out * dy / far, middle[1] - sign * out * dx / far)


def _middle(a: Point, b: Point) -> Point:
    """Return how far a line bows out, in steps."""
    x, y = _bend(a, b, 1.0)
    return ((a[0] + b[0]) / 4 + x / 2, (a[1] + b[1]) / 4 + y / 2)


def _short(a: Point, bend: Point, radius: float) -> Point:
    """Return where a line meets the edge of a state."""
    far = math.hypot(bend[0] - a[0], bend[1] - a[1]) or 1.0
    part = (radius + 6) / far
    return (a[0] + (bend[0] - a[0]) * part, a[1] + (bend[1] - a[1]) * part)


def _head(bend: Point, end: Point, *, full: bool, colour: str) -> str:
    """Return the head of an arrow: full where the move is better for who makes it."""
    far = math.hypot(end[0] - bend[0], end[1] - bend[1]) or 1.0
    dx, dy = (end[0] - bend[0]) / far, (end[1] - bend[1]) / far
    long, half = (10.0, 4.5) if full else (7.0, 3.5)
    base = (end[0] - long * dx, end[1] - long * dy)
    left = (base[0] - half * dy, base[1] + half * dx)
    right = (base[0] + half * dy, base[1] - half * dx)
    if full:
        d = f"M{_at(end)}L{_at(left)}L{_at(right)}Z"
        return tag("path", d=d, class_=f"tip own {colour}")
    d = f"M{_at(left)}L{_at(end)}L{_at(right)}"
    return tag("path", d=d, class_=f"wire thin own {colour}")


def _sample(*, full: bool) -> str:
    wire = "strong" if full else "thin"
    line = tag("path", d="M0 0H31", class_=f"wire {wire}")
    if full:
        return "".join(arrow([(0.0, 0.0), (32.0, 0.0)], "strong"))
    return line + tag("path", d="M25 -3.5L32 0L25 3.5", class_="wire thin")


def _at(point: Point) -> str:
    return f"{number(point[0])} {number(point[1])}"
