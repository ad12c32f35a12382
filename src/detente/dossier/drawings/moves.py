"""The neighbourhood of the status quo drawn: today, the moves from it, and what they invite.

States are told by what changes from today. On a wide sheet today stands at the left, half way down,
its neighbours beside it and what they lead to at the right; on a narrow one each neighbour stands
below today and its consequences, set in, below it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from detente.case.model import Case
from detente.dossier.drawings.card import Card, Words, card
from detente.dossier.drawings.lettering import LINE, wrap
from detente.dossier.drawings.marks import (
    NARROW,
    TURN,
    WIDE,
    Box,
    Point,
    arrow,
    drawing,
    lines_of,
    route,
    tag,
    title,
)
from detente.dossier.drawings.theme import dash, hue
from detente.dossier.drawings.wires import legend_of
from detente.dossier.words import Words as Phrases
from detente.dossier.words import concept_name, listing, plural
from detente.english.speech import sentence
from detente.graph.model import Graph
from detente.stability.neighbourhood import Move, Neighbourhood

GAP = 12.0
MARGIN = 10.0
INSET = 34.0


def moves_drawing(
    case: Case,
    graph: Graph,
    found: Neighbourhood,
    *,
    concept: str = "",
    prefix: str = "moves",
    width: float = WIDE,
    styled: bool = True,
) -> str:
    """Return the neighbourhood of a state as a drawing.

    Parameters
    ----------
    case, graph : Case, Graph
        The case and its arrays.
    found : Neighbourhood
        What is shown.
    concept : str
        The concept under which states hold, for the words.
    prefix : str
        What the ids in the drawing begin with; two drawings on one page need two.
    width : float
        Pixels; below 520 the parts stand below each other.
    styled : bool
        Whether the style sheet comes along.
    """
    width = max(float(width), NARROW * 0.8)
    sheet = _Sheet(case, graph, found, concept, prefix, width)
    marks, bottom = sheet.down() if width < TURN else sheet.across()
    key, y = legend_of(("better", "worse", "holds"), MARGIN, bottom + 14, width - 2 * MARGIN)
    rule = wrap(sheet.rule(), width - 2 * MARGIN, lines=8, size=11)
    told = lines_of(MARGIN, y + 14, rule, kind="small soft")
    return drawing(
        prefix,
        f"{case.title}: what a move from today leads to",
        f"{sheet.summary()} {sheet.rule()}",
        [tag("g", "".join(marks), role="list"), *key, *told],
        kind="moves",
        width=width,
        height=y + 14 + LINE * len(rule) + 4,
        styled=styled,
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """A state where it stands."""

    state: int
    card: Card
    hue: str


class _Sheet:
    """All that is needed to lay one neighbourhood out."""

    def __init__(
        self,
        case: Case,
        graph: Graph,
        found: Neighbourhood,
        concept: str,
        prefix: str,
        width: float,
    ) -> None:
        self._case, self._graph, self._found = case, graph, found
        self._under = f" under {concept_name(concept)}" if concept else ""
        self._phrases = Phrases(case, graph.space)
        self._prefix, self._width = prefix, width
        self._far = list(dict.fromkeys(m.target for m in found.answers))

    # --- on a wide sheet

    def across(self) -> tuple[list[str], float]:
        """Return the marks in three columns, and how far down they reach."""
        inner = self._width - 2 * MARGIN
        here, side = (inner * 0.2, inner * 0.29) if self._far else (inner * 0.34, inner * 0.48)
        near_x = (
            MARGIN
            + here
            + (inner - here - (2 if self._far else 1) * side) / (2 if self._far else 1)
        )
        near = self._column([m.target for m in self._found.moves], near_x, side)
        far = self._column(self._far, self._width - MARGIN - side, side)
        today = _Place(self._found.start, self._today(MARGIN, MARGIN, here), "")
        bottom = max([p.card.box.bottom for p in (*near, *far, today)])
        near, far = _lowered(near, bottom), _lowered(far, bottom)
        (today,) = _lowered([today], bottom)
        at = {p.state: p.card for p in (today, *near, *far)}
        marks = []
        n = len(self._found.moves)
        for k, move in enumerate(self._found.moves):
            a, b = at[move.source].box, at[move.target].box
            y = a.middle + (k - (n - 1) / 2) * min(9, (a.height - 16) / n)
            # Those that turn up early stand above, those that turn down early below: none cross.
            turn = a.right + (b.x - a.right) * (0.2 + 0.5 * (k if b.middle < y else n - 1 - k) / n)
            points = [(a.right, y), (turn, y), (turn, b.middle), (b.x, b.middle)]
            marks.append(self._wire(move, points))
        for k, move in enumerate(self._found.answers):
            a, b = at[move.source].box, at[move.target].box
            into = [m for m in self._found.answers if m.target == move.target]
            y = b.middle + (into.index(move) - (len(into) - 1) / 2) * 12
            lane = a.right + (b.x - a.right) * (0.3 + 0.4 * (k % 5) / 4)
            marks.append(
                self._wire(move, [(a.right, a.middle), (lane, a.middle), (lane, y), (b.x, y)])
            )
        return [*marks, *(self._draw(p) for p in (today, *near, *far))], bottom

    def _column(self, states: list[int], x: float, width: float) -> list[_Place]:
        made: list[_Place] = []
        y = MARGIN
        for state in states:
            made.append(self._place(state, x, y, width))
            y = made[-1].card.box.bottom + GAP
        return made

    # --- on a narrow sheet

    def down(self) -> tuple[list[str], float]:
        """Return the marks as an outline, and how far down they reach."""
        room = self._width - 2 * MARGIN
        today = _Place(self._found.start, self._today(MARGIN, MARGIN, room), "")
        marks: list[str] = []
        shown: list[_Place] = [today]
        y, told = today.card.box.bottom + GAP, set[int]()
        for move in self._found.moves:
            one = self._place(move.target, MARGIN + INSET, y, room - INSET)
            shown.append(one)
            marks.append(self._branch(move, today.card.box, one.card.box))
            y = one.card.box.bottom + GAP
            for answer in (a for a in self._found.answers if a.source == move.target):
                last = self._answer(answer, y, room, again=answer.target in told)
                told.add(answer.target)
                shown.append(last)
                marks.append(self._branch(answer, one.card.box, last.card.box))
                y = last.card.box.bottom + GAP
        states = [p.state for p in shown]
        drawn = [self._draw(p, states[:k].count(p.state)) for k, p in enumerate(shown)]
        return [*marks, *drawn], y - GAP

    def _answer(self, move: Move, y: float, room: float, *, again: bool) -> _Place:
        x, width = MARGIN + 2 * INSET, room - 2 * INSET
        if not again:
            return self._place(move.target, x, y, width)
        who = self._case.parties[move.mover].label
        words = [
            Words(f"then {who} moves", "name small own", 2),
            Words("to the same as above", "soft"),
        ]
        return _Place(
            move.target, card(x, y, width, words, self._name(move.target)), hue(move.mover)
        )

    def _branch(self, move: Move, above: Box, below: Box) -> str:
        """Return an arrow into a card from the common stem under the card it belongs to."""
        stem, y = above.x + 12, below.middle
        line = tag("path", d=route([(stem, above.bottom), (stem, y)]), class_="wire thin")
        return line + self._wire(move, [(stem, y), (below.x, y)])

    # --- one state

    def _today(self, x: float, y: float, width: float) -> Card:
        holds = self._found.start in self._found.holds
        rows = [f"{who}: {what}" for who, what in self._phrases.state(self._found.start) if what]
        words = [Words("Today", "name", 1)]
        words += [Words(row, "", 5) for row in rows or ["nobody does anything"]]
        words.append(self._verdict(holds=holds))
        return card(x, y, width, words)

    def _verdict(self, *, holds: bool) -> Words:
        told = f"holds{self._under}" if holds else "does not hold"
        return Words(told, "small good name" if holds else "small soft", 2)

    def _place(self, state: int, x: float, y: float, width: float) -> _Place:
        movers = self._movers(state)
        who = [self._case.parties[m].label for m in movers]
        head = listing(who, "or")
        words = []
        if state in self._far:
            words.append(Words(f"then {head}", "name small own", 2))
            words += [Words(line, "", 5) for line in self._changes(state)]
        else:
            (move,) = (m for m in self._found.moves if m.target == state)
            words.append(Words(head, "name own", 2))
            own = self._phrases.levels(state), self._phrases.levels(self._found.start)
            words.append(Words(self._change(*own), "", 5))
            words.append(
                Words("better for it" if move.improves else "not better for it", "small soft", 1)
            )
        words.append(self._verdict(holds=state in self._found.holds))
        return _Place(state, card(x, y, width, words, self._name(state)), hue(movers[0]))

    def _movers(self, state: int) -> list[int]:
        moves = (*self._found.moves, *self._found.answers)
        return list(dict.fromkeys(m.mover for m in moves if m.target == state))

    def _change(self, new: tuple[int, ...], old: tuple[int, ...]) -> str:
        english = self._phrases.english
        return listing([c for p in self._case.parties for c in english.changes(p, old, new)])

    def _changes(self, state: int) -> Iterator[str]:
        """Yield what each party does otherwise than today."""
        old, new = self._phrases.levels(self._found.start), self._phrases.levels(state)
        for party in self._case.parties:
            own = self._phrases.english.changes(party, old, new)
            if own:
                yield sentence(f"{self._phrases.english.party(party.name)} {listing(own)}")

    def _name(self, state: int) -> str:
        changes = "; ".join(self._changes(state)) or "as today"
        holds = f"; it holds{self._under}" if state in self._found.holds else ""
        return f"{changes}{holds}"

    def _draw(self, place: _Place, copy: int = 0) -> str:
        state = place.state
        end = f"-{copy}" if copy else ""
        return place.card.draw(
            f"{self._prefix}-state-{state}{end}",
            kind="holds" if state in self._found.holds else ("edged" if place.hue else ""),
            hue=place.hue,
            data=[("state", self._code(state)), ("holds", _yes(state in self._found.holds))],
        )

    def _code(self, state: int) -> str:
        return self._graph.codes(np.array([state]))[0]

    def _wire(self, move: Move, points: list[Point]) -> str:
        who = self._case.parties[move.mover].label
        kind = f"own {'strong' if move.improves else 'thin'}"
        if abs(points[0][1] - points[-1][1]) < 1:
            points = [points[0], points[-1]]
        told = f"{who} moves; {'better' if move.improves else 'not better'} for it"
        return tag(
            "g",
            title(told) + "".join(arrow(points, kind, dash=dash(move.mover))),
            class_=f"edge {hue(move.mover)}",
            data_party=self._case.parties[move.mover].name,
            data_from=self._code(move.source),
            data_to=self._code(move.target),
            data_improves=_yes(move.improves),
        )

    # --- in words

    def summary(self) -> str:
        """Say what each party can do from here."""
        told = []
        for party, reach in zip(self._case.parties, self._found.reach, strict=True):
            if reach.moves:
                better = f"{reach.improvements:,} of them better for it"
                told.append(f"{party.label} has {plural(reach.moves, 'move')}, {better}")
        return f"{'; '.join(told) or 'Nobody can move'}."

    def rule(self) -> str:
        """Say what is shown and what is left out."""
        said = (
            "Each party in turn shows the move it likes best; then what others would gain by doing."
        )
        left = []
        if n := self._found.near_left_out:
            left.append(plural(n, "further move"))
        if n := self._found.far_left_out:
            left.append(plural(n, "state") + " two moves away")
        return f"{said} Not shown: {listing(left)}." if left else said


def _yes(fact: bool) -> str:
    return "yes" if fact else "no"


def _lowered(places: list[_Place], bottom: float) -> list[_Place]:
    """Return a column moved down, so that it stands in the middle."""
    if not places:
        return []
    shift = (bottom - places[-1].card.box.bottom) / 2
    return [
        replace(p, card=replace(p.card, box=replace(p.card.box, y=p.card.box.y + shift)))
        for p in places
    ]
