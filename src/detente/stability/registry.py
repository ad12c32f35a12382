"""All solution concepts by name: one line each.

A concept over parties asks whether one party stays, one over coalitions whether a coalition does.
A state is an equilibrium under a concept if every party (every coalition) stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Literal

from detente.errors import CaseError, unknown
from detente.graph.model import BoolArray, Graph
from detente.stability import answers, classic, coalition, limited, simultaneous

MAX_HORIZON = 99


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
    stable : callable
        ``stable(graph, focal)``: a bool array over the states, false on infeasible ones; ``focal``
        is a party or a tuple of parties.
    meaning : str
        One line in plain words.
    references : tuple of str
        Keys of the bibliography.
    horizon : int
        Moves looked ahead; 0 where the concept has no such number.
    """

    name: str
    title: str
    over: Literal["party", "coalition"]
    stable: Callable[[Graph, Any], BoolArray]
    meaning: str
    references: tuple[str, ...]
    horizon: int = 0


_ALL = (
    Concept(
        "nash",
        "Nash stability",
        "party",
        classic.nash,
        "no move of its own is better for it",
        ("Nash1950", "KilgourHipelFang1987"),
    ),
    Concept(
        "gmr",
        "general metarationality",
        "party",
        classic.gmr,
        "the others could answer each better move so that it does not pay",
        ("Howard1971", "FangHipelKilgour1993"),
    ),
    Concept(
        "smr",
        "symmetric metarationality",
        "party",
        classic.smr,
        "as gmr, and it could not escape the answer",
        ("Howard1971", "FangHipelKilgour1993"),
    ),
    Concept(
        "seq",
        "sequential stability",
        "party",
        classic.seq,
        "the others would answer each better move, gaining themselves, so that it does not pay",
        ("FraserHipel1979", "FraserHipel1984"),
    ),
    Concept(
        "sseq",
        "symmetric sequential stability",
        "party",
        classic.sseq,
        "as seq, and it could not escape the answer",
        ("RegoVieira2017",),
    ),
    Concept(
        "sim",
        "simultaneous stability",
        "party",
        simultaneous.sim,
        "the others, moving at the same moment, could spoil each better move",
        ("FraserHipel1984",),
    ),
    Concept(
        "nm",
        "non-myopic stability",
        "party",
        limited.nonmyopic,
        "it stays however far both look ahead (two parties)",
        ("BramsWittman1981", "Kilgour1985"),
    ),
    Concept(
        "cnash",
        "coalition Nash stability",
        "coalition",
        coalition.cnash,
        "it can bring about nothing that all its members prefer",
        ("KilgourHipelFangPeng2001", "InoharaHipel2008a"),
    ),
    Concept(
        "cgmr",
        "coalition general metarationality",
        "coalition",
        coalition.cgmr,
        "the others could answer so that some member gains nothing",
        ("InoharaHipel2008a",),
    ),
    Concept(
        "csmr",
        "coalition symmetric metarationality",
        "coalition",
        coalition.csmr,
        "as cgmr, and it could not escape the answer",
        ("InoharaHipel2008a",),
    ),
    Concept(
        "cseq",
        "coalition sequential stability",
        "coalition",
        coalition.cseq,
        "the others would answer, all who move gaining, so that some member gains nothing",
        ("InoharaHipel2008b",),
    ),
)

CONCEPTS: dict[str, Concept] = {concept.name: concept for concept in _ALL}
"""The concepts that need no number; ``l2``, ``pessimistic3`` and so on come from :func:`find`."""

ANSWERED = {
    "gmr": (classic.gmr, answers.by_moves),
    "smr": (classic.smr, answers.by_moves),
    "seq": (classic.seq, answers.by_improvements),
    "sseq": (classic.sseq, answers.by_improvements),
}
"""The concepts in which the others answer, and by which steps."""

READINGS = {
    "once": (answers.each_once, "each of the others answering at most once, as in gmcr-py"),
    "single": (answers.single, "one of the others answering by one move, as in older tables"),
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
    if base in ANSWERED and reading in READINGS:
        return _with_reading(CONCEPTS[base], reading)
    known = [*CONCEPTS, "l1", "l2", "pessimistic2", "pessimistic3", "gmr:once", "gmr:single"]
    raise CaseError(unknown("concept", name, known))


def choose(text: str | None, n_parties: int, *, coalition: bool = False) -> tuple[str, ...]:
    """Return the names in a list separated by commas.

    Parameters
    ----------
    text : str or None
        None means the classic four, or with ``coalition`` those over coalitions; ``all`` means
        every concept that is defined for the number of parties.
    n_parties : int
        The number of parties.
    coalition : bool
        Whether one coalition is asked about.

    Raises
    ------
    CaseError
        If a name is unknown, or none is given.
    """
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
            lambda graph, party: limited.limited_move(graph, party, horizon),
            f"it stays when both look {horizon} moves ahead (two parties)",
            ("Kilgour1985", "FangHipelKilgour1989"),
            horizon,
        )
    return Concept(
        f"pessimistic{horizon}",
        f"pessimistic stability, horizon {horizon}",
        "party",
        lambda graph, party: limited.pessimistic(graph, party, horizon),
        f"it stays when it looks {horizon} moves ahead and expects the worst of all others",
        (),
        horizon,
    )


def _with_reading(concept: Concept, reading: str) -> Concept:
    stable, step = ANSWERED[concept.name]
    make, meaning = READINGS[reading]
    answer = make(step)
    return replace(
        concept,
        name=f"{concept.name}:{reading}",
        stable=lambda graph, party: stable(graph, party, answer),
        meaning=f"{concept.meaning}; {meaning}",
    )
