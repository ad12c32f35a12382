"""Whether the words a case cites stand in its reports."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from detente.case.model import Case
from detente.errors import Place, Problem

FOLDER = "reports"


@dataclass(frozen=True, slots=True)
class Found:
    """What became of the citations."""

    problems: tuple[Problem, ...] = ()


def check(case: Case, folder: Path, at: Callable[..., Place] | None = None) -> Found:
    """Return what became of the citations."""
    return Found()
