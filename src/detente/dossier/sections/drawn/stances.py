"""Who is for what and who against it, drawn: the most disputed first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from detente.case import formula as fm
from detente.case.model import Case, Statements
from detente.dossier.drawings import glyphs
from detente.dossier.page.blocks import Glyph, Inline, Plate, Row, Spot
from detente.dossier.sections.context import Context
from detente.dossier.sections.drawn.common import key, list_of
from detente.english.speech import sentence
from detente.wayout.positions import Position, positions
from detente.wayout.pulls import pulls

MOST = 24
"""Things that could be done, shown at most; the least disputed are left out."""


@dataclass(frozen=True, slots=True)
class Stance:
    """Who is for something, against it, or makes it hang on something else.

    Parameters
    ----------
    axis, level : int
        The option, and from which level on.
    against, only_if, for_ : tuple of (int, bool)
        Parties, and whether they said it aloud.
    """

    axis: int
    level: int
    against: tuple[tuple[int, bool], ...]
    only_if: tuple[tuple[int, bool], ...]
    for_: tuple[tuple[int, bool], ...]

    @property
    def dispute(self) -> int:
        """The smaller of the two sides."""
        return min(len(self.against), len(self.for_))


def stances(case: Case) -> list[Stance]:
    """Return every thing that could be done of which somebody thinks something.

    Of an option of several levels those stand apart that some party tells apart.
    """
    every = positions(case)
    waits = _conditions(case)
    found = []
    for axis, (_, option) in enumerate(case.options):
        known: list[Stance] = []
        for level in range(1, len(option.levels)):
            one = _stance(case, every, waits, axis, level)
            sides = (one.against, one.only_if, one.for_)
            if any(sides) and all((s.against, s.only_if, s.for_) != sides for s in known):
                known.append(one)
        found += known
    return found


def _conditions(case: Case) -> set[tuple[int, int]]:
    """Return which parties have said aloud on what they would use which option of their own."""
    return {
        (case.party_names.index(said.party), axis)
        for said in case.conditions
        for axis, _ in pulls(case, said.option)
        if case.options[axis][0].name == said.party
    }


def _stance(
    case: Case, every: Sequence[Position], waits: set[tuple[int, int]], axis: int, level: int
) -> Stance:
    sides: tuple[list[tuple[int, bool]], ...] = ([], [], [])
    for party in range(len(case.parties)):
        mine = [p for p in every if (p.axis, p.party) == (axis, party)]
        aloud = [p for p in mine if p.said]
        if (party, axis) in waits and not aloud:
            sides[1].append((party, True))
            continue
        first = min((p.weight for p in mine), default=0)
        shown = aloud or [p for p in mine if p.weight == first]
        ways = {_way(p, level) for p in shown}
        ways = ways - {0} or ways
        if not aloud and shown and _hangs(case, party, first):
            ways = {0}
        if ways:
            side = 2 if ways == {1} else 0 if ways == {-1} else 1
            sides[side].append((party, bool(aloud)))
    return Stance(axis, level, *map(tuple, sides))


def _way(one: Position, level: int) -> int:
    """Return whether a position is for a level or more, against it, or neither."""
    if min(one.levels) >= level:
        return 1
    return -1 if max(one.levels) < level else 0


def _hangs(case: Case, party: int, place: int) -> bool:
    """Whether the wish at a place, from 1, is one that hangs on something."""
    wants = case.parties[party].preferences
    if not isinstance(wants, Statements) or not 0 < place <= len(wants.statements):
        return False
    return not _certain(case, wants.statements[place - 1].formula, True)


def _certain(case: Case, formula: fm.Formula, up: bool) -> bool:
    """Whether a formula, or its opposite, asks for every option in it whatever else is done."""
    match formula:
        case fm.OptionIs():
            return True
        case fm.OutcomeIs(name):
            return _certain(case, case.outcome_named[name].formula, up)
        case fm.Not(operand):
            return _certain(case, operand, not up)
        case fm.And(operands) if up:
            return all(_certain(case, o, up) for o in operands)
        case fm.Or(operands) if not up:
            return all(_certain(case, o, up) for o in operands)
    return False


def drawn(context: Context) -> Iterator[Plate]:
    """Yield who is for what; nothing where nobody says or wants anything of an option."""
    found = stances(context.answers.case)
    if not found:
        return
    found.sort(key=lambda s: -s.dispute)
    left = max(len(found) - MOST, 0)
    found = found[:MOST]
    groups = (
        ("They pull apart", [s for s in found if s.dispute]),
        ("One waits for another", [s for s in found if not s.dispute and s.only_if]),
        ("They agree, or one alone cares", [s for s in found if not s.dispute and not s.only_if]),
    )
    heads = ("What could be done", "against", "only if", "for")
    rows = [Row(tuple(Spot((text,)) for text in heads), "head")]
    for title, those in groups:
        if those:
            rows.append(Row((Spot((title,)),), "group"))
            rows += [_row(context, stance) for stance in those]
    if left:
        rows.append(Row((Spot((f"{left:,} more, less disputed, are left out here.",)),), "line"))
    marks = (glyphs.one(0), "said aloud"), (glyphs.one(0, full=False), "as the model has it")
    yield Plate(
        "positions",
        _finding(context, found),
        "The parties for it stand at the right, those against it at the left, and those that make "
        "it depend on something else between them. A full shape was said aloud, and a hollow one "
        "is a wish of the model. The most disputed comes first.",
        (2.6, 1.0, 0.8, 1.0),
        tuple(rows),
        (*key(context), *marks),
    )


def _row(context: Context, stance: Stance) -> Row:
    party, option = context.answers.case.options[stance.axis]
    english = context.english
    deed = english.any_level(party.name, option)
    if len(option.levels) > 2 or option.deeds:
        deed = english.deed(party.name, option, stance.level)
    told = f"{english.party(party.name)} {deed.say()}"
    cells = [
        Spot(glyph=_crowd(context, side, what))
        for side, what in (
            (stance.against, "against"),
            (stance.only_if, "only if"),
            (stance.for_, "for"),
        )
    ]
    return Row((Spot((sentence(told),)), *cells))


def _crowd(context: Context, side: tuple[tuple[int, bool], ...], what: str) -> Glyph:
    told = f"{what}: {list_of(context, [p for p, _ in side])}" if side else ""
    return glyphs.crowd(side, told)


def _finding(context: Context, found: Sequence[Stance]) -> Inline:
    top = [s for s in found if s.dispute]
    if not top:
        return ("Nothing that could be done divides them.",)
    party, option = context.answers.case.options[top[0].axis]
    deed = context.english.deed(party.name, option, top[0].level)
    told = context.english.party(party.name)
    does = context.english.agree([party.name], "does", "do")
    which = f"{told} {deed.say('ing')}" if not deed.denied else f"what {told} {does}"
    return (f"They are most divided over {which}.",)
