"""The JSON of a ``.gmcr`` file, checked shape by shape; :mod:`detente.case.gmcr` makes it a case.

Options stand here by their position in the file, from 0, and states by their number, from 1.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from detente.case.gmcr.export import DIRECTIONS
from detente.errors import CaseError, Place, Problem, nearest

MAX_NAME = 200_000
"""Longest name of an option or decision maker, in characters: as long as a line of a case.yaml."""

MAX_ITEMS = 1000
"""Most options, and most decision makers; the older program slows down long before."""

MAX_PROBLEMS = 50
"""Most problems told at once."""

Json: TypeAlias = Any
Literal: TypeAlias = tuple[int, bool]
"""(option, whether it is taken)."""
Pattern: TypeAlias = tuple[Literal, ...]
"""Choices that hold together; options not named may be either."""

_TOP = (
    "options",
    "decisionMakers",
    "infeasibles",
    "coalitions",
    "coalitionsFull",
    "useManualPreferenceRanking",
    "useManualPreferenceVectors",
    "program",
    "version",
)
_MAKER = (
    "name",
    "options",
    "preferences",
    "preferenceRanking",
    "preferenceVector",
    "payoffs",
    "misperceptions",
)


@dataclass(frozen=True, slots=True)
class Maker:
    """A decision maker as a file has it.

    Parameters
    ----------
    name : str
        Any words.
    options : tuple of int
        What it owns.
    statements : tuple of tuples of patterns
        The most important first; each holds where one of its patterns does.
    ranking : tuple of tuples of int, optional
        Groups of tied states, best first; None where the statements count.
    """

    name: str
    options: tuple[int, ...] = ()
    statements: tuple[tuple[Pattern, ...], ...] = ()
    ranking: tuple[tuple[int, ...], ...] | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """What a file holds.

    Parameters
    ----------
    options : tuple of (str, str)
        Name and permitted direction.
    makers : tuple of Maker
        Each option belongs to just one of them.
    infeasible : tuple of patterns
        No state that matches one is feasible.
    manual : bool
        Whether the rankings count.
    coalitions : tuple of tuples of int
        Makers that act together, two or more.
    """

    options: tuple[tuple[str, str], ...]
    makers: tuple[Maker, ...]
    infeasible: tuple[Pattern, ...]
    manual: bool
    coalitions: tuple[tuple[int, ...], ...]


@dataclass(slots=True)
class Notes:
    """The problems met so far in a file."""

    file: str
    problems: list[Problem] = field(default_factory=list)

    def error(self, message: str) -> None:
        """Note what makes the file unusable."""
        self.problems.append(Problem(message, Place(self.file)))

    def warn(self, message: str) -> None:
        """Note what is doubtful."""
        self.problems.append(Problem(message, Place(self.file), "warning"))

    def stop_on_errors(self) -> None:
        """Raise what was found if any of it is an error."""
        errors = [p for p in self.problems if p.severity == "error"]
        if len(errors) > MAX_PROBLEMS:
            rest = f"and {len(errors) - MAX_PROBLEMS:,} more problems"
            errors = [*errors[:MAX_PROBLEMS], Problem(rest, Place(self.file))]
        if errors:
            raise CaseError(errors)


def decode(text: str, notes: Notes) -> Saved:
    """Return what the text of a file holds.

    Raises
    ------
    CaseError
        With everything that is wrong in it.
    """
    data = _json(text, notes)
    _strange_keys(data, _TOP, "the file", notes)
    options = _options(data, notes)
    manual = _manual(data, notes)
    makers = _makers(data, len(options), manual, notes)
    infeasible = _patterns(data.get("infeasibles"), len(options), "'infeasibles'", notes)
    if isinstance(data.get("infeasibles"), list) and [] in data["infeasibles"]:
        notes.error("'infeasibles': a pattern that names no option would rule out every state")
    _ownership([name for name, _ in options], makers, notes)
    coalitions = _coalitions(data.get("coalitions", []), len(makers), notes)
    notes.stop_on_errors()
    return Saved(tuple(options), tuple(makers), infeasible, manual, coalitions)


def _json(text: str, notes: Notes) -> dict[str, Json]:
    """Decode the text to an object, or raise the one problem that stands in the way."""
    place = Place(notes.file)
    try:
        data = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        place = Place(notes.file, error.lineno, error.colno)
        what = "the file is empty" if not text.strip() else f"is not JSON: {error.msg}"
    except RecursionError:
        what = "is nested too deep to be a .gmcr file"
    except ValueError as error:
        what = str(error).partition(";")[0]
    else:
        if isinstance(data, dict):
            return data
        what = "a .gmcr file is one JSON object, {…}"
    raise CaseError([Problem(what, place)])


def _once(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"the key {shown(twice)} stands twice in one object")
    return found


def _no_number(word: str) -> Json:
    raise ValueError(f"{word} is not a number that a .gmcr file can hold")


def shown(value: Json) -> str:
    """Quote a value from the file, short and printable."""
    match value:
        case None:
            return "nothing"
        case str():
            text = f"'{value}'" if value.isprintable() else ascii(value)
        case list() if len(value) <= 3 and not any(isinstance(v, list | dict) for v in value):
            text = f"[{', '.join(map(shown, value))}]"
        case list():
            text = f"a list of {len(value)}"
        case dict():
            text = "an object"
        case _:
            text = json.dumps(value)
    return text if len(text) <= 60 else f"{text[:57]}…"


def _strange_keys(data: dict[str, Json], known: Collection[str], where: str, notes: Notes) -> None:
    for key in data:
        if key not in known:
            near = nearest(key, known)
            hint = f"; did you mean '{near}'?" if near else ""
            notes.warn(f"{where}: the key {shown(key)} is not known and was left out{hint}")


def _people(value: Json, where: str, notes: Notes) -> list[Json]:
    """Return the list of options or decision makers, of a size that can be worked with."""
    items = _items(value, where, notes)
    if value == []:
        notes.error(f"{where} is empty; a conflict needs one at least")
    if len(items) > MAX_ITEMS:
        notes.error(f"{where} has {len(items):,} entries; at most {MAX_ITEMS:,} are read")
        notes.stop_on_errors()
    return items


def _items(value: Json, where: str, notes: Notes) -> list[Json]:
    """Return a list from the file, or an empty one and a problem."""
    if isinstance(value, list):
        return value
    found = "is missing" if value is None else f"must be a list, not {shown(value)}"
    notes.error(f"{where} {found}")
    return []


def _name(value: Json, where: str, notes: Notes) -> str:
    """Return a name that can be shown to people."""
    if not isinstance(value, str):
        notes.error(f"{where}: 'name' must be text, not {shown(value)}")
    elif len(value) > MAX_NAME:
        notes.error(f"{where}: its name is longer than {MAX_NAME} characters")
    elif any(unicodedata.category(c) in ("Cc", "Cs") for c in value):
        notes.error(f"{where}: its name {shown(value)} holds control characters")
    else:
        return value
    return ""


def _options(data: dict[str, Json], notes: Notes) -> list[tuple[str, str]]:
    """Return (name, direction) of every option, in the file's order."""
    found = []
    for i, item in enumerate(_people(data.get("options"), "'options'", notes)):
        where = f"option {i}"
        if not isinstance(item, dict):
            notes.error(f"{where} must be an object with 'name' and 'permittedDirection'")
            found.append(("", "both"))
            continue
        _strange_keys(item, ("name", "permittedDirection"), where, notes)
        way = item.get("permittedDirection")
        if not isinstance(way, str) or way not in DIRECTIONS:
            notes.error(
                f"{where}: 'permittedDirection' must be 'both', 'fwd' or 'back', not {shown(way)}"
            )
            way = "both"
        found.append((_name(item.get("name"), where, notes), way))
    return found


