"""One picture of a case, for a slide, a paper or a page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias
from xml.etree import ElementTree

from detente import printing
from detente.case.formula import Formula
from detente.case.model import Case
from detente.dossier.answers import Plan, RiskFound
from detente.dossier.drawings.plain import Style, plain_svg
from detente.errors import CaseError, DetenteError
from detente.graph.find import STATUS_QUO, find_state
from detente.questions import loading
from detente.questions import risk as risking
from detente.questions.broker import broker
from detente.questions.deadlock import deadlock
from detente.questions.declare import Argument, AtLeast, AtMost, Concept, Memory, Option, Target
from detente.questions.path import path
from detente.questions.result import Part, Result
from detente.questions.stability import Stability, stability
from detente.questions.who import who
from detente.questions.zone import zone
from detente.reading.actors import PartyNames
from detente.reading.evidence import gather
from detente.risk.hitting import RATES
from detente.stability.registry import CLASSIC, find
from detente.writing import write_bytes, write_text

if TYPE_CHECKING:
    from detente.dossier.documents.shapes.draw import DrawingDocument

__all__ = ["draw"]

Picture: TypeAlias = Literal[
    "path", "knots", "graph", "outcomes", "moves", "positions", "broker", "zone", "who", "timeline",
    "risk", "ticks", "missteps", "shares",
]  # fmt: skip

ALL_STATES = 60
"""States up to which the graph has all of them."""

NEAR = 20
"""Of more: states one move away from today, at most."""

FAR = 10
"""Of more: states two moves away, at most."""


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class Drawing(Result):
    """A picture; a notebook shows it.

    Parameters
    ----------
    case : Case
        The case.
    what : str
        What is drawn.
    svg : str
        The picture, complete in itself.
    stability : Stability, optional
        Of a graph of states: the verdicts, for :meth:`save` as GraphML or DOT.
    """

    case: Case
    what: str
    svg: str
    stability: Stability | None = None

    def line(self) -> str:
        """Return what is drawn."""
        return f"{self.case.name}: {self.what}"

    def told(self) -> Iterator[Part]:
        """Yield what the picture says of itself in words."""
        yield _described(self.svg)

    def document(self) -> DrawingDocument:
        """Return the picture as JSON has it."""
        width, height = self.size
        told = _described(self.svg)
        return {
            "case": self.case.name,
            "what": self.what,
            "told": told,
            "width": width,
            "height": height,
            "svg": self.svg,
        }

    @property
    def size(self) -> tuple[float, float]:
        """Its width and height in pixels."""
        return printing.size_of(self.svg)

    def save(self, file: str | PathLike[str], *, force: bool = False) -> None:
        """Write the picture; the end of the name says as what.

        Parameters
        ----------
        file : str or path
            ``.svg``, ``.png`` or ``.pdf``; a graph of states ``.graphml`` or ``.dot`` too, which
            have all states.
        force : bool
            Write over what is there, even if it is something else.

        Raises
        ------
        DetenteError
            If it cannot be written so, or there is no browser for a PNG or PDF.
        """
        from detente.dossier.sheets import graph

        where = Path(file)
        match require_suffix(where, self.what):
            case ".svg":
                write_text(where, self.svg, force=force)
            case ".png":
                write_bytes(where, printing.svg_png(self.svg, *self.size), force=force)
            case ".pdf":
                write_bytes(where, printing.svg_pdf(self.svg, *self.size), force=force)
            case suffix:
                assert self.stability is not None, "a graph of states has its verdicts"
                lines = (graph.graphml if suffix == ".graphml" else graph.dot)(self.stability)
                write_text(where, "\n".join(lines) + "\n", force=force)

    def _repr_html_(self) -> str:
        return self.svg


def require_suffix(file: Path, what: str) -> str:
    """Return the end of a file's name, which says as what a picture is written.

    Raises
    ------
    DetenteError
        If there is no such picture.
    """
    known = [".svg", ".png", ".pdf", *([".graphml", ".dot"] if what == "graph" else [])]
    suffix = file.suffix.casefold()
    if suffix not in known:
        raise DetenteError(f"'{file}' does not say as what; its name ends in {', '.join(known)}")
    return suffix


def draw(
    source: Annotated[str | PathLike[str] | Case, Argument("CASE"), Option(kind="text")],
    what: Annotated[Picture, Argument("WHAT")],
    *,
    target: Target = None,
    concept: Concept = "seq",
    start: Annotated[str, Option("--from", metavar="STATE")] = STATUS_QUO,
    style: Style = "dossier",
    width: Annotated[int, AtLeast(280), AtMost(4000), Option(metavar="N")] = 720,
    max_memory: Memory = None,
) -> Drawing:
    """Return one picture of a case, complete in itself.

    WHAT is one of:

      path        the way to the target, step by step
      knots       which public words exclude each other
      graph       the states and the moves between them
      outcomes    which outcomes hold under which concepts
      moves       what each party can make of today
      positions   who is for and against what
      broker      what third parties can do
      zone        what all would rather have than today, and who blocks the rest
      who         who can bring the target about, who can prevent it
      timeline    what the reports tell of offers and answers
      risk        how likely a slide by mistake is
      ticks       how its danger grows with time
      missteps    how it grows with the rate of mistakes
      shares      whose mistakes matter

    The graph has all states up to 60, and of a larger case those around today; as GraphML or DOT
    it has all.

    Parameters
    ----------
    source : str, path or Case
        A case by its name or path; reports lie beside it. A :class:`Case` has none.
    what : str
        The picture.
    target : str, optional
        What should happen: a formula or an outcome.
    concept : str
        The concept under which a state counts as holding.
    start : str
        Where the path and a neighbourhood begin: a formula that just one state satisfies, or a
        state's string.
    style : str
        In the dossier's colours, or black on white for a journal.
    width : int
        Pixels; below 520 the parts stand below each other, as on a phone.
    max_memory : int, optional
        Memory the analysis may use, such as 4G; by default what is free.

    Raises
    ------
    CaseError
        If the case cannot be read, or lacks what the picture shows.

    Examples
    --------
    >>> import detente
    >>> picture = detente.draw("elmira", "graph", style="journal")
    >>> picture.svg[:4]
    '<svg'
    """
    case = source if isinstance(source, Case) else loading.load(source)
    asked = _Asked(source, case, target, concept, start, width, max_memory)
    held = _holding(asked) if what == "graph" else None
    svg = _DRAWN[what](asked) if held is None else _graph(asked, held)
    return Drawing(case=case, what=what, svg=plain_svg(svg, style), stability=held)


def _described(svg: str) -> str:
    """Return what a drawing says of itself in words."""
    root = ElementTree.fromstring(svg)
    told = [child.text or "" for child in root if child.tag.rpartition("}")[2] == "desc"]
    return " ".join(" ".join(told).split())


@dataclass(frozen=True, eq=False, slots=True)
class _Asked:
    """What was asked for; the fields are the parameters of :func:`draw`."""

    source: str | PathLike[str] | Case
    case: Case
    target: str | None
    concept: str
    start: str
    width: float
    max_memory: int | None


def _holding(asked: _Asked) -> Stability:
    return stability(asked.case, asked.concept, max_memory=asked.max_memory)


def _graph(asked: _Asked, held: Stability) -> str:
    from detente.dossier.drawings.states import StateGraph, states_drawing
    from detente.stability.neighbourhood import neighbourhood

    graph, case = held.graph, asked.case
    if graph.kernel is not None:
        raise CaseError(f"{case.name} has more states than can be listed; there is no graph of it")
    holds = held.equilibria(held.concepts[0].name).states
    few = graph.n_states <= ALL_STATES
    given = asked.start != STATUS_QUO or case.status_quo is not None
    if not (few or given):
        raise CaseError(
            f"{case.name} has {graph.n_states:,} states and says nothing of today; name the state "
            "around which to draw: --from STATE"
        )
    today = find_state(case, graph, asked.start) if given else -1
    if graph.merged is not None and given:
        today = int(graph.merged[today])
    if few:
        states = graph.states(graph.feasible).at.tolist()
    else:
        near = neighbourhood(graph, today, holds, near=NEAR, far=FAR)
        found = {today, *(m.target for m in near.moves), *(m.target for m in near.answers)}
        states = sorted(found)
    shown = StateGraph(case, graph, tuple(states), held.concepts[0].name, holds, today)
    return states_drawing(shown, width=asked.width, styled=False)


def _plate(name: str, asked: _Asked, aim: Formula | None, **found: object) -> str:
    """Return a drawing of the dossier.

    Raises
    ------
    CaseError
        If there is nothing to be seen on it.
    """
    from detente.dossier import telling

    plan = Plan(asked.case.name, find(asked.concept).name)
    told = telling.context(asked.case, aim, plan=plan, **found)
    drawn = telling.picture(name, told, width=asked.width, styled=False)
    if not drawn:
        raise CaseError(f"{asked.case.name}: there is nothing to draw of '{name}'")
    return drawn


def _knots(asked: _Asked) -> str:
    found = deadlock(asked.case, asked.target)
    return _plate("knots", asked, found.target, deadlock=found)


def _path(asked: _Asked) -> str:
    found = path(asked.case, asked.target, asked.start, max_memory=asked.max_memory)
    return _plate("path", asked, found.target, path=found)


def _outcomes(asked: _Asked) -> str:
    concepts = list(dict.fromkeys([*CLASSIC, find(asked.concept).name]))
    found = stability(asked.case, concepts, max_memory=asked.max_memory)
    return _plate("outcomes", asked, None, stability=found)


def _moves(asked: _Asked) -> str:
    from detente.stability.neighbourhood import neighbourhood

    held = _holding(asked)
    concept = held.concepts[0].name
    begin = find_state(asked.case, held.graph, asked.start)
    near = neighbourhood(held.graph, begin, held.equilibria(concept).states)
    return _plate("moves", asked, None, stability=held, neighbourhood=near)


def _positions(asked: _Asked) -> str:
    return _plate("positions", asked, None)


def _broker(asked: _Asked) -> str:
    found = broker(asked.case, asked.target, asked.concept, max_memory=asked.max_memory)
    return _plate("parties", asked, found.target, broker=found)


def _zone(asked: _Asked) -> str:
    found = zone(asked.case, asked.target, start=asked.start, max_memory=asked.max_memory)
    return _plate("zone", asked, found.target, zone=found)


def _who(asked: _Asked) -> str:
    found = who(asked.case, asked.target, max_memory=asked.max_memory)
    return _plate("who", asked, found.target, who=(found,))


def _risk(name: str) -> Callable[[_Asked], str]:
    """Return what draws a slide by mistake; the curve over missteps needs its rates."""

    def drawn(asked: _Asked) -> str:
        rates = RATES if name == "missteps" else None
        found = risking.risk(asked.case, rates=rates, max_memory=asked.max_memory)
        told = RiskFound(found.settings, found.scenarios, found.ticks)
        return _plate(name, asked, None, risk=told)

    return drawn


def _timeline(asked: _Asked) -> str:
    if isinstance(asked.source, Case):
        raise CaseError("a timeline needs the reports beside a case; name the case by its path")
    where = loading.located(asked.source)
    case = asked.case
    names = [PartyNames(p.name, p.label, p.aliases) for p in case.parties]
    found = gather(where if where.is_dir() else where.parent, names)
    return _plate("timeline", asked, None, evidence=found)


_DRAWN: dict[str, Callable[[_Asked], str]] = {
    "path": _path,
    "knots": _knots,
    "outcomes": _outcomes,
    "moves": _moves,
    "positions": _positions,
    "broker": _broker,
    "zone": _zone,
    "who": _who,
    "timeline": _timeline,
    **{name: _risk(name) for name in ("risk", "ticks", "missteps", "shares")},
}
"""What draws each picture but the graph, which is more than a picture."""
