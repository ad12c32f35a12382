"""What every section needs to find words: the answers, the case's labels, the sources."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property

from detente.case.formula import OutcomeIs
from detente.case.model import Condition, Refusal
from detente.dossier.answers import Answers, Unanswered
from detente.dossier.formula_words import FormulaWords
from detente.dossier.page.blocks import Inline, Mark, Method, Note, Para
from detente.dossier.page.sources import Sources
from detente.dossier.words import Words
from detente.english.speech import English, sentence

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
    alone : bool
        Whether a single question was asked, and its section is all that is told.
    """

    answers: Answers
    sources: Sources
    alone: bool = False

    @cached_property
    def words(self) -> Words:
        """Phrases for options and states."""
        return Words(self.answers.case, self.answers.space)

    @cached_property
    def formulas(self) -> FormulaWords:
        """Phrases for formulas, conditions and refusals."""
        return FormulaWords(self.answers.case)

    @property
    def english(self) -> English:
        """How the case is said."""
        return self.words.english

    @property
    def goal(self) -> str:
        """What should come about, as it stands after a preposition; empty where nothing is named.

        ``talks``, ``war``, ``the two sides sharing the water``.
        """
        target = self.answers.target
        if isinstance(target, Unanswered):
            return ""
        return self.formulas.name(target)

    @property
    def goal_is(self) -> str:
        """What should come about, as a clause."""
        target = self.answers.target
        return "" if isinstance(target, Unanswered) else self.english.clause(target)

    @property
    def goal_to(self) -> str:
        """What should come about, after "for": ``Washington and Pyongyang to talk``."""
        target = self.answers.target
        if isinstance(target, Unanswered):
            return ""
        told = self.english.to(target)
        nouns = isinstance(target, OutcomeIs) and self.english.outcome(target.name).form == "noun"
        return f"{told} to come about" if nouns else told

    def say(self, text: str, *, start: bool = False) -> Inline:
        """Return a text with the parties in their colours; ``start`` gives it its capital."""
        text = sentence(text) if start else text
        pieces: list[str | Mark] = []
        at = 0
        for match in self._named.finditer(text):
            found = match.group()
            name = self._names[found[:1].lower() + found[1:]]
            pieces += [text[at : match.start()], Mark("party", found, name)]
            at = match.end()
        return tuple(piece for piece in (*pieces, text[at:]) if piece)

    @cached_property
    def _names(self) -> dict[str, str]:
        told = {self.english.party(p.name): p.name for p in self.answers.case.parties}
        return {text[:1].lower() + text[1:]: name for text, name in told.items()}

    @cached_property
    def _named(self) -> re.Pattern[str]:
        texts = sorted((self.english.party(p) for p in self._names.values()), key=len, reverse=True)
        both = (re.escape(form) for t in texts for form in dict.fromkeys((t, sentence(t))))
        return re.compile(rf"(?<![\w’])(?:{'|'.join(both)})(?![\w])")

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
        """Return a party's name, as it stands in a sentence, in its colour."""
        return Mark("party", self.english.party(name), name)

    def party_at(self, index: int) -> Mark:
        """Return the label of the party at a position."""
        return self.party(self.answers.case.parties[index].name)

    def said_note(self, said: Condition | Refusal) -> Note:
        """Return what something said rests on."""
        kind = "condition" if isinstance(said, Condition) else "refusal"
        title = sentence(f"{self.english.of(said.party)} {kind}")
        return replace(self.sources.note(title, said.basis), line=said.id)

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
