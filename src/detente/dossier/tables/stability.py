"""Verdicts for a terminal: how many states are stable for whom, then what holds."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from rich import box
from rich.console import Group, RenderableType
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from detente.case.model import Case
from detente.dossier.tables.patterns import Column, pattern_tables
from detente.dossier.words import listing, plural
from detente.graph.model import BoolArray
from detente.graph.states import StateSet
from detente.stability.analysis import Verdicts
from detente.stability.patterns import OutcomeGroup, by_outcome

LABEL_WIDTH = 14
"""Longest label at the head of a column; beyond it all parties go by their names."""

MAX_COLUMNS = 40
"""Patterns shown in all; what they leave out is counted."""


def stability_view(result: Verdicts) -> RenderableType:
    """Return the verdicts as tables."""
    return Group(*counts_view(result), *_what_holds(result))


def counts_view(result: Verdicts) -> list[RenderableType]:
    """Return how large the case is, and how many states are stable for whom."""
    case, store = result.case, result.graph.space.name
    size = (
        f"{plural(len(case.parties), 'party', 'parties')}, {plural(len(case.options), 'option')}, "
        f"{plural(result.n_states, 'feasible state')}"
    )
    if store != "arrays":
        size += {"list": " (kept as a list)", "diagrams": " (in decision diagrams)"}[store]
    parts: list[RenderableType] = [heading(case.title), Text(size), Text()]
    if any(task.concept.over == "party" for task in result.asked):
        parts += [_party_counts(result), Text()]
    coalitions = any(task.concept.over == "coalition" for task in result.asked)
    if coalitions:
        parts += [_coalition_counts(result), Text()]
    if (coalitions or not _short(case)) and (names := _names(case)):
        parts += [*names, Text()]
    return parts


def _names(case: Case) -> list[RenderableType]:
    """Say who the parties are that go by their names at the heads of columns and rows."""
    told = [f"{p.name}: {p.label}" for p in case.parties if p.label.casefold() != p.name.casefold()]
    return [Text(line, style="dim") for line in told]


def _short(case: Case) -> bool:
    return all(len(party.label) <= LABEL_WIDTH for party in case.parties)


def heading(text: str) -> Text:
    """Return a heading."""
    return Text(text, style="bold")


def _party_counts(result: Verdicts) -> Table:
    """Concepts as rows; parties and equilibria as columns."""
    table = plain_table("stable states for")
    for party in result.case.parties:
        head = party.label if _short(result.case) else party.name
        table.add_column(escape(head), justify="right", overflow="fold")
    table.add_column("all: equilibria", justify="right", style="bold")
    stable = {(v.concept.name, v.focal): v.stable for v in result.verdicts}
    for concept in dict.fromkeys(t.concept for t in result.asked if t.concept.over == "party"):
        cells = [
            _count(result, stable.get((concept.name, name))) for name in result.case.party_names
        ]
        table.add_row(concept.name, *cells, _equilibria_count(result, concept.name))
    return table


def _coalition_counts(result: Verdicts) -> Table:
    """Coalitions as rows; concepts as columns."""
    asked = [t for t in result.asked if t.concept.over == "coalition"]
    concepts = list(dict.fromkeys(t.concept for t in asked))
    table = plain_table("stable states for")
    for concept in concepts:
        table.add_column(concept.name, justify="right")
    stable = {(v.concept.name, v.focal): v.stable for v in result.verdicts}
    focals = list(dict.fromkeys(t.focal for t in asked))
    for focal in focals:
        cells = [_count(result, stable.get((c.name, focal))) for c in concepts]
        table.add_row(escape(focal), *cells)
    if len(focals) > 1:
        cells = [_equilibria_count(result, c.name) for c in concepts]
        table.add_row("all: equilibria", *cells, style="bold")
    return table


def plain_table(first: str) -> Table:
    """Return a table without lines, its first column headed."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1, 0, 0))
    table.add_column(first, overflow="fold")
    return table


def _count(result: Verdicts, stable: BoolArray | None) -> str:
    return "–" if stable is None else f"{result.graph.states(stable).count:,}"


