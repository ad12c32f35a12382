"""What solution concepts differ in, as data.

A concept asks whether somebody would leave a state by a move that is better for it, given what
it thinks the others would do then. Its rules say that, and everything else follows from them: the
verdicts (:mod:`detente.stability.classic` and its neighbours), the reasons
(:mod:`detente.stability.witness`) and the words.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

Answers: TypeAlias = Literal[
    "nothing", "moves", "improvements", "at once", "play", "worst", "mixed"
]
"""What the others do after a move: see :class:`Rules`."""

IN_TURN: tuple[Answers, ...] = ("nothing", "moves", "improvements")
"""The ways of answering in which the others move one after the other, if at all."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What a concept expects of the others, and of the one who moves.

    Parameters
    ----------
    answers : str
        ``nothing``: the others do nothing. ``moves``: they answer by any sequence of moves.
        ``improvements``: by moves, or joint moves, that those who make them gain by. ``at once``:
        they improve at the same moment, from the same state. ``play``: two parties move in turn,
        each for the best in the end. ``worst``: the others move in turn with the party, for the
        worst. ``mixed``: as other concepts say, each with rules of its own.
    final : bool
        An answer counts only if one more move of the party, or the coalition, does not escape it.
    reading : "", "once", "single" or "alone"
        A narrower reading of an answer: each of the others moves at most once, as in gmcr-py; one
        of them makes one move, as in older tables; coalitions do not answer, parties do.
    horizon : int
        Moves looked ahead under ``play`` and ``worst``; 0 for no limit.
    preference : str
        Whose eyes pairs of states are seen with, where a ranking is not enough: one of the four
        senses of unknown preference, by strength, or with attitudes towards others.
    """

    answers: Answers = "nothing"
    final: bool = False
    reading: Literal["", "once", "single", "alone"] = ""
    horizon: int = 0
    preference: Literal["", "a", "b", "c", "d", "strong", "weak", "attitude"] = ""

    @property
    def in_turn(self) -> bool:
        """Whether the others answer one after the other, by sequences of moves, or not at all."""
        return self.answers in IN_TURN

    @property
    def answered(self) -> bool:
        """Whether the others do anything at all."""
        return self.answers != "nothing"

    @property
    def improving(self) -> bool:
        """Whether those who answer gain by it."""
        return self.answers == "improvements"

    @property
    def ahead(self) -> bool:
        """Whether play is looked through to its end."""
        return self.answers in ("play", "worst")

    def by_any_moves(self) -> Rules:
        """Return the same rules with answers by any moves, where there are answers."""
        return replace(self, answers="moves") if self.answered else self
