"""The reports as the page shows them: whose claim which words are, and what rests on them.

Every character on the page knows where it stands in its report. Sentences that may hold a position,
and became no claim, are marked too, so that nobody has to read for what the rules did not see.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from detente.dossier.drawings import theme
from detente.dossier.page.html import safe
from detente.dossier.say import HEADINGS
from detente.drafting.joining import Cited
from detente.reading import judged
from detente.reading.paragraphs import Span, paragraphs
from detente.reading.report import Report
from detente.workbench.pieces import render, way_of
from detente.workbench.session import Session

_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")

UNSAID = "may hold a position; no claim rests on it"
"""What is told of a sentence that is worth reading, and of which nobody made a claim."""


def pieces(session: Session, cited: Cited) -> Iterator[tuple[str, str]]:
    """Yield the pieces of the left pane, id and HTML: the list, then each report."""
    evidence = session.evidence
    copies = {r.report: r.duplicate_of for r in evidence.records if r.duplicate_of}
    count: dict[str, int] = {}
    for claim in evidence.claims:
        count[claim.report] = count.get(claim.report, 0) + 1
    yield (
        "r-list",
        render(
            "reports.html.j2",
            reports=evidence.reports,
            copies=copies,
            count=count,
            notes=evidence.notes,
            unread=session.unread,
            built_in=session.entry.built_in,
        ),
    )
    if not evidence.reports:
        return
    marks = _marks(session, cited)
    for report in evidence.reports:
        shown = list(_paragraphs(report, marks.get(report.id, ())))
        copy = copies.get(report.id, "")
        yield (
            f"r-{report.id}",
            render("report.html.j2", report=report, copy=copy, paragraphs=shown),
        )


@dataclass(frozen=True, slots=True)
class _Mark:
    """Characters of a report that something rests on, or could."""

    start: int
    end: int
    claim: str = ""
    line: str = ""
    look: str = ""
    said: str = ""
    worth: bool = False


def _marks(session: Session, cited: Cited) -> dict[str, list[_Mark]]:
    found: dict[str, list[_Mark]] = {}
    evidence = session.evidence
    done = judged.reviewed(session.claims)
    named = session.last.parties if session.last is not None else ()
    order, label = [p.name for p in named], {p.name: p.label for p in named}
    for claim in evidence.claims:
        known = claim.party in order
        look = theme.hue(order.index(claim.party)) if known and claim.party else "nobody"
        look += "" if claim.id in done else " todo"
        whose = label.get(claim.party or "", claim.party or "not known")
        said = f"{HEADINGS[claim.kind]} · {whose}"
        for span in claim.content:
            mark = _Mark(span.start, span.end, claim.id, "", look, said)
            found.setdefault(claim.report, []).append(mark)
    for path, where in cited.items():
        for place in where:
            mark = _Mark(place.start, place.end, "", way_of(path))
            found.setdefault(place.report, []).append(mark)
    for report, spans in session.worth.items():
        taken = found.get(report, [])
        free = [span for span in spans if not _meets(span, taken)]
        found.setdefault(report, []).extend(_Mark(s.start, s.end, worth=True) for s in free)
    return found


def _meets(span: Span, marks: Sequence[_Mark]) -> bool:
    return any(mark.start < span.end and span.start < mark.end for mark in marks)


def _paragraphs(report: Report, marks: Sequence[_Mark]) -> Iterator[Markup]:
    for span in paragraphs(report.text):
        start, end = max(span.start, report.body), span.end
        if start >= end:
            continue
        here = [m for m in marks if m.start < end and m.end > start]
        cuts = {start, end}
        cuts |= {min(max(at, start), end) for m in here for at in (m.start, m.end)}
        edges = sorted(cuts)
        yield Markup("").join(
            _piece(report.text, a, b, [m for m in here if m.start <= a and m.end >= b])
            for a, b in itertools.pairwise(edges)
        )


def _piece(text: str, start: int, end: int, marks: Sequence[_Mark]) -> Markup:
    """Return some characters, each run of which knows where it stands in the report."""
    runs = Markup("").join(_runs(text, start, end))
    if not marks:
        return runs
    if all(m.worth for m in marks):
        return Markup('<mark class="worth" title="{}">{}</mark>').format(UNSAID, runs)
    claims = " ".join(dict.fromkeys(m.claim for m in marks if m.claim))
    ways = " ".join(dict.fromkeys(m.line for m in marks if m.line))
    looks = next((m.look for m in marks if m.look), "")
    said = next((m.said for m in marks if m.said and m.start == start), "")
    return Markup('<mark class="{}"{}{}{}>{}</mark>').format(
        f"cl {looks}" if claims else "cited",
        Markup(' data-claims="{}"').format(claims) if claims else "",
        Markup(' data-lines="{}"').format(ways) if ways else "",
        Markup(' data-said="{}"').format(safe(said)) if said else "",
        runs,
    )


def _runs(text: str, start: int, end: int) -> Iterator[Markup]:
    """Yield text in runs whose characters are those of the report, one by one."""
    at = start
    for odd in _UNSEEN.finditer(text, start, end):
        if odd.start() > at:
            yield Markup('<span data-at="{}">{}</span>').format(at, escape(text[at : odd.start()]))
        code = f"\\u{ord(odd.group()):04x}"
        yield Markup('<span class="odd" data-odd="{}">{}</span>').format(odd.start(), code)
        at = odd.end()
    if at < end:
        yield Markup('<span data-at="{}">{}</span>').format(at, safe(text[at:end]))
