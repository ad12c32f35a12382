"""Built-in cases: conflicts of the literature with what is known of them, and readings of reports.

A folder a case; ``README.md`` beside this file says what stands in it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from detente.errors import CaseError, unknown

__all__ = [
    "OWN",
    "STATES_ONLY",
    "CoalitionMove",
    "Entry",
    "Expected",
    "InverseCount",
    "KnownRanking",
    "KnownSet",
    "entries",
    "expected",
    "folder",
    "names",
]

HERE = Path(__file__).parent

STATES_ONLY = "S"
"""The class of cases of which options and states are published and no results."""

OWN = "O"
"""The class of cases that are our own reading of reports."""

States: TypeAlias = tuple[str, ...]
"""State strings: a character an option, N or Y for two levels, else the level's index."""


@dataclass(frozen=True, slots=True)
class KnownSet:
    """The states that are stable under a concept.

    Parameters
    ----------
    concept : str
        As on the command line, such as ``seq`` or ``l2``.
    party : str, optional
        Whose stability; None for equilibria.
    states : tuple of str
        The states.
    """

    concept: str
    party: str | None
    states: States


@dataclass(frozen=True, slots=True)
class KnownRanking:
    """A party's preference: groups of tied states, best first."""

    party: str
    groups: tuple[States, ...]


@dataclass(frozen=True, slots=True)
class CoalitionMove:
    """A move that a coalition makes together, all its members gaining."""

    coalition: tuple[str, ...]
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class InverseCount:
    """How many strict rankings of a party make a state an equilibrium, the others' fixed."""

    party: str
    state: str
    concept: str
    count: int


