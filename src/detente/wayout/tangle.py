"""What pulls at what in a knot: the options its members speak about, and which way they pull.

A knot says only that some things said cannot all be kept. Here it is taken apart for people to
see where they meet: a condition or refusal asks for a formula; each option in that formula is
pulled towards some levels and away from the others.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from detente.case import formula as fm
from detente.case.model import Case, Condition
from detente.wayout.deadlock import Deadlock

TARGET = ""
"""The id that stands for the target among those of what was said."""


@dataclass(frozen=True, slots=True)
class Strand:
    """One pull at one option.

    Parameters
    ----------
    said : str
        Id of the condition or refusal; :data:`TARGET` for the target.
    axis : int
        The option.
    levels : frozenset of int
        Where it is pulled to.
    """

    said: str
    axis: int
    levels: frozenset[int]


@dataclass(frozen=True, slots=True)
class Tangle:
    """A knot taken apart.

    Parameters
    ----------
    members : tuple of str
        Ids of what was said.
    strands : tuple of Strand
        What members ask for, and what the target asks for of the same options.
    opens : tuple of (int, str)
        An option of ``strands`` and a condition of the knot that comes to bear when it is used.
    clashes : tuple of int
        The options pulled to levels that exclude each other. None at all means that each pull
        could be followed, were it not for the rules of the case.
    """

    members: tuple[str, ...]
    strands: tuple[Strand, ...]
    opens: tuple[tuple[int, str], ...]
    clashes: tuple[int, ...]

    @property
    def axes(self) -> tuple[int, ...]:
        """The options that are pulled at, in the order in which members speak of them."""
        return tuple(dict.fromkeys(s.axis for s in self.strands if s.said != TARGET))


def tangle(found: Deadlock, knot: tuple[str, ...]) -> Tangle:
    """Return a knot taken apart.

    Parameters
    ----------
    found : Deadlock
        The answer the knot belongs to.
    knot : tuple of str
        Ids of conditions and refusals.

    Notes
    -----
    If no option is pulled to levels that exclude each other, the state in which every option
    follows all its pulls would grant everything asked for; so it is the rules that exclude it.
    """
    case = found.case
    strands: list[Strand] = []
    opens: list[tuple[int, str]] = []
    for name in knot:
        said = found.said(name)
        asked = said.needs if isinstance(said, Condition) else fm.Not(said.refuses)
        strands += (Strand(name, axis, levels) for axis, levels in pulls(case, asked))
    spoken = {s.axis for s in strands}
    wanted = [Strand(TARGET, axis, levels) for axis, levels in pulls(case, found.target)]
    everything = [*strands, *wanted]
    clashes = tuple(
        axis
        for axis in dict.fromkeys(s.axis for s in everything)
        if not frozenset.intersection(*(s.levels for s in everything if s.axis == axis))
    )
    for name in knot:
        said = found.said(name)
        if isinstance(said, Condition):
            bearing = dict.fromkeys(axis for axis, _ in pulls(case, said.option))
            opens += ((axis, name) for axis in bearing if axis in spoken)
    strands += (s for s in wanted if s.axis in spoken)
    return Tangle(knot, tuple(strands), tuple(opens), clashes)


def pulls(case: Case, formula: fm.Formula) -> tuple[tuple[int, frozenset[int]], ...]:
    """Return each option in a formula, outcomes looked into, with the levels it is pulled to.

    An option that is pulled both ways stands there twice.
    """
    return tuple(dict.fromkeys(_pulls(case, formula, True, set())))


def _pulls(
    case: Case, formula: fm.Formula, up: bool, met: set[tuple[str, bool]]
) -> Iterator[tuple[int, frozenset[int]]]:
    """Yield the pulls of a formula, or of its opposite; ``met`` are outcomes looked into."""
    match formula:
        case fm.OptionIs(party, option, level):
            axis = case.axis_of[party, option]
            levels = case.options[axis][1].levels
            named = set(range(1, len(levels))) if level is None else {levels.index(level)}
            yield axis, frozenset(named if up else set(range(len(levels))) - named)
        case fm.OutcomeIs(name):
            if (name, up) not in met:
                met.add((name, up))
                yield from _pulls(case, case.outcome_named[name].formula, up, met)
        case fm.Not(operand):
            yield from _pulls(case, operand, not up, met)
        case fm.And(operands) | fm.Or(operands):
            for operand in operands:
                yield from _pulls(case, operand, up, met)
        case fm.If(then, given):
            yield from _pulls(case, given, not up, met)
            yield from _pulls(case, then, up, met)
        case fm.Iff(left, right):
            for side in (left, right):
                yield from _pulls(case, side, True, met)
                yield from _pulls(case, side, False, met)
