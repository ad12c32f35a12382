"""All solution concepts by name: one entry each, whose rules are data.

A concept over parties asks whether one party stays, one over coalitions whether a coalition does.
A state is an equilibrium under a concept if every party (every coalition) stays.
"""

from __future__ import annotations

import functools
import operator
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeAlias

from detente.errors import CaseError, unknown
from detente.graph.model import BoolArray, Graph
from detente.stability import classic, coalition, limited, relational, simultaneous
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
    any_of : tuple of Concept
        Whoever stays under one of these stays; the rules are ``mixed``.
    by_party : tuple of (str, Concept)
        What each party goes by, by its name; the rules are ``mixed``.
    """

    name: str
    title: str
    over: Literal["party", "coalition"]
    rules: Rules
    meaning: str
    references: tuple[str, ...]
    any_of: tuple[Concept, ...] = ()
    by_party: tuple[tuple[str, Concept], ...] = ()

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

        Raises
        ------
        CaseError
            If each party has a concept of its own, and this one has none.
        """
        if self.rules.answers == "mixed":
            parts = (part.stable(graph, focal) for part in self.parts(graph.parties, focal))
            return functools.reduce(operator.or_, parts)
        if self.rules.preference:
            return relational.stays(graph, focal, self.rules)
        return STAYS[self.over, self.rules.answers](graph, focal, self.rules)

    def parts(self, parties: Sequence[str], party: int) -> tuple[Concept, ...]:
        """Return what a party goes by, one of which is enough: of most concepts, the concept.

        Parameters
        ----------
        parties : sequence of str
            The names of all of them.
        party : int
            Which of them.

        Raises
        ------
        CaseError
            If a party is named that there is not, or this one is not named.
        """
        own = dict(self.by_party)
        for name in own:
            if name not in parties:
                raise CaseError(unknown("party", name, parties))
        if own and parties[party] not in own:
            raise CaseError(
                f"'{self.name}' has no concept for '{parties[party]}'; "
                f"add one, such as '{parties[party]}:seq'"
            )
        if own:
            return own[parties[party]].parts(parties, party)
        return self.any_of or (self,)


STAYS: dict[tuple[str, Answers], Callable[[Graph, Focal, Rules], BoolArray]] = {
    **{("party", answers): classic.stays for answers in IN_TURN},
    **{("coalition", answers): coalition.stays for answers in IN_TURN},
    ("party", "at once"): simultaneous.stays,
    ("party", "play"): limited.stays,
    ("party", "worst"): limited.stays_at_worst,
}
"""How each kind of rules is worked out."""

