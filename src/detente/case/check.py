"""What follows from a case as a whole: rules, today, rankings, and lines that say nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, Protocol

from detente.case import formula as fm
from detente.case.cnf import Levels
from detente.case.document import Steps
from detente.case.formula import Formula
from detente.case.grades import grade
from detente.case.lines import cited, formulas, wishes_at
from detente.case.logic import CONFLICTS, Logic, TooHard
from detente.case.model import Case, Party, Ranking, Statements, Weights
from detente.case.names import skeleton
from detente.case.truth import TruthAt, axes_of, mentioned_outcomes, sound_outcomes
from detente.errors import Place, Problem

MAX_TOWER = 100
"""Most outcomes that build on each other, one on top of the other."""

SHOWN = 60
"""Longest formula quoted whole in a message."""


class Places(Protocol):
    """Tells where something stands in the file that the case came from."""

    def __call__(self, path: Steps, *, key: bool = False) -> Place | None:
        """Return the place of the value, or the key, at a path."""


def nowhere(path: Steps, *, key: bool = False) -> Place | None:
    """Return no place: for cases that did not come from a file with lines."""
    return None


@dataclass(frozen=True, slots=True)
class Assumption:
    """A line of the case that rests on no cited words.

    Parameters
    ----------
    path : tuple of str and int
        Where it stands in the case.
    text : str
        The line, as a formula or a short sentence.
    note : str
        Why the analyst assumes it, as far as it is said.
    """

    path: Steps
    text: str
    note: str = ""


def check(case: Case, at: Places = nowhere) -> tuple[Problem, ...]:
    """Return what is wrong with a case, and what is doubtful about it.

    Parameters
    ----------
    case : Case
        All names in its formulas must be declared.
    at : callable
        Where a path of the case stands in its file; for instance the ``place`` of a
        :class:`~detente.case.document.Document`.

    Returns
    -------
    tuple of Problem
        Errors and warnings; only errors if there are any that make the rest meaningless.
    """
    return tuple(_Checker(case, at).problems())


def assumptions(case: Case) -> tuple[Assumption, ...]:
    """Return every line that cites nothing, or whose own note says that it is inferred."""
    return tuple(
        Assumption(path, text, basis.note)
        for path, text, basis in cited(case)
        if grade(basis) == "inferred"
    )


def drafts(case: Case) -> int:
    """Return how many lines of the case a program proposed and nobody has looked at."""
    return sum(basis.draft for _, _, basis in cited(case))


class _Checker:
    """All checks of one case."""

    def __init__(self, case: Case, at: Places) -> None:
        self.case, self.at = case, at
        self.skipped: list[str] = []

    def problems(self) -> Iterator[Problem]:
        """Yield everything found."""
        errors = [*self._cycles()] or [*self._towers()] or [*self._contradictions()]
        yield from errors
        if errors:
            return
        yield from self._status_quo()
        yield from self._look_alikes()
        yield from self._idle_names()
        yield from self._idle_rules()
        yield from self._idle_classes()
        yield from self._idle_outcomes()
        yield from self._idle_preferences()
        yield from self._idle_words()
        yield from self._skips()

    @cached_property
    def logic(self) -> Logic:
        """The answers of the solver, once outcomes are known to be sound."""
        return Logic(self.case, CONFLICTS)

    def _problem(
        self,
        message: str,
        path: Steps,
        severity: Literal["error", "warning"] = "warning",
        *,
        key: bool = False,
    ) -> Problem:
        return Problem(message, self.at(path, key=key), severity)

    # --- errors ---

    def _cycles(self) -> Iterator[Problem]:
        """Find outcomes that build on themselves; one cycle is named."""
        sound = set(sound_outcomes(self.case))
        left = [o.name for o in self.case.outcomes if o.name not in sound]
        if not left:
            return
        walk = [left[0]]
        while walk[-1] not in walk[:-1]:
            inner = mentioned_outcomes(self.case.outcome_named[walk[-1]].formula)
            walk.append(next(name for name in inner if name not in sound))
        cycle = walk[walk.index(walk[-1]) :]
        if len(cycle) > 8:
            cycle = [*cycle[:6], "…", cycle[-1]]
        yield self._problem(
            f"outcomes build on themselves: {' → '.join(cycle)}; "
            "write one of them with options alone",
            ("outcomes", cycle[0]),
            "error",
            key=True,
        )

    def _towers(self) -> Iterator[Problem]:
        """Find outcomes that stand on too many others; the first such is named."""
        height: dict[str, int] = {}
        for name in sound_outcomes(self.case):
            inner = mentioned_outcomes(self.case.outcome_named[name].formula)
            height[name] = 1 + max((height[n] for n in inner), default=0)
            if height[name] > MAX_TOWER:
                yield self._problem(
                    f"the outcome '{name}' stands on {MAX_TOWER} others, one on top of the other; "
                    "no more are read",
                    ("outcomes", name),
                    "error",
                    key=True,
                )
                return

    def _contradictions(self) -> Iterator[Problem]:
        """Find rules that leave no state."""
        try:
            found = list(self.logic.contradictions()) if self.case.infeasible else []
        except TooHard:
            self.skipped.append("whether the rules leave a state")
            return
        for rules in found:
            named = [self._rule_in_words(i) for i in rules[:8]]
            more = f" and {len(rules) - 8} more" if len(rules) > 8 else ""
            if len(rules) == 1:
                words = f"the rule {named[0]} leaves"
            else:
                words = f"the rules {_listed(named)}{more} together leave"
            path: Steps = ("infeasible", rules[-1])
            yield self._problem(f"{words} no state; soften or drop one", path, "error")

    def _status_quo(self) -> Iterator[Problem]:
        """Find rules that hold today."""
        today = self.case.status_quo
        if today is None:
            return
        truth = TruthAt(self.case, today)
        for i, rule in enumerate(self.case.infeasible):
            if truth(rule.formula):
                message = f"the status quo breaks the rule {self._rule_in_words(i)}"
                yield self._problem(message, ("status_quo",), "error", key=True)

    def _rule_in_words(self, rule: int) -> str:
        place = self.at(("infeasible", rule))
        line = f" (line {place.line})" if place else ""
        return f"'{_short(self.case.infeasible[rule].formula)}'{line}"

    # --- doubts ---

    def _look_alikes(self) -> Iterator[Problem]:
        """Find names that people may take for each other, and formulas do not."""
        case = self.case
        places: list[tuple[str, Steps, Iterable[str]]] = [
            ("parties", ("parties",), case.party_names),
            ("outcomes", ("outcomes",), case.outcome_named),
        ]
        for party in case.parties:
            path: Steps = ("parties", party.name, "options")
            places.append((f"options of '{party.name}'", path, (o.name for o in party.options)))
            for option in party.options:
                levels: Steps = (*path, option.name, "levels")
                name = f"levels of '{party.name}.{option.name}'"
                places.append((name, levels, option.levels))
        for what, base, names in places:
            seen: dict[str, str] = {}
            for i, name in enumerate(names):
                other = seen.setdefault(skeleton(name), name)
                if other != name:
                    how = "by their case" if _printed(name, other) else "by what cannot be seen"
                    end = i if base[-1] == "levels" else name
                    yield self._problem(
                        f"the {what} '{other}' and '{name}' differ only {how}; formulas tell them "
                        "apart, people will not",
                        (*base, end),
                        key=base[-1] != "levels",
                    )

    def _idle_names(self) -> Iterator[Problem]:
        """Find parties without options or wishes, and options that nothing is said about."""
        used = {
            (atom.party, atom.option)
            for formula in formulas(self.case)
            for atom in fm.atoms(formula)
            if isinstance(atom, fm.OptionIs)
        }
        for party in self.case.parties:
            path: Steps = ("parties", party.name)
            if not party.options:
                message = f"the party '{party.name}' has no options; it can only watch"
                yield self._problem(message, path, key=True)
            if party.preferences == Statements():
                yield self._problem(
                    f"the party '{party.name}' has no preferences; "
                    "it counts as indifferent between all states",
                    path,
                    key=True,
                )
            for option in party.options:
                if (party.name, option.name) not in used:
                    yield self._problem(
                        f"nothing is said about the option '{party.name}.{option.name}': "
                        "no preference, rule, outcome, condition or refusal mentions it",
                        (*path, "options", option.name),
                        key=True,
                    )

    def _idle_rules(self) -> Iterator[Problem]:
        for i, rule in enumerate(self.case.infeasible):
            yield from self._never(
                rule.formula, "the rule '{}' never holds, so it excludes nothing", ("infeasible", i)
            )

    def _idle_classes(self) -> Iterator[Problem]:
        words = "no state satisfies '{}', so nothing counts as one by it"
        for i, rule in enumerate(self.case.equivalent):
            yield from self._never(rule.formula, words, ("equivalent", i))

    def _never(self, formula: Formula, words: str, path: Steps) -> Iterator[Problem]:
        """Find a rule that holds in no state, whatever the other rules say."""
        try:
            if not self.logic.possible(formula, ruled=False).holds:
                yield self._problem(words.format(_short(formula)), path)
        except TooHard:
            self.skipped.append(f"'{_short(formula)}'")

    def _idle_outcomes(self) -> Iterator[Problem]:
        for outcome in self.case.outcomes:
            what = f"the outcome '{outcome.name}'"
            yield from self._constant(outcome.formula, what, "", ("outcomes", outcome.name))

    def _idle_preferences(self) -> Iterator[Problem]:
        for party in self.case.parties:
            path = wishes_at(party)
            match party.preferences:
                case Statements(statements):
                    steps = party.preferences.steps
                    for step, wish in zip(steps, statements, strict=True):
                        what = f"'{_short(wish.formula)}'"
                        end = ", so it tells no state from another"
                        yield from self._constant(wish.formula, what, end, (*path, *step))
                case Weights(weights):
                    for formula, _ in weights:
                        what = f"'{_short(formula)}'"
                        end = ", so its weight tells no state from another"
                        key = (*path, "weights", fm.to_text(formula))
                        yield from self._constant(formula, what, end, key, key=True)
                case Ranking(groups):
                    yield from self._ranking(party, groups)

    def _idle_words(self) -> Iterator[Problem]:
        """Find conditions, refusals and a target over what is certain, or impossible, anyway."""
        for i, said in enumerate(self.case.conditions):
            for part in ("option", "needs"):
                formula = said.option if part == "option" else said.needs
                what = f"condition {said.id}: '{_short(formula)}'"
                yield from self._constant(formula, what, "", ("conditions", i, part))
        for i, refusal in enumerate(self.case.refusals):
            what = f"refusal {refusal.id}: '{_short(refusal.refuses)}'"
            yield from self._constant(refusal.refuses, what, "", ("refusals", i, "refuses"))
        if self.case.target is not None:
            what = f"the target '{_short(self.case.target)}'"
            yield from self._constant(self.case.target, what, "", ("target",))

    def _constant(
        self, formula: Formula, what: str, end: str, path: Steps, *, key: bool = False
    ) -> Iterator[Problem]:
        """Find a formula that holds in all feasible states, or in none."""
        try:
            possible = self.logic.possible(formula)
        except TooHard:
            self.skipped.append(what)
            return
        if not possible.holds:
            yield self._problem(f"{what} holds in no feasible state{end}", path, key=key)
        elif not possible.fails:
            yield self._problem(f"{what} holds in every feasible state{end}", path, key=key)

    # --- rankings ---

    def _ranking(self, party: Party, groups: tuple[tuple[Formula, ...], ...]) -> Iterator[Problem]:
        """Find feasible states that a ranking leaves out or puts in two groups."""
        path = (*wishes_at(party), "ranking")
        try:
            problems = list(self._ranked(party, groups, path))
        except TooHard:
            self.skipped.append(f"the ranking of '{party.name}'")
        else:
            yield from problems

    def _ranked(
        self, party: Party, groups: tuple[tuple[Formula, ...], ...], path: Steps
    ) -> Iterator[Problem]:
        logic, encoding = self.logic, self.logic.encoding
        axes = axes_of(self.case, (f for group in groups for f in group))
        once = encoding.any_of([])
        twice = []
        for i, group in enumerate(groups):
            literals = [encoding.literal(formula) for formula in group]
            for j, literal in enumerate(literals):
                if not logic.allows(literal):
                    message = f"'{_short(group[j])}' holds in no feasible state"
                    yield self._problem(message, (*path, i, j))
            here = encoding.any_of(literals)
            twice.append(encoding.all_of([once, here]))
            once = encoding.any_of([once, here])
        for wrong, verb in ((-once, "leaves out"), (encoding.any_of(twice), "puts in two groups")):
            if logic.allows(wrong):
                yield self._problem(
                    f"preferences of '{party.name}': the ranking {verb} "
                    f"{self._example(logic.example(wrong, axes), axes)}; every feasible state must "
                    "be in one group",
                    path,
                    "error",
                )

    def _example(self, levels: Levels, axes: tuple[int, ...]) -> str:
        """Name some levels in words; none stand for every state."""
        words = []
        for axis, level in zip(axes, levels, strict=True):
            party, option = self.case.options[axis]
            name = f"{party.name}.{option.name}"
            if len(option.levels) == 2:
                words.append(name if level else f"not {name}")
            else:
                words.append(f"{name} = {option.levels[level]}")
        return f"'{' and '.join(words)}'" if words else "every state"

    def _skips(self) -> Iterator[Problem]:
        """Say which questions were too hard to be answered."""
        if not self.skipped:
            return
        shown = self.skipped[:3]
        more = f" and {len(self.skipped) - 3} more" if len(self.skipped) > 3 else ""
        yield self._problem(
            f"not checked: {', '.join(shown)}{more}; formulas hang together in a way that would "
            "take too long to follow",
            (),
        )


def _printed(a: str, b: str) -> bool:
    """Whether the difference of two names that look alike is one of capital letters."""
    return a.casefold() == b.casefold()


def _short(formula: Formula) -> str:
    text = fm.to_text(formula)
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
