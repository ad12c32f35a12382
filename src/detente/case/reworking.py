"""Changes that touch a case in many places at once: renaming, merging, splitting, deleting.

Each returns the edits of the file that make it; nothing is written here. A formula is changed where
its names stand, so that what its author wrote around them stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, TypeAlias

from detente.case.document import read
from detente.case.editing import Edit, EditError, Way
from detente.case.formula import OptionIs, OutcomeIs, atoms, parse, parse_with_mentions, to_text
from detente.case.lines import Line, lines
from detente.case.model import Case
from detente.case.names import identifier_fault

Atom: TypeAlias = OptionIs | OutcomeIs
Swap: TypeAlias = Callable[[Atom], str | None]
"""What stands for a name from now on; None where it stays."""

Names: TypeAlias = Collection[tuple[str, str]]
"""Options, each as its party's name and its own."""

Edits: TypeAlias = tuple[Edit, ...]

_ATOM = {
    True: re.compile(r"\w+\s*\.\s*\w+\s*=\s*\w+"),
    False: re.compile(r"\w+\s*\.\s*\w+"),
}
"""How an option stands in a formula, with a level and without."""

_WORD = re.compile(r"\w+")


def plain(text: str) -> Any:
    """Return a case file as plain lists and mappings; every scalar is text."""
    return read(text, file="case.yaml").plain() or {}


# --- formulas in a file -------------------------------------------------------------------------


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
    for party, one in _items(raw.get("parties")):
        for name, option in _items(one.get("options") if isinstance(one, dict) else None):
            yield from _guards(option, ("parties", party, "options", name, "changes"))
    for name, one in _items(raw.get("outcomes")):
        yield from _that(one, ("outcomes", name))
    for key in ("infeasible", "status_quo"):
        for k, one in enumerate(raw.get(key) or ()):
            yield from _that(one, (key, k), "unknown" if key == "status_quo" else "that")
    for party, wants in _items(raw.get("preferences")):
        yield from _wants(wants, ("preferences", party))
    for key, parts in (("conditions", ("option", "needs")), ("refusals", ("refuses",))):
        for k, one in enumerate(raw.get(key) or ()):
            yield from (((key, k, part), one[part], False) for part in parts if part in one)
    risk = raw.get("risk") or {}
    for key in ("danger", "goal"):
        if key in risk:
            yield from _that(risk[key], ("risk", key))
    for k, one in enumerate(risk.get("what_if") or ()):
        yield from _that(one, ("risk", "what_if", k))
    if raw.get("target"):
        yield ("target",), raw["target"], False


def _guards(option: Any, way: Way) -> Iterator[tuple[Way, str, bool]]:
    changes = option.get("changes") if isinstance(option, dict) else None
    for k, one in enumerate(changes or ()):
        if isinstance(one, dict):
            yield from (((*way, k, key), one[key], False) for key in ("if", "then") if key in one)


def _items(value: Any) -> Iterator[tuple[str, Any]]:
    yield from (value or {}).items()


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
        at = (*way, "ranking", k)
        if isinstance(group, list):
            yield from (((*at, j), one, False) for j, one in enumerate(group))
        else:
            yield at, group, False
    for name, reading in _items(wants.get("readings")):
        yield from _wants(reading, (*way, "readings", name))


def swaps(raw: Mapping[str, Any], swap: Swap) -> Iterator[Edit]:
    """Yield the edits that put other names into every formula of a file."""
    for way, text, is_key in formulas_of(raw):
        new = swapped(text, swap)
        if new != text:
            yield Edit("rename", way, to=new) if is_key else Edit("put", way, new)


# --- renaming -----------------------------------------------------------------------------------


