"""A drafted case as a case.yaml for people: the words beside each line, and what is missing."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping

from detente.case.formula import to_text
from detente.case.model import Basis, Case, Citation, Condition, Option, Party, Refusal, Statements
from detente.case.write import json_text, scalar, understood
from detente.drafting.build import Built
from detente.drafting.options import one_line

WIDTH = 98
"""Longest line of a comment in characters."""


_MEANING = {"settlement": "  # they talk, each does what it holds out, and somebody begins"}
_SIDES = {
    "talks": "who has to sit down with whom",
    "mediators": "who brings them together, with nothing of its own at stake",
    "left_out": "named in the reports, but without a position that counts here",
}


def to_yaml(built: Built) -> str:
    """Return a drafted case as YAML with comments; reading it gives the same case.

    Parameters
    ----------
    built : Built
        The case with what it leaves open.
    """
    return "\n".join(_lines(built)) + "\n"


def _lines(built: Built) -> Iterator[str]:
    case = built.case
    yield from _top(built)
    yield f"title: {scalar(case.title)}"
    if case.as_of is not None:
        yield f"as_of: {case.as_of.isoformat()}"
    yield f"source: {scalar(case.source)}"
    yield "draft: true  # take this away when no line is marked any more"
    if case.target is not None:
        yield f"target: {scalar(to_text(case.target))}"
    for key, meaning in _SIDES.items():
        if names := getattr(case, key):
            yield f"{key}: [{', '.join(json_text(one_line(n)) for n in names)}]  # {meaning}"
    if case.understood is not None:
        yield f"understood: {understood(case.understood)}  # of the reports, in percent"
    yield ""
    yield "parties:"
    for party in case.parties:
        yield from _party(party, built.evidence)
    if case.outcomes:
        yield from ("", "outcomes:  # names for what can come about")
    for outcome in case.outcomes:
        yield f"  {outcome.name}:{_MEANING.get(outcome.name, '')}"
        yield f"    that: {scalar(to_text(outcome.formula))}"
        yield f"    label: {scalar(outcome.label)}"
    if case.infeasible:
        yield from ("", "infeasible:  # what cannot be")
    for rule in case.infeasible:
        yield f"  - that: {scalar(to_text(rule.formula))}"
        yield from _basis(rule.basis, "    ")
    yield from _today(case, built.today)
    yield from _preferences(case)
    yield from _said("conditions", "said aloud: the option only if what it needs", case.conditions)
    yield from _said("refusals", "said aloud: never", case.refusals)
    if case.risk.danger is not None:
        yield from ("", "risk:  # where a slide by mistake ends")
        yield "  danger:"
        yield f"    that: {scalar(to_text(case.risk.danger.formula))}"
        yield from _basis(case.risk.danger.basis, "    ")


def _top(built: Built) -> Iterator[str]:
    """Yield what this is, and what the reports do not say."""
    yield "# A draft, made by a program from reports. Every line is a proposal. Hold it against the"
    yield "# words it cites, mend it, and take its mark 'draft: true' away; 'detente check' counts"
    yield "# the marks that are left."
    if built.gaps:
        yield from ("#", "# What the reports leave open:")
    for gap in built.gaps:
        yield from _comment(f"- {gap.text}", "# ", "#   ")
    yield ""


def _comment(text: str, first: str, rest: str) -> list[str]:
    """Return a text as lines of comment."""
    return textwrap.wrap(
        one_line(text, 1000),
        WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_on_hyphens=False,
    )


def _party(party: Party, evidence: Mapping[str, tuple[Citation, ...]]) -> Iterator[str]:
    yield f"  {scalar(party.name)}:"
    yield f"    name: {scalar(party.label)}"
    if party.aliases:
        yield f"    aliases: [{', '.join(json_text(one_line(a)) for a in party.aliases)}]"
    if party.options:
        yield "    options:"
    for option in party.options:
        for cite in evidence.get(f"{party.name}.{option.name}", ())[:1]:
            yield from _comment(_words(cite), "      # ", "      #   ")
        yield f"      {scalar(option.name)}: {_option(option)}"


def _words(cite: Citation) -> str:
    """Return a citation on one line."""
    return f"“{one_line(cite.quote)}” ({one_line(cite.report)})"


def _option(option: Option) -> str:
    if len(option.levels) > 2:
        rows = zip(option.levels, option.deeds, strict=True)
        steps = [f"{name}: {json_text(told)}" for name, told in rows]
        steps[0] = f"{json_text(option.levels[0])}: null"
        return f"{{label: {json_text(option.label)}, levels: {{{', '.join(steps)}}}}}"
    if option.irreversible:
        return f"{{label: {json_text(option.label)}, irreversible: true}}"
    return scalar(option.label)


def _today(case: Case, today: Mapping[str, tuple[Citation, ...]]) -> Iterator[str]:
    """Yield the options that are taken already, with the words that say so."""
    rows = zip(case.options, case.option_names, case.status_quo or (), strict=True)
    taken = [(n, _at(n, o, level)) for (_, o), n, level in rows if level]
    yield ""
    if not taken:
        yield "status_quo: []  # today; every option is at its lowest level"
        return
    yield "status_quo:  # today; what is not mentioned is at its lowest level"
    for name, entry in taken:
        for cite in today.get(name, ())[:1]:
            yield from _comment(_words(cite), "  # ", "  #   ")
        yield f"  - {scalar(entry)}"


def _at(name: str, option: Option, level: int) -> str:
    """Return an option at a level as a formula."""
    return name if len(option.levels) == 2 else f"{name} = {option.levels[level]}"


def _preferences(case: Case) -> Iterator[str]:
    """Yield what each party wants."""
    yield from ("", "preferences:  # what each wants, the most important first")
    for party in case.parties:
        wants = party.preferences
        statements = wants.statements if isinstance(wants, Statements) else ()
        if not statements:
            yield f"  {scalar(party.name)}: []  # not known from these reports"
            continue
        yield f"  {scalar(party.name)}:"
        for wish in statements:
            yield f"    - that: {scalar(to_text(wish.formula))}"
            yield from _basis(wish.basis, "      ")


def _said(
    key: str, meaning: str, said: tuple[Condition, ...] | tuple[Refusal, ...]
) -> Iterator[str]:
    if said:
        yield from ("", f"{key}:  # {meaning}")
    for one in said:
        yield f"  - id: {one.id}"
        yield f"    party: {scalar(one.party)}"
        if isinstance(one, Condition):
            yield f"    option: {scalar(to_text(one.option))}"
            yield f"    needs: {scalar(to_text(one.needs))}"
        else:
            yield f"    refuses: {scalar(to_text(one.refuses))}"
        yield f"    firmness: {one.firmness}"
        yield from _basis(one.basis, "    ")


def _basis(basis: Basis, indent: str) -> Iterator[str]:
    """Yield what a line rests on."""
    if basis.cite:
        yield f"{indent}cite:"
    for cite in basis.cite:
        parts = [f"report: {json_text(cite.report)}", f"quote: {json_text(cite.quote)}"]
        parts += [f"prefix: {json_text(cite.prefix)}"] if cite.prefix else []
        parts += [f"suffix: {json_text(cite.suffix)}"] if cite.suffix else []
        yield f"{indent}  - {{{', '.join(parts)}}}"
    if basis.note:
        yield f"{indent}note: {json_text(basis.note)}"
    if basis.draft:
        yield f"{indent}draft: true"
    if basis.by:
        yield f"{indent}by: {basis.by}"
