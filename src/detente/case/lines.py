"""The lines of a case one by one: whatever in it holds a formula, a figure, or rests on words.

Whoever goes through a case (its checks, its citations, what changed in it, what a dossier counts)
goes this one way, so that no kind of line is forgotten in one place and remembered in another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal, TypeAlias

from detente.case.document import Steps
from detente.case.formula import Formula, to_text
from detente.case.model import (
    Basis,
    Case,
    Condition,
    Conduct,
    Figure,
    Guard,
    Option,
    Party,
    Preferences,
    Ranking,
    Refusal,
    RiskDefaults,
    Statements,
    Weights,
)

Kind: TypeAlias = Literal[
    "guard",
    "outcome",
    "rule",
    "equivalent",
    "statement",
    "weight",
    "group",
    "condition",
    "refusal",
    "danger",
    "goal",
    "misstep",
    "tempo",
    "behaviour",
    "tick",
    "what_if",
    "target",
]

_WORDS: dict[Kind, str] = {
    "guard": "{party} can change {name} {said}",
    "rule": "cannot be: {said}",
    "equivalent": "counts as one state: {said}",
    "statement": "{party} wants: {said}",
    "condition": "{party}: {said}",
    "refusal": "{party}: {said}",
    "misstep": "misstep rate of {who}: {said}",
    "tempo": "tempo of {who}: {said}",
    "what_if": "what if: {said}",
}
"""How a line is told where it stands alone; the rest are told as ``kind: what is said``."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a case.

    Parameters
    ----------
    kind : str
        What it is.
    path : tuple of str and int
        Where it stands in the case file.
    said : str
        Its formulas or its figure, as text.
    party : str
        Whose; empty where it is nobody's, or everybody's.
    name : str
        What it is called: an outcome's name, the id of a condition or refusal.
    value : str
        What else it says: a firmness, a weight.
    formulas : tuple of Formula
        Those it holds.
    basis : Basis or None
        What it rests on; None where such a line cannot cite anything.
    """

    kind: Kind
    path: Steps
    said: str
    party: str = ""
    name: str = ""
    value: str = ""
    formulas: tuple[Formula, ...] = ()
    basis: Basis | None = None

    @property
    def text(self) -> str:
        """The line as a formula or a short sentence, with whose it is."""
        words = _WORDS.get(self.kind, f"{self.kind}: {{said}}")
        return words.format(
            said=self.said, party=self.party, name=self.name, who=self.party or "everybody"
        )


def lines(case: Case) -> Iterator[Line]:
    """Yield every line of a case, in the order of its file."""
    for party in case.parties:
        for option in party.options:
            yield from _guards(party, option)
    for outcome in case.outcomes:
        path: Steps = ("outcomes", outcome.name)
        yield _formula("outcome", path, outcome.formula, name=outcome.name, value=outcome.label)
    for i, rule in enumerate(case.infeasible):
        yield _formula("rule", ("infeasible", i), rule.formula, basis=rule.basis)
    for i, rule in enumerate(case.equivalent):
        yield _formula("equivalent", ("equivalent", i), rule.formula, basis=rule.basis)
    for party in case.parties:
        yield from _preferences(party)
    for i, condition in enumerate(case.conditions):
        yield _condition(condition, ("conditions", i))
    for i, refusal in enumerate(case.refusals):
        yield _refusal(refusal, ("refusals", i))
    yield from _risk(case.risk)
    if case.target is not None:
        yield _formula("target", ("target",), case.target)


def every_line(case: Case) -> Iterator[Line]:
    """Yield every line of a case, then those of other readings and of what parties believe."""
    yield from lines(case)
    yield from _other_readings(case)
    yield from _beliefs(case)


def cited(case: Case) -> Iterator[tuple[Steps, str, Basis]]:
    """Yield every line that can cite something: its path, its words, and what it rests on."""
    for line in every_line(case):
        if line.basis is not None:
            yield line.path, line.text, line.basis


def formulas(case: Case) -> Iterator[Formula]:
    """Yield every formula written in a case, in the order of its file."""
    for line in every_line(case):
        yield from line.formulas


def _other_readings(case: Case) -> Iterator[Line]:
    """Yield the wishes of all readings but the first, which stands for a party elsewhere."""
    for party in case.parties:
        for reading in party.readings[1:]:
            wants, alone = reading.preferences, (reading,)
            yield from _preferences(replace(party, preferences=wants, readings=alone))


def _beliefs(case: Case) -> Iterator[Line]:
    """Yield what parties take each other's wishes to be."""
    for view in case.views:
        for belief in view.beliefs:
            base: Steps = ("views", view.party, belief.party, "preferences")
            yield from _wants(belief.preferences, belief.party, base)


