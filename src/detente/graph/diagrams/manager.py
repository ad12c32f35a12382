"""The library's manager of diagrams, made to outlive them."""

from __future__ import annotations

import gc
from typing import Any

from dd.cudd import BDD

_outliving: list[Manager] = []


class Manager(BDD):  # type: ignore[misc]
    """A manager that the collection of garbage cannot free before its diagrams.

    Notes
    -----
    Each diagram holds its manager, so that counting references frees it last. Where both are part
    of a cycle (a frame with an error's traceback is enough) garbage is cleared in any order; a
    manager freed first complains of the diagrams left and never gives back its tables. Held until
    the collection is over, it goes last there, too.
    """

    def __del__(self) -> None:
        """Stay until the diagrams are gone."""
        if len(self):
            _outliving.append(self)
            if _release not in gc.callbacks:
                gc.callbacks.append(_release)


def _release(phase: str, _: dict[str, Any]) -> None:
    """Let go of managers without diagrams after a collection."""
    if phase == "stop":
        _outliving[:] = [manager for manager in _outliving if len(manager)]
        if not _outliving:
            gc.callbacks.remove(_release)
