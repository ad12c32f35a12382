"""Third parties drawn: what each of their options would change, before and after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detente.case.formula import Formula
from detente.dossier.drawings.lettering import LINE, SMALL, measure, wrap
from detente.dossier.drawings.marks import (
    NARROW,
    TURN,
    WIDE,
    drawing,
    letters,
    lines_of,
    party_mark,
    tag,
    title,
)
from detente.dossier.drawings.theme import hue
from detente.dossier.formula_words import FormulaWords
from detente.dossier.say import cost_text, holds_text, risk_text
from detente.dossier.words import concept_name, listing, plural
from detente.english.speech import English, sentence
from detente.wayout.broker import Brokering, Use
from detente.wayout.deadlock import Deadlock
from detente.wayout.profile import Profile

SHOWN = 12
"""Options drawn; the others are counted."""

MARGIN = 10.0
TRACK = 34.0
"""Height of one line from before to after."""


@dataclass(frozen=True, slots=True)
class _Change:
    """A figure before and after: as numbers, None where it cannot be told, and in words."""

    kind: str
    before: float | None
    after: float | None
    words: tuple[str, str]

    @property
    def told(self) -> str:
        """The figure in words."""
        before, after = (words.replace("less than ", "<") for words in self.words)
        return after if before == after else f"{before} → {after}"


def broker_drawing(
    found: Brokering,
    target: Formula,
    *,
    prefix: str = "broker",
    width: float = WIDE,
    most: int = SHOWN,
    styled: bool = True,
) -> str:
    """Return what each option of a third party changes: the cost of a way out, and its risk.

    Parameters
    ----------
    found : Brokering
        The options, the most helpful first.
    target : Formula
        What they should help to bring about.
    prefix : str
        What the ids in the drawing begin with; two drawings on one page need two.
    width : float
        Pixels; below 520 the lines stand below the words.
    most : int
        Options drawn; the others are counted.
    styled : bool
        Whether the style sheet comes along.
    """
    width = max(float(width), NARROW * 0.8)
    goal = FormulaWords(found.today.case).name(target)
    uses = found.uses[:most]
    changes = [_changes(found, use) for use in uses]
    costs = [
        x
        for pair in changes
        for c in pair
        if c.kind == "cost"
        for x in (c.before, c.after)
        if x is not None
    ]
    room = max([64.0, *(measure(c.told, SMALL, bold=True) for pair in changes for c in pair)])
    sheet = _Sheet(found, prefix, width, max([1.0, *costs]), room)
    marks, y = sheet.head(goal)
    told = []
    for k, (use, pair) in enumerate(zip(uses, changes, strict=True)):
        drawn, y = sheet.use(k, use, pair, y)
        marks += drawn
        told.append(f"{sheet.deed(use)}: {'; '.join(f'{c.kind} {c.told}' for c in pair)}.")
    if len(found.uses) > most:
        rest = f"and {plural(len(found.uses) - most, 'further option')}, not drawn"
        marks.append(letters(MARGIN, y + 12, rest, kind="soft"))
        y += 22
    return drawing(
        prefix,
        f"What third parties can do for {goal}",
        " ".join(told) or "There is no third party with an option.",
        marks,
        kind="broker",
        width=width,
        height=y + MARGIN,
        styled=styled,
    )


def _changes(found: Brokering, use: Use) -> tuple[_Change, ...]:
    """Return the cost and the risk, before and after; nothing where the use cannot be."""
    if use.after is None:
        return ()
    before = use.unused if use.unused is not None else found.today.deadlock
    after = use.after.deadlock
    cost = _Change("cost", _cost(before), _cost(after), (cost_text(before), cost_text(after)))
    words = (risk_text(found.today), risk_text(use.after))
    risk = _Change("risk", _risk(found.today), _risk(use.after), words)
    return tuple(one for one in (cost, risk) if one.words != ("–", "–"))


def _risk(standing: Profile) -> float | None:
    return None if standing.exposure is None else float(standing.exposure)


def _cost(stuck: Deadlock | None) -> float | None:
    return None if stuck is None or stuck.cost is None else float(stuck.cost)


class _Sheet:
    """Where the lines stand, and their scale."""

    def __init__(
        self, found: Brokering, prefix: str, width: float, dearest: float, figures: float
    ) -> None:
        self._found, self._case = found, found.today.case
        self._prefix, self._width, self._dearest = prefix, width, dearest
        self._narrow, self._figures = width < TURN, figures

    def head(self, goal: str) -> tuple[list[str], float]:
        """Return the key to the marks."""
        room = self._width - 2 * MARGIN
        told = (
            f"Hollow: if it is left as it is; full: if it is done. Cost: the firmness that must be "
            f"given up, at least, for {goal}, from 0 to {self._dearest:g}. Risk: what a mover "
            "stands to lose at most on the best path, as part of its scale, from 0 to 100%."
        )
        lines = wrap(told, room, lines=8, size=SMALL)
        return lines_of(MARGIN, 20, lines, kind="small soft"), 20 + LINE * len(lines)

    def deed(self, use: Use) -> str:
        """Say what a third party would do."""
        party, option = self._case.options[use.axis]
        today = self._case.status_quo[use.axis] if self._case.status_quo is not None else 0
        back = f", going back on {listing(use.goes_back_on)}" if use.goes_back_on else ""
        english = English(self._case)
        many = english.name(party.name).many
        done = english.change(option, today, use.level, many=many)
        return sentence(f"{english.party(party.name)} {done}{back}")

    def use(
        self, k: int, use: Use, changes: Sequence[_Change], top: float
    ) -> tuple[list[str], float]:
        """Return one option with its lines, and how far down they reach."""
        party, option = self._case.options[use.axis]
        position = self._case.party_names.index(party.name)
        room = self._width - 2 * MARGIN
        side = room if self._narrow else room * 0.42
        words = wrap(self.deed(use), side - 20, lines=5)
        notes = wrap(self._note(use), side - 20, lines=3, size=SMALL)
        marks = [party_mark(position, MARGIN + 6, top + 14)]
        marks += lines_of(MARGIN + 20, top + 18, words, kind=f"own {hue(position)}")
        below = top + 18 + LINE * len(words)
        marks += lines_of(MARGIN + 20, below, notes, kind="small soft")
        below += LINE * (len(notes) - 1) + 8
        x, y = (MARGIN + 20, below) if self._narrow else (MARGIN + side, top)
        for one in changes:
            marks.append(self._track(one, position, x, y + TRACK / 2 + 2))
            y += TRACK
        bottom = max(below, y) + 6
        rule = tag("path", d=f"M{MARGIN} {top:.1f}h{room:.1f}", class_="grid")
        group = tag(
            "g",
            title(self.deed(use)) + "".join([rule, *marks]),
            id=f"{self._prefix}-{k}",
            data_party=party.name,
            data_option=f"{party.name}.{option.name}",
            data_level=option.levels[use.level],
        )
        return [group], bottom

    def _note(self, use: Use) -> str:
        if use.after is None:
            return "This cannot be: the rules of the case exclude it."
        said = f"{plural(len(use.dissolved), 'knot')} dissolved"
        holds = holds_text(use.after, self._found.concept)
        if holds == "–":
            return said
        return f"{said}; {holds} of the goal hold under {concept_name(self._found.concept)}"

    def _track(self, one: _Change, position: int, x: float, y: float) -> str:
        """Return a line with a mark where the figure is before and one where it is after."""
        left, right = x + 44, self._width - MARGIN - self._figures - 14
        top = self._dearest if one.kind == "cost" else 1.0
        at = [
            None if v is None else left + (right - left) * min(1.0, v / top)
            for v in (one.before, one.after)
        ]
        marks = [
            letters(x, y + 4, one.kind, kind="small"),
            tag("path", d=f"M{left:.1f} {y:.1f}H{right:.1f}", class_="axis"),
            letters(right + 14, y + 4, one.told, kind="small name"),
        ]
        before, after = at
        colour = hue(position)
        if before is not None and after is not None:
            d = f"M{before:.1f} {y:.1f}H{after:.1f}"
            marks.append(tag("path", d=d, class_=f"wire strong own {colour}"))
        if before is not None:
            marks.append(tag("circle", cx=before, cy=y, r=6, class_=f"hollow {colour}"))
        if after is not None:
            marks.append(tag("circle", cx=after, cy=y, r=4, class_=f"full {colour}"))
        facts = {"data_before": _fact(one.before), "data_after": _fact(one.after)}
        story = title(f"{one.kind}: {one.told}")
        return tag("g", story + "".join(marks), data_figure=one.kind, **facts)


def _fact(value: float | None) -> str:
    return "" if value is None else f"{value:.6g}"
