"""Formulas, conditions and refusals in plain English, in the case's own labels."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case import formula as fm
from detente.case.model import Basis, Case, Condition, Option, Refusal
from detente.dossier.words import is_plain, listing

MAX_QUOTE = 300
"""Longest quotation shown whole, in characters."""


class FormulaWords:
    """Phrases for the formulas of one case.

    Parameters
    ----------
    case : Case
        Its labels are used.
    """

    def __init__(self, case: Case) -> None:
        self._case = case
        self._label = {p.name: p.label for p in case.parties}

    def clause(self, formula: fm.Formula) -> str:
        """Say a formula as a clause: ``North does “Enter talks” and Ally does not “Attack”``."""
        match formula:
            case fm.OptionIs():
                return self._does(formula, holds=True)
            case fm.OutcomeIs(name):
                return (
                    f"there is {self.name(formula)}"
                    if not self._label_of(name)
                    else self.name(formula)
                )
            case fm.Not(fm.OptionIs() as atom):
                return self._does(atom, holds=False)
            case fm.Not(fm.OutcomeIs() as atom):
                return f"there is no {self.name(atom)}"
            case fm.Not(operand):
                return f"it is not so that {self._inner(operand)}"
            case fm.And(operands):
                return listing([self._inner(o) for o in operands])
            case fm.Or(operands):
                return listing([self._inner(o) for o in operands], "or")
            case fm.If(then, given):
                return f"{self._inner(then)} if {self._inner(given)}"
            case fm.Iff(left, right):
                return f"{self._inner(left)} just when {self._inner(right)}"

    def name(self, formula: fm.Formula) -> str:
        """Say a formula as a name: an outcome's label in quotes, else the clause."""
        if isinstance(formula, fm.OutcomeIs):
            label = self._label_of(formula.name) or formula.name
            return f"“{label}”"
        inside = self.clause(formula).replace("“", "‘").replace("”", "’")
        return f"“{inside}”"

    def said(self, said: Condition | Refusal) -> str:
        """Say what a party said, as one sentence without the full stop."""
        who = self._label[said.party]
        if isinstance(said, Refusal):
            return f"{who} {self._refuses(said)}"
        if isinstance(said.option, fm.OptionIs) and said.option.party == said.party:
            return f"{who} will {self._do(said.option)} only if {self.clause(said.needs)}"
        if isinstance(said.option, fm.OutcomeIs):
            return f"{who} accepts {self.name(said.option)} only if {self.clause(said.needs)}"
        return f"{who} accepts that {self.clause(said.option)} only if {self.clause(said.needs)}"

    def _refuses(self, said: Refusal) -> str:
        match said.refuses:
            case fm.OptionIs(party, _, _) as atom if party == said.party:
                return f"refuses to {self._do(atom)}"
            case fm.Not(fm.OptionIs(party, option, None)) if party == said.party:
                return f"refuses to give up “{self._option(party, option).label}”"
            case fm.OutcomeIs() as outcome:
                return f"refuses {self.name(outcome)}"
        return f"refuses that {self.clause(said.refuses)}"

    def _does(self, atom: fm.OptionIs, *, holds: bool) -> str:
        """Say that a party does something, or not."""
        option = self._option(atom.party, atom.option)
        who, what = self._label[atom.party], f"“{option.label}”"
        level = atom.level
        if is_plain(option) and level is not None:
            holds, level = holds == (level == "yes"), None
        if is_plain(option):
            return f"{who} {'does' if holds else 'does not'} {what}"
        if level is None:
            lowest = option.levels[0]
            return f"{who} has {what} {'above' if holds else 'at'} {lowest}"
        return f"{who} has {what} {'at' if holds else 'not at'} {level}"

    def _do(self, atom: fm.OptionIs) -> str:
        """Say what a party would do, without the party."""
        option = self._option(atom.party, atom.option)
        if is_plain(option):
            return f"{'leave' if atom.level == 'no' else 'do'} “{option.label}”"
        if atom.level is None:
            return f"raise “{option.label}” above {option.levels[0]}"
        return f"have “{option.label}” at {atom.level}"

    def _inner(self, formula: fm.Formula) -> str:
        text = self.clause(formula)
        return f"({text})" if fm.parts(formula) and not isinstance(formula, fm.Not) else text

    def _label_of(self, name: str) -> str:
        return self._case.outcome_named[name].label

    def _option(self, party: str, option: str) -> Option:
        return self._case.options[self._case.axis_of[party, option]][1]


def citations(basis: Basis) -> Iterator[str]:
    """Yield the words something rests on, a line each; an assumption is called one."""
    for cite in basis.cite:
        quote = cite.quote if len(cite.quote) <= MAX_QUOTE else f"{cite.quote[:MAX_QUOTE]}…"
        yield f"“{' '.join(quote.split())}” (report {cite.report})"
    if not basis.cite:
        yield f"assumed: {basis.note}" if basis.note else "assumed; no report is cited"
