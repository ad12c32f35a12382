"""Which store a person wants, if any."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Literal, TypeAlias

from detente.errors import CaseError, unknown

Store: TypeAlias = Literal["arrays", "list", "diagrams"]

ARRAYS: Store = "arrays"
LIST: Store = "list"
DIAGRAMS: Store = "diagrams"
STORES: tuple[Store, ...] = (ARRAYS, LIST, DIAGRAMS)

_wanted: ContextVar[Store | None] = ContextVar("store", default=None)


def wanted() -> Store | None:
    """Return the store that is wanted; None where the case decides."""
    return _wanted.get()


@contextmanager
def using(name: str | None) -> Iterator[None]:
    """Store states so while the block runs.

    Parameters
    ----------
    name : str or None
        ``arrays``, ``list`` or ``diagrams``; None lets size and rules of the case decide.

    Raises
    ------
    CaseError
        If there is no such store.

    Examples
    --------
    >>> import detente
    >>> from detente.graph import using
    >>> with using("list"):
    ...     result = detente.stability(detente.load("prisoners-dilemma"))
    >>> result.graph.space.name
    'list'
    """
    found = next((store for store in STORES if store == name), None)
    if found is None and name is not None:
        raise CaseError(unknown("store", name, STORES))
    token = _wanted.set(found)
    try:
        yield
    finally:
        _wanted.reset(token)