_BASIC = (
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

_NAMED = {concept.name: concept for concept in _BASIC}
_AFTER = "sim"
_FH = Concept(
    "fh",
    "sequential or simultaneous stability",
    "party",
    Rules("mixed"),
    "it stays under seq or under sim",
    ("FraserHipel1984",),
    any_of=(_NAMED["seq"], _NAMED["sim"]),
)
_ALL = tuple(c for basic in _BASIC for c in ((basic, _FH) if basic.name == _AFTER else (basic,)))

CONCEPTS: dict[str, Concept] = {concept.name: concept for concept in _ALL}
"""The concepts that need no number; ``l2``, ``pessimistic3`` and so on come from :func:`find`."""

SEQUENTIAL = tuple(c.name for c in _ALL if c.over == "party" and c.rules.in_turn)
"""The concepts over parties in which the others answer in turn, or not at all."""

READINGS: dict[Literal["once", "single"], str] = {
    "once": "each of the others answering at most once, as in gmcr-py",
    "single": "one of the others answering by one move, as in older tables",
}
"""Narrower readings of an answer, for comparison with older programs: ``gmr:once``."""

SENSES = {
    "a": "unknown pairs tempt, and do not deter",
    "b": "unknown pairs neither tempt nor deter",
    "c": "unknown pairs tempt, and deter",
    "d": "unknown pairs do not tempt, and deter",
    "strong": "what deters is far worse",
    "weak": "as that, but nothing far worse deters",
}
"""Concepts that ask more than a ranking: ``gmr_a``, ``seq_strong``; ``r`` before it: attitudes."""

_PREFERENCE = {
    **dict.fromkeys("abcd", "LiHipelKilgourFang2004"),
    **dict.fromkeys(("strong", "weak"), "HamoudaKilgourHipel2004"),
}

_OTHER_NAMES = (
    *("gmr_a", "seq_strong", "rseq", "l1", "l2", "pessimistic2", "pessimistic3"),
    *("gmr:once", "gmr:single", "seq|sim"),
)

CLASSIC = ("nash", "gmr", "smr", "seq")
"""What is worked out where nothing is asked for."""


def find(name: str) -> Concept:
    """Return a concept by name, also ``l2``, ``gmr:once``, ``seq|sim`` or ``usa:smr,prk:nash``.

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
    if (nuanced := _with_preference(name)) is not None:
        return nuanced
    base, _, reading = name.partition(":")
    if base not in CONCEPTS and reading:
        return _by_party(name)
    if "|" in name:
        return _any_of(name)
    for known_reading in READINGS:
        if reading == known_reading and base in SEQUENTIAL and CONCEPTS[base].rules.answered:
            return _with_reading(CONCEPTS[base], known_reading)
    raise CaseError(unknown("concept", name, [*CONCEPTS, *_OTHER_NAMES]))


def over_parties(name: str) -> Concept:
    """Return a concept over parties that rankings alone decide.

    Raises
    ------
    CaseError
        If there is no such concept, or it is one over coalitions, or asks more than rankings.
    """
    concept = find(name)
    if any(part.rules.preference for part in concept.any_of or (concept,)):
        raise CaseError(f"'{name}' asks more than rankings; here a concept is needed that does not")
    if concept.over != "party":
        raise CaseError(f"'{name}' asks about coalitions; here a concept over parties is needed")
    return concept


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
    names = _split(text)
    if not names:
        raise CaseError(f"no concept is named; choose from {', '.join(CONCEPTS)}")
    for name in names:
        if coalition and find(name).over == "party":
            known = ", ".join(over_coalitions)
            raise CaseError(f"'{name}' asks about parties; a coalition can be asked about {known}")
        find(name)
    return names


def _split(text: str) -> tuple[str, ...]:
    """Return the names of a list; neighbours of the form ``party:concept`` are one concept."""
    names: list[str] = []
    for part in (part.strip() for part in text.split(",")):
        if not part:
            continue
        if not _is_own(part):
            names.append(part.lower())
        elif names and _is_own(names[-1]):
            names[-1] += f",{part}"
        else:
            names.append(part)
    return tuple(names)


def _is_own(name: str) -> bool:
    """Whether a name says what one party goes by, such as ``usa:smr``, unlike ``gmr:once``."""
    base, _, rest = name.partition(":")
    return bool(rest) and base.strip().lower() not in CONCEPTS


def _over_parties(name: str, whole: str) -> Concept:
    concept = find(name.strip().lower())
    if concept.over != "party":
        raise CaseError(f"'{whole}' mixes concepts over parties; '{name}' is over coalitions")
    return concept


def _any_of(name: str) -> Concept:
    """Return what ``seq|sim`` says: one of them is enough."""
    parts = tuple(_over_parties(part, name) for part in name.split("|"))
    return Concept(
        name,
        " or ".join(part.title for part in parts),
        "party",
        Rules("mixed"),
        f"it stays under {' or under '.join(part.name for part in parts)}",
        tuple(dict.fromkeys(key for part in parts for key in part.references)),
        any_of=tuple(dict.fromkeys(sub for part in parts for sub in part.any_of or (part,))),
    )


def _by_party(name: str) -> Concept:
    """Return what ``usa:smr,prk:nash`` says: each party goes by a concept of its own."""
    own: dict[str, Concept] = {}
    for part in name.split(","):
        party, _, concept = (word.strip() for word in part.partition(":"))
        if party in own:
            raise CaseError(f"'{name}' has two concepts for '{party}'; 'a|b' means either")
        own[party] = _over_parties(concept, name)
    return Concept(
        name,
        "a concept for each party",
        "party",
        Rules("mixed"),
        "; ".join(f"{party} stays under {concept.name}" for party, concept in own.items()),
        tuple(dict.fromkeys(key for c in own.values() for key in c.references)),
        by_party=tuple(own.items()),
    )


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


def _with_preference(name: str) -> Concept | None:
    """Return what ``gmr_a``, ``seq_strong`` or ``rseq`` says; None for any other name."""
    core, _, sense = name.partition("_")
    four = {basic: CONCEPTS[basic] for basic in CLASSIC}
    if core in four and sense in SENSES and (core != "nash" or sense in "abcd"):
        return replace(
            four[core],
            name=name,
            title=f"{four[core].title}, {sense}",
            rules=replace(four[core].rules, preference=sense),  # type: ignore[arg-type]
            meaning=f"{four[core].meaning}; {SENSES[sense]}",
            references=(*four[core].references, _PREFERENCE[sense]),
        )
    if name[:1] == "r" and name[1:] in four:
        basic = four[name[1:]]
        return replace(
            basic,
            name=name,
            title=f"relational {basic.title}",
            rules=replace(basic.rules, preference="attitude"),
            meaning=f"{basic.meaning}; with attitudes towards the others",
            references=(*basic.references, "InoharaHipelWalker2007"),
        )
    return None
