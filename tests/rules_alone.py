"""Reading by the rules alone, as where the tagger's encoder is not installed.

Texts of the tests of rules and drafts are one turn of phrase each, on purpose; what the tagger
makes of reports is tested in ``reading/test_learned.py`` and with drafts of real reports.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from detente.reading import pile


@contextmanager
def rules_alone() -> Iterator[None]:
    """Read without a tagger."""
    pile.rules.cache_clear()
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(pile, "tagger", lambda: None)
            yield
    finally:
        pile.rules.cache_clear()
