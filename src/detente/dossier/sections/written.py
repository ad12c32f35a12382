"""What is written otherwise in a case than in an earlier one, line by line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from detente.case.formula import OutcomeIs, parse, to_text
from detente.case.lines import said
from detente.case.model import Case, Statements
from detente.dossier.formula_words import FormulaWords
from detente.dossier.page.blocks import (
    Block,
    Details,
    Heading,
    Inline,
    Items,
    Mark,
    Note,
    Para,
)
from detente.dossier.say import figure_of
from detente.dossier.sections import phrases
from detente.dossier.sections.context import Context, number
from detente.english.speech import English
from detente.wayout.changes import Change
from detente.wayout.compare import Comparison
from detente.wayout.deadlock import everything_said

SHOWN = 8
"""Changes shown at once; the others can be opened."""

PUBLIC = ("party", "status_quo", "refusal", "condition")
"""What is shown first: who takes part, where things stand, what was said aloud."""


def written(context: Context, found: Comparison, seen: set[str]) -> Iterator[Block]:
    """Yield every change: first who takes part, where things stand and what was said aloud."""
    if not found.changes:
        return
    order = sorted(range(len(found.changes)), key=lambda k: _weight(found.changes[k]))
    first = sum(found.changes[k].what in PUBLIC for k in order)
    shown = min(first or SHOWN, SHOWN)
    blocks: list[Block] = [*_listed(context, found, order[:shown], seen)]
    if len(order) > shown:
        blocks.append(Heading("Wishes, rules and the rest"))
        blocks += _listed(context, found, order[shown:], seen)
    yield Details("What is written otherwise", tuple(blocks))


def _listed(
    context: Context, found: Comparison, order: Sequence[int], seen: set[str]
) -> Iterator[Block]:
    """Yield some changes, the wishes of one party under its name."""
    for whose, group in groupby(order, lambda k: _wisher(found.changes[k])):
        if whose:
            yield Para(("The wishes of ", *_who(context, found, whose), " have changed:"))
        yield Items(tuple(_change(context, found, k, seen) for k in group))


def _wisher(change: Change) -> str:
    """Return whose wish has changed; empty where it is something else."""
    return change.party if change.what == "statement" else ""


def _weight(change: Change) -> tuple[int, bool]:
    """Return what sorts changes: public words first, and wishes, which have a heading, last."""
    public = PUBLIC.index(change.what) if change.what in PUBLIC else len(PUBLIC)
    return public, change.what == "statement"


def _change(context: Context, found: Comparison, k: int, seen: set[str]) -> Para:
    change = found.changes[k]
    after, before = context.answers.case, found.before.case
    case = after if change.how != "gone" and change.party in after.party_names else before
    who = _who(context, found, change.party)
    at = f"/comparison/changes/{k}"
    if change.what == "statement":
        told = _wish(change, case, at)
    else:
        told = _told(change, before, after, at)
        if who and change.what in ("risk", "preferences"):
            told = ("for ", *who, ", ", *told)
    notes = phrases.once(_notes(context, change), seen)
    return Para((*phrases.capital(told), "."), notes)


def _who(context: Context, found: Comparison, party: str) -> Inline:
    """Name a party of either case; in its colour where the later one has it."""
    if party in context.answers.case.party_names:
        return (context.party(party),)
    before = found.before.case
    return (English(before).party(party),) if party in before.party_names else ()


def _wish(change: Change, case: Case, at: str) -> Inline:
    """Say which wish is new, gone, or more or less than before, without whose it is."""
    its = English(case).name(change.party).its
    told = FormulaWords(case).wish(change.party, parse(change.name))
    was, now = (_place(t, f"{at}/{k}") for t, k in ((change.before, "was"), (change.after, "now")))
    if change.how == "moved":
        return (f"now {its} ", *now, f" wish rather than {its} ", *was, f": {told}")
    if change.how == "new":
        return (f"new, as {its} ", *now, f" wish: {told}")
    return (f"gone, {its} ", *was, f" wish before: {told}")


def _place(text: str, at: str) -> Inline:
    value = figure_of(text)
    return () if value is None else (phrases.ranked(value, at),)


def _told(change: Change, before: Case, after: Case, at: str) -> Inline:
    """Say one change, without whose it is."""
    name = spoken(change, before if change.how == "gone" else after)
    was, now = (_figure(t, f"{at}/{k}") for t, k in ((change.before, "was"), (change.after, "now")))
    match change.what, change.how:
        case "preferences", _:
            return ("the preferences have changed",)
        case "status_quo", "changed":
            return (_today(change, after),)
        case "status_quo", _:
            levels = (change.after or "no level", change.before or "no level")
            return ("now ", *name, f" is at {levels[0]}, whereas it was at {levels[1]}")
        case "condition" | "refusal", "changed":
            return ("now with firmness ", *now, " instead of ", *was, ": ", *name)
        case "condition" | "refusal", "new":
            return ("new, with firmness ", *now, ": ", *name)
        case "condition" | "refusal", _:
            return ("no longer said, with firmness ", *was, " before: ", *name)
        case "target" | "risk", _:
            return _assumed(change, name)
        case "what_if", how:
            return ("newly asked: " if how == "new" else "no longer asked: ", "what if ", *name)
        case what, "changed":
            that = "that " if what == "outcome" else ""
            return (f"the {what} {that}", *name, f" was {change.before} and is now {change.after}")
        case "besides", how:
            when = {"new": "now told: ", "gone": "no longer told: "}.get(
                how, "now told otherwise: "
            )
            return (when, BESIDES[change.name])
        case "option", how:
            return (*name, f" is {how}")
        case "rule", "new":
            return ("now excluded by a rule: ", *name)
        case "rule", _:
            return ("no longer excluded: ", *name)
        case "outcome", "new":
            return ("a new outcome: ", *name)
        case "outcome", "gone":
            return ("no longer an outcome: ", *name)
        case "party", "new":
            return (*name, " is new among the parties")
        case "party", "gone":
            return (*name, " is no longer among the parties")
        case what, how:
            return (f"the {what} ", *name, f" is {how}")


ASSUMED = {
    "danger": "the danger that is reckoned with",
    "goal": "where the danger ends",
    "misstep": "the misstep rate",
    "tempo": "the tempo",
    "behaviour": "the behaviour that is assumed",
    "tick": "the time that a decision takes",
}
"""What a case assumes about the slide by mistake, in words."""


BESIDES = {
    "equivalent": "which states count as one",
    "open_today": "what is not known of today",
    "views": "what parties believe of each other",
    "attitudes": "whom parties wish well or ill",
    "positions": "the positions taken in public",
    "intentions": "what parties say that they intend",
    "doubts": "who does not believe whom",
}
"""What is compared as a whole, in words."""


def _assumed(change: Change, name: Inline) -> Inline:
    """Say what is aimed at, or assumed about the slide by mistake, then and now."""
    told: Inline = name if change.what == "target" else (ASSUMED.get(change.name, change.name),)
    sides: list[Inline] = [
        (Mark("code", text),) if text else ("not given",) for text in (change.after, change.before)
    ]
    return (*told, " is ", *sides[0], " and was ", *sides[1])


def _today(change: Change, case: Case) -> str:
    """Say what a party does now that it did not, or did otherwise."""
    english = English(case)
    axis = case.option_names.index(change.name)
    party, option = case.options[axis]
    name = english.name(party.name)
    now = english.deed(party.name, option, option.levels.index(change.after)).say()
    if change.before not in option.levels:
        return f"now {name.text} {now}"
    before = english.deed(party.name, option, option.levels.index(change.before)).say("past")
    return f"now {name.text} {now}, whereas before {name.it} {before}"


def spoken(change: Change, case: Case) -> Inline:
    """Name what changed in the labels of its case; in the case's formulas where that fails."""
    formulas = FormulaWords(case)
    match change.what:
        case "target":
            return ("what is sought",)
        case "rule" | "what_if":
            return (formulas.clause(parse(change.name)),)
        case "statement":
            told = formulas.wish(change.party, parse(change.name))
            return (told if told.startswith(("to ", "not to ")) else f"for {told}",)
        case "condition" | "refusal":
            for one in everything_said(case):
                if (one.party, said(one)) == (change.party, change.name):
                    return (formulas.said(one),)
        case "outcome" if change.name in case.outcome_named:
            return (formulas.clause(OutcomeIs(change.name)),)
        case "option" | "status_quo":
            for key, (party, option) in zip(case.option_names, case.options, strict=True):
                if change.name in (key, option.name) and change.party in ("", party.name):
                    done = formulas.english.any_level(party.name, option).say("to")
                    return (f"{formulas.english.of(party.name)} option {done}",)
        case "party" if change.name in case.party_names:
            return (formulas.english.party(change.name),)
    return (Mark("code", change.name),)


def _figure(text: str, at: str) -> Inline:
    """Return a place or a firmness."""
    value = figure_of(text)
    return () if value is None else (number(value, at),)


def _notes(context: Context, change: Change) -> tuple[Note, ...]:
    """Return what a line that is new or other now rests on."""
    case = context.answers.case
    if change.how == "gone":
        return ()
    if change.what in ("condition", "refusal"):
        found = [
            s for s in everything_said(case) if (s.party, said(s)) == (change.party, change.name)
        ]
        return tuple(context.said_note(s) for s in found[:1])
    if change.what == "statement" and change.party in case.party_names:
        wants = case.party(change.party).preferences
        if isinstance(wants, Statements):
            for statement in wants.statements:
                if to_text(statement.formula) == change.name:
                    at = case.party_names.index(change.party)
                    title = phrases.wish_title(context, at, statement.formula)
                    return (context.sources.note(title, statement.basis),)
    return ()
