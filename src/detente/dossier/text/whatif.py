"""A what-if told: what is taken as given, and what changes."""

from __future__ import annotations

from collections.abc import Sequence

from detente.dossier.text.comparison import consequences
from detente.dossier.text.deadlock import nearest_state
from detente.wayout.compare import Comparison


def whatif_text(found: Comparison, given: Sequence[str], dropped: Sequence[str]) -> str:
    """Tell what changes if some formulas hold and some things were not said.

    Parameters
    ----------
    given, dropped : sequence of str
        As the user wrote them.
    """
    told = [f"“{text}”" for text in given] + [f"{name} taken back" for name in dropped]
    lines = [f"What if: {'; '.join(told)}", ""]
    today, then = found.before.case.status_quo, found.after.case.status_quo
    if then is not None and then != today:
        lines.append("It is not so today; the nearest state in which it is takes today's place:")
        lines += [*nearest_state(found.before.case, then), ""]
    return "\n".join([*lines, *consequences(found)])
