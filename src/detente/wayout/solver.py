"""The questions put to the solver, python-sat, which is loaded when the first one is asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from detente.wayout.cnf import Encoding, Levels, Literal

if TYPE_CHECKING:
    from pysat.formula import WCNF

SOLVER = "g4"


def minimal_core(encoding: Encoding, chosen: Sequence[Literal]) -> tuple[Literal, ...] | None:
    """Return selectors that cannot all be true, each of them needed; None if all can be."""
    from pysat.solvers import Solver

    with Solver(SOLVER, bootstrap_with=encoding.clauses) as solver:
        if solver.solve(assumptions=list(chosen)):
            return None
        core = solver.get_core() or []
        for literal in list(core):
            rest = [other for other in core if other != literal]
            if not solver.solve(assumptions=rest):
                core = rest
        return tuple(sorted(core))


def nearest(encoding: Encoding, kept: Sequence[Literal], wishes: Sequence[Literal]) -> Levels:
    """Return a state in which the kept literals hold and as many wishes as can be.

    Returns
    -------
    tuple of int
        The level of every option; empty if the kept literals cannot hold together.
    """
    from pysat.examples.rc2 import RC2

    formula = _weighted(encoding, dict.fromkeys(wishes, 1))
    for literal in kept:
        formula.append([literal])
    with RC2(formula, solver=SOLVER) as maxsat:
        model = maxsat.compute()
    return encoding.levels(model) if model is not None else ()


def rising_corrections(
    encoding: Encoding, weights: Mapping[Literal, int]
) -> Iterator[tuple[int, list[Literal]]]:
    """Yield (cost, selectors to give up), each set minimal, by rising cost."""
    from pysat.examples.rc2 import RC2

    with RC2(_weighted(encoding, weights), solver=SOLVER) as maxsat:
        while (model := maxsat.compute()) is not None:
            true = set(model)
            dropped = [literal for literal in weights if literal not in true]
            yield sum(weights[literal] for literal in dropped), dropped
            if not dropped:
                return
            maxsat.add_clause(dropped)  # from now on one of them is kept


def every_knot(encoding: Encoding, chosen: Sequence[Literal]) -> Iterator[list[Literal]]:
    """Yield the minimal sets of selectors that cannot all be true, in no order, quickly."""
    return _knots(encoding, chosen, unsorted=True, puresat="mgh")


def rising_knots(encoding: Encoding, chosen: Sequence[Literal]) -> Iterator[list[Literal]]:
    """Yield the minimal sets of selectors that cannot all be true, by rising size."""
    return _knots(encoding, chosen, reduce=-1)


def _knots(
    encoding: Encoding, chosen: Sequence[Literal], **settings: object
) -> Iterator[list[Literal]]:
    from pysat.examples.optux import OptUx

    # Weights of 1, whatever the firmness: a knot's size is what orders knots.
    formula = _weighted(encoding, dict.fromkeys(chosen, 1))
    with OptUx(formula, solver=SOLVER, **settings) as search:
        for positions in search.enumerate():
            yield [chosen[k - 1] for k in positions]


def _weighted(encoding: Encoding, wishes: Mapping[Literal, int]) -> WCNF:
    from pysat.formula import WCNF

    formula = WCNF()
    for clause in encoding.clauses:
        formula.append(clause)
    for literal, weight in wishes.items():
        formula.append([literal], weight=weight)
    return formula
