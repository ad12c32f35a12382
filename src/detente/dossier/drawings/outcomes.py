"""Outcomes against concepts drawn: how many states of each outcome hold under which concept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from detente.case.model import Case
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
from detente.dossier.words import concept_name, listing, plural
from detente.graph.model import BoolArray, Graph
from detente.stability.analysis import Verdicts

MARGIN = 10.0
CELL = 62.0
"""Least width of a cell in a grid."""

TALL = 32.0


@dataclass(frozen=True, slots=True)
class _Row:
    """An outcome with its states; ``name`` is empty for what is no outcome of the case."""

    kind: str
    name: str
    label: str
    states: BoolArray


def outcomes_drawing(
    found: Verdicts, *, prefix: str = "outcomes", width: float = WIDE, styled: bool = True
) -> str:
    """Return which outcomes hold under which concepts, as a grid of numbers of states.

    Parameters
    ----------
    found : Verdicts
        Of a concept that was not worked out to its end nothing is shown.
    prefix : str
        What the ids in the drawing begin with; two drawings on one page need two.
    width : float
        Pixels; where a column for each concept does not fit, each outcome has its cells below it.
    styled : bool
        Whether the style sheet comes along.
    """
    width = max(float(width), NARROW * 0.8)
    rows = list(_rows(found.case, found.graph))
    holds = [(c.name, found.equilibria(c.name).states) for c in found.concepts]
    room = width - 2 * MARGIN
    side = room * 0.36
    fits = width >= TURN and side + CELL * len(holds) <= room
    widths = [measure(concept_name(name), SMALL, bold=True) + 10 for name, _ in holds]
    if fits and all(w <= (room - side) / len(holds) for w in widths):
        marks, y = _grid(rows, holds, prefix, (MARGIN, side, room))
    else:
        marks, y = _flow(rows, holds, prefix, room)
    told = "A number is how many states of the outcome hold; the bar is their share of all of them."
    lines = wrap(told, room, lines=3, size=SMALL)
    marks += lines_of(MARGIN, y + 16, lines, kind="small soft")
    y += 16 + LINE * len(lines)
    return drawing(
        prefix,
        f"{found.case.title}: what would hold",
        " ".join(_told(row, holds) for row in rows),
        marks,
        kind="outcomes",
        width=width,
        height=y,
        styled=styled,
    )


def _rows(case: Case, graph: Graph) -> Iterator[_Row]:
    """Yield today, every outcome, and what is none of them."""
    feasible = graph.feasible
    if case.status_quo is not None:
        here = np.zeros_like(feasible)
        if (today := graph.space.find(case.status_quo)) >= 0:
            here.flat[today] = True
        yield _Row("today", "", "Today", here & feasible)
    truth = graph.truth(case)
    none = feasible.copy()
    for outcome in case.outcomes:
        states = np.broadcast_to(truth(outcome.formula), feasible.shape) & feasible
        none &= ~states
        yield _Row("outcome", outcome.name, outcome.label or outcome.name, states)
    label = "None of these outcomes" if case.outcomes else "All states"
    if none.any():
        yield _Row("none", "", label, none)


Holds = Sequence[tuple[str, BoolArray]]


def _grid(
    rows: Sequence[_Row], holds: Holds, prefix: str, columns: tuple[float, float, float]
) -> tuple[list[str], float]:
    """Return a row for each outcome, a column for each concept."""
    left, side, room = columns
    wide = (room - side) / max(1, len(holds))
    marks = [
        letters(
            left + side + wide * (k + 0.5),
            24,
            concept_name(name),
            kind="small name",
            anchor="middle",
        )
        for k, (name, _) in enumerate(holds)
    ]
    y = 36.0
    for k, row in enumerate(rows):
        lines = wrap(row.label, side - 12, lines=3, bold=row.kind == "today")
        tall = max(TALL + 6, LINE * (len(lines) + 1) + 10)
        marks.append(tag("path", d=f"M{left} {y:.1f}h{room:.1f}", class_="grid"))
        marks += _label(row, lines, left, y + 18)
        for j, one in enumerate(holds):
            box = Box(left + side + wide * j + 4, y + (tall - TALL) / 2, wide - 8, TALL)
            marks.append(_cell(f"{prefix}-{k}-{j}", row, one, box))
        y += tall
    return marks, y


def _flow(rows: Sequence[_Row], holds: Holds, prefix: str, room: float) -> tuple[list[str], float]:
    """Return each outcome with its cells below it, as many on a line as fit."""
    y = MARGIN
    marks: list[str] = []
    for k, row in enumerate(rows):
        lines = wrap(row.label, room, lines=3, bold=row.kind == "today")
        marks += _label(row, lines, MARGIN, y + 12)
        y += LINE * (len(lines) + (row.kind != "today")) + 6
        x = MARGIN
        for j, one in enumerate(holds):
            wide = max(56.0, measure(one[0], SMALL, bold=True) + 8)
            if x > MARGIN and x + wide > MARGIN + room:
                x, y = MARGIN, y + TALL + 22
            name = letters(
                x + wide / 2, y + 10, concept_name(one[0]), kind="small name", anchor="middle"
            )
            marks.append(name)
            marks.append(_cell(f"{prefix}-{k}-{j}", row, one, Box(x, y + 15, wide, TALL)))
            x += wide + 6
        y += TALL + 30
    return marks, y - 8


def _label(row: _Row, lines: Sequence[str], x: float, y: float) -> list[str]:
    n = int(np.count_nonzero(row.states))
    size = "" if row.kind == "today" else plural(n, "state") + " in all"
    head = lines_of(x, y, lines, kind="name" if row.kind == "today" else "")
    drawn = "".join(
        [*head, letters(x, y + LINE * len(lines), size, kind="small soft") if size else ""]
    )
    return [tag("g", title(row.label) + drawn)]


def _cell(name: str, row: _Row, one: tuple[str, BoolArray], box: Box) -> str:
    concept, states = one
    n = int(np.count_nonzero(row.states & states))
    total = int(np.count_nonzero(row.states))
    words = f"{n:,}" if n else "–"
    if row.kind == "today":
        words = "holds" if n else "–"
    filled = (box.width - 8) * n / total if total else 0.0
    bar = tag("rect", x=box.x + 4, y=box.bottom - 8, width=filled, height=4, class_="held")
    text = letters(
        box.centre, box.y + 18, words, kind="name good" if n else "soft", anchor="middle"
    )
    told = title(f"{row.label}, {concept}: {n:,} of {plural(total, 'state')} hold")
    drawn = told + box.draw("holds" if n else "open", radius=4) + text + (bar if n else "")
    return tag(
        "g",
        drawn,
        id=name,
        data_outcome=row.name or row.kind,
        data_concept=concept,
        data_states=str(n),
    )


def _told(row: _Row, holds: Holds) -> str:
    under = [
        f"{np.count_nonzero(row.states & states):,} under {concept_name(name)}"
        for name, states in holds
        if (row.states & states).any()
    ]
    if row.kind == "today":
        names = [concept_name(name) for name, states in holds if (row.states & states).any()]
        return f"Today holds under {listing(names)}." if names else "Today holds under no concept."
    return f"{row.label}: {listing(under) if under else 'holds under no concept'}."
