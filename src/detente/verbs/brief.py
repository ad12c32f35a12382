"""The main job: all questions about one case, answered together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from os import PathLike, fspath
from pathlib import Path
from typing import TypeVar

import numpy as np

from detente.case.files import Loaded
from detente.case.model import Case
from detente.case.truth import Truth
from detente.dossier.answers import Answered, Answers, Plan, Slide, Stand, Unanswered
from detente.errors import CaseError, DetenteError
from detente.graph import build
from detente.graph.find import STATUS_QUO, find_state
from detente.reading.actors import PartyNames
from detente.reading.evidence import Evidence, gather
from detente.risk.settings import DANGER
from detente.stability import analysis
from detente.stability.neighbourhood import Neighbourhood, neighbourhood
from detente.stability.registry import find
from detente.stability.tally import Tally, nearest_to, tally
from detente.stability.witness import reason
from detente.verbs import engine, loading, wayout
from detente.verbs import risk as risking
from detente.wayout.broker import Brokering
from detente.wayout.compare import Comparison

Result = TypeVar("Result")

STEPS = (
    "reading the reports",
    "which outcomes hold",
    "why there is a deadlock",
    "the least change of mind",
    "the way to the target",
    "third parties",
    "a slide by mistake",
    "what changed",
)
"""What is done, in this order."""

MAX_STATES = 1 << 20
"""Combinations of levels beyond which only what needs no list of states is asked."""

UNLOCK_STATES = 4_096
"""States up to which changes of mind are sought to the cost asked for; beyond it, to 1."""

UNLOCK_SECONDS = 20.0
"""Most time for them; a search that is stopped says so."""

RATES = tuple(float(rate) for rate in np.geomspace(1e-4, 0.5, 16))
"""Misstep rates of the curve over them."""

MAX_LABEL = 160
"""Characters of a label that the page repeats; the model at its end has all of them."""


MAX_STANDS = 9
"""States told with who would leave them: today, and outcomes that hold nowhere."""


class Brief(Answers):
    """All answers about one case; ``str`` is the summary, a notebook shows the dossier."""

    def html(self) -> str:
        """Return the dossier as one self-contained HTML file."""
        from detente.dossier.page.html import page_html
        from detente.dossier.sections import page

        return page_html(page(self))

    def markdown(self) -> str:
        """Return the dossier as Markdown, its citations as footnotes."""
        from detente.dossier.page.markdown import page_markdown
        from detente.dossier.sections import page

        return page_markdown(page(self))

    def document(self) -> dict[str, object]:
        """Return all results as one JSON document, as ``brief.schema.json`` describes it."""
        from detente.dossier.documents.brief import brief_document

        return brief_document(self)

    def _repr_html_(self) -> str:
        from html import escape

        return (
            '<iframe style="width: 100%; height: 40rem; border: 0" sandbox="allow-scripts" '
            f'srcdoc="{escape(self.html(), quote=True)}"></iframe>'
        )

    def __str__(self) -> str:
        from detente.dossier.page.summary import summary
        from detente.dossier.sections import page

        return "\n".join(summary(page(self)))


def brief(
    source: str | PathLike[str] | Case,
    *,
    target: str | None = None,
    earlier: str | PathLike[str] | None = None,
    concept: str = "seq",
    joint: int = 2,
    cost: int = 2,
    max_memory: int | None = None,
    on_step: Callable[[str, int, int], None] | None = None,
) -> Brief:
    """Return the answers to all questions about a case.

    A question that cannot be answered says why, and the others are answered all the same.

    Parameters
    ----------
    source : str, path or Case
        As for :func:`load`; reports and claims lie beside the case. A :class:`Case` has none.
    target : str, optional
        What should come about, as a formula; otherwise the case's own target, or its outcome
        ``talks``.
    earlier : str or path, optional
        The case to compare with; otherwise the one that the case names.
    concept : str
        Under which states hold, where one concept is needed.
    joint : int
        The most parties that move together on a path.
    cost : int
        The dearest changes of mind to try.
    max_memory : int, optional
        Bytes the arrays may use; what is free where it is not given.
    on_step : callable, optional
        Told what is done next, how many steps are done, and how many there are.

    Raises
    ------
    CaseError
        If the case cannot be read, or a name in what is asked is unknown.

    Examples
    --------
    >>> from detente.verbs.brief import brief
    >>> answers = brief("elmira", target="settled")
    >>> answers.unlock.found.cost
    0
    """
    folder, loaded, name = _opened(source)
    case = with_short_labels(loaded.case)
    # A wrong name is the user's mistake, and told at once.
    find(concept)
    if target is not None:
        wayout.read_target(case, target)
    if earlier is not None:
        loading.load(earlier)
    plan = Plan(
        name, concept, joint=joint, cost=cost, target=target or "", earlier=fspath(earlier or "")
    )
    plan = replace(plan, compared=_compared(case, folder, plan))
    ask = _Asking(on_step)
    evidence = ask(lambda: _evidence(folder, case))
    stability = ask(lambda: _stability(case, plan, max_memory))
    counted = _answered(lambda: tally(_there(stability)))
    deadlock = ask(lambda: wayout.deadlock(case, target))
    unlock = ask(lambda: _unlock(case, plan, max_memory))
    path = ask(lambda: wayout.path(case, target, joint=joint, max_memory=max_memory))
    broker = ask(lambda: wayout.broker(case, target, concept, joint=joint, max_memory=max_memory))
    slide = ask(lambda: _slide(case, max_memory))
    comparison = ask(lambda: _comparison(case, plan, max_memory))
    given = Answers(
        case=case,
        whole=loaded.case,
        plan=plan,
        evidence=Evidence(notes=(evidence.why,)) if isinstance(evidence, Unanswered) else evidence,
        warnings=loaded.problems,
        target=_answered(lambda: wayout.read_target(case, target)),
        stability=stability,
        tally=counted,
        stands=_answered(lambda: _stands(_there(stability), _there(counted), plan.concept)),
        evolution=_answered(lambda: engine.evolution(_there(stability))),
        neighbourhood=_answered(lambda: _neighbourhood(_there(stability), concept)),
        deadlock=deadlock,
        unlock=unlock,
        path=path,
        broker=broker,
        slide=slide,
        comparison=comparison,
        interrupted=ask.interrupted,
    )
    return Brief(**{f.name: getattr(given, f.name) for f in fields(Answers)})


def with_short_labels(case: Case) -> Case:
    """Return a case whose labels are short enough to be repeated."""

    def short(text: str) -> str:
        return text if len(text) <= MAX_LABEL else f"{text[: MAX_LABEL - 1]}…"

    return replace(
        case,
        title=short(case.title),
        parties=tuple(
            replace(
                party,
                label=short(party.label),
                options=tuple(replace(o, label=short(o.label)) for o in party.options),
            )
            for party in case.parties
        ),
        outcomes=tuple(replace(o, label=short(o.label)) for o in case.outcomes),
    )


class _Asking:
    """Asks one question after the other; one that fails does not take the others with it."""

    def __init__(self, on_step: Callable[[str, int, int], None] | None) -> None:
        self._on_step = on_step
        self._done = 0
        self.interrupted = False

    def __call__(self, question: Callable[[], Result]) -> Answered[Result]:
        if self._on_step is not None:
            self._on_step(STEPS[self._done], self._done, len(STEPS))
        self._done += 1
        if self.interrupted:
            return Unanswered("the work was interrupted before this was asked")
        try:
            answer = _answered(question)
        except KeyboardInterrupt:
            self.interrupted = True
            return Unanswered("the work was interrupted while this was worked out")
        self.interrupted = _cut_short(answer)
        return answer


def _cut_short(answer: object) -> bool:
    """Whether an answer holds only what was worked out before the work was interrupted."""
    match answer:
        case wayout.Deadlock():
            return "interrupted" in answer.stopped
        case wayout.Unlock():
            return answer.found.stopped == "interrupted"
        case engine.Stability() | Brokering() | Slide():
            return not answer.complete
    return False


def _answered(question: Callable[[], Result]) -> Answered[Result]:
    try:
        return question()
    except DetenteError as error:
        return Unanswered(str(error).rstrip("."))


def _there(answer: Answered[Result]) -> Result:
    if isinstance(answer, Unanswered):
        raise CaseError(answer.why)
    return answer


def _opened(source: str | PathLike[str] | Case) -> tuple[Path | None, Loaded, str]:
    """Return the folder of a case, the case, and what the user called it."""
    if isinstance(source, Case):
        return None, Loaded(source), source.name
    path = loading.located(source)
    folder = path if path.is_dir() else path.parent
    return folder, loading.read(source), fspath(source)


def _evidence(folder: Path | None, case: Case) -> Evidence:
    if folder is None:
        return Evidence()
    return gather(folder, [PartyNames(p.name, p.label, p.aliases) for p in case.parties])


def _stability(case: Case, plan: Plan, max_memory: int | None) -> engine.Stability:
    _need_few_states(case)
    concepts = list(dict.fromkeys([*plan.concepts, plan.concept]))
    return engine.stability(case, concepts, max_memory=max_memory)


def _neighbourhood(result: engine.Stability, concept: str) -> Neighbourhood:
    start = find_state(result.case, result.graph, STATUS_QUO)
    return neighbourhood(result.graph, start, result.equilibria(concept).states)


def _stands(result: engine.Stability, counted: Tally, concept: str) -> tuple[Stand, ...]:
    """Return who would leave today, and who each outcome that holds nowhere."""
    case, graph = result.case, result.graph
    if concept not in dict(counted.equilibria):
        raise CaseError(f"the work was interrupted before {concept} was worked out")
    asked = analysis.tasks(graph, [find(concept)])
    today = case.status_quo
    places = [("", int(np.ravel_multi_index(today, case.shape)))] if today is not None else []
    truth = Truth(case)
    for held in counted.outcomes:
        if held.outcome and held.states and not held.under(concept):
            formula = case.outcome_named[held.outcome].formula
            states = np.broadcast_to(truth(formula), graph.shape) & graph.feasible
            places.append((held.outcome, nearest_to(states, today)))
    return tuple(
        Stand(name, at, tuple(reason(graph, task.concept, task.members, at) for task in asked))
        for name, at in places[:MAX_STANDS]
    )


def _need_few_states(case: Case) -> None:
    size = 1
    for levels in case.shape:
        size *= levels
    if size > MAX_STATES:
        raise CaseError(
            f"the case has {size:,} combinations of levels; a dossier asks this of up to "
            f"{MAX_STATES:,}. Ask the single commands"
        )


def _unlock(case: Case, plan: Plan, max_memory: int | None) -> wayout.Unlock:
    _need_few_states(case)
    states = build(case, max_memory=max_memory).n_states
    cost = plan.cost if states <= UNLOCK_STATES else min(plan.cost, 1)
    return wayout.unlock(
        case,
        plan.target or None,
        plan.concept,
        cost=cost,
        seconds=UNLOCK_SECONDS,
        max_memory=max_memory,
    )


def _slide(case: Case, max_memory: int | None) -> Slide:
    if case.risk.danger is None and DANGER not in case.outcome_named:
        raise CaseError(
            f"{case.name} does not say what the danger is; add an outcome '{DANGER}' to the case, "
            "or 'risk: {danger: FORMULA}'"
        )
    found = risking.risk(case, rates=RATES, max_memory=max_memory)
    return Slide(found.settings, (found.base, *found.what_if), found.ticks, found.complete)


def _compared(case: Case, folder: Path | None, plan: Plan) -> str:
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
    return wayout.diff(
        with_short_labels(loading.load(plan.compared)),
        case,
        target=plan.target or None,
        concepts=plan.concepts,
        joint=plan.joint,
        max_memory=max_memory,
    )
