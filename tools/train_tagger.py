"""Train the tagger on this project's own reports, in benchmarks.

    python tools/train_tagger.py [--epochs N] [--out FILE]

Needs PyTorch (``pip install torch``, 5 GB with all it brings), which nothing else here does, and
the encoder of ``detente.reading.learned.weights``. The encoder's weights stay; learnt are changes
of low rank (Hu et al. 2021) and the maps from meanings to kinds and pointers. Sets of the authors
in HELD are left out: ``tools/train_weigh.py`` fits with them how far stretches and rules are to be
believed.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from learnt_sets import Gold, LearntSet, Marked, read_before, sets
from torch import Tensor, nn
from torch.nn import functional

from detente.reading.analysis.parser import analysed
from detente.reading.learned import weights
from detente.reading.learned.encoder import HEADS, LINEAR
from detente.reading.learned.mentions import mentions
from detente.reading.learned.pieces import FIRST, LAST, pieces
from detente.reading.learned.tagger import KINDS, MENTIONS, Mention, classes, windows
from detente.reading.lexicon import load
from detente.reading.plain import plain
from detente.reading.report import Report
from detente.reading.who.world import World

HELD = ("d", "f", "p", "v")
"""Authors whose sets are held back, by the letters that their files begin with."""
RANK, POINTER, SIZE, LAYERS = 16, 96, 384, 6
SHARES = {"kind": 1.0, "purpose": 0.3, "party": 0.3, "target": 0.2}
"""How much each of what is learnt weighs."""
RATE, HEADS_RATE, DROPOUT = 8e-4, 2e-3, 0.1


@dataclass(frozen=True, eq=False)
class Example:
    """A window of pieces with what is to be learnt of it.

    Parameters
    ----------
    numbers : array
        Pieces.
    labels, purpose : array
        Of each piece: its class, and 1 where it tells what would be done on a condition.
    at, kinds : array
        Of each mention: its piece and its class.
    gold : list of (array, array, array)
        Of each position: its pieces, and which mentions mean its party, and its addressee.
    """

    numbers: np.ndarray
    labels: np.ndarray
    purpose: np.ndarray
    at: np.ndarray
    kinds: np.ndarray
    gold: list[tuple[np.ndarray, np.ndarray, np.ndarray]]


def examples(one: LearntSet, vocabulary: dict[str, int]) -> Iterator[Example]:
    """Yield the windows of a set's reports."""
    shown = [plain(Report(r.name, r.name, r.text, "")) for r in one.reports]
    parsed = analysed([text.plain for text in shown])
    world = World(parsed, frozenset(), (), load(None))
    for marked, known in zip(one.reports, parsed, strict=True):
        spoken = mentions(known, world)
        found = pieces(marked.text, vocabulary)
        for start, end in windows(found, marked.text):
            spans = [(piece.start, piece.end) for piece in found[start:end]]
            numbers = np.array([piece.number for piece in found[start:end]])
            yield _example(one, marked, numbers, spans, spoken)


def _example(
    one: LearntSet,
    marked: Marked,
    numbers: np.ndarray,
    spans: Sequence[tuple[int, int]],
    spoken: Sequence[Mention],
) -> Example:
    labels, purpose = np.zeros(len(spans), int), np.zeros(len(spans), np.float32)
    here = [(m, n) for m in spoken for n, (a, b) in enumerate(spans) if a <= m.at < b]
    gold = []
    for position in (g for g in marked.gold if g.kinds[0] in KINDS):
        for place in _places(position, marked.text)[:2]:
            inside = _touching(spans, place)
            for k, n in enumerate(inside):
                if not labels[n]:
                    labels[n] = 1 + 2 * KINDS.index(position.kinds[0]) + (k > 0)
            if len(inside):
                whose = np.array([one.who(m.party) == position.party for m, _ in here], bool)
                whom = np.array([one.who(m.party) in position.to for m, _ in here], bool)
                gold.append((inside, whose, whom))
        if position.purpose:
            start = marked.text.find(position.purpose)
            purpose[_touching(spans, (start, start + len(position.purpose)))] = 1
    at = np.array([n for _, n in here], int)
    kinds = [MENTIONS.index(m.kind) if m.kind in MENTIONS else len(MENTIONS) - 1 for m, _ in here]
    return Example(numbers, labels, purpose, at, np.array(kinds, int), gold)


def _places(position: Gold, text: str) -> list[tuple[int, int]]:
    found, at = [], text.find(position.words)
    while at >= 0:
        found.append((at, at + len(position.words)))
        at = text.find(position.words, at + 1)
    return found


def _touching(spans: Sequence[tuple[int, int]], place: tuple[int, int]) -> np.ndarray:
    return np.array([n for n, (a, b) in enumerate(spans) if a < place[1] and b > place[0]], int)


