"""What changes if something is taken as given, or changed between two cases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from detente.case.files import read_formula
from detente.case.logic import forced
from detente.case.model import Case
from detente.errors import CaseError
from detente.graph import alike
from detente.questions.declare import Argument, Concepts, Joint, Memory, Option, Target
from detente.questions.result import Part, Tabled
from detente.questions.targets import TALKS, read_target
from detente.stability import registry
from detente.wayout import compare, profile
from detente.wayout.deadlock import everything_said

if TYPE_CHECKING:
    from detente.dossier.documents.shapes.wayout import DiffDocument, WhatIfDocument
    from detente.dossier.sheets.model import Table

__all__ = ["diff", "whatif"]


@dataclass(frozen=True, eq=False, repr=False)
class Diff(compare.Comparison, Tabled):
    """Two cases and what differs."""

    def line(self) -> str:
        """Return which two cases these are."""
        before, after = self.before.case.name, self.after.case.name
        both = f"two versions of {before}" if before == after else f"{before} and {after}"
        return f"{both}: {len(self.changes):,} changes"

    def told(self) -> Iterator[Part]:
        """Yield what is written otherwise, and what follows from it."""
        from detente.dossier import telling

        yield telling.diff(self)

    def tables(self) -> tuple[Table, ...]:
        """Return the answer as tables."""
        from detente.dossier.sheets.wayout import compared_tables

        return compared_tables(self.document())

    def document(self) -> DiffDocument:
        """Return the differences as JSON has them."""
        from detente.dossier.documents.wayout import comparison_document

        return comparison_document(self)


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class WhatIf(Diff):
    """A case as it is and with something taken as given, and what differs.

    Parameters
    ----------
    given, drop : tuple of str
        What was taken as given, and what was taken back, as the user wrote it.
    """

    given: tuple[str, ...]
    drop: tuple[str, ...]

    def line(self) -> str:
        """Return what is taken as given."""
        taken = [*self.given, *(f"{name} taken back" for name in self.drop)]
        return f"{self.before.case.name}: {'; '.join(taken)}"

    def told(self) -> Iterator[Part]:
        """Yield what changes."""
        from detente.dossier import telling

        yield telling.whatif(self, self.given, self.drop)

    def document(self) -> WhatIfDocument:
        """Return the differences as JSON has them, and what was taken as given."""
        return {**super().document(), "set": list(self.given), "drop": list(self.drop)}


def whatif(
    case: Case,
    given: Annotated[Sequence[str], Option("--set", metavar="FORMULA")] = (),
    *,
    drop: Annotated[Sequence[str], Option(metavar="ID")] = (),
    target: Target = None,
    concepts: Concepts = None,
    joint: Joint = 2,
    max_memory: Memory = None,
) -> WhatIf:
    """Return what changes if some formulas are taken as given.

    Only differences are shown: equilibria gained and lost, knots dissolved and new, the cost of a
    concession, what the best path risks.

    Parameters
    ----------
    case : Case
        The case.
    given : sequence of str
        Holds from now on, today included; may be given several times. 'not c1', with the id of a
        condition or refusal, takes that back.
    drop : sequence of str
        Take a condition or refusal back.
    target : str, optional
        What should happen: a formula or an outcome.
    concepts : str or sequence of str, optional
        Solution concepts.
    joint : int
        At most so many parties may take a step together.
    max_memory : int, optional
        Memory the analysis may use, such as 4G; by default what is free.

    Raises
    ------
    CaseError
        If a name is unknown, nothing is taken as given, or what is cannot be.
    """
    taken_back = [*drop, *(name for text in given if (name := _taken_back(case, text)))]
    formulas = [text for text in given if not _taken_back(case, text)]
    if not formulas and not taken_back:
        raise CaseError("nothing is taken as given; add for example --set 'party.option'")
    changed = profile.without(case, taken_back)
    for text in formulas:
        changed = forced(changed, read_formula(text, case, where="--set"), text).case
    case, changed = alike(case, changed, max_memory=max_memory)
    found = _compared(case, changed, target, concepts, joint, max_memory)
    return WhatIf.of(found, given=tuple(given), drop=tuple(drop))


def diff(
    before: Annotated[Case, Argument("CASE_A")],
    after: Annotated[Case, Argument("CASE_B")],
    *,
    target: Target = None,
    concepts: Concepts = None,
    joint: Joint = 2,
    max_memory: Memory = None,
) -> Diff:
    """Return what changed between two cases of one stand-off, and what follows from it.

    First what is written otherwise: parties, options, wishes, conditions and refusals. Then what
    follows: equilibria gained and lost, knots dissolved and new, cost and risk.

    Parameters
    ----------
    before, after : Case
        The earlier and the later one.
    target : str, optional
        What should happen: a formula or an outcome, over both cases.
    concepts : str or sequence of str, optional
        Solution concepts.
    joint : int
        At most so many parties may take a step together.
    max_memory : int, optional
        Memory the analysis may use, such as 4G; by default what is free.
    """
    return Diff.of(_compared(before, after, target, concepts, joint, max_memory))


def _compared(
    before: Case,
    after: Case,
    target: str | None,
    concepts: str | Sequence[str] | None,
    joint: int,
    max_memory: int | None,
) -> compare.Comparison:
    names = registry.choose(concepts, len(after.parties))
    found = [registry.find(name) for name in dict.fromkeys(names)]
    known = all(case.target is not None or TALKS in case.outcome_named for case in (before, after))
    profiles = []
    for case in (before, after):
        formula = read_target(case, target) if target is not None or known else None
        profiles.append(profile.profile(case, formula, found, joint=joint, max_memory=max_memory))
    return compare.compare(*profiles)


def _taken_back(case: Case, text: str) -> str:
    """Return the id that ``not c1`` takes back; empty if it is a formula over options."""
    words = text.split()
    ids = {s.id for s in everything_said(case)} - set(case.outcome_named)
    return words[1] if len(words) == 2 and words[0] == "not" and words[1] in ids else ""
