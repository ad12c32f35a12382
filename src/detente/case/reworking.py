"""Changes that touch a case in many places at once: renaming, merging, splitting, deleting.

Each returns the edits of the file that make it; nothing is written here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from detente.case.editing import Edit, EditError, Way
from detente.case.formula import OptionIs, OutcomeIs, atoms, parse, to_text
from detente.case.lines import Line, every_line
from detente.case.model import Case
from detente.case.names import identifier_fault
from detente.case.rewording import (
    Atom,
    Swap,
    bare,
    held_at,
    items,
    mentions_of,
    stances_of,
    swaps,
)

Names: TypeAlias = Collection[tuple[str, str]]
"""Options, each as its party's name and its own."""

Edits: TypeAlias = tuple[Edit, ...]

# --- renaming -----------------------------------------------------------------------------------


def rename_party(raw: Mapping[str, Any], old: str, new: str) -> Edits:
    """Return the edits by which a party goes by another name in every formula."""
    need_name("a party", new, raw.get("parties") or {})
    edits = list(swaps(raw, lambda a: _renamed(a, old, new)))
    edits += owned(raw, old, new)
    edits += [Edit("rename", (*way, old), to=new) for way in (("parties",), *keyed(raw, old))]
    return tuple(edits)


def keyed(raw: Mapping[str, Any], party: str) -> tuple[Way, ...]:
    """Return the mappings of a file, but that of all parties, in which a party is a key.

    What somebody holds of it comes before what it holds of others, so that edits may go this way.
    """
    inner = [(key, other) for key in ("views", "attitudes") for other, _ in items(raw.get(key))]
    outer = [(key,) for key in ("preferences", "views", "attitudes", "positions")]
    ways: tuple[Way, ...] = (*inner, *outer, ("risk", "misstep"), ("risk", "tempo"))
    return tuple(way for way in ways if party in dict(items(held_at(raw, way))))


def _renamed(atom: Atom, old: str, new: str) -> str | None:
    if not isinstance(atom, OptionIs) or atom.party != old:
        return None
    return to_text(OptionIs(new, atom.option, atom.level))


def owned(raw: Mapping[str, Any], old: str, new: str) -> Iterator[Edit]:
    """Yield the edits by which what was said, and who has to talk, names another party."""
    for key in ("conditions", "refusals", "doubts"):
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
        found = [line for line in every_line(case) if _speaks(line, gone_options, gone)]
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
    return tuple(line for line in every_line(case) if line.path in others or (line.party == party))


def delete_option(case: Case, raw: Mapping[str, Any], party: str, option: str) -> Edits:
    """Return the edits by which an option is gone, with every line that speaks of it."""
    gone = {(party, option)}
    return (
        *dropped(raw, (line.path for line in dependants(case, gone))),
        *today_without(raw, gone),
        *_unnamed(raw, gone),
        Edit("drop", ("parties", party, "options", option)),
    )


def delete_outcome(case: Case, raw: Mapping[str, Any], name: str) -> Edits:
    """Return the edits by which an outcome is gone, with every line that speaks of it."""
    ways = [line.path for line in dependants(case, outcomes={name})]
    return tuple(dropped(raw, [*ways, ("outcomes", name)]))


def delete_party(case: Case, raw: Mapping[str, Any], party: str) -> Edits:
    """Return the edits by which a party is gone, with its lines and those that speak of it."""
    gone = {(party, option.name) for option in case.party(party).options}
    whole = keyed(raw, party)
    within = {(*way, party) for way in whole}
    ways = [
        line.path
        for line in lines_of_party(case, party)
        if not any(tuple(line.path)[: len(way)] == way for way in within)
    ]
    edits = [*dropped(raw, ways), *today_without(raw, gone), *_unnamed(raw, gone, party)]
    edits += [Edit("drop", (*way, party)) for way in (("parties",), *whole)]
    talks = list(raw.get("talks") or ())
    if party in talks:
        edits.append(Edit("drop", ("talks",) if len(talks) < 3 else ("talks", talks.index(party))))
    return tuple(edits)


def dropped(raw: Mapping[str, Any], ways: Iterable[Way]) -> Iterator[Edit]:
    """Yield the edits that take lines out; of a list the last first, so that places stay right.

    Of wishes in any order one that is left alone is a wish like others.
    """
    gone = {tuple(way) for way in ways}
    for held in {way[:-1] for way in gone if way[-2:-1] == ("either",)}:
        left = [one for k, one in enumerate(held_at(raw, held)) if (*held, k) not in gone]
        if len(left) < 2:
            gone = {way for way in gone if way[:-1] != held} | {held[:-1]}
        if len(left) == 1:
            gone -= {held[:-1]}
            yield Edit("put", held[:-1], bare(left[0]))
    for way in sorted(gone, key=_order, reverse=True):
        yield Edit("drop", _as_written(raw, way))


def _as_written(raw: Mapping[str, Any], way: Way) -> Way:
    """Return the way of a line in a file: a key in its author's words, one thing without a list."""
    if isinstance(held_at(raw, way[:-1]), str):
        return way[:-1]
    if way[-2:-1] != ("weights",):
        return way
    keys = [key for key in held_at(raw, way[:-1]) if to_text(parse(key)) == way[-1]]
    return (*way[:-1], *keys[:1])


def _order(way: Way) -> list[tuple[int, int, str]]:
    return [(1, s, "") if isinstance(s, int) else (0, 0, s) for s in way]


def today_without(raw: Mapping[str, Any], gone: Names) -> Iterator[Edit]:
    """Yield the edits that take options out of what is said of today."""
    said = raw.get("status_quo") or ()
    today = [said] if isinstance(said, str) else said
    for k, entry in reversed(list(enumerate(today))):
        text = entry.get("unknown", "") if isinstance(entry, dict) else entry
        if any((a.party, a.option) in gone for a in atoms(parse(text)) if isinstance(a, OptionIs)):
            alone = isinstance(said, str)
            yield Edit("put", ("status_quo",), []) if alone else Edit("drop", ("status_quo", k))


def _unnamed(raw: Mapping[str, Any], gone: Names, party: str = "") -> Iterator[Edit]:
    """Yield the edits by which nobody stands for options, doubts them or is unaware of them."""
    for way, atom in stances_of(raw):
        if (atom.party, atom.option) in gone and way[:2] != ("positions", party):
            yield Edit("drop", way)
    mentioned = [
        way[:2] if way[0] == "doubts" else way
        for way, atom in mentions_of(raw)
        if (atom.party, atom.option) in gone and way[:2] != ("views", party)
    ]
    doubts = enumerate(raw.get("doubts") or ())
    mentioned += [("doubts", k) for k, one in doubts if party and one.get("party") == party]
    yield from dropped(raw, mentioned)
