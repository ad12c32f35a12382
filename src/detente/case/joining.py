"""Changes of who is who: two parties or options made one, one made two."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from detente.case.editing import Edit, EditError, Value, Way
from detente.case.formula import OptionIs, atoms, to_text
from detente.case.model import Case, Option
from detente.case.rewording import Atom, Swap, bare, held_at, items, mentions_of, swapped, swaps
from detente.case.reworking import (
    Edits,
    dropped,
    keyed,
    need_name,
    owned,
    swap_options,
    today_without,
)


def merge_options(case: Case, raw: Mapping[str, Any], party: str, kept: str, gone: str) -> Edits:
    """Return the edits by which two options of a party are one; levels match by their place.

    Raises
    ------
    EditError
        If they have not the same number of levels.
    """
    named = {option.name: option for option in case.party(party).options}
    one, other = named[kept], named[gone]
    if len(one.levels) != len(other.levels):
        raise EditError(
            f"'{one.label}' has {len(one.levels)} levels and '{other.label}' {len(other.levels)}; "
            "give both the same number first"
        )

    def swap(atom: Atom) -> str | None:
        if not isinstance(atom, OptionIs) or (atom.party, atom.option) != (party, gone):
            return None
        level = None if atom.level is None else one.levels[other.levels.index(atom.level)]
        return to_text(OptionIs(party, kept, level))

    # Of two that say where things stand today the first one's counts; one alone is renamed.
    said = any(True for _ in today_without(raw, {(party, kept)}))
    today = list(today_without(raw, {(party, gone)})) if said else []
    dropped = {edit.way for edit in today}
    puts = [edit for edit in swaps(raw, swap) if edit.way[:2] not in dropped]
    return (*puts, *today, Edit("drop", ("parties", party, "options", gone)))


def split_option(
    case: Case, raw: Mapping[str, Any], party: str, option: str, new: str, label: str
) -> Edits:
    """Return the edits by which an option is two; whatever spoke of it speaks of either.

    Parameters
    ----------
    new, label : str
        The second one's name and words; it has the levels of the first.
    """
    way = ("parties", party, "options")
    need_name("an option", new, held_at(raw, way))
    old = next(o for o in case.party(party).options if o.name == option)

    def swap(atom: Atom) -> str | None:
        if not isinstance(atom, OptionIs) or (atom.party, atom.option) != (party, option):
            return None
        return f"({to_text(atom)} or {to_text(OptionIs(party, new, atom.level))})"

    said = raw.get("status_quo") or ()
    today = [said] if isinstance(said, str) else said
    puts = [edit for edit in swaps(raw, swap) if edit.way[0] != "status_quo"]
    more: list[Edit] = []
    for entry in today:
        text = entry.get("unknown", "") if isinstance(entry, dict) else entry
        second = swapped(text, swap_options({(party, option): (party, new)}))
        if second != text:
            value: Value = {"unknown": second} if isinstance(entry, dict) else second
            more.append(Edit("put", ("status_quo", len(today) + len(more)), value))
    if isinstance(said, str) and more:
        more.insert(0, Edit("put", ("status_quo",), [str(said)]))
    written = held_at(raw, (*way, option))
    given: dict[str, Value] = {"label": label}
    if isinstance(written, dict):
        kept = ("levels", "irreversible", "changes")
        taken = _taken(written, swap)
        assert isinstance(taken, dict)
        given |= {key: taken[key] for key in kept if key in taken}
    return (*puts, *more, Edit("insert", (*way, new), _short(given), before=_after(raw, way, old)))


def _short(given: dict[str, Value]) -> Value:
    return given["label"] if len(given) == 1 else given


def _after(raw: Mapping[str, Any], way: Way, option: Option) -> str:
    """Return the option that follows another in the file; empty for the last."""
    names = list(held_at(raw, way))
    at = names.index(option.name) + 1
    return names[at] if at < len(names) else ""


def _taken(option: Any, swap: Swap) -> Value:
    """Return an option as its file holds it, with other names where a change asks for something."""
    held = bare(option)
    changes = held.get("changes") if isinstance(held, dict) else None
    for one in changes if isinstance(changes, list) else ():
        if isinstance(one, dict):
            one |= {key: swapped(str(one[key]), swap) for key in ("if", "then") if key in one}
    return held


def merge_parties(case: Case, raw: Mapping[str, Any], kept: str, gone: str) -> Edits:
    """Return the edits by which two parties are one: options, names, words and wishes of both.

    The wishes of the party that goes come after those of the other.

    Raises
    ------
    EditError
        If one of them ranks or weighs, or has several readings: then nobody can say what both want.
    """
    wants = [held_at(raw, ("preferences", p)) for p in (kept, gone)]
    if not all(isinstance(w, list) for w in wants if w):
        raise EditError("both must have a plain list of wishes; write them so first")
    taken = set(held_at(raw, ("parties", kept, "options")))
    new: dict[tuple[str, str], tuple[str, str]] = {}
    edits: list[Edit] = []
    options = held_at(raw, ("parties", gone, "options"))
    for name in options:
        own = name
        while own in taken:
            own = f"{gone}_{own}"
        taken.add(own)
        new[gone, name] = (kept, own)
    swap = swap_options(new)
    for name in options:
        way = ("parties", kept, "options", new[gone, name][1])
        edits.append(Edit("put", way, _taken(options[name], swap)))
    edits += list(swaps(raw, swap))
    for k, wish in enumerate(wants[1] or ()):
        edits.append(Edit("put", ("preferences", kept, len(wants[0] or ()) + k), _wish(wish, swap)))
    one = case.party(gone)
    aliases = [a for a in (one.label, *one.aliases) if a not in case.party(kept).aliases]
    have = len(case.party(kept).aliases)
    edits += [Edit("put", ("parties", kept, "aliases", have + k), a) for k, a in enumerate(aliases)]
    edits += owned(raw, gone, kept)
    edits += _seen_as_one(raw, kept, gone, swap)
    edits += [Edit("drop", (key, gone)) for key in ("preferences", "parties") if gone in raw[key]]
    return tuple(edits)


def _seen_as_one(raw: Mapping[str, Any], kept: str, gone: str, swap: Swap) -> Iterator[Edit]:
    """Yield the edits by which whatever is held by two parties, or of them, is one's.

    Where something is held by or of both, what is the party's that stays counts; what the two held
    of each other goes.
    """
    both = (kept, gone)
    own = [
        way[:2] if way[0] == "doubts" else way
        for way, atom in mentions_of(raw)
        if atom.party in both and _whose(raw, way) in both
    ]
    yield from dropped(raw, own)
    for way in keyed(raw, gone):
        held = held_at(raw, way)
        if way == ("positions",) and kept in held:
            more = {swapped(key, swap): str(level) for key, level in items(held[gone])}
            ours = {swapped(key, swap) for key in held[kept]}
            new = {key: level for key, level in more.items() if key not in ours}
            yield from (Edit("put", (*way, kept, key), level) for key, level in new.items())
        if way[0] in ("views", "attitudes") and len(way) == 1 and kept in held[gone]:
            yield Edit("drop", (*way, gone, kept))
        if way[0] in ("views", "attitudes", "positions") and kept not in (*held, way[-1]):
            yield Edit("rename", (*way, gone), to=kept)
        elif way != ("preferences",):
            yield Edit("drop", (*way, gone))


def _whose(raw: Mapping[str, Any], way: Way) -> str:
    """Return who does not believe or not know what stands at a way."""
    return str(held_at(raw, (*way[:2], "party"))) if way[0] == "doubts" else str(way[1])


def _wish(wish: Any, swap: Swap) -> Value:
    """Return a wish as its file holds it, with other names."""
    if isinstance(wish, str):
        return swapped(wish, swap)
    if "either" in wish:
        return {"either": [_wish(inner, swap) for inner in wish["either"]]}
    held = bare(wish)
    assert isinstance(held, dict)
    return {**held, "that": swapped(wish["that"], swap)}


def split_party(
    case: Case, raw: Mapping[str, Any], party: str, new: str, label: str, options: Sequence[str]
) -> Edits:
    """Return the edits by which some options of a party are another one's from now on.

    Both want at first what the one wanted; what was said goes with the option it is about.

    Parameters
    ----------
    new, label : str
        The second party's name and words.
    options : sequence of str
        What it takes with it.
    """
    need_name("a party", new, raw.get("parties") or {})
    swap = swap_options({(party, name): (new, name) for name in options})
    edits = list(swaps(raw, swap))
    held = held_at(raw, ("parties", party, "options"))
    edits.append(Edit("put", ("parties", new, "name"), label))
    edits += [Edit("put", ("parties", new, "options", n), _taken(held[n], swap)) for n in options]
    wants = held_at(raw, ("preferences", party))
    if isinstance(wants, list) and wants:
        edits.append(Edit("put", ("preferences", new), [_wish(w, swap) for w in wants]))
    said = [(("conditions", k), one.party, one.option) for k, one in enumerate(case.conditions)]
    said += [(("refusals", k), one.party, one.refuses) for k, one in enumerate(case.refusals)]
    for way, whose, formula in said:
        about = {(a.party, a.option) for a in atoms(formula) if isinstance(a, OptionIs)}
        if whose == party and about and about <= {(party, n) for n in options}:
            edits.append(Edit("put", (*way, "party"), new))
    edits += [Edit("drop", ("parties", party, "options", name)) for name in options]
    return tuple(edits)
