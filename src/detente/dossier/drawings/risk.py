"""The slide by mistake drawn: danger over ticks, over misstep rates, and whose missteps matter."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from detente.case.formula import parse
from detente.case.model import Case
from detente.dossier.drawings.chart import (
    Frame,
    dashes,
    legend,
    nice_top,
    percents,
    sheet,
    wide_enough,
)
from detente.dossier.drawings.lettering import LINE, SMALL, cut, measure, wrap
from detente.dossier.drawings.marks import TURN, WIDE, letters, lines_of, tag, title
from detente.dossier.drawings.theme import hue
from detente.dossier.formula_words import FormulaWords
from detente.dossier.say import percent, points
from detente.risk.scenario import Scenario

MOST_POINTS = 200
"""Points of one line; more could not be told apart on the sheet."""

BAR = 20.0
MARGIN = 10.0


def ticks_svg(
    case: Case,
    scenarios: Sequence[Scenario],
    *,
    name: str = "risk-ticks",
    width: float = WIDE,
    styled: bool = True,
) -> str:
    """Return the probability of danger by each tick, a line for each scenario."""
    width = wide_enough(width)
    last = max(1, len(scenarios[0].hitting.within) - 1)
    at = np.unique(np.linspace(0, last, min(MOST_POINTS, last + 1)).astype(int))
    at = at[at < len(scenarios[0].hitting.within)]
    top = nice_top(max(float(s.hitting.within[-1]) for s in scenarios))
    frame = Frame(lambda tick: tick / last, lambda p: p / top, width)
    marks = frame.axes(
        [(tick, f"{tick:,.0f}") for tick in np.linspace(0, last, 5).round()],
        percents(top),
        "ticks",
        "danger before the goal, by then",
    )
    lines = []
    for k, one in enumerate(scenarios):
        label = f"{_title(one)}: {percent(float(one.hitting.within[-1]))} by tick {last:,}"
        values = one.hitting.within[at].tolist()
        lines += frame.line(f"{name}-{k}", k, label, at.tolist(), values)
    marks.append(tag("g", "".join(lines), role="list"))
    key, height = legend([_title(s) for s in scenarios], width)
    told = "; ".join(
        f"{_title(s)}: {percent(float(s.hitting.within[-1]))} by tick {last:,}" for s in scenarios
    )
    heading = f"{case.title}: danger over time"
    return sheet(
        name, heading, f"{told}.", [*marks, *key], width=width, height=height, styled=styled
    )


def rates_svg(
    case: Case,
    scenarios: Sequence[Scenario],
    *,
    name: str = "risk-missteps",
    width: float = WIDE,
    styled: bool = True,
) -> str:
    """Return the probability of danger over the misstep rate of everybody, on a log scale."""
    width = wide_enough(width)
    rates = scenarios[0].rates
    heading = f"{case.title}: danger over missteps"
    if len(rates) < 2:
        told = "The curve was not worked out for a chain of this size."
        text = lines_of(MARGIN, 24, wrap(told, width - 2 * MARGIN))
        return sheet(name, heading, told, text, width=width, height=60, styled=styled)
    low, high = math.log10(rates[0]), math.log10(rates[-1])
    top = nice_top(max(float(s.over_rates.max()) for s in scenarios))
    frame = Frame(lambda rate: (math.log10(rate) - low) / (high - low), lambda p: p / top, width)
    decades = [10.0**k for k in range(math.ceil(low - 1e-9), math.floor(high + 1e-9) + 1)]
    marks = frame.axes(
        [(rate, f"{rate:g}") for rate in dict.fromkeys([*decades, float(rates[-1])])],
        percents(top),
        "misstep rate of everybody, log scale",
        "danger before the goal",
    )
    lines = []
    for k, one in enumerate(scenarios):
        first, last = (percent(float(one.over_rates[i])) for i in (0, -1))
        label = f"{_title(one)}: {first} at a rate of {rates[0]:g}, {last} at {rates[-1]:g}"
        lines += frame.line(f"{name}-{k}", k, label, rates.tolist(), one.over_rates.tolist())
    marks.append(tag("g", "".join(lines), role="list"))
    key, height = legend([_title(s) for s in scenarios], width)
    told = f"The probability of danger before the goal as misstep rates go from {rates[0]:g} to "
    told += f"{rates[-1]:g}."
    return sheet(name, heading, told, [*marks, *key], width=width, height=height, styled=styled)


def shares_svg(
    case: Case,
    scenarios: Sequence[Scenario],
    *,
    name: str = "risk-shares",
    width: float = WIDE,
    styled: bool = True,
) -> str:
    """Return each party's share as bars to both sides, the longest first."""
    width = wide_enough(width)
    base = scenarios[0].hitting.share
    order = sorted(range(len(base)), key=lambda p: (-abs(base[p] or 0.0), p))
    bars = _Bars(scenarios, name, width)
    head = wrap("points of danger for one point more missteps", width - 2 * MARGIN)
    marks = lines_of(MARGIN, 18, head)
    y = 12 + LINE * len(head)
    top = y
    drawn = []
    for party in order:
        made, y = bars.of(party, case.parties[party].label, y)
        drawn += made
    marks.append(tag("g", "".join(drawn), role="list"))
    marks.append(tag("path", class_="axis", d=f"M{bars.middle:.1f} {top:.1f}V{y:.1f}"))
    if len(scenarios) > 1:
        for k, one in enumerate(scenarios):
            y += LINE + 3
            marks.append(_swatch(k, y))
            marks.append(letters(MARGIN + 20, y, cut(_title(one), width - 2 * MARGIN - 20)))
    described = "; ".join(f"{case.parties[p].label}: {points(base[p])}" for p in order)
    heading = f"{case.title}: whose missteps matter"
    return sheet(name, heading, f"{described}.", marks, width=width, height=y + 18, styled=styled)


