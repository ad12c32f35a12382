"""Random conflicts for hypothesis."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from detente.graph import Graph
from detente.graph.listed import listed
from detente.graph.model import Guard

THOROUGH = settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""For each concept against the oracle."""

QUICK = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""For laws, which hold for the oracle's sake already."""

FLAVOURS = {
    "free": ((2, 2, 2, 3), ("free",)),
    "mixed": ((2, 2, 3, 4), ("free", "free", "up", "down", "step", "any")),
    "stepwise": ((2, 3, 3, 4), ("step", "ladder", "step", "any", "free")),
}
"""Levels of the options and ways they may change, by what a conflict tries most."""


@st.composite
def graphs(
    draw: st.DrawFn,
    *,
    parties: tuple[int, int] = (2, 4),
    max_cells: int = 48,
    transitive: bool = False,
    reversible: bool = False,
    all_feasible: bool = False,
    strict: bool = False,
) -> Graph:
    """Draw a conflict of few states, with everything the engine must bear.

    Parameters
    ----------
    parties : (least, most) number of them; some may have no option
    max_cells : states, the infeasible ones included
    transitive : only options whose allowed changes are transitive
    reversible : only options that change freely
    all_feasible : no infeasible states
    strict : no ties
    """
    n_parties = draw(st.integers(*parties))
    flavour = "free" if reversible else draw(st.sampled_from(tuple(FLAVOURS)))
    sizes, kinds = FLAVOURS[flavour]
    levels = draw(option_levels(max_cells, sizes))
    owner = tuple(sorted(draw(st.integers(0, n_parties - 1)) for _ in levels))
    changes = tuple(draw(allowed_changes(n, kinds, transitive)) for n in levels)
    feasible = np.ones(levels, bool) if all_feasible else draw(feasible_cells(levels))
    ranks = tuple(draw(rankings(feasible, strict=strict)) for _ in range(n_parties))
    return Graph(
        parties=tuple("abcd"[:n_parties]),
        options=tuple(f"{'abcd'[p]}.o{axis}" for axis, p in enumerate(owner)),
        owner=owner,
        changes=changes,
        feasible=feasible,
        ranks=ranks,
    )


@st.composite
def guarded_graphs(
    draw: st.DrawFn, *, parties: tuple[int, int] = (2, 3), max_cells: int = 32
) -> Graph:
    """Draw a conflict as a list of states, some of whose changes have a condition."""
    thin = listed(draw(graphs(parties=parties, max_cells=max_cells)))
    n = thin.n_states
    guards = []
    for _ in range(draw(st.integers(1, 3)) if thin.levels else 0):
        axis = draw(st.integers(0, len(thin.levels) - 1))
        size = thin.levels[axis]
        pairs = (bytes_over(draw, (size, size)) < 180) & ~np.eye(size, dtype=bool)
        before, after = (
            bytes_over(draw, (n,)) < draw(st.sampled_from((90, 200, 256))) for _ in range(2)
        )
        guards.append(Guard(axis, pairs, before, after))
    return replace(thin, guards=tuple(guards))


@st.composite
def option_levels(
    draw: st.DrawFn, max_cells: int, sizes: tuple[int, ...] = (2, 2, 3, 4)
) -> tuple[int, ...]:
    """One to five options, more rather than fewer, within a number of cells."""
    n_options = draw(st.sampled_from((1, 2, 3, 3, 4, 4, 5)))
    wanted = [draw(st.sampled_from(sizes)) for _ in range(n_options)]
    levels: list[int] = []
    for n in wanted:
        if int(np.prod([*levels, n])) <= max_cells:
            levels.append(n)
    return tuple(levels)


@st.composite
def allowed_changes(
    draw: st.DrawFn, n: int, kinds: tuple[str, ...], transitive: bool
) -> np.ndarray:
    """``[old, new]`` of one option."""
    old, new = np.indices((n, n))
    kind = draw(st.sampled_from(kinds))
    if kind == "any":
        bits = draw(st.lists(st.booleans(), min_size=n * n, max_size=n * n))
        allowed = np.array(bits, bool).reshape(n, n) | np.eye(n, dtype=bool)
    else:
        allowed = {
            "free": np.ones((n, n), bool),
            "up": new >= old,
            "down": new <= old,
            "step": abs(new - old) <= 1,
            "ladder": (new == old) | (new == old + 1),
        }[kind]
    if transitive:
        for middle in range(n):
            allowed = allowed | (allowed[:, [middle]] & allowed[[middle], :])
    return allowed


@st.composite
def feasible_cells(draw: st.DrawFn, levels: tuple[int, ...]) -> np.ndarray:
    """All cells, or all but about a sixth, or all but about half; never none."""
    kept = draw(st.sampled_from((256, 215, 130)))
    feasible = bytes_over(draw, levels) < kept
    if not feasible.any():
        feasible.flat[0] = True
    return feasible


@st.composite
def rankings(draw: st.DrawFn, feasible: np.ndarray, *, strict: bool = False) -> np.ndarray:
    """Dense ranks over the feasible cells, with few classes or many; anything elsewhere."""
    raw = bytes_over(draw, feasible.shape)
    classes = 256 if strict else draw(st.sampled_from((2, 3, 5, 256)))
    if classes == 256:
        order = np.argsort(raw[feasible], kind="stable")
        dense = np.argsort(order)
    else:
        dense = np.unique(raw[feasible] % classes, return_inverse=True)[1]
    ranks = (raw % 7).astype(draw(st.sampled_from((np.int8, np.int8, np.int16, np.int64))))
    ranks[feasible] = dense.reshape(-1)
    return ranks


def bytes_over(draw: st.DrawFn, shape: tuple[int, ...]) -> np.ndarray:
    """A random byte for every cell: one draw, whatever the size."""
    n = int(np.prod(shape))
    return (
        np.frombuffer(draw(st.binary(min_size=n, max_size=n)), np.uint8).reshape(shape).astype(int)
    )
