"""Formulas, conditions and refusals in plain English, in the case's own labels."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case import formula as fm
from detente.case.model import Basis, Case, Condition, Refusal
from detente.dossier.say import assumed
from detente.english.speech import English, sentence, shortened

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
        self.english = English(case)

    def clause(self, formula: fm.Formula) -> str:
        """Say a formula as a clause: ``the North enters talks and the ally does not attack``."""
        return self.english.clause(formula)

    def wish(self, party: str, formula: fm.Formula) -> str:
        """Say what a party wants, after "wants": ``to talk``, ``the ally not to attack``."""
        return self.english.to(formula, party)

    def name(self, formula: fm.Formula) -> str:
        """Name what should come about, as it stands after a preposition: ``talks``, ``war``."""
        return "talks" if formula == fm.OutcomeIs("talks") else self.english.ing(formula)

    def label(self, formula: fm.Formula) -> str:
        """Name a formula in a table or a heading: an outcome's label, else the clause."""
        if isinstance(formula, fm.OutcomeIs):
            return self._case.outcome_named[formula.name].label or sentence(
                formula.name.replace("_", " ")
            )
        return sentence(self.clause(formula))

    def rule(self, formula: fm.Formula) -> str:
        """Say what a rule excludes, as a sentence."""
        return f"It cannot be that {self.clause(formula)}."

    def said(self, said: Condition | Refusal) -> str:
        """Say what a party said, as one sentence without the full stop."""
        return self.english.said(said)


def citations(basis: Basis) -> Iterator[str]:
    """Yield the words something rests on, a line each; an assumption is called one."""
    for cite in basis.cite:
        quote = shortened(" ".join(cite.quote.split()), MAX_QUOTE)
        yield f"“{quote}” (report {cite.report})"
    if not basis.cite:
        yield assumed(basis.note)