def rename_party(raw: Mapping[str, Any], old: str, new: str) -> Edits:
    """Return the edits by which a party goes by another name in every formula."""
    need_name("a party", new, raw.get("parties") or {})
    edits = list(swaps(raw, lambda a: _renamed(a, old, new)))
    edits += owned(raw, old, new)
    edits += [
        Edit("rename", (*way, old), to=new)
        for way in (("parties",), ("preferences",), ("risk", "misstep"), ("risk", "tempo"))
        if old in held_at(raw, way)
    ]
    return tuple(edits)


def _renamed(atom: Atom, old: str, new: str) -> str | None:
    if not isinstance(atom, OptionIs) or atom.party != old:
        return None
    return to_text(OptionIs(new, atom.option, atom.level))


def owned(raw: Mapping[str, Any], old: str, new: str) -> Iterator[Edit]:
    """Yield the edits by which what was said, and who has to talk, names another party."""
    for key in ("conditions", "refusals"):
        for k, one in enumerate(raw.get(key) or ()):
            if one.get("party") == old:
                yield Edit("put", (key, k, "party"), new)
    talks = list(raw.get("talks") or ())
    if old in talks and new in talks:
        yield Edit("drop", ("talks", talks.index(old)))
    elif old in talks:
        yield Edit("put", ("talks", talks.index(old)), new)


def rename_option(raw: Mapping[str, Any], party: str, old: str, new: str) -> Edits:
    """Return the edits by which an option goes by another name in every formula."""
    way = ("parties", party, "options")
    need_name("an option", new, held_at(raw, way))
    moved = swap_options({(party, old): (party, new)})
    return (*swaps(raw, moved), Edit("rename", (*way, old), to=new))


def swap_options(new: Mapping[tuple[str, str], tuple[str, str]]) -> Swap:
    """Return what puts options, by party and name, in the place of others."""

    def swap(atom: Atom) -> str | None:
        if not isinstance(atom, OptionIs) or (atom.party, atom.option) not in new:
            return None
        return to_text(OptionIs(*new[atom.party, atom.option], atom.level))

    return swap


def rename_level(raw: Mapping[str, Any], party: str, option: str, old: str, new: str) -> Edits:
    """Return the edits by which a level goes by another name in every formula."""
    way = ("parties", party, "options", option)
    levels = held_at(raw, (*way, "levels"))
    need_name("a level", new, levels, words=True)
    if old not in levels:
        raise EditError(f"'{option}' has no level '{old}' of its own")

    def swap(atom: Atom) -> str | None:
        if not isinstance(atom, OptionIs) or (atom.party, atom.option, atom.level) != (
            party, option, old,
        ):  # fmt: skip
            return None
        return to_text(OptionIs(party, option, new))

    edits = list(swaps(raw, swap))
    for k, one in enumerate(held_at(raw, (*way, "changes"))):
        named = (
            enumerate(one) if isinstance(one, list) else ((j, one.get(j)) for j in ("from", "to"))
        )
        edits += [Edit("put", (*way, "changes", k, j), new) for j, level in named if level == old]
    if isinstance(levels, dict):
        edits.append(Edit("rename", (*way, "levels", old), to=new))
    else:
        edits.append(Edit("put", (*way, "levels", list(levels).index(old)), new))
    return tuple(edits)


def rename_outcome(raw: Mapping[str, Any], old: str, new: str) -> Edits:
    """Return the edits by which an outcome goes by another name in every formula."""
    need_name("an outcome", new, raw.get("outcomes") or {})
    swap: Swap = lambda atom: new if atom == OutcomeIs(old) else None  # noqa: E731
    return (*swaps(raw, swap), Edit("rename", ("outcomes", old), to=new))


def need_name(kind: str, name: str, taken: Collection[str], *, words: bool = False) -> None:
    """Refuse a name that cannot stand in a formula, or is taken."""
    fault = identifier_fault(kind, name)
    if fault and not words:
        raise EditError(fault)
    if name in taken:
        raise EditError(f"'{name}' is there already; choose another name")


def held_at(raw: Any, way: Way) -> Any:
    """Return what stands at the end of a way; nothing where it leads nowhere."""
    for step in way:
        try:
            raw = raw[step]
        except (KeyError, IndexError, TypeError):
            return {}
    return raw if raw is not None else {}


