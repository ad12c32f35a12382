"""What holds how often when a case is uncertain: in words, as tables, and as JSON."""

from __future__ import annotations

from collections.abc import Sequence

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from detente.case.formula import to_text
from detente.case.model import Case
from detente.dossier.say import percent
from detente.dossier.tables.stability import heading
from detente.dossier.words import Words, listing, plural
from detente.graph.space import Levels, alphabet
from detente.risk.sweep import Task
from detente.risk.tally import Share, Tally
from detente.risk.uncertainty import Firmness, Misstep, Order, Presence, Today, Uncertainty
from detente.stability import registry

SHOWN = 8
"""Rows of one kind that a table shows."""


def sweep_tables(case: Case, task: Task, found: Tally) -> RenderableType:
    """Return the tables for a terminal."""
    head = Text(f"{plural(found.cases, 'case')} drawn with seed {task.seed} from")
    drawn: list[RenderableType] = [heading(case.title), Text(), head]
    drawn += [Text(f"  - {line}") for line in uncertainty_lines(case, task.uncertain)]
    for title, shares in parts(case, found):
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 2, 0, 0))
        table.add_column(title, overflow="fold", ratio=1)
        table.add_column("holds in", justify="right", no_wrap=True)
        table.add_column("95 % interval", justify="right", no_wrap=True)
        for label, share in shares[:SHOWN]:
            table.add_row(Text(label), f"{share.share:.1%}", _interval(share))
        drawn += [Text(), table]
        if len(shares) > SHOWN:
            drawn.append(Text(f"and {len(shares) - SHOWN:,} more"))
    return Group(*drawn)


def uncertainty_lines(case: Case, uncertain: Sequence[Uncertainty]) -> list[str]:
    """Say what was drawn, one line each."""
    return [_uncertainty(case, one) for one in uncertain] or ["nothing: every case is the same"]


def _uncertainty(case: Case, one: Uncertainty) -> str:
    def wish(party: str, k: int) -> str:
        return to_text(case.party(party).preferences.statements[k].formula)  # type: ignore[union-attr]

    match one:
        case Order(party, first, second):
            two = f"“{wish(party, first)}” and “{wish(party, second)}”"
            return f"{case.party(party).label}: which of {two} comes first"
        case Presence(party, k, p):
            wants = f"whether it wants “{wish(party, k)}”"
            return f"{case.party(party).label}: {wants} ({percent(p)})"
        case Firmness(name, low, high):
            return f"the firmness of {name}: {low} to {high}"
        case Misstep(party, low, high, log):
            scale = ", evenly on a log scale" if log else ""
            return f"{case.party(party).label}: a misstep rate from {low:g} to {high:g}{scale}"
        case Today(axis, levels):
            owner, option = case.options[axis]
            names = listing([option.levels[k] for k in levels], "or")
            return f"{owner.label}: “{option.label}” today: {names}"


def parts(case: Case, found: Tally) -> list[tuple[str, list[tuple[str, Share]]]]:
    """Return the shares in groups: a title, and lines of words."""
    words = Words(case)
    groups = []
    for name, shares in found.states:
        said = [(words.state_in_line(_levels(case, s.what[0])), s) for s in shares]
        groups.append((f"Equilibria under {registry.find(name).title} ({name})", said))
    for name, shares in found.sets:
        said = [(", ".join(s.what) or "none", s) for s in shares]
        groups.append((f"Sets of equilibria ({name})", said))
    if found.deadlock is not None:
        stuck = [("what was said stands in the way of the target", found.deadlock)]
        groups.append(("Deadlock", stuck))
        least = [(listing(s.what) or "none is needed", s) for s in found.concessions]
        groups.append(("The cheapest concession", least))
    return groups


def _levels(case: Case, code: str) -> Levels:
    return tuple(alphabet(n).index(letter) for letter, n in zip(code, case.shape, strict=True))


def held(share: Share) -> str:
    """Return a share with its interval."""
    return f"{share.share:.1%} (95 % interval {_interval(share)})"


def _interval(share: Share) -> str:
    low, high = share.interval
    return f"{low:.1%} to {high:.1%}"


def danger_lines(task: Task, found: Tally) -> list[str]:
    """Say how the probability of danger spreads, and what could not be asked."""
    lines = []
    if found.p_danger is not None:
        s = found.p_danger
        lines.append(
            f"The probability of danger before the goal is {percent(s.mean)} on average (95 % "
            f"interval {percent(max(0.0, s.mean - s.error))} to "
            f"{percent(min(1.0, s.mean + s.error))}), {percent(s.middle)} in the middle, and "
            f"between {percent(s.low)} and {percent(s.high)} in nine cases of ten."
        )
    elif task.settings is None:
        lines.append(
            "The probability of danger was not asked for: that needs a status quo and an outcome "
            "'war', or --danger."
        )
    if task.target is None:
        lines.append(
            "Deadlock was not asked for: that needs conditions or refusals, and an outcome "
            "'talks' or --target."
        )
    if found.impossible:
        lines.append(f"In {plural(found.impossible, 'case')} the rules exclude the target.")
    if found.no_today:
        lines.append(
            f"In {plural(found.no_today, 'case')} the status quo drawn is one that the rules "
            "exclude; there is no probability of danger for them."
        )
    return lines
