"""The main job: all questions about one case, answered together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Protocol, TypeVar

from detente.case.confirmed import confirmed, unconfirmed
from detente.case.files import Loaded
from detente.case.formula import to_text
from detente.case.model import Case
from detente.dossier.answers import (
    Answered,
    Answers,
    Confirmed,
    Plan,
    RiskFound,
    Unanswered,
)
from detente.dossier.sections.draft import NO_FIGURE, has_likelihood, refusal
from detente.errors import CaseError
from detente.graph import Graph, build
from detente.graph.find import STATUS_QUO, find_state
from detente.questions import loading
from detente.questions import risk as risking
from detente.questions.besides import answered, besides, needed, reasons, tables_of
from detente.questions.broker import Broker, broker
from detente.questions.compare import diff
from detente.questions.deadlock import Deadlock, deadlock
from detente.questions.declare import Argument, Concept, Count, Joint, Memory, Option, Progress
from detente.questions.declare import Target as TargetText
from detente.questions.path import Ways, path
from detente.questions.result import Part, Tabled
from detente.questions.stability import Stability, evolution, stability
from detente.questions.targets import read_target
from detente.questions.unlock import Unlock, unlock
from detente.questions.who import Who, who
from detente.questions.zone import Zone, zone
from detente.reading.actors import PartyNames
from detente.reading.evidence import Evidence, gather
from detente.risk.hitting import RATES, around
from detente.risk.scenario import CURVE_STATES
from detente.risk.settings import DANGER, settle
from detente.stability.neighbourhood import Neighbourhood, neighbourhood
from detente.stability.registry import find
from detente.stability.tally import tally
from detente.wayout.carry import leaning
from detente.wayout.compare import Comparison, compare
from detente.wayout.profile import profile
from detente.writing import stamped

if TYPE_CHECKING:
    from detente.dossier.documents.brief import BriefDocument
    from detente.dossier.page.dossier import Page
    from detente.dossier.sheets.model import Table

__all__ = ["brief"]

Found = TypeVar("Found")

STEPS = {
    "evidence": "reading the reports",
    "stability": "which outcomes hold",
    "deadlock": "why there is a deadlock",
    "unlock": "the least change of mind",
    "path": "the way to the target",
    "broker": "third parties",
    "zone": "what all would rather have",
    "who": "who can bring it about",
    "risk": "a slide by mistake",
    "comparison": "what changed",
}
"""What is asked, by its field of Answers and in this order: what people are told meanwhile."""

MAX_STATES = 1 << 20
"""Combinations of levels beyond which only what needs no list of states is asked."""

UNLOCK_STATES = 4_096
"""States up to which changes of mind are sought to the cost asked for; beyond it, to 1."""

UNLOCK_SECONDS = 20.0
"""Most time for them; a search that is stopped says so."""


@dataclass(frozen=True, eq=False, repr=False)
class Brief(Answers, Tabled):
    """All answers about one case; ``str`` is the summary, a notebook shows the dossier."""

    @property
    def slide(self) -> Answered[RiskFound]:
        """The answer ``risk``, by the name that it had first."""
        return self.risk

    @property
    def complete(self) -> bool:
        """Whether the user let every question be asked."""
        return not self.interrupted

    @property
    def kept(self) -> str:
        """What there is of an interrupted answer."""
        return "what was not asked any more says so" if self.interrupted else ""

    @property
    def notes(self) -> tuple[str, ...]:
        """What went wrong with single reports."""
        return self.evidence.notes

    def told(self) -> Iterator[Part]:
        """Yield the summary."""
        from detente.dossier.page.summary import summary

        yield "\n".join(summary(self._page))

    def html(self, *, full: bool = False) -> str:
        """Return the dossier as one self-contained HTML file.

        Parameters
        ----------
        full : bool
            Whether everything is unfolded, the model and the reports on paper too.
        """
        from detente.dossier.page.html import page_html

        return stamped(page_html(replace(self._page, full=full)))

    @cached_property
    def _page(self) -> Page:
        from detente.dossier.sections import page

        return page(self)

    def markdown(self) -> str:
        """Return the dossier as Markdown, its citations as footnotes."""
        from detente.dossier.page.markdown import page_markdown
        from detente.dossier.sections import page

        return stamped(page_markdown(page(self)))

    def docx(self, *, full: bool = False) -> bytes:
        """Return the dossier as a Word document, its citations as footnotes.

        Pictures are made by the machine's browser; where there is none, they are told in words.

        Parameters
        ----------
        full : bool
            Whether everything is in it: how it was computed, the model and the reports.
        """
        from detente import printing
        from detente.dossier.page.word import Letterhead, page_docx

        picture = printing.picture if printing.found() is not None else None
        return page_docx(replace(self._page, full=full), Letterhead.of(self.case), picture)

    def pdf(self, *, full: bool = False) -> bytes:
        """Return the dossier as PDF, as the machine's browser prints it.

        Parameters
        ----------
        full : bool
            As for HTML.
        """
        from detente import printing

        return printing.html_pdf(self.html(full=full))

    def tables(self) -> tuple[Table, ...]:
        """Return the judgements, the reports, the lines of the case, the tables of each answer."""
        from detente.dossier.sheets.brief import brief_tables

        return (*brief_tables(self, self._page), *tables_of(self))

    def document(self) -> BriefDocument:
        """Return all results as one JSON document, as ``detente schema brief`` describes it."""
        from detente.dossier.documents.brief import brief_document

        return brief_document(self)

    def _repr_html_(self) -> str:
        from html import escape

        return (
            '<iframe style="width: 100%; height: 40rem; border: 0" sandbox="allow-scripts" '
            f'srcdoc="{escape(self.html(), quote=True)}"></iframe>'
        )


def brief(
    source: Annotated[str | PathLike[str] | Case, Argument("CASE"), Option(kind="text")],
    *,
    target: TargetText = None,
    earlier: Annotated[
        str | PathLike[str] | None,
        Option(metavar="CASE", kind="text", shown="what the case names under 'earlier'"),
    ] = None,
    concept: Concept = "seq",
    joint: Joint = 2,
    cost: Count = 2,
    max_memory: Memory = None,
    on_step: Annotated[Callable[[str, int, int], None] | None, Progress()] = None,
) -> Brief:
    """Return the answers to all questions about a case.

    The file is a page that needs nothing else: it can be mailed, printed and read anywhere. Every
    sentence follows from the case; beside it stand the words it rests on, which open in their
    report. A question that cannot be answered says why.

    Parameters
    ----------
    source : str, path or Case
        A case by its name or path; reports and claims lie beside it. A :class:`Case` has none.
    target : str, optional
        What should happen: a formula or an outcome.
    earlier : str or path, optional
        The case to compare with.
    concept : str
        The concept under which a state counts as holding.
    joint : int
        At most so many parties may take a step together.
    cost : int
        The dearest changes of mind to try.
    max_memory : int, optional
        Memory the analysis may use, such as 4G; by default what is free.
    on_step : callable, optional
        Told what is done next, how many steps are done, and how many there are.

    Raises
    ------
    CaseError
        If the case cannot be read, or a name in what is asked is unknown.

    Examples
    --------
    >>> from detente.questions.brief import brief
    >>> answers = brief("elmira", target="settled")
    >>> answers.unlock.found.cost
    0
    """
    folder, loaded, name = loading.opened(source)
    case = loading.with_short_labels(loaded.case)
    _check_names(case, concept, target)
    plan = Plan(name, concept, joint=joint, cost=cost, target=target or "")
    plan = _with_earlier(case, folder, plan, earlier)
    ask = _Asking(on_step)
    found: dict[str, Any] = {}
    for part in answering(loaded, folder, plan, ask, max_memory):
        found |= part
    return Brief(**found, interrupted=ask.interrupted)


def answering(
    loaded: Loaded,
    folder: Path | None,
    plan: Plan,
    ask: Ask,
    max_memory: int | None = None,
) -> Iterator[Mapping[str, Any]]:
    """Yield the answers to all questions one after the other, by their field of Answers.

    Parameters
    ----------
    loaded : Loaded
        The case.
    folder : Path, optional
        Where reports and claims lie.
    plan : Plan
        What is asked.
    ask : callable
        Asks a question, told its step of :data:`STEPS` by coming to it; or leaves it out.
    max_memory : int, optional
        Memory the analysis may use.
    """
    case = loading.with_short_labels(loaded.case)
    target = plan.target or None
    evidence = ask(lambda: _evidence(folder, case))
    ask.refused = refusal(case)
    there = Evidence(notes=(evidence.why,)) if isinstance(evidence, Unanswered) else evidence
    yield {
        "case": case,
        "whole": loaded.case,
        "plan": plan,
        "evidence": there,
        "warnings": loaded.problems,
        "target": answered(lambda: read_target(case, target)),
    }
    held = ask(lambda: _stability(case, plan, max_memory))
    counted = answered(lambda: tally(needed(held)))
    yield {
        "stability": held,
        "tally": counted,
        "reasons": answered(lambda: reasons(needed(held), needed(counted), plan.concept)),
        "evolution": answered(lambda: evolution(needed(held))),
        "neighbourhood": answered(lambda: _neighbourhood(needed(held), plan.concept)),
    }
    yield {"deadlock": ask(lambda: deadlock(case, target))}
    yield {"unlock": ask(lambda: _unlock(case, plan, max_memory))}
    joint, concept = plan.joint, plan.concept
    way = ask(lambda: _path(case, target, joint, max_memory))
    yield {"path": way, "leans": answered(lambda: leaning(case, needed(way)))}
    yield {"broker": ask(lambda: broker(case, target, concept, joint=joint, max_memory=max_memory))}
    yield besides(case, plan.concept, ask(lambda: _zone(case, target, max_memory)))
    yield {"who": ask(lambda: _who(case, target, max_memory))}
    yield {"risk": ask(lambda: _risk(case, max_memory))}
    yield {"comparison": ask(lambda: _comparison(case, plan, max_memory))}
    yield {"confirmed": answered(lambda: _confirmed(case, plan, ask.refused, max_memory))}


def _check_names(case: Case, concept: str, target: str | None) -> None:
    """Tell a wrong name at once: it is the user's mistake."""
    find(concept)
    if target is not None:
        read_target(case, target)