def wishes_at(party: Party) -> Steps:
    """Return where a party's preferences, of several readings the first, stand in a file."""
    within = ("readings", party.readings[0].name) if party.readings else ()
    return ("preferences", party.name, *within)


def said(constraint: Condition | Refusal) -> str:
    """Return what was said as text, whoever says it and whatever its id."""
    if isinstance(constraint, Condition):
        return f"{to_text(constraint.option)} only if {to_text(constraint.needs)}"
    return f"never {to_text(constraint.refuses)}"


def guarded(guard: Guard, levels: Sequence[str]) -> str:
    """Return which change a guard lets pass, and when, as text."""
    told = [f"from {levels[guard.old]}"] if guard.old is not None else []
    told.append(f"to {levels[guard.new]}")
    if guard.before is not None:
        told.append(f"only if {to_text(guard.before)}")
    if guard.after is not None:
        told.append(f"only so that then {to_text(guard.after)}")
    return " ".join(told)


def _guards(party: Party, option: Option) -> Iterator[Line]:
    base: Steps = ("parties", party.name, "options", option.name, "changes")
    for guard in option.guards:
        path = (*base, guard.entry)
        formulas = tuple(f for f in (guard.before, guard.after) if f is not None)
        told = guarded(guard, option.levels)
        yield Line("guard", path, told, party.name, option.name, "", formulas, guard.basis)


def _formula(
    kind: Kind,
    path: Steps,
    formula: Formula,
    *,
    party: str = "",
    name: str = "",
    value: str = "",
    basis: Basis | None = None,
) -> Line:
    return Line(kind, path, to_text(formula), party, name, value, (formula,), basis)


def _preferences(party: Party) -> Iterator[Line]:
    yield from _wants(party.preferences, party.name, wishes_at(party))


def _wants(wants: Preferences, party: str, base: Steps) -> Iterator[Line]:
    match wants:
        case Statements(statements):
            for step, wish in zip(wants.steps, statements, strict=True):
                yield _formula(
                    "statement", (*base, *step), wish.formula, party=party, basis=wish.basis
                )
        case Weights(weights):
            for formula, weight in weights:
                path: Steps = (*base, "weights", to_text(formula))
                yield _formula("weight", path, formula, party=party, value=str(weight))
        case Ranking(groups):
            for i, group in enumerate(groups):
                text = " = ".join(map(to_text, group))
                yield Line(
                    "group", (*base, "ranking", i), text, party, value=str(i), formulas=group
                )


def _condition(one: Condition, path: Steps) -> Line:
    both = (one.option, one.needs)
    firm = f"firmness {one.firmness}"
    return Line("condition", path, said(one), one.party, one.id, firm, both, one.basis)


def _refusal(one: Refusal, path: Steps) -> Line:
    firm = f"firmness {one.firmness}"
    return Line("refusal", path, said(one), one.party, one.id, firm, (one.refuses,), one.basis)


def _risk(risk: RiskDefaults) -> Iterator[Line]:
    if risk.danger is not None:
        path: Steps = ("risk", "danger")
        yield _formula("danger", path, risk.danger.formula, basis=risk.danger.basis)
    if risk.goal is not None:
        yield _formula("goal", ("risk", "goal"), risk.goal.formula, basis=risk.goal.basis)
    yield from _figures("misstep", risk.misstep, risk.missteps)
    yield from _figures("tempo", risk.tempo, risk.tempos)
    if risk.behaviour is not None:
        told, basis = conduct(risk.behaviour), risk.behaviour.basis
        yield Line("behaviour", ("risk", "behaviour"), told, basis=basis)
    if risk.tick:
        yield Line("tick", ("risk", "tick"), risk.tick)
    for i, wish in enumerate(risk.what_if):
        yield _formula("what_if", ("risk", "what_if", i), wish.formula, basis=wish.basis)


def _figures(
    kind: Literal["misstep", "tempo"], rest: Figure | None, single: tuple[tuple[str, Figure], ...]
) -> Iterator[Line]:
    for party, figure in (*((("", rest),) if rest else ()), *single):
        path: Steps = ("risk", kind, party or "all")
        yield Line(kind, path, _number(figure.value), party, basis=figure.basis)


def conduct(behaviour: Conduct) -> str:
    """Return what parties do that make no mistake, as text."""
    more = [behaviour.concept] if behaviour.concept else []
    if behaviour.temperature is not None:
        more.append(f"temperature {_number(behaviour.temperature)}")
    return " ".join((behaviour.name, *more))


def _number(value: Fraction) -> str:
    """Write a number exactly, and shortly where that is exact."""
    short = f"{float(value):g}"
    return short if Fraction(short) == value else str(value)
