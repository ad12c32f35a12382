"""Cases written as ``.gmcr`` files; :mod:`detente.case.gmcr` describes and reads them."""

from __future__ import annotations

import itertools
import json
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeAlias

from detente.case.formula import (
    And,
    Formula,
    If,
    Iff,
    Not,
    OptionIs,
    Or,
    OutcomeIs,
    to_text,
)
from detente.case.identifiers import identifiers
from detente.case.model import TWO_LEVELS, Case, LevelChange, Option, RiskDefaults, Statements
from detente.errors import CaseError, Problem

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DIRECTIONS: dict[str, frozenset[LevelChange] | None] = {
    "both": None,
    "fwd": frozenset({(0, 1)}),
    "back": frozenset({(1, 0)}),
}
"""The format's words for the allowed changes of an option."""

MAX_PATTERNS = 256
"""Most patterns that one formula may turn into."""

MAX_STATES = 1 << 16
"""Most states in a ranking that is written state by state."""

MAX_TOWER = 400
"""Deepest formula once the outcomes in it are written out."""

LINE = 100
"""Longest line of a list that is not broken up, in characters."""

Term: TypeAlias = tuple[tuple[int, bool], ...]
"""A conjunction: (axis, whether the option is taken)."""


class StateArrays(Protocol):
    """What a ranking is written from; :class:`detente.graph.Graph` is one."""

    @property
    def feasible(self) -> NDArray[np.bool_]:
        """The states that can be, one axis an option."""

    @property
    def ranks(self) -> Sequence[NDArray[np.signedinteger]]:
        """Ordinal preference of each party over the states, larger is better."""


@dataclass(frozen=True, slots=True)
class Exported:
    """The text of a ``.gmcr`` file, and what of the case it could not hold."""

    text: str
    left_out: tuple[str, ...] = ()


def to_json(case: Case, build: Callable[[Case], StateArrays] | None = None) -> Exported:
    """Return a case as the text of a ``.gmcr`` file, and what had to be left out.

    Parameters
    ----------
    case : Case
        A checked case whose options all have two levels.
    build : callable, optional
        Gives the arrays of a case: :func:`detente.graph.build.build`. It is called only where
        preferences have to be written as a ranking of states: weights, rankings, and statements
        that would take too many patterns.

    Returns
    -------
    Exported
        Its text reads back as a case with the same states, moves and preferences.

    Raises
    ------
    CaseError
        If the states, the moves or the preferences cannot be written, with every reason.
    """
    _refuse_options(case)
    terms = _Terms(case)
    infeasible = _infeasible(case, terms)
    left_out = list(_unwritten(case))
    statements, misfit = _statements(case, terms, left_out)
    arrays = _arrays(case, misfit, build) if misfit else None
    makers = []
    for i, party in enumerate(case.parties):
        maker: dict[str, object] = {
            "name": _one_line(party.label),
            "options": [a for a, (owner, _) in enumerate(case.options) if owner is party],
            "preferences": [] if arrays else statements[i],
        }
        if arrays:
            maker["preferenceRanking"] = _ranking(arrays, i)
            if isinstance(party.preferences, Statements) and party.preferences.statements:
                left_out.append(f"the statements of {party.label}, written as a ranking of states")
        makers.append(maker | {"misperceptions": []})
    whole = {
        "program": "detente",
        "options": [
            {"name": _one_line(o.label), "permittedDirection": _direction(o)}
            for _, o in case.options
        ],
        "decisionMakers": makers,
        "infeasibles": infeasible,
        "useManualPreferenceRanking": arrays is not None,
        "coalitions": list(range(len(makers))),
    }
    return Exported(_laid_out(whole) + "\n", tuple(left_out))


def _one_line(label: str) -> str:
    return " ".join(label.split())


def _direction(option: Option) -> str | None:
    """Return the format's word for the allowed changes, None where it has none."""
    all_changes = frozenset({(0, 1), (1, 0)})
    changes = None if option.changes == all_changes else option.changes
    return next((word for word, way in DIRECTIONS.items() if way == changes), None)


