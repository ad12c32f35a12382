"""The states and moves of a case for programs that lay out graphs: GraphML and DOT."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from detente.dossier.drawings.theme import LIGHT, hue
from detente.dossier.sheets.model import one_line
from detente.graph.arcs import arcs
from detente.stability.analysis import Verdicts

MOST_STATES = 100_000
"""States written at most."""

_TYPES = {bool: "boolean", int: "int", str: "string"}


def graphml(found: Verdicts) -> Iterator[str]:
    """Yield the states and moves of a case as GraphML, line by line.

    A node has its number, its string, the level of each option, its rank for each party (0 is the
    worst) and whether it is an equilibrium under each concept; an edge has its party and whether
    the party gains (1), loses (-1) or is indifferent (0).

    Raises
    ------
    LimitError
        If there are too many moves to list.
    """
    names, rows = _nodes(found)
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
    first = next(iter(rows.values()), ())
    for k, (name, value) in enumerate(zip(names, first, strict=False)):
        kind = _TYPES[type(value)]
        yield f'<key id="n{k}" for="node" attr.name="{_xml(name)}" attr.type="{kind}"/>'
    yield '<key id="party" for="edge" attr.name="party" attr.type="string"/>'
    yield '<key id="gain" for="edge" attr.name="gain" attr.type="int"/>'
    yield f'<graph id="{_xml(found.case.name)}" edgedefault="directed">'
    for state, values in rows.items():
        data = "".join(f'<data key="n{k}">{_xml(_said(v))}</data>' for k, v in enumerate(values))
        yield f'<node id="s{state}">{data}</node>'
    for arc in arcs(found.graph):
        party = found.case.parties[arc.mover].name
        ends = f'source="s{arc.source}" target="s{arc.target}"'
        data = f'<data key="party">{_xml(party)}</data><data key="gain">{arc.gain}</data>'
        yield f"<edge {ends}>{data}</edge>"
    yield "</graph>"
    yield "</graphml>"


def dot(found: Verdicts) -> Iterator[str]:
    """Yield the states and moves of a case in the DOT language of Graphviz, line by line.

    Improvements are drawn strongly, other moves thin; equilibria of the first concept have a
    double ring.

    Raises
    ------
    LimitError
        If there are too many moves to list.
    """
    names, rows = _nodes(found)
    ring = len(names) - len(found.concepts)
    yield f"digraph {_quoted(found.case.name)} {{"
    yield "  node [shape=circle];"
    for state, values in rows.items():
        label = f"{values[0]}\n{values[1]}"
        double = ", peripheries=2" if found.concepts and values[ring] else ""
        yield f"  s{state} [label={_quoted(label)}{double}];"
    for arc in arcs(found.graph):
        party = found.case.parties[arc.mover].name
        look = "penwidth=2" if arc.gain > 0 else "penwidth=0.5, arrowhead=open"
        colour = LIGHT[hue(arc.mover)]
        said = f'label={_quoted(party)}, color="{colour}", {look}'
        yield f"  s{arc.source} -> s{arc.target} [{said}];"
    yield "}"


def _nodes(found: Verdicts) -> tuple[list[str], dict[int, tuple[bool | int | str, ...]]]:
    """Return what is known of each state, and the names of that."""
    from detente.errors import LimitError

    graph, case = found.graph, found.case
    if graph.n_states > MOST_STATES:
        raise LimitError(
            f"{case.name} has {graph.n_states:,} states; a graph is written of {MOST_STATES:,} at "
            "most"
        )
    at = graph.states(graph.feasible).at
    levels = graph.space.rows(at)
    options = [option for _, option in case.options]
    names = ["number", "state", *case.option_names]
    columns: list[Iterable[bool | int | str]] = [range(1, len(at) + 1), graph.codes(at)]
    columns += [[o.levels[k] for k in levels[:, a]] for a, o in enumerate(options)]
    for party, ranks in zip(case.parties, graph.ranks, strict=True):
        names.append(f"rank.{party.name}")
        columns.append([int(r) for r in ranks.ravel()[at]])
    for concept in found.concepts:
        names.append(concept.name)
        columns.append([bool(h) for h in found.equilibria(concept.name).states.ravel()[at]])
    rows = zip(*columns, strict=True)
    return names, dict(zip(at.tolist(), rows, strict=True))


def _said(value: bool | int | str) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _xml(text: str) -> str:
    return escape(one_line(text), quote=True)


def _quoted(text: str) -> str:
    plain = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{plain}"'
