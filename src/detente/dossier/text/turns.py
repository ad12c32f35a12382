"""What a result hangs on, in plain words: which wish falls, and what that line rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from detente.case.formula import Formula, to_text
from detente.case.model import Case, Statements
from detente.dossier.say import placed, spelled
from detente.dossier.words import concept_name, listing, plural, possessive
from detente.doubt.radius import Change, Radius, basis_of, place_of, ways_in_order
from detente.doubt.rankings import Swap
from detente.english.speech import English, sentence
from detente.graph.model import Graph


def turning(case: Case, graph: Graph, change: Change) -> str:
    """Say a change as what happens: ``China’s third wish falls``.

    Parameters
    ----------
    change : Edit or Swap
        Of the case as it is written; a second change of one party counts from there, too.
    """
    english = English(case)
    party = case.parties[change.party]
    name = english.party(party.name)
    if isinstance(change, Swap):
        upper, lower = (_states(graph, states) for states in (change.upper, change.lower))
        comes = english.agree([party.name], "comes", "come")
        if change.op == "swap":
            return f"{name} {comes} to rank {lower} above {upper}"
        return f"{name} {comes} to rank {upper} and {lower} alike"
    if change.op == "add":
        wants = english.to(change.statement, party.name)
        place = placed(change.priority or 1)
        return f"{name} {english.agree([party.name], 'comes', 'come')} to want {wants} ({place})"
    at = place_of(case, change)
    wish = f"{possessive(name)} {placed(at)} wish" if at else f"a wish of {name}"
    if change.op == "drop":
        return f"{wish} falls"
    return f"{wish} comes {placed(change.priority or 1)}"


def _states(graph: Graph, states: Sequence[int]) -> str:
    codes = graph.codes(np.array(states[:3], np.intp))
    more = f" and {plural(len(states) - 3, 'more state')}" if len(states) > 3 else ""
    return ", ".join(codes) + more


def at_once(case: Case, graph: Graph, way: Sequence[Change]) -> str:
    """Say several changes, all of which are needed."""
    return listing([turning(case, graph, change) for change in way])


def radius_text(
    case: Case,
    graph: Graph,
    target: Formula,
    concept: str,
    found: Radius,
    most: int,
    limit: int,
) -> str:
    """Tell what a result hangs on, each line with what it says and rests on."""
    english = English(case)
    can = "can last" if found.holds else "cannot last"
    lines = [
        "How much does it hang on?",
        f"As things are, it {can} that {english.clause(target)} ({concept_name(concept)}).",
    ]
    if found.least is None:
        return "\n".join([*lines, _none(found)])
    n = len(found.turns)
    enough = (
        "One change is enough to turn that"
        if found.least == 1
        else (
            f"{sentence(spelled(found.least))} changes are enough to turn that, and fewer are not"
        )
    )
    lines.append(f"{enough}; there {'is' if n == 1 else 'are'} {plural(n, 'way')}:")
    for way in ways_in_order(found)[:limit]:
        lines.append(f"  - {sentence(at_once(case, graph, way))}.")
        for change in way:
            lines += [f"      {line}" for line in _grounds(case, change)]
    if n > limit:
        lines.append(f"  - and {plural(n - limit, 'more way')}; --limit shows more.")
    if found.stopped == "time":
        lines.append("Time was over before all ways were tried; --seconds N gives more.")
    return "\n".join(lines)


def _none(found: Radius) -> str:
    """Say that nothing was found that turns it, and how far that is proved."""
    n = found.proved_below - 1
    end = "time was over before more were tried" if found.stopped else "all were tried"
    if not n:
        return "Not all single changes of what parties want were tried: time was over."
    told = "one change" if n == 1 else f"{spelled(n)} changes or fewer"
    return f"It is not turned by any {told} of what parties want: {end}."


def _grounds(case: Case, change: Change) -> Iterator[str]:
    basis = basis_of(case, change)
    if basis is None or isinstance(change, Swap):
        return
    wish = to_text(change.statement)
    if not basis.cite:
        yield f"{wish}: assumed{', ' + basis.note if basis.note else ''}"
    for cite in basis.cite[:1]:
        yield f"{wish}: “{cite.quote}” ({cite.report})"


def first_wish(case: Case, party: int, wish: int) -> str:
    """Return a wish by its place: ``China’s third wish``."""
    wants = case.parties[party].preferences
    assert isinstance(wants, Statements)
    return f"{possessive(English(case).party(case.parties[party].name))} {placed(wish + 1)} wish"
