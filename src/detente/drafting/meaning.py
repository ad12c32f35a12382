"""How near two phrases are in meaning: the cosine of their mean rows in a small encoder.

The encoder is the one that the reader's tagger is built on, as its authors trained it to tell
sentences of one meaning (all-MiniLM-L6-v2). Where it is not installed no phrase is near another,
and words alone decide.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TypeAlias

import numpy as np

from detente.reading.learned.encoder import LINEAR, Array, Encoder, encoder
from detente.reading.learned.pieces import FIRST, LAST, pieces
from detente.reading.learned.weights import encoder_weights, folder, vocabulary

Nearness: TypeAlias = Callable[[str, str], float]
"""Two phrases to how near they are, from 0 to 1."""

CLOSE = 0.4
"""How near two deeds are in meaning at least that are taken for one, from 0 to 1."""
_LAYERS = 6
_LONGEST = 60


def nearness() -> Nearness:
    """Return how near phrases are."""
    place = folder()
    if place is None:
        return lambda *_: 0.0
    numbers, model = _loaded()

    @lru_cache(maxsize=4096)
    def row(phrase: str) -> Array:
        known = [piece.number for piece in pieces(phrase, numbers)][:_LONGEST]
        mean: Array = model(known).mean(0)
        return mean / np.linalg.norm(mean)

    return lambda one, other: max(0.0, float(row(one) @ row(other)))


@lru_cache(maxsize=1)
def _loaded() -> tuple[Mapping[str, int], Encoder]:
    """Return the word pieces with their numbers, and the encoder without any change of ours."""
    place = folder()
    assert place is not None  # asked before
    numbers, weights = vocabulary(place), encoder_weights(place)
    changes: dict[str, Array] = {}
    for short, full in LINEAR.items():
        out, into = weights[f"encoder.layer.0.{full}.weight"].shape
        changes[f"{short}.down"] = np.zeros((_LAYERS, into, 1), np.float32)
        changes[f"{short}.up"] = np.zeros((_LAYERS, 1, out), np.float32)
        changes[f"{short}.bias"] = np.zeros((_LAYERS, out), np.float32)
    return numbers, encoder(weights, changes, (numbers[FIRST], numbers[LAST]))
