"""What third parties can do, in one table, the most helpful first."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from detente.case.formula import Formula
from detente.dossier.formula_words import FormulaWords
from detente.dossier.tables.stability import heading
from detente.dossier.text.path import percent_of
from detente.dossier.words import change_phrase, listing, plural
from detente.wayout.broker import Brokering, Use
from detente.wayout.deadlock import Deadlock
from detente.wayout.profile import Profile


def broker_view(found: Brokering, target: Formula) -> RenderableType:
    """Return the table, under where things stand today."""
    case = found.today.case
    goal = FormulaWords(case).name(target)
    parts: list[RenderableType] = [
        heading(f"What a third party can do for {goal}"),
        Text(f"As things are: {standing_text(found.today, found.concept)}."),
        Text(),
    ]
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 2, 0, 0))
    table.add_column("if it", overflow="fold", ratio=1)
    for title in ("knots", "cost", "risk", "holds"):
        table.add_column(title, justify="right", no_wrap=True)
    table.add_row("as things are", *_cells(found.today, found.concept), style="dim")
    for use in found.uses:
        table.add_row(*_row(found, use))
    parts += [table, Text(), *_explained(found)]
    return Group(*parts)


def _row(found: Brokering, use: Use) -> tuple[str | Text, ...]:
    case = found.today.case
    party, option = case.options[use.axis]
    today = case.status_quo[use.axis] if case.status_quo is not None else 0
    does = Text(f"{party.label} {change_phrase(option, today, use.level)}")
    if use.after is None:
        return (does, "cannot be", "", "", "")
    cells = _cells(use.after, found.concept)
    if use.unused is not None:
        cells = (
            _arrow(str(len(use.unused.knots)), cells[0]),
            _arrow(cost_text(use.unused), cells[1]),
            *cells[2:],
        )
    if use.goes_back_on:
        does.append(f" (going back on {listing(use.goes_back_on)})")
    return (does, *cells)


def _arrow(before: str, after: str) -> str:
    return after if before == after else f"{before} → {after}"


def _cells(standing: Profile, concept: str) -> tuple[str, str, str, str]:
    stuck = standing.deadlock
    knots = str(len(standing.knots)) if stuck else "–"
    return (knots, cost_text(stuck), risk_text(standing), holds_text(standing, concept))


def cost_text(stuck: Deadlock | None) -> str:
    """Say what the cheapest concession costs: a number, or that none helps."""
    if stuck is None:
        return "–"
    if stuck.verdict == "impossible":
        return "none helps"
    return "?" if stuck.cost is None else str(stuck.cost)


def risk_text(standing: Profile) -> str:
    """Say what the best path exposes at most."""
    if standing.graph is None or standing.target is None or standing.case.status_quo is None:
        return "–"
    return "no path" if standing.exposure is None else percent_of(standing.exposure)


def holds_text(standing: Profile, concept: str) -> str:
    """Say how many states of the target hold."""
    n = standing.holding_in_target(concept)
    return "–" if n is None else plural(n, "state")


def standing_text(standing: Profile, concept: str) -> str:
    """Say in one line where a case stands towards its target."""
    parts = []
    if standing.deadlock is not None:
        stuck = standing.deadlock
        words = {
            "holds": "it is so today",
            "impossible": "the rules exclude it",
            "open": "nothing said stands in the way",
        }
        knots = f"{plural(len(stuck.knots), 'knot')}, a way out costs {cost_text(stuck)}"
        parts.append(words.get(stuck.verdict, knots))
    if (risk := risk_text(standing)) != "–":
        parts.append("no path leads there" if risk == "no path" else f"the best path risks {risk}")
    if (holding := standing.holding_in_target(concept)) is not None:
        parts.append(f"{plural(holding, 'state')} of it hold{'s' * (holding == 1)} under {concept}")
    return "; ".join(parts) if parts else "nothing could be worked out"


def _explained(found: Brokering) -> Iterator[Text]:
    """Yield what the columns mean, and what is missing."""
    yield Text(
        "knots: sets of things said that block it; cost: of the cheapest concession; both, where "
        "they differ, if it does not → if it does. risk: what a mover stands to lose at most on "
        "the best path, as part of its scale. holds: states of the target that hold under "
        f"{found.concept}.",
        style="dim",
    )
    yield from (Text(line) for line in lacking_lines(found.today))
    if not found.complete:
        yield Text("Interrupted: not every option was tried.")


def lacking_lines(standing: Profile) -> Iterator[str]:
    """Yield what could not be worked out, and what to add."""
    reasons = {
        "said": "Nobody has said a condition or a refusal, so there are no knots: add them under "
        "'conditions' and 'refusals'.",
        "states": "The case has too many states for paths and stability.",
        "preferences": "Not every party has preferences, so paths and stability are left out: add "
        "them under 'preferences'.",
        "status_quo": "The case has no status quo, so knots and paths are left out: add one under "
        "'status_quo'.",
    }
    yield from (reasons[why] for why in standing.lacking)


def risk_change(before: Fraction | None, after: Fraction | None) -> str:
    """Say how a risk changed."""
    told = ["no path" if x is None else percent_of(x) for x in (before, after)]
    return f"{told[0]} → {told[1]}"