def _equilibria_count(result: Verdicts, concept: str) -> str:
    finished = any(c.name == concept for c in result.concepts)
    return f"{result.equilibria(concept).count:,}" if finished else "–"


def _what_holds(result: Verdicts) -> list[RenderableType]:
    """Show every state that holds under some concept, and under which."""
    concepts = [c.name for c in result.concepts]
    holds = {name: result.equilibria(name).states for name in concepts}
    empty = [name for name in concepts if not holds[name].any()]
    parts: list[RenderableType] = []
    if empty:
        parts.append(nothing_holds(empty))
    shown = [name for name in concepts if name not in empty]
    if not shown:
        return parts
    columns: list[Column] = []
    left_out = 0
    for under, states in _by_concepts(shown, holds):
        for group in groups_of(result.case, result.graph.states(states)):
            marks = tuple("yes" if name in under else "–" for name in shown)
            columns += columns_of(result.case, group, marks)
            left_out += group.cover.left_out
    left_out += sum(int(c.notes[0].replace(",", "")) for c in columns[MAX_COLUMNS:])
    parts.append(heading(_title(result)))
    parts += pattern_tables(result.case, columns[:MAX_COLUMNS], ("states", *shown))
    parts += legend(result.case, columns[:MAX_COLUMNS])
    total = result.graph.count(np.logical_or.reduce([holds[name] for name in shown]))
    if sum(int(c.notes[0].replace(",", "")) for c in columns) > total - left_out:
        parts.append(Text("A state may stand in several columns.", style="dim"))
    if left_out:
        parts.append(Text(f"and up to {plural(left_out, 'more state')} in further patterns"))
    return parts


def nothing_holds(concepts: Sequence[str]) -> Text:
    """Say that under some concepts no state holds."""
    return Text(f"Under {listing(concepts)} no state holds: somebody would leave each one.")


def _title(result: Verdicts) -> str:
    """Say what the patterns are: equilibria, or what one coalition would keep."""
    focals = {task.focal for task in result.asked}
    if len(focals) == 1 and result.asked[0].concept.over == "coalition":
        return f"What {focals.pop()} would keep"
    return "What holds"


def _by_concepts(
    names: list[str], holds: dict[str, BoolArray]
) -> list[tuple[tuple[str, ...], BoolArray]]:
    """Split the states by the concepts under which they hold, most concepts first."""
    mask = np.zeros(holds[names[0]].shape, np.uint64)
    for bit, name in enumerate(names):
        mask |= np.where(holds[name], np.uint64(1 << bit), np.uint64(0))
    parts = []
    for value in np.unique(mask[mask > 0]).tolist():
        under = tuple(name for bit, name in enumerate(names) if value >> bit & 1)
        parts.append((under, mask == np.uint64(value)))
    return sorted(parts, key=lambda part: (-len(part[0]), [names.index(n) for n in part[0]]))


def groups_of(case: Case, found: StateSet) -> tuple[OutcomeGroup, ...]:
    """Return a set of states as patterns, split by the case's outcomes."""
    truth = found.space.truth(case)
    outcomes = [(o.name, truth(o.formula)) for o in case.outcomes]
    return by_outcome(
        found.states, found.feasible, outcomes, space=found.space, merged=found.merged
    )


def columns_of(case: Case, group: OutcomeGroup, marks: tuple[str, ...] = ()) -> list[Column]:
    """Return a column for each pattern of a group: outcomes above, counts and marks below."""
    return [
        Column(group.outcomes, pattern, (f"{count:,}", *marks))
        for pattern, count in zip(group.cover.patterns, group.cover.counts, strict=True)
    ]


def legend(case: Case, columns: Sequence[Column]) -> list[RenderableType]:
    """Say what the outcomes at the heads of columns mean."""
    met = {name for column in columns for name in column.outcomes}
    told = [f"{o.name}: {o.label}" for o in case.outcomes if o.name in met and o.label]
    if any(None in column.pattern for column in columns):
        told.append("·  any level")
    return [Text(), *[Text(line, style="dim") for line in told]] if told else []