def _manual(data: dict[str, Json], notes: Notes) -> bool:
    """Tell whether the file's rankings count, rather than its statements."""
    for key in ("useManualPreferenceRanking", "useManualPreferenceVectors"):
        if key in data:
            flag = data[key]
            if isinstance(flag, bool):
                return flag
            notes.error(f"'{key}' must be true or false, not {shown(flag)}")
    return False


def _makers(data: dict[str, Json], n_options: int, manual: bool, notes: Notes) -> list[Maker]:
    items = _people(data.get("decisionMakers"), "'decisionMakers'", notes)
    return [_maker(item, i, n_options, manual, notes) for i, item in enumerate(items)]


def _maker(item: Json, at: int, n_options: int, manual: bool, notes: Notes) -> Maker:
    where = f"decision maker {at}"
    if not isinstance(item, dict):
        notes.error(f"{where} must be an object with 'name', 'options' and 'preferences'")
        return Maker("")
    name = _name(item.get("name"), where, notes)
    where = f"decision maker {shown(name)}" if name else where
    _strange_keys(item, _MAKER, where, notes)
    owned = _items(item.get("options"), f"{where}: 'options'", notes)
    numbers = tuple(o for o in owned if _is_option(o, n_options, where, notes))
    if item.get("misperceptions"):
        notes.error(
            f"{where} has misperceptions; a case holds one view of the conflict, the same for "
            "all. Clear them in gmcr-py, or write a case for each view"
        )
    preferences = item.get("preferences", [] if manual else None)
    statements = _statements(preferences, n_options, where, notes)
    if manual and statements:
        notes.warn(
            f"{where}: the file says that the manual rankings count, so "
            f"{len(statements)} preference statements were left out"
        )
    ranking = _ranking(item, where, notes) if manual else None
    return Maker(name, numbers, () if manual else statements, ranking)


