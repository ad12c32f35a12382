"""Which options a formula speaks about, and to which levels it pulls each of them."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case import formula as fm
from detente.case.model import Case


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
