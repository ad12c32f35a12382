"""How near two phrases are in meaning, by the encoder or without it."""

from __future__ import annotations

import pytest

from detente.drafting import meaning
from detente.reading.learned.weights import folder

needs_encoder = pytest.mark.skipif(folder() is None, reason="the encoder is not installed")


@needs_encoder
def test_deeds_of_one_meaning_are_nearer_than_others():
    near = meaning.nearness()
    one, other = "pull back its soldiers from the ridge", "withdraw the troops from the hills"
    assert near(one, other) == near(other, one)
    assert near(one, one) == pytest.approx(1.0, abs=1e-5)
    assert near(one, other) >= meaning.CLOSE > near(one, "publish the accounts of the bank")


def test_without_the_encoder_nothing_is_near(monkeypatch):
    monkeypatch.setattr(meaning, "folder", lambda: None)
    assert meaning.nearness()("open the port", "open the port") == 0.0
