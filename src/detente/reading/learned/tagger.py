"""Which words of a report carry a position, of which kind; and which mention it points to.

Each word piece gets a probability for every kind of claim, apart for the first piece of a stretch
and the others; a stretch is a run of pieces that are rather something than nothing. A stretch and
a mention are compared by a bilinear form, a pointer (Vinyals et al. 2015), once for whose the
position is and once for whom it is directed at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from detente.reading.learned import weights
from detente.reading.learned.encoder import LONGEST, Array, Encoder, encoder
from detente.reading.learned.pieces import FIRST, LAST, Piece, pieces

KINDS = (
    "condition",
    "demand",
    "offer",
    "acceptance",
    "refusal",
    "silence",
    "threat",
    "pressure",
    "support",
    "denial",
    "concession",
    "event",
)
"""The kinds that are learnt, in the order of the weights."""
MENTIONS = ("party", "person", "first", "several", "name", "noun", "street", "")
"""Kinds of mention, in the order of the weights; the last stands for any other."""

_LEAST = 0.25
"""A piece is something from this probability on: low, as a stretch is weighed again as a whole."""
_ABLE = 0.2
"""A stretch may be of each kind that has such a part of its probability."""
_OVERLAP = 64
"""Pieces that a window has in common with the one before, so that no sentence stands alone."""
_STEPS, _GROWTH = 10, 1.3
"""Classes of distance on each side, and how fast they widen with the logarithm of the distance."""
_ENDS = frozenset('.!?”"')


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where somebody is spoken of.

    Parameters
    ----------
    at : int
        Its character.
    party : str
        Whom it means, as the resolver knows, else as the words have it.
    kind : str
        Of the mention.
    """

    at: int
    party: str
    kind: str


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """Words that may carry a position.

    Parameters
    ----------
    start, end : int
        Its characters, end exclusive.
    first, last : int
        Its pieces, last exclusive.
    kinds : array
        Of shape (kinds,): mean probability of each over the pieces.
    sure : float
        Mean probability of its pieces to be something.
    peak, floor : float
        The greatest and the least of them.
    """

    start: int
    end: int
    first: int
    last: int
    kinds: Array
    sure: float
    peak: float
    floor: float

    @property
    def able(self) -> tuple[str, ...]:
        """The kinds that it may be of, the likeliest first."""
        ranked = np.argsort(-self.kinds, kind="stable")
        least = min(float(self.kinds.max()), _ABLE * self.sure)
        return tuple(KINDS[k] for k in ranked if self.kinds[k] >= least)


@dataclass(frozen=True, eq=False)
class Placed:
    """Mentions with the pieces at which they stand, of shape (mentions,), in order."""

    mentions: Sequence[Mention]
    at: NDArray[np.int_]

    @cached_property
    def often(self) -> Counter[str]:
        """How many mentions each party has."""
        return Counter(mention.party for mention in self.mentions)

    def near(self, piece: int) -> Placed:
        """Return those that a window could show together with a piece."""
        first = int(np.searchsorted(self.at, piece - LONGEST, side="right"))
        last = int(np.searchsorted(self.at, piece + LONGEST, side="left"))
        return Placed(self.mentions[first:last], self.at[first:last])