# --- deleting -----------------------------------------------------------------------------------


def dependants(case: Case, options: Names = (), outcomes: Collection[str] = ()) -> tuple[Line, ...]:
    """Return the lines that speak of some options or outcomes, or of an outcome that does.

    Parameters
    ----------
    case : Case
        The case.
    options, outcomes : collections
        What is about to go.
    """
    gone_options, gone = set(options), set(outcomes)
    while True:
        found = [line for line in lines(case) if _speaks(line, gone_options, gone)]
        more = {line.name for line in found if line.kind == "outcome"} - gone
        if not more:
            own = {("outcomes", name) for name in outcomes}
            return tuple(line for line in found if tuple(line.path) not in own)
        gone |= more


def _speaks(line: Line, options: Collection[tuple[str, str]], outcomes: Collection[str]) -> bool:
    return any(
        atom.name in outcomes
        if isinstance(atom, OutcomeIs)
        else (atom.party, atom.option) in options
        for formula in line.formulas
        for atom in atoms(formula)
    )


def lines_of_party(case: Case, party: str) -> tuple[Line, ...]:
    """Return the lines that go with a party: its own, and those that speak of its options."""
    options = {(party, option.name) for option in case.party(party).options}
    others = {line.path for line in dependants(case, options)}
    return tuple(line for line in lines(case) if line.path in others or (line.party == party))


def delete_option(case: Case, raw: Mapping[str, Any], party: str, option: str) -> Edits:
    """Return the edits by which an option is gone, with every line that speaks of it."""
    gone = {(party, option)}
    return (
        *_dropped(line.path for line in dependants(case, gone)),
        *today_without(raw, gone),
        Edit("drop", ("parties", party, "options", option)),
    )


def delete_outcome(case: Case, name: str) -> Edits:
    """Return the edits by which an outcome is gone, with every line that speaks of it."""
    ways = [line.path for line in dependants(case, outcomes={name})]
    return tuple(_dropped([*ways, ("outcomes", name)]))


def delete_party(case: Case, raw: Mapping[str, Any], party: str) -> Edits:
    """Return the edits by which a party is gone, with its lines and those that speak of it."""
    gone = {(party, option.name) for option in case.party(party).options}
    ways = [
        line.path
        for line in lines_of_party(case, party)
        if line.path[:2] != ("preferences", party) and line.path[:2] not in FIGURES
    ]
    edits = [*_dropped(ways), *today_without(raw, gone)]
    whole = (("parties",), ("preferences",), *FIGURES)
    edits += [Edit("drop", (*way, party)) for way in whole if party in held_at(raw, way)]
    talks = list(raw.get("talks") or ())
    if party in talks:
        edits.append(Edit("drop", ("talks",) if len(talks) < 3 else ("talks", talks.index(party))))
    return tuple(edits)


FIGURES: tuple[Way, ...] = (("risk", "misstep"), ("risk", "tempo"))


def _dropped(ways: Any) -> Iterator[Edit]:
    """Yield the edits that take lines out; of a list the last first, so that places stay right."""
    for way in sorted({tuple(way) for way in ways}, key=_order, reverse=True):
        yield Edit("drop", way)


def _order(way: Way) -> list[tuple[int, int, str]]:
    return [(1, s, "") if isinstance(s, int) else (0, 0, s) for s in way]


def today_without(raw: Mapping[str, Any], gone: Names) -> Iterator[Edit]:
    """Yield the edits that take options out of what is said of today."""
    today = list(enumerate(raw.get("status_quo") or ()))
    for k, entry in reversed(today):
        text = entry.get("unknown", "") if isinstance(entry, dict) else entry
        if any((a.party, a.option) in gone for a in atoms(parse(text)) if isinstance(a, OptionIs)):
            yield Edit("drop", ("status_quo", k))
