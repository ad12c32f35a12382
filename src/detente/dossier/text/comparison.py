"""What differs between two profiles, told alike for what-ifs and for two dated cases."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.model import Case
from detente.dossier.formula_words import FormulaWords
from detente.dossier.tables.broker import cost_text, lacking_lines, risk_change
from detente.dossier.words import level_phrase, plural
from detente.stability.patterns import Pattern, cover
from detente.wayout.compare import Comparison, Shift

SHOWN_PATTERNS = 6


def consequences(found: Comparison) -> list[str]:
    """Return what follows: only what differs is told."""
    lines = [*_deadlock(found), *_path(found)]
    for shift in found.shifts:
        lines += _equilibria(found, shift)
    lines += [f"(Not worked out: {line})" for line in dict.fromkeys(_lacking(found))]
    return lines or ["Nothing follows from it: knots, cost, risk and equilibria are as they were."]


def _lacking(found: Comparison) -> Iterator[str]:
    for standing in (found.before, found.after):
        yield from lacking_lines(standing)


def _deadlock(found: Comparison) -> Iterator[str]:
    old, new = found.before.deadlock, found.after.deadlock
    if old is None or new is None:
        return
    if old.verdict != new.verdict:
        told = {
            "deadlock": "what was said stands in the way",
            "open": "nothing said stands in the way",
            "impossible": "the rules exclude it",
            "holds": "it is so today",
        }
        yield f"Deadlock: before, {told[old.verdict]}; now, {told[new.verdict]}."
    for title, knots, standing in (
        ("Knot dissolved", found.knots_gone, old),
        ("Knot new", found.knots_new, new),
    ):
        for knot in knots:
            words = FormulaWords(standing.case)
            yield f"{title}: {'; '.join(words.said(standing.said(name)) for name in knot)}."
    if old.cost != new.cost:
        yield f"Cheapest concession: {cost_text(old)} → {cost_text(new)}."


def _path(found: Comparison) -> Iterator[str]:
    old, new = found.before, found.after
    if any(p.target is None or p.case.status_quo is None for p in (old, new)):
        return
    if old.exposure != new.exposure:
        yield f"What the best path risks at most: {risk_change(old.exposure, new.exposure)}."
    if old.without_joint != new.without_joint:
        change = risk_change(old.without_joint, new.without_joint)
        yield f"The same where nobody moves together with others: {change}."


def _equilibria(found: Comparison, shift: Shift) -> Iterator[str]:
    in_target = [p.holding_in_target(shift.concept) for p in (found.before, found.after)]
    if in_target[0] != in_target[1]:
        yield (
            f"States of the target that hold under {shift.concept}: "
            f"{in_target[0]} → {in_target[1]}."
        )
    if not (shift.gained.any() or shift.lost.any() or shift.excluded):
        return
    counts = f"{shift.before:,} → {shift.after:,}" if shift.before != shift.after else "other ones"
    yield f"Equilibria under {shift.concept}: {counts}."
    for title, states in (("gained", shift.gained), ("lost", shift.lost)):
        covered = cover(states, shift.feasible | states, space=shift.space, limit=SHOWN_PATTERNS)
        for pattern, count in zip(covered.patterns, covered.counts, strict=True):
            told = _pattern(found.after.case, shift.options, pattern)
            yield f"  - {title}: {told} ({plural(count, 'state')})"
        if covered.left_out:
            yield f"  - {title}: and {plural(covered.left_out, 'more state')}"
    if shift.excluded:
        yield f"  - {plural(shift.excluded, 'former one')} can no longer be"
    if len(shift.options) < len(found.after.case.option_names):
        yield "    (seen over the options that both cases have)"


def _pattern(case: Case, options: tuple[str, ...], pattern: Pattern) -> str:
    fixed = dict(zip(options, pattern, strict=True))
    phrases = [
        f"{party.label} {level_phrase(option, level)}"
        for name, (party, option) in zip(case.option_names, case.options, strict=True)
        if (level := fixed.get(name)) is not None
    ]
    return "; ".join(phrases) if phrases else "any state at all"
