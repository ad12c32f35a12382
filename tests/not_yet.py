"""Tests whose expectations are read anew: they run, and may fail while they are listed."""

from __future__ import annotations

from pathlib import Path

import pytest

LIST = Path(__file__).with_suffix(".txt")


def mark(items: list[pytest.Item]) -> None:
    """Mark the tests of the list."""
    named = set(LIST.read_text("utf-8").splitlines()) if LIST.exists() else set()
    for item in items:
        if item.nodeid in named:
            item.add_marker(pytest.mark.xfail(reason="read anew (issue 12, 13)", strict=False))
