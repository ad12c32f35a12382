"""Changes of the case itself, of its parties, and of what they can do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from detente.case import joining, reworking
from detente.case.editing import Edit, EditError, Value, edited
from detente.case.identifiers import identifier
from detente.case.model import Option
from detente.workbench.changes.core import Change, Desk, change, short

_HEAD = {
    "title": "title",
    "as_of": "day",
    "target": "target",
    "source": "source",
    "author": "author",
}


@change
def head(desk: Desk, key: str, value: str) -> Change:
    """Set what the case is called, its day, or what should come about."""
    if key not in _HEAD:
        raise EditError(f"'{key}' is nothing that is set here")
    edits = [Edit("put", (key,), value)] if value else []
    if not value and desk.at((key,)) is not None:
        edits = [Edit("drop", (key,))]
    return desk.made(f"{_HEAD[key]}: {short(value) or 'none'}", edits)


@change
def file(desk: Desk, text: str) -> Change:
    """Take the whole file as somebody wrote it."""
    return Change("case file edited by hand", {desk.file: text}, by_line=True)


# --- parties ------------------------------------------------------------------------------------


@change
def add_party(desk: Desk, label: str) -> Change:
    """Add a party."""
    name = identifier(label, "party", desk.raw.get("parties") or {})
    edits = [Edit("put", ("parties", name), {"name": label})]
    if not desk.raw.get("parties"):
        edits = [Edit("put", ("parties",), {name: {"name": label}})]
    return desk.made(f"party added: {short(label)}", edits, f"party-{name}")


@change
def party_label(desk: Desk, party: str, label: str, aliases: str | None = None) -> Change:
    """Give a party other words, and other names by which reports call it."""
    old = desk.party(party)
    edits = [Edit("put", ("parties", party, "name"), label)] if label != old.label else []
    if desk.at(("parties", party)) is None:
        edits = [Edit("put", ("parties", party), {"name": label})]
    if aliases is not None:
        names: list[Value] = [a.strip() for a in aliases.split(",") if a.strip()]
        if names != list(old.aliases):
            edits.append(Edit("put", ("parties", party, "aliases"), names))
    return desk.made(f"party renamed: {short(label)}", edits)


@change
def party_name(desk: Desk, party: str, name: str) -> Change:
    """Give a party another name in formulas, everywhere."""
    desk.party(party)
    edits = reworking.rename_party(desk.raw, party, name)
    return desk.made(f"{party} is called {name} everywhere", edits, f"party-{name}")


@change
def drop_party(desk: Desk, party: str) -> Change:
    """Delete a party, with what depends on it."""
    label = desk.party(party).label
    edits = reworking.delete_party(desk.whole, desk.raw, party)
    return desk.made(f"party deleted: {short(label)}", edits)


@change
def merge_parties(desk: Desk, party: str, gone: str) -> Change:
    """Make one party of two."""
    one, other = desk.party(party), desk.party(gone)
    if one == other:
        raise EditError("name two different parties")
    edits = joining.merge_parties(desk.whole, desk.raw, party, gone)
    return desk.made(f"{short(other.label)} joined to {short(one.label)}", edits, f"party-{party}")


@change
def split_party(desk: Desk, party: str, label: str, options: Sequence[str] | str = ()) -> Change:
    """Make two parties of one."""
    taken = [options] if isinstance(options, str) else list(options)
    name = identifier(label, "party", desk.whole.party_names)
    edits = joining.split_party(desk.whole, desk.raw, party, name, label, taken)
    what = f"{short(label)} split off {short(desk.party(party).label)}"
    return desk.made(what, edits, f"party-{name}")


# --- options ------------------------------------------------------------------------------------


@change
def add_option(desk: Desk, party: str, label: str) -> Change:
    """Add an option of a party."""
    name = identifier(label, "option", {o.name for o in desk.party(party).options})
    way = ("parties", party, "options")
    edits = [Edit("put", (*way, name), label)]
    if desk.at(("parties", party)) is None:
        edits = [Edit("put", ("parties", party), {"options": {name: label}})]
    elif not desk.at(way):
        edits = [Edit("put", way, {name: label})]
    return desk.made(f"option added: {short(label)}", edits, f"party-{party}")


def _option_of(desk: Desk, party: str, name: str) -> Option:
    """Return an option by its name in formulas."""
    for option in desk.party(party).options:
        if option.name == name:
            return option
    raise EditError(f"there is no option '{party}.{name}' any more")


def _option(desk: Desk, party: str, option: str, **put: Value) -> list[Edit]:
    """Return the edits that set keys of an option, whose short form is made long where it must."""
    way = ("parties", party, "options", option)
    there = desk.at(way)
    if isinstance(there, dict):
        drop = [
            Edit("drop", (*way, key)) for key, value in put.items() if not value and key in there
        ]
        return [*drop, *(Edit("put", (*way, key), value) for key, value in put.items() if value)]
    made: dict[str, Value] = {} if there is None else {"label": str(there)}
    made |= {key: value for key, value in put.items() if value}
    bare: Value = made
    if set(made) == {"label"}:
        bare = made["label"]
    return [Edit("put", way, bare)]


@change
def option_words(
    desk: Desk, party: str, option: str, label: str, does: str = "", irreversible: str = ""
) -> Change:
    """Give an option other words, and say whether it can be taken back."""
    edits = _option(desk, party, option, label=label, does=does, irreversible=bool(irreversible))
    return desk.made(f"option: {short(label)}", edits)


@change
def option_name(desk: Desk, party: str, option: str, name: str) -> Change:
    """Give an option another name in formulas, everywhere."""
    edits = reworking.rename_option(desk.raw, party, option, name)
    return desk.made(f"{party}.{option} is called {party}.{name} everywhere", edits)


@change
def option_levels(desk: Desk, party: str, option: str, levels: str) -> Change:
    """Set an option's levels, one a line: a name, or ``name: what is done``."""
    rows = [row.strip() for row in levels.splitlines() if row.strip()]
    pairs = [(name.strip(), deed.strip()) for name, _, deed in (row.partition(":") for row in rows)]
    told: Value
    if [name for name, _ in pairs] == ["no", "yes"] and not any(deed for _, deed in pairs):
        told = None
    elif any(deed for _, deed in pairs):
        told = {name: deed or None for name, deed in pairs}
    else:
        told = [name for name, _ in pairs]
    edits = [*_option(desk, party, option, levels=told), *_today_named(desk, party, option, pairs)]
    return desk.made(f"levels of {option}", edits)


