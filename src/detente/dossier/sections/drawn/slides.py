"""How likely a slide by mistake is, drawn: one plain scale from 0, the guess as a bar."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from detente.dossier.answers import RiskFound
from detente.dossier.drawings import glyphs
from detente.dossier.page.blocks import Inline, Plate, Row, Spot
from detente.dossier.say import chance, in_words
from detente.dossier.sections import phrases
from detente.dossier.sections.context import Context, number, pointer
from detente.english.speech import sentence
from detente.risk.hitting import WIDER
from detente.risk.scenario import Scenario

TOPS = {0.01: "one in a hundred", 0.05: "five in a hundred", 0.2: "one in five", 1.0: "all"}
"""Ends of the scale that are tried, the least that holds every figure, in words."""


def danger(context: Context, found: RiskFound) -> Iterator[Plate]:
    """Yield how likely danger is as things are and with something else; nothing for no danger."""
    scenarios = [s for s in found.scenarios if not s.in_danger and not s.at_goal]
    if not scenarios or all(not s.hitting.p_danger for s in scenarios):
        return
    most = max(max(_range(found, s)[1], s.hitting.p_danger) for s in scenarios)
    top = next(t for t in TOPS if most <= t)
    marks = [limit for limit in (0.05, 0.2, 0.45, 0.8) if limit < top and top > 0.05]
    before = "" if found.settings.goal is None else " before the goal"
    scale = f"none at the left, {TOPS[top]} at the right"
    rows = [Row((Spot(), Spot((scale,)), Spot()), "head")]
    for k, one in enumerate(found.scenarios):
        if one in scenarios:
            rows.append(_row(context, found, k, one, top, marks))
    guess = _guess(found)
    yield Plate(
        "danger",
        (f"How many of a hundred such histories end in danger by mistake{before}.",),
        f"The dot is how many of a hundred such histories come to it{before}.{guess} The scale is "
        f"plain{', and its lines part the words of likelihood' if marks else ''}.",
        (1.3, 1.6, 1.1),
        tuple(rows),
    )


def _guess(found: RiskFound) -> str:
    if _spread(found) is None:
        return ""
    return (
        " The bar is the same if all erred about three times less, or more, often than is assumed, "
        "which is a guess."
    )


def _spread(found: RiskFound) -> tuple[int, int] | None:
    """Return which rates of the curve lie nearest a third and three times what is assumed."""
    rates, misstep = found.scenarios[0].rates, found.settings.misstep
    if len(rates) < 3 or not misstep.min() == misstep.max() > 0:
        return None
    logs = np.log(rates)
    at = [int(np.argmin(abs(logs - math.log(float(misstep[0]) * f)))) for f in (1 / WIDER, WIDER)]
    return (at[0], at[1]) if at[0] < at[1] else None


def _range(found: RiskFound, one: Scenario) -> tuple[float, float]:
    at = _spread(found)
    p = one.hitting.p_danger
    if at is None or len(one.over_rates) <= at[1]:
        return p, p
    ends = sorted(float(one.over_rates[k]) for k in at)
    return min(ends[0], p), max(ends[1], p)


def _row(
    context: Context, found: RiskFound, k: int, one: Scenario, top: float, marks: list[float]
) -> Row:
    p = one.hitting.p_danger
    low, high = _range(found, one)
    at = "/risk" if not k else pointer("risk", "what_if", one.what_if)
    drawn = glyphs.scale(p, low, high, top, chance(p), marks)
    figure = number(p, f"{at}/p_danger_before_goal", chance(p))
    spread = _spread(found)
    wide: tuple[Inline, ...] = ()
    if low < high and spread is not None:
        ends = sorted((float(one.over_rates[j]), f"{at}/p_danger_by_misstep/{j}/1") for j in spread)
        shown = [number(value, place, chance(value)) for value, place in ends]
        if shown[0].text != shown[1].text:
            wide = (("from ", shown[0], " to ", shown[1]),)
    words = sentence(in_words(p))
    title = Spot(phrases.supposed(context, one), look="strong")
    return Row((title, Spot(glyph=drawn), Spot((words, ", ", figure), wide)))
