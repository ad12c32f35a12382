"""A path drawn as a staircase: one lane a party, its level before and after every step."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from fractions import Fraction
from html import escape

from detente.dossier.formula_words import FormulaWords
from detente.dossier.text.path import change_of, percent_of
from detente.dossier.words import Words, listing
from detente.wayout.choreography import Path as Steps
from detente.wayout.results import Path
from detente.wayout.steps import PathStep

LABEL = 176
"""Width of the parties' names, in pixels, as all lengths here."""
COLUMN = 96
LANE = 84
TREAD = 48
"""Height between a party's worst and its best state."""
TOP = 64
FOOT = 58

STYLE = """
.path-picture { --ink: #1b1f24; --faint: #c9d1d9; --stair: #0b6e75; --joint: #dfeff0;
  --risk: #b3261e; --paper: #ffffff; font-family: system-ui, sans-serif; }
@media (prefers-color-scheme: dark) { .path-picture { --ink: #e6edf3; --faint: #444c56;
  --stair: #5cc8cf; --joint: #16393c; --risk: #ff8a80; --paper: #14181d; } }
.path-picture .paper { fill: var(--paper); }
.path-picture text { fill: var(--ink); font-size: 13px; }
.path-picture .small { font-size: 11px; }
.path-picture .name { font-weight: 600; }
.path-picture .bound { stroke: var(--faint); stroke-width: 1; }
.path-picture .stair { stroke: var(--stair); stroke-width: 2.5; fill: none; }
.path-picture .today { stroke: var(--ink); stroke-width: 1; stroke-dasharray: 2 4; opacity: .6; }
.path-picture .mover { fill: var(--stair); }
.path-picture .yields { fill: var(--risk); }
.path-picture .risk { stroke: var(--risk); stroke-width: 2; stroke-dasharray: 4 3; }
.path-picture .together { fill: var(--joint); }
.path-picture .warn { fill: var(--risk); }
"""


def path_drawing(result: Path, number: int = 0, *, prefix: str = "path") -> str:
    """Return an SVG picture of one path.

    Parameters
    ----------
    number : int
        Which of the paths, from 0.
    prefix : str
        What the ids in the picture begin with; two pictures on one page need two.
    """
    words = Words(result.case)
    paths = result.found.paths
    steps = paths[number].steps if number < len(paths) else ()
    parties = range(len(result.case.parties))
    width = LABEL + COLUMN * (len(steps) + 1) + 24
    height = TOP + LANE * len(result.case.parties) + FOOT
    goal = FormulaWords(result.case).name(result.target)
    title = f"The way to {goal}" if paths else f"No path leads to {goal}"
    body = [
        *_columns(words, result, steps, prefix),
        *(line for p in parties for line in _lane(words, result, steps, p, prefix)),
        *_legend(height),
    ]
    ids = f'aria-labelledby="{prefix}-title {prefix}-desc"'
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" id="{prefix}" class="path-picture" '
            f'role="group" {ids} {size}>',
            f'<title id="{prefix}-title">{escape(title)}</title>',
            f'<desc id="{prefix}-desc">{escape(_description(words, result, steps))}</desc>',
            f"<style>{STYLE}</style>",
            f'<rect class="paper" width="{width}" height="{height}"/>',
            f'<text x="12" y="24" class="name">{escape(_clipped(title, width))}</text>',
            *body,
            "</svg>",
        ]
    )


def _columns(words: Words, result: Path, steps: tuple[PathStep, ...], prefix: str) -> Iterator[str]:
    """Yield a heading for each step, and a band where it is taken together."""
    yield f'<text class="small" x="{_x(0) + 4}" y="{TOP - 10}">today</text>'
    for k, step in enumerate(steps, start=1):
        x = _x(k)
        told = f"Step {k}: {listing([change_of(result, words, step, m) for m in step.movers])}"
        yield f'<g role="img" id="{prefix}-step-{k}" aria-label="{escape(told, quote=True)}">'
        yield f"<title>{escape(told)}</title>"
        if len(step.movers) > 1:
            top, tall = TOP + LANE * step.movers[0], LANE * (step.movers[-1] - step.movers[0] + 1)
            box = f'x="{x - 9}" y="{top}" width="18" height="{tall}" rx="9"'
            yield f'<rect class="together" {box}/>'
        kind = " together" if len(step.movers) > 1 else ""
        yield f'<text class="small" x="{x}" y="{TOP - 10}" text-anchor="middle">{k}{kind}</text>'
        yield "</g>"


