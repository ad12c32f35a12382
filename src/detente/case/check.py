"""What follows from a case as a whole: rules, status quo, and lines that say nothing."""

from __future__ import annotations

from collections.abc import Callable

from detente.case.model import Case
from detente.errors import Place, Problem


def check(case: Case, at: Callable[..., Place] | None = None) -> tuple[Problem, ...]:
    """Return what is wrong or doubtful."""
    return ()
