"""Changes of mind: what a party wants, edited, and what rankings come of it.

What a party wants is a list of statements, the most important first; one edit drops a statement,
moves one to another priority, or puts a formula from a pool at a priority. Of a party that gives
weights or a ranking instead, that order stays below whatever is put in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from detente.case import formula as fm
from detente.case.model import Case, Statements
from detente.graph.model import Graph, IntArray, Party

Order: TypeAlias = tuple[int, ...]
"""Statements by number, the most important first."""

EXACT = 52
"""Statements whose weights, each more than all after it, are added without rounding."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of mind.

    Parameters
    ----------
    party : int
        Whose.
    op : str
        ``drop``, ``move`` or ``add``.
    statement : Formula
        What is wanted no more, or at another priority, or now.
    priority : int or None
        Where it stands afterwards, from 1, the most important; None if it is dropped.
    was : int or None
        Where it stood before; None if it is new.
    """

    party: Party
    op: Literal["drop", "move", "add"]
    statement: fm.Formula
    priority: int | None
    was: int | None


@dataclass(frozen=True, slots=True)
class Mind:
    """What a party wants after some edits."""

    order: Order
    edits: tuple[Edit, ...] = ()


class Wishes:
    """Everything one party wants or could come to want.

    Parameters
    ----------
    case : Case
        The case.
    graph : Graph
        Its arrays.
    party : int
        The party.
    pool : sequence of Formula
        What it could come to want.
    most_edits : int
        The most edits asked for, which bounds the size of the numbers.
    """

    def __init__(
        self, case: Case, graph: Graph, party: Party, pool: Sequence[fm.Formula], most_edits: int
    ) -> None:
        wants = case.parties[party].preferences
        stated = [s.formula for s in wants.statements] if isinstance(wants, Statements) else []
        self.party = party
        self.formulas = (*stated, *(f for f in pool if f not in stated))
        self._shape = graph.shape
        truth = graph.truth(case)
        self._truth = np.zeros((len(self.formulas), graph.feasible.size), bool)
        for row, formula in zip(self._truth, self.formulas, strict=True):
            row[:] = np.broadcast_to(truth(formula), graph.shape).ravel()
        self._base = None if isinstance(wants, Statements) else graph.ranks[party]
        below = int(self._base.max()).bit_length() if self._base is not None else 0
        bits = below + len(stated) + most_edits
        self._below = below
        self._powers = 2.0 ** np.arange(EXACT)[::-1]
        fitting = [t for t in (np.int16, np.int32, np.int64) if bits < np.iinfo(t).bits - 2]
        self._dtype: Any = fitting[0] if fitting else None
        self.minds: list[list[Mind]] = [[Mind(tuple(range(len(stated))))]]
        self._met = {self.minds[0][0].order}

    def with_edits(self, n: int) -> list[Mind]:
        """Return the minds that it takes just so many edits to come to."""
        while len(self.minds) <= n:
            new = []
            for mind in self.minds[-1]:
                for order, edit in self._edits(mind.order):
                    if order not in self._met:
                        self._met.add(order)
                        new.append(Mind(order, (*mind.edits, edit)))
            self.minds.append(new)
        return self.minds[n]

    def ranks(self, minds: Sequence[Mind]) -> IntArray:
        """Return a rank array for each mind, on a last axis; larger is better, not dense."""
        if self._dtype is None:
            return np.stack([self._dense(mind.order) for mind in minds], axis=-1)
        cells = self._truth.shape[1]
        ranks = np.zeros((cells, len(minds)), self._dtype)
        if self._base is not None:
            ranks += self._base.reshape(-1, 1).astype(self._dtype)
        width = max(len(mind.order) for mind in minds)
        for k in range(width):
            # Lists of different length: the place counts from the end, and none adds nothing.
            at = np.array([m.order[-1 - k] if k < len(m.order) else -1 for m in minds])
            chosen = self._truth.T[:, at] & (at >= 0)
            ranks += chosen.astype(self._dtype) << (k + self._below)
        return ranks.reshape(*self._shape, len(minds))

    def better(
        self, minds: Sequence[Mind], low: NDArray[np.intp], high: NDArray[np.intp]
    ) -> NDArray[np.bool_]:
        """Return for each mind, of a party that gave statements, which states it finds better.

        Parameters
        ----------
        low, high : int arrays
            Pairs of states, flat indices; whether the second is better is asked.

        Returns
        -------
        bool array of shape (minds, pairs)
        """
        signs = self._truth[:, high].astype(np.int8) - self._truth[:, low]
        if max(len(mind.order) for mind in minds) <= EXACT:
            weights = np.zeros((len(minds), len(self.formulas)))
            for row, mind in zip(weights, minds, strict=True):
                row[list(mind.order)] = self._powers[len(self._powers) - len(mind.order) :]
            found: NDArray[np.bool_] = weights @ signs > 0
            return found
        each = (signs[list(mind.order)] for mind in minds)
        first = (own[(own != 0).argmax(axis=0), np.arange(len(low))] for own in each)
        return np.array([own > 0 for own in first])

    def _dense(self, order: Order) -> IntArray:
        """Rank states by statements too many for a machine word."""
        rows = [self._truth[k] for k in order]
        if self._base is not None:
            base = self._base.ravel()
            rows += [(base >> b & 1).astype(bool) for b in reversed(range(self._below))]
        _, inverse = np.unique(np.array(rows).T, axis=0, return_inverse=True)
        return inverse.reshape(self._shape)

    def _edits(self, order: Order) -> Iterator[tuple[Order, Edit]]:
        """Yield what one more edit makes of a list of statements."""
        n = len(order)
        for at, k in enumerate(order):
            rest = order[:at] + order[at + 1 :]
            yield rest, Edit(self.party, "drop", self.formulas[k], None, at + 1)
        for at, k in enumerate(order):
            rest = order[:at] + order[at + 1 :]
            for to in range(n):
                edit = Edit(self.party, "move", self.formulas[k], to + 1, at + 1)
                yield (*rest[:to], k, *rest[to:]), edit
        places = n + 1
        for k in range(len(self.formulas)):
            if k not in order:
                for to in range(places):
                    edit = Edit(self.party, "add", self.formulas[k], to + 1, None)
                    yield (*order[:to], k, *order[to:]), edit


def pool(case: Case) -> tuple[fm.Formula, ...]:
    """Return what a party could come to want: outcomes, and options at each of their levels.

    Of an outcome and of a two-level option also that it be not.
    """
    formulas: list[fm.Formula] = []
    for outcome in case.outcomes:
        formulas += [fm.OutcomeIs(outcome.name), fm.Not(fm.OutcomeIs(outcome.name))]
    for party, option in case.options:
        if len(option.levels) == 2:
            taken = fm.OptionIs(party.name, option.name)
            formulas += [taken, fm.Not(taken)]
        else:
            formulas += [fm.OptionIs(party.name, option.name, level) for level in option.levels]
    return tuple(formulas)
