"""A deadlock told in plain English, with the words it rests on."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.model import Case
from detente.dossier.formula_words import FormulaWords, citations
from detente.dossier.words import change_phrase, listing, plural
from detente.wayout.deadlock import Concession, Deadlock

SHOWN_KNOTS = 12


def deadlock_text(found: Deadlock, *, knots: int = SHOWN_KNOTS) -> str:
    """Tell what keeps a target from happening and what would have to give.

    Parameters
    ----------
    knots : int
        Knots told one by one; the others are counted.
    """
    formula = FormulaWords(found.case)
    goal = formula.name(found.target)
    if found.verdict == "impossible":
        return "\n".join(_impossible(found, formula, goal))
    if found.verdict == "holds":
        return f"{goal} holds already: it is so in the status quo, so nothing has to give."
    if found.verdict == "open":
        return "\n".join(
            [
                f"Nothing that was said stands in the way of {goal}. All of it can be kept there:",
                *nearest_state(found.case, found.witness),
                "If it does not happen all the same, preferences stand in the way; 'detente unlock'"
                " and 'detente path' tell how.",
            ]
        )
    lines = [f"Deadlock: {goal} cannot happen while everything said is kept.", ""]
    if found.knots:
        lines += _knots(found, formula, knots)
    if found.concessions:
        lines += ["", *_concessions(found)]
    return "\n".join([*lines, *_caveats(found)])


def _impossible(found: Deadlock, formula: FormulaWords, goal: str) -> Iterator[str]:
    if not found.rules:
        yield f"{goal} cannot happen at all: it contradicts itself."
        return
    one = len(found.rules) == 1
    yield f"{goal} cannot happen at all, whatever anybody concedes."
    yield "This rule of the case excludes it:" if one else "These rules together exclude it:"
    for k in found.rules:
        rule = found.case.infeasible[k]
        yield f"  - It cannot be that {formula.clause(rule.formula)}."
        yield from (f"      {line}" for line in citations(rule.basis))


def _knots(found: Deadlock, formula: FormulaWords, most: int) -> Iterator[str]:
    n = len(found.knots)
    yield f"What stands in the way: {plural(n, 'knot')}. In each, not all can be kept."
    for k, knot in enumerate(found.knots[:most], start=1):
        yield f"  Knot {k}:"
        for name in knot:
            said = found.said(name)
            yield f"    - {formula.said(said)}. [{name}, firmness {said.firmness}]"
            yield from (f"        {line}" for line in citations(said.basis))
    if n > most:
        yield f"  and {plural(n - most, 'further knot')}; --knots {n} tells them"


def _concessions(found: Deadlock) -> Iterator[str]:
    yield "What would have to give, the cheapest first:"
    for k, concession in enumerate(found.concessions, start=1):
        least = " (as cheap as can be)" if concession.cost == found.cost else ""
        yield f"  {k}. Give up {listing(concession.drop)}, at a cost of {concession.cost}{least}."
        yield f"     {_burden(found.case, concession)} Then this would be possible:"
        yield from (f"   {line}" for line in nearest_state(found.case, concession.witness))


def _burden(case: Case, concession: Concession) -> str:
    label = {p.name: p.label for p in case.parties}
    if len(concession.burden) == 1:
        return f"{label[concession.burden[0][0]]} bears it all."
    shares = [f"{label[party]} bears {cost}" for party, cost in concession.burden]
    return f"{listing(shares)}."


def nearest_state(case: Case, levels: tuple[int, ...]) -> Iterator[str]:
    """Yield lines that tell a state by what it changes of today."""
    today = case.status_quo or ()
    pairs = list(zip(case.options, today, levels, strict=True))
    changed = [(p, o, old, new) for (p, o), old, new in pairs if old != new]
    for party in case.parties:
        phrases = [change_phrase(o, old, new) for p, o, old, new in changed if p is party]
        if phrases:
            yield f"    - {party.label} {listing(phrases)}"
    if not changed:
        yield "    - everything as it is today"
    elif len(changed) < len(pairs):
        yield "    - all else as it is today"


def _caveats(found: Deadlock) -> Iterator[str]:
    """Yield what may be missing, and why."""
    if found.complete:
        return
    yield ""
    if "concessions" in found.stopped:
        yield "There are dearer concessions; --limit N shows more of them."
    if "knots" in found.stopped:
        yield f"There are more knots than the {len(found.knots):,} found; --max-knots N seeks more."
    if "time" in found.stopped:
        yield "Time was over before all were found; --seconds N gives more."
    if "interrupted" in found.stopped:
        yield "The search was interrupted; what was found before is right, but not all there is."
