"""All solution concepts by name: one entry each, whose rules are data.

A concept over parties asks whether one party stays, one over coalitions whether a coalition does.
A state is an equilibrium under a concept if every party (every coalition) stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeAlias

from detente.errors import CaseError, unknown
from detente.graph.model import BoolArray, Graph
from detente.stability import classic, coalition, limited, simultaneous
from detente.stability.rules import IN_TURN, Answers, Rules

MAX_HORIZON = 99


Focal: TypeAlias = Any
"""A party, or a tuple of parties for a concept over coalitions."""


@dataclass(frozen=True, slots=True)
class Concept:
    """A solution concept.

    Parameters
    ----------
    name : str
        As on the command line.
    title : str
        As in the literature.
    over : "party" or "coalition"
        Whose stability it defines.
    rules : Rules
        What it expects of the others; the verdicts, the reasons and the words follow from them.
    meaning : str
        One line in plain words.
    references : tuple of str
        Keys of the bibliography.
    """

    name: str
    title: str
    over: Literal["party", "coalition"]
    rules: Rules
    meaning: str
    references: tuple[str, ...]

    def stable(self, graph: Graph, focal: Focal) -> BoolArray:
        """Return where a party, or a coalition, stays.

        Parameters
        ----------
        focal : int or tuple of int
            The party, or the coalition's members.

        Returns
        -------
        bool array of the graph's shape
            False on infeasible states.
        """
        return STAYS[self.over, self.rules.answers](graph, focal, self.rules)


STAYS: dict[tuple[str, Answers], Callable[[Graph, Focal, Rules], BoolArray]] = {
    **{("party", answers): classic.stays for answers in IN_TURN},
    **{("coalition", answers): coalition.stays for answers in IN_TURN},
    ("party", "at once"): simultaneous.stays,
    ("party", "play"): limited.stays,
    ("party", "worst"): limited.stays_at_worst,
}
"""How each kind of rules is worked out."""

_ALL = (
    Concept(
        "nash",
        "Nash stability",
        "party",
        Rules(),
        "no move of its own is better for it",
        ("Nash1950", "KilgourHipelFang1987"),
    ),
    Concept(
        "gmr",
        "general metarationality",
        "party",
        Rules("moves"),
        "the others could answer each better move so that it does not pay",
        ("Howard1971", "FangHipelKilgour1993"),
    ),
    Concept(
        "smr",
        "symmetric metarationality",
        "party",
        Rules("moves", final=True),
        "as gmr, and it could not escape the answer",
        ("Howard1971", "FangHipelKilgour1993"),
    ),
    Concept(
        "seq",
        "sequential stability",
        "party",
        Rules("improvements"),
        "the others would answer each better move, gaining themselves, so that it does not pay",
        ("FraserHipel1979", "FraserHipel1984"),
    ),
    Concept(
        "sseq",
        "symmetric sequential stability",
        "party",
        Rules("improvements", final=True),
        "as seq, and it could not escape the answer",
        ("RegoVieira2017",),
    ),
    Concept(
        "sim",
        "simultaneous stability",
        "party",
        Rules("at once"),
        "the others, moving at the same moment, could spoil each better move",
        ("FraserHipel1984",),
    ),
    Concept(
        "nm",
        "non-myopic stability",
        "party",
        Rules("play"),
        "it stays however far both look ahead (two parties)",
        ("BramsWittman1981", "Kilgour1985"),
    ),
    Concept(
        "cnash",
        "coalition Nash stability",
        "coalition",
        Rules(),
        "it can bring about nothing that all its members prefer",
        ("KilgourHipelFangPeng2001", "InoharaHipel2008a"),
    ),
    Concept(
        "cgmr",
        "coalition general metarationality",
        "coalition",
        Rules("moves"),
        "the others could answer so that some member gains nothing",
        ("InoharaHipel2008a",),
    ),
    Concept(
        "csmr",
        "coalition symmetric metarationality",
        "coalition",
        Rules("moves", final=True),
        "as cgmr, and it could not escape the answer",
        ("InoharaHipel2008a",),
    ),
    Concept(
        "cseq",
        "coalition sequential stability",
        "coalition",
        Rules("improvements"),
        "the others would answer, all who move gaining, so that some member gains nothing",
        ("InoharaHipel2008b",),
    ),
)

CONCEPTS: dict[str, Concept] = {concept.name: concept for concept in _ALL}
"""The concepts that need no number; ``l2``, ``pessimistic3`` and so on come from :func:`find`."""

SEQUENTIAL = tuple(c.name for c in _ALL if c.over == "party" and c.rules.in_turn)
"""The concepts over parties in which the others answer in turn, or not at all."""

READINGS: dict[Literal["once", "single"], str] = {
    "once": "each of the others answering at most once, as in gmcr-py",
    "single": "one of the others answering by one move, as in older tables",
}
"""Narrower readings of an answer, for comparison with older programs: ``gmr:once``."""

CLASSIC = ("nash", "gmr", "smr", "seq")
"""What is worked out where nothing is asked for."""


def find(name: str) -> Concept:
    """Return a concept by name, also ``l2``, ``pessimistic3`` or ``gmr:once``.

    Raises
    ------
    CaseError
        If there is none; the message offers the nearest.
    """
    if name in CONCEPTS:
        return CONCEPTS[name]
    match = re.fullmatch(r"(l|pessimistic)([1-9]\d*)", name)
    if match and int(match[2]) <= MAX_HORIZON:
        return _with_horizon(match[1], int(match[2]))
    base, _, reading = name.partition(":")
    for known_reading in READINGS:
        if reading == known_reading and base in SEQUENTIAL and CONCEPTS[base].rules.answered:
            return _with_reading(CONCEPTS[base], known_reading)
    known = [*CONCEPTS, "l1", "l2", "pessimistic2", "pessimistic3", "gmr:once", "gmr:single"]
    raise CaseError(unknown("concept", name, known))


def sequential(name: str, what: str) -> Concept:
    """Return a concept over parties in which the others answer in turn, or not at all.

    Parameters
    ----------
    name : str
        As for :func:`find`.
    what : str
        What needs such a concept, for the message: ``inverse analysis knows``.

    Raises
    ------
    CaseError
        If there is no such concept, or it is not of this kind.
    """
    concept = find(name)
    if concept.name not in SEQUENTIAL:
        raise CaseError(f"{what} {', '.join(SEQUENTIAL)}; not '{name}'")
    return concept


def choose(
    text: str | Sequence[str] | None, n_parties: int, *, coalition: bool = False
) -> tuple[str, ...]:
    """Return the names in a list separated by commas.

    Parameters
    ----------
    text : str, sequence of str, or None
        None means the classic four, or with ``coalition`` those over coalitions; ``all`` means
        every concept that is defined for the number of parties. Names that are a sequence
        already are taken as they are.
    n_parties : int
        The number of parties.
    coalition : bool
        Whether one coalition is asked about.

    Raises
    ------
    CaseError
        If a name is unknown, or none is given.
    """
    if text is not None and not isinstance(text, str):
        return tuple(text)
    over_coalitions = tuple(c.name for c in CONCEPTS.values() if c.over == "coalition")
    if text is None or (coalition and text.strip() == "all"):
        return over_coalitions if coalition else CLASSIC
    if text.strip() == "all":
        return tuple(name for name in CONCEPTS if name != "nm" or n_parties == 2)
    names = tuple(part.strip().lower() for part in text.split(",") if part.strip())
    if not names:
        raise CaseError(f"no concept is named; choose from {', '.join(CONCEPTS)}")
    for name in names:
        if coalition and find(name).over == "party":
            known = ", ".join(over_coalitions)
            raise CaseError(f"'{name}' asks about parties; a coalition can be asked about {known}")
        find(name)
    return names


def _with_horizon(family: str, horizon: int) -> Concept:
    if family == "l":
        return Concept(
            f"l{horizon}",
            f"limited-move stability, horizon {horizon}",
            "party",
            Rules("play", horizon=horizon),
            f"it stays when both look {horizon} moves ahead (two parties)",
            ("Kilgour1985", "FangHipelKilgour1989"),
        )
    return Concept(
        f"pessimistic{horizon}",
        f"pessimistic stability, horizon {horizon}",
        "party",
        Rules("worst", horizon=horizon),
        f"it stays when it looks {horizon} moves ahead and expects the worst of all others",
        (),
    )


def _with_reading(concept: Concept, reading: Literal["once", "single"]) -> Concept:
    return replace(
        concept,
        name=f"{concept.name}:{reading}",
        rules=replace(concept.rules, reading=reading),
        meaning=f"{concept.meaning}; {READINGS[reading]}",
    )
