"""The slide by mistake in plain words, and as rows of a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from detente.case.formula import to_text
from detente.case.model import Case
from detente.dossier.words import Words, listing, plural
from detente.risk.paths import Slide
from detente.risk.scenario import Scenario
from detente.risk.settings import Settings

NOTHING = 1e-9
"""Shares below this are what rounding leaves of none."""

ORIGINS = {
    "asked": "asked for",
    "cited": "cited in the case",
    "assumed": "assumed in the case",
    "usual": "assumed, as nothing is said about it",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: what it is, and a cell for each scenario."""

    label: str
    cells: tuple[str, ...]


def title_of(scenario: Scenario) -> str:
    """Return what the scenario is called."""
    return f"If {scenario.what_if}" if scenario.what_if else "As things are"


def percent(p: float) -> str:
    """Return a probability as people read it: never 0 % or 100 % unless it is."""
    if p in (0.0, 1.0):
        return f"{p:.0%}".replace("%", " %")
    if p < 0.001:
        return f"{p * 100:.2g} %" if p >= 1e-6 else f"{p:.1e}"
    if p > 0.999:
        return "above 99.9 %"
    return f"{p * 100:.1f} %"


def number(x: float) -> str:
    """Return a time in ticks with about three digits."""
    return f"{x:,.0f}" if x >= 100 else f"{x:.3g}"


def assumption_lines(settings: Settings) -> list[str]:
    """Say what was assumed, alike things together, and where it comes from."""
    grouped: dict[tuple[str, str, str, str], list[str]] = {}
    for ground in settings.grounds:
        kind, _, party = ground.what.partition(" ")
        key = (kind, ground.value, ground.origin, ground.note)
        grouped.setdefault(key, []).append(party)
    n_parties = len(settings.misstep)
    words = {"misstep": "Misstep rate", "tempo": "Tempo"}
    lines = []
    for (kind, value, origin, note), parties in grouped.items():
        who = "" if parties == [""] else f" of {listing(parties)}"
        who = " of everybody" if len(parties) == n_parties and parties != [""] else who
        because = f": {note}" if note else ""
        what = words.get(kind, kind.capitalize())
        lines.append(f"{what}{who}: {value} ({ORIGINS[origin]}{because})")
    if settings.goal is None:
        lines.append("Goal: none; nothing but danger ends the slide (name one with --goal)")
    return lines


def rows(scenarios: Sequence[Scenario]) -> list[Row]:
    """Return the figures, one column a scenario; a dash where one is not defined."""

    def row(label: str, cells: Iterator[str]) -> Row:
        return Row(label, tuple(cells))

    found = [s.hitting for s in scenarios]
    last = len(found[0].within) - 1
    table = [
        row("danger before the goal", (percent(h.p_danger) for h in found)),
        row("the goal before danger", (percent(h.p_goal) for h in found)),
    ]
    if any(h.p_neither for h in found):
        table.append(row("neither, ever", (percent(h.p_neither) for h in found)))
    for tick in sorted({t for t in (1, 10, last) if t <= last}):
        label = f"danger by tick {tick:,}"
        table.append(row(label, (percent(float(h.within[tick])) for h in found)))
    table.append(row("ticks to either", (_ticks(h.expected_ticks) for h in found)))
    table.append(row("states reached", (f"{h.reachable:,}" for h in found)))
    return table


def share_rows(case: Case, scenarios: Sequence[Scenario]) -> list[Row]:
    """Return each party's share, in percentage points for one of its own misstep rate."""
    return [
        Row(party.label, tuple(points(s.hitting.share[p]) for s in scenarios))
        for p, party in enumerate(case.parties)
    ]


def points(share: float | None) -> str:
    """Return a derivative of a probability by a rate: points for a point."""
    return "–" if share is None else "0" if abs(share) < NOTHING else f"{share:+.3g}"


def _ticks(ticks: float | None) -> str:
    return "–" if ticks is None else number(ticks)


