"""A case file read a second time, by nothing of the package: YAML, truth tables, plain search.

Formulas become numpy expressions over a table of all combinations of levels; what a party wants
becomes one number a state; moves are looked up one by one. What the engine and the solver say
about a case is held against this.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
from ruamel.yaml import YAML

from oracle import Conflict, State

ATOM = re.compile(r"(\w+\.\w+)(?:\s*=\s*(\w+))?")
OPERATORS = {"not": "~", "and": "&", "or": "|", "if": ">=", "iff": "=="}


class Plain:
    """A case with all its states written out.

    Attributes
    ----------
    options : names ``party.option``, in the file's order
    states : the feasible ones, each a tuple of levels
    """

    def __init__(self, file: Path) -> None:
        self.data = YAML(typ="safe").load(file.read_text("utf-8"))
        self.parties = list(self.data["parties"])
        declared = {
            f"{party}.{name}": what
            for party in self.parties
            for name, what in self.data["parties"][party]["options"].items()
        }
        self.options = list(declared)
        self.owner = tuple(self.parties.index(o.split(".")[0]) for o in self.options)
        self.levels = [levels_of(what) for what in declared.values()]
        self.one_way = [
            isinstance(what, dict) and bool(what.get("irreversible")) for what in declared.values()
        ]
        self.table = np.array(list(itertools.product(*(range(len(v)) for v in self.levels))))
        self.outcomes = {k: formula(v) for k, v in self.data["outcomes"].items()}
        allowed = np.ones(len(self.table), bool)
        for rule in self.data["infeasible"]:
            allowed &= ~self.truth(formula(rule))
        self.table = self.table[allowed]
        self.states: list[State] = [tuple(map(int, row)) for row in self.table]
        self.feasible = set(self.states)

    def truth(self, text: str) -> np.ndarray:
        """Where a formula holds, state by state."""
        spelled = ""
        while spelled != text:  # outcomes may build on each other
            spelled = text
            for name, meaning in self.outcomes.items():
                text = re.sub(rf"(?<![\w.]){name}(?![\w.])", f"({meaning})", text)
        columns: list[np.ndarray] = []

        def column(found: re.Match[str]) -> str:
            axis = self.options.index(found[1])
            at = self.table[:, axis]
            columns.append(at == self.levels[axis].index(found[2]) if found[2] else at > 0)
            return f"column[{len(columns) - 1}]"

        spelled = ATOM.sub(column, text)
        for word, operator in OPERATORS.items():
            spelled = re.sub(rf"\b{word}\b", operator, spelled)
        return eval(spelled, {"__builtins__": {}}, {"column": columns})  # our own case files only

    @property
    def today(self) -> State:
        """The status quo."""
        levels = dict.fromkeys(self.options, 0)
        for said in self.data["status_quo"]:
            option, level = ATOM.fullmatch(said).groups()
            levels[option] = self.names(option).index(level) if level else 1
        return tuple(levels.values())

    def names(self, option: str) -> list[str]:
        """The names of an option's levels."""
        return self.levels[self.options.index(option)]

    def changed(self, state: State, **levels: int) -> State:
        """A state with some options, written ``party_option``, at other levels."""
        new = list(state)
        for name, level in levels.items():
            new[self.options.index(name.replace("_", ".", 1))] = level
        return tuple(new)

    @functools.cached_property
    def worth(self) -> list[np.ndarray]:
        """For each party a number a state: the earlier a wish, the more bits it outweighs."""
        found = []
        for party in self.parties:
            wishes = self.data["preferences"][party]
            bits = [self.truth(formula(w)).astype(np.int64) for w in wishes]
            found.append(sum(bit << (len(bits) - 1 - k) for k, bit in enumerate(bits)))
        return found

    def level(self, party: int, state: State) -> Fraction:
        """The place of a state on a party's scale, from 0 to 1."""
        classes = np.unique(self.worth[party])
        mine = self.worth[party][self.states.index(state)]
        return Fraction(int((classes < mine).sum()), len(classes) - 1)

    def moves(self, party: int, state: State) -> tuple[State, ...]:
        """Where a party can go alone."""
        own = [axis for axis, owner in enumerate(self.owner) if owner == party]
        ranges = [range(state[a] if self.one_way[a] else 0, len(self.levels[a])) for a in own]
        found = []
        for choice in itertools.product(*ranges):
            new = list(state)
            for axis, level in zip(own, choice, strict=True):
                new[axis] = level
            if tuple(new) != state and tuple(new) in self.feasible:
                found.append(tuple(new))
        return tuple(found)

    @functools.cached_property
    def conflict(self) -> Conflict:
        """The case for the oracle of stability; moves are worked out where they are asked for."""
        payoff = tuple(dict(zip(self.states, map(int, worth), strict=True)) for worth in self.worth)
        moves = tuple(Moves(self, party) for party in range(len(self.parties)))
        return Conflict(self.owner, len(self.parties), tuple(self.states), moves, payoff)

    def said(self) -> dict[str, tuple[str, str, int]]:
        """Conditions and refusals by id: whose, the formula that keeps them, the firmness."""
        kept = {}
        for c in self.data["conditions"]:
            kept[c["id"]] = (c["party"], f"({c['needs']}) if {c['option']}", c["firmness"])
        for r in self.data["refusals"]:
            kept[r["id"]] = (r["party"], f"not ({r['refuses']})", r["firmness"])
        return kept

    def knots_and_concessions(
        self, target: str, keep: str = ""
    ) -> tuple[set[frozenset[str]], set[frozenset[str]]]:
        """By trying all subsets of what was said; ``keep`` is taken as given."""
        said = self.said()
        goal = self.truth(target) & (self.truth(keep) if keep else True)
        holds = {name: self.truth(text) for name, (_, text, _) in said.items()}
        fits = {
            subset: bool(np.logical_and.reduce([goal, *(holds[k] for k in subset)]).any())
            for subset in subsets(said)
        }
        knots = {s for s in fits if not fits[s] and all(fits[s - {k}] for k in s)}
        whole = frozenset(said)
        gives = [whole - s for s in fits if fits[s]]
        return knots, {g for g in gives if not any(other < g for other in gives)}


class Moves(Mapping[State, tuple[State, ...]]):
    """The moves of one party, worked out when asked for and then kept."""

    def __init__(self, plain: Plain, party: int) -> None:
        self.plain, self.party = plain, party
        self.known: dict[State, tuple[State, ...]] = {}

    def __getitem__(self, state: State) -> tuple[State, ...]:
        if state not in self.known:
            self.known[state] = self.plain.moves(self.party, state)
        return self.known[state]

    def __iter__(self) -> Iterator[State]:
        return iter(self.plain.states)

    def __len__(self) -> int:
        return len(self.plain.states)


def formula(line: Any) -> str:
    """The formula of a line that may carry its source."""
    return line["that"] if isinstance(line, dict) else line


def levels_of(what: Any) -> list[str]:
    """The names of an option's levels."""
    named = what.get("levels") if isinstance(what, dict) else None
    return list(named or ("no", "yes"))


def subsets(names: Any) -> list[frozenset[str]]:
    """All subsets, the empty one too."""
    pool = tuple(names)
    sizes = range(len(pool) + 1)
    return [frozenset(s) for k in sizes for s in itertools.combinations(pool, k)]
