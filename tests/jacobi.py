"""The Korean stand-off of October 2017 as Zach Jacobi modelled it, by his state numbers.

"The Graph Model of Conflict Resolution", 5 and 12 November 2017: strike counts 1, withdraw 2,
invade 4, disarm 8; a strike cannot be taken back and excludes a withdrawal.
"""

from __future__ import annotations

import yaml

from detente.case.files import parse
from detente.case.model import Case

BASE = {
    "us": (8, 0, 9, 10, 12, 5, 4, 13, 14, 1, 2, 6),
    "nk": (6, 14, 2, 10, 0, 4, 12, 5, 1, 13, 8, 9),
}
"""Rankings, best first, of the first variant."""

PACIFIC = {
    "us": (8, 0, 10, 2, 9, 12, 4, 5, 14, 13, 6, 1),
    "nk": (6, 14, 2, 10, 0, 8, 4, 12, 5, 1, 9, 13),
}
"""And of the pacific one."""

BLOODTHIRSTY = {
    "us": (8, 9, 0, 10, 13, 12, 5, 4, 1, 2, 14, 6),
    "nk": (6, 14, 4, 12, 5, 13, 2, 0, 10, 1, 9, 8),
}
"""And of the one with a bloodthirsty United States."""

DETERRENCE = {
    "us": (8, 9, 0, 10, 13, 12, 5, 4, 1, 2, 14, 6),
    "nk": (6, 14, 4, 12, 0, 10, 5, 13, 2, 1, 9, 8),
}
"""And of the one in which deterrence counts."""

OPTIONS = ("us.strike", "us.withdraw", "nk.invade", "nk.disarm")


def formula(number: int) -> str:
    """Return a state as a formula."""
    parts = (name if number >> k & 1 else f"not {name}" for k, name in enumerate(OPTIONS))
    return " and ".join(parts)


def content(rankings: dict[str, tuple[int, ...]], *, one_way: bool) -> dict[str, object]:
    """Return what a case file of the stand-off holds.

    Parameters
    ----------
    one_way : bool
        Whether an invasion cannot be taken back, either.
    """
    us = {"strike": {"irreversible": True}, "withdraw": {}}
    nk = {"invade": {"irreversible": one_way}, "disarm": {}}
    return {
        "parties": {"us": {"options": us}, "nk": {"options": nk}},
        "infeasible": ["us.strike and us.withdraw"],
        "status_quo": [],
        "preferences": {
            party: {"ranking": [formula(number) for number in best_first]}
            for party, best_first in rankings.items()
        },
    }


def jacobi(rankings: dict[str, tuple[int, ...]], *, one_way: bool) -> Case:
    """Return a variant as a case."""
    text = yaml.safe_dump(content(rankings, one_way=one_way), sort_keys=False)
    return parse(text, file="case.yaml", name="korea").case


def numbers(states: object) -> set[int]:
    """Return states by their numbers."""
    return {sum(1 << k for k, c in enumerate(str(s)) if c == "Y") for s in states}  # type: ignore[attr-defined]
