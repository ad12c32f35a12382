"""A chain in the explicit formats that the model checkers PRISM and Storm read."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from detente.graph.model import Graph
from detente.risk.chain import Chain, Floats

PROPERTY = 'P=? [ !"goal" U "danger" ]'
"""The probability of danger before the goal."""


@dataclass(frozen=True, slots=True)
class PrismModel:
    """The texts of the files.

    Parameters
    ----------
    tra, sta, lab, pctl : str
        Transitions, states, labels and the property, as PRISM reads them.
    drn : str
        The same chain as Storm reads it.
    """

    tra: str
    sta: str
    lab: str
    pctl: str
    drn: str


def to_prism(chain: Chain, misstep: Floats, graph: Graph, *, ticks: int) -> PrismModel:
    """Return a chain as PRISM's explicit files; the start is the initial state.

    Parameters
    ----------
    misstep : float array, one a party
        Misstep rates, from 0 to 1.
    graph : Graph
        The conflict, for the names of the options.
    ticks : int
        For a second property: danger, before the goal, within so many ticks.

    References
    ----------
    [KwiatkowskaNormanParker2011]_.
    """
    matrix = chain.transitions(misstep).tocsr()
    matrix.sort_indices()
    n = len(chain.states)
    rows = np.repeat(np.arange(n), np.diff(matrix.indptr))
    moves = zip(rows.tolist(), matrix.indices.tolist(), matrix.data.tolist(), strict=True)
    tra = [f"{n} {matrix.nnz}", *(f"{s} {t} {p!r}" for s, t, p in moves)]
    levels = graph.space.rows(chain.states).tolist()
    sta = [f"({','.join(variables(graph))})"]
    sta += [f"{k}:({','.join(map(str, at))})" for k, at in enumerate(levels)]
    lab = ['0="init" 1="deadlock" 2="danger" 3="goal"']
    lab += [f"{k}: {' '.join(map(str, marks))}" for k in range(n) if (marks := _marks(chain, k))]
    properties = [PROPERTY, f'P=? [ !"goal" U<={ticks} "danger" ]']
    drn = _drn(chain, tra[1:], matrix.indptr)
    return PrismModel(*("\n".join(lines) + "\n" for lines in (tra, sta, lab, properties, drn)))


def variables(graph: Graph) -> list[str]:
    """Return a name for each option that PRISM takes: plain letters, digits and ``_``."""
    names: list[str] = []
    for axis, option in enumerate(graph.options):
        plain = re.sub(r"[^A-Za-z0-9_]", "_", option)
        name = plain if plain[0].isalpha() else f"o_{plain}"
        names.append(f"{name}_{axis}" if name in names else name)
    return names


def _marks(chain: Chain, k: int) -> list[int]:
    marks = ((0, k == chain.start), (2, chain.danger[k]), (3, chain.goal[k]))
    return [number for number, holds in marks if holds]


def _drn(chain: Chain, moves: list[str], starts: np.ndarray) -> list[str]:
    """Return the lines for Storm, to which a label that no state has is unknown.

    A state that nothing leads to holds the labels that no other has, so that every property can
    be asked.
    """
    n = len(chain.states)
    words = {0: "init", 2: "danger", 3: "goal"}
    unused = [word for word in ("danger", "goal") if not getattr(chain, word).any()]
    count = str(n + bool(unused))
    lines = ["@type: DTMC", "@parameters", "", "@reward_models", "", "@nr_states", count]
    lines += ["@nr_choices", count, "@model"]
    for k in range(n):
        lines += [" ".join([f"state {k}", *(words[m] for m in _marks(chain, k))]), "\taction 0"]
        for move in moves[starts[k] : starts[k + 1]]:
            _, target, chance = move.split()
            lines.append(f"\t\t{target} : {chance}")
    if unused:
        lines += [" ".join([f"state {n}", *unused]), "\taction 0", f"\t\t{n} : 1"]
    return lines