def _swatch(k: int, y: float) -> str:
    """Return a sample of the bars of the k-th scenario."""
    kind = "full" if k == 0 else "hollow"
    d = f"M{MARGIN} {y - 10:.1f}h14v10h-14Z"
    return tag("path", class_=kind, stroke_dasharray=dashes(k) if k else None, d=d)


class _Bars:
    """The bars of the parties, on one scale around a middle line."""

    def __init__(self, scenarios: Sequence[Scenario], name: str, width: float) -> None:
        self._scenarios, self._name = scenarios, name
        known = [abs(x) for s in scenarios for x in s.hitting.share if x is not None]
        told = [points(x) for s in scenarios for x in s.hitting.share]
        words = max((measure(t, SMALL) for t in told), default=0.0) + 10
        self._aside = width >= TURN
        self._names = width * 0.3 if self._aside else 0.0
        self._width = width
        room = width - self._names - 2 * MARGIN
        self.middle = MARGIN + self._names + room / 2
        self._scale = max(20.0, room / 2 - words) / (max(known, default=0.0) or 1.0)

    def of(self, party: int, label: str, y: float) -> tuple[list[str], float]:
        """Return the bars of one party, and how far down they reach."""
        marks: list[str] = []
        kind = f"name own {hue(party)}"
        if self._aside:
            lines = wrap(label, self._names - 16, lines=3, bold=True)
            marks += lines_of(MARGIN, y + BAR * 0.7, lines, kind=kind)
            bottom = y + LINE * len(lines)
        else:
            lines = wrap(label, self._width - 2 * MARGIN, lines=2, bold=True)
            marks += lines_of(MARGIN, y + 14, lines, kind=kind)
            y += LINE * len(lines) + 3
            bottom = y
        for k, one in enumerate(self._scenarios):
            share = one.hitting.share[party]
            told = f"{label}, {_title(one)}: {points(share)}"
            marks.append(self._bar(f"{self._name}-{party}-{k}", told, y, share, k, hue(party)))
            y += BAR
        return marks, max(y, bottom) + 10

    def _bar(self, name: str, told: str, y: float, share: float | None, k: int, own: str) -> str:
        wide = abs(share or 0.0) * self._scale
        right = (share or 0.0) >= 0
        left = self.middle if right else self.middle - wide
        bar = tag(
            "rect",
            class_="full" if k == 0 else "hollow",
            stroke_dasharray=dashes(k) if k else None,
            x=left,
            y=y + 3,
            width=wide,
            height=BAR - 6,
        )
        x = left + wide + 5 if right else left - 5
        words = letters(
            x, y + BAR * 0.7, _rounded(share), anchor="start" if right else "end", kind="small soft"
        )
        return tag("g", title(told) + bar + words, id=name, class_=own, role="listitem")


def _rounded(share: float | None) -> str:
    """Return a share as a bar shows it; what no bar can show is next to nothing."""
    return points(share) if not share or abs(share) >= 0.005 else "≈ 0"


def _title(scenario: Scenario) -> str:
    """Return what a scenario is called, in the case's own labels."""
    if not scenario.what_if:
        return "As things are"
    return f"If {FormulaWords(scenario.case).clause(parse(scenario.what_if))}"