def _refuse_options(case: Case) -> None:
    problems = []
    for name, (_, option) in zip(case.option_names, case.options, strict=True):
        if len(option.levels) > 2:
            problems.append(
                f"option '{name}' has {len(option.levels)} levels and a .gmcr file holds two; make "
                "each level an option of its own, with rules under 'infeasible' that just one holds"
            )
        elif option.guards:
            problems.append(
                f"option '{name}' changes under a condition and a .gmcr file cannot say so"
            )
        elif _direction(option) is None:
            problems.append(
                f"option '{name}' can never change and a .gmcr file cannot say so; leave it "
                "out, or let it change one way"
            )
    if not case.options:
        problems.append("a .gmcr file needs an option at least, and the case has none")
    if problems:
        raise CaseError(map(Problem, problems))


def _unwritten(case: Case) -> Iterator[str]:
    """Say in words what the format has no place for."""
    counts = {
        "outcome": len(case.outcomes),
        "condition": len(case.conditions),
        "refusal": len(case.refusals),
    }
    for what, n in counts.items():
        if n:
            yield f"{n} {what}{'s' * (n > 1)}"
    if case.status_quo is not None:
        yield "the status quo"
    if case.risk != RiskDefaults():
        yield "what to assume about risk"
    bases = [r.basis for r in case.infeasible]
    bases += [
        s.basis
        for p in case.parties
        if isinstance(p.preferences, Statements)
        for s in p.preferences.statements
    ]
    if any(b.cite or b.note for b in bases):
        yield "the citations and notes of rules and statements"
    if any(p.aliases for p in case.parties):
        yield "the other names of the parties"
    if any(o.levels != TWO_LEVELS for _, o in case.options):
        yield "the names of the levels, which become no and yes"
    if case.as_of:
        yield "the date"
    if case.source:
        yield "the source"
    if case.title != case.name:
        yield "the title"
    made = [identifiers((p.label for p in case.parties), "party")]
    made += [identifiers((o.label for o in p.options), "option") for p in case.parties]
    own = [case.party_names, *(tuple(o.name for o in p.options) for p in case.parties)]
    if made != own:
        yield "the short names used in formulas; reading the file makes new ones from the labels"


# --- formulas as patterns ---------------------------------------------------------------------


class _TooManyError(Exception):
    """A formula turns into more patterns than may be written."""


