"""How much a draft understood of its reports, and whether that is enough to answer from it."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.model import Case, Understood

MIN_SENTENCES = 45
"""Percent of the sentences worth reading that have to be understood."""

MIN_PARTIES = 60
"""Percent of the parties that have to have a wish."""

MIN_ANSWERED = 20
"""Percent of what the two who sit down ask of each other on which the other has a word of its own.
Whether two positions block each other shows where they meet, and in a draft in which they meet
nowhere it cannot be told."""

MIN_MET = 95
"""Percent: how likely something that makes up a tenth of what is said is among the sentences
understood. Half of a pile is understood as well as the whole in shares; this tells them apart."""

TENTH = 0.1

NEARLY_ALL = 90
"""Percent of the sentences worth reading that count as nearly all."""

NOTHING = Understood()


NOTHING_READ = (
    "nothing was understood: in no sentence was it read that somebody wants, refuses, offers or"
    " does something"
)


def met(heard: int) -> int:
    """Return how likely what makes up a tenth of what is said is among so many sentences."""
    return round(100 * (1 - (1 - TENTH) ** heard))


def enough(case: Case) -> bool:
    """Tell whether a case can be asked: it is no draft, or understood enough of its reports."""
    return not any(True for _ in missing(case))


def missing(case: Case) -> Iterator[str]:
    """Yield what was not understood of a draft's reports, a clause each; nothing if enough was."""
    if not case.draft or case.understood is None:
        return
    found = case.understood
    if not any((found.sentences, found.parties, found.positions, found.heard)):
        yield NOTHING_READ
        return
    if not found.talks:
        yield (
            "it is not known who has to sit down with whom"
            if not case.talks
            else "not both sides of the talks have a position"
        )
    if found.talks and found.answered is not None and found.answered < MIN_ANSWERED:
        yield (
            f"on {found.answered} % of what they ask of each other the other side's own word was"
            f" read, and {MIN_ANSWERED} % are the least"
        )
    if found.heard > 0 and met(found.heard) < MIN_MET and found.sentences < NEARLY_ALL:
        yield (
            f"with {found.heard} sentence{'s' * (found.heard != 1)} understood, what makes up a"
            f" tenth of all that is said was met with {met(found.heard)} %, and {MIN_MET} % are"
            " the least"
        )
    if found.sentences < MIN_SENTENCES:
        yield (
            f"{found.sentences} % of the sentences worth reading were understood,"
            f" and {MIN_SENTENCES} % are the least"
        )
    if found.parties < MIN_PARTIES:
        yield (f"{found.parties} % of the parties have a wish, and {MIN_PARTIES} % are the least")
