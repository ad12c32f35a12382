"""What is written otherwise in a case than in an earlier one, line by line."""

from __future__ import annotations

from collections.abc import Iterator

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
    items = [_change(context, found, k, seen) for k in order]
    first = sum(found.changes[k].what in PUBLIC for k in order)
    shown = min(first or SHOWN, SHOWN)
    blocks: list[Block] = [Items(tuple(items[:shown]))]
    if len(items) > shown:
        blocks += [Heading("Wishes, rules and the rest"), Items(tuple(items[shown:]))]
    yield Details("What is written otherwise", tuple(blocks))


def _weight(change: Change) -> int:
    return PUBLIC.index(change.what) if change.what in PUBLIC else len(PUBLIC)


def _change(context: Context, found: Comparison, k: int, seen: set[str]) -> Para:
    change = found.changes[k]
    after, before = context.answers.case, found.before.case
    case = after if change.how != "gone" and change.party in after.party_names else before
    who: Inline = (English(case).party(change.party),) if change.party in case.party_names else ()
    if change.party in after.party_names:
        who = (context.party(change.party),)
    at = f"/comparison/changes/{k}"
    if change.what == "statement":
        told = _wish(change, case, who, at)
    else:
        told = _told(change, before, after, at)
        if who and change.what in ("risk", "preferences"):
            told = ("for ", *who, ", ", *told)
    notes = phrases.once(_notes(context, change), seen)
    return Para((*phrases.capital(told), "."), notes)


def _wish(change: Change, case: Case, who: Inline, at: str) -> Inline:
    """Say that a party wants something now, no longer, or more or less than before."""
    english = English(case)
    its = english.name(change.party).its
    want = english.agree([change.party], "wants", "want")
    told = FormulaWords(case).wish(change.party, parse(change.name))
    was, now = (_place(t, f"{at}/{k}") for t, k in ((change.before, "was"), (change.after, "now")))
    if change.how == "moved":
        return (
            "as ",
            its,
            " ",
            *now,
            " wish, no longer as ",
            its,
            " ",
            *was,
            ", ",
            *who,
            f" {want} {told}",
        )
    if change.how == "new":
        return ("as ", its, " ", *now, " wish, ", *who, f" now {want} {told}")
    return (*who, f" no longer {want} {told}, which was {its} ", *was, " wish")


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
            return ("that ", *name, " now has firmness ", *now, " instead of ", *was)
        case "condition" | "refusal", "new":
            return ("it is new, with firmness ", *now, ", that ", *name)
        case "condition" | "refusal", _:
            return ("it is no longer so, with firmness ", *was, ", that ", *name)
        case "target" | "risk", _:
            return _assumed(change, name)
        case "what_if", how:
            asks = "the case now asks" if how == "new" else "the case no longer asks"
            return (f"{asks} what if ", *name)
        case what, "changed":
            that = "that " if what == "outcome" else ""
            return (f"the {what} {that}", *name, f" was {change.before} and is now {change.after}")
        case "option", how:
            return (*name, f" is {how}")
        case "rule", "new":
            return ("a new rule says that it cannot be that ", *name)
        case "rule", _:
            return ("it is no longer a rule that it cannot be that ", *name)
        case "outcome", "new":
            return ("it is a new outcome that ", *name)
        case "outcome", "gone":
            return ("it is no longer an outcome that ", *name)
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
    now = english.deed(option, option.levels.index(change.after)).say("is", many=name.many)
    if change.before not in option.levels:
        return f"now {name.text} {now}"
    before = english.deed(option, option.levels.index(change.before)).say("past", many=name.many)
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
                    done = formulas.english.any_level(option).say("to")
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
