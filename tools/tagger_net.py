"""The net that ``train_tagger`` teaches: the encoder, what changes in it, and the maps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from detente.reading.learned import weights
from detente.reading.learned.encoder import HEADS, LINEAR
from detente.reading.learned.tagger import KINDS, MENTIONS

RANK, POINTER, SIZE, LAYERS = 32, 96, 384, 6
DROPOUT = 0.1
"""Of the encoder's numbers."""
FAST = torch.backends.cpu.get_cpu_capability().startswith("AVX512")
KEPT_AS = torch.bfloat16 if FAST else torch.float32
"""How the encoder computes: half precision is thirty times slower where the processor lacks it."""


class Window(Protocol):
    """What is read: the numbers of its pieces."""

    numbers: np.ndarray


def dropped(x: Tensor, rng: np.random.Generator, part: float = DROPOUT) -> Tensor:
    """Return numbers of which a part is 0, at random, while something is learnt."""
    if not torch.is_grad_enabled():
        return x
    bar = int(part * 256)  # torch's own takes as long as the maps do
    keep = np.frombuffer(rng.bytes(x.numel()), np.uint8) >= bar
    return x * torch.from_numpy(keep).view(x.shape) * (256 / (256 - bar))


class Changed(nn.Module):
    """A linear map of the encoder, which stays, with a change of low rank, which is learnt."""

    def __init__(self, weight: Tensor, bias: Tensor) -> None:
        super().__init__()
        out, size = weight.shape
        self.register_buffer("weight", weight.to(KEPT_AS))
        self.register_buffer("bias", bias.to(KEPT_AS))
        self.down = nn.Parameter(torch.randn(size, RANK) / size**0.5)
        self.up = nn.Parameter(torch.zeros(RANK, out))
        self.more = nn.Parameter(torch.zeros(out))

    def forward(self, x: Tensor) -> Tensor:
        """Return the map of rows."""
        weight = self.weight + (self.down @ self.up).t().to(x.dtype)
        return functional.linear(x, weight, self.bias + self.more.to(x.dtype))


class Net(nn.Module):
    """The encoder with its changes, and the maps; what ``learned.encoder`` and ``tagger`` do."""

    def __init__(self) -> None:
        super().__init__()
        place = weights.folder()
        assert place is not None, weights.CURE
        held = {name: torch.tensor(w) for name, w in weights.encoder_weights(place).items()}
        self.held = {name: w for name, w in held.items() if "dense" not in name}
        self.chance = np.random.default_rng(5)
        self.maps = nn.ModuleDict(
            {
                f"{short}{k}": Changed(held[f"{name}.weight"], held[f"{name}.bias"])
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

    def take(self, own: Mapping[str, np.ndarray]) -> None:
        """Learn what a file has, by the names in it."""
        held = {name: torch.from_numpy(np.asarray(w, np.float32)) for name, w in own.items()}
        for name, p in self.own.items():
            p.data.copy_(held[name.replace("_", ".", 1)])
        for short in LINEAR:
            for k in range(LAYERS):
                one = self.maps[f"{short}{k}"]
                for name, p in (("down", one.down), ("up", one.up), ("bias", one.more)):
                    p.data.copy_(held[f"{short}.{name}"][k])

    def read(self, group: Sequence[Window], ends: tuple[int, int]) -> list[Tensor]:
        """Return the meanings of each window's pieces, of shape (pieces, numbers)."""
        count = max(len(row.numbers) for row in group) + 2
        numbers = torch.zeros(len(group), count, dtype=torch.long)
        mask = torch.zeros(len(group), count, dtype=torch.bool)
        for row, one, seen in zip(group, numbers, mask, strict=True):
            whole = torch.tensor([ends[0], *row.numbers, ends[1]])
            one[: len(whole)], seen[: len(whole)] = whole, True
        meanings = self(numbers, mask)
        return [m[1 : len(r.numbers) + 1] for m, r in zip(meanings, group, strict=True)]

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
        x = dropped(self.norm(x, "embeddings.LayerNorm"), self.chance).to(KEPT_AS)
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
            x = x + dropped(self.maps[f"f2{k}"](bent), self.chance)
            x = self.norm(x, f"{name}.output.LayerNorm")
        return x.float()
