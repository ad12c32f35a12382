"""Knots drawn: who requires what of whom, who refuses it, and where that cannot hold together.

Each knot is a picture of its own: the sayings of one party on one side, those of the others on the
other, and between them what they speak about. On a narrow sheet these stand below each other and
the arrows run along the edges.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from detente.case import formula as fm
from detente.case.model import Condition
from detente.dossier.drawings.card import Card, Words, card
from detente.dossier.drawings.lettering import LINE, wrap
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
from detente.dossier.drawings.wires import Wire, beside, legend_of, pill, pill_width, through
from detente.dossier.formula_words import FormulaWords
from detente.dossier.words import is_plain, listing, plural
from detente.english.speech import sentence
from detente.wayout.deadlock import Deadlock
from detente.wayout.tangle import TARGET, Tangle, tangle

SHOWN = 12
"""Knots drawn; the others are counted."""

GAP = 12.0
MARGIN = 10.0
RAIL = 32.0
"""Room for arrows along the edges of a narrow sheet."""

Link: TypeAlias = Callable[[str], str | None]


def knots_drawing(
    found: Deadlock,
    *,
    prefix: str = "knots",
    width: float = WIDE,
    most: int = SHOWN,
    link: Link | None = None,
    styled: bool = True,
) -> str:
    """Return the knots of a deadlock as a drawing.

    Parameters
    ----------
    prefix : str
        What the ids in the drawing begin with; two drawings on one page need two.
    width : float
        Pixels; below 520 the parts stand below each other.
    most : int
        Knots drawn; the others are counted.
    link : callable, optional
        From the id of a condition or refusal to where its source is shown; None for nowhere.
    styled : bool
        Whether the style sheet comes along.
    """
    width = max(float(width), NARROW * 0.8)
    goal = FormulaWords(found.case).name(found.target)
    marks: list[str] = []
    y = MARGIN
    tangles = [tangle(found, knot) for knot in found.knots[:most]]
    for k, made in enumerate(tangles, start=1):
        one = _Knot(found, made, f"{prefix}-{k}", k, width, link)
        drawn, y = one.draw(y)
        marks += drawn
    told = [_told(found, k, knot) for k, knot in enumerate(found.knots[:most], start=1)]
    if len(found.knots) > most:
        rest = f"and {plural(len(found.knots) - most, 'further knot')}, not drawn"
        marks.append(letters(MARGIN, y + 12, rest, kind="soft"))
        told.append(rest + ".")
        y += 24
    if not found.knots:
        told = [_NONE[found.verdict].format(goal=goal)]
        lines = wrap(told[0], width - 2 * MARGIN, lines=6)
        marks += lines_of(MARGIN, y + 12, lines)
        y += LINE * len(lines) + MARGIN
    else:
        opens = any(made.opens for made in tangles)
        entries = ("requires", "refuses", "clash", *(["opens"] if opens else []), "firmness")
        key, y = legend_of(entries, MARGIN, y + 4, width - 2 * MARGIN)
        marks += key
    n = plural(len(found.knots), "knot")
    heading = f"Why {goal} cannot happen: {n}" if found.knots else f"No knot around {goal}"
    return drawing(
        prefix,
        heading,
        " ".join(told),
        marks,
        kind="knots",
        width=width,
        height=y + MARGIN,
        styled=styled,
    )


_NONE = {
    "impossible": "{goal} cannot happen at all: the rules of the case exclude it.",
    "holds": "{goal} holds already.",
    "open": "Nothing that was said stands in the way of {goal}.",
    "deadlock": "What was said cannot all be kept with {goal}; no knot was worked out.",
}


def _told(found: Deadlock, number: int, knot: Sequence[str]) -> str:
    formula = FormulaWords(found.case)
    said = [
        f"{formula.said(found.said(name))} (firmness {found.said(name).firmness})" for name in knot
    ]
    return f"Knot {number}: {'; '.join(said)}."


@dataclass(frozen=True, slots=True)
class _Thing:
    """What a knot is about, on its card."""

    axis: int
    card: Card


class _Knot:
    """One knot on its part of the sheet."""

    def __init__(
        self,
        found: Deadlock,
        tangled: Tangle,
        prefix: str,
        number: int,
        width: float,
        link: Link | None,
    ) -> None:
        self._found = found
        self._case = found.case
        self._words = FormulaWords(found.case)
        self._tangle = tangled
        self._prefix = prefix
        self._number = number
        self._width = width
        self._narrow = width < TURN
        self._link = link or (lambda name: None)

    def draw(self, top: float) -> tuple[list[str], float]:
        """Return the marks, and how far down they reach."""
        head, y = self._heading(top)
        left, right, things, bottom = self._down(y) if self._narrow else self._across(y)
        cards = {**left, **right}
        at = {thing.axis: thing.card.box for thing in things}
        marks = [*head]
        marks += self._wires(cards, set(left), at)
        marks += [self._saying(name, one) for name, one in cards.items()]
        marks += [self._thing(thing) for thing in things]
        marks += self._pills(cards, set(left))
        story = title(_told(self._found, self._number, self._tangle.members))
        group = tag(
            "g", story + "".join(marks), id=self._prefix, role="list", data_knot=str(self._number)
        )
        return [group], bottom + 18

    def _heading(self, top: float) -> tuple[list[str], float]:
        goal = self._words.name(self._found.target)
        rules = "" if self._tangle.clashes else ", under the rules of the case"
        alone = len(self._tangle.members) == 1
        what = "this cannot be kept" if alone else "these cannot all be kept"
        told = f"Knot {self._number}: {what} together with {goal}{rules}"
        lines = wrap(told, self._width - 2 * MARGIN, lines=3, bold=True)
        return lines_of(MARGIN, top + 12, lines, kind="name bad"), top + LINE * len(lines) + 8

    # --- where everything stands

    def _sides(self) -> tuple[list[str], list[str]]:
        """Return the sayings of the first party that speaks, and those of the others."""
        names = self._tangle.members
        order = sorted(names, key=lambda n: (self._position(n), names.index(n)))
        first = self._position(order[0])
        left = [n for n in order if self._position(n) == first]
        right = [n for n in order if n not in left]
        if any(s.said == TARGET for s in self._tangle.strands):
            (left if right else right).append(TARGET)
        return left, right

    def _across(self, top: float) -> tuple[dict[str, Card], dict[str, Card], list[_Thing], float]:
        inner = self._width - 2 * MARGIN
        side, thing = inner * 0.28, inner * 0.24
        left, right = self._sides()
        on_left = self._stack(left, MARGIN, top, side)
        on_right = self._stack(right, self._width - MARGIN - side, top, side)
        between = self._things((self._width - thing) / 2, top, thing)
        groups: list[list[Card]] = [list(on_left.values()), list(on_right.values())]
        groups.append([t.card for t in between])
        bottom = max(g[-1].box.bottom for g in groups if g)
        lowered = [_lowered(g, bottom) for g in groups]
        return (
            dict(zip(on_left, lowered[0], strict=True)),
            dict(zip(on_right, lowered[1], strict=True)),
            [replace(t, card=c) for t, c in zip(between, lowered[2], strict=True)],
            bottom,
        )

    def _down(self, top: float) -> tuple[dict[str, Card], dict[str, Card], list[_Thing], float]:
        x, width = RAIL, self._width - 2 * RAIL
        left, right = self._sides()
        on_left = self._stack(left, x, top, width)
        y = max((c.box.bottom for c in on_left.values()), default=top) + GAP
        between = self._things(x, y, width)
        y = max(t.card.box.bottom for t in between) + GAP if between else y
        on_right = self._stack(right, x, y, width)
        bottom = max((c.box.bottom for c in on_right.values()), default=y - GAP)
        return on_left, on_right, between, bottom

    def _stack(self, names: Sequence[str], x: float, y: float, width: float) -> dict[str, Card]:
        made: dict[str, Card] = {}
        for name in names:
            made[name] = card(x, y, width, *self._card_words(name))
            y = made[name].box.bottom + GAP
        return made

    def _things(self, x: float, y: float, width: float) -> list[_Thing]:
        made = []
        for axis in self._tangle.axes:
            owner, option = self._case.options[axis]
            pulled = {s.levels for s in self._tangle.strands if s.axis == axis}
            what = option.label
            if not is_plain(option):
                what += f": {_levels(option.levels, pulled)}"
            words = [Words(owner.label, "name small own", 2), Words(what, "", 4)]
            made.append(_Thing(axis, card(x, y, width, words, f"{owner.label}: {what}")))
            y = made[-1].card.box.bottom + GAP
        return made

    # --- what is written

    def _card_words(self, name: str) -> tuple[list[Words], str]:
        if name == TARGET:
            goal = self._words.name(self._found.target)
            return [Words("What it is about", "name small", 1), Words(sentence(goal), "", 3)], goal
        said = self._found.said(name)
        who = self._case.party(said.party).label
        full = self._words.said(said)
        rest = self._words.english.saying(said)
        if isinstance(said, Condition) and isinstance(said.needs, fm.OptionIs):
            rest = rest.removesuffix(f" {self._words.clause(said.needs)}")
        elif not isinstance(said, Condition) and isinstance(said.refuses, fm.OptionIs):
            rest = "refuses" if said.refuses.party != said.party else rest
        told = f"{sentence(full)}; firmness {said.firmness}"
        return [Words(who, "name own", 2), Words(rest, "", 6)], told

    def _saying(self, name: str, one: Card) -> str:
        at = f"{self._prefix}-said-{self._tangle.members.index(name) if name else 'target'}"
        if name == TARGET:
            return one.draw(at, kind="open", data=[("id", "target")])
        said = self._found.said(name)
        data = [("id", name), ("party", said.party), ("firmness", str(said.firmness))]
        return one.draw(
            at, kind="edged", hue=hue(self._position(name)), href=self._link(name), data=data
        )

    def _thing(self, thing: _Thing) -> str:
        owner, _ = self._case.options[thing.axis]
        name = self._case.option_names[thing.axis]
        return thing.card.draw(
            f"{self._prefix}-option-{thing.axis}",
            kind="clash" if self._clashes(thing.axis) else "edged",
            hue=hue(self._case.party_names.index(owner.name)),
            href=self._link(name),
            data=[("option", name), ("party", owner.name)],
        )

    def _pills(self, cards: dict[str, Card], left: set[str]) -> Iterator[str]:
        for name, one in cards.items():
            if name != TARGET:
                said = self._found.said(name)
                words = str(said.firmness)
                half = pill_width(words) / 2
                x, y = one.box.right - half - 12, one.box.y
                if not self._narrow:
                    y = one.box.middle
                    x = one.box.right + half + 1 if name in left else one.box.x - half - 1
                yield pill(x, y, words, hue(self._position(name)))

    # --- arrows

    def _wires(self, cards: dict[str, Card], left: set[str], at: dict[int, Box]) -> Iterator[str]:
        wires = []
        for strand in dict.fromkeys((s.said, s.axis) for s in self._tangle.strands):
            name, axis = strand
            wires.append(
                Wire(
                    source=cards[name].box,
                    target=at[axis],
                    from_left=name in left,
                    kind=self._wire_kind(name, axis),
                    dash="6 4" if self._refuses(name) else None,
                    told=self._wire_told(name, axis),
                    data=(("from", name or "target"), ("to", self._case.option_names[axis])),
                )
            )
        for axis, name in self._tangle.opens:
            wires.append(
                Wire(
                    source=at[axis],
                    target=cards[name].box,
                    from_left=name not in left,
                    kind="thin",
                    dash="1 3",
                    told="this brings in the next condition",
                    data=(("from", self._case.option_names[axis]), ("to", name)),
                    aside=True,
                )
            )
        made = beside(wires, self._width, RAIL) if self._narrow else through(wires)
        yield from made

    def _wire_kind(self, name: str, axis: int) -> str:
        if self._clashes(axis):
            return "clash"
        return "" if name == TARGET else f"own {hue(self._position(name))}"

    def _wire_told(self, name: str, axis: int) -> str:
        who = (
            "the target" if name == TARGET else self._case.party(self._found.said(name).party).label
        )
        verb = "refuses" if self._refuses(name) else "requires"
        return f"{who} {verb}: {self._case.options[axis][1].label}"

    def _refuses(self, name: str) -> bool:
        return name != TARGET and not isinstance(self._found.said(name), Condition)

    def _clashes(self, axis: int) -> bool:
        """Whether an option is shown in red; all are where the rules bring them together."""
        return axis in self._tangle.clashes or not self._tangle.clashes

    def _position(self, name: str) -> int:
        return self._case.party_names.index(self._found.said(name).party)


def _levels(levels: tuple[str, ...], pulled: set[frozenset[int]]) -> str:
    """Say to which levels an option is pulled, where that is one and the same name."""
    names = [listing([levels[k] for k in sorted(p)], "or") for p in pulled]
    return " against ".join(sorted(names))


def _lowered(cards: Sequence[Card], bottom: float) -> list[Card]:
    """Return the cards of a column moved down, so that it stands in the middle."""
    if not cards:
        return []
    shift = (bottom - cards[-1].box.bottom) / 2
    return [replace(c, box=replace(c.box, y=c.box.y + shift)) for c in cards]