@dataclass(frozen=True, eq=False)
class Tagged:
    """A report whose word pieces have been weighed.

    Parameters
    ----------
    pieces : sequence of Piece
        All of them, in order.
    meanings : array
        Of shape (pieces, numbers), from the encoder.
    odds : array
        Of shape (pieces, 1 + 2 x kinds): nothing; then for each kind, first piece and others.
    purpose : array
        Of shape (pieces,): probability to tell what would be done on a condition.
    """

    pieces: Sequence[Piece]
    meanings: Array
    odds: Array
    purpose: Array

    @cached_property
    def starts(self) -> NDArray[np.int_]:
        """The first character of each piece."""
        return np.array([piece.start for piece in self.pieces], dtype=np.int_)

    @cached_property
    def ends(self) -> NDArray[np.int_]:
        """The last character of each piece, exclusive."""
        return np.array([piece.end for piece in self.pieces], dtype=np.int_)

    def peak(self, start: int, end: int) -> float:
        """Return the greatest probability to be something of the pieces between two characters."""
        inside = self.within([(start, end)])
        return float(1 - self.odds[inside, 0].min()) if len(inside) else 0.0

    def within(self, spans: Sequence[tuple[int, int]]) -> NDArray[np.int_]:
        """Return the numbers of the pieces that touch some characters."""
        found: set[int] = set()
        for start, end in spans:
            first = int(np.searchsorted(self.ends, start, side="right"))
            last = int(np.searchsorted(self.starts, end, side="left"))
            found.update(range(first, last))
        return np.array(sorted(found), dtype=np.int_)

    def placed(self, mentions: Sequence[Mention]) -> Placed:
        """Return the mentions that stand at a piece, with their pieces, in order."""
        at = np.searchsorted(self.starts, [m.at for m in mentions], side="right") - 1
        rows = sorted(
            ((int(n), k) for k, n in enumerate(at) if n >= 0 and mentions[k].at >= 0),
        )
        return Placed([mentions[k] for _, k in rows], np.array([n for n, _ in rows], dtype=np.int_))

    def stretches(self) -> Iterator[Stretch]:
        """Yield the stretches of the report in order."""
        something = 1 - self.odds[:, 0]
        begins, goes_on = self.odds[:, 1::2].sum(1), self.odds[:, 2::2].sum(1)
        anew = (begins > goes_on) & (begins > 0.5)
        at, count = 0, len(self.pieces)
        while at < count:
            if something[at] < _LEAST:
                at += 1
                continue
            end = at + 1
            while end < count and something[end] >= _LEAST and not anew[end]:
                end += 1
            if end - at > 1:
                yield self._stretch(at, end, something[at:end])
            at = end

    def _stretch(self, at: int, end: int, something: Array) -> Stretch:
        part = self.odds[at:end]
        return Stretch(
            self.pieces[at].start,
            self.pieces[end - 1].end,
            at,
            end,
            (part[:, 1::2] + part[:, 2::2]).mean(0),
            float(something.mean()),
            float(something.max()),
            float(something.min()),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Tagger:
    """The encoder with the maps that this project learnt."""

    encoder: Encoder
    vocabulary: Mapping[str, int]
    maps: Mapping[str, Array]

    def __call__(self, text: str) -> Tagged:
        """Return a report's text with its word pieces weighed."""
        found = pieces(text, self.vocabulary)
        size = self.encoder.words.shape[1]
        meanings = np.zeros((len(found), size), np.float32)
        done = 0
        for start, end in windows(found, text):
            rows = self.encoder([piece.number for piece in found[start:end]])
            meanings[done:end] = rows[done - start :]
            done = end
        scores = meanings @ self.maps["kinds.weight"] + self.maps["kinds.bias"]
        purpose = meanings @ self.maps["purpose.weight"][:, 0] + self.maps["purpose.bias"][0]
        return Tagged(found, meanings, _softmax(scores), 1 / (1 + np.exp(-purpose)))

    def pointed(
        self, tagged: Tagged, first: int, last: int, spoken: Placed, to: str
    ) -> tuple[dict[str, float], float]:
        """Return how likely each party is meant, and how likely none of them is.

        Parameters
        ----------
        tagged : Tagged
            The report.
        first, last : int
            Pieces of the stretch, last exclusive.
        spoken : Placed
            Where the report speaks of somebody.
        to : str
            ``party`` for whose the position is, ``target`` for whom it is directed at.
        """
        mean = tagged.meanings[first:last].mean(0)
        near = spoken.near(first)
        scores = np.zeros(len(near.at) + 1, np.float32)
        scores[-1] = mean @ self.maps[f"{to}.none"]
        if len(near.at):
            held = tagged.meanings[near.at] @ self.maps[f"{to}.mention"]
            scores[:-1] = held @ (mean @ self.maps[f"{to}.stretch"])
            scores[:-1] += self.maps[f"{to}.distance"][classes(near.at - (first + last - 1) / 2)]
            kinds = [MENTIONS.index(m.kind) if m.kind in MENTIONS else -1 for m in near.mentions]
            scores[:-1] += self.maps[f"{to}.kind"][kinds]
        odds = _softmax(scores)
        found: dict[str, float] = {}
        for mention, share in zip(near.mentions, odds, strict=False):
            found[mention.party] = found.get(mention.party, 0.0) + float(share)
        return found, float(odds[-1])


def windows(found: Sequence[Piece], text: str) -> Iterator[tuple[int, int]]:
    """Yield stretches of pieces that are looked at together, each begun and ended with a sentence.

    Each has some pieces in common with the one before, for what was said there.
    """
    size, start = LONGEST - 2, 0
    while found:
        end = min(len(found), start + size)
        if end < len(found):
            cut = next(
                (n for n in range(end, start + size // 2, -1) if _closes(found[n - 1], text)), end
            )
            end = cut
        yield start, end
        if end >= len(found):
            return
        start = max(start + 1, end - _OVERLAP)
        start = next((n for n in range(start, end - 8) if _closes(found[n - 1], text)), start)


def _closes(piece: Piece, text: str) -> bool:
    return text[piece.start : piece.end] in _ENDS


def classes(distance: NDArray[np.floating]) -> NDArray[np.int_]:
    """Return the class of each distance: the nearer the finer, before and behind apart."""
    wide = np.floor(np.log2(np.abs(distance) + 1) * _GROWTH).astype(int)
    found: NDArray[np.int_] = np.where(distance < 0, 0, _STEPS) + np.minimum(_STEPS - 1, wide)
    return found


def _softmax(scores: Array) -> Array:
    made: Array = np.exp(scores - scores.max(-1, keepdims=True))
    made /= made.sum(-1, keepdims=True)
    return made


@lru_cache(maxsize=1)
def tagger() -> Tagger | None:
    """Return the tagger, loaded once in each process; None where the encoder is not installed."""
    place = weights.folder()
    if place is None:
        return None
    words, own = weights.vocabulary(place), weights.own()
    made = encoder(weights.encoder_weights(place), own, (words[FIRST], words[LAST]))
    return Tagger(made, words, own)
