"""The encoder in numpy: what each word piece means where it stands, as a row of numbers.

A transformer of the make of BERT (Vaswani et al. 2017; Devlin et al. 2019) in the size of MiniLM
(Wang et al. 2020): six layers, 384 numbers a piece. Low-rank changes of its weights (Hu et al.
2021), learnt from this project's own reports, are added once, when it is loaded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]

HEADS = 12
"""Heads of attention in a layer."""
LONGEST = 512
"""Word pieces that are looked at together, the two that mark the ends among them."""
_EPSILON = np.float32(1e-12)
_LAYER = "encoder.layer.{}."
LINEAR = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "o": "attention.output.dense",
    "f1": "intermediate.dense",
    "f2": "output.dense",
}
"""Short names of a layer's linear maps to the names of their weights."""


@dataclass(frozen=True, slots=True)
class Linear:
    """A linear map: weights of shape (in, out) and what is added, of shape (out,)."""

    weight: Array
    bias: Array

    def __call__(self, x: Array) -> Array:
        """Return the map of rows."""
        made: Array = x @ self.weight
        made += self.bias
        return made


@dataclass(frozen=True, slots=True)
class Norm:
    """Layer normalisation (Ba et al. 2016): a scale and a shift of shape (numbers,)."""

    scale: Array
    shift: Array

    def __call__(self, x: Array) -> Array:
        """Return rows, each of mean 0 and variance 1 before scale and shift."""
        centred = x - x.mean(-1, keepdims=True)
        spread = np.sqrt((centred * centred).mean(-1, keepdims=True) + _EPSILON)
        made: Array = centred / spread * self.scale + self.shift
        return made


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer: attention, then two linear maps with a bend between them."""

    maps: Mapping[str, Linear]
    after_attention: Norm
    after_maps: Norm

    def __call__(self, x: Array) -> Array:
        """Return what a layer makes of rows."""
        size = x.shape[1] // HEADS
        query, key, value = (
            self.maps[name](x).reshape(len(x), HEADS, size).transpose(1, 0, 2)
            for name in ("q", "k", "v")
        )
        scores = query @ key.transpose(0, 2, 1) / np.float32(np.sqrt(size))
        scores -= scores.max(-1, keepdims=True)
        np.exp(scores, out=scores)
        scores /= scores.sum(-1, keepdims=True)
        rows = (scores @ value).transpose(1, 0, 2).reshape(len(x), -1)
        seen = rows.astype(np.float32, copy=False)
        middle: Array = self.after_attention(np.add(x, self.maps["o"](seen)))
        return self.after_maps(np.add(middle, self.maps["f2"](_gelu(self.maps["f1"](middle)))))


@dataclass(frozen=True, slots=True)
class Encoder:
    """The encoder with its changes added.

    Parameters
    ----------
    words, places : array
        Of shape (vocabulary, numbers) and (places, numbers).
    begin : Norm
        Of the sum of both.
    layers : sequence of Layer
        In their order.
    ends : tuple of int
        The pieces that mark the beginning and the end.
    """

    words: Array
    places: Array
    begin: Norm
    layers: Sequence[Layer]
    ends: tuple[int, int]

    def __call__(self, numbers: Sequence[int]) -> Array:
        """Return a row of numbers for each of some word pieces, of shape (pieces, numbers).

        Parameters
        ----------
        numbers : sequence of int
            The pieces, at most :data:`LONGEST` less the two ends.
        """
        first, last = self.ends
        rows = self.words[[first, *numbers, last]]
        x = self.begin(rows.astype(np.float32) + self.places[: len(rows)])
        for layer in self.layers:
            x = layer(x)
        return x[1:-1]


def _gelu(x: Array) -> Array:
    """Return the bend between two maps, in its form with tanh (Hendrycks and Gimpel 2016)."""
    cube = x * x
    cube *= np.float32(0.044715)
    cube += np.float32(1.0)
    cube *= x
    cube *= np.float32(np.sqrt(2.0 / np.pi))
    np.tanh(cube, out=cube)
    cube += np.float32(1.0)
    cube *= x
    cube *= np.float32(0.5)
    return cube


def encoder(
    weights: Mapping[str, Array], changes: Mapping[str, Array], ends: tuple[int, int]
) -> Encoder:
    """Return the encoder.

    Parameters
    ----------
    weights : mapping of str to array
        By the names that BERT's weights have everywhere.
    changes : mapping of str to array
        ``MAP.down`` of shape (layers, in, rank), ``MAP.up`` of shape (layers, rank, out) and
        ``MAP.bias`` of shape (layers, out) for each of a layer's linear maps.
    ends : tuple of int
        The pieces that mark the beginning and the end.
    """
    kind = weights["embeddings.token_type_embeddings.weight"][0]
    count = len(changes["q.down"])
    return Encoder(
        weights["embeddings.word_embeddings.weight"],
        weights["embeddings.position_embeddings.weight"] + kind,
        _norm(weights, "embeddings.LayerNorm"),
        [_layer(weights, changes, k) for k in range(count)],
        ends,
    )


def _layer(weights: Mapping[str, Array], changes: Mapping[str, Array], k: int) -> Layer:
    """Return a layer with its changes added."""
    name = _LAYER.format(k)
    maps = {
        short: Linear(
            weights[f"{name}{full}.weight"].T
            + changes[f"{short}.down"][k] @ changes[f"{short}.up"][k],
            weights[f"{name}{full}.bias"] + changes[f"{short}.bias"][k],
        )
        for short, full in LINEAR.items()
    }
    return Layer(
        maps,
        _norm(weights, f"{name}attention.output.LayerNorm"),
        _norm(weights, f"{name}output.LayerNorm"),
    )


def _norm(weights: Mapping[str, Array], name: str) -> Norm:
    return Norm(weights[f"{name}.weight"], weights[f"{name}.bias"])
