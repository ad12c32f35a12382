"""Two cases side by side: what differs in what is written, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from detente.case import formula as fm
from detente.case.model import (
    Case,
    Condition,
    Option,
    Party,
    Preferences,
    Ranking,
    Statements,
    Weights,
)
from detente.graph.model import BoolArray
from detente.wayout.deadlock import Said, everything_said
from detente.wayout.profile import Profile

How: TypeAlias = Literal["new", "gone", "changed", "moved"]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is written otherwise in the later case.

    Parameters
    ----------
    what : str
        ``party``, ``option``, ``outcome``, ``rule``, ``status_quo``, ``preferences``,
        ``statement``, ``condition`` or ``refusal``.
    how : str
        ``new``, ``gone``, ``changed`` or ``moved``.
    party : str
        Whose, or empty.
    name : str
        Which: a name, or a formula's text.
    before, after : str
        The old and the new value, where there is one.
    """

    what: str
    how: How
    party: str
    name: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, eq=False)
class Shift:
    """The states that hold in one of two cases only, seen over the options both have.

    Parameters
    ----------
    concept : str
        Under which they hold.
    options : tuple of str
        The shared options, in the order of the later case: the axes of the arrays.
    gained, lost : bool arrays
        Assignments of these options that hold, with something, only after, or only before though
        they can still be.
    excluded : int
        Assignments that held before and can no longer be.
    feasible : bool array
        Assignments that can be in either case.
    before, after : int
        The number of equilibria in each case, all its options counted.
    """

    concept: str
    options: tuple[str, ...]
    gained: BoolArray
    lost: BoolArray
    excluded: int
    feasible: BoolArray
    before: int
    after: int


@dataclass(frozen=True, eq=False)
class Comparison:
    """Two cases and what differs.

    Parameters
    ----------
    before, after : Profile
        Where each stands towards the target.
    changes : tuple of Change
        What is written otherwise.
    shifts : tuple of Shift
        For each concept worked out for both.
    knots_gone, knots_new : tuple of tuple of str
        By the ids of the case they stand in; knots are the same where the same was said.
    """

    before: Profile
    after: Profile
    changes: tuple[Change, ...]
    shifts: tuple[Shift, ...]
    knots_gone: tuple[tuple[str, ...], ...]
    knots_new: tuple[tuple[str, ...], ...]


def compare(before: Profile, after: Profile) -> Comparison:
    """Return what differs between two cases of one stand-off."""
    old, new = (_spelled_knots(p) for p in (before, after))
    return Comparison(
        before,
        after,
        tuple(changes(before.case, after.case)),
        tuple(_shifts(before, after)),
        tuple(ids for what, ids in old.items() if what not in new),
        tuple(ids for what, ids in new.items() if what not in old),
    )


def changes(before: Case, after: Case) -> Iterator[Change]:
    """Yield what is written otherwise in the later case, in the order of a case file."""
    yield from _named("party", "", *({p.name: p.label for p in c.parties} for c in (before, after)))
    for party in after.parties:
        if party.name in before.party_names:
            old = before.party(party.name)
            options = ({o.name: _option(o) for o in p.options} for p in (old, party))
            yield from _named("option", party.name, *options)
    outcomes = ({o.name: fm.to_text(o.formula) for o in c.outcomes} for c in (before, after))
    yield from _named("outcome", "", *outcomes)
    rules = ({fm.to_text(r.formula): "" for r in c.infeasible} for c in (before, after))
    yield from _named("rule", "", *rules)
    yield from _named("status_quo", "", _today(before, after), _today(after, before))
    for party in after.parties:
        if party.name in before.party_names:
            yield from _preferences(before.party(party.name), party)
    for what in ("condition", "refusal"):
        yield from _voices(what, before, after)


def _named(what: str, party: str, old: dict[str, str], new: dict[str, str]) -> Iterator[Change]:
    for name in [*old, *(n for n in new if n not in old)]:
        if name not in new:
            yield Change(what, "gone", party, name, before=old[name])
        elif name not in old:
            yield Change(what, "new", party, name, after=new[name])
        elif old[name] != new[name]:
            yield Change(what, "changed", party, name, old[name], new[name])


def _option(option: Option) -> str:
    """Spell out what an option is, so that any difference shows."""
    one_way = ", irreversible" if option.irreversible else ""
    if option.changes is not None and not option.irreversible:
        pairs = sorted(option.changes)
        one_way = ", changes " + " ".join(
            f"{option.levels[a]}→{option.levels[b]}" for a, b in pairs
        )
    return f"{option.label} ({', '.join(option.levels)}{one_way})"


