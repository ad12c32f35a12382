"""Reasons told in plain English."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from detente.case.model import Case
from detente.dossier.words import Words, listing, place, plural
from detente.english.names import Name
from detente.english.speech import sentence
from detente.graph.space import Space
from detente.stability.witness import Deterrent, Reason

BETTER = {
    "": "is better for {them}",
    "attitude": "is a move that {its} attitudes let {them} make",
    **dict.fromkeys("ac", "may be better for {them}"),
    **dict.fromkeys("bd", "is better for {them} in every way that {its} wishes may be"),
}
"""What tempts a party, by the eyes with which it sees pairs of states."""

NO_BETTER = {
    "": "no better off than now",
    "strong": "much worse off than now",
    "attitude": "where its attitudes would not let it go",
    **dict.fromkeys("ab", "surely no better off than now"),
    **dict.fromkeys("cd", "not surely better off than now"),
}
"""What deters it."""

OWN = {
    "attitude": "as their attitudes let them",
    **dict.fromkeys("abcd", "to what may be their own advantage"),
}
"""How those who answer look at that."""


def explanation_text(
    case: Case,
    state: int,
    places: Sequence[tuple[int, int]],
    reasons: Sequence[Reason],
    space: Space | None = None,
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
    space : Space, optional
        How the state is stored, where not with one axis an option.
    """
    words = Words(case, space)
    blocks = ["\n".join(["The state:", *_state_lines(words, state, places)])]
    for concept, group in itertools.groupby(reasons, key=lambda r: r.concept):
        told = list(group)
        head = f"Under {concept.title} ({concept.name}): {_verdict(words, told)}"
        blocks.append("\n".join([head, *_lines(words, told)]))
    return "\n\n".join(blocks)


def _lines(words: Words, reasons: Sequence[Reason]) -> list[str]:
    """Tell every reason; of many coalitions only those that are tempted."""
    if len(reasons) == 1 or reasons[0].concept.over == "party":
        return [tell(words, reason) for reason in reasons]
    tempted = [reason for reason in reasons if reason.deterrents]
    lines = [tell(words, reason) for reason in tempted]
    if len(tempted) < len(reasons):
        others = "No other coalition" if tempted else "No coalition"
        lines.append(f"  {others} can bring about anything that all its members prefer.")
    return lines


def tell(words: Words, reason: Reason) -> str:
    """Tell why one party, or coalition, would stay at a state, or leave it."""
    who, name = sentence(words.parties(reason.focal)), _name(words, reason)
    s = "" if name.many else "s"
    if not reason.can_move:
        return f"  {who} stay{s}: no move is open to {name.them}."
    if not reason.deterrents:
        if len(reason.focal) > 1:
            return f"  {who} stay: they can bring about nothing that all of them prefer."
        return f"  {who} stay{s}: {_no_move(words, reason)}."
    n_better = plural(len(reason.deterrents) + reason.left_out, "tempting move")
    head = f"  {who} leave{s}{_by(reason)}:"
    if reason.stable:
        has = f"{name.it} ha{s or 've'} {n_better}"
        head = f"  {who} stay{s}, though {has}{_by(reason)}:"
    lines = [f"    - {consequence(words, reason, d)}" for d in reason.deterrents]
    if reason.left_out:
        lines.append(f"    - and {plural(reason.left_out, 'further tempting move')}")
    return "\n".join([head, *lines])


def _by(reason: Reason) -> str:
    """Say by which concept of a mixture a party stays, or by which of them this is told."""
    if reason.by is None:
        return ""
    if reason.stable or len(reason.concept.any_of) < 2:
        return f", as {reason.by.name} says"
    names = listing([part.name for part in reason.concept.any_of])
    return f" by each of {names}; as {reason.by.name} says"


def _name(words: Words, reason: Reason) -> Name:
    """Return what is said in place of those that stay or leave."""
    if len(reason.focal) > 1:
        return Name(words.parties(reason.focal), many=True)
    return words.english.name(reason.focal[0])