def notes(scenario: Scenario, settings: Settings, ticks: int) -> list[str]:
    """Say in words what the figures mean, and what is not defined and why."""
    return [line for line in _notes(scenario, settings, ticks) if line]


def _notes(scenario: Scenario, settings: Settings, ticks: int) -> Iterator[str]:
    words, chain = Words(scenario.case, scenario.graph.space), scenario.chain
    h = scenario.hitting
    if scenario.moved:
        start = words.state_in_line(int(chain.states[chain.start]))
        yield f"It does not hold today; this begins at the nearest state where it does: {start}."
    if scenario.in_danger:
        yield "Danger holds already: its probability is 1, and no misstep changes that."
        return
    if scenario.at_goal:
        yield "The goal holds already: danger does not come before it, and no misstep changes that."
        return
    if not chain.danger.any():
        yield (
            f"Danger is out of reach: no moves, wanted or not, lead from here to "
            f"{to_text(settings.danger)}."
        )
    elif h.p_danger == 0:
        yield "Danger is out of reach at these misstep rates: every way to it needs a misstep."
    else:
        yield (
            f"The parties slide into danger before the goal with a probability of "
            f"{percent(h.p_danger)}, and within {plural(ticks, 'tick')} with one of "
            f"{percent(float(h.within[-1]))}."
        )
    if settings.goal is not None and not chain.goal.any():
        yield "The goal is out of reach: no moves lead from here to it."
    yield from _not_defined(scenario)


def _not_defined(scenario: Scenario) -> Iterator[str]:
    h = scenario.hitting
    if h.p_neither:
        yield (
            f"With a probability of {percent(h.p_neither)} neither ever comes: the parties end "
            "where no way leads to either. The expected ticks are not defined for that reason"
            + (
                f"; where it comes to one of them, it does so after {number(h.ticks_if_any)} ticks "
                "on average."
                if h.ticks_if_any is not None
                else "."
            )
        )
    jumping = [p for p, share in enumerate(h.share) if share is None]
    if jumping:
        yield (
            f"The share of {Words(scenario.case).parties(jumping)} is not defined: the least "
            "change of its misstep rate opens a way to danger from where there is none now, and "
            "the probability jumps. Ask with a small rate such as --misstep 0.001."
        )
    leading = leader(scenario)
    if leading is not None:
        share = h.share[leading]
        yield (
            f"The missteps of {Words(scenario.case).party(leading)} matter most: one percentage "
            f"point more of them changes the probability of danger by about {share:+.2g} points."
        )
    if not len(scenario.over_rates):
        yield (
            f"With {len(scenario.chain.states):,} states the curve over misstep rates is left out; "
            "--rates asks for it."
        )


def leader(scenario: Scenario) -> int | None:
    """Return the party whose missteps matter most; None if nobody's do."""
    shares = [abs(share or 0.0) for share in scenario.hitting.share]
    return int(np.argmax(shares)) if max(shares, default=0.0) >= NOTHING else None


def ways_lines(scenario: Scenario) -> list[str]:
    """Tell the likeliest first ways into danger, in words."""
    ways = scenario.slides.ways
    if not ways:
        return []
    lines = ["The likeliest ways into danger, by the moves made:"]
    lines += [f"  - {way_line(scenario, way)}" for way in ways]
    if not scenario.slides.complete:
        lines.append("  - and others; the search was stopped at its limit")
    return lines


def way_line(scenario: Scenario, way: Slide) -> str:
    """Tell one way into danger."""
    words = Words(scenario.case, scenario.graph.space)
    told = [
        f"{words.step(step)}{_by_mistake(chance)}"
        for step, chance in zip(way.steps, way.mistaken, strict=True)
    ]
    return f"{percent(way.probability)}: {', then '.join(told)}"


def _by_mistake(chance: float) -> str:
    return " (by mistake)" if chance > 0.999 else " (wanted or by mistake)" if chance > 0.5 else ""
