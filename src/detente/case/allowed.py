"""Which changes of an option's level a case file allows, and under which conditions."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from detente.case import model, schema
from detente.case.document import Steps
from detente.case.reader import Reader, basis_of
from detente.errors import unknown


def allowed_changes(
    reader: Reader, part: schema.OptionPart, levels: tuple[str, ...], path: Steps
) -> frozenset[model.LevelChange] | None:
    """Return the allowed changes as pairs of level numbers."""
    if part.irreversible and part.changes is not None:
        reader.blame(
            "'irreversible' and 'changes' stand together; keep one of them",
            (*path, "changes"),
            key=True,
        )
    if part.irreversible:
        return frozenset(itertools.combinations(range(len(levels)), 2))
    if part.changes is None:
        return None
    free: set[model.LevelChange] = set()
    bound: dict[model.LevelChange, Steps] = {}
    for i, entry in enumerate(part.changes):
        at: Steps = (*path, "changes", i)
        if not isinstance(entry, schema.GuardPart):
            free |= _pairs(reader, dict(enumerate(entry)), levels, at)
            continue
        ends = {"from": entry.old, "to": entry.to} if entry.old else {"to": entry.to}
        pairs = _pairs(reader, ends, levels, at)
        if entry.before is None and entry.after is None:
            free |= pairs
        else:
            bound |= dict.fromkeys(pairs, at)
    for old, new in sorted(free & bound.keys()):
        message = f"the change from '{levels[old]}' to '{levels[new]}' stands here with a "
        reader.blame(f"{message}condition and elsewhere without; keep one", bound[old, new])
    return frozenset(free | bound.keys())


def _pairs(
    reader: Reader, ends: dict[Any, str], levels: tuple[str, ...], at: Steps
) -> set[model.LevelChange]:
    """Return the changes between two levels, or from any to one, as numbers of levels."""
    missing = {key: level for key, level in ends.items() if level not in levels}
    for key, level in missing.items():
        reader.blame(unknown("level", level, levels), (*at, key))
    if missing:
        return set()
    numbers = [levels.index(level) for level in ends.values()]
    if len(numbers) == 1:
        return {(old, numbers[0]) for old in range(len(levels)) if old != numbers[0]}
    if numbers[0] == numbers[1]:
        reader.blame(f"from '{levels[numbers[0]]}' to itself is no change", at)
    return {(numbers[0], numbers[1])}


def with_guards(reader: Reader, party: model.Party) -> model.Party:
    """Return a party with the conditions of its changes, which name options of everybody."""
    parts = reader.part.parties[party.name].options
    path: Steps = ("parties", party.name, "options")
    options = tuple(
        replace(option, guards=tuple(_guards(reader, option, parts[option.name], path)))
        for option in party.options
    )
    return replace(party, options=options)


def _guards(
    reader: Reader, option: model.Option, part: schema.OptionPart, path: Steps
) -> Iterator[model.Guard]:
    numbers = {level: k for k, level in enumerate(option.levels)}
    for i, entry in enumerate(part.changes or ()):
        if not isinstance(entry, schema.GuardPart) or entry.to not in numbers:
            continue
        at: Steps = (*path, option.name, "changes", i)
        before, after = (
            None if text is None else reader.formula(text, (*at, key))
            for key, text in (("if", entry.before), ("then", entry.after))
        )
        if before is not None or after is not None:
            old = numbers.get(entry.old) if entry.old else None
            yield model.Guard(numbers[entry.to], old, before, after, basis_of(entry), i)
