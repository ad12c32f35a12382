"""Names in a case file, wherever they stand: what a formula, a level or a key is put in place of.

A formula is changed where its names stand, so that what its author wrote around them stays. What
parties see and stand for names options without a formula: views, positions, intentions, doubts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

from detente.case.document import Plain, read
from detente.case.editing import Edit, Value, Way
from detente.case.formula import OptionIs, OutcomeIs, atoms, parse, parse_with_mentions

Atom: TypeAlias = OptionIs | OutcomeIs
Swap: TypeAlias = Callable[[Atom], str | None]
"""What stands for a name from now on; None where it stays."""

Place: TypeAlias = tuple[Way, OptionIs]
"""Where a file names an option without a formula, and which, with its level where one is told."""

_ATOM = {
    True: re.compile(r"\w+\s*\.\s*\w+\s*=\s*\w+"),
    False: re.compile(r"\w+\s*\.\s*\w+"),
}
"""How an option stands in a formula, with a level and without."""

_WORD = re.compile(r"\w+")

UNAWARE = "unaware"
"""In a view: the options that a party does not know of; every other key is a party."""


def plain(text: str) -> Any:
    """Return a case file as plain lists and mappings; every scalar is text."""
    return read(text, file="case.yaml").plain() or {}


def held_at(raw: Any, way: Way) -> Any:
    """Return what stands at the end of a way; nothing where it leads nowhere."""
    for step in way:
        listed = isinstance(raw, list) and isinstance(step, int) and step < len(raw)
        if not listed and not (isinstance(raw, dict) and step in raw):
            return {}
        raw = raw[step]
    return raw if raw is not None else {}


def bare(value: Any) -> Value:
    """Return what a file holds without what its reader adds."""
    if isinstance(value, dict):
        return {str(key): bare(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [bare(inner) for inner in value]
    if not isinstance(value, Plain):
        return str(value)
    if value in ("true", "false"):
        return value == "true"
    return float(value) if re.fullmatch(r"\d*\.\d+", value) else str(value)


def items(value: Any) -> Iterator[tuple[str, Any]]:
    """Yield what a mapping of a file holds; nothing where there is none."""
    yield from value.items() if isinstance(value, dict) else ()


# --- formulas -----------------------------------------------------------------------------------


def swapped(text: str, swap: Swap) -> str:
    """Return a formula with other names in it, the rest of it as it was written."""
    out = str(text)
    for mention in reversed(parse_with_mentions(text)[1]):
        new = swap(mention.atom)
        if new is None:
            continue
        option = isinstance(mention.atom, OptionIs)
        level = isinstance(mention.atom, OptionIs) and mention.atom.level is not None
        found = (_ATOM[level] if option else _WORD).match(text, mention.offset)
        assert found is not None
        whole = found.span() == (0, len(text.strip()))
        made = new[1:-1] if whole and new.startswith("(") else new
        out = out[: found.start()] + made + out[found.end() :]
    return out


def formulas_of(raw: Mapping[str, Any]) -> Iterator[tuple[Way, str, bool]]:
    """Yield where each formula of a file stands, its text, and whether it stands as a key."""
    for party, one in items(raw.get("parties")):
        for name, option in items(one.get("options") if isinstance(one, dict) else None):
            yield from _guards(option, ("parties", party, "options", name, "changes"))
    for name, one in items(raw.get("outcomes")):
        yield from _that(one, ("outcomes", name))
    for key in ("infeasible", "equivalent", "status_quo"):
        for way, one in _each(raw.get(key), (key,)):
            yield from _that(one, way, "unknown" if key == "status_quo" else "that")
    for party, wants in items(raw.get("preferences")):
        yield from _wants(wants, ("preferences", party))
    for party, other, belief in beliefs_of(raw):
        way = ("views", party, other, "preferences")
        yield from _wants(belief.get("preferences"), way)
    for key, parts in (("conditions", ("option", "needs")), ("refusals", ("refuses",))):
        for k, one in enumerate(raw.get(key) or ()):
            yield from (((key, k, part), one[part], False) for part in parts if part in one)
    risk = raw.get("risk") or {}
    for key in ("danger", "goal"):
        if key in risk:
            yield from _that(risk[key], ("risk", key))
    for way, one in _each(risk.get("what_if"), ("risk", "what_if")):
        yield from _that(one, way)
    if raw.get("target"):
        yield ("target",), raw["target"], False


def beliefs_of(raw: Mapping[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield who believes something, of whom, and what the file holds there."""
    for party, view in items(raw.get("views")):
        for other, belief in items(view):
            if other != UNAWARE and isinstance(belief, dict):
                yield party, other, belief


def _each(value: Any, way: Way) -> Iterator[tuple[Way, Any]]:
    """Yield the entries of a list, or the one thing that stands in its place."""
    if isinstance(value, list):
        yield from (((*way, k), one) for k, one in enumerate(value))
    elif value:
        yield way, value


