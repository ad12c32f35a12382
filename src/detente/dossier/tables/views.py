"""What holds as each party sees the game, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

import numpy as np
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from detente.case.model import Case
from detente.dossier.tables.stability import heading, plain_table
from detente.dossier.words import concept_name, listing, plural
from detente.doubt.hypergame import Hypergame, Value
from detente.english.speech import English, sentence
from detente.graph.model import Graph

MAX_ROWS = 24
"""States shown under one concept; what they leave out is counted."""


def views_view(
    case: Case, graph: Graph, games: Sequence[Hypergame], values: Sequence[Value]
) -> RenderableType:
    """Return what holds as each sees it, who is surprised, and what each belief is worth."""
    told = (
        "It holds what everybody stays in as it sees the game; in truth would hold what everybody "
        "stayed in if all knew all. Each character of a state is an option: "
        f"{', '.join(case.option_names)}."
    )
    parts: list[RenderableType] = [heading("What each believes"), Text(told)]
    for game in games:
        parts += [Text(), *_game(case, graph, game)]
    parts += [Text(), heading("What each belief is worth")]
    parts += [Text(line) for line in _worth(case, values)]
    return Group(*parts)


def _game(case: Case, graph: Graph, game: Hypergame) -> Iterator[RenderableType]:
    english = English(case)
    held, true = (int(np.count_nonzero(states)) for states in (game.holds, game.true))
    yield Text(
        f"Under {concept_name(game.concept.name)} {plural(held, 'state')} "
        f"{'holds' if held == 1 else 'hold'}; in truth it would be {true:,}."
    )
    rows = _rows(game)
    if rows:
        yield _table(case, graph, game, rows[:MAX_ROWS])
    if len(rows) > MAX_ROWS:
        yield Text(f"and {plural(len(rows) - MAX_ROWS, 'more state')}")
    if apart := int(np.count_nonzero(game.apart)):
        who = [
            english.party(p.name)
            for p, seen in zip(case.parties, game.seen, strict=True)
            if (game.apart & ~seen.known).any()
        ]
        yield Text(f"{sentence(listing(who))} cannot judge {plural(apart, 'state')}.")


def _rows(game: Hypergame) -> list[int]:
    """Return the states that hold, would hold, or are expected to, or surprise though they hold."""
    shown = game.holds | game.true
    for i, seen in enumerate(game.seen):
        shown = shown | seen.expected | (game.surprised(i) & game.holds)
    order = np.flatnonzero(shown).tolist()
    return sorted(order, key=lambda s: (not game.holds.flat[s], not game.true.flat[s]))


def _table(case: Case, graph: Graph, game: Hypergame, rows: Sequence[int]) -> Table:
    table = plain_table("state")
    for name in ("holds", "in truth", "expected by", "surprised"):
        table.add_column(name)
    names = case.party_names
    for state, code in zip(rows, graph.codes(np.array(rows, np.intp)), strict=True):
        by = [n for n, seen in zip(names, game.seen, strict=True) if seen.expected.flat[state]]
        wrong = [name for i, name in enumerate(names) if game.surprised(i).flat[state]]
        told = ("yes" if states.flat[state] else "–" for states in (game.holds, game.true))
        table.add_row(code, *told, ", ".join(by) or "–", ", ".join(wrong) or "–")
    return table


def _worth(case: Case, values: Sequence[Value]) -> Iterator[str]:
    english = English(case)
    for value in values:
        viewer = english.party(case.parties[value.viewer].name)
        about = english.party(case.parties[value.about].name)
        want = english.agree([case.parties[value.about].name], "wants", "want")
        known = f"knew what {about} {want}"
        if value.about == value.viewer:
            known = "knew of all options of the others"
        n = int(np.count_nonzero(value.corrected))
        yield (
            f"If {viewer} {known}, {plural(n, 'state')} would hold under "
            f"{concept_name(value.concept.name)}{_changes(case, english, value)}."
        )


def _changes(case: Case, english: English, value: Value) -> str:
    """Say for whom the levels of what holds would be others."""
    told = [
        f"{english.party(party.name)} {_range(after)} of its scale, not {_range(before)}"
        for party, before, after in zip(case.parties, value.before, value.after, strict=True)
        if before != after
    ]
    if not told:
        return ", and for nobody would the best or the worst of it be another"
    return f", which is for {listing(told)}"


def _range(found: tuple[Fraction, Fraction] | None) -> str:
    if found is None:
        return "nothing"
    low, high = (round(100 * float(level)) for level in found)
    return f"{low} %" if low == high else f"{low} to {high} %"
