"""The same story again: identical, truncated, contained and near copies of reports.

Texts are compared as rows of words in lower case, so that quotation marks, white space and
encodings make no difference. Identical and truncated copies are found exactly, by digests of
whole texts and of prefixes; contained and near ones are looked for among reports that share
rare shingles (exact counts), and beyond :data:`EXACT_LIMIT` reports among those that share a
band of a MinHash signature.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

_WORD = re.compile(r"\w+")
SHINGLE = 5
"""Words in a shingle."""
NEAR = 0.6
"""Jaccard similarity of the shingles from which two reports count as near."""
CONTAINED = 0.8
"""The share of a report's shingles in a longer one from which it counts as contained."""
WHOLE = 0.9
"""The share from which it does so even where both are near to each other."""
MIN_WORDS = 20
"""Shorter texts are duplicates only when identical."""
EXACT_LIMIT = 500
"""Up to so many reports every pair with a common shingle is compared."""
BANDS, ROWS = 16, 4

Hashes = npt.NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Duplicate:
    """What one report repeats.

    Parameters
    ----------
    of : int
        Position of the original.
    kind : str
        ``identical``, ``truncated``, ``contained`` or ``near``.
    shared : float
        The share of this report's shingles that stand in the original too, 0 to 1.
    """

    of: int
    kind: str
    shared: float


@dataclass(frozen=True)
class Fingerprint:
    """A text as far as comparing needs it.

    Parameters
    ----------
    words : int
        How many words it has.
    digest : int
        Of all its words in order.
    shingles : uint32, shape (n,)
        Sorted, each once.
    prefix : uint32, shape (words,)
        Running digest: entry ``k`` stands for the first ``k + 1`` words.
    """

    words: int
    digest: int
    shingles: Hashes
    prefix: Hashes


def fingerprint(text: str) -> Fingerprint:
    """Return the fingerprint of a text; linear in it."""
    words = _WORD.findall(text.lower())
    codes = np.fromiter((zlib.crc32(w.encode()) for w in words), dtype=np.uint32, count=len(words))
    return Fingerprint(len(words), _digest(words), _shingles(codes), _running(codes))


def _digest(words: Sequence[str]) -> int:
    """Return one number for all words in order."""
    joined = " ".join(words).encode()
    return (zlib.crc32(joined) << 32) | zlib.adler32(joined)


def _shingles(codes: Hashes) -> Hashes:
    """Return the sorted hashes of all runs of :data:`SHINGLE` words."""
    n = len(codes) - SHINGLE + 1
    if n < 1:
        return np.unique(codes)
    mixed = np.zeros(n, dtype=np.uint32)
    for k in range(SHINGLE):
        mixed = mixed * np.uint32(0x9E3779B1) + codes[k : k + n]
        mixed ^= mixed >> np.uint32(15)
    return np.unique(mixed)


def _running(codes: Hashes) -> Hashes:
    """Return a digest of every prefix: a running sum of codes that know their place."""
    place = np.arange(1, len(codes) + 1, dtype=np.uint32) * np.uint32(0x85EBCA6B)
    mixed = (codes ^ place) * np.uint32(0xC2B2AE35)
    mixed ^= mixed >> np.uint32(13)
    return np.cumsum(mixed, dtype=np.uint32)


def duplicates(prints: Sequence[Fingerprint]) -> list[Duplicate | None]:
    """Return, for every text, what it repeats, or None.

    An original is never itself a duplicate: the longest text of a group, and of equals the
    first, stands for all. The order of texts decides only between equals.
    """
    order = sorted(range(len(prints)), key=lambda i: (-prints[i].words, i))
    found: list[Duplicate | None] = [None] * len(prints)
    originals = _identical(prints, order, found)
    _truncated(prints, originals, found)
    rest = [i for i in originals if found[i] is None]
    for a, b in _candidates(prints, rest):
        _compare(prints, a, b, found)
    return _to_roots(found, prints)


def _identical(
    prints: Sequence[Fingerprint], order: Iterable[int], found: list[Duplicate | None]
) -> list[int]:
    """Mark texts with the same words; return the others, longest first."""
    first: dict[tuple[int, int], int] = {}
    kept = []
    for i in order:
        key = (prints[i].words, prints[i].digest)
        if key in first and prints[i].words:
            found[i] = Duplicate(first[key], "identical", 1.0)
        else:
            first[key] = i
            kept.append(i)
    return kept


