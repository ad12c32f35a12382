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
from detente.questions.table import FUNCTIONS
from detente.version import __version__

if TYPE_CHECKING:
    from detente.case.model import Case
    from detente.questions.table import *  # noqa: F403

__all__ = ["CaseError", "DetenteError", "LimitError", "ReportError", "ShapeError", "__version__"]
__all__ += ["Case", *sorted(FUNCTIONS)]


class _Question:
    """A question that is imported when it is first asked.

    Some questions share their name with a part of the package (``detente.stability``). Importing
    that part binds it here; the question keeps the name, and the part is imported from as usual:
    ``from detente.stability import registry``.
    """

    def __init__(self, name: str) -> None:
        self._name = name

    def __get__(self, package: object, owner: type) -> object:
        module = f"detente.questions.{FUNCTIONS[self._name].question}"
        return getattr(import_module(module), self._name)

    def __set__(self, package: object, part: object) -> None:
        pass


class _Cases:
    """The class of cases, imported when it is first asked for."""

    def __get__(self, package: object, owner: type) -> object:
        return import_module("detente.case.model").Case


sys.modules[__name__].__class__ = type(
    "_Package",
    (ModuleType,),
    {"Case": _Cases(), **{name: _Question(name) for name in FUNCTIONS}},
)


def __dir__() -> list[str]:
    return list(__all__)
