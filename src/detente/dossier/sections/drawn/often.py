"""What holds how often when a case is uncertain, and how the probability of danger spreads."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from detente.case.model import Case
from detente.dossier.drawings import glyphs
from detente.dossier.page.blocks import Plate, Row, Spot
from detente.dossier.say import percent
from detente.dossier.tables.sweep import SHOWN, held, parts
from detente.english.speech import sentence
from detente.risk.sweep import Task
from detente.risk.tally import Share, Tally

BINS = 20


def often(case: Case, task: Task, found: Tally) -> Plate:
    """Return the shares with their intervals of 95 %, and danger as a heap."""
    rows: list[Row] = []
    for heading, shares in parts(case, found):
        rows.append(Row((Spot((heading,)),), "group"))
        rows += [_row(label, share) for label, share in shares[:SHOWN]]
        if len(shares) > SHOWN:
            rows.append(Row((Spot((f"and {len(shares) - SHOWN:,} more",)),), "line"))
    rows += _danger(found)
    return Plate(
        "sweep",
        (f"What holds how often in {found.cases:,} cases drawn with seed {task.seed}.",),
        "Bars go from none of the cases at the left to all of them at the right. The line over a "
        "bar has the true share within it in 95 of 100 such draws.",
        (1.6, 1.4, 0.9),
        tuple(rows),
    )


def _row(label: str, share: Share) -> Row:
    glyph = glyphs.interval(share.share, *share.interval)
    told, within = held(share).removesuffix(")").split(" (")
    return Row((Spot((sentence(label),)), Spot(glyph=glyph), Spot((told,), ((within,),))))


def _danger(found: Tally) -> Iterator[Row]:
    if not found.dangers:
        return
    counts, _ = np.histogram(found.dangers, BINS, (0.0, 1.0))
    least, most = (percent(float(edge(found.dangers))) for edge in (min, max))
    yield Row((Spot(("The probability of danger before the goal",)),), "group")
    words = "how many cases have it, from 0 % at the left to 100 % at the right"
    drawn = Spot(glyph=glyphs.heap(counts.tolist(), ""))
    yield Row((Spot((words,)), drawn, Spot((f"{least} to {most}",))))
