"""What a page can ask to be changed, by name."""

from detente.workbench.changes import claims, lines, model
from detente.workbench.changes.core import CHANGES, Change, Desk, steps_of

__all__ = ["CHANGES", "Change", "Desk", "claims", "lines", "model", "steps_of"]
