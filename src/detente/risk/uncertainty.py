"""What is uncertain about a case, and cases drawn from it.

The k-th case drawn with a seed is always the same, whoever draws it and in whatever order.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np

from detente.case.model import Case, Statement, Statements

Value: TypeAlias = float | int | bool


@dataclass(frozen=True, slots=True)
class Order:
    """Which of two statements of a party comes first is not known: either is as likely.

    Parameters
    ----------
    party : str
        Whose.
    first, second : int
        Their positions among its statements.
    """

    party: str
    first: int
    second: int

    def draw(self, rng: np.random.Generator) -> Value:
        """Return whether they change places."""
        return bool(rng.random() < 0.5)


@dataclass(frozen=True, slots=True)
class Presence:
    """Whether a party has a statement at all is not known.

    Parameters
    ----------
    party : str
        Whose.
    statement : int
        Its position.
    probability : float
        That it is there.
    """

    party: str
    statement: int
    probability: float

    def draw(self, rng: np.random.Generator) -> Value:
        """Return whether it is there."""
        return bool(rng.random() < self.probability)


@dataclass(frozen=True, slots=True)
class Firmness:
    """The firmness of a condition or refusal lies in a range; every whole number is as likely."""

    id: str
    low: int
    high: int

    def draw(self, rng: np.random.Generator) -> Value:
        """Return the firmness."""
        return int(rng.integers(self.low, self.high + 1))


@dataclass(frozen=True, slots=True)
class Misstep:
    """The misstep rate of a party lies in a range, evenly; or evenly on a log scale."""

    party: str
    low: float
    high: float
    log: bool = False

    def draw(self, rng: np.random.Generator) -> Value:
        """Return the rate."""
        u = rng.random()
        if self.low == self.high:
            return self.low
        if self.log:
            return math.exp(math.log(self.low) + u * math.log(self.high / self.low))
        return self.low + u * (self.high - self.low)


@dataclass(frozen=True, slots=True)
class Today:
    """At which level an option is today is not known; each of some is as likely.

    Parameters
    ----------
    axis : int
        The option.
    levels : tuple of int
        Where it may be.
    """

    axis: int
    levels: tuple[int, ...]

    def draw(self, rng: np.random.Generator) -> Value:
        """Return the level."""
        return self.levels[int(rng.integers(len(self.levels)))]


Uncertainty: TypeAlias = Order | Presence | Firmness | Misstep | Today


@dataclass(frozen=True, slots=True)
class Drawn:
    """A case as it may be.

    Parameters
    ----------
    case : Case
        The case.
    missteps : tuple of (str, float)
        Misstep rates drawn, by party.
    values : tuple
        What was drawn for each uncertainty.
    """

    case: Case
    missteps: tuple[tuple[str, float], ...]
    values: tuple[Value, ...]


def values(uncertain: Sequence[Uncertainty], seed: int, k: int) -> tuple[Value, ...]:
    """Return what is drawn for each uncertainty in the k-th case."""
    rng = np.random.default_rng([seed, k])
    return tuple(one.draw(rng) for one in uncertain)


def edited(case: Case, uncertain: Sequence[Uncertainty], drawn: Sequence[Value]) -> Drawn:
    """Return the case that some values make.

    Statements change places before any is left out, so that positions mean what the case says.
    """
    missteps = []
    pairs = list(zip(uncertain, drawn, strict=True))
    for party in case.parties:
        if isinstance(party.preferences, Statements):
            wishes = _statements(party.name, list(party.preferences.statements), pairs)
            if wishes != party.preferences.statements:
                case = _with_statements(case, party.name, wishes)
    for one, value in pairs:
        match one:
            case Firmness(name):
                case = _with_firmness(case, name, int(value))
            case Today(axis):
                levels = list(case.status_quo or ())  # a file about a case without is refused
                levels[axis] = int(value)
                case = replace(case, status_quo=tuple(levels))
            case Misstep(name):
                missteps.append((name, float(value)))
    return Drawn(case, tuple(missteps), tuple(drawn))


def _statements(
    party: str, wishes: list[Statement], pairs: list[tuple[Uncertainty, Value]]
) -> tuple[Statement, ...]:
    places = list(range(len(wishes)))
    absent = set()
    for one, value in pairs:
        match one:
            case Order(name, first, second) if name == party and value:
                a, b = places.index(first), places.index(second)
                places[a], places[b] = places[b], places[a]
            case Presence(name, statement) if name == party and not value:
                absent.add(statement)
    return tuple(wishes[k] for k in places if k not in absent)


def _with_statements(case: Case, name: str, wishes: tuple[Statement, ...]) -> Case:
    return replace(
        case,
        parties=tuple(
            replace(p, preferences=Statements(wishes)) if p.name == name else p
            for p in case.parties
        ),
    )


def _with_firmness(case: Case, name: str, firmness: int) -> Case:
    return replace(
        case,
        conditions=tuple(
            replace(c, firmness=firmness) if c.id == name else c for c in case.conditions
        ),
        refusals=tuple(replace(r, firmness=firmness) if r.id == name else r for r in case.refusals),
    )
