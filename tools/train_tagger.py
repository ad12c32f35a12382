"""Train the tagger on this project's own reports, in benchmarks.

    python tools/train_tagger.py [--epochs N] [--anew] [--out FILE]

Needs PyTorch (``pip install torch``, 5 GB with all it brings), which nothing else here does, and
the encoder of ``detente.reading.learned.weights``. The encoder's weights stay; learnt are changes
of low rank (Hu et al. 2021) and the maps from meanings to kinds and pointers. Sets of the
authors in HELD are left out: ``tools/train_weigh.py`` fits with them how far stretches and rules
are to be believed.

The first authors left positions unmarked: what they did not mark counts less than what those left
who were shown how closely to mark. They are learnt from only with --anew, and then a round takes no
more of their windows than of the others'.

So that no report is learnt by heart, it is another one in each round: its names are those of other
sets, and some pieces are hidden. What is kept is a mean over the last steps (Polyak and Juditsky
1992).
"""

from __future__ import annotations

import argparse
import re
import time
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from learnt_sets import HELD, Gold, LearntSet, Marked, read_before, sets
from tagger_net import LAYERS, SIZE, Net, dropped
from torch import Tensor, nn
from torch.nn import functional

from detente.reading.analysis.parser import analysed
from detente.reading.learned import weights
from detente.reading.learned.encoder import LINEAR, LONGEST
from detente.reading.learned.mentions import mentions, name_of
from detente.reading.learned.pieces import FIRST, LAST, MASKED, Piece, pieces
from detente.reading.learned.tagger import (
    KINDS,
    MENTIONS,
    Mention,
    classes,
    tagger,
    windows,
)
from detente.reading.lexicon import load
from detente.reading.plain import plain
from detente.reading.report import Report
from detente.reading.who.world import World

SHARES = {"kind": 1.0, "purpose": 0.3, "party": 0.3, "target": 0.2}
"""How much each of what is learnt weighs."""
FULLY = (
    *("ag", "ah", "ai", "ak", "al", "am", "ao", "ap", "aq", "ba", "bb", "bc"),
    *("be", "bf", "bg", "bh", "bi", "bj", "bk"),
)
"""Authors who were shown how closely a careful reader marks."""
LEFT = 0.5
"""How much it counts that the other authors left a piece unmarked."""
RATE, HEADS_RATE, DECAY, AT_ONCE = 5e-4, 1e-3, 0.03, 12
POINTED_DROPOUT = 0.4
"""Of the numbers that pointers compare, which fit by heart sooner."""
RENAMED, HIDDEN = 0.75, 0.06
"""Parts of the names that are others in a round, and of the pieces that are hidden."""
RARE = 3
"""A word of names is one of this dispute's own if no more sets than these have it in theirs."""
MEMORY = 0.995
"""How much of the mean over the steps stays at each."""

Spelt = tuple[int, ...]
"""Pieces of a word."""


@dataclass(frozen=True, eq=False)
class Position:
    """A position in a window: its pieces, and which mentions mean its party, and its addressee."""

    pieces: np.ndarray
    whose: np.ndarray
    whom: np.ndarray


@dataclass(frozen=True, eq=False)
class Example:
    """A window of pieces with what is to be learnt of it.

    Parameters
    ----------
    numbers : array
        Pieces.
    labels, others : array
        Of each piece: its class, and another that is right too, else the same.
    counts : array
        Of each piece: how much its class counts.
    purpose : array
        Of each piece: 1 where it tells what would be done on a condition.
    at, kinds : array
        Of each mention: its piece and its class.
    gold : list of Position
        What is marked.
    names : list of (int, int, str)
        Words of names: their first and last piece, last exclusive, and the word.
    """

    numbers: np.ndarray
    labels: np.ndarray
    others: np.ndarray
    counts: np.ndarray
    purpose: np.ndarray
    at: np.ndarray
    kinds: np.ndarray
    gold: list[Position]
    names: list[tuple[int, int, str]]


def own_names(known: Sequence[LearntSet]) -> list[frozenset[str]]:
    """Return the words of each set's names that hardly any other set has in its own."""
    words = [
        {w for names in one.parties for name in names for w in re.findall(r"[^\W\d_]{3,}", name)}
        for one in known
    ]
    count = Counter(word for found in words for word in found)
    return [
        frozenset(w for w in found if w[0].isupper() and count[w] <= RARE and count[w.lower()] == 0)
        for found in words
    ]


