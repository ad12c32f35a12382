"""Strategic stand-offs as models that can be questioned.

>>> import detente
>>> case = detente.load("elmira")
>>> result = detente.stability(case)
>>> len(result.equilibria("seq"))
6
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.errors import CaseError, DetenteError, LimitError, ReportError, ShapeError
from detente.version import __version__

if TYPE_CHECKING:
    from detente.verbs import (
        evolution,
        explain,
        inverse,
        load,
        stability,
        states,
    )

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

_VERBS = frozenset(__all__[6:])


def __getattr__(name: str) -> object:
    # Importing the verbs imports numpy; `import detente` and `detente --help` stay quick.
    if name in _VERBS:
        from detente import verbs

        return getattr(verbs, name)
    raise AttributeError(f"module 'detente' has no attribute '{name}'")


def __dir__() -> list[str]:
    return list(__all__)
