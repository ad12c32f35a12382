"""What lines of a draft rest on: claims, whose words these are, and why parts are inferred."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from detente.case.grades import OTHER
from detente.case.model import Basis
from detente.drafting.evidence import Evidence
from detente.drafting.positions import Position
from detente.reading.claims import Claim

INFERRED = "Inferred: "
"""How the note of a line begins that no words say as they stand."""


@dataclass(slots=True)
class Grounds:
    """The positions that one line is made of."""

    positions: list[Position] = field(default_factory=list)

    @property
    def claims(self) -> list[Claim]:
        """Where they stand."""
        return [p.claim for p in self.positions]

    def add(self, position: Position) -> None:
        """Put a position to the others."""
        self.positions.append(position)

    def basis(self, evidence: Evidence) -> Basis:
        """Return what the line rests on: inferred only where every position of it is."""
        whys = [_why(p) for p in self.positions]
        note = f"{INFERRED}{whys[0]}." if all(whys) else _of_others(self.positions)
        return evidence.basis(self.claims, note)


def _why(position: Position) -> str:
    """Return why a part of a position is inferred; empty where its words say all."""
    deeds = (position.deed, position.need)
    return next((deed.why for deed in deeds if deed is not None and deed.why), "")


def _of_others(positions: Sequence[Position]) -> str:
    """Say who says so where only others do; nothing where the party or the reporter does."""
    others = [
        c.voice or c.party or "the report"
        for position in positions
        for c in (position.claim,)
        if (c.voice and c.voice != c.party) or c.party != position.party
    ]
    return f"{OTHER} {others[0]}." if others and len(others) == len(positions) else ""