class Changed(nn.Module):
    """A linear map of the encoder, which stays, with a change of low rank, which is learnt."""

    def __init__(self, weight: np.ndarray, bias: np.ndarray) -> None:
        super().__init__()
        out, size = weight.shape
        self.register_buffer("weight", torch.tensor(weight).to(torch.bfloat16))
        self.register_buffer("bias", torch.tensor(bias).to(torch.bfloat16))
        self.down = nn.Parameter(torch.randn(size, RANK) / size**0.5)
        self.up = nn.Parameter(torch.zeros(RANK, out))
        self.more = nn.Parameter(torch.zeros(out))

    def forward(self, x: Tensor) -> Tensor:
        """Return the map of rows."""
        change = (x @ self.down.to(x.dtype)) @ self.up.to(x.dtype) + self.more.to(x.dtype)
        return functional.linear(x, self.weight, self.bias) + change


class Net(nn.Module):
    """The encoder with its changes, and the maps; what ``learned.encoder`` and ``tagger`` do."""

    def __init__(self) -> None:
        super().__init__()
        place = weights.folder()
        assert place is not None, weights.CURE
        held = {name: torch.tensor(w) for name, w in weights.encoder_weights(place).items()}
        self.held = {name: w for name, w in held.items() if "dense" not in name}
        self.maps = nn.ModuleDict(
            {
                f"{short}{k}": Changed(held[f"{name}.weight"].numpy(), held[f"{name}.bias"].numpy())
                for k in range(LAYERS)
                for short, full in LINEAR.items()
                for name in [f"encoder.layer.{k}.{full}"]
            }
        )

        def small(*shape: int) -> nn.Parameter:
            return nn.Parameter(torch.randn(*shape) * 0.05)

        count = 1 + 2 * len(KINDS)
        own = {"kinds.weight": small(SIZE, count), "kinds.bias": nn.Parameter(torch.zeros(count))}
        own |= {"purpose.weight": small(SIZE, 1), "purpose.bias": nn.Parameter(torch.zeros(1))}
        for to in ("party", "target"):
            own |= {f"{to}.stretch": small(SIZE, POINTER), f"{to}.mention": small(SIZE, POINTER)}
            own |= {f"{to}.none": small(SIZE), f"{to}.distance": nn.Parameter(torch.zeros(20))}
            own |= {f"{to}.kind": nn.Parameter(torch.zeros(len(MENTIONS)))}
        self.own = nn.ParameterDict({name.replace(".", "_"): p for name, p in own.items()})

    def map(self, name: str) -> nn.Parameter:
        """Return one of the maps by its name in the file."""
        return self.own[name.replace(".", "_")]

    def norm(self, x: Tensor, name: str) -> Tensor:
        """Return normalised rows."""
        scale, shift = (self.held[f"{name}.{part}"].to(x.dtype) for part in ("weight", "bias"))
        return functional.layer_norm(x, (SIZE,), scale, shift, 1e-12)

    def forward(self, numbers: Tensor, mask: Tensor) -> Tensor:
        """Return the meanings of pieces, of shape (texts, pieces, numbers)."""
        texts, count = numbers.shape
        x = self.held["embeddings.word_embeddings.weight"][numbers]
        x = x + self.held["embeddings.position_embeddings.weight"][:count]
        x = x + self.held["embeddings.token_type_embeddings.weight"][0]
        x = functional.dropout(self.norm(x, "embeddings.LayerNorm"), DROPOUT, self.training)
        x = x.to(torch.bfloat16)
        away = torch.zeros(mask.shape, dtype=x.dtype).masked_fill(~mask, -1e9)[:, None, None, :]
        for k in range(LAYERS):
            query, key, value = (
                self.maps[f"{n}{k}"](x).view(texts, count, HEADS, -1).transpose(1, 2) for n in "qkv"
            )
            scores = query @ key.transpose(2, 3) * (SIZE // HEADS) ** -0.5 + away
            seen = (torch.softmax(scores, -1) @ value).transpose(1, 2).reshape(x.shape)
            name = f"encoder.layer.{k}"
            x = self.norm(x + self.maps[f"o{k}"](seen), f"{name}.attention.output.LayerNorm")
            bent = functional.gelu(self.maps[f"f1{k}"](x), approximate="tanh")
            more = functional.dropout(self.maps[f"f2{k}"](bent), DROPOUT, self.training)
            x = self.norm(x + more, f"{name}.output.LayerNorm")
        return x.float()


def batches(rows: Sequence[Example], size: int, rng: np.random.Generator) -> list[list[Example]]:
    """Return windows of about one length together, in random order."""
    order = sorted(rows, key=lambda row: len(row.numbers) + rng.uniform(0, 20))
    groups = [order[k : k + size] for k in range(0, len(order), size)]
    rng.shuffle(groups)
    return groups


def loss(net: Net, group: Sequence[Example], ends: tuple[int, int]) -> dict[str, Tensor]:
    """Return what is still wrong, for each of what is learnt."""
    count = max(len(row.numbers) for row in group) + 2
    numbers = torch.zeros(len(group), count, dtype=torch.long)
    mask = torch.zeros(len(group), count, dtype=torch.bool)
    for row, (one, seen) in zip(group, zip(numbers, mask, strict=True), strict=True):
        whole = torch.tensor([ends[0], *row.numbers, ends[1]])
        one[: len(whole)], seen[: len(whole)] = whole, True
    meanings = net(numbers, mask)
    flat = torch.cat([m[1 : len(r.numbers) + 1] for m, r in zip(meanings, group, strict=True)])
    labels = torch.from_numpy(np.concatenate([row.labels for row in group]))
    told = torch.from_numpy(np.concatenate([row.purpose for row in group]))
    scores = flat @ net.map("kinds.weight") + net.map("kinds.bias")
    tells = (flat @ net.map("purpose.weight") + net.map("purpose.bias"))[:, 0]
    return {
        "kind": functional.cross_entropy(scores, labels),
        "purpose": functional.binary_cross_entropy_with_logits(tells, told),
        "party": pointing(net, meanings, group, "party", 1),
        "target": pointing(net, meanings, group, "target", 2),
    }


def pointing(net: Net, meanings: Tensor, group: Sequence[Example], to: str, which: int) -> Tensor:
    """Return how little the right mentions are pointed to, or none where none is right."""
    wrong = []
    for held, row in zip(meanings, group, strict=True):
        for gold in row.gold:
            mean = held[torch.from_numpy(gold[0]) + 1].mean(0)
            scores = (mean @ net.map(f"{to}.none"))[None]
            if len(row.at):
                about = held[torch.from_numpy(row.at) + 1] @ net.map(f"{to}.mention")
                near = torch.from_numpy(classes(row.at - gold[0].mean()))
                near_score = net.map(f"{to}.distance")[near]
                near_score = near_score + net.map(f"{to}.kind")[torch.from_numpy(row.kinds)]
                scores = torch.cat([about @ (mean @ net.map(f"{to}.stretch")) + near_score, scores])
            odds = torch.log_softmax(scores, 0)
            right = torch.from_numpy(np.append(gold[which], not gold[which].any()))
            wrong.append(-torch.logsumexp(odds[right], 0))
    return torch.stack(wrong).mean() if wrong else meanings.sum() * 0


def train(rows: Sequence[Example], epochs: int, ends: tuple[int, int], size: int = 16) -> Net:
    """Return the net after some rounds through all windows, saying how it goes."""
    torch.manual_seed(0)
    rng, net = np.random.default_rng(0), Net()
    parts = [(net.own.parameters(), HEADS_RATE), (net.maps.parameters(), RATE)]
    best = torch.optim.AdamW([{"params": p, "lr": r} for p, r in parts], weight_decay=0.01)
    steps = epochs * -(-len(rows) // size)
    pace = torch.optim.lr_scheduler.LambdaLR(
        best,
        lambda n: min(1, n / (steps * 0.08 + 1)) * max(0.02, (1 + np.cos(np.pi * n / steps)) / 2),
    )
    began = time.time()
    for epoch in range(epochs):
        net.train()
        told = []
        for group in batches(rows, size, rng):
            wrong = loss(net, group, ends)
            best.zero_grad()
            sum(SHARES[name] * one for name, one in wrong.items()).backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            best.step()
            pace.step()
            told.append([one.item() for one in wrong.values()])
        shown = " ".join(f"{n} {x:.3f}" for n, x in zip(SHARES, np.mean(told, 0), strict=True))
        print(f"round {epoch + 1}: {shown}, {time.time() - began:.0f} s", flush=True)
    return net


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
    asked.add_argument("--epochs", type=int, default=6)
    asked.add_argument("--out", type=Path, default=Path(weights.__file__).parent / weights.OWN)
    told = asked.parse_args()
    place = weights.folder()
    assert place is not None, weights.CURE
    vocabulary = weights.vocabulary(place)
    known = [*read_before(), *(one for one in sets() if one.name.rstrip("0123456789") not in HELD)]
    rows = [row for one in known for row in examples(one, vocabulary)]
    print(f"{len(rows)} windows of {sum(len(r.numbers) for r in rows):,} pieces", flush=True)
    net = train(rows, told.epochs, (vocabulary[FIRST], vocabulary[LAST]))
    np.savez_compressed(told.out, **kept(net))


if __name__ == "__main__":
    main()
