"""Results as HTML for a notebook; every text is escaped."""

from __future__ import annotations

from html import escape

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