class _Terms:
    """Turns formulas into disjunctions of conjunctions; one that is one already stays as it is."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._meaning: Mapping[str, Formula] = {o.name: o.formula for o in case.outcomes}
        self._known: dict[tuple[Formula, bool], tuple[Term, ...]] = {}

    def __call__(self, formula: Formula) -> tuple[Term, ...]:
        """Return the terms, of which one must hold; none where the formula never holds.

        Raises
        ------
        _TooManyError
            If there are more than may be written.
        """
        return self._terms(formula, True, 0)

    def _terms(self, formula: Formula, wanted: bool, depth: int) -> tuple[Term, ...]:
        """Return the terms of the formula, or of its opposite where it is not wanted."""
        if depth > MAX_TOWER:
            raise _TooManyError
        # Kept, since both sides of an `iff` are needed twice and would double at every level.
        if (formula, wanted) not in self._known:
            self._known[formula, wanted] = self._work_out(formula, wanted, depth)
        return self._known[formula, wanted]

    def _work_out(self, formula: Formula, wanted: bool, depth: int) -> tuple[Term, ...]:
        match formula:
            case OptionIs(party, option, level):
                axis = self._case.axis_of[party, option]
                levels = self._case.options[axis][1].levels
                return (((axis, (level != levels[0]) == wanted),),)
            case OutcomeIs(name):
                return self._terms(self._meaning[name], wanted, depth + 1)
            case Not(operand):
                return self._terms(operand, not wanted, depth + 1)
            case And(operands) | Or(operands):
                parts = (self._terms(o, wanted, depth + 1) for o in operands)
                return _all(parts) if isinstance(formula, And) == wanted else _any(parts)
            case If(then, given):
                return self._terms(Or((then, Not(given))), wanted, depth + 1)
            case Iff(left, right):
                a, b = (left, right) if wanted else (left, Not(right))
                both, neither = And((a, b)), And((Not(a), Not(b)))
                return self._terms(Or((both, neither)), True, depth + 1)


def _any(parts: Iterable[tuple[Term, ...]]) -> tuple[Term, ...]:
    found = tuple(dict.fromkeys(itertools.chain.from_iterable(parts)))
    if len(found) > MAX_PATTERNS:
        raise _TooManyError
    return found


def _all(parts: Iterable[tuple[Term, ...]]) -> tuple[Term, ...]:
    found: tuple[Term, ...] = ((),)
    for part in parts:
        joined = (_both(a, b) for a, b in itertools.product(found, part))
        found = _any([tuple(term for term in joined if term is not None)])
    return found


def _both(a: Term, b: Term) -> Term | None:
    """Join two conjunctions; None where they contradict each other."""
    choices = dict(a)
    for axis, taken in b:
        if choices.setdefault(axis, taken) != taken:
            return None
    return tuple(choices.items())


def _written(term: Term) -> list[list[object]]:
    return [[axis, "Y" if taken else "N"] for axis, taken in term]


# --- rules and preferences --------------------------------------------------------------------


def _infeasible(case: Case, terms: _Terms) -> list[list[list[object]]]:
    patterns: dict[Term, None] = {}
    problems = []
    for rule in case.infeasible:
        try:
            patterns |= dict.fromkeys(terms(rule.formula))
        except _TooManyError:
            problems.append(
                f"the rule '{to_text(rule.formula)}' would take more than {MAX_PATTERNS} patterns "
                "in a .gmcr file; split it into simpler rules"
            )
    if problems:
        raise CaseError(map(Problem, problems))
    return [_written(term) for term in patterns]


def _statements(case: Case, terms: _Terms, left_out: list[str]) -> tuple[list[list[object]], str]:
    """Return the statements of each party; and why not, in words, if they cannot be written."""
    written: list[list[object]] = []
    for party in case.parties:
        if not isinstance(party.preferences, Statements):
            return [], f"the preferences of '{party.name}' are not statements"
        lines: list[object] = []
        for statement in party.preferences.statements:
            text = to_text(statement.formula)
            try:
                members = [_written(term) for term in terms(statement.formula)]
            except _TooManyError:
                return [], f"the statement '{text}' would take more than {MAX_PATTERNS} patterns"
            if not members:
                left_out.append(f"the statement '{text}' of {party.label}, which never holds")
            elif len(members) == 1:
                lines.append(members[0])
            else:
                lines.append({"compound": True, "members": members})
        written.append(lines)
    return written, ""


def _arrays(case: Case, why: str, build: Callable[[Case], StateArrays] | None) -> StateArrays:
    """Build the arrays that a ranking is written from, if it would be of a bearable length."""
    many = math.prod(case.shape) > 16 * MAX_STATES
    if build is None or many:
        how = "would be too long" if many else "needs the states, so pass 'build'"
        raise CaseError(f"{why}, and a ranking of the states instead {how}")
    arrays = build(case)
    if (n := int(arrays.feasible.sum())) > MAX_STATES:
        raise CaseError(
            f"{why}, and a ranking of its {n:,} states instead would be too long; "
            f"at most {MAX_STATES:,} are written"
        )
    return arrays


def _ranking(arrays: StateArrays, party: int) -> list[int | list[int]]:
    """Return state numbers, best first, tied ones as lists."""
    # Transposed, the first option changes fastest: it is the lowest bit of the value.
    ranks = arrays.ranks[party].T[arrays.feasible.T].tolist()
    groups: dict[int, list[int]] = {}
    for number, rank in enumerate(ranks, 1):
        groups.setdefault(rank, []).append(number)
    best_first = [groups[rank] for rank in sorted(groups, reverse=True)]
    return [group[0] if len(group) == 1 else group for group in best_first]


def _laid_out(value: object, indent: str = "") -> str:
    """Write JSON; what fits a line stands on one."""
    text = json.dumps(value, ensure_ascii=False)
    if len(text) + len(indent) <= LINE or not isinstance(value, dict | list):
        return text
    deeper = indent + "  "
    if isinstance(value, dict):
        parts = [f"{json.dumps(k)}: {_laid_out(v, deeper)}" for k, v in value.items()]
    else:
        parts = [_laid_out(v, deeper) for v in value]
    left, right = "{}" if isinstance(value, dict) else "[]"
    return f"{left}\n{deeper}" + f",\n{deeper}".join(parts) + f"\n{indent}{right}"
