"""What is written otherwise in a later case of one stand-off than in an earlier one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Literal, TypeAlias

from detente.case import formula as fm
from detente.case.lines import Line, guarded, lines
from detente.case.model import (
    Basis,
    Case,
    Option,
    Party,
    Preferences,
    Ranking,
    Statements,
    Weights,
)

How: TypeAlias = Literal["new", "gone", "changed", "moved"]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is written otherwise in the later case.

    Parameters
    ----------
    what : str
        ``party``, ``option``, ``outcome``, ``rule``, ``status_quo``, ``preferences``,
        ``statement``, ``condition``, ``refusal``, ``target``, ``risk``, ``what_if`` or ``besides``.
    how : str
        ``new``, ``gone``, ``changed`` or ``moved``.
    party : str
        Whose, or empty.
    name : str
        Which: a name, or a formula's text; of ``risk`` the key, such as ``danger``, of ``besides``
        the key whose content is compared as a whole, such as ``views``.
    before, after : str
        The old and the new value, where there is one.
    """

    what: str
    how: How
    party: str
    name: str
    before: str = ""
    after: str = ""


def changes(before: Case, after: Case) -> Iterator[Change]:
    """Yield what is written otherwise in the later case, in the order of a case file."""
    yield from _named("party", "", *({p.name: p.label for p in c.parties} for c in (before, after)))
    for party in after.parties:
        if party.name in before.party_names:
            old = before.party(party.name)
            options = ({o.name: _option(o) for o in p.options} for p in (old, party))
            yield from _named("option", party.name, *options)
    yield from _written(before, after, "outcome", "rule")
    yield from _named("status_quo", "", _today(before, after), _today(after, before))
    for party in after.parties:
        if party.name in before.party_names:
            yield from _preferences(before.party(party.name), party)
    yield from _written(before, after, "condition", "refusal", "target", "risk", "what_if")
    for key in BESIDES:
        was, now = (_bare(getattr(case, key)) for case in (before, after))
        if was != now:
            yield Change("besides", "changed" if was and now else "new" if now else "gone", "", key)


BESIDES = ("equivalent", "open_today", "views", "attitudes", "positions", "intentions", "doubts")
"""What else of a case answers hang on, compared as a whole."""


def _bare(value: object) -> object:
    """Return what is said, without what it rests on and where it stands."""
    if isinstance(value, tuple):
        return tuple(map(_bare, value))
    if not is_dataclass(value) or isinstance(value, Basis):
        return "" if isinstance(value, Basis) else value
    return (type(value).__name__, *(_bare(getattr(value, f.name)) for f in fields(value)))


def _written(before: Case, after: Case, *kinds: str) -> Iterator[Change]:
    """Yield the changes among lines of some kinds, whose order in the file means nothing."""
    old, new = ({key: v for line in lines(c) for key, v in _entry(line)} for c in (before, after))
    for kind in kinds:
        for what, party, name in [*old, *(key for key in new if key not in old)]:
            if what == kind:
                was, now = (side.get((what, party, name)) for side in (old, new))
                sides = ({} if value is None else {name: value} for value in (was, now))
                yield from _named(what, party, *sides)


def _entry(line: Line) -> Iterator[tuple[tuple[str, str, str], str]]:
    """Yield what a line is known by (its kind, whose it is, its name), and what it says."""
    match line.kind:
        case "statement" | "weight" | "group" | "guard" | "equivalent":
            return  # of preferences the order is what matters; a guard is part of its option
        case "outcome":
            yield (line.kind, "", line.name), line.said
        case "rule" | "what_if":
            yield (line.kind, "", line.said), ""
        case "condition" | "refusal":
            yield (line.kind, line.party, line.said), line.value
        case "target":
            yield (line.kind, "", ""), line.said
        case kind:
            yield ("risk", line.party, kind), line.said


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
        pairs = sorted(option.changes - option.guarded)
        told = [f"{option.levels[a]}→{option.levels[b]}" for a, b in pairs]
        told += [guarded(guard, option.levels) for guard in option.guards]
        one_way = f", changes {'; '.join(told) if option.guards else ' '.join(told)}"
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
    if was == now and _bare((old.preferences, old.readings)) != _bare(
        (new.preferences, new.readings)
    ):
        yield Change("preferences", "changed", new.name, "")
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
