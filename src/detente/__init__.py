"""Strategic stand-offs as models that can be questioned.

>>> import detente
>>> case = detente.load("elmira")
>>> result = detente.stability(case)
>>> len(result.equilibria("seq"))
6
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from detente.errors import CaseError, DetenteError, LimitError, ReportError, ShapeError
from detente.version import __version__

if TYPE_CHECKING:
    from detente.verbs.engine import evolution, explain, inverse, stability, states
    from detente.verbs.loading import load

__all__ = [
    "CaseError",
    "DetenteError",
    "LimitError",
    "ReportError",
    "ShapeError",
    "__version__",
    "evolution",
    "explain",
    "inverse",
    "load",
    "stability",
    "states",
]

_VERBS = {
    "evolution": "engine",
    "explain": "engine",
    "inverse": "engine",
    "load": "loading",
    "stability": "engine",
    "states": "engine",
}
"""Verb to its module in :mod:`detente.verbs`, which loads numpy and so only when it is used."""


def __getattr__(name: str) -> object:
    if name in _VERBS:
        return getattr(import_module(f"detente.verbs.{_VERBS[name]}"), name)
    raise AttributeError(f"module 'detente' has no attribute '{name}'")


def __dir__() -> list[str]:
    return list(__all__)
