"""Reasons told in plain English."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from detente.case.model import Case
from detente.dossier.words import Words, place, plural
from detente.stability.witness import RULES, Deterrent, Reason


def explanation_text(
    case: Case, state: int, places: Sequence[tuple[int, int]], reasons: Sequence[Reason]
) -> str:
    """Tell who would stay at a state, who would leave it, and why.

    Parameters
    ----------
    case : Case
        Labels come from here.
    state : int
        Flat index.
    places : sequence of (int, int)
        For each party how many levels are better for it than the state, and how many there are.
    reasons : sequence of Reason
        Grouped by concept.
    """
    words = Words(case)
    blocks = ["\n".join(["The state:", *_state_lines(case, state, places)])]
    for concept, group in itertools.groupby(reasons, key=lambda r: r.concept):
        told = list(group)
        head = f"Under {concept.title} ({concept.name}): {_verdict(words, told)}"
        blocks.append("\n".join([head, *(tell(words, reason) for reason in told)]))
    return "\n\n".join(blocks)


def tell(words: Words, reason: Reason) -> str:
    """Tell one party's reason to stay at a state, or to leave it."""
    who = words.party(reason.party)
    if not reason.can_move:
        return f"  {who} stays: it has no move at all."
    if not reason.deterrents:
        return f"  {who} stays: no move of its own is better for it."
    if RULES[reason.concept.name] is None:
        moves = " or ".join(words.change(d.improvement) for d in reason.deterrents)
        return f"  {who} leaves: it {moves}, which is better for it.{_more(reason)}"
    n_better = plural(len(reason.deterrents) + reason.left_out, "better move")
    head = f"  {who} stays, though it has {n_better}:" if reason.stable else f"  {who} leaves:"
    lines = [f"    - {_consequence(words, reason, d)}" for d in reason.deterrents]
    if reason.left_out:
        lines.append(f"    - {_more(reason).strip()}")
    return "\n".join([head, *lines])


def _consequence(words: Words, reason: Reason, deterrent: Deterrent) -> str:
    who, rules = words.party(reason.party), RULES[reason.concept.name]
    credible = rules is not None and rules.improving
    others = "would answer, to their own advantage," if credible else "could answer"
    does = f"if it {words.change(deterrent.improvement)}, "
    answer = words.sequence(deterrent.response)
    if deterrent.sanctioned:
        firm = ", and it could not escape that" if rules and rules.final else ""
        return (
            f"{does}the others {others} so: {answer}. That leaves {who} no better off than "
            f"now{firm}."
        )
    if deterrent.escape is not None:
        return (
            f"{does}it is better off. The others {others} so: {answer}; but then {who} "
            f"{words.change(deterrent.escape)} and is better off all the same."
        )
    would = "would" if credible else "could"
    return f"{does}it is better off, and nothing the others {would} do spoils that."


def _verdict(words: Words, reasons: Sequence[Reason]) -> str:
    leaving = [r.party for r in reasons if not r.stable]
    if leaving:
        return f"it does not hold, because {words.parties(leaving)} would leave it."
    if len(reasons) == len(words.everybody):
        return "it holds: nobody would leave it."
    return f"{words.parties([r.party for r in reasons])} would not leave it."


def _more(reason: Reason) -> str:
    if not reason.left_out:
        return ""
    return f" And {plural(reason.left_out, 'further better move')}, left out here."


def _state_lines(case: Case, state: int, places: Sequence[tuple[int, int]]) -> list[str]:
    rows = Words(case).state(state)
    return [
        f"  {label}: {doing or 'does nothing'} ({place(*at)})"
        for (label, doing), at in zip(rows, places, strict=True)
    ]
