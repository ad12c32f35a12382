"""A page as one self-contained HTML file: nothing is fetched, everything is escaped."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from detente.dossier.drawings import standing, theme
from detente.dossier.page.blocks import (
    Glyph,
    Inline,
    Mark,
    Passage,
    Plate,
    ReportText,
    Row,
    Section,
    Spot,
)
from detente.dossier.page.dossier import FIRM, JUDGED, Page
from detente.reading.paragraphs import paragraphs
from detente.version import __version__

HERE = Path(__file__).parent

_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def page_html(page: Page) -> str:
    """Return a page as HTML."""
    colour = _colours(page.parties)
    order = [name for name, _ in page.parties]
    template = _templates().get_template("page.html.j2")
    return template.render(
        **_tools(colour),
        page=page,
        version=__version__,
        css=Markup(theme.tokens() + theme.stylesheet() + (HERE / "page.css").read_text("utf-8")),
        script=Markup((HERE / "page.js").read_text("utf-8")),
        report=report_html,
        colour=colour,
        label=dict(page.parties),
        firm=FIRM,
        judged=JUDGED,
        standing=lambda panel: standing.svg(panel, order, colour, dict(page.parties)),
        shape=lambda k: standing.sign(k),
    )


def section_html(section: Section, parties: Sequence[tuple[str, str]]) -> Markup:
    """Return the blocks of one section as HTML, to stand in a page that has our style sheets.

    Parameters
    ----------
    section : Section
        Its heading is left to the page.
    parties : sequence of (str, str)
        Names and labels, in the case's order, which gives the colours.
    """
    template = _templates().get_template("section.html.j2")
    return Markup(template.render(**_tools(_colours(parties)), section=section))


def inline_html(text: Inline, parties: Sequence[tuple[str, str]]) -> Markup:
    """Return a run of text as HTML; see :func:`section_html`."""
    colour = _colours(parties)
    return Markup("").join(_piece(piece, colour) for piece in text)


def _colours(parties: Sequence[tuple[str, str]]) -> dict[str, str]:
    return {name: theme.hue(k) for k, (name, _) in enumerate(parties)}


def _tools(colour: dict[str, str]) -> dict[str, object]:
    """Return what every template needs to write blocks."""
    return {
        "inline": lambda text: Markup("").join(_piece(piece, colour) for piece in text),
        "text": safe,
        "glyph": glyph_svg,
        "side": _side,
        "kind": lambda block: type(block).__name__,
    }


def _side(plate: Plate, row: Row, cell: Spot) -> str:
    """Return whether a cell stands in a column of words or of geometry."""
    column = next(k for k, one in enumerate(row.cells) if one is cell)
    return "drawn" if column in plate.drawn else "words"


def glyph_svg(glyph: Glyph) -> Markup:
    """Return a glyph as SVG, as wide as its column lets it be."""
    told = safe(glyph.told)
    seen = (
        Markup('role="img" aria-label="{}"').format(told) if told else Markup('aria-hidden="true"')
    )
    return Markup(
        '<svg class="drawing glyph" viewBox="0 0 {w:g} {h:g}" style="width:{w:g}px" {seen}>'
        "{marks}</svg>"
    ).format(w=glyph.width, h=glyph.height, seen=seen, marks=Markup(glyph.marks))


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def safe(text: str) -> Markup:
    """Return text with its markup escaped, and marks that would act on the page shown as codes."""
    return escape(shown(text))


def shown(text: str) -> str:
    """Return text in which characters that are not seen stand as codes, such as U+202E."""
    return _UNSEEN.sub(lambda odd: f"\\u{ord(odd.group()):04x}", _whole(text))


def _whole(text: str) -> str:
    """Return text without halves of characters, which no file can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _piece(piece: str | Mark, colour: dict[str, str]) -> Markup:
    if isinstance(piece, str):
        return safe(piece)
    text = safe(piece.text)
    match piece.kind:
        case "party":
            return Markup('<span class="party {}" data-party="{}">{}</span>').format(
                colour.get(piece.ref, ""), piece.ref, text
            )
        case "number":
            return Markup('<data value="{}" data-from="{}">{}</data>').format(
                _value(piece.value), piece.ref, text
            )
        case "sign":
            return Markup('<span class="{}">{}</span> ').format(
                colour.get(piece.ref, ""), standing.sign(int(piece.value or 0))
            )
        case "cite":
            return Markup('<a class="cite" href="#{}">{}</a>').format(piece.ref, text)
        case "quote":
            return Markup("<q>{}</q>").format(text)
        case "code":
            return Markup("<code>{}</code>").format(text)
        case "strong":
            return Markup("<strong>{}</strong>").format(text)
        case _:
            return Markup('<span class="{}">{}</span>').format(piece.kind, text)


def _value(value: float | None) -> str:
    """Return a number so that it reads back as the same one."""
    if value is None:
        return ""
    return str(int(value)) if float(value).is_integer() else repr(float(value))


def report_html(report: ReportText) -> Markup:
    """Return a report's text as paragraphs, its passages marked; overlapping ones share parts.

    The paragraphs are those that citations count, so a line that only breaks is no end of one.
    """
    return Markup("\n").join(_paragraphs(report))


def _paragraphs(report: ReportText) -> Iterator[Markup]:
    begun: set[str] = set()
    for span in paragraphs(report.text):
        start, end = max(span.start, report.body), span.end
        if start >= end:
            continue
        here = [p for p in report.passages if p.start < end and p.end > start]
        cuts = sorted(
            {start, end, *(min(max(at, start), end) for p in here for at in (p.start, p.end))}
        )
        parts = [
            _part(report, a, b, [p for p in here if p.start <= a and p.end >= b], begun)
            for a, b in itertools.pairwise(cuts)
        ]
        yield Markup("<p>{}</p>").format(Markup("").join(parts))


def _part(
    report: ReportText, start: int, end: int, passages: list[Passage], begun: set[str]
) -> Markup:
    """Return some characters of a report, marked if a passage covers them."""
    text = safe(report.text[start:end])
    if not passages:
        return text
    new = [p.id for p in passages if p.id not in begun]
    begun.update(new)
    anchors = Markup("").join(Markup('<span id="{}"></span>').format(i) for i in new[1:])
    first = Markup(' id="{}"').format(new[0]) if new else Markup("")
    names = " ".join(p.id for p in passages)
    return Markup('{}<mark{} data-passage="{}">{}</mark>').format(anchors, first, names, text)
