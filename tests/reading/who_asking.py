"""Ask in a test whom some words of a short text mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from detente.reading.actors import PartyNames
from detente.reading.analysis import parser
from detente.reading.analysis.model import Parsed, Unit
from detente.reading.report import Report
from detente.reading.who.model import Who
from detente.reading.who.world import World


def analysed(reports: Mapping[str, str], date: str = "") -> list[Parsed]:
    """Return reports, by name, in units that the parser has seen."""
    return parser.analysed([Report(name, name, text, "", date) for name, text in reports.items()])


def who(
    text: str, words: str, date: str = "", parties: Iterable[PartyNames] = (), nth: int = 0
) -> Who:
    """Return whom words of a text mean, the ``nth`` time that they stand there."""
    parsed = analysed({"one": text}, date)
    return meant(World(parsed, parties=parties), parsed[0], words, nth)


def meant(world: World, parsed: Parsed, words: str, nth: int = 0) -> Who:
    """Return whom words of a report mean; what stands behind ``|`` only says where."""
    asked, whole = words.partition("|")[0], words.replace("|", "")
    at = -1
    for _ in range(nth + 1):
        at = parsed.text.index(whole, at + 1)
    for unit in parsed.units:
        if unit.kind == "turn" and unit.speaker is not None:
            speaks = world.person_who(unit.speaker.label, unit.speaker.side, parsed)
            world.holders[(parsed.name, unit.number)] = speaks
        tokens = [t for t in _tokens(unit) if at <= unit.where(t) < at + len(asked)]
        if tokens:
            inside = {t.i for t in tokens}
            heads = [t for t in tokens if t.head.i not in inside or t.head.i == t.i]
            return world.who(heads[0], unit, parsed)
    raise AssertionError(f"{words!r} stands in no unit")


def _tokens(unit: Unit) -> Sequence:  # type: ignore[type-arg]
    return list(unit.doc) if unit.doc is not None else []