def _guards(option: Any, way: Way) -> Iterator[tuple[Way, str, bool]]:
    changes = option.get("changes") if isinstance(option, dict) else None
    for k, one in enumerate(changes or ()):
        if isinstance(one, dict):
            yield from (((*way, k, key), one[key], False) for key in ("if", "then") if key in one)


def _that(one: Any, way: Way, key: str = "that") -> Iterator[tuple[Way, str, bool]]:
    if isinstance(one, str):
        yield way, one, False
    elif isinstance(one, dict) and isinstance(one.get(key), str):
        yield (*way, key), one[key], False


def _wants(wants: Any, way: Way) -> Iterator[tuple[Way, str, bool]]:
    if isinstance(wants, list):
        for k, one in enumerate(wants):
            if isinstance(one, dict) and "either" in one:
                yield from _wants(one["either"], (*way, k, "either"))
            else:
                yield from _that(one, (*way, k))
        return
    if not isinstance(wants, dict):
        return
    yield from _wants(wants.get("statements"), (*way, "statements"))
    for formula in wants.get("weights") or ():
        yield (*way, "weights", formula), formula, True
    for k, group in enumerate(wants.get("ranking") or ()):
        yield from ((at, one, False) for at, one in _each(group, (*way, "ranking", k)))
    for name, reading in items(wants.get("readings")):
        yield from _wants(reading, (*way, "readings", name))


# --- options that are named without a formula -----------------------------------------------------


def stances_of(raw: Mapping[str, Any]) -> Iterator[Place]:
    """Yield each position and intention: the key is an option, the value its level."""
    for party, said in items(raw.get("positions")):
        yield from _stances(said, ("positions", party))
    yield from _stances(raw.get("intentions"), ("intentions",))


def _stances(said: Any, way: Way) -> Iterator[Place]:
    for text, level in items(said):
        for atom in _option(text):
            yield (*way, text), OptionIs(atom.party, atom.option, str(level))


def mentions_of(raw: Mapping[str, Any]) -> Iterator[Place]:
    """Yield each option in a list of those that somebody does not know of, or does not believe."""
    for party, view in items(raw.get("views")):
        unaware = view.get(UNAWARE) if isinstance(view, dict) else None
        for way, text in _each(unaware, ("views", party, UNAWARE)):
            yield from ((way, atom) for atom in _option(text))
    for k, one in enumerate(raw.get("doubts") or ()):
        yield from ((("doubts", k, "option"), atom) for atom in _option(one.get("option", "")))


def _option(text: str) -> Iterator[OptionIs]:
    found = parse(text) if text else None
    if isinstance(found, OptionIs):
        yield found


# --- other names ----------------------------------------------------------------------------------


def swaps(raw: Mapping[str, Any], swap: Swap) -> Iterator[Edit]:
    """Yield the edits that put other names into everything that a file says of options."""
    for way, text, is_key in formulas_of(raw):
        new = swapped(text, swap)
        if new != text:
            yield Edit("rename", way, to=new) if is_key else Edit("put", way, new)
    for way, atom in stances_of(raw):
        yield from _stance_swapped(raw, way, _instead(atom, swap))
    again: list[Edit] = []
    for way, atom in mentions_of(raw):
        first, *more = _instead(atom, swap) or (atom,)
        if first != atom:
            yield Edit("put", way, named(first))
        again += [_once_more(raw, way, one) for one in more]
    yield from again


def _instead(atom: OptionIs, swap: Swap) -> tuple[OptionIs, ...]:
    """Return the options that stand for one from now on; none where it stays."""
    new = swap(atom)
    found = atoms(parse(new)) if new is not None else ()
    return tuple(one for one in found if isinstance(one, OptionIs))


def _stance_swapped(
    raw: Mapping[str, Any], way: Way, instead: tuple[OptionIs, ...]
) -> Iterator[Edit]:
    """Yield the edits by which a stance is one on other options; of two on one the first counts."""
    if not instead:
        return
    held, key = held_at(raw, way[:-1]), way[-1]
    first, *more = instead
    if named(first) != key and named(first) in held:
        yield Edit("drop", way)
    elif named(first) != key:
        yield Edit("rename", way, to=named(first))
    if first.level != held[key] and (named(first) == key or named(first) not in held):
        yield Edit("put", (*way[:-1], named(first)), first.level)
    for one in more:
        yield Edit("put", (*way[:-1], named(one)), one.level)


def _once_more(raw: Mapping[str, Any], way: Way, option: OptionIs) -> Edit:
    """Return the edit that names one option more at the end of a list."""
    if way[0] != "doubts":
        base = way[:3]
        held = held_at(raw, base)
        return Edit("insert", (*base, len(held)), named(option))
    doubts = held_at(raw, ("doubts",))
    one: Value = {"party": str(held_at(raw, (*way[:2], "party"))), "option": named(option)}
    return Edit("insert", ("doubts", len(doubts)), one)


def named(option: OptionIs) -> str:
    """Return an option as a file names it, without a level."""
    return f"{option.party}.{option.option}"
