"""Strategic stand-offs as models that can be questioned.

>>> import detente
>>> case = detente.load("elmira")
>>> result = detente.stability(case)
>>> len(result.equilibria("seq"))
6
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

from detente.errors import CaseError, DetenteError, LimitError, ReportError, ShapeError
from detente.version import __version__

if TYPE_CHECKING:
    from detente.verbs.brief import brief
    from detente.verbs.draft import draft
    from detente.verbs.engine import evolution, explain, inverse, stability, states
    from detente.verbs.loading import load
    from detente.verbs.reading import read
    from detente.verbs.risk import prism, risk
    from detente.verbs.sweep import sweep
    from detente.verbs.wayout import broker, deadlock, diff, path, unlock, whatif

__all__ = [
    "CaseError",
    "DetenteError",
    "LimitError",
    "ReportError",
    "ShapeError",
    "__version__",
    "brief",
    "broker",
    "deadlock",
    "diff",
    "draft",
    "evolution",
    "explain",
    "inverse",
    "load",
    "path",
    "prism",
    "read",
    "risk",
    "stability",
    "states",
    "sweep",
    "unlock",
    "whatif",
]

_VERBS = {
    "brief": "brief",
    "broker": "wayout",
    "deadlock": "wayout",
    "diff": "wayout",
    "draft": "draft",
    "evolution": "engine",
    "explain": "engine",
    "inverse": "engine",
    "load": "loading",
    "path": "wayout",
    "prism": "risk",
    "read": "reading",
    "risk": "risk",
    "stability": "engine",
    "states": "engine",
    "sweep": "sweep",
    "unlock": "wayout",
    "whatif": "wayout",
}
"""Verb to its module in :mod:`detente.verbs`, which loads numpy and so only when it is used."""


class _Verb:
    """A verb that is imported when it is first asked for.

    Some verbs share their name with a part of the package (``detente.stability``). Importing that
    part binds it here; the verb keeps the name, and the part is imported from as usual:
    ``from detente.stability import registry``.
    """

    def __init__(self, name: str) -> None:
        self._name = name

    def __get__(self, package: object, owner: type) -> object:
        return getattr(import_module(f"detente.verbs.{_VERBS[self._name]}"), self._name)

    def __set__(self, package: object, part: object) -> None:
        pass


sys.modules[__name__].__class__ = type(
    "_Package", (ModuleType,), {name: _Verb(name) for name in _VERBS}
)


def __dir__() -> list[str]:
    return list(__all__)
