"""Confrontation dilemmas: where what parties say in public leaves them under pressure.

What each party wants of an option in public is its *position*; what the owner says that it will do
if nobody gives in is its *intention*. Where nothing is written down of either, they are read from
conditions and refusals. From positions, intentions and doubts the five dilemmas of confrontation
analysis follow [Howard1999]_; whether a threat or a promise would be kept is computed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

import numpy as np

from detente.case import formula as fm
from detente.case.model import NO_BASIS, Basis, Case, Condition, Refusal
from detente.graph.find import status_quo
from detente.graph.model import Graph, Party
from detente.graph.slices import improvements_at
from detente.wayout.profile import indifferent

Kind: TypeAlias = Literal["persuasion", "trust", "co-operation", "rejection", "sufficiency"]
Axis: TypeAlias = int


@dataclass(frozen=True, slots=True)
class Word:
    """What a party says in public about one option.

    Parameters
    ----------
    party : int
        Who says it.
    axis : int
        About which option.
    level : int
        What it wants there, or will do.
    source : str
        The id of the condition or refusal it was read from; empty where the case says it itself.
    basis : Basis
        What that rests on.
    """

    party: Party
    axis: Axis
    level: int
    source: str = ""
    basis: Basis = field(default=NO_BASIS, compare=False)


@dataclass(frozen=True, slots=True)
class Dilemma:
    """One dilemma.

    Parameters
    ----------
    kind : str
        ``persuasion``: another will do what the party does not want, and is believed. ``trust``:
        another says that it will do what the party wants, and is not believed. ``co-operation``:
        the party's own promise is not believed. ``rejection``: its threat is not.
        ``sufficiency``: its threat is, and does not move the one it is aimed at.
    party : int
        Whose.
    other : int
        With whom.
    axis : int
        Over which option.
    kept : bool or None
        Of a threat or a promise: whether its owner would keep it, by its wishes; None where that
        cannot be told.
    """

    kind: Kind
    party: Party
    other: Party
    axis: Axis
    kept: bool | None


@dataclass(frozen=True, slots=True)
class Dilemmas:
    """All dilemmas of a case.

    Parameters
    ----------
    positions, intentions : tuple of Word
        What is wanted of each option, by whom; what the owners say that they will do.
    doubted : tuple of (int, int)
        Who does not believe the word about which option.
    future : int or None
        The state that comes if nobody gives in; None if rules exclude it.
    excluded_by : int or None
        A rule that excludes it.
    found : tuple of Dilemma
        By party, then by kind.
    """

    positions: tuple[Word, ...]
    intentions: tuple[Word, ...]
    doubted: tuple[tuple[Party, Axis], ...]
    future: int | None
    excluded_by: int | None
    found: tuple[Dilemma, ...]


REMOVED_BY: dict[Kind, tuple[str, ...]] = {
    "persuasion": (
        "it accepts what the other will do",
        "it moves the other to give that up, by a threat or an offer of its own",
        "it has reason to think that the other will not do it",
    ),
    "trust": (
        "the other makes its promise hard to break",
        "it does without the promise",
    ),
    "co-operation": (
        "it makes its promise hard to break",
        "it comes to gain by keeping it",
    ),
    "rejection": (
        "it makes its threat hard to take back",
        "it comes to prefer carrying it out",
        "it gives the threat up",
    ),
    "sufficiency": (
        "it threatens what is worse for the other",
        "it offers what makes giving in better for the other",
        "it gives its position up",
    ),
}
"""What removes each, as those who mediate it look for it."""


def dilemmas(case: Case, graph: Graph) -> Dilemmas:
    """Return the dilemmas that positions, intentions and doubts put the parties in.

    Raises
    ------
    CaseError
        If the case does not say how things stand today.
    """
    today = graph.space.at(status_quo(case, graph))
    positions, intentions = words(case)
    doubted = tuple((case.party_names.index(d.party), case.axis_of[d.option]) for d in case.doubts)
    meant = list(today)
    for word in intentions:
        meant[word.axis] = word.level
    future = graph.space.find(meant)
    feasible = future >= 0 and bool(graph.feasible.flat[future])
    told = _Table(case, graph, positions, tuple(meant), frozenset(doubted), today)
    found = tuple(told.dilemmas(future if feasible else None))
    order: list[Kind] = list(REMOVED_BY)
    return Dilemmas(
        positions,
        intentions,
        doubted,
        future if feasible else None,
        None if feasible else _excluding(case, meant),
        tuple(sorted(found, key=lambda d: (d.party, order.index(d.kind), d.axis, d.other))),
    )


def words(case: Case) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
    """Return what is wanted of options in public, and what their owners say that they will do.

    What the case says itself under ``positions`` and ``intentions`` goes before what conditions and
    refusals say: *option only if needs* wants what is needed, and means to leave the option; *never
    this* wants it not to be, and the owner means to leave it.
    """
    number = {name: i for i, name in enumerate(case.party_names)}
    owner = {axis: number[party.name] for axis, (party, _) in enumerate(case.options)}
    wanted = {
        (number[s.party], case.axis_of[s.option]): Word(
            number[s.party], case.axis_of[s.option], s.level
        )
        for s in case.positions
    }
    meant = {
        case.axis_of[s.option]: Word(owner[case.axis_of[s.option]], case.axis_of[s.option], s.level)
        for s in case.intentions
    }
    everything: list[Condition | Refusal] = [*case.conditions, *case.refusals]
    for said in everything:
        party = number[said.party]
        for axis, level in _wanted(case, said):
            word = Word(party, axis, level, said.id, said.basis)
            wanted.setdefault((party, axis), word)
        for axis in _left(case, said):
            if owner[axis] == party:
                meant.setdefault(axis, Word(party, axis, 0, said.id, said.basis))
    return tuple(wanted[k] for k in sorted(wanted)), tuple(meant[k] for k in sorted(meant))


def _wanted(case: Case, said: Condition | Refusal) -> Iterator[tuple[Axis, int]]:
    """Yield the options, and the level of each, that somebody asks for by what it says."""
    if isinstance(said, Condition):
        asked = [pair for part in _parts(case, said.needs) for pair in _levels(case, part)]
    else:
        refused = _levels(case, said.refuses)
        asked = [(axis, set(range(case.shape[axis])) - levels) for axis, levels in refused]
    for axis, levels in asked:
        if len(levels) == 1:
            yield axis, levels.pop()


def _left(case: Case, said: Condition | Refusal) -> Iterator[Axis]:
    """Yield the options that somebody means to leave by what it says."""
    parts = _parts(case, said.option) if isinstance(said, Condition) else [said.refuses]
    for part in parts:
        for axis, levels in _levels(case, part):
            if 0 not in levels:
                yield axis


def _parts(case: Case, formula: fm.Formula) -> list[fm.Formula]:
    """Return what a formula asks for one by one."""
    if isinstance(formula, fm.OutcomeIs):
        return _parts(case, case.outcome_named[formula.name].formula)
    if isinstance(formula, fm.And):
        return [part for operand in formula.operands for part in _parts(case, operand)]
    return [formula]


def _levels(case: Case, formula: fm.Formula) -> Iterator[tuple[Axis, set[int]]]:
    """Yield the options that a formula is about, and their levels, if it is no more than that.

    All of several options joined by *and* are asked for together, so refusing them refuses none.
    """
    match formula:
        case fm.OutcomeIs(name):
            yield from _levels(case, case.outcome_named[name].formula)
        case fm.OptionIs(party, option, level):
            axis = case.axis_of[party, option]
            levels = case.options[axis][1].levels
            every = set(range(len(levels)))
            yield axis, every - {0} if level is None else {levels.index(level)}
        case fm.Not(operand):
            for axis, levels_ in _single(case, operand):
                yield axis, set(range(case.shape[axis])) - levels_


def _single(case: Case, formula: fm.Formula) -> list[tuple[Axis, set[int]]]:
    found = list(_levels(case, formula))
    return found if len(found) == 1 else []


@dataclass(frozen=True, eq=False)
class _Table:
    """Positions, intentions and doubts of one case, looked up."""

    case: Case
    graph: Graph
    positions: tuple[Word, ...]
    meant: tuple[int, ...]
    doubted: frozenset[tuple[Party, Axis]]
    today: tuple[int, ...]

    def dilemmas(self, future: int | None) -> Iterator[Dilemma]:
        """Yield every dilemma."""
        wants = {(w.party, w.axis): w.level for w in self.positions}
        silent = {self.case.party_names.index(n) for n in indifferent(self.case)}
        for (i, axis), level in wants.items():
            k = self.graph.owner[axis]
            if i == k:
                continue
            threat, promise = self.meant[axis] != level, wants.get((k, axis)) == level
            doubts = (i, axis) in self.doubted
            if threat and not doubts:
                yield Dilemma("persuasion", i, k, axis, self._kept(k, axis, future, silent))
                if self._bears(i, k, future, silent | {None}):
                    yield Dilemma("sufficiency", k, i, axis, self._kept(k, axis, future, silent))
            if doubts and (promise or not threat):
                agreed = self._agreed(k)
                kept = self._kept(k, axis, agreed, silent, level)
                yield Dilemma("trust", i, k, axis, kept)
                yield Dilemma("co-operation", k, i, axis, kept)
            if doubts and threat:
                yield Dilemma("rejection", k, i, axis, self._kept(k, axis, future, silent))

    def _kept(
        self,
        owner: Party,
        axis: Axis,
        state: int | None,
        silent: set[int],
        level: int | None = None,
    ) -> bool | None:
        """Return whether the owner has no better move that undoes its word there."""
        if state is None or owner in silent:
            return None
        level = self.meant[axis] if level is None else level
        if self.graph.space.at(state)[axis] != level:
            return None
        better = improvements_at(self.graph, owner, state)
        levels = self.graph.space.rows(better)
        return not bool((levels[:, axis] != level).any()) if len(better) else True

    def _bears(
        self, target: Party, threatener: Party, future: int | None, silent: set[int | None]
    ) -> bool:
        """Return whether the one a threat is aimed at would rather bear it than give in."""
        agreed = self._agreed(threatener)
        if future is None or agreed is None or target in silent:
            return False
        if not any(w.party == threatener for w in self.positions):
            return False
        ranks = self.graph.ranks[target].ravel()
        return bool(ranks[future] >= ranks[agreed])

    def _agreed(self, party: Party) -> int | None:
        """Return the state nearest to today in which all positions of a party hold."""
        where = self.graph.feasible
        for word in self.positions:
            if word.party == party:
                where = where & self.graph.space.line(word.axis, (word.level,))
        at = np.flatnonzero(where)
        if not len(at):
            return None
        away = self.graph.space.differing(self.today).ravel()[at]
        return int(at[int(away.argmin())])


def _excluding(case: Case, levels: list[int]) -> int | None:
    """Return a rule that a state breaks."""
    from detente.case.truth import TruthAt

    holds = TruthAt(case, levels)
    return next((k for k, r in enumerate(case.infeasible) if bool(holds(r.formula))), None)
