"""The smallest parts of a case: what a line rests on, and what a party can do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from detente.case.formula import Formula

TWO_LEVELS = ("no", "yes")
"""The levels of an option that declares none."""

LevelChange: TypeAlias = tuple[int, int]
"""(old level, new level), both from 0, the lowest."""


@dataclass(frozen=True, slots=True)
class Citation:
    """Exact words in a report: a text-quote selector of the W3C Web Annotation model.

    Parameters
    ----------
    report : str
        The report's id or a prefix of it that no other report has.
    quote : str
        The exact words.
    prefix, suffix : str
        Words right before and after, where the quote stands more than once.
    reliability : str
        Of who says it, ``A`` to ``F`` on the Admiralty scale; empty where nobody has graded it.
    credibility : int
        Of what is said, 1 to 6 on that scale; 0 where nobody has graded it.
    """

    report: str
    quote: str
    prefix: str = ""
    suffix: str = ""
    reliability: str = ""
    credibility: int = 0


@dataclass(frozen=True, slots=True)
class Basis:
    """What a line of the case rests on.

    Parameters
    ----------
    cite : tuple of Citation
        The words it was read from. A line without any is an assumption.
    note : str
        Why the analyst assumes it, or how the words were read.
    draft : bool
        Whether a program proposed the line, and nobody has looked at it yet.
    by : str
        ``model`` where a language model alone proposed it, ``both`` where the rules did so, too;
        empty for everything else.
    """

    cite: tuple[Citation, ...] = ()
    note: str = ""
    draft: bool = False
    by: Literal["", "model", "both"] = ""


NO_BASIS = Basis()


@dataclass(frozen=True, slots=True)
class Guard:
    """A change of an option's level that is allowed under a condition only.

    Parameters
    ----------
    new : int
        The level changed to.
    old : int, optional
        The level changed from; any other than ``new`` where this is None.
    before, after : Formula, optional
        What must hold in the state before the move, and in the one after all its changes;
        nothing where this is None.
    basis : Basis
        What that rests on.
    entry : int
        Where it stands in a file's list of changes, from 0.
    """

    new: int
    old: int | None = None
    before: Formula | None = None
    after: Formula | None = None
    basis: Basis = NO_BASIS
    entry: int = field(default=0, compare=False)

    def pairs(self, levels: int) -> frozenset[LevelChange]:
        """Return the changes meant, of an option with so many levels."""
        olds = range(levels) if self.old is None else (self.old,)
        return frozenset((old, self.new) for old in olds if old != self.new)


@dataclass(frozen=True, slots=True)
class Option:
    """Something a party can do, to some level, or leave.

    Parameters
    ----------
    name, label : str
        The identifier in formulas, and the words people read.
    levels : tuple of str
        Names from the lowest; two at least.
    changes : frozenset of (int, int), optional
        The (old, new) level pairs that may be allowed; every change is where this is None.
    does : str
        What is done at any level but the lowest, as a verb phrase in its base form; empty where
        the label is one.
    deeds : tuple of str
        What is done at each level, as such phrases; empty where the case does not say, and so is
        each of them.
    guards : tuple of Guard
        Of those changes the ones with a condition: one of the guards on a pair must let it pass.
    """

    name: str
    label: str
    levels: tuple[str, ...] = TWO_LEVELS
    changes: frozenset[LevelChange] | None = None
    does: str = ""
    deeds: tuple[str, ...] = ()
    guards: tuple[Guard, ...] = ()

    @property
    def guarded(self) -> frozenset[LevelChange]:
        """The changes that are allowed under a condition only."""
        return frozenset().union(*(guard.pairs(len(self.levels)) for guard in self.guards))

    @property
    def irreversible(self) -> bool:
        """Whether the level can rise, by any number of steps, and never fall."""
        top = range(len(self.levels))
        return not self.guards and self.changes == frozenset(
            (old, new) for new in top for old in range(new)
        )
