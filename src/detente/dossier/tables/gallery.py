"""The built-in cases for a terminal and as documents."""

from __future__ import annotations

from collections.abc import Sequence

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from detente.case.model import Case
from detente.dossier.words import plural
from detente.gallery import Entry, Expected


def entries_table(entries: Sequence[Entry]) -> RenderableType:
    """Return the list of built-in cases."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1, 0, 0))
    table.add_column("name", no_wrap=True, style="bold")
    table.add_column("states", justify="right")
    table.add_column("class", justify="center")
    table.add_column("what it is about", overflow="fold")
    for entry in entries:
        table.add_row(entry.name, f"{entry.n_states:,}", entry.grade, Text(entry.title))
    legend = (
        "class: how sure the expected results are. A seen in print and computed again; B from "
        "memory of the literature, computed again; B- the rankings only roughly so; C the model of "
        "another program; E made up to test a definition; S the states alone, the wishes are ours; "
        "O our own reading of reports, without published results."
    )
    return Group(table, Text(), Text(legend, style="dim"))


def case_view(case: Case, known: Expected) -> RenderableType:
    """Return what is known about one built-in case."""
    parts: list[RenderableType] = [
        Text(case.title, style="bold"),
        Text(case.source),
        Text(),
        Text(f"{', '.join(p.label for p in case.parties)}: {plural(known.n_states, 'state')}"),
        Text(),
        Text(f"Class {known.grade}. {known.provenance}"),
    ]
    if known.notes:
        parts += [Text(), Text(known.notes)]
    if known.equilibria:
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1, 0, 0))
        table.add_column("concept", no_wrap=True)
        table.add_column("equilibria expected", overflow="fold")
        for verdict in known.equilibria:
            table.add_row(verdict.concept, ", ".join(verdict.states) or "none")
        parts += [Text(), table]
    return Group(*parts)
