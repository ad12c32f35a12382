"""Drafts are made of what the rules find; how the tagger weighs it is tested with the reader.

Texts here are one turn of phrase each, on purpose. ``test_draft_weighed.py`` drafts with both.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from detente.reading import pile


@pytest.fixture(scope="module", autouse=True)
def rules_alone(request: pytest.FixtureRequest) -> Iterator[None]:
    """Read by the rules, as where the encoder is not installed; with ``TAGGER = True`` by both."""
    with pytest.MonkeyPatch.context() as patch:
        if not getattr(request.module, "TAGGER", False):
            patch.setattr(pile, "tagger", lambda: None)
        pile.rules.cache_clear()
        yield
    pile.rules.cache_clear()