def _is_option(value: Json, n_options: int, where: str, notes: Notes) -> bool:
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < n_options:
        return True
    notes.error(f"{where}: {shown(value)} is no option; the file has {n_options}, counted from 0")
    return False


def _statements(
    value: Json, n_options: int, where: str, notes: Notes
) -> tuple[tuple[Pattern, ...], ...]:
    """Return the statements, each the patterns of which one must hold."""
    found = []
    for i, item in enumerate(_items(value, f"{where}: 'preferences'", notes), 1):
        at = f"{where}, statement {i}"
        if isinstance(item, dict):
            if item.get("compound") is not True or set(item) != {"compound", "members"}:
                notes.error(f"{at}: an object must be {{'compound': true, 'members': [...]}}")
                continue
            members = _patterns(item["members"], n_options, f"{at}: 'members'", notes)
        else:
            members = _patterns([item], n_options, at, notes)
        if not members or () in members:
            when = "always" if members else "never"
            notes.warn(f"{at}: names no option, so it {when} holds; it was left out")
        else:
            found.append(members)
    return tuple(found)


def _patterns(value: Json, n_options: int, where: str, notes: Notes) -> tuple[Pattern, ...]:
    """Return each pattern once, in the file's order."""
    made = [_pattern(p, n_options, where, notes) for p in _items(value, where, notes)]
    return tuple(dict.fromkeys(made))


def _pattern(value: Json, n_options: int, where: str, notes: Notes) -> Pattern:
    """Return one pattern, each literal once, in the file's order."""
    found: dict[int, bool] = {}
    for literal in _items(value, f"{where}: a pattern", notes):
        if not (isinstance(literal, list) and len(literal) == 2 and literal[1] in ("Y", "N")):
            notes.error(f'{where}: {shown(literal)} must be [option, "Y"] or [option, "N"]')
        elif _is_option(literal[0], n_options, where, notes):
            option, taken = literal[0], literal[1] == "Y"
            if found.setdefault(option, taken) != taken:
                notes.error(f"{where}: one pattern has option {option} both taken and not taken")
    return tuple(found.items())


def _ranking(item: dict[str, Json], where: str, notes: Notes) -> tuple[tuple[int, ...], ...]:
    """Return groups of tied state numbers, best first, each group in rising order."""
    key = "preferenceVector" if "preferenceRanking" not in item else "preferenceRanking"
    value = item.get(key)
    if value is None:
        notes.error(f"{where}: the rankings are to count, but 'preferenceRanking' is missing")
        return ()
    groups = []
    for group in _items(value, f"{where}: '{key}'", notes):
        states = group if isinstance(group, list) else [group]
        if wrong := [s for s in states if not isinstance(s, int) or isinstance(s, bool)]:
            notes.error(f"{where}: {shown(wrong[0])} in '{key}' is no state number")
        elif states:
            groups.append(tuple(sorted(states)))
    return tuple(groups)


def _ownership(options: Sequence[str], makers: Sequence[Maker], notes: Notes) -> None:
    """Refuse an option without an owner, or with more than one."""
    owned: list[list[str]] = [[] for _ in options]
    for maker in makers:
        for o in maker.options:
            owned[o].append(shown(maker.name))
    for i, (option, owners) in enumerate(zip(options, owned, strict=True)):
        if not owners:
            notes.error(f"option {i}, {shown(option)}: no decision maker has it; give it to one")
        elif len(owners) > 1:
            names = " and ".join(owners)
            notes.error(f"option {i}, {shown(option)}: belongs to {names}; it must have one owner")


def _coalitions(value: Json, n_makers: int, notes: Notes) -> tuple[tuple[int, ...], ...]:
    """Return the coalitions of two or more."""
    found = []
    for group in _items(value, "'coalitions'", notes):
        members = group if isinstance(group, list) else [group]
        if not all(type(m) is int and 0 <= m < n_makers for m in members):
            notes.error(
                f"'coalitions': {shown(group)} must be positions of decision makers, "
                f"from 0 to {n_makers - 1}"
            )
        elif len(set(members)) > 1:
            found.append(tuple(dict.fromkeys(members)))
    return tuple(found)
