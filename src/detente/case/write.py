"""A case as the text of a ``case.yaml``, which reads back as an equal case."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from detente.case.formula import Formula, to_text
from detente.case.model import (
    TWO_LEVELS,
    Basis,
    Case,
    Condition,
    Guard,
    Option,
    Party,
    Preferences,
    Ranking,
    Refusal,
    RiskDefaults,
    Stance,
    Statement,
    Statements,
    Understood,
    Weights,
)
from detente.case.names import readable

LONG_KEY = 900
"""YAML reads keys on one line only up to 1,024 characters; longer ones are marked with '?'."""


def to_yaml(case: Case) -> str:
    """Return a case as YAML; reading it gives an equal case, but for its name.

    Parameters
    ----------
    case : Case
        As :mod:`detente.case.files` would accept it: names are identifiers, labels one line.
    """
    return "\n".join(_lines(case)) + "\n"


def _lines(case: Case) -> Iterator[str]:
    yield from _head(case)
    yield "parties:"
    for party in case.parties:
        yield from _party(party)
    if case.outcomes:
        yield "outcomes:"
    for outcome in case.outcomes:
        that = _formula(outcome.formula)
        if outcome.label or outcome.form:
            parts = [f"that: {_flow(to_text(outcome.formula))}"]
            parts += [f"label: {_flow(outcome.label)}"] if outcome.label else []
            parts += [f"as: {outcome.form}"] if outcome.form else []
            that = f"{{{', '.join(parts)}}}"
        yield f"  {_text(outcome.name)}: {that}"
    for key, rules in (("infeasible", case.infeasible), ("equivalent", case.equivalent)):
        if rules:
            yield f"{key}:"
        for rule in rules:
            yield f"  - {_cited(rule.formula, rule.basis)}"
    if case.status_quo is not None or case.open_today:
        yield f"status_quo: [{', '.join(_today(case))}]"
    yield from _wants(case)
    yield from _views(case)
    yield from _public(case)
    yield from _said("conditions", case.conditions)
    yield from _said("refusals", case.refusals)
    yield from _risk(case.risk)


def _head(case: Case) -> Iterator[str]:
    """Write what the case is, before who is in it."""
    yield f"title: {_text(case.title)}"
    if case.as_of is not None:
        yield f"as_of: {case.as_of.isoformat()}"
    if case.source:
        yield f"source: {_text(case.source)}"
    for key, said in (
        ("author", case.author),
        ("organisation", case.organisation),
        ("handling", case.handling),
    ):
        if said:
            yield f"{key}: {_text(said)}"
    if case.draft:
        yield "draft: true"
    for key, names in (
        ("mediators", case.mediators),
        ("left_out", case.left_out),
        ("talks", case.talks),
    ):
        if names:
            yield f"{key}: [{', '.join(map(_flow, names))}]"
    if case.understood is not None:
        yield f"understood: {understood(case.understood)}"
    if case.earlier:
        yield f"earlier: {_text(case.earlier)}"
    if case.target is not None:
        yield f"target: {_formula(case.target)}"


def understood(found: Understood) -> str:
    """Return how much a draft is made of, as YAML on one line."""
    talks = str(found.talks).lower()
    heard = f", heard: {found.heard}" if found.heard else ""
    dropped = f", dropped: {found.dropped}" if found.dropped else ""
    answered = f", answered: {found.answered}" if found.answered is not None else ""
    return (
        f"{{sentences: {found.sentences}, parties: {found.parties}, talks: {talks},"
        f" positions: {found.positions}{heard}{answered}{dropped}}}"
    )


# --- parts ------------------------------------------------------------------------------------


def _party(party: Party) -> Iterator[str]:
    lines = []
    if party.label != readable(party.name):
        lines.append(f"    name: {_text(party.label)}")
    for key, said in (("the", party.the), ("plural", party.plural)):
        if said is not None:
            lines.append(f"    {key}: {str(said).lower()}")
    if party.aliases:
        lines.append(f"    aliases: [{', '.join(map(_flow, party.aliases))}]")
    if party.options:
        lines.append("    options:")
    lines += [f"      {_text(o.name)}: {_option(o)}" for o in party.options]
    yield f"  {_text(party.name)}:" if lines else f"  {_text(party.name)}: {{}}"
    yield from lines


def _option(option: Option) -> str:
    parts = []
    if option.does:
        parts.append(f"does: {_flow(option.does)}")
    if option.deeds:
        told = (f"{_flow(n)}: {_flow(d)}" for n, d in zip(option.levels, option.deeds, strict=True))
        parts.append(f"levels: {{{', '.join(told)}}}")
    elif option.levels != TWO_LEVELS:
        parts.append(f"levels: [{', '.join(map(_flow, option.levels))}]")
    if option.irreversible:
        parts.append("irreversible: true")
    elif option.changes is not None:
        names = option.levels
        free = sorted(option.changes - option.guarded)
        changes = [f"[{_flow(names[a])}, {_flow(names[b])}]" for a, b in free]
        changes += [_guard(guard, names) for guard in option.guards]
        parts.append(f"changes: [{', '.join(changes)}]")
    if not parts:
        return _text(option.label)
    return f"{{label: {_flow(option.label)}, {', '.join(parts)}}}"


def _guard(guard: Guard, levels: Sequence[str]) -> str:
    old = "" if guard.old is None else f"from: {_flow(levels[guard.old])}, "
    parts = [f"{old}to: {_flow(levels[guard.new])}"]
    for key, formula in (("if", guard.before), ("then", guard.after)):
        if formula is not None:
            parts.append(f"{key}: {_flow(to_text(formula))}")
    return _grounded(", ".join(parts), guard.basis)


def _today(case: Case) -> Iterator[str]:
    """Yield the options that are not at their lowest level today."""
    levels = case.open_today or case.status_quo or ()
    for name, (_, option), level in zip(case.option_names, case.options, levels, strict=True):
        if level is None:
            yield f"{{unknown: {name}}}"
        elif level:
            two = len(option.levels) == 2
            yield _flow(name if two else f"{name} = {option.levels[level]}")


def _preferences(party: str, wants: Preferences) -> Iterator[str]:
    match wants:
        case Statements(()):
            return
        case Statements(statements):
            yield f"  {_text(party)}:"
            steps = wants.steps
            for step, wish in zip(steps, statements, strict=True):
                if len(step) > 1 and step[-1] == 0:
                    yield "    - either:"
                yield f"    {'  ' if len(step) > 1 else ''}- {_wish(wish)}"
        case Weights(()):
            yield f"  {_text(party)}: {{weights: {{}}}}"
        case Weights(weights):
            yield f"  {_text(party)}:"
            yield "    weights:"
            for formula, weight in weights:
                key = _formula(formula)
                if len(key) > LONG_KEY:
                    yield f"      ? {key}"
                    yield f"      : {_number(weight)}"
                else:
                    yield f"      {key}: {_number(weight)}"
        case Ranking(groups):
            yield f"  {_text(party)}:"
            yield "    ranking:" if groups else "    ranking: []"
            for group in groups:
                yield f"      - [{', '.join(_flow(to_text(f)) for f in group)}]"


def _wants(case: Case) -> Iterator[str]:
    """Write what the parties want, or may want."""
    if any(p.preferences != Statements() or p.readings for p in case.parties):
        yield "preferences: # most important first"
    for party in case.parties:
        if party.readings:
            yield from _readings(party)
        else:
            yield from _preferences(party.name, party.preferences)


def _wish(wish: Statement) -> str:
    """Write a wish, with how sure it is and what it rests on."""
    if not wish.unsure and not wish.strong:
        return _cited(wish.formula, wish.basis)
    parts = [f"that: {_flow(to_text(wish.formula))}"]
    if wish.unsure:
        parts.append(f"unsure: {'true' if wish.chance is None else _number(wish.chance)}")
    if wish.strong:
        parts.append("strong: true")
    return _grounded(", ".join(parts), wish.basis)


def _views(case: Case) -> Iterator[str]:
    """Write how parties see the others."""
    if case.views:
        yield "views:"
    for view in case.views:
        yield (
            f"  {_text(view.party)}:"
            if view.beliefs or view.unaware
            else (f"  {_text(view.party)}: {{}}")
        )
        for belief in view.beliefs:
            yield f"    {_text(belief.party)}:"
            told = list(_preferences("preferences", belief.preferences))
            yield from (f"    {line}" for line in told or ("  preferences: []",))
        if view.unaware:
            names = ", ".join(".".join(option) for option in view.unaware)
            yield f"    unaware: [{names}]"


def _public(case: Case) -> Iterator[str]:
    """Write attitudes, and what is said in public of single options."""
    if case.attitudes:
        yield "attitudes:"
    for name in dict.fromkeys(who for who, _, _ in case.attitudes):
        own = ", ".join(f"{_flow(to)}: {k}" for who, to, k in case.attitudes if who == name)
        yield f"  {_text(name)}: {{{own}}}"
    levels = {(p.name, o.name): o.levels for p, o in case.options}

    def said(stances: Sequence[Stance]) -> str:
        told = (f"{'.'.join(s.option)}: {_flow(levels[s.option][s.level])}" for s in stances)
        return f"{{{', '.join(told)}}}"

    if case.positions:
        yield "positions:"
    for name in dict.fromkeys(stance.party for stance in case.positions):
        yield f"  {_text(name)}: {said([s for s in case.positions if s.party == name])}"
    if case.intentions:
        yield f"intentions: {said(case.intentions)}"
    if case.doubts:
        yield "doubts:"
    for one in case.doubts:
        yield f"  - {{party: {_flow(one.party)}, option: {'.'.join(one.option)}}}"


def _readings(party: Party) -> Iterator[str]:
    """Write what a party may want, two steps further in."""
    yield f"  {_text(party.name)}:"
    yield "    readings:"
    for reading in party.readings:
        lines = list(_preferences(reading.name, reading.preferences))
        for line in lines or [f"  {_text(reading.name)}: []"]:
            yield f"    {line}"
    given = [(r.name, r.share) for r in party.readings if r.share is not None]
    if given:
        shares = ", ".join(f"{_flow(name)}: {_number(share)}" for name, share in given)
        yield f"    shares: {{{shares}}}"


def _said(key: str, said: tuple[Condition, ...] | tuple[Refusal, ...]) -> Iterator[str]:
    if said:
        yield f"{key}:"
    for one in said:
        yield f"  - id: {_text(one.id)}"
        yield f"    party: {_text(one.party)}"
        match one:
            case Condition():
                yield f"    option: {_formula(one.option)}"
                yield f"    needs: {_formula(one.needs)}"
            case Refusal():
                yield f"    refuses: {_formula(one.refuses)}"
        yield f"    firmness: {one.firmness}"
        if one.basis.cite:
            yield f"    cite: {_citations(one.basis)}"
        if one.basis.note:
            yield f"    note: {_text(one.basis.note)}"
        if one.basis.draft:
            yield "    draft: true"
        if one.basis.by:
            yield f"    by: {one.basis.by}"


def _risk(risk: RiskDefaults) -> Iterator[str]:
    if risk == RiskDefaults():
        return
    yield "risk:"
    if risk.tick:
        yield f"  tick: {_text(risk.tick)}"
    if risk.danger is not None:
        yield f"  danger: {_cited(risk.danger.formula, risk.danger.basis)}"
    if risk.goal is not None:
        yield f"  goal: {_cited(risk.goal.formula, risk.goal.basis)}"
    kinds = (("misstep", risk.misstep, risk.missteps), ("tempo", risk.tempo, risk.tempos))
    for key, rest, single in kinds:
        if rest is not None or single:
            yield f"  {key}:"
        for name, figure in (*((("all", rest),) if rest else ()), *single):
            yield f"    {_text(name)}: {_grounded(f'rate: {_number(figure.value)}', figure.basis)}"
    if risk.behaviour is not None:
        parts = [f"type: {_flow(risk.behaviour.name)}"]
        if risk.behaviour.temperature is not None:
            parts.append(f"temperature: {_number(risk.behaviour.temperature)}")
        if risk.behaviour.concept:
            parts.append(f"concept: {_flow(risk.behaviour.concept)}")
        yield f"  behaviour: {_grounded(', '.join(parts), risk.behaviour.basis)}"
    if risk.what_if:
        yield "  what_if:"
    for wish in risk.what_if:
        yield f"    - {_cited(wish.formula, wish.basis)}"


def _cited(formula: Formula, basis: Basis) -> str:
    """Write a formula, with what it rests on if there is anything."""
    if basis == Basis():
        return _formula(formula)
    return _grounded(f"that: {_flow(to_text(formula))}", basis)


def _grounded(said: str, basis: Basis) -> str:
    """Write keys on one line, with what they rest on."""
    parts = [said]
    if basis.cite:
        parts.append(f"cite: {_citations(basis)}")
    if basis.note:
        parts.append(f"note: {_flow(basis.note)}")
    if basis.draft:
        parts.append("draft: true")
    if basis.by:
        parts.append(f"by: {basis.by}")
    return f"{{{', '.join(parts)}}}"


def _citations(basis: Basis) -> str:
    texts = []
    for cite in basis.cite:
        parts = [f"report: {json_text(cite.report)}", f"quote: {json_text(cite.quote)}"]
        parts += [f"prefix: {json_text(cite.prefix)}"] if cite.prefix else []
        parts += [f"suffix: {json_text(cite.suffix)}"] if cite.suffix else []
        parts += [f"reliability: {cite.reliability}"] if cite.reliability else []
        parts += [f"credibility: {cite.credibility}"] if cite.credibility else []
        texts.append(f"{{{', '.join(parts)}}}")
    return f"[{', '.join(texts)}]"


# --- scalars ----------------------------------------------------------------------------------

# Texts that stand without quotes: words and the marks between them that YAML gives no meaning.
_BARE = re.compile(r"(?:[^\W\d]|\()[\w .()=/'’-]*(?<! )")
_BARE_IN_BLOCK = re.compile(r"(?:[^\W\d]|\()[\w .,;()=/'’-]*(?<! )")
_MEANT_OTHERWISE = {"null", "true", "false", "yes", "no", "on", "off", "y", "n", "nan", "inf"}
# Line breaks and unseen characters that JSON leaves as they are and YAML does not.
_UNSAFE = re.compile(
    "[\x7f-\x9f\u2028\u2029\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]"
)


def _text(text: str) -> str:
    """Write a text that stands alone on its line."""
    return _unless(_BARE_IN_BLOCK, text)


def scalar(text: str) -> str:
    """Write a text that stands alone on its line, with quotes only where it needs them."""
    return _text(text)


def _flow(text: str) -> str:
    """Write a text that stands in a list or mapping on one line."""
    return _unless(_BARE, text)


def _unless(bare: re.Pattern[str], text: str) -> str:
    plain = bare.fullmatch(text) and text.casefold() not in _MEANT_OTHERWISE
    return text if plain else json_text(text)


def _formula(formula: Formula) -> str:
    return _text(to_text(formula))


def json_text(text: str) -> str:
    """Write a text in double quotes; on one line, whatever stands in it."""
    quoted = json.dumps(text, ensure_ascii=False)
    return _UNSAFE.sub(lambda odd: f"\\u{ord(odd.group()):04x}", quoted)


def _number(number: Fraction) -> str:
    """Write a number exactly: as a decimal if it has an end, else as a fraction."""
    places = next((n for n in range(31) if 10**n % number.denominator == 0), None)
    if places is None:
        return f'"{number.numerator}/{number.denominator}"'
    if not places:
        return str(number.numerator)
    digits = f"{abs(int(number * 10**places)):0{places + 1}d}"
    return f"{'-' if number < 0 else ''}{digits[:-places]}.{digits[-places:]}"
