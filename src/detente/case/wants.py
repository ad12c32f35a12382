"""What a party wants, in the three ways of saying so, and what it takes others to want."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from detente.case.formula import Formula
from detente.case.parts import NO_BASIS, Basis


@dataclass(frozen=True, slots=True)
class Statement:
    """A wish of a party: it prefers states where the formula holds.

    Parameters
    ----------
    formula : Formula
        What is wished for.
    basis : Basis
        What that rests on.
    unsure : bool
        Whether it may be no wish of the party at all.
    chance : Fraction, optional
        Of a wish that is unsure, how likely it is one; None where nobody says so.
    either : int
        Neighbours that share a number from 1 are ordered among themselves as nobody knows; 0 for
        a wish with a place of its own.
    strong : bool
        Whether it is wished for far more than what follows it: of two states that first differ in
        it, the one where it holds is strongly preferred.
    """

    formula: Formula
    basis: Basis = NO_BASIS
    unsure: bool = False
    chance: Fraction | None = None
    either: int = 0
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Statements:
    """Option prioritising: statements, the most important first [Peng1997]_."""

    statements: tuple[Statement, ...] = ()

    @property
    def steps(self) -> tuple[tuple[str | int, ...], ...]:
        """Where each statement stands in a file's list: ``(2,)``, or ``(2, "either", 0)``."""
        found: list[tuple[str | int, ...]] = []
        entry, within, before = -1, 0, 0
        for wish in self.statements:
            within = within + 1 if wish.either and wish.either == before else 0
            entry += not within
            found.append((entry, "either", within) if wish.either else (entry,))
            before = wish.either
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Weights:
    """Option weighting: a state is worth the sum of the weights of the formulas that hold."""

    weights: tuple[tuple[Formula, Fraction], ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    """Direct ranking: groups of formulas, best first; every feasible state in just one group."""

    groups: tuple[tuple[Formula, ...], ...]


Preferences: TypeAlias = Statements | Weights | Ranking


@dataclass(frozen=True, slots=True)
class Belief:
    """What one party takes another to want."""

    party: str
    preferences: Preferences


@dataclass(frozen=True, slots=True)
class View:
    """How one party sees the others.

    Parameters
    ----------
    party : str
        Whose view.
    beliefs : tuple of Belief
        About others, at most one each; what is not named it knows.
    unaware : tuple of (str, str)
        Options of others, as (party, option), that it does not know of: to it they stay as they
        are today.
    """

    party: str
    beliefs: tuple[Belief, ...] = ()
    unaware: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Stance:
    """What is said in public about one option.

    Parameters
    ----------
    party : str
        Who says it; of an intention the option's owner.
    option : (str, str)
        Whose option, and which.
    level : int
        The level wanted, or intended if nobody gives in.
    """

    party: str
    option: tuple[str, str]
    level: int


@dataclass(frozen=True, slots=True)
class Disbelief:
    """One party does not believe the owner's word about an option."""

    party: str
    option: tuple[str, str]