def renamed(row: Example, pool: Sequence[Spelt], rng: np.random.Generator) -> Example:
    """Return a window in which some names are others, the same wherever they stand."""
    words = sorted({word for *_, word in row.names})
    other = {w: pool[rng.integers(len(pool))] for w in words if rng.random() < RENAMED}
    numbers, back, begins, at = [], [], [], 0
    for first, last, word in [*row.names, (len(row.numbers), len(row.numbers), "")]:
        if word and word not in other:
            continue
        numbers += row.numbers[at:first].tolist()
        back += range(at, first)
        begins += [True] * (first - at)
        if word:
            spelt = other[word]
            numbers += spelt
            back += [min(first + k, last - 1) for k in range(len(spelt))]
            begins += [k < last - first for k in range(len(spelt))]
        at = last
    of, new = np.array(back, int), np.array(begins)

    def goes_on(labels: np.ndarray) -> np.ndarray:
        """Return labels of which none that begins a stretch stands twice for one piece."""
        found = labels[of]
        return np.where(~new & (found % 2 == 1), found + 1, found)

    return replace(
        row,
        numbers=np.array(numbers),
        labels=goes_on(row.labels),
        others=goes_on(row.others),
        counts=row.counts[of],
        purpose=row.purpose[of],
        at=np.minimum(np.searchsorted(of, row.at), len(of) - 1),
        gold=[
            replace(g, pieces=np.flatnonzero(here))
            for g in row.gold
            if (here := np.isin(of, g.pieces)).any()
        ],
        names=[],
    )


def examples(
    one: LearntSet, numbers: Mapping[str, int], own: Collection[str], left: float
) -> Iterator[Example]:
    """Yield the windows of a set's reports.

    Parameters
    ----------
    one : LearntSet
        The set.
    numbers : mapping of str to int
        Pieces to their numbers.
    own : collection of str
        Words of the set's names.
    left : float
        How much it counts that a piece was left unmarked.
    """
    shown = [plain(Report(r.name, r.name, r.text, "")) for r in one.reports]
    parsed = analysed([text.plain for text in shown])
    world = World(parsed, frozenset(), (), load(None))
    for marked, known in zip(one.reports, parsed, strict=True):
        spoken = mentions(known, world)
        names = {u.where(t): name_of(t) for u in known.units for t in u.doc or ()}
        means = [one.meant(names.get(m.at, "")) or one.meant(m.party) or "" for m in spoken]
        found = pieces(marked.text, numbers)
        for start, end in windows(found, marked.text):
            yield _example(marked, found[start:end], spoken, means, own, left)


def _names(
    text: str, spans: Sequence[tuple[int, int]], own: Collection[str]
) -> Iterator[tuple[int, int, str]]:
    """Yield the words of names that stand wholly in a window."""
    starts = {a: n for n, (a, _) in enumerate(spans)}
    ends = {b: n for n, (_, b) in enumerate(spans)}
    for word in re.finditer(r"[^\W\d_]+", text):
        if word[0] in own and word.start() in starts and word.end() in ends:
            yield starts[word.start()], ends[word.end()] + 1, word[0]


def _example(
    marked: Marked,
    found: Sequence[Piece],
    spoken: Sequence[Mention],
    parties: Sequence[str],
    own: Collection[str],
    left: float,
) -> Example:
    spans = [(piece.start, piece.end) for piece in found]
    labels, others = np.zeros(len(spans), int), np.zeros(len(spans), int)
    purpose = np.zeros(len(spans), np.float32)
    here = [
        (m, n, party)
        for m, party in zip(spoken, parties, strict=True)
        for n, (a, b) in enumerate(spans)
        if a <= m.at < b
    ]
    means = np.array([party for *_, party in here], object)
    gold = []
    for position in (g for g in marked.gold if g.kinds[0] in KINDS):
        kinds = [KINDS.index(kind) for kind in position.kinds if kind in KINDS]
        for place in _places(position, marked.text)[:2]:
            inside = _touching(spans, place)
            for k, n in enumerate(inside):
                if not labels[n]:
                    labels[n], others[n] = (1 + 2 * kind + (k > 0) for kind in (kinds * 2)[:2])
            if len(inside):
                gold.append(Position(inside, means == position.party, np.isin(means, position.to)))
        if position.purpose:
            start = marked.text.find(position.purpose)
            purpose[_touching(spans, (start, start + len(position.purpose)))] = 1
    return Example(
        np.array([piece.number for piece in found]),
        labels,
        others,
        np.where(labels > 0, 1, left).astype(np.float32),
        purpose,
        np.array([n for _, n, _ in here], int),
        np.array([MENTIONS.index(m.kind if m.kind in MENTIONS else "") for m, *_ in here], int),
        gold,
        list(_names(marked.text, spans, own)),
    )