def _truncated(
    prints: Sequence[Fingerprint], originals: Sequence[int], found: list[Duplicate | None]
) -> None:
    """Mark texts that are the beginning of a longer one, last word perhaps cut."""
    by_start: dict[int, list[int]] = defaultdict(list)
    for i in originals:
        p = prints[i]
        if p.words < MIN_WORDS:
            continue
        key = int(p.prefix[MIN_WORDS - 2])
        for j in by_start[key]:
            whole = prints[j].prefix
            if whole[p.words - 2] == p.prefix[p.words - 2] and prints[j].words > p.words:
                shared = _share(p.shingles, prints[j].shingles)
                found[i] = Duplicate(j, "truncated", shared)
                break
        else:
            by_start[key].append(i)


def _share(part: Hashes, whole: Hashes) -> float:
    """Return the share of one set of shingles that lies in another."""
    if not len(part):
        return 0.0
    return round(float(np.isin(part, whole, assume_unique=True).mean()), 4)


def _candidates(prints: Sequence[Fingerprint], rest: Sequence[int]) -> list[tuple[int, int]]:
    """Return pairs (longer, shorter) worth comparing, longest first."""
    long_enough = [i for i in rest if prints[i].words >= MIN_WORDS]
    if len(long_enough) <= EXACT_LIMIT:
        pairs = _sharing(prints, long_enough)
    else:
        pairs = _banded(prints, long_enough)
    rank = {i: k for k, i in enumerate(rest)}
    return sorted(
        ((a, b) if rank[a] < rank[b] else (b, a) for a, b in pairs),
        key=lambda pair: (rank[pair[0]], rank[pair[1]]),
    )


def _sharing(prints: Sequence[Fingerprint], rest: Sequence[int]) -> set[tuple[int, int]]:
    """Return all pairs that share at least one shingle in twenty."""
    holders: dict[int, list[int]] = defaultdict(list)
    for i in rest:
        for shingle in prints[i].shingles.tolist():
            holders[shingle].append(i)
    common: Counter[tuple[int, int]] = Counter()
    for owners in holders.values():
        if 1 < len(owners) <= 60:
            common.update((a, b) for k, a in enumerate(owners) for b in owners[k + 1 :])
    return {
        (a, b)
        for (a, b), n in common.items()
        if 20 * n >= min(len(prints[a].shingles), len(prints[b].shingles))
    }


def _banded(prints: Sequence[Fingerprint], rest: Sequence[int]) -> set[tuple[int, int]]:
    """Return the pairs whose MinHash signatures agree in a whole band."""
    rng = np.random.default_rng(20180227)  # fixed: the same pile gives the same pairs
    factors = rng.integers(1, 2**32, size=BANDS * ROWS, dtype=np.uint32) | np.uint32(1)
    offsets = rng.integers(0, 2**32, size=BANDS * ROWS, dtype=np.uint32)
    buckets: dict[tuple[int, bytes], list[int]] = defaultdict(list)
    for i in rest:
        mixed = prints[i].shingles[:, None] * factors + offsets  # [shingle, hash]
        signature = mixed.min(axis=0).astype("<u4")
        for band in range(BANDS):
            key = signature[band * ROWS : (band + 1) * ROWS].tobytes()
            buckets[band, key].append(i)
    pairs: set[tuple[int, int]] = set()
    for owners in buckets.values():
        head = owners[0]  # with the longest of a bucket: chains lead to the root anyway
        pairs.update((head, other) for other in owners[1:])
        pairs.update(pairwise(owners))
    return {pair for pair in pairs if pair[0] != pair[1]}


def _compare(
    prints: Sequence[Fingerprint], longer: int, shorter: int, found: list[Duplicate | None]
) -> None:
    """Mark the shorter text if it lies in the longer one, or is near to it."""
    if found[shorter] is not None or found[longer] is not None:
        return
    a, b = prints[longer].shingles, prints[shorter].shingles
    common = int(np.isin(b, a, assume_unique=True).sum())
    union = len(a) + len(b) - common
    shared = round(common / max(1, len(b)), 4)
    near = common >= NEAR * union
    if shared >= WHOLE or (shared >= CONTAINED and not near):
        found[shorter] = Duplicate(longer, "contained", shared)
    elif near:
        found[shorter] = Duplicate(longer, "near", shared)


def _to_roots(
    found: list[Duplicate | None], prints: Sequence[Fingerprint]
) -> list[Duplicate | None]:
    """Return the marks with every duplicate pointing at a text that is none."""
    roots: list[Duplicate | None] = []
    for mark in found:
        if mark is None:
            roots.append(None)
            continue
        of = mark.of
        while (above := found[of]) is not None:
            of = above.of
        roots.append(Duplicate(of, mark.kind, mark.shared))
    return roots
