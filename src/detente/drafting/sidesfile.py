"""Who belongs to whom, as a person says it before there is a case: ``sides.yaml``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from detente.case.write import json_text
from detente.decoding import decode
from detente.errors import ReportError
from detente.opening import bytes_of
from detente.reading.actors import PartyNames

FILE = "sides.yaml"

MAX_BYTES = 1_000_000
"""Most of such a file, as of a case."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a person said of the sides.

    Parameters
    ----------
    parties : tuple of PartyNames
        Each with every other name of it, its people and bodies too.
    talks : tuple of str
        Who has to sit down with whom.
    mediators, left_out : tuple of str
        Who only helps, and who plays no part.
    """

    parties: tuple[PartyNames, ...] = ()
    talks: tuple[str, ...] = ()
    mediators: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


NOTHING = Told()


def sides_of(path: Path) -> Told:
    """Return what a file says of the sides.

    Raises
    ------
    ReportError
        If it cannot be read, or is no such file: where, and what is wrong.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        found = YAML(typ="safe", pure=True).load(decode(bytes_of(path, MAX_BYTES)).text)
    except OSError as error:
        raise ReportError(f"{path}: cannot be read ({error.strerror})") from None
    except (YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f":{mark.line + 1}" if mark is not None else ""
        told = getattr(error, "problem", None) or "not in UTF-8"
        raise ReportError(f"{path}{line}: no YAML: {told}") from None
    return told_of(found if found is not None else {}, str(path))


KEYS = ("parties", "talks", "mediators", "left_out")


def told_of(found: object, where: str) -> Told:
    """Return what a mapping says of the sides; see :func:`sides_of`."""
    if not isinstance(found, dict):
        raise ReportError(f"{where}: expected keys such as 'parties:', found no mapping")
    if wrong := [str(key) for key in found if key not in KEYS]:
        raise ReportError(
            f"{where}: unknown key '{wrong[0]}'; there are {', '.join(KEYS[:-1])} and {KEYS[-1]}"
        )
    parties = tuple(_party(one, where) for one in _list(found.get("parties"), where, "parties"))
    _once(parties, where)
    by_name = {n.casefold(): p.label for p in parties for n in (p.label, *p.aliases)}
    names = {
        key: tuple(by_name.get(n.casefold(), n) for n in _names(found.get(key), where, key))
        for key in KEYS[1:]
    }
    if len(set(names["talks"])) != len(names["talks"]) or len(names["talks"]) == 1:
        raise ReportError(f"{where}: 'talks' names two parties or more, each once")
    for key in ("mediators", "left_out"):
        if both := [n for n in names["talks"] if n in names[key]]:
            raise ReportError(f"{where}: {both[0]} stands under 'talks' and under '{key}'")
    return Told(parties, names["talks"], names["mediators"], names["left_out"])


def _once(parties: Sequence[PartyNames], where: str) -> None:
    """Raise where a name belongs to two parties."""
    owner: dict[str, str] = {}
    for party in parties:
        for name in (party.label, *party.aliases):
            other = owner.setdefault(name.casefold(), party.label)
            if other != party.label:
                raise ReportError(f"{where}: '{name}' belongs to {other} and to {party.label}")


def _party(one: object, where: str) -> PartyNames:
    if isinstance(one, str):
        one = {"name": one}
    if not isinstance(one, dict) or not isinstance(one.get("name"), str) or not one["name"].strip():
        raise ReportError(f"{where}: each of 'parties' is a name, or has the key 'name'")
    if wrong := [str(key) for key in one if key not in ("name", "aliases")]:
        raise ReportError(f"{where}: unknown key '{wrong[0]}' of {one['name']}")
    name = " ".join(one["name"].split())
    return PartyNames(name, name, tuple(_names(one.get("aliases"), where, f"aliases of {name}")))


def _names(found: object, where: str, key: str) -> list[str]:
    names = _list(found, where, key)
    if wrong := [one for one in names if not isinstance(one, str) or not one.strip()]:
        raise ReportError(f"{where}: {key} holds names, not {wrong[0]!r}")
    return [" ".join(str(one).split()) for one in names]


def _list(found: object, where: str, key: str) -> Sequence[object]:
    if found is None:
        return ()
    if not isinstance(found, list):
        raise ReportError(f"{where}: expected a list under '{key}'")
    return found


def sides_text(told: Told) -> str:
    """Return a ``sides.yaml``."""
    lines = ["# Who belongs to whom; 'detente draft --sides FILE' and 'read --sides FILE' read it."]
    if told.parties:
        lines.append("parties:")
    for party in told.parties:
        lines.append(f"  - name: {json_text(party.label)}")
        if party.aliases:
            lines.append(f"    aliases: [{', '.join(map(json_text, party.aliases))}]")
    for key in KEYS[1:]:
        if names := getattr(told, key):
            lines.append(f"{key}: [{', '.join(map(json_text, names))}]")
    return "\n".join(lines) + "\n"


def known_by(told: Told) -> Callable[[str | None], str | None]:
    """Return what brings a name to the party that a person says it belongs to."""
    names = {_plain(n): p.label for p in told.parties for n in (p.label, *p.aliases)}
    by_length = sorted((n for n in names if " " in n), key=len, reverse=True)

    def known(name: str | None) -> str | None:
        if not name or not names:
            return name
        plain = _plain(name)
        if plain in names:
            return names[plain]
        longer = next((n for n in by_length if plain.startswith(f"{n} of ")), None)
        return names[longer] if longer else name

    return known


def _plain(name: str) -> str:
    """Return a name without its article and its capitals."""
    return " ".join(name.casefold().split()).removeprefix("the ")
