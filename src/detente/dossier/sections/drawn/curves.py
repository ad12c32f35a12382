"""A slide by mistake over time and over rates of missteps, and whose missteps matter."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from detente.dossier.answers import RiskFound
from detente.dossier.drawings import glyphs, theme
from detente.dossier.page.blocks import Inline, Plate, Row, Spot
from detente.dossier.say import moves_told, percent, points
from detente.dossier.sections import phrases
from detente.dossier.sections.context import Context
from detente.dossier.sections.drawn.common import signed
from detente.risk.scenario import Scenario

MOST_POINTS = 200
"""Points of one line; more could not be told apart."""

COLUMNS = (1.3, 1.8, 0.9)

LEAST = 0.005
"""A share that a bar can show."""


def over_time(context: Context, found: RiskFound) -> Iterator[Plate]:
    """Yield how the probability of danger grows with the ticks, a curve for each scenario."""
    base = found.scenarios[0].hitting.within
    last = len(base) - 1
    if last < 1:
        return
    at = np.unique(np.linspace(0, last, min(MOST_POINTS, last + 1)).astype(int))
    top = _top(max(float(s.hitting.within[-1]) for s in found.scenarios))
    end = f"tick {last:,}"

    def row(one: Scenario) -> tuple[list[tuple[float, float]], str]:
        within = one.hitting.within
        drawn = [(k / last, float(within[k]) / top) for k in at.tolist()]
        return drawn, f"{percent(float(within[-1]))} by {end}"

    yield Plate(
        "ticks",
        (f"Danger before the goal comes to {row(found.scenarios[0])[1]} as things are.",),
        f"Each curve rises from none now at the left to what it is by {end} at the right. The line "
        f"above it is {percent(top)} in every row.",
        COLUMNS,
        _rows(context, found, row, f"from now to {end}, the line above at {percent(top)}"),
    )


def over_rates(context: Context, found: RiskFound) -> Iterator[Plate]:
    """Yield how danger grows with the rate of everybody's missteps; nothing without a curve."""
    rates = found.scenarios[0].rates
    if len(rates) < 2:
        return
    low, high = math.log10(rates[0]), math.log10(rates[-1])
    top = _top(max(float(s.over_rates.max()) for s in found.scenarios))
    first, last = (f"{float(rates[k]):g}" for k in (0, -1))

    def row(one: Scenario) -> tuple[list[tuple[float, float]], str]:
        pairs = zip(rates.tolist(), one.over_rates.tolist(), strict=True)
        drawn = [((math.log10(rate) - low) / (high - low), p / top) for rate, p in pairs]
        return drawn, f"from {percent(one.over_rates[0])} to {percent(one.over_rates[-1])}"

    _, told = row(found.scenarios[0])
    scale = f"rates from {first} to {last}, the line above at {percent(top)}"
    yield Plate(
        "missteps",
        (f"Danger before the goal goes {told} as everybody errs more often.",),
        f"At the left everybody errs at a rate of {first}, at the right at {last}; every step to "
        f"the right makes it as many times more often. The line above is {percent(top)} in every "
        "row.",
        COLUMNS,
        _rows(context, found, row, scale),
    )


def shares(context: Context, found: RiskFound) -> Iterator[Plate]:
    """Yield how much each party's missteps matter, those that matter most first."""
    base = found.scenarios[0].hitting.share
    order = sorted(range(len(base)), key=lambda p: (-abs(base[p] or 0.0), p))
    longest = {p: max(abs(s.hitting.share[p] or 0.0) for s in found.scenarios) for p in order}
    matter = [p for p in order if longest[p] >= LEAST]
    hardly = [p for p in order if longest[p] < LEAST]
    if not matter:
        return
    rows = [Row((Spot(), Spot(("less danger at the left, more at the right",)), Spot()), "head")]
    several = len(found.scenarios) > 1
    for party in matter:
        for k, one in enumerate(found.scenarios):
            share = one.hitting.share[party]
            name: Inline = signed(context, party) if not k else ()
            under = (phrases.supposed(context, one),) if several else ()
            part = (share or 0.0) / max(longest.values())
            glyph = glyphs.to_a_side(part, theme.hue(party), full=not k)
            cells = (Spot(name, under, look="strong"), Spot(glyph=glyph), Spot((_rounded(share),)))
            rows.append(Row(cells))
    if hardly:
        told = ("The missteps of ", *phrases.parties(context, hardly), " hardly matter.")
        rows.append(Row((Spot(told),), "line"))
    of = moves_told(found.settings.misstep)
    if of == 100:
        more = "how many points danger grows, or shrinks, if a party errs one point more often."
    else:
        by_one = f"by one more misstep in {of:,} moves of a party."
        more = f"how many in {of:,} danger grows, or shrinks, {by_one}"
    yield Plate(
        "shares",
        ("The missteps of ", *phrases.parties(context, matter[:1]), " matter most."),
        f"The bars show by {more}" + (" Full bars are things as they are." if several else ""),
        COLUMNS,
        tuple(rows),
    )


def _rows(
    context: Context,
    found: RiskFound,
    row: Callable[[Scenario], tuple[Sequence[tuple[float, float]], str]],
    scale: str,
) -> tuple[Row, ...]:
    rows = [Row((Spot(), Spot((scale,)), Spot()), "head")]
    for one in found.scenarios:
        drawn, told = row(one)
        title = Spot(phrases.supposed(context, one), look="strong")
        rows.append(Row((title, Spot(glyph=glyphs.curve(drawn)), Spot((told,)))))
    return tuple(rows)


def _top(largest: float) -> float:
    """Return a round number a little above the largest value of a probability axis."""
    tops = (0.001, 0.002, 0.004, 0.01, 0.02, 0.04, 0.08, 0.2, 0.4, 0.6, 0.8)
    return next((top for top in tops if largest <= top), 1.0)


def _rounded(share: float | None) -> str:
    """Return a share as a bar shows it; what no bar can show is next to nothing."""
    return points(share) if not share or abs(share) >= LEAST else "≈ 0"
