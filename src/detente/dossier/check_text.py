"""What a check found, in words and as a document."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence

from detente.case.check import assumptions
from detente.case.model import Case
from detente.dossier.words import plural
from detente.errors import Problem

MAX_ASSUMPTIONS = 10


def check_text(case: Case, problems: Sequence[Problem]) -> str:
    """Say that a case can be used, how large it is, and what in it is assumed."""
    warnings = plural(len(problems), "warning") if problems else "nothing doubtful"
    lines = [
        f"{case.name}: fit for use, {warnings}.",
        f"  {plural(len(case.parties), 'party', 'parties')}, "
        f"{plural(len(case.options), 'option')}, "
        f"{plural(math.prod(case.shape), 'combination')} of levels, "
        f"{plural(len(case.conditions), 'condition')}, {plural(len(case.refusals), 'refusal')}",
    ]
    assumed = assumptions(case)
    if assumed:
        lines.append(f"  {plural(len(assumed), 'line')} without a citation, so assumed:")
    for assumption in assumed[:MAX_ASSUMPTIONS]:
        note = f" ({assumption.note})" if assumption.note else ""
        lines.append("    - " + textwrap.shorten(assumption.text + note, 74, placeholder=" …"))
    if len(assumed) > MAX_ASSUMPTIONS:
        lines.append(f"    and {len(assumed) - MAX_ASSUMPTIONS:,} more; --json lists all")
    return "\n".join(lines)


def check_document(
    source: str, case: Case | None, problems: Sequence[Problem]
) -> dict[str, object]:
    """Return what a check found as a JSON document; ``case`` is None where there are errors."""
    assumed = assumptions(case) if case else ()
    return {
        "case": case.name if case else source,
        "usable": case is not None,
        "problems": [
            {
                "severity": problem.severity,
                "file": problem.place.file if problem.place else None,
                "line": problem.place.line or None if problem.place else None,
                "column": problem.place.column or None if problem.place else None,
                "message": problem.message,
            }
            for problem in problems
        ],
        "assumptions": [
            {"line": assumption.text, "note": assumption.note} for assumption in assumed
        ],
    }