def _today(case: Case, other: Case) -> dict[str, str]:
    """Return the level of every option today, of those that both cases have."""
    if case.status_quo is None:
        return {}
    today = zip(case.option_names, case.options, case.status_quo, strict=True)
    return {name: o.levels[at] for name, (_, o), at in today if name in other.option_names}


def _preferences(old: Party, new: Party) -> Iterator[Change]:
    if not (isinstance(old.preferences, Statements) and isinstance(new.preferences, Statements)):
        spelled = [_spelled(p.preferences) for p in (old, new)]
        if spelled[0] != spelled[1]:
            yield Change("preferences", "changed", new.name, "", *spelled)
        return
    was, now = (
        [fm.to_text(s.formula) for s in p.statements] for p in (old.preferences, new.preferences)
    )
    for k, text in enumerate(was):
        if text not in now:
            yield Change("statement", "gone", new.name, text, before=str(k + 1))
    stayed = _in_order([was.index(t) for t in now if t in was])
    for k, text in enumerate(now):
        if text not in was:
            yield Change("statement", "new", new.name, text, after=str(k + 1))
        elif was.index(text) not in stayed:
            yield Change("statement", "moved", new.name, text, str(was.index(text) + 1), str(k + 1))


def _in_order(numbers: Sequence[int]) -> frozenset[int]:
    """Return a longest rising part of some numbers: what need not have moved."""
    best: list[tuple[int, ...]] = []
    for number in numbers:
        lower = [chain for chain in best if chain[-1] < number]
        best.append((*_longest(lower), number))
    return frozenset(_longest(best))


def _longest(chains: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    return max(chains, key=len) if chains else ()


def _spelled(preferences: Preferences) -> str:
    match preferences:
        case Statements(statements):
            return "; ".join(fm.to_text(s.formula) for s in statements)
        case Weights(weights):
            return "; ".join(f"{fm.to_text(f)}: {w}" for f, w in weights)
        case Ranking(groups):
            return "; ".join(" = ".join(map(fm.to_text, group)) for group in groups)


def _voices(what: str, before: Case, after: Case) -> Iterator[Change]:
    def told(case: Case) -> dict[tuple[str, str], str]:
        voices = case.conditions if what == "condition" else case.refusals
        return {(s.party, words(s)): f"firmness {s.firmness}" for s in voices}

    old, new = told(before), told(after)
    for party, text in [*old, *(n for n in new if n not in old)]:
        pairs = ({text: side[party, text]} if (party, text) in side else {} for side in (old, new))
        yield from _named(what, party, *pairs)


def words(said: Said) -> str:
    """Return what was said as text, whatever its id."""
    if isinstance(said, Condition):
        return f"{fm.to_text(said.option)} only if {fm.to_text(said.needs)}"
    return f"never {fm.to_text(said.refuses)}"


def _spelled_knots(standing: Profile) -> dict[frozenset[tuple[str, str]], tuple[str, ...]]:
    voices = {s.id: (s.party, words(s)) for s in everything_said(standing.case)}
    return {frozenset(voices[name] for name in knot): knot for knot in standing.knots}


def _shifts(before: Profile, after: Profile) -> Iterator[Shift]:
    if before.graph is None or after.graph is None:
        return
    old = {f"{p.name}.{o.name}": o.levels for p, o in before.case.options}
    shared = tuple(
        f"{p.name}.{o.name}"
        for p, o in after.case.options
        if old.get(f"{p.name}.{o.name}") == o.levels
    )
    can = [_over(shared, p.case, p.graph.feasible) for p in (before, after) if p.graph is not None]
    for concept, now in after.equilibria:
        was = before.holding(concept)
        if was is not None:
            a, b = _over(shared, before.case, was), _over(shared, after.case, now)
            counts = (int(np.count_nonzero(x)) for x in (was, now))
            excluded = int(np.count_nonzero(a & ~can[1]))
            lost = a & ~b & can[1]
            yield Shift(concept, shared, b & ~a, lost, excluded, can[0] | can[1], *counts)


def _over(shared: Sequence[str], case: Case, states: BoolArray) -> BoolArray:
    """Return which assignments of some options occur in a set of states."""
    names = list(case.option_names)
    rest = tuple(axis for axis, name in enumerate(names) if name not in shared)
    left = [name for name in names if name in shared]
    found: BoolArray = np.asarray(np.any(states, axis=rest) if rest else states)
    return found.transpose([left.index(name) for name in shared])
