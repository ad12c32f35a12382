"""Plain English for options, states, moves and patterns, in the case's own labels."""

from __future__ import annotations

from collections.abc import Sequence

from detente.case.model import Case, Option, Party
from detente.english.deeds import Form
from detente.english.speech import English, listing
from detente.graph.paths import Step
from detente.graph.space import Box, Levels, Space
from detente.stability.patterns import Pattern
from detente.stability.witness import Turn

__all__ = ["Words", "concept_name", "is_plain", "listing", "ordinal", "place", "plural"]


def ordinal(n: int) -> str:
    """Return a number as ``1st``, ``2nd``, ``3rd``."""
    ending = "th" if n % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n:,}{ending}"


def plural(n: int, one: str, many: str | None = None) -> str:
    """Return ``1 state``, ``2 states``."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def concept_name(name: str) -> str:
    """Return a concept's name as it is printed: ``Nash``, ``GMR``."""
    return name.capitalize() if name == "nash" else name.upper()


def possessive(name: str) -> str:
    """Return ``North’s``, ``United States’``."""
    return f"{name}’" if name.endswith("s") else f"{name}’s"


IDLE = "no party does anything"
"""Of a state in which all that could be done is left."""


def place(its: str, better: int, levels: int) -> str:
    """Say how good a state is for a party: ``its 2nd best of 7``."""
    if levels == 1:
        return "as good as any other"
    if better == 0:
        return f"{its} best of {levels:,}"
    if better == levels - 1:
        return f"{its} worst of {levels:,}"
    return f"{its} {ordinal(better + 1)} best of {levels:,}"


def is_plain(option: Option) -> bool:
    """Whether an option is simply taken or not."""
    return option.levels == ("no", "yes")


class Words:
    """Phrases about one case; states are flat indices, or tuples of levels.

    Parameters
    ----------
    case : Case
        Its labels are used.
    space : Space, optional
        How the states are stored that it tells; by default with one axis an option.
    """

    def __init__(self, case: Case, space: Space | None = None) -> None:
        self._case = case
        self._space = Box(case.shape) if space is None else space
        self.english = English(case)

    @property
    def everybody(self) -> tuple[Party, ...]:
        """All parties of the case."""
        return self._case.parties

    def levels(self, state: int | Levels) -> Levels:
        """Return the level of every option in a state."""
        return state if isinstance(state, tuple) else self._space.at(state)

    def party(self, party: int) -> str:
        """Return the party's name as it stands in a sentence: ``the United States``."""
        return self.english.party(party)

    def parties(self, members: Sequence[int]) -> str:
        """Return the labels of several parties."""
        return listing([self.party(p) for p in members])

    def step(self, step: Step) -> str:
        """Say one move: ``the ally enters talks``."""
        return f"{self.party(step.mover)} {self.change(step)}"

    def change(self, step: Step, form: Form = "is") -> str:
        """Say what a move changes, without who moves."""
        old, new = self.levels(step.source), self.levels(step.target)
        return listing(self.english.changes(self._case.parties[step.mover], old, new, form))

    def sequence(self, steps: Sequence[Step]) -> str:
        """Say some moves one after the other."""
        return ", then ".join(self.step(step) for step in steps)

    def turns(self, turns: Sequence[Turn], *, at_once: bool = False, modal: str = "") -> str:
        """Say some turns one after the other, or ``at_once``; after a ``modal``: "would talk"."""
        between = " and " if at_once else ", and then "
        if not modal:
            return between.join(self.sequence(turn.steps) for turn in turns)
        steps = [step for turn in turns for step in turn.steps]
        told = (f"{self.party(s.mover)} {modal} {self.change(s, 'bare')}" for s in steps)
        return between.join(told)

    def act(self, turn: Turn) -> str:
        """Say what a turn changes: of one party as ``it …``, of a coalition with who moves."""
        if len(turn.movers) == 1:
            return f"{self.english.name(turn.movers[0]).it} {self.change(turn.steps[0])}"
        return self.sequence(turn.steps)

    def state(self, state: int | Levels) -> list[tuple[str, str]]:
        """Return, for each party, what it does in a state: only what is above the lowest level."""
        levels = self.levels(state)
        return [
            (self.english.party(party.name), self.english.doing(party, levels))
            for party in self._case.parties
        ]

    def state_in_line(self, state: int | Levels) -> str:
        """Say a state in one line."""
        doing = [f"{who} {what}" for who, what in self.state(state) if what]
        return "; ".join(doing) if doing else IDLE

    def pattern(self, pattern: Pattern) -> str:
        """Say a pattern in one line."""
        fixed = [
            self.english.does(party.name, option, level)
            for (party, option), level in zip(self._case.options, pattern, strict=True)
            if level is not None
        ]
        return "; ".join(fixed) if fixed else "any state at all"