def _with_earlier(
    case: Case, folder: Path | None, plan: Plan, earlier: str | PathLike[str] | None
) -> Plan:
    """Return a plan with the case to compare with, which has to be there if it was asked for."""
    if earlier is not None:
        loading.load(earlier)
    plan = replace(plan, earlier=fspath(earlier or ""))
    return replace(plan, compared=compared(case, folder, plan))


class Ask(Protocol):
    """Asks questions; ``refused`` says why none can be answered, and is empty otherwise."""

    refused: str

    def __call__(self, question: Callable[[], Found], /) -> Answered[Found]:
        """Return the answer, or why there is none."""


class _Asking:
    """Asks one question after the other; one that fails does not take the others with it."""

    def __init__(self, on_step: Callable[[str, int, int], None] | None) -> None:
        self._on_step = on_step
        self._done = 0
        self.interrupted = False
        self.refused = ""

    def __call__(self, question: Callable[[], Found]) -> Answered[Found]:
        if self._on_step is not None:
            self._on_step([*STEPS.values()][self._done], self._done, len(STEPS))
        self._done += 1
        if self.interrupted:
            return Unanswered("the work was interrupted before this was asked")
        if self.refused:
            return Unanswered(self.refused)
        try:
            answer = answered(question)
        except KeyboardInterrupt:
            self.interrupted = True
            return Unanswered("the work was interrupted while this was worked out")
        self.interrupted = _cut_short(answer)
        return answer


