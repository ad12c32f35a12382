"""Steps that reports tie together: one that follows another, and two that are taken at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from detente.case import formula as fm
from detente.case.formula import Formula
from detente.case.model import Rule
from detente.drafting.evidence import Evidence
from detente.drafting.grounds import Grounds
from detente.drafting.likeness import Likeness
from detente.drafting.options import Menu
from detente.drafting.positions import Position
from detente.reading.records import SentenceRecord

_OPENS = 3
"""So many words of a claim are its beginning."""


def tied(
    positions: Sequence[Position],
    sentences: Sequence[SentenceRecord],
    text_of: Callable[[str], str],
    like: Likeness,
) -> Iterator[Position]:
    """Yield what ties the steps that one sentence tells of one after another, or both at once.

    "It would first release the crews and then reopen the port." What waits for another in so many
    words ("only after") is a position already.
    """
    for sentence, said in _together(positions, sentences):
        text = text_of(sentence.report)[slice(*sentence.span)].lower()
        at_once = any(word in text for word in like.together)
        for first, second in pairwise(said):
            if first.deed.act == second.deed.act:
                continue
            after = first.party == second.party and _opens(second, like.later)
            for claim in (first.claim, second.claim) if after or at_once else ():
                yield Position("tie", claim.party or "", claim, second.deed, first.deed)
                if not after:
                    yield Position("tie", claim.party or "", claim, first.deed, second.deed)


def _together(
    positions: Sequence[Position], sentences: Sequence[SentenceRecord]
) -> Iterator[tuple[SentenceRecord, list[Position]]]:
    """Yield sentences with the steps that are held out or asked in them, where they are several."""
    steps = [p for p in positions if p.sort in ("offer", "wish") and p.deed.yes]
    reports = {p.claim.report for p in steps}
    for sentence in sentences:
        if sentence.report not in reports:
            continue
        begin, end = sentence.span
        inside = [
            p
            for p in steps
            if p.claim.report == sentence.report and begin <= p.claim.content[0].start < end
        ]
        if len(inside) > 1:
            yield sentence, sorted(inside, key=lambda p: p.claim.content[0].start)


def _opens(position: Position, words: Iterable[str]) -> bool:
    """Tell whether a claim begins with one of some words: "and then …"."""
    return bool(set(position.claim.text.lower().split()[:_OPENS]) & set(words))


def rules(positions: Sequence[Position], menu: Menu, evidence: Evidence) -> tuple[Rule, ...]:
    """Return what cannot be: a step without the one that it waits for."""
    found: dict[tuple[Formula, Formula], Grounds] = {}
    for position in positions:
        if position.sort != "tie" or position.need is None:
            continue
        step, need = menu.formula(position.deed), menu.formula(position.need)
        if step is not None and need is not None and step not in (need, fm.Not(need)):
            found.setdefault((step, need), Grounds()).add(position)
    return tuple(
        Rule(fm.And((step, need.operand if isinstance(need, fm.Not) else fm.Not(need))), basis)
        for (step, need), grounds in found.items()
        for basis in (grounds.basis(evidence),)
    )
