"""Conditions that wait for each other: nothing said excludes both, and yet nobody begins."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from detente.case import formula as fm
from detente.case.formula import Formula
from detente.case.model import Case, Condition
from detente.drafting.likeness import stem
from detente.drafting.lines import is_first
from detente.drafting.matching import act_of


def waiting(case: Case) -> Iterator[tuple[Condition, Condition]]:
    """Yield pairs of conditions of two parties, each about what the other one holds back.

    One would discuss the decree once the licences are given back; the other would review the
    licences once the decree is suspended. Parties that refuse to begin are not told again.
    """
    begin = {r.party for r in case.refusals if is_first(r.refuses)}
    for one, other in combinations(case.conditions, 2):
        there = _things(case, one.option) & _things(case, other.needs)
        back = _things(case, other.option) & _things(case, one.needs)
        told = {one.party, other.party} <= begin
        if one.party != other.party and there and back and not told:
            yield one, other


def _things(case: Case, formula: Formula) -> set[tuple[str, str]]:
    """Return what a formula is about: words of its deeds, each with who does them."""
    found: set[tuple[str, str]] = set()
    for atom in fm.atoms(formula):
        if isinstance(atom, fm.OptionIs):
            label = case.options[case.axis_of[atom.party, atom.option]][1].label
            words = act_of(label).words or {atom.option}
            found |= {(atom.party, stem(word)) for word in words}
    return found
