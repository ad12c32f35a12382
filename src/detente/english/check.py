"""What of a case cannot be said well, and how the rest will sound."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from detente.case.document import Steps
from detente.case.formula import OutcomeIs
from detente.case.model import Case, Condition, Option, Refusal
from detente.english.deeds import deed
from detente.english.speech import English, sentence
from detente.errors import Place, Problem


@dataclass(frozen=True, slots=True)
class Saying:
    """Something of the case and how it will sound.

    Parameters
    ----------
    what : str
        Its place in the case, in the words of formulas: ``usa.talk``, ``usa.terms = nothing``.
    said : tuple of str
        Sentences.
    """

    what: str
    said: tuple[str, ...]


def unsayable(case: Case, at: Callable[[Steps], Place | None]) -> Iterator[Problem]:
    """Yield a warning for every label that is no verb phrase where one is needed.

    Parameters
    ----------
    at : callable
        Where a path of the case stands in its file.
    """
    english = English(case)
    for party, option in case.options:
        path: Steps = ("parties", party.name, "options", option.name)
        bad = next(iter(_unsaid(option)), None)
        if bad is None:
            continue
        key, phrase = bad
        level = len(option.levels) - 1
        told = english.does(party.name, option, level)
        yield Problem(
            f"'{phrase}' does not begin with a verb, so a sentence says '{told}'; "
            f"write what is done {key}",
            at(path),
            "warning",
        )
    for outcome in case.outcomes:
        told_ = english.outcome(outcome.name)
        if outcome.form == "clause" and told_.deed is None:
            yield Problem(
                f"no verb was found in '{outcome.label}', so a sentence says "
                f"'a situation in which {told_.text}'; write a subject and one verb, or 'as: noun'",
                at(("outcomes", outcome.name)),
                "warning",
            )


def _unsaid(option: Option) -> Iterator[tuple[str, str]]:
    """Yield what to write, and the phrase in its place, where an option cannot be said."""
    for level, told in zip(option.levels, option.deeds, strict=False):
        if told and not deed(told).known:
            yield f"at '{level}', such as 'supply arms'", told
    phrase = option.does or option.label
    if deed(phrase).known:
        return
    if not all(option.deeds) or not option.deeds:
        yield "as 'does: …', such as 'does: enforce the sanctions'", phrase


def sayings(case: Case) -> tuple[Saying, ...]:
    """Return how every option, outcome, condition and refusal of a case will sound."""
    return tuple(_sayings(case, English(case)))


def _sayings(case: Case, english: English) -> Iterator[Saying]:
    for party, option in case.options:
        name = english.party(party.name)
        for level, word in enumerate(option.levels):
            done = english.deed(party.name, option, level)
            will = f"{name} will {done.say('bare')}"
            told = f"{name} {done.say()}"
            what = f"{party.name}.{option.name} = {word}"
            yield Saying(what, (_full(told), _full(will)))
    for outcome in case.outcomes:
        atom = OutcomeIs(outcome.name)
        yield Saying(outcome.name, (_full(english.clause(atom)), _full(english.denial(atom))))
    everything: tuple[Condition | Refusal, ...] = (*case.conditions, *case.refusals)
    for said in everything:
        yield Saying(said.id, (_full(english.said(said)),))


def _full(text: str) -> str:
    return f"{sentence(text)}."
