"""Random cases with formulas: rules, targets, conditions, refusals, statements."""

from __future__ import annotations

from collections.abc import Iterator

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
    levels = [draw(st.sampled_from((2, 2, 3))) for _ in owners]
    own = {name: [] for name in names}
    for axis, (owner, n) in enumerate(zip(owners, levels, strict=True)):
        one_way = draw(st.sampled_from((None, None, frozenset({(0, 1), (0, 2), (1, 2)}))))
        kept = None if one_way is None else frozenset(c for c in one_way if c[1] < n)
        own[owner].append(Option(f"o{axis}", f"Option {axis}", LEVELS[n], kept))
    atoms: list[Formula] = []
    for name in names:
        for option in own[name]:
            atoms.append(OptionIs(name, option.name))
            atoms.append(OptionIs(name, option.name, option.levels[-1]))
    outcome = Outcome("goal", draw(formulas(tuple(atoms))), "The goal")
    words = (*atoms, OutcomeIs("goal"))
    today = tuple(draw(st.integers(0, n - 1)) for n in levels)
    wishes = st.lists(formulas(words, 1), min_size=statements[0], max_size=statements[1])
    people = tuple(
        Party(
            name,
            name.upper(),
            tuple(own[name]),
            Statements(tuple(Statement(f) for f in draw(wishes))),
        )
        for name in names
    )
    firm = st.integers(1, 3)
    conditions, refusals = [], []
    for k in range(draw(st.integers(0, said))):
        who, firmness = draw(st.sampled_from(names)), draw(firm)
        if draw(st.booleans()):
            option, needs = draw(formulas(words, 1)), draw(formulas(words, 1))
            conditions.append(Condition(f"c{k}", who, option, needs, firmness))
        else:
            refusals.append(Refusal(f"r{k}", who, draw(formulas(words, 1)), firmness))
    made = Case(
        "random",
        "A random case",
        people,
        outcomes=(outcome,),
        status_quo=today,
        conditions=tuple(conditions),
        refusals=tuple(refusals),
    )
    excluded = [draw(formulas(words, 1)) for _ in range(draw(st.integers(0, rules)))]
    fair = tuple(Rule(f) for f in excluded if not holds(f, made, today))
    return Case(
        **{f: getattr(made, f) for f in made.__dataclass_fields__ if f != "infeasible"},
        infeasible=fair,
    )


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
    import itertools

    for state in itertools.product(*(range(n) for n in case.shape)):
        if not any(holds(rule.formula, case, state) for rule in case.infeasible):
            yield state
