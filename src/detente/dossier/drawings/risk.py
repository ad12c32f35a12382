"""The slide by mistake drawn: danger over ticks, over misstep rates, and whose missteps matter."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape

import numpy as np

from detente.case.model import Case
from detente.dossier.drawings.chart import (
    BOTTOM,
    LEFT,
    TOP,
    WIDTH,
    Frame,
    legend,
    nice_top,
    percents,
    shortened,
    svg,
    text,
)
from detente.dossier.text.risk import percent, points, title_of
from detente.risk.scenario import Scenario

MOST_POINTS = 200
"""Points of one line; more could not be told apart on the paper."""

NAMES = 190
BAR = 20


def ticks_svg(case: Case, scenarios: Sequence[Scenario], *, name: str = "risk-ticks") -> str:
    """Return the probability of danger by each tick, a line for each scenario."""
    last = max(1, len(scenarios[0].hitting.within) - 1)
    at = np.unique(np.linspace(0, last, min(MOST_POINTS, last + 1)).astype(int))
    at = at[at < len(scenarios[0].hitting.within)]
    top = nice_top(max(float(s.hitting.within[-1]) for s in scenarios))
    frame = Frame(lambda tick: tick / last, lambda p: p / top)
    marks = frame.axes(
        [(tick, f"{tick:,.0f}") for tick in np.linspace(0, last, 5).round()],
        percents(top),
        "ticks",
        "danger before the goal, by then",
    )
    marks.append('<g role="list">')
    for k, one in enumerate(scenarios):
        label = f"{title_of(one)}: {percent(float(one.hitting.within[-1]))} by tick {last:,}"
        values = one.hitting.within[at].tolist()
        marks += frame.line(f"{name}-{k}", k, label, at.tolist(), values)
    marks += ["</g>", *legend([title_of(s) for s in scenarios])]
    told = "; ".join(
        f"{title_of(s)}: {percent(float(s.hitting.within[-1]))} by tick {last:,}" for s in scenarios
    )
    return svg(name, f"{case.title}: danger over time", f"{told}.", marks)


def rates_svg(case: Case, scenarios: Sequence[Scenario], *, name: str = "risk-missteps") -> str:
    """Return the probability of danger over the misstep rate of everybody, on a log scale."""
    rates = scenarios[0].rates
    if len(rates) < 2:
        told = "The curve was not worked out for a chain of this size."
        return svg(name, f"{case.title}: danger over missteps", told, [text(20, 40, told)])
    low, high = math.log10(rates[0]), math.log10(rates[-1])
    frame = Frame(lambda rate: (math.log10(rate) - low) / (high - low), lambda p: p / top)
    top = nice_top(max(float(s.over_rates.max()) for s in scenarios))
    decades = [10.0**k for k in range(math.ceil(low - 1e-9), math.floor(high + 1e-9) + 1)]
    marks = frame.axes(
        [(rate, f"{rate:g}") for rate in [*decades, float(rates[-1])]],
        percents(top),
        "misstep rate of everybody, log scale",
        "danger before the goal",
    )
    marks.append('<g role="list">')
    for k, one in enumerate(scenarios):
        first, last = (percent(float(one.over_rates[i])) for i in (0, -1))
        label = f"{title_of(one)}: {first} at a rate of {rates[0]:g}, {last} at {rates[-1]:g}"
        marks += frame.line(f"{name}-{k}", k, label, rates.tolist(), one.over_rates.tolist())
    marks += ["</g>", *legend([title_of(s) for s in scenarios])]
    told = f"The probability of danger before the goal as misstep rates go from {rates[0]:g} to "
    return svg(name, f"{case.title}: danger over missteps", f"{told}{rates[-1]:g}.", marks)


def shares_svg(case: Case, scenarios: Sequence[Scenario], *, name: str = "risk-shares") -> str:
    """Return each party's share as bars to both sides, the longest first."""
    known = [abs(x) for s in scenarios for x in s.hitting.share if x is not None]
    largest = max(known, default=0.0) or 1.0
    base = scenarios[0].hitting.share
    order = sorted(range(len(base)), key=lambda p: (-abs(base[p] or 0.0), p))
    middle, half = (NAMES + WIDTH) / 2, (WIDTH - NAMES) / 2 - 70
    marks = [text(middle, 16, "points of danger for one point more missteps", anchor="middle")]
    marks.append('<g role="list">')
    y = TOP + 8
    for party in order:
        label = case.parties[party].label
        marks.append(text(NAMES - 10, y + BAR * 0.7, shortened(label, 26), anchor="end"))
        for k, one in enumerate(scenarios):
            share = one.hitting.share[party]
            told = f"{label}, {title_of(one)}: {points(share)}"
            marks += _bar(f"{name}-{party}-{k}", told, (middle, y), share, half / largest, k)
            y += BAR
        y += 10
    marks.append("</g>")
    marks.append(f'<path class="axis" d="M{middle:.1f} {TOP}V{y}"/>')
    if len(scenarios) > 1:
        for k, one in enumerate(scenarios):
            y += 18
            marks.append(
                f'<rect class="f{k % 5}" x="{LEFT}" y="{y - 10}" width="12" height="10"/>'
                + text(LEFT + 18, y, shortened(title_of(one), 70))
            )
    described = "; ".join(f"{case.parties[p].label}: {points(base[p])}" for p in order)
    title = f"{case.title}: whose missteps matter"
    return svg(name, title, f"{described}.", marks, height=int(y + BOTTOM / 2))


def _bar(
    name: str,
    told: str,
    corner: tuple[float, float],
    share: float | None,
    scale: float,
    k: int,
) -> list[str]:
    middle, y = corner
    width = abs(share or 0.0) * scale
    left = middle if (share or 0.0) >= 0 else middle - width
    end = (
        text(left + width + 5, y + BAR * 0.7, points(share), soft=True)
        if (share or 0.0) >= 0
        else text(left - 5, y + BAR * 0.7, points(share), anchor="end", soft=True)
    )
    return [
        f'<g id="{name}" role="listitem"><title>{escape(told)}</title>',
        f'<rect class="f{k % 5}" x="{left:.1f}" y="{y + 3}" width="{width:.1f}" '
        f'height="{BAR - 6}"/>{end}</g>',
    ]
