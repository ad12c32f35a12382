"""Appendix: the whole model, as it was written."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.formula import to_text
from detente.case.lines import Line, lines
from detente.case.model import Rule
from detente.case.write import to_yaml
from detente.dossier.page.blocks import (
    Block,
    Cell,
    Code,
    Details,
    Items,
    Para,
    Section,
    Table,
)
from detente.dossier.sections.context import Context


def section(context: Context) -> Section:
    """Return the section."""
    return Section("model", "Appendix", "The full model", tuple(_blocks(context)))


def _blocks(context: Context) -> Iterator[Block]:
    case = context.answers.case
    if case.source:
        yield Para((case.source,))
    today = case.status_quo or (None,) * len(case.options)
    rows = [
        (
            Cell((context.party(party.name),)),
            Cell((option.label,)),
            Cell((", ".join(option.levels),)),
            Cell(("–" if level is None else option.levels[level],)),
        )
        for (party, option), level in zip(case.options, today, strict=True)
    ]
    yield Table(
        "Who can do what, and where it stands today",
        ("party", "option", "levels", "today"),
        tuple(rows),
    )
    if case.outcomes:
        yield Table(
            "What the outcomes mean",
            ("outcome", "it is so if"),
            tuple(
                (Cell((o.label or o.name,)), Cell(context.say(context.formulas.clause(o.formula))))
                for o in case.outcomes
            ),
        )
    yield from _rules(context, "What cannot be:", "It cannot be that {}.", case.infeasible)
    guards = [line for line in lines(case) if line.kind == "guard"]
    if guards:
        yield Para(("What is allowed under a condition only:",))
        yield Items(tuple(_guard(context, line) for line in guards))
    one = "What counts as one situation, however else it differs:"
    yield from _rules(context, one, "All in which {}.", case.equivalent)
    text = to_yaml(context.answers.whole)
    yield Details("The case file, to read or to run again", (Code(text),))


def _rules(context: Context, lead: str, told: str, rules: tuple[Rule, ...]) -> Iterator[Block]:
    """Yield some formulas of the case as sentences, each with what it rests on."""
    if not rules:
        return
    yield Para((lead,))
    said = [(told.format(context.formulas.clause(r.formula)), r) for r in rules]
    yield Items(
        tuple(
            Para(context.say(text), (context.sources.note(to_text(r.formula), r.basis),))
            for text, r in said
        )
    )


def _guard(context: Context, line: Line) -> Para:
    """Say which change of an option passes, and when."""
    case = context.answers.case
    party = case.party(line.party)
    option = next(o for o in party.options if o.name == line.name)
    guard = next(g for g in option.guards if g.entry == line.path[-1])
    says = context.formulas.clause
    told = [f"{context.english.party(party.name)}: {option.label}, to {option.levels[guard.new]}"]
    if guard.old is not None:
        told[0] += f" from {option.levels[guard.old]}"
    if guard.before is not None:
        told.append(f"only where {says(guard.before)}")
    if guard.after is not None:
        told.append(f"only so that then {says(guard.after)}")
    note = context.sources.note(line.text, guard.basis)
    return Para(context.say(f"{', '.join(told)}."), (note,))
