"""What a reason is made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.graph.model import BoolArray, Party
from detente.graph.paths import Step
from detente.stability.registry import Concept
from detente.stability.rules import Rules


@dataclass(frozen=True, slots=True)
class Turn:
    """A party's move, or the moves that a coalition makes as one.

    Parameters
    ----------
    movers : tuple of int
        The party, or the coalition.
    steps : tuple of Step
        One for a party; for a coalition a legal sequence of its members' moves.
    """

    movers: tuple[Party, ...]
    steps: tuple[Step, ...]

    @property
    def source(self) -> int:
        """The state it leaves."""
        return self.steps[0].source

    @property
    def target(self) -> int:
        """The state it leads to."""
        return self.steps[-1].target


@dataclass(frozen=True, slots=True)
class Deterrent:
    """What follows one improvement.

    Parameters
    ----------
    improvement : Turn
        The better move.
    response : tuple of Turn
        What deters from it: the answer of the others, or the play that is expected to follow.
        Empty if nothing does, or if it was not traced (``traced``).
    escape : Turn or None
        Where the others have an answer, but one that can be escaped: the escaping move. The
        response then is the answer it escapes from.
    sanctioned : bool
        Whether the improvement is deterred.
    end : int
        Flat index of the state in which all this ends.
    at_once : bool
        Whether the turns of the response are made at the same moment as the improvement.
    traced : bool
        Whether the response was found; one that is very long is only known to exist.
    """

    improvement: Turn
    response: tuple[Turn, ...]
    escape: Turn | None
    sanctioned: bool
    end: int
    at_once: bool = False
    traced: bool = True


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a party, or a coalition, would stay at a state, or leave it.

    Parameters
    ----------
    concept : Concept
        Under which the question is asked.
    focal : tuple of int
        The party, or the coalition's members.
    state : int
        Flat index.
    stable : bool
        The verdict.
    can_move : bool
        Whether there is any move at all.
    deterrents : tuple of Deterrent
        The improvements, those that are not deterred first, then the most liked first.
    left_out : int
        Further improvements, beyond the limit; all deterred if the state is stable.
    by : Concept, optional
        Where the concept is a mixture: that one of it by which this is told.
    """

    concept: Concept
    focal: tuple[Party, ...]
    state: int
    stable: bool
    can_move: bool
    deterrents: tuple[Deterrent, ...]
    left_out: int
    by: Concept | None = None

    @property
    def rules(self) -> Rules:
        """The rules by which this is told."""
        return (self.by or self.concept).rules


@dataclass(frozen=True, eq=False)
class Prospects:
    """What tempts at one state, before any of it is traced.

    Parameters
    ----------
    can_move : bool
        Whether there is any move at all.
    targets : int array
        Where the improvements lead, flat indices.
    sanctioned : bool array
        Which of them are deterred.
    liking : int array
        How much each is liked; larger is better.
    trace : callable
        The deterrent of the k-th.
    """

    can_move: bool
    targets: NDArray[np.intp]
    sanctioned: BoolArray
    liking: NDArray[np.int64]
    trace: Callable[[int], Deterrent]


def alone(step: Step) -> Turn:
    """Return one party's move as a turn."""
    return Turn((step.mover,), (step,))