def _cut_short(answer: object) -> bool:
    """Whether an answer holds only what was worked out before the work was interrupted."""
    match answer:
        case Deadlock():
            return "interrupted" in answer.stopped
        case Unlock():
            return answer.found.stopped == "interrupted"
        case Stability() | Broker() | RiskFound():
            return not answer.complete
    return False


def _evidence(folder: Path | None, case: Case) -> Evidence:
    if folder is None:
        return Evidence()
    return gather(folder, [PartyNames(p.name, p.label, p.aliases) for p in case.parties])


def _zone(case: Case, target: str | None, max_memory: int | None) -> Zone:
    _need_few_states(case, max_memory)
    return zone(case, target, max_memory=max_memory)


def _who(case: Case, target: str | None, max_memory: int | None) -> tuple[Who, ...]:
    """Return who decides about the target, and about the danger, of which one is named."""
    _need_few_states(case, max_memory)
    danger = case.risk.danger
    formulas = [] if danger is None else [to_text(danger.formula)]
    if danger is None and DANGER in case.outcome_named:
        formulas = [DANGER]
    if not formulas or not isinstance(answered(lambda: read_target(case, target)), Unanswered):
        formulas = [to_text(read_target(case, target)), *formulas]
    return tuple(who(case, formula, max_memory=max_memory) for formula in formulas)


