"""Drafts are made of what the rules find, where a module does not say ``TAGGER = True``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext

import pytest

from rules_alone import rules_alone


@pytest.fixture(scope="module", autouse=True)
def read_by(request: pytest.FixtureRequest) -> Iterator[None]:
    """Read by the rules alone, or with the tagger as users do."""
    with nullcontext() if getattr(request.module, "TAGGER", False) else rules_alone():
        yield
