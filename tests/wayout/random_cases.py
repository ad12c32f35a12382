"""Random cases with formulas: rules, targets, conditions, refusals, statements."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace

from hypothesis import strategies as st

from detente.case.formula import And, Formula, If, Iff, Not, OptionIs, Or, OutcomeIs
from detente.case.model import (
    Case,
    Condition,
    Option,
    Outcome,
    Party,
    Refusal,
    Rule,
    Statement,
    Statements,
)
from oracle.conflict import State

LEVELS = {2: ("no", "yes"), 3: ("none", "partial", "full")}


@st.composite
def formulas(draw: st.DrawFn, atoms: tuple[Formula, ...], depth: int = 2) -> Formula:
    """A formula over some atoms."""
    kinds = ("atom", "not", "and", "or", "if", "iff") if depth else ("atom", "not")
    kind = draw(st.sampled_from(kinds))
    if kind == "atom":
        return draw(st.sampled_from(atoms))
    inner = formulas(atoms, max(0, depth - 1))
    if kind == "not":
        return Not(draw(st.sampled_from(atoms)) if not depth else draw(inner))
    left, right = draw(inner), draw(inner)
    if kind in {"if", "iff"}:
        return (If if kind == "if" else Iff)(left, right)
    return (And if kind == "and" else Or)((left, right))


@st.composite
def cases(
    draw: st.DrawFn,
    *,
    parties: tuple[int, int] = (1, 3),
    options: tuple[int, int] = (1, 4),
    rules: int = 2,
    said: int = 6,
    statements: tuple[int, int] = (1, 3),
) -> Case:
    """A case whose status quo is feasible; ``said`` bounds conditions and refusals."""
    names = "abcd"[: draw(st.integers(*parties))]
    owners = sorted(
        draw(st.lists(st.sampled_from(names), min_size=options[0], max_size=options[1]))
    )
    own = draw(options_of(owners))
    atoms: list[Formula] = []
    for name in names:
        for option in own.get(name, ()):
            atoms += [OptionIs(name, option.name), OptionIs(name, option.name, option.levels[-1])]
    outcome = Outcome("goal", draw(formulas(tuple(atoms))), "The goal")
    words = (*atoms, OutcomeIs("goal"))
    wishes = st.lists(formulas(words, 1), min_size=statements[0], max_size=statements[1])
    people = []
    for name in names:
        wants = Statements(tuple(Statement(f) for f in draw(wishes)))
        people.append(Party(name, name.upper(), own.get(name, ()), wants))
    made = Case("random", "A random case", tuple(people), outcomes=(outcome,))
    conditions, refusals = draw(voices(names, words, said))
    today = tuple(draw(st.integers(0, n - 1)) for n in made.shape)
    excluded = [draw(formulas(words, 1)) for _ in range(draw(st.integers(0, rules)))]
    return replace(
        made,
        status_quo=today,
        conditions=conditions,
        refusals=refusals,
        infeasible=tuple(Rule(f) for f in excluded if not holds(f, made, today)),
    )


@st.composite
def options_of(draw: st.DrawFn, owners: list[str]) -> dict[str, tuple[Option, ...]]:
    """Options of two or three levels, some of which only ever rise."""
    own: dict[str, tuple[Option, ...]] = {}
    for axis, owner in enumerate(owners):
        n = draw(st.sampled_from((2, 2, 3)))
        rising = frozenset((old, new) for new in range(n) for old in range(new))
        changes = draw(st.sampled_from((None, None, rising)))
        option = Option(f"o{axis}", f"Option {axis}", LEVELS[n], changes)
        own[owner] = (*own.get(owner, ()), option)
    return own


@st.composite
def voices(
    draw: st.DrawFn, names: str, words: tuple[Formula, ...], most: int
) -> tuple[tuple[Condition, ...], tuple[Refusal, ...]]:
    """Conditions and refusals of any firmness from 1 to 3."""
    conditions: list[Condition] = []
    refusals: list[Refusal] = []
    for k in range(draw(st.integers(0, most))):
        who, firmness = draw(st.sampled_from(names)), draw(st.integers(1, 3))
        if draw(st.booleans()):
            option, needs = draw(formulas(words, 1)), draw(formulas(words, 1))
            conditions.append(Condition(f"c{k}", who, option, needs, firmness))
        else:
            refusals.append(Refusal(f"r{k}", who, draw(formulas(words, 1)), firmness))
    return tuple(conditions), tuple(refusals)


def holds(formula: Formula, case: Case, state: State) -> bool:
    """Read a formula aloud in one state."""
    match formula:
        case OptionIs(party, option, level):
            axis = case.axis_of[party, option]
            at = state[axis]
            return at > 0 if level is None else case.options[axis][1].levels[at] == level
        case OutcomeIs(name):
            return holds(case.outcome_named[name].formula, case, state)
        case Not(operand):
            return not holds(operand, case, state)
        case And(operands):
            return all(holds(o, case, state) for o in operands)
        case Or(operands):
            return any(holds(o, case, state) for o in operands)
        case If(then, given):
            return holds(then, case, state) or not holds(given, case, state)
        case Iff(left, right):
            return holds(left, case, state) == holds(right, case, state)
    raise AssertionError(formula)


def feasible_states(case: Case) -> Iterator[State]:
    """Every state that no rule excludes, one after the other."""
    for state in itertools.product(*(range(n) for n in case.shape)):
        if not any(holds(rule.formula, case, state) for rule in case.infeasible):
            yield state
