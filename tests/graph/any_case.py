"""Random cases of every kind and of any size, quickly: for what must not depend on the store."""

from __future__ import annotations

import itertools
import math
from fractions import Fraction

import numpy as np

from detente.case import formula as fm
from detente.case.model import (
    TWO_LEVELS,
    Case,
    Option,
    Outcome,
    Party,
    Preferences,
    Ranking,
    Rule,
    Statement,
    Statements,
    Weights,
)


def any_case(seed: int, cells: int) -> Case:
    """Two to four parties, at most so many combinations of levels, wishes of all three kinds.

    Some options change both ways, some only upwards or by steps; some cases have no rules, some
    leave few states; parties may have no option.
    """
    rng = np.random.default_rng(seed)
    n = int(rng.integers(2, 5))
    sizes: list[int] = []
    while (size := int(rng.choice((2, 2, 2, 3, 4)))) * math.prod(sizes) <= cells:
        sizes.append(size)
    owner = sorted(int(rng.integers(n)) for _ in sizes)
    options = [_option(rng, k, size) for k, size in enumerate(sizes)]
    atoms = [
        fm.OptionIs(f"p{p}", o.name, level)
        for p, o in zip(owner, options, strict=True)
        for level in (None, *o.levels)
    ]

    def formula(depth: int = 2) -> fm.Formula:
        kind = int(rng.integers(6)) if depth else 0
        if kind < 2:
            atom = words[int(rng.integers(len(words)))]
            return fm.Not(atom) if rng.random() < 0.4 else atom
        left, right = formula(depth - 1), formula(depth - 1)
        if kind < 4:
            return (fm.And if kind == 2 else fm.Or)((left, right))
        return (fm.If if kind == 4 else fm.Iff)(left, right)

    def wants() -> Preferences:
        kind = rng.random()
        if kind < 0.6:
            made = tuple(Statement(formula()) for _ in range(int(rng.integers(1, 9))))
            return Statements(made)
        if kind < 0.85:
            weights = {formula(): Fraction(int(rng.integers(-9, 10)), 2) for _ in range(4)}
            return Weights(tuple(weights.items()))
        first, second = formula(), formula()
        groups = (
            (fm.And((first, second)),),
            (fm.And((first, fm.Not(second))), fm.And((fm.Not(first), second))),
            (fm.And((fm.Not(first), fm.Not(second))),),
        )
        return Ranking(tuple(groups[k] for k in rng.permutation(3)))

    words: list[fm.Formula] = list(atoms)
    outcome = Outcome("out", formula())
    words.append(fm.OutcomeIs("out"))
    rules = []
    if rng.random() < 0.7:
        rules = [Rule(fm.And((formula(1), formula(1)))) for _ in range(int(rng.integers(1, 6)))]
    if rng.random() < 0.4:  # one of three, as people write it
        order = rng.permutation(len(options)).tolist()
        for group in (order[k : k + 3] for k in range(0, min(6, len(order)) - 2, 3)):
            held = [fm.OptionIs(f"p{owner[k]}", options[k].name) for k in group]
            rules.append(Rule(fm.Not(fm.Or(tuple(held)))))
            rules += [Rule(fm.And(pair)) for pair in itertools.combinations(held, 2)]
    parties = tuple(
        Party(f"p{p}", f"P{p}", tuple(o for o, q in zip(options, owner, strict=True) if p == q), w)
        for p, w in enumerate([wants() for _ in range(n)])
    )
    return Case("any", "Any", parties, (outcome,), tuple(rules))


def _option(rng: np.random.Generator, k: int, size: int) -> Option:
    levels = TWO_LEVELS if size == 2 else tuple(f"l{level}" for level in range(size))
    kind = rng.random()
    changes = None
    if kind < 0.2:
        changes = frozenset(itertools.combinations(range(size), 2))  # only upwards
    elif kind < 0.3:
        changes = frozenset((a, b) for a in range(size) for b in range(size) if abs(a - b) == 1)
    return Option(f"o{k}", f"O{k}", levels, changes)
