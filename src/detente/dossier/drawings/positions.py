"""Positions drawn: each option against each party, who would have it and who would not.

A full mark was said aloud, a hollow one is a preference of the case; it points up where the party
would have the option used and down where not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from detente.case.model import Case
from detente.dossier.drawings.lettering import LINE, SMALL, cut, measure, wrap
from detente.dossier.drawings.marks import (
    NARROW,
    TURN,
    WIDE,
    drawing,
    letters,
    lines_of,
    linked,
    party_mark,
    tag,
    title,
)
from detente.dossier.drawings.theme import hue
from detente.dossier.words import listing, plural
from detente.english.speech import English, sentence
from detente.wayout.positions import Position, positions

MARGIN = 10.0
ROW = 30.0

Link: TypeAlias = Callable[[str], str | None]


def positions_drawing(
    case: Case,
    *,
    prefix: str = "positions",
    width: float = WIDE,
    link: Link | None = None,
    styled: bool = True,
) -> str:
    """Return who would have which option, and who refuses it.

    Parameters
    ----------
    prefix : str
        What the ids in the drawing begin with; two drawings on one page need two.
    width : float
        Pixels; below 520 the options' names stand above their rows.
    link : callable, optional
        From the id of a condition or refusal to where its source is shown; None for nowhere.
    styled : bool
        Whether the style sheet comes along.
    """
    width = max(float(width), NARROW * 0.8)
    found = positions(case)
    sheet = _Sheet(case, found, prefix, width, link or (lambda name: None))
    head, y = sheet.heads(MARGIN)
    rows, y = sheet.rows(y + 6)
    key, y = sheet.key(y + 10)
    return drawing(
        prefix,
        f"{case.title}: who would have which option",
        sheet.summary(),
        [*head, *rows, *key],
        kind="positions",
        width=width,
        height=y + MARGIN,
        styled=styled,
    )


class _Sheet:
    """Rows of options, columns of parties."""

    def __init__(
        self, case: Case, found: Sequence[Position], prefix: str, width: float, link: Link
    ) -> None:
        self._case, self._found = case, found
        self._prefix, self._width, self._link = prefix, width, link
        self._aside = width >= TURN
        self._left = MARGIN + (width * 0.38 if self._aside else 0.0)
        self._column = (width - MARGIN - self._left) / max(1, len(case.parties))

    def summary(self) -> str:
        """Say what there is to see; every mark tells its own story."""
        aloud = [self.story(p) for p in self._found if p.said]
        if not self._found:
            return "No party has a position on an option."
        options = len({p.axis for p in self._found})
        spoken = f" Said aloud: {'; '.join(aloud)}." if aloud else ""
        return f"Positions on {plural(options, 'option')}.{spoken}"

    def heads(self, y: float) -> tuple[list[str], float]:
        """Return the parties' names with their marks, and the marks above the columns."""
        marks, x = [], MARGIN
        room = self._width - 2 * MARGIN
        for k, party in enumerate(self._case.parties):
            words = cut(party.label, room - 24, size=SMALL, bold=True)
            wide = 18 + measure(words, SMALL, bold=True) + 14
            if x > MARGIN and x + wide > self._width - MARGIN:
                x, y = MARGIN, y + 18
            marks.append(party_mark(k, x + 6, y + 6))
            marks.append(letters(x + 18, y + 10, words, kind=f"small name own {hue(k)}"))
            x += wide
        y += 32
        marks += [party_mark(k, self._x(k), y) for k in range(len(self._case.parties))]
        return marks, y + 10

    def rows(self, y: float) -> tuple[list[str], float]:
        """Return a row for each option, and how far down they reach."""
        marks: list[str] = []
        for axis, (owner, option) in enumerate(self._case.options):
            rule = f"M{MARGIN} {y:.1f}H{self._width - MARGIN:.1f}"
            marks.append(tag("path", class_="grid", d=rule))
            room = (self._left if self._aside else self._width) - 2 * MARGIN
            name = wrap(owner.label, room, lines=1, size=SMALL, bold=True)
            words = wrap(option.label, room, lines=3)
            own = f"small name own {hue(self._case.party_names.index(owner.name))}"
            text = lines_of(MARGIN, y + 15, name, kind=own)
            text += lines_of(MARGIN, y + 15 + LINE, words)
            tall = 12 + LINE * (1 + len(words))
            middle = y + tall / 2 if self._aside else y + tall + ROW / 2 - 6
            cells = [self._cell(axis, k, middle) for k in range(len(self._case.parties))]
            told = title(f"{owner.label}: {option.label}")
            group = told + "".join([*text, *cells])
            name_ = self._case.option_names[axis]
            marks.append(tag("g", group, id=f"{self._prefix}-{axis}", data_option=name_))
            y += max(tall, ROW) if self._aside else tall + ROW - 6
        return marks, y

    def _x(self, party: int) -> float:
        return self._left + self._column * (party + 0.5)

    def _cell(self, axis: int, party: int, y: float) -> str:
        """Return the mark of one party's position on one option; nothing where it has none."""
        mine = [p for p in self._found if (p.axis, p.party) == (axis, party)]
        if not mine:
            return ""
        aloud = [p for p in mine if p.said]
        first = min(p.weight for p in mine)  # of preferences the most important one counts
        shown = aloud or [p for p in mine if p.weight == first]
        ways = {_way(p) for p in shown}
        way = ways.pop() if len(ways) == 1 else "both"
        x, r = self._x(party), 6.0
        shape = {
            "up": f"M{x - r:.1f} {y + 5:.1f}h12l-6 -11Z",
            "down": f"M{x - r:.1f} {y - 5:.1f}h12l-6 11Z",
            "both": f"M{x:.1f} {y - 7:.1f}l7 7l-7 7l-7 -7Z",
        }[way]
        drawn = tag("path", d=shape, class_="full" if aloud else "hollow")
        firmness = str(max(p.weight for p in aloud)) if aloud else ""
        if firmness and measure(firmness, SMALL) + 2 * r < self._column / 2:
            drawn += letters(x + r + 4, y + 4, firmness, kind="small")
        told = title(". ".join(self.story(p) for p in mine))
        return tag(
            "g",
            told + linked(drawn, self._link(shown[0].said) if aloud else None),
            class_=hue(party),
            data_party=self._case.party_names[party],
            data_way=way,
            data_voice="aloud" if aloud else "wants",
            data_said=" ".join(dict.fromkeys(p.said for p in aloud)) or None,
        )

    def story(self, one: Position) -> str:
        """Say one position."""
        owner, option = self._case.options[one.axis]
        english = English(self._case)
        party, name = english.party(one.party), english.name(one.party)
        deeds = [english.deed(option, k).say("to") for k in sorted(one.levels)]
        what = listing(deeds, "or")
        if owner is not self._case.parties[one.party]:
            what = f"{english.party(owner.name)} {what}"
        verbs = {"wants": ("want", "wants"), "requires": ("require", "requires")}
        verb = verbs.get(one.voice, ("insist on", "insists on"))[0 if name.many else 1]
        if one.voice not in verbs:
            what = listing([english.deed(option, k).say("ing") for k in sorted(one.levels)], "or")
        weight = "preference" if one.voice == "wants" else "firmness"
        return sentence(f"{party} {verb} {what} ({weight} {one.weight})")

    def key(self, y: float) -> tuple[list[str], float]:
        """Return what the marks mean, and how far down that reaches."""
        entries = (
            ("M0 5h12l-6 -11Z", "full", "asks for it aloud"),
            ("M0 -5h12l-6 11Z", "full", "asks aloud that it not be, or refuses it"),
            ("M0 5h12l-6 -11Z", "hollow", "wants it, as the case has it"),
            ("M0 -5h12l-6 11Z", "hollow", "does not want it, as the case has it"),
            ("M6 -7l7 7l-7 7l-7 -7Z", "hollow", "some levels of it, or either way"),
        )
        marks, x = [], MARGIN
        y += 10
        for shape, kind, words in entries:
            wide = 20 + measure(words, SMALL) + 14
            if x > MARGIN and x + wide > self._width - MARGIN:
                x, y = MARGIN, y + 20
            place = f"translate({x:.1f} {y:.1f})"
            marks.append(tag("path", d=shape, class_=kind, transform=place))
            lines = wrap(words, self._width - MARGIN - x - 20, lines=2, size=SMALL)
            marks += lines_of(x + 20, y + 4, lines, kind="small")
            y += LINE * (len(lines) - 1)
            x += wide
        y += 24
        told = "The number is the firmness of what was said. Any one may be among several things "
        told += "that would do."
        lines = wrap(told, self._width - 2 * MARGIN, size=SMALL)
        marks += lines_of(MARGIN, y, lines, kind="small soft")
        group = tag("g", "".join(marks), role="img", aria_label="Key to the marks")
        return [group], y + LINE * (len(lines) - 1)


def _way(one: Position) -> str:
    """Say whether a position is for the option, against it, or neither."""
    if 0 not in one.levels:
        return "up"
    return "down" if one.levels == {0} else "both"
