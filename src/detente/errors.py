"""The errors a user of détente can meet; front doors catch :class:`DetenteError` alone."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal

MAX_NAMES = 20
"""Declared names that a message lists."""


class DetenteError(Exception):
    """Root of all errors that the user, not the program, can mend."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands in a file.

    Parameters
    ----------
    file : str
        The file as the user named it.
    line, column : int
        Counted from 1; 0 where it is not known.
    """

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        numbers = [str(n) for n in (self.line, self.column) if n]
        return ":".join([self.file, *numbers])


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, or doubtful, in what the user wrote."""

    message: str
    place: Place | None = None
    severity: Literal["error", "warning"] = "error"

    def __post_init__(self) -> None:
        object.__setattr__(self, "message", one_line(self.message))

    def __str__(self) -> str:
        mark = "warning: " if self.severity == "warning" else ""
        return f"{self.place}: {mark}{self.message}" if self.place else f"{mark}{self.message}"


class CaseError(DetenteError):
    """A case, or a formula over it, cannot be used.

    Parameters
    ----------
    problems : str or iterable of Problem
        Everything found, not just the first.
    """

    def __init__(self, problems: str | Iterable[Problem]) -> None:
        if isinstance(problems, str):
            problems = [Problem(problems)]
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class ReportError(DetenteError):
    """A report cannot be read."""


class ShapeError(DetenteError):
    """Arrays given to a kernel do not fit each other."""


class LimitError(DetenteError):
    """A stated limit of size, count or time would be, or was, passed; the message names it."""


_BREAKS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def one_line(text: str) -> str:
    """Return a message on one line: breaks in names that it quotes are written out."""
    return _BREAKS.sub(lambda odd: repr(odd.group())[1:-1], text)


def nothing_left() -> CaseError:
    """Return the error that the rules of a case leave no state."""
    return CaseError("the rules under 'infeasible' leave no state; drop or soften one of them")


def unknown(kind: str, name: str, declared: Collection[str]) -> str:
    """Word the message for a name nobody declared, with the nearest declared one.

    Parameters
    ----------
    kind : str
        What the name should have been: ``"option"``, ``"party"``.
    name : str
        What was written.
    declared : collection of str
        What could have been written.
    """
    near = nearest(name, declared)
    if near:
        return f"unknown {kind} '{name}'; did you mean '{near}'?"
    names = sorted(declared) if isinstance(declared, set | frozenset) else list(declared)
    known = ", ".join(names[:MAX_NAMES]) or "none"
    if len(names) > MAX_NAMES:
        known += f" and {len(names) - MAX_NAMES:,} more"
    return f"unknown {kind} '{name}'; declared: {known}"


def nearest(name: str, declared: Collection[str]) -> str | None:
    """Return the declared name nearest to what was written, if any is near."""
    folded = {d.casefold(): d for d in declared}
    found = difflib.get_close_matches(name.casefold(), folded, n=1, cutoff=0.6)
    return folded[found[0]] if found else None
