"""What a line of a draft rests on: its claims as citations, each once, and a note where needed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from detente.case.model import Basis, Citation
from detente.drafting.citing import citation
from detente.reading.claims import Claim

MAX_CITES = 4
"""Most citations of one line; the earliest are kept."""


@dataclass(frozen=True)
class Evidence:
    """Turns claims into what lines rest on.

    Parameters
    ----------
    text_of : callable
        A report's id to its text.
    """

    text_of: Callable[[str], str]

    def citations(self, claims: Iterable[Claim]) -> tuple[Citation, ...]:
        """Return the citations of some claims, the same words once."""
        found: dict[Citation, None] = {}
        for claim in claims:
            if len(found) == MAX_CITES:
                break
            made = citation(claim, self.text_of(claim.report))
            if made is not None:
                found[made] = None
        return tuple(found)

    def witnesses(self, claims: Iterable[Claim]) -> int:
        """Return how many independent reports say so; the same words in two reports are one."""
        by_report: dict[str, set[str]] = {}
        for claim in claims:
            by_report.setdefault(claim.report, set()).add(_same(claim.text))
        told: set[str] = set()
        count = 0
        for words in by_report.values():
            count += not words <= told
            told |= words
        return count

    def basis(self, claims: Iterable[Claim], note: str = "") -> Basis:
        """Return what a drafted line rests on."""
        told = list(claims)
        return Basis(self.citations(told), note, draft=True, by=_found_by(told))


def _found_by(claims: Sequence[Claim]) -> Literal["", "model", "both"]:
    """Return who found what a line rests on, where a language model had a part in it."""
    finders = {claim.by for claim in claims}
    if not finders & {"model", "both"}:
        return ""
    return "model" if finders == {"model"} else "both"


def _same(text: str) -> str:
    """Return words without what copyists change."""
    return " ".join("".join(c if c.isalnum() else " " for c in text.casefold()).split())


def assumed(note: str) -> Basis:
    """Return the basis of a drafted line that no words were found for."""
    return Basis((), note, draft=True)