@dataclass(frozen=True, slots=True)
class Expected:
    """What is known about a built-in case.

    Parameters
    ----------
    id : str
        The name under which it went before.
    grade : str
        How sure it is, ``A``, ``B``, ``B-``, ``C``, ``E``, ``S`` or ``O``; see the README.
    bib : tuple of str
        Keys of the bibliography.
    provenance, notes : str
        Who states or computed what; whatever else is known.
    n_states : int
        The number of feasible states.
    states : tuple of (str, tuple of str)
        Number or name in the literature, and the states it stands for; together all feasible ones.
        Empty, as all that follows, for classes ``S`` and ``O``.
    rankings : tuple of KnownRanking
        One for each party.
    equilibria, stable : tuple of KnownSet
        By concept; by concept and party.
    coalition_moves : tuple of CoalitionMove
        Where the literature names them.
    inverse : tuple of InverseCount
        Where they were counted.
    """

    id: str
    grade: str
    bib: tuple[str, ...]
    provenance: str
    notes: str
    n_states: int
    states: tuple[tuple[str, States], ...]
    rankings: tuple[KnownRanking, ...]
    equilibria: tuple[KnownSet, ...]
    stable: tuple[KnownSet, ...]
    coalition_moves: tuple[CoalitionMove, ...]
    inverse: tuple[InverseCount, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the gallery's list."""

    name: str
    title: str
    parties: tuple[str, ...]
    n_states: int
    grade: str


@cache
def names() -> tuple[str, ...]:
    """Return the names of all built-in cases, in alphabetical order."""
    return tuple(sorted(f.parent.name for f in HERE.glob("*/case.yaml")))


def folder(name: str) -> Path:
    """Return the folder of a built-in case.

    Parameters
    ----------
    name : str
        Its name, or the id under which it went before; ``-`` and ``_`` are alike.

    Raises
    ------
    CaseError
        If there is none; the message offers the nearest name.
    """
    wanted = _plain(name)
    for known in names():
        if _plain(known) == wanted:
            return HERE / known
    for known in names():
        if _plain(expected(known).id) == wanted:
            return HERE / known
    raise CaseError(unknown("built-in case", name, names()))


def expected(name: str) -> Expected:
    """Return what is known about a built-in case.

    Raises
    ------
    CaseError
        If there is no case of that name.
    """
    known = next((n for n in names() if _plain(n) == _plain(name)), None)
    return _expected(known or folder(name).name)


def entries() -> tuple[Entry, ...]:
    """Return a line for every built-in case, in alphabetical order."""
    found = []
    for name in names():
        case, known = _content(name, "case.yaml"), expected(name)
        parties = tuple(str(p["name"]) for p in case["parties"].values())
        found.append(Entry(name, str(case["title"]), parties, known.n_states, known.grade))
    return tuple(found)


def _plain(name: str) -> str:
    return name.casefold().replace("_", "-")


def _content(name: str, file: str) -> Any:
    from detente.case import document

    path = HERE / name / file
    return document.read(path.read_text("utf-8"), file=str(path)).plain()


@cache
def _expected(name: str) -> Expected:
    if not (HERE / name / "expected.yaml").is_file():
        return _own_reading(name)
    data = _content(name, "expected.yaml")
    if str(data["class"]) in (STATES_ONLY, OWN):
        return _bare(data)
    states = data["states"]
    named = states.items() if isinstance(states, dict) else ((s, s) for s in states)
    known = tuple((str(label), _strings(s)) for label, s in named)
    inverse = data.get("inverse") or {"party": "", "counts": {}}
    return Expected(
        id=str(data["id"]),
        grade=str(data["class"]),
        bib=_strings(data["bib"]),
        provenance=str(data["provenance"]).strip(),
        notes=str(data.get("notes", "")).strip(),
        n_states=sum(len(s) for _, s in known),
        states=known,
        rankings=tuple(
            KnownRanking(party, tuple(_strings(g) for g in groups))
            for party, groups in data["rankings"].items()
        ),
        equilibria=tuple(
            KnownSet(concept, None, _strings(s)) for concept, s in data["equilibria"].items()
        ),
        stable=tuple(
            KnownSet(concept, party, _strings(s))
            for concept, parties in data.get("stable", {}).items()
            for party, s in parties.items()
        ),
        coalition_moves=tuple(
            CoalitionMove(_strings(m["coalition"]), str(m["from"]), str(m["to"]))
            for m in data.get("coalition_moves", ())
        ),
        inverse=tuple(
            InverseCount(str(inverse["party"]), state, concept, int(count))
            for state, counts in inverse["counts"].items()
            for concept, count in counts.items()
        ),
    )


def _bare(data: Any) -> Expected:
    """Return what is known about a case of which no results are: how many states it has."""
    return Expected(
        id=str(data["id"]),
        grade=str(data["class"]),
        bib=_strings(data["bib"]),
        provenance=str(data["provenance"]).strip(),
        notes=str(data.get("notes", "")).strip(),
        n_states=int(data["n_states"]),
        states=(),
        rankings=(),
        equilibria=(),
        stable=(),
        coalition_moves=(),
        inverse=(),
    )


def _own_reading(name: str) -> Expected:
    """Return what is known about a case without published results: how many states it has."""
    import numpy as np

    from detente.case import files
    from detente.case.truth import Truth

    case = files.read(HERE / name, name=name).case
    truth = Truth(case)
    feasible = np.ones((1,) * len(case.shape), bool)
    for rule in case.infeasible:
        feasible = feasible & ~truth(rule.formula)
    return Expected(
        id=name,
        grade=OWN,
        bib=(),
        provenance=(
            "Our own reading of reports, which ship with the case. Nothing is published about it, "
            "so nothing is expected of it; what follows from it hangs on the reading."
        ),
        notes="",
        n_states=int(np.broadcast_to(feasible, case.shape).sum()),
        states=(),
        rankings=(),
        equilibria=(),
        stable=(),
        coalition_moves=(),
        inverse=(),
    )


def _strings(value: Iterable[object] | str) -> tuple[str, ...]:
    """Return a list of the file as text; one word stands for a list of one."""
    return (str(value),) if isinstance(value, str) else tuple(map(str, value))
