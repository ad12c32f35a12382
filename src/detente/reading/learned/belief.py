"""How far stretches and rules are to be believed: sums of traits, fitted on sets held back.

Each is a logistic regression (Cox 1958) over named traits; ``tools/train_weigh.py`` fits them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from math import exp

Traits = dict[str, float]
"""Names of traits to how strongly they are there; what is not named is not there."""
OWN = "belief.json"


@lru_cache(maxsize=1)
def tables() -> Mapping[str, Mapping[str, float]]:
    """Return the weights of the traits: of ``claim``, ``party`` and ``target``."""
    found: Mapping[str, Mapping[str, float]] = json.loads(
        (resources.files(__package__) / OWN).read_text("utf-8")
    )
    return found


def belief(table: str, traits: Traits) -> float:
    """Return how likely something with these traits is right, from 0 to 1."""
    weights = tables()[table]
    total = sum(weights.get(name, 0.0) * size for name, size in traits.items())
    return 1 / (1 + exp(-max(-30.0, min(30.0, total))))