def _lane(
    words: Words, result: Path, steps: tuple[PathStep, ...], party: int, prefix: str
) -> Iterator[str]:
    """Yield one party's staircase, with what it risks wherever it moves."""
    top = TOP + LANE * party + (LANE - TREAD) // 2
    levels = [_level(result, party, s) for s in _states(result, steps)]
    name = words.party(party)
    story = f"{name}: level {', then '.join(percent_of(x) for x in levels)}"
    right = _x(len(steps)) + COLUMN
    yield f'<g role="img" id="{prefix}-party-{party}" aria-label="{escape(story, quote=True)}">'
    yield f"<title>{escape(story)}</title>"
    lines = _wrapped(name)
    first = top + TREAD // 2 + 4 - 8 * (len(lines) - 1)
    for k, line in enumerate(lines):
        yield f'<text class="name" x="12" y="{first + 16 * k}">{escape(line)}</text>'
    for y, told in ((top, "best"), (top + TREAD, "worst")):
        yield f'<line class="bound" x1="{LABEL}" x2="{right}" y1="{y}" y2="{y}"/>'
        yield f'<text class="small" x="{LABEL - 6}" y="{y + 4}" text-anchor="end">{told}</text>'
    today = _y(top, levels[0])
    yield f'<line class="today" x1="{LABEL}" x2="{right}" y1="{today}" y2="{today}"/>'
    points = [f"M {LABEL} {today}"]
    for k, level in enumerate(levels[1:], start=1):
        points.append(f"H {_x(k)} V {_y(top, level)}")
    yield f'<path class="stair" d="{" ".join(points)} H {right}"/>'
    for k, step in enumerate(steps, start=1):
        if party in step.movers:
            yield from _mark(step, party, k, top, levels)
    yield "</g>"


def _mark(
    step: PathStep, party: int, number: int, top: int, levels: list[Fraction]
) -> Iterator[str]:
    """Yield the mark of a mover: round, or pointing down where it yields; and its risk."""
    x, y = _x(number), _y(top, levels[number])
    exposure = step.exposure[step.movers.index(party)]
    if exposure:
        low = _y(top, levels[0] - exposure)
        yield f'<line class="risk" x1="{x}" x2="{x}" y1="{y}" y2="{low}"/>'
        text = f"−{percent_of(exposure)}"
        yield f'<text class="small warn" x="{x + 7}" y="{low + 11}">{text}</text>'
    if party in step.yields:
        yield f'<path class="yields" d="M {x - 7} {y - 6} H {x + 7} L {x} {y + 7} Z"/>'
    else:
        yield f'<circle class="mover" cx="{x}" cy="{y}" r="6"/>'


def _legend(height: int) -> Iterator[str]:
    y = height - 30
    yield '<g role="img" aria-label="Key to the marks">'
    yield f'<circle class="mover" cx="18" cy="{y}" r="6"/>'
    yield f'<text class="small" x="30" y="{y + 4}">moves</text>'
    yield f'<path class="yields" d="M 77 {y - 6} H 91 L 84 {y + 7} Z"/>'
    yield f'<text class="small" x="97" y="{y + 4}">moves and yields</text>'
    low = y + 22
    yield f'<line class="risk" x1="12" x2="24" y1="{low}" y2="{low}"/>'
    risk = "what it risks against today (the dotted line)"
    yield f'<text class="small" x="30" y="{low + 4}">{risk}</text>'
    yield "</g>"


def _description(words: Words, result: Path, steps: tuple[PathStep, ...]) -> str:
    if not steps:
        return "There are no steps to show."
    told = [
        f"{k}. {listing([change_of(result, words, step, m) for m in step.movers])}."
        for k, step in enumerate(steps, start=1)
    ]
    worst = percent_of(Steps(steps).exposure)
    return f"{' '.join(told)} The most that a mover risks is {worst} of its scale."


def _states(result: Path, steps: tuple[PathStep, ...]) -> list[int]:
    return [result.found.start, *(step.target for step in steps)]


def _level(result: Path, party: int, state: int) -> Fraction:
    ranks = result.graph.ranks[party]
    top = int(ranks[result.graph.feasible].max())
    return Fraction(int(ranks.flat[state]), top) if top else Fraction(1)


def _x(step: int) -> int:
    return LABEL + COLUMN * step


def _y(top: int, level: Fraction) -> int:
    return top + round(TREAD * (1 - max(Fraction(0), level)))


def _wrapped(name: str, width: int = 16, lines: int = 3) -> list[str]:
    """Return a name on a few short lines; what is too long ends in an ellipsis."""
    return textwrap.wrap(name, width, max_lines=lines, placeholder=" …") or [name[:width]]


def _clipped(text: str, width: int) -> str:
    most = max(20, width // 8)
    return text if len(text) <= most else f"{text[: most - 1]}…"
