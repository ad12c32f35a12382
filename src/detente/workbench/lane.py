"""A process that answers some questions about one text of a case, and says each as it is found.

It knows nothing of the page: it sends :class:`Told` values through a pipe, and is killed by the
next edit. The sections are those of the dossier, written by its own writer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Literal, TypeAlias

from detente.case import files
from detente.case.document import Steps
from detente.case.lines import lines, wishes_at
from detente.case.model import NO_BASIS, Basis, Case, Condition, Refusal, Statements
from detente.dossier.answers import NOT_ASKED, Answers, Plan, Unanswered
from detente.dossier.page.blocks import Note, Section, plain
from detente.dossier.page.html import inline_html, section_html
from detente.dossier.page.sources import Sources
from detente.dossier.sections import SECTIONS
from detente.dossier.sections.context import Context
from detente.errors import DetenteError
from detente.questions.besides import Found, answered
from detente.questions.brief import STEPS, answering, compared
from detente.questions.reading import known_parties
from detente.reading.evidence import Evidence, Place, beside

Name: TypeAlias = Literal["read", "near", "far"]

_READ, _FAR = ("evidence",), ("broker", "risk", "comparison")

ASKED: Mapping[Name, tuple[str, ...]] = {
    "read": _READ,
    "near": tuple(name for name in STEPS if name not in (*_READ, *_FAR)),
    "far": _FAR,
}
"""Which answers each process finds: those that claims change, the quick ones, the slow ones."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a process is to answer.

    Parameters
    ----------
    lane : str
        Which part of the questions.
    text : str
        The case file.
    claims : str
        The claims file.
    file : str
        The path of the case; reports lie beside it.
    source : str
        What commands that repeat an answer call the case.
    """

    lane: Name
    text: str
    claims: str
    file: str
    source: str


@dataclass(frozen=True, slots=True)
class Told:
    """The answer to one question, ready to be shown.

    Parameters
    ----------
    section : str
        Its id in the dossier.
    title : str
        The question.
    words : str
        The sentence that answers, without marks.
    sentence, html : str
        The sentence and the whole section, as HTML.
    lines : tuple of paths
        The lines of the case that it names among its grounds.
    passages : mapping of str to Place
        What its citations open.
    answered : bool
        False where something is missing; then the sentence says what.
    """

    section: str
    title: str
    words: str
    sentence: str
    html: str
    lines: tuple[Steps, ...] = ()
    passages: Mapping[str, Place] = field(default_factory=dict)
    answered: bool = True


@dataclass(frozen=True, slots=True)
class Begun:
    """A process has begun to work on a step, in words."""

    step: str


@dataclass(frozen=True, slots=True)
class Failed:
    """A process cannot answer at all: why."""

    why: str


def work(pipe: Connection, asked: Asked) -> None:
    """Answer, and send each answer; the other end may be closed at any time."""
    try:
        for told in answers(asked):
            pipe.send(told)
    except (BrokenPipeError, KeyboardInterrupt):
        return
    except DetenteError as error:
        pipe.send(Failed(str(error)))
    except MemoryError:
        pipe.send(Failed("this needs more memory than there is"))
    finally:
        pipe.close()


def answers(asked: Asked) -> Iterator[Told | Begun]:
    """Yield what a process is asked for, each as soon as it is known.

    Raises
    ------
    CaseError
        If the text is no case.
    """
    file = Path(asked.file)
    loaded = files.parse(asked.text, file=file.name, name=file.resolve().parent.name)
    plan = Plan(asked.source)
    plan = replace(plan, compared=compared(loaded.case, file.parent, plan))
    evidence = beside(file.parent, asked.claims, parties=known_parties(loaded.case))
    ask = _Chosen(ASKED[asked.lane])
    known: dict[str, Any] = {}
    found = answering(loaded, None, plan, ask)
    while True:
        if ask.next:
            yield Begun(STEPS[ask.next])
        part = next(found, None)
        if part is None:
            return
        known |= part
        known["evidence"] = evidence
        for name in ASKED[asked.lane]:
            if name in part:
                yield from _sections(name, known, evidence)


class _Chosen:
    """Asks the questions of one process and leaves the others out."""

    def __init__(self, chosen: Sequence[str]) -> None:
        self._chosen = chosen
        self._order = tuple(STEPS)
        self._done = 0
        self.refused = ""

    @property
    def next(self) -> str:
        """The step that comes next, if it is one of ours."""
        name = self._order[self._done] if self._done < len(self._order) else ""
        return name if name in self._chosen else ""

    def __call__(self, question: Callable[[], Found]) -> Found | Unanswered:
        """Return the answer, or that this was not asked."""
        name, chosen = self._order[self._done], self.next
        self._done += 1
        if not chosen and name != "evidence":
            return NOT_ASKED
        return Unanswered(self.refused) if self.refused else answered(question)


def _sections(name: str, known: Mapping[str, Any], evidence: Evidence) -> Iterator[Told]:
    answers = Answers(**known)
    for entry in SECTIONS:
        if entry.answer == name:
            context = _Traced(answers, _TracedSources(evidence))
            yield _told(entry.make(context), context, answers)


class _TracedSources(Sources):
    """Sources that remember what was asked of them."""

    def __init__(self, evidence: Evidence) -> None:
        super().__init__(evidence)
        self.used: list[Basis] = []

    def note(self, title: str, basis: Basis) -> Note:
        """Return what a line rests on, and remember which."""
        self.used.append(basis)
        return super().note(title, basis)

    @property
    def passages(self) -> dict[str, Place]:
        """What each id opens."""
        return {name: place for place, name in self._ids.items()}


@dataclass(frozen=True)
class _Traced(Context):
    """A context that remembers which conditions and refusals were told."""

    @cached_property
    def told(self) -> list[str]:
        """Their ids."""
        return []

    def said_note(self, said: Condition | Refusal) -> Note:
        """Return what something said rests on, and remember which."""
        self.told.append(said.id)
        return super().said_note(said)


def _told(section: Section, context: _Traced, answers: Answers) -> Told:
    parties = [(party.name, party.label) for party in answers.case.parties]
    sources = context.sources
    assert isinstance(sources, _TracedSources)
    html = section_html(section, parties)
    words = plain(section.answer)
    return Told(
        section.id,
        section.title,
        words,
        str(inline_html(section.answer, parties)),
        str(html),
        _grounds(answers, sources.used, context.told, section.id),
        sources.passages,
        not words.startswith("Not answered:"),
    )


def _grounds(
    answers: Answers, used: Sequence[Basis], said: Sequence[str], section: str
) -> tuple[Steps, ...]:
    """Return the lines that an answer names; those of its way are the wishes that carry it."""
    case = answers.case
    bases = {id(basis) for basis in used if basis is not NO_BASIS}
    found = [
        line.path
        for line in lines(case)
        if id(line.basis) in bases or (line.kind in ("condition", "refusal") and line.name in said)
    ]
    if section == "q6" and not isinstance(answers.leans, Unanswered):
        found += [_wish(case, lean.party, lean.wish) for lean in answers.leans]
    return tuple(dict.fromkeys(found))


def _wish(case: Case, party: int, wish: int) -> Steps:
    wants = case.parties[party].preferences
    assert isinstance(wants, Statements)
    return (*wishes_at(case.parties[party]), *wants.steps[wish])
