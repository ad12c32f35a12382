"""What every section needs to find words: the answers, the case's labels, the sources."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from detente.case.formula import OutcomeIs
from detente.case.model import Condition, Refusal
from detente.dossier.answers import Answers, Unanswered
from detente.dossier.formula_words import FormulaWords
from detente.dossier.page.blocks import Inline, Mark, Method, Note, Para
from detente.dossier.page.sources import Sources
from detente.dossier.words import Words, possessive

AIMED = ("brief", "deadlock", "unlock", "path", "broker", "diff")
"""Commands that take a target."""


@dataclass(frozen=True)
class Context:
    """The answers, and how to word them.

    Parameters
    ----------
    answers : Answers
        The results.
    sources : Sources
        Collects the passages that are cited.
    """

    answers: Answers
    sources: Sources

    @cached_property
    def words(self) -> Words:
        """Phrases for options and states."""
        result = self.answers.stability
        space = None if isinstance(result, Unanswered) else result.graph.space
        return Words(self.answers.case, space)

    @cached_property
    def formulas(self) -> FormulaWords:
        """Phrases for formulas, conditions and refusals."""
        return FormulaWords(self.answers.case)

    @property
    def goal(self) -> str:
        """What should come about, as a name in quotes; empty where nothing is named."""
        target = self.answers.target
        return "" if isinstance(target, Unanswered) else self.formulas.name(target)

    @property
    def talks(self) -> bool:
        """Whether what should come about is that the parties talk."""
        return self.answers.target == OutcomeIs("talks")

    def holding_under(self, state: int) -> list[str]:
        """Return the concepts under which a state holds."""
        result = self.answers.stability
        if isinstance(result, Unanswered):
            return []
        names = [concept.name for concept in result.concepts]
        return [name for name in names if result.equilibria(name).states.flat[state]]

    def party(self, name: str) -> Mark:
        """Return a party's label in its colour."""
        return Mark("party", self.answers.case.party(name).label, name)

    def party_at(self, index: int) -> Mark:
        """Return the label of the party at a position."""
        return self.party(self.answers.case.parties[index].name)

    def said_note(self, said: Condition | Refusal) -> Note:
        """Return what something said rests on."""
        kind = "condition" if isinstance(said, Condition) else "refusal"
        label = self.answers.case.party(said.party).label
        return self.sources.note(f"{possessive(label)} {kind} {said.id}", said.basis)

    def command(self, verb: str, *options: str, before: str = "") -> str:
        """Return the command that repeats an answer; ``before`` goes before the case."""
        plan = self.answers.plan
        aimed = [f"--target {_shell(plan.target)}"] if plan.target and verb in AIMED else []
        first = [_shell(before)] if before else []
        return " ".join(["detente", verb, *first, _shell(plan.source), *aimed, *options])


def number(value: float, pointer: str, shown: str = "") -> Mark:
    """Return a figure of a result.

    Parameters
    ----------
    value : float
        As it was worked out.
    pointer : str
        Where it stands in the JSON document of the dossier (RFC 6901).
    shown : str
        As it is read; with separators, where nothing is given.
    """
    return Mark("number", shown or f"{value:,}", pointer, float(value))


def pointer(*parts: str | int) -> str:
    """Return a JSON pointer (RFC 6901) to a place in the JSON document."""
    return "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in parts)


def unanswered(answer: Unanswered, context: Context | None = None) -> Para:
    """Say that a question was not answered, and what to do.

    Parameters
    ----------
    context : Context, optional
        Where it is given, and it is the target that is missing, another section has told so.
    """
    why = answer.why
    if context is not None:
        target = context.answers.target
        if isinstance(target, Unanswered) and target.why == why:
            why = "nothing says what should come about, as told above"
    return Para((f"Not answered: {why}.",), kind="answer")


def method(context: Context, text: str, *commands: str) -> Method:
    """Say how a section was computed, with the version and the commands that repeat it."""
    return Method(f"{text} détente {context.answers.version}.", commands)


def strong(text: str) -> Inline:
    """Return text that stands out."""
    return (Mark("strong", text),)


def _shell(text: str) -> str:
    import shlex

    return shlex.quote(text)
