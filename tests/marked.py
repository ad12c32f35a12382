"""Which of many like cases `make test` tries: a few, while the others are slow tests."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest


def few(values: Iterable[Any], *quick: Any) -> list[Any]:
    """Parameters for a test, of which all but some are slow."""
    return [pytest.param(v, marks=() if v in quick else pytest.mark.slow) for v in values]
