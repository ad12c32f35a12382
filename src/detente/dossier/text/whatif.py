"""A what-if told: what is taken as given, what that changes in the model, and what follows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.case.formula import Not, to_text
from detente.dossier.text.comparison import consequences
from detente.dossier.text.deadlock import nearest_state
from detente.dossier.text.diff import changed
from detente.wayout.compare import Comparison


def whatif_text(found: Comparison, given: Sequence[str], dropped: Sequence[str]) -> str:
    """Tell what changes if some formulas hold and some things were not said.

    Parameters
    ----------
    given, dropped : sequence of str
        As the user wrote them.
    """
    told = [f"“{text}”" for text in given] + [f"{name} taken back" for name in dropped]
    return "\n".join(
        [
            f"What if: {'; '.join(told)}",
            "",
            "What changes in the model:",
            *_model(found),
            "",
            "What follows:",
            *(f"  {line}" for line in consequences(found)),
        ]
    )


def _model(found: Comparison) -> Iterator[str]:
    """Yield how the model differs: what is given, what is taken back, where it begins."""
    before, after = found.before.case, found.after.case
    for rule in after.infeasible[len(before.infeasible) :]:
        given = rule.formula.operand if isinstance(rule.formula, Not) else Not(rule.formula)
        yield f"  - “{to_text(given)}” holds in every state"
    yield from (f"  - {line}" for line in changed(found, leave_out=("rule", "status_quo")))
    today, then = before.status_quo, after.status_quo
    if then is not None and then != today:
        yield "  - it is not so today; the nearest state in which it is takes today's place:"
        yield from nearest_state(before, then)