def _places(position: Gold, text: str) -> list[tuple[int, int]]:
    found, at = [], text.find(position.words)
    while at >= 0:
        found.append((at, at + len(position.words)))
        at = text.find(position.words, at + 1)
    return found


def _touching(spans: Sequence[tuple[int, int]], place: tuple[int, int]) -> np.ndarray:
    return np.array([n for n, (a, b) in enumerate(spans) if a < place[1] and b > place[0]], int)


def batches(rows: Sequence[Example], rng: np.random.Generator) -> list[list[Example]]:
    """Return windows of about one length together, in random order."""
    order = sorted(rows, key=lambda row: len(row.numbers) + rng.uniform(0, 20))
    groups = [order[k : k + AT_ONCE] for k in range(0, len(order), AT_ONCE)]
    rng.shuffle(groups)
    return groups


def loss(net: Net, group: Sequence[Example], ends: tuple[int, int]) -> dict[str, Tensor]:
    """Return what is still wrong, for each of what is learnt."""
    flat = torch.cat(net.read(group, ends))
    told = torch.from_numpy(np.concatenate([row.purpose for row in group]))
    tells = (flat @ net.map("purpose.weight") + net.map("purpose.bias"))[:, 0]
    starts = np.cumsum([0, *(len(row.numbers) for row in group[:-1])])
    at = np.concatenate([row.at + start for row, start in zip(group, starts, strict=True)])
    window = np.repeat(np.arange(len(group)), [len(row.at) for row in group])
    of_kind = sorting(net, flat, group)
    flat = dropped(flat, net.chance, POINTED_DROPOUT)
    spoken = flat[torch.from_numpy(at)]
    wrong = {
        "kind": of_kind,
        "purpose": functional.binary_cross_entropy_with_logits(tells, told),
    }
    for to in ("party", "target"):
        wrong[to] = pointing(net, flat, spoken, group, starts, at, window, to)
    return wrong


def sorting(net: Net, flat: Tensor, group: Sequence[Example]) -> Tensor:
    """Return how little each piece is of a class that is right."""
    labels, others = (
        torch.from_numpy(np.concatenate([getattr(row, name) for row in group]))
        for name in ("labels", "others")
    )
    counts = torch.from_numpy(np.concatenate([row.counts for row in group]))
    odds = torch.log_softmax(flat @ net.map("kinds.weight") + net.map("kinds.bias"), 1)
    first, second = (odds.gather(1, x[:, None])[:, 0] for x in (labels, others))
    right = torch.where(labels == others, first, torch.logaddexp(first, second))
    return -(right * counts).sum() / counts.sum()


def pointing(
    net: Net,
    flat: Tensor,
    spoken: Tensor,
    group: Sequence[Example],
    starts: np.ndarray,
    at: np.ndarray,
    window: np.ndarray,
    to: str,
) -> Tensor:
    """Return how little the right mentions are pointed to, or none where none is right."""
    gold = [(k, position) for k, row in enumerate(group) for position in row.gold]
    if not gold:
        return flat.sum() * 0
    of = np.repeat(np.arange(len(gold)), [len(one.pieces) for _, one in gold])
    inside = np.concatenate([one.pieces + starts[k] for k, one in gold])
    middle = np.array([one.pieces.mean() + starts[k] for k, one in gold])
    mean = (
        torch.zeros(len(gold), SIZE).index_add(
            0, torch.from_numpy(of), flat[torch.from_numpy(inside)]
        )
        / torch.from_numpy(np.bincount(of))[:, None]
    )
    here = np.array([k for k, _ in gold])[:, None] == window
    kinds = torch.from_numpy(np.concatenate([row.kinds for row in group]))
    scores = mean @ net.map(f"{to}.stretch") @ (spoken @ net.map(f"{to}.mention")).t()
    scores = scores + net.map(f"{to}.distance")[torch.from_numpy(classes(at - middle[:, None]))]
    scores = scores + net.map(f"{to}.kind")[kinds]
    scores = scores.masked_fill(~torch.from_numpy(here), -1e9)
    scores = torch.cat([scores, (mean @ net.map(f"{to}.none"))[:, None]], 1)
    right = np.zeros(scores.shape, bool)
    for row, (k, one) in zip(right, gold, strict=True):
        which = one.whose if to == "party" else one.whom
        row[:-1][window == k], row[-1] = which, not which.any()
    odds = torch.log_softmax(scores, 1).masked_fill(~torch.from_numpy(right), -1e9)
    return -torch.logsumexp(odds, 1).mean()


