"""What a check found, in words and as a document."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence

from detente.case.check import assumptions, drafts
from detente.case.formula import to_text
from detente.case.model import Case
from detente.dossier.words import plural
from detente.english.check import sayings
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
    lines += _draft(case)
    lines += _said(case)
    assumed = assumptions(case)
    if assumed:
        lines.append(f"  {plural(len(assumed), 'line')} without a citation, so assumed:")
    for assumption in assumed[:MAX_ASSUMPTIONS]:
        note = f" ({assumption.note})" if assumption.note else ""
        lines += _wrapped(assumption.text + note)
    if len(assumed) > MAX_ASSUMPTIONS:
        lines.append(f"    and {len(assumed) - MAX_ASSUMPTIONS:,} more; --json lists all")
    return "\n".join(lines)


def say_text(case: Case) -> str:
    """Show how every option, outcome, condition and refusal will sound."""
    lines = ["  how it sounds:"]
    for saying in sayings(case):
        told = f"{saying.what}: {' '.join(saying.said)}"
        lines += _wrapped(told)
    return "\n".join(lines)


def _draft(case: Case) -> list[str]:
    """Say what in the case is still a draft."""
    lines = plural(drafts(case), "line")
    if case.draft:
        return [f"  a draft made by a program: {lines} still marked 'draft'; read them one by one"]
    return [f"  {lines} still marked 'draft'"] if drafts(case) else []


def _said(case: Case) -> list[str]:
    """Tell what the parties said aloud, how firmly, and in which words."""
    said = [(c, f"{to_text(c.option)} only if {to_text(c.needs)}") for c in case.conditions] + [
        (r, f"never {to_text(r.refuses)}") for r in case.refusals
    ]
    lines = ["  said aloud:"] if said else []
    for line, text in said:
        quoted = [f"“{c.quote}” ({c.report})" for c in line.basis.cite]
        words = f"; {', '.join(quoted)}" if quoted else ""
        told = f"{line.id} {line.party}: {text} (firmness {line.firmness}){words}"
        lines += _wrapped(told)
    return lines


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, 80, initial_indent="    - ", subsequent_indent="      ")
