"""What holds how often when a case is uncertain, drawn as bars with their intervals."""

from __future__ import annotations

import numpy as np

from detente.case.model import Case
from detente.dossier.drawings.chart import sheet, wide_enough
from detente.dossier.drawings.lettering import LINE, wrap
from detente.dossier.drawings.marks import TURN, WIDE, letters, lines_of, tag, title
from detente.dossier.say import percent
from detente.dossier.tables.sweep import SHOWN, held, parts
from detente.risk.sweep import Task
from detente.risk.tally import Share, Tally

BAR = 20.0
BINS = 20
MARGIN = 10.0
FIGURE = 56.0
"""Room for a percentage beside a bar."""


def sweep_svg(
    case: Case,
    task: Task,
    found: Tally,
    *,
    name: str = "sweep",
    width: float = WIDE,
    styled: bool = True,
) -> str:
    """Return the shares as bars with intervals of 95 %, and danger as a histogram."""
    width = wide_enough(width)
    marks, y = [], 12.0
    for g, (heading, shares) in enumerate(parts(case, found)):
        head = wrap(heading, width - 2 * MARGIN, lines=3, bold=True)
        marks += lines_of(MARGIN, y + 10, head, kind="name")
        y += LINE * len(head) + 4
        bars = []
        for k, (label, share) in enumerate(shares[:SHOWN]):
            drawn, y = _bar(f"{name}-{g}-{k}", label, share, y, width)
            bars.append(drawn)
        marks.append(tag("g", "".join(bars), role="list"))
        if len(shares) > SHOWN:
            more = f"and {len(shares) - SHOWN:,} more"
            marks.append(letters(MARGIN, y + 12, more, kind="soft"))
            y += 16
        y += 16
    if found.dangers:
        drawn, y = _histogram(f"{name}-danger", found, y, width)
        marks.append(drawn)
    told = f"{found.cases:,} cases drawn with seed {task.seed}"
    heading = f"{case.title}: what holds how often"
    return sheet(name, heading, told, marks, width=width, height=y + 10, styled=styled)


def _bar(name: str, label: str, share: Share, y: float, width: float) -> tuple[str, float]:
    """Return one share with its label, beside it or above, and how far down it reaches."""
    aside = width >= TURN
    names = width * 0.46 if aside else 0.0
    lines = wrap(label, (names or width - MARGIN) - MARGIN - 8, lines=3)
    left = MARGIN + names
    room = width - left - FIGURE - MARGIN
    text = lines_of(MARGIN, y + 14, lines)
    if not aside:
        y += LINE * len(lines) + 1
    low, high = (left + p * room for p in share.interval)
    middle = y + BAR / 2
    full = tag("rect", class_="tone", x=left, y=y + 4, width=share.share * room, height=BAR - 8)
    span = tag("path", class_="wire strong", d=f"M{low:.1f} {middle:.1f}H{high:.1f}")
    ends = f"M{low:.1f} {middle - 4:.1f}v8M{high:.1f} {middle - 4:.1f}v8"
    figure = letters(width - MARGIN, middle + 4, f"{share.share:.1%}", anchor="end", kind="small")
    drawn = [title(f"{label}: {held(share)}"), *text, full, span]
    drawn += [tag("path", class_="wire", d=ends), figure]
    bottom = y + max(BAR, LINE * len(lines) + 3 if aside else BAR)
    return tag("g", "".join(drawn), id=name, role="listitem"), bottom + 2


def _histogram(name: str, found: Tally, y: float, width: float) -> tuple[str, float]:
    """Return how often the probability of danger lies where."""
    counts, edges = np.histogram(found.dangers, BINS, (0.0, 1.0))
    head = "The probability of danger before the goal"
    lines = wrap(head, width - 2 * MARGIN, bold=True)
    marks = lines_of(MARGIN, y + 10, lines, kind="name")
    y += LINE * (len(lines) - 1)
    bottom, height, room = y + 110, 84.0, width - 4 * MARGIN
    left = 2 * MARGIN
    for k, count in enumerate(counts.tolist()):
        tall = height * count / max(counts.max(), 1)
        told = f"{percent(edges[k])} to {percent(edges[k + 1])}: {count:,} cases"
        bar = tag(
            "rect",
            class_="tone",
            x=left + room * k / BINS + 1,
            y=bottom - tall,
            width=room / BINS - 2,
            height=tall,
        )
        marks.append(tag("g", title(told) + bar, id=f"{name}-{k}", role="listitem"))
    marks.append(tag("path", class_="axis", d=f"M{left} {bottom:.1f}H{left + room:.1f}"))
    for k in range(0, BINS + 1, 5):
        x = left + room * k / BINS
        words = f"{k / BINS:.0%}"
        marks.append(letters(x, bottom + 16, words, anchor="middle", kind="small soft"))
    return tag("g", "".join(marks), role="list"), bottom + 24