def _path(case: Case, target: str | None, joint: int, max_memory: int | None) -> Ways:
    kept = build(case, max_memory=max_memory)  # a dossier tells ways over states that are listed
    result = path(case, target, joint=joint, max_memory=max_memory)
    del kept  # so long the states were shared
    return result


def _stability(case: Case, plan: Plan, max_memory: int | None) -> Stability:
    kept = _need_few_states(case, max_memory)
    concepts = list(dict.fromkeys([*plan.concepts, plan.concept]))
    result = stability(case, concepts, max_memory=max_memory)
    del kept  # so long the states were shared
    return result


def _neighbourhood(result: Stability, concept: str) -> Neighbourhood:
    start = find_state(result.case, result.graph, STATUS_QUO)
    return neighbourhood(result.graph, start, result.equilibria(concept).states)


def _need_few_states(case: Case, max_memory: int | None) -> Graph:
    """Return the states of a case, if they are few enough for a dossier."""
    graph = build(case, max_memory=max_memory)
    if (size := graph.feasible.size) > MAX_STATES:
        raise CaseError(
            f"the case has {size:,} combinations of levels; a dossier asks this of up to "
            f"{MAX_STATES:,}. Ask the single commands"
        )
    return graph


def _unlock(case: Case, plan: Plan, max_memory: int | None) -> Unlock:
    states = _need_few_states(case, max_memory).n_states
    cost = plan.cost if states <= UNLOCK_STATES else min(plan.cost, 1)
    return unlock(
        case,
        plan.target or None,
        plan.concept,
        cost=cost,
        seconds=UNLOCK_SECONDS,
        max_memory=max_memory,
    )


def _confirmed(case: Case, plan: Plan, refused: str, max_memory: int | None) -> Confirmed:
    """Return what is left without what rests on unconfirmed reports alone."""
    lines = unconfirmed(case)
    if not lines or refused:
        raise CaseError(refused or "no line of the case rests on unconfirmed reports alone")
    formula, concepts = read_target(case, plan.target or None), [find(plan.concept)]
    less, all_ = (
        profile(one, formula, concepts, joint=plan.joint, max_memory=max_memory)
        for one in (confirmed(case), case)
    )
    return Confirmed(lines, compare(less, all_), plan.concept)


def _risk(case: Case, max_memory: int | None) -> RiskFound:
    if not has_likelihood(case):
        raise CaseError(NO_FIGURE)
    if case.risk.danger is None and DANGER not in case.outcome_named:
        raise CaseError(
            f"{case.name} does not say what the danger is; add an outcome '{DANGER}' to the case, "
            "or 'risk: {danger: FORMULA}'"
        )
    few = build(case, max_memory=max_memory).n_states <= CURVE_STATES
    rates = RATES if few else around(float(settle(case).misstep.max()))
    found = risking.risk(case, rates=rates, max_memory=max_memory)
    return RiskFound(found.settings, (found.base, *found.what_if), found.ticks, found.complete)


def compared(case: Case, folder: Path | None, plan: Plan) -> str:
    """Return what the earlier case can be named by: asked for, beside the case, or built in."""
    if plan.earlier or not case.earlier:
        return plan.earlier
    if folder is not None and (folder / case.earlier).exists():
        source = Path(plan.source)
        return str((source if source.is_dir() else source.parent) / case.earlier)
    return case.earlier


def _comparison(case: Case, plan: Plan, max_memory: int | None) -> Comparison:
    if not plan.compared:
        raise CaseError(
            "no earlier case is named; add 'earlier:' to the case, or --earlier with the name or "
            "path of a case"
        )
    return diff(
        loading.with_short_labels(loading.load(plan.compared)),
        case,
        target=plan.target or None,
        concepts=plan.concepts,
        joint=plan.joint,
        max_memory=max_memory,
    )
