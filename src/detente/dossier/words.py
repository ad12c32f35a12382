"""Plain English for options, states, moves and patterns, in the case's own labels."""

from __future__ import annotations

from collections.abc import Sequence

from detente.case.model import Case, Option, Party
from detente.graph.paths import Step
from detente.graph.space import Box, Space
from detente.stability.patterns import Pattern
from detente.stability.witness import Turn


def ordinal(n: int) -> str:
    """Return a number as ``1st``, ``2nd``, ``3rd``."""
    ending = "th" if n % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n:,}{ending}"


def listing(items: Sequence[str], last: str = "and") -> str:
    """Return ``a``, ``a and b``, ``a, b and c``."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def plural(n: int, one: str, many: str | None = None) -> str:
    """Return ``1 state``, ``2 states``."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def concept_name(name: str) -> str:
    """Return a concept's name as it is printed: ``Nash``, ``GMR``."""
    return name.capitalize() if name == "nash" else name.upper()


def possessive(name: str) -> str:
    """Return ``North’s``, ``United States’``."""
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def place(better: int, levels: int) -> str:
    """Say how good a state is for a party: ``its 2nd best of 7``."""
    if levels == 1:
        return "as good as any other"
    if better == 0:
        return f"its best of {levels:,}"
    if better == levels - 1:
        return f"its worst of {levels:,}"
    return f"its {ordinal(better + 1)} best of {levels:,}"


def is_plain(option: Option) -> bool:
    """Whether an option is simply taken or not."""
    return option.levels == ("no", "yes")


def level_phrase(option: Option, level: int) -> str:
    """Say at what level an option stands: ``“Attack”``, ``not “Attack”``, ``“Sanctions”: full``."""
    if is_plain(option):
        return f"“{option.label}”" if level else f"not “{option.label}”"
    return f"“{option.label}”: {option.levels[level]}"


def change_phrase(option: Option, old: int, new: int) -> str:
    """Say a change of level: ``takes up “Attack”``, ``moves “Sanctions” from none to full``."""
    if is_plain(option):
        return f"{'takes up' if new else 'drops'} “{option.label}”"
    return f"moves “{option.label}” from {option.levels[old]} to {option.levels[new]}"


class Words:
    """Phrases about one case; states are flat indices.

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

    @property
    def everybody(self) -> tuple[Party, ...]:
        """All parties of the case."""
        return self._case.parties

    def levels(self, state: int) -> tuple[int, ...]:
        """Return the level of every option in a state."""
        return self._space.at(state)

    def party(self, party: int) -> str:
        """Return the party's label."""
        return self._case.parties[party].label

    def parties(self, members: Sequence[int]) -> str:
        """Return the labels of several parties."""
        return listing([self.party(p) for p in members])

    def step(self, step: Step) -> str:
        """Say one move: ``Ally takes up “Enter talks”``."""
        return f"{self.party(step.mover)} {self.change(step)}"

    def change(self, step: Step) -> str:
        """Say what a move changes, without who moves."""
        old, new = self.levels(step.source), self.levels(step.target)
        changed = [
            change_phrase(option, old[axis], new[axis])
            for axis, (_, option) in enumerate(self._case.options)
            if old[axis] != new[axis]
        ]
        return listing(changed)

    def sequence(self, steps: Sequence[Step]) -> str:
        """Say some moves one after the other."""
        return ", then ".join(self.step(step) for step in steps)

    def turns(self, turns: Sequence[Turn], *, at_once: bool = False) -> str:
        """Say some turns one after the other, or ``at_once``."""
        between = " and " if at_once else ", then "
        return between.join(self.sequence(turn.steps) for turn in turns)

    def act(self, turn: Turn) -> str:
        """Say what a turn changes: of one party as ``it …``, of a coalition with who moves."""
        if len(turn.movers) == 1:
            return f"it {self.change(turn.steps[0])}"
        return self.sequence(turn.steps)

    def state(self, state: int) -> list[tuple[str, str]]:
        """Return, for each party, what it does in a state: only what is above the lowest level."""
        levels = self.levels(state)
        rows = []
        for party in self._case.parties:
            rows.append((party.label, self._doing(party, levels)))
        return rows

    def state_in_line(self, state: int) -> str:
        """Say a state in one line."""
        doing = [f"{who}: {what}" for who, what in self.state(state) if what]
        return "; ".join(doing) if doing else "nobody does anything"

    def pattern(self, pattern: Pattern) -> str:
        """Say a pattern in one line."""
        fixed = [
            f"{party.label} {level_phrase(option, level)}"
            for (party, option), level in zip(self._case.options, pattern, strict=True)
            if level is not None
        ]
        return "; ".join(fixed) if fixed else "any state at all"

    def _doing(self, party: Party, levels: Sequence[int]) -> str:
        chosen = []
        for option in party.options:
            level = levels[self._case.axis_of[party.name, option.name]]
            if level or not is_plain(option):
                chosen.append(level_phrase(option, level))
        return listing(chosen)