def consequence(words: Words, reason: Reason, deterrent: Deterrent) -> str:
    """Tell what follows one tempting move."""
    does = f"if {words.act(deterrent.improvement)}"
    answer = words.turns(deterrent.response, at_once=deterrent.at_once)
    rules = reason.rules
    if rules.ahead:
        then = f", play goes on so: {answer}" if answer else ", play stops there"
        end = f"better for {_name(words, reason).them} than now"
        return f"{does}{then}. That ends {'no ' if deterrent.sanctioned else ''}{end}."
    if deterrent.at_once:
        if deterrent.sanctioned:
            return f"{does} and at the same moment {answer}, {_no_better(words, reason)}."
        return f"{does}, nothing the others would do at the same moment spoils that."
    would = "would" if rules.improving else "could"
    own = ""
    if rules.improving:
        own = _interest(words, deterrent)
        own = f", {OWN[rules.preference]}" if rules.preference in OWN else own
    if not deterrent.traced:
        return f"{does}, the others {would} answer, in more turns than are told here."
    if deterrent.sanctioned:
        firm = " and could not escape that" if rules.final else ""
        answer = words.turns(deterrent.response, modal=would)
        return f"{does}, {answer}{own}, and {_no_better(words, reason, 'would be')}{firm}."
    if deterrent.escape is not None:
        return (
            f"{does}, {words.turns(deterrent.response, modal=would)}{own}, but if then "
            f"{words.act(deterrent.escape)}, that is better than now all the same."
        )
    if not rules.answered:
        return f"{does}, {_gains(words, reason)}."
    undoes = "undoes that gain"
    if rules.preference:
        worse = f"is much worse for {_name(words, reason).them}"
        undoes = worse if rules.preference == "strong" else "spoils it"
    return f"{does}, {_gains(words, reason)}, and nothing the others {would} do {undoes}."


def _gains(words: Words, reason: Reason) -> str:
    if reason.rules.preference:
        return f"that {_better(words, reason)}"
    name = _name(words, reason)
    return f"{name.it} gain{'' if name.many else 's'}"


def _interest(words: Words, deterrent: Deterrent) -> str:
    """Say in whose interest an answer would be."""
    movers = {step.mover for turn in deterrent.response for step in turn.steps}
    if len(movers) > 1:
        return ", each in its own interest"
    return "".join(f" in {words.english.name(mover).its} own interest" for mover in movers)


def _no_better(words: Words, reason: Reason, be: str = "") -> str:
    if len(reason.focal) > 1:
        return f"not all of them {be or 'are'} better off than now"
    is_ = be or words.english.agree(reason.focal, "is", "are")
    told = NO_BETTER.get(reason.rules.preference, NO_BETTER[""])
    return f"{words.parties(reason.focal)} {is_} {told}"


def _better(words: Words, reason: Reason) -> str:
    name = _name(words, reason)
    told = BETTER.get("" if len(reason.focal) > 1 else reason.rules.preference, BETTER[""])
    return told.format(them=name.them, its=name.its)


def _no_move(words: Words, reason: Reason) -> str:
    name = _name(words, reason)
    if reason.rules.preference == "attitude":
        return f"{name.its} attitudes let {name.them} make none of {name.its} moves"
    return f"no move of {name.its} own {_better(words, reason)}"


def _verdict(words: Words, reasons: Sequence[Reason]) -> str:
    leaving = [r.focal for r in reasons if not r.stable]
    if leaving:
        return f"it does not hold, because {_each(words, leaving)} would leave it."
    parties = {p for r in reasons for p in r.focal}
    everyone = len(reasons) > 1 or len(words.everybody) == 1
    if everyone and len(parties) == len(words.everybody):
        return "it holds, as no party would leave it."
    return f"{_each(words, [r.focal for r in reasons])} would not leave it."


def _each(words: Words, focals: Sequence[Sequence[int]]) -> str:
    """Name parties, and coalitions as such."""
    together = [f"{words.parties(f)} together" if len(f) > 1 else words.parties(f) for f in focals]
    return listing(together)


def _state_lines(words: Words, state: int, places: Sequence[tuple[int, int]]) -> list[str]:
    rows = words.state(state)
    return [
        f"  {sentence(who)} {doing or _nothing(words, k)} ({place(words.english.name(k).its, *at)})"
        for k, ((who, doing), at) in enumerate(zip(rows, places, strict=True))
    ]


def _nothing(words: Words, party: int) -> str:
    return words.english.agree([party], "does nothing", "do nothing")