def _today_named(
    desk: Desk, party: str, option: str, levels: Sequence[tuple[str, str]]
) -> Iterator[Edit]:
    """Yield the edits by which today names its level, as it must where there are more than two."""
    old = _option_of(desk, party, option)
    for k, entry in enumerate(desk.raw.get("status_quo") or ()):
        bare = isinstance(entry, str) and entry.strip() == f"{party}.{option}"
        if bare and len(levels) > 2 and old.levels[-1] in [name for name, _ in levels]:
            yield Edit("put", ("status_quo", k), f"{entry.strip()} = {old.levels[-1]}")


@change
def level_name(desk: Desk, party: str, option: str, level: str, name: str) -> Change:
    """Give a level another name, everywhere."""
    edits = reworking.rename_level(desk.raw, party, option, level, name)
    return desk.made(f"level {level} is called {name} everywhere", edits)


@change
def drop_option(desk: Desk, party: str, option: str) -> Change:
    """Delete an option, with what depends on it."""
    label = _option_of(desk, party, option).label
    edits = reworking.delete_option(desk.whole, desk.raw, party, option)
    return desk.made(f"option deleted: {short(label)}", edits)


@change
def merge_options(desk: Desk, party: str, option: str, gone: str) -> Change:
    """Make one option of two."""
    if option == gone:
        raise EditError("name two different options")
    edits = joining.merge_options(desk.whole, desk.raw, party, option, gone)
    return desk.made(f"{party}.{gone} joined to {party}.{option}", edits)


@change
def split_option(desk: Desk, party: str, option: str, label: str) -> Change:
    """Make two options of one."""
    name = identifier(label, "option", {o.name for o in desk.party(party).options})
    edits = joining.split_option(desk.whole, desk.raw, party, option, name, label)
    return desk.made(f"{short(label)} split off {option}", edits)


@change
def today(desk: Desk, party: str, option: str, level: str) -> Change:
    """Say where an option stands today."""
    found = _option_of(desk, party, option)
    at = found.levels.index(level)
    whole = f"{party}.{option}"
    told = whole if len(found.levels) == 2 and at else f"{whole} = {level}"
    said = desk.raw.get("status_quo") or ()
    if isinstance(said, str):  # one thing alone needs no list, until there are two
        edits = [Edit("put", ("status_quo",), [str(said)])]
        text = edited(desk.text, edits)
        return today(replace(desk, texts={**desk.texts, desk.file: text}), party, option, level)
    entries = list(said)
    places = [k for k, entry in enumerate(entries) if _names(entry, whole)]
    what = f"today: {short(found.label)}, {level}"
    if not at:
        edits = [Edit("drop", ("status_quo", k)) for k in reversed(places)]
        if not places and not entries:
            edits = [Edit("put", ("status_quo",), [])]
        return desk.made(what, edits)
    if places:
        return desk.made(what, [Edit("put", ("status_quo", places[0]), told)])
    if not entries:
        return desk.made(what, [Edit("put", ("status_quo",), [told])])
    return desk.made(what, [Edit("put", ("status_quo", len(entries)), told)])


def _names(entry: Any, option: str) -> bool:
    text = entry.get("unknown", "") if isinstance(entry, Mapping) else str(entry)
    return text.replace(" ", "").partition("=")[0] == option
