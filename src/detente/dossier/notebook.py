"""Results as HTML for a notebook; every text is escaped."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from detente.dossier.drawings import theme
from detente.dossier.page.html import HERE, section_html
from detente.dossier.page.terminal import Told
from detente.stability.analysis import Verdicts


def stability_html(result: Verdicts) -> str:
    """Return a table: concepts as rows; parties, or coalitions, and equilibria as columns."""
    label = {party.name: party.label for party in result.case.parties}
    focals = list(dict.fromkeys(v.focal for v in result.verdicts))
    head = "".join(f'<th scope="col">{escape(label.get(f, f))}</th>' for f in focals)
    rows = []
    for concept in result.concepts:
        there = result.focals(concept.name)
        cells = "".join(
            f"<td>{len(result.stable(concept.name, f)) if f in there else ''}</td>" for f in focals
        )
        title = escape(f"{concept.title}: {concept.meaning}", quote=True)
        rows.append(
            f'<tr><th scope="row" title="{title}">{escape(concept.name)}</th>{cells}'
            f"<td><b>{len(result.equilibria(concept.name))}</b></td></tr>"
        )
    caption = f"{result.case.title}: stable states of {result.n_states:,}"
    return (
        f"<table><caption>{escape(caption)}</caption><thead><tr><th></th>{head}"
        f'<th scope="col">equilibria</th></tr></thead><tbody>{"".join(rows)}</tbody></table>'
    )


def prose(text: str) -> str:
    """Return plain text with its lines kept."""
    return f'<pre style="white-space: pre-wrap">{escape(text)}</pre>'


def shown(parts: Iterable[Any], parties: Sequence[tuple[str, str]]) -> str:
    """Return an answer as HTML: its sections as a dossier has them, all else as text.

    Parameters
    ----------
    parts : iterable of str, Told, or what a console prints
        The answer, part by part.
    parties : sequence of (str, str)
        Names and labels, in the case's order, which gives the colours.
    """
    made = [_part(part, parties) for part in parts]
    if not any(drawn for drawn, _ in made):
        return prose("\n".join(text for _, text in made))
    body = "".join(text if drawn else prose(text) for drawn, text in made)
    return f'<div class="detente"><style>{_sheet()}</style><main>{body}</main></div>'


def _part(part: Any, parties: Sequence[tuple[str, str]]) -> tuple[bool, str]:
    """Return whether a part is HTML already, and the part."""
    if isinstance(part, Told):
        heads = ((escape(s.title), section_html(s, parties)) for s in part.sections)
        return True, "".join(f"<section><h2>{head}</h2>{body}</section>" for head, body in heads)
    if isinstance(part, str):
        return False, part
    from rich.console import Console

    page = io.StringIO()
    Console(file=page, width=100, color_system=None, highlight=False).print(part)
    return False, page.getvalue().rstrip("\n")


def _sheet() -> str:
    """Return the style sheets of a dossier, for what stands in our own element alone."""
    page = (HERE / "page.css").read_text("utf-8")
    tokens = theme.tokens().replace(":root:root:root", "&").replace(":root", "&")
    base = "&{background:var(--paper);color:var(--ink);font:16px/1.5 var(--text);padding:1px 1rem}"
    own = page.replace(":root {", "& {", 1)
    return f".detente{{{tokens}{theme.stylesheet()}{own}{base}}}"
