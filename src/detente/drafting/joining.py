"""From a claim to the model: the lines that rest on its words, and the line it could become.

Nothing is decided here. A person sees what accepting a claim would do, and does it or not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from detente.case.document import Steps
from detente.case.lines import Line, lines
from detente.case.model import Case, Option
from detente.drafting.likeness import stem
from detente.reading.claims import Claim
from detente.reading.evidence import Evidence, Place

KIND_OF = {"condition": "condition", "refusal": "refusal", "demand": "statement"}
"""What a claim becomes that a line of the model can hold; all others become a wish."""

Cited: TypeAlias = Mapping[Steps, tuple[Place, ...]]
"""Where the words of each line stand in the reports."""

_SMALL = frozenset(("and", "are", "for", "from", "into", "not", "that", "the", "with"))


@dataclass(frozen=True, slots=True)
class Joint:
    """Where a claim belongs in the model.

    Parameters
    ----------
    lines : tuple of paths
        Lines that rest on its words already.
    near : tuple of paths
        Lines of the same party that speak of the same things, the likeliest first.
    kind : str
        The kind of line it could become.
    options : tuple of str
        Options that its words may speak of, as formulas have them, the likeliest first.
    """

    lines: tuple[Steps, ...] = ()
    near: tuple[Steps, ...] = ()
    kind: str = "statement"
    options: tuple[str, ...] = ()


def places(case: Case, evidence: Evidence) -> Cited:
    """Return where the words of each line stand in the reports."""
    found: dict[Steps, tuple[Place, ...]] = {}
    for line in lines(case):
        if line.basis is None or not line.basis.cite:
            continue
        located = (evidence.locate(cite) for cite in line.basis.cite)
        found[tuple(line.path)] = tuple(place for place in located if place is not None)
    return found


def resting(claim: Claim, cited: Cited) -> tuple[Steps, ...]:
    """Return the lines that rest on the words of a claim already.

    Parameters
    ----------
    claim : Claim
        The claim.
    cited : mapping
        As :func:`places` returns it.
    """
    start, end = claim.content[0].start, claim.content[-1].end
    return tuple(
        path
        for path, where in cited.items()
        if any(p.report == claim.report and p.start < end and start < p.end for p in where)
    )


def joint(claim: Claim, case: Case, cited: Cited) -> Joint:
    """Return where a claim belongs.

    Parameters
    ----------
    claim : Claim
        The claim.
    case : Case
        The model.
    cited : mapping
        As :func:`places` returns it.
    """
    there = resting(claim, cited)
    spoken = _roots(claim.text.split())
    ranked = sorted(_options(case, claim.party or "", spoken), key=lambda pair: -pair[0])
    names = tuple(name for weight, name in ranked if weight)[:4]
    kind = KIND_OF.get(claim.kind, "statement")
    near = tuple(
        tuple(line.path)
        for line in lines(case)
        if line.party == claim.party
        and claim.party
        and tuple(line.path) not in there
        and line.kind in ("statement", "condition", "refusal")
        and any(name in line.said for name in names)
    )
    ordered = sorted(near, key=lambda path: _kind_at(path) != kind)
    return Joint(there, tuple(ordered[:6]), kind, names)


def _kind_at(path: Steps) -> str:
    return {"conditions": "condition", "refusals": "refusal"}.get(str(path[0]), "statement")


def _options(case: Case, party: str, spoken: set[str]) -> Iterator[tuple[float, str]]:
    """Yield each option with how much of its words are spoken; the party's own a little more."""
    for owner, option in case.options:
        own = _roots(_words(option))
        shared = len(own & spoken) / len(own) if own else 0.0
        if shared:
            yield shared + 0.1 * (owner.name == party), f"{owner.name}.{option.name}"


def _words(option: Option) -> list[str]:
    return [w for text in (option.label, option.does, *option.deeds) for w in text.split()]


def _roots(words: Sequence[str]) -> set[str]:
    bare = (word.strip(".,;:“”‘’\"'()").lower() for word in words)
    return {stem(word) for word in bare if word.isalpha() and len(word) > 2 and word not in _SMALL}


def lines_near(case: Case, party: str) -> tuple[Line, ...]:
    """Return the lines of a party that words can be joined to."""
    kinds = ("statement", "condition", "refusal")
    return tuple(line for line in lines(case) if line.party == party and line.kind in kinds)
