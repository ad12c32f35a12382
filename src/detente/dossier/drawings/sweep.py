"""What holds how often when a case is uncertain, drawn as bars with their intervals."""

from __future__ import annotations

from html import escape

import numpy as np

from detente.case.model import Case
from detente.dossier.drawings.chart import WIDTH, shortened, svg, text
from detente.dossier.tables.sweep import SHOWN, held, parts
from detente.dossier.text.risk import percent
from detente.risk.sweep import Task
from detente.risk.tally import Share, Tally

NAMES = 330
BAR = 20
BINS = 20


def sweep_svg(case: Case, task: Task, found: Tally, *, name: str = "sweep") -> str:
    """Return the shares as bars with intervals of 95 %, and danger as a histogram."""
    marks, y = [], 20.0
    for g, (title, shares) in enumerate(parts(case, found)):
        marks.append(text(10, y, shortened(title, 90)))
        y += 8
        marks.append('<g role="list">')
        for k, (label, share) in enumerate(shares[:SHOWN]):
            marks += _bar(f"{name}-{g}-{k}", label, share, y)
            y += BAR
        marks.append("</g>")
        if len(shares) > SHOWN:
            y += 12
            marks.append(text(NAMES - 8, y, f"and {len(shares) - SHOWN:,} more", anchor="end"))
        y += 24
    if found.dangers:
        drawn, y = _histogram(f"{name}-danger", found, y)
        marks += drawn
    told = f"{found.cases:,} cases drawn with seed {task.seed}"
    return svg(name, f"{case.title}: what holds how often", told, marks, height=int(y + 10))


def _bar(name: str, label: str, share: Share, y: float) -> list[str]:
    room = WIDTH - NAMES - 60
    low, high = (NAMES + p * room for p in share.interval)
    width, middle = share.share * room, y + BAR / 2
    told = escape(f"{label}: {held(share)}")
    return [
        f'<g id="{name}" role="listitem"><title>{told}</title>',
        text(NAMES - 8, middle + 4, shortened(label, 46), anchor="end"),
        f'<rect class="f0" x="{NAMES}" y="{y + 4:.1f}" width="{width:.1f}" height="{BAR - 8}"/>',
        f'<path class="axis" stroke-width="2" d="M{low:.1f} {middle:.1f}H{high:.1f}"/>',
        text(NAMES + room + 8, middle + 4, f"{share.share:.1%}", soft=True),
        "</g>",
    ]


def _histogram(name: str, found: Tally, y: float) -> tuple[list[str], float]:
    """Return how often the probability of danger lies where."""
    counts, edges = np.histogram(found.dangers, BINS, (0.0, 1.0))
    marks = [text(10, y, "The probability of danger before the goal")]
    bottom, height, room = y + 100, 84, WIDTH - 40
    marks.append('<g role="list">')
    for k, count in enumerate(counts.tolist()):
        tall = height * count / max(counts.max(), 1)
        x = 20 + room * k / BINS
        told = f"{percent(edges[k])} to {percent(edges[k + 1])}: {count:,} cases"
        marks.append(
            f'<g id="{name}-{k}" role="listitem"><title>{escape(told)}</title>'
            f'<rect class="f1" x="{x + 1:.1f}" y="{bottom - tall:.1f}" '
            f'width="{room / BINS - 2:.1f}" height="{tall:.1f}"/></g>'
        )
    marks += ["</g>", f'<path class="axis" d="M20 {bottom:.1f}H{20 + room}"/>']
    for k in range(0, BINS + 1, 5):
        x = 20 + room * k / BINS
        marks.append(text(x, bottom + 16, f"{k / BINS:.0%}", anchor="middle", soft=True))
    return marks, bottom + 24
