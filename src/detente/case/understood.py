"""How much a draft understood of its reports, and whether that is enough to answer from it."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.model import Case, Understood

MIN_SENTENCES = 45
"""Percent of the sentences worth reading that have to be understood."""

MIN_PARTIES = 60
"""Percent of the parties that have to have a wish."""

MIN_POSITIONS = 8
"""Conditions, refusals and demands of the parties; fewer do where nearly all was understood."""

MIN_HEARD = 24
"""Sentences worth reading that have to be understood: half a pile is understood as well as the
whole in shares alone, and knows half of it."""

NEARLY_ALL = 90
"""Percent of the sentences worth reading that count as nearly all."""

NOTHING = Understood()


def enough(case: Case) -> bool:
    """Tell whether a case can be asked: it is no draft, or understood enough of its reports."""
    return not any(True for _ in missing(case))


def missing(case: Case) -> Iterator[str]:
    """Yield what was not understood of a draft's reports, a clause each; nothing if enough was."""
    if not case.draft or case.understood is None:
        return
    found = case.understood
    if not found.talks:
        yield (
            "it is not known who has to sit down with whom"
            if not case.talks
            else "not both sides of the talks have a position"
        )
    if found.positions < MIN_POSITIONS and found.sentences < NEARLY_ALL:
        n = found.positions
        yield (
            f"only {n} condition{'s' * (n != 1)}, refusal{'s' * (n != 1)} or"
            f" demand{'s' * (n != 1)} could be read, and {MIN_POSITIONS} are the least"
        )
    if 0 < found.heard < MIN_HEARD and found.sentences < NEARLY_ALL:
        yield (
            f"only {found.heard} sentence{'s' * (found.heard != 1)} worth reading"
            f" {'were' if found.heard != 1 else 'was'} understood, and {MIN_HEARD} are the least"
        )
    if found.sentences < MIN_SENTENCES:
        yield (
            f"{found.sentences} % of the sentences worth reading were understood,"
            f" and {MIN_SENTENCES} % are the least"
        )
    if found.parties < MIN_PARTIES:
        yield (f"{found.parties} % of the parties have a wish, and {MIN_PARTIES} % are the least")