class Mean:
    """The mean over the steps of what a net learns, the last ones counting most."""

    def __init__(self, net: Net) -> None:
        self.net, self.steps = net, 0
        self.held = [p.detach().clone() for p in net.parameters()]

    def add(self) -> None:
        """Take in the net as it stands."""
        self.steps += 1
        part = 1 - min(MEMORY, self.steps / (self.steps + 10))
        for held, now in zip(self.held, self.net.parameters(), strict=True):
            held.lerp_(now.detach(), part)

    def give(self) -> None:
        """Make the net what its mean is."""
        for held, now in zip(self.held, self.net.parameters(), strict=True):
            now.data.copy_(held)


def changed(row: Example, pool: Sequence[Spelt], masked: int, rng: np.random.Generator) -> Example:
    """Return a window as a round sees it."""
    made = renamed(row, pool, rng) if row.names else row
    made = made if len(made.numbers) <= LONGEST - 2 else row  # other names may be longer
    hidden = rng.random(len(made.numbers)) < HIDDEN
    return replace(made, numbers=np.where(hidden, masked, made.numbers))


def train(
    net: Net,
    full: Sequence[Example],
    others: Sequence[Example],
    epochs: int,
    ends: tuple[int, int],
    pool: Sequence[Spelt],
    masked: int,
) -> None:
    """Teach the net in some rounds through windows, saying how it goes."""
    rng, mean = np.random.default_rng(0), Mean(net)
    beside = min(len(full), len(others))
    parts = [(net.own.parameters(), HEADS_RATE), (net.maps.parameters(), RATE)]
    best = torch.optim.AdamW([{"params": p, "lr": r} for p, r in parts], weight_decay=DECAY)
    steps = epochs * -(-(len(full) + beside) // AT_ONCE)
    pace = torch.optim.lr_scheduler.LambdaLR(
        best,
        lambda n: min(1, n / (steps * 0.06 + 1)) * max(0.02, (1 + np.cos(np.pi * n / steps)) / 2),
    )
    began = time.time()
    for epoch in range(epochs):
        told = []
        some = rng.choice(len(others), beside, replace=False) if beside else ()
        rows = [*full, *(others[k] for k in some)]
        for group in batches([changed(row, pool, masked, rng) for row in rows], rng):
            wrong = loss(net, group, ends)
            best.zero_grad()
            sum(share * wrong[name] for name, share in SHARES.items()).backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            best.step()
            pace.step()
            mean.add()
            told.append([wrong[name].item() for name in SHARES])
        shown = " ".join(f"{n} {x:.3f}" for n, x in zip(SHARES, np.mean(told, 0), strict=True))
        print(f"round {epoch + 1}: {shown}, {time.time() - began:.0f} s", flush=True)
    mean.give()


def kept(net: Net) -> dict[str, np.ndarray]:
    """Return what was learnt, by the names in the file, in half precision."""
    found = {name.replace("_", ".", 1): p for name, p in net.own.items()}
    for short in LINEAR:
        maps = [net.maps[f"{short}{k}"] for k in range(LAYERS)]
        for name, attribute in (("down", "down"), ("up", "up"), ("bias", "more")):
            found[f"{short}.{name}"] = torch.stack([getattr(one, attribute) for one in maps])
    return {name: p.detach().numpy().astype(np.float16) for name, p in found.items()}


def main() -> None:
    """Train and write the file."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    asked.add_argument("--epochs", type=int, default=3)
    asked.add_argument("--anew", action="store_true", help="begin without what ships, take all")
    asked.add_argument("--out", type=Path, default=Path(weights.__file__).parent / weights.OWN)
    told = asked.parse_args()
    before = tagger()
    assert before is not None, weights.CURE
    known = list(read_before())
    careful = {one.name for one in known}
    known += [one for one in sets() if one.author not in HELD]
    careful |= {one.name for one in known if one.author in FULLY}
    numbers, own = before.vocabulary, own_names(known)
    ends = numbers[FIRST], numbers[LAST]
    full: list[Example] = []
    others: list[Example] = []
    for one, words in zip(known, own, strict=True):
        if one.name in careful:
            full.extend(examples(one, numbers, words, 1.0))
        elif told.anew:
            others.extend(examples(one, numbers, words, LEFT))
    print(f"{len(full)} windows marked fully, {len(others)} others", flush=True)
    spelt = {tuple(p.number for p in pieces(w, numbers)) for w in sorted(frozenset().union(*own))}
    torch.manual_seed(0)
    net = Net()
    if not told.anew:
        net.take(weights.own())
    train(net, full, others, told.epochs, ends, sorted(spelt), numbers[MASKED])
    np.savez_compressed(told.out, **kept(net))


if __name__ == "__main__":
    main()
