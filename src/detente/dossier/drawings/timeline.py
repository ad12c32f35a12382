"""Offers and their fate drawn: time runs down, one lane a party, an arrow from offer to answer."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from detente.dossier.drawings.card import Card, Paragraph, card
from detente.dossier.drawings.lettering import LINE, SMALL, cut, measure, wrap
from detente.dossier.drawings.marks import (
    NARROW,
    TURN,
    WIDE,
    drawing,
    letters,
    lines_of,
    party_mark,
    tag,
)
from detente.dossier.drawings.theme import dash, hue
from detente.dossier.drawings.wires import Wire, beside
from detente.dossier.say import HEADINGS
from detente.dossier.words import listing, plural
from detente.reading.claims import Claim
from detente.reading.dealings import Dealing, Fate

SHOWN = 30
"""Dealings drawn; the others are counted."""

MARGIN = 10.0
GAP = 10.0
RAIL = 30.0
"""Room at the right for arrows from offers to answers."""

UNNAMED = ""
"""The party of what nobody is named for."""

Link: TypeAlias = Callable[[str], str | None]

TOWARDS = {"offer": "", "demand": " of", "condition": " of", "threat": "", "pressure": ""}
"""What joins a verb to whom it is about; a comma and "to" for the others."""

FATES: dict[Fate, str] = {
    "accepted": "accepted",
    "refused": "refused",
    "unanswered": "left unanswered",
    "lapsed": "lapsed",
    "answered": "answered",
}

_WEIGHT = {
    "offer": 0,
    "threat": 1,
    "pressure": 2,
    "refusal": 3,
    "condition": 4,
    "demand": 4,
    "concession": 5,
}


def timeline_drawing(
    found: Sequence[Dealing],
    parties: Sequence[tuple[str, str]] = (),
    *,
    prefix: str = "timeline",
    width: float = WIDE,
    most: int = SHOWN,
    link: Link | None = None,
    styled: bool = True,
) -> str:
    """Return offers, demands, refusals, threats and pressure in time, with what came of offers.

    Parameters
    ----------
    found : sequence of Dealing
        In the order of their days.
    parties : sequence of (str, str)
        The case's parties in its order, as claims name them, and their labels. Others that claims
        name follow these.
    prefix : str
        What the ids in the drawing begin with; two drawings on one page need two.
    width : float
        Pixels; below 520 lanes are narrower.
    most : int
        Drawn at most: answers and what they answer first, then offers, threats, pressure,
        refusals, conditions.
    link : callable, optional
        From a claim's id to where its words are shown; None for nowhere.
    styled : bool
        Whether the style sheet comes along.
    """
    width = max(float(width), NARROW * 0.8)
    shown = _chosen(found, most)
    named = dict(parties)
    for one in shown:
        if one.claim.party:
            named.setdefault(one.claim.party, one.claim.party)
    named.setdefault(UNNAMED, "Somebody not named")
    speaking = {one.claim.party or UNNAMED for one in shown}
    lanes = [p for p in named if p in speaking]
    sheet = _Sheet(shown, named, lanes, prefix, width, link or (lambda name: None))
    marks, y = sheet.draw()
    if len(shown) < len(found):
        told = f"and {len(found) - len(shown):,} more, not drawn"
        marks.append(letters(MARGIN, y + 14, told, kind="soft"))
        y += 24
    if not found:
        told = "No offer, demand, refusal or threat was reported."
        lines = wrap(told, width - 2 * MARGIN)
        marks += lines_of(MARGIN, y + 10, lines)
        y += LINE * len(lines)
    return drawing(
        prefix,
        "Offers, demands and refusals in time",
        sheet.summary(len(found)),
        marks,
        kind="timeline",
        width=width,
        height=y + MARGIN,
        styled=styled,
    )


def _chosen(found: Sequence[Dealing], most: int) -> list[Dealing]:
    """Return the dealings to be drawn, in the order given."""
    answered = {a.by for one in found for a in one.answers}

    def weight(k: int) -> tuple[int, int]:
        one = found[k]
        linked = bool(one.answers) or one.claim.id in answered
        return (-1 if linked else _WEIGHT.get(one.claim.kind, 9), k)

    return [found[k] for k in sorted(sorted(range(len(found)), key=weight)[:most])]


class _Sheet:
    """The lanes, and the cards beside them."""

    def __init__(
        self,
        shown: Sequence[Dealing],
        named: dict[str, str],
        lanes: list[str],
        prefix: str,
        width: float,
        link: Link,
    ) -> None:
        self._shown, self._named, self._lanes = shown, named, lanes
        self._position = {party: k for k, party in enumerate(named)}
        self._prefix, self._width, self._link = prefix, width, link
        narrow = width < TURN
        self._lane = min(
            14.0 if narrow else 24.0, (110.0 if narrow else 200.0) / max(1, len(lanes))
        )
        self._left = MARGIN + self._lane * len(lanes) + 10
        self._answers = {a.by: (one.claim, a.fate) for one in shown for a in one.answers}

    def draw(self) -> tuple[list[str], float]:
        """Return the marks, and how far down they reach."""
        head, top = self._heads(MARGIN)
        y, day = top + 4, "none yet"
        marks: list[str] = []
        cards: dict[str, Card] = {}
        for k, one in enumerate(self._shown):
            if one.day != day:
                day = one.day
                marks += self._day(day, y)
                y += 24
            made = card(self._left, y, self._width - RAIL - self._left, *self._words(one))
            cards[one.claim.id] = made
            marks.append(self._entry(k, one, made))
            y = made.box.bottom + GAP
        lines = [self._line(k, top, y) for k in range(len(self._lanes))] if self._shown else []
        group = tag("g", "".join([*marks, *self._arrows(cards)]), role="list") if marks else ""
        return [*head, *lines, group], y

    def _heads(self, y: float) -> tuple[list[str], float]:
        """Return the key to the lanes."""
        marks, x = [], MARGIN
        room = self._width - 2 * MARGIN
        for party in self._lanes:
            words = cut(self._named[party], room - 24, size=SMALL, bold=True)
            wide = 18 + measure(words, SMALL, bold=True) + 14
            if x > MARGIN and x + wide > self._width - MARGIN:
                x, y = MARGIN, y + 18
            kind = f"small name own {hue(self._position[party])}"
            marks.append(party_mark(self._position[party], x + 6, y + 6))
            marks.append(letters(x + 18, y + 10, words, kind=kind))
            x += wide
        return marks, y + (20 if self._lanes else 0)

    def _line(self, lane: int, top: float, bottom: float) -> str:
        position = self._position[self._lanes[lane]]
        x = self._x(lane)
        return tag(
            "path",
            d=f"M{x:.1f} {top:.1f}V{bottom - GAP:.1f}",
            class_=f"wire thin own {hue(position)}",
            stroke_dasharray=dash(position),
            data_party=self._lanes[lane],
        )

    def _x(self, lane: int) -> float:
        return MARGIN + self._lane * (lane + 0.5)

    def _day(self, day: str, y: float) -> Iterator[str]:
        yield letters(self._left, y + 14, day_words(day), kind="name")

    def _entry(self, k: int, one: Dealing, made: Card) -> str:
        party = one.claim.party or UNNAMED
        x, y = self._x(self._lanes.index(party)), made.box.y + 15
        data = [("claim", one.claim.id), ("kind", one.claim.kind), ("day", one.day)]
        data += [("party", party)]
        drawn = made.draw(
            f"{self._prefix}-{k}",
            kind="edged",
            hue=hue(self._position[party]),
            href=self._link(one.claim.id),
            data=data,
        )
        stub = tag("path", d=f"M{x:.1f} {y:.1f}H{made.box.x:.1f}", class_="grid")
        return stub + party_mark(self._position[party], x, y) + drawn

    def _words(self, one: Dealing) -> tuple[list[Paragraph], str]:
        claim = one.claim
        party = claim.party or UNNAMED
        head = f"{self._named[party]} {self._verb(claim)}"
        if claim.target and claim.target != party:
            towards = ", to" if claim.id in self._answers else TOWARDS.get(claim.kind, ", to")
            head += f"{towards} {self._named.get(claim.target, claim.target)}"
        said = f"“{claim.text}”" if claim.direct else claim.text
        parts = [Paragraph(head, "name own", 3), Paragraph(said, "", 3)]
        told = [self._fate(one), self._reports(one)]
        parts += [Paragraph(t, "small soft", 3) for t in told if t]
        return parts, f"{head}: {said}. {' '.join(t for t in told if t)}"

    def _verb(self, claim: Claim) -> str:
        if claim.id in self._answers:
            answered, fate = self._answers[claim.id]
            what = "an offer" if answered.kind == "offer" else "a demand"
            if fate == "accepted":
                return f"accepts {what}"
            if fate == "lapsed":
                return f"and {what} that lapsed"
            if fate == "refused":
                return f"refuses {what}"
        return HEADINGS.get(claim.kind, claim.kind)

    def _fate(self, one: Dealing) -> str:
        fates = list(dict.fromkeys(FATES[a.fate] for a in one.answers))
        if fates:
            return f"What came of it: {listing(fates)}."
        return "No answer is reported." if one.claim.kind == "offer" else ""

    def _reports(self, one: Dealing) -> str:
        more = len(one.reports) - 1
        return f"Told by {plural(more, 'other report')}, too." if more else ""

    def _arrows(self, cards: dict[str, Card]) -> Iterator[str]:
        wires = [
            Wire(
                source=cards[one.claim.id].box,
                target=cards[answer.by].box,
                from_left=False,
                kind=f"own {hue(self._position[one.claim.party or UNNAMED])}",
                dash=None,
                told=f"What came of it: {FATES[answer.fate]}",
                data=(("from", one.claim.id), ("to", answer.by), ("fate", answer.fate)),
            )
            for one in self._shown
            for answer in one.answers
            if answer.by in cards and answer.by != one.claim.id
        ]
        yield from beside(wires, self._width, RAIL)

    def summary(self, total: int) -> str:
        """Say what is there in a few words."""
        offers = [one for one in self._shown if one.claim.kind == "offer"]
        told = [f"{plural(total, 'thing')} offered, demanded, refused, threatened or pressed."]
        for one in offers:
            fates = [FATES[a.fate] for a in one.answers] or ["no answer is reported"]
            who = self._named[one.claim.party or UNNAMED]
            told.append(f"{day_words(one.day)}: {who} offers; {listing(fates)}.")
        return " ".join(told)


def day_words(day: str) -> str:
    """Say a day, or the month or year that is known: ``17 July 2017``."""
    year, month, date = (*day.split("-"), "", "")[:3]
    if not day:
        return "Without a date"
    name = calendar.month_name[int(month)] if month and 1 <= int(month) <= 12 else month
    return " ".join(part for part in (date.lstrip("0"), name, year) if part)
