"""Later reports held against a case that people have worked on: what they would change in it.

Nothing of the case is touched. What the reports bring is put beside it as proposals.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.case import formula as fm
from detente.case.editing import END, Value
from detente.case.formula import Formula, to_text
from detente.case.lines import Line, lines
from detente.case.model import TWO_LEVELS, Case, Citation
from detente.drafting.build import Built
from detente.drafting.likeness import Likeness, stem
from detente.drafting.matching import Match, matched
from detente.drafting.reviewing import Proposal, id_of

PLACES = {
    "condition": ("conditions",),
    "refusal": ("refusals",),
    "rule": ("infeasible",),
}
"""Where a line of a kind stands in a file; wishes stand under their party."""


def proposals(
    case: Case, built: Built, like: Likeness, fresh: Sequence[str]
) -> tuple[Proposal, ...]:
    """Return what later reports would change in a case.

    Parameters
    ----------
    case : Case
        As people have it.
    built : Built
        A draft of the old and the new reports together, with the sides of the case.
    like : Likeness
        What deeds have in common.
    fresh : sequence of str
        The new reports.
    """
    match = matched(case, built.case, like)
    there = list(lines(case))
    found: dict[str, Proposal] = {}
    for one in _all(case, built, match, there, frozenset(fresh)):
        found.setdefault(one.id, one)
    return tuple(found.values())


def _all(
    case: Case, built: Built, match: Match, there: Sequence[Line], fresh: frozenset[str]
) -> Iterator[Proposal]:
    used: set[str] = set()
    made: list[Proposal] = []
    for line in lines(built.case):
        cites = line.basis.cite if line.basis else ()
        new = tuple(c for c in cites if c.report in fresh)
        party = match.parties.get(line.party, "")
        known = party and line.kind in ("statement", "condition", "refusal")
        if new and (known or line.kind == "rule"):
            for one in _line(case, built.case, line, party, match, there, new):
                made.append(one)
                used |= _named(one)
    for party, name, label in match.new:
        if f"{party}.{name}" in used:
            way = ("parties", party, "options", name)
            said = f"{party}.{name}: {label}"
            key = id_of("option", party, said)
            yield Proposal(key, "new", "option", party, said, way, value=label)
    yield from made
    yield from _today(case, built, match, fresh)
    for party, formula, cites in built.dropped:
        new = tuple(c for c in cites if c.report in fresh)
        told = match.formula(formula)
        if new and told is not None:
            yield from _gone(match.parties.get(party, ""), told, there, new)


def _today(case: Case, built: Built, match: Match, fresh: frozenset[str]) -> Iterator[Proposal]:
    """Yield what is done now and was not in the case, and what is done no longer."""
    before = dict(zip(case.option_names, case.status_quo or (), strict=False))
    levels = built.case.status_quo or ()
    for (party, option), name, level in zip(
        built.case.options, built.case.option_names, levels, strict=True
    ):
        said = built.today if level else built.undone
        new = tuple(c for c in said.get(name, ()) if c.report in fresh)
        at = option.levels[level] if level and len(option.levels) > len(TWO_LEVELS) else None
        meant = match.meant.get(fm.OptionIs(party.name, option.name, at)) if new else None
        done = bool(level) != isinstance(meant, fm.Not)
        atom = meant.operand if isinstance(meant, fm.Not) else meant
        if not isinstance(atom, fm.OptionIs):
            continue
        own = f"{atom.party}.{atom.option}"
        if own not in before or bool(before[own]) == done:
            continue
        text = to_text(atom) if done else own
        key = id_of("today", atom.party, f"{done} {text}")
        way = ("status_quo", END)
        if done:
            yield Proposal(key, "new", "today", atom.party, text, way, new, value=text)
        else:
            yield Proposal(key, "contradicted", "today", atom.party, text, way, new)


def _named(one: Proposal) -> set[str]:
    return {word.strip("()") for word in one.said.replace(",", " ").split()}


def _line(
    case: Case,
    draft: Case,
    line: Line,
    party: str,
    match: Match,
    there: Sequence[Line],
    new: tuple[Citation, ...],
) -> Iterator[Proposal]:
    """Yield what one line of the draft would change."""
    formulas = [match.formula(f) for f in line.formulas]
    if any(f is None for f in formulas):
        return
    told = [f for f in formulas if f is not None]
    for old in there:
        if old.kind == line.kind and old.party == party and list(old.formulas) == told:
            known = {(c.report, c.quote) for c in (old.basis.cite if old.basis else ())}
            more = [c for c in new if (c.report, c.quote) not in known]
            if more and old.basis is not None:
                key = id_of(old.kind, party, f"{old.said} {more}")
                yield Proposal(key, "changed", old.kind, party, old.said, old.path, tuple(more))
            return
        contrary = old.party == party and len(told) == 1 and _contrary(old, line, told[0])
        if contrary:
            key = id_of(old.kind, party, f"contrary {old.said}")
            yield Proposal(key, "contradicted", old.kind, party, old.said, old.path, new)
    said = " only if ".join(map(to_text, told)) if len(told) == 2 else to_text(told[0])
    note = line.basis.note if line.basis else ""
    value = _value(line, party, told, new, note)
    where = PLACES.get(line.kind, ("preferences", party))
    key = id_of(line.kind, party, said)
    yield Proposal(key, "new", line.kind, party, said, (*where, END), new, note, value)


def _contrary(old: Line, line: Line, told: Formula) -> bool:
    """Tell whether a new wish or refusal says the contrary of an old line of the same party."""
    wanted = told if line.kind == "statement" else _not(told)
    if old.kind == "statement":
        return old.formulas[0] == _not(wanted)
    return old.kind == "refusal" and old.formulas[0] == wanted


def _not(formula: Formula) -> Formula:
    return formula.operand if isinstance(formula, fm.Not) else fm.Not(formula)


def _value(
    line: Line, party: str, told: Sequence[Formula], new: Sequence[Citation], note: str
) -> Value:
    """Return a line as the file would hold it: accepted, an inferred one still says that it is."""
    texts = list(map(to_text, told))
    grounds: dict[str, Value] = {"cite": [_cite(c) for c in new]}
    grounds |= {"note": note} if note else {}
    if line.kind in ("statement", "rule"):
        return {"that": texts[0], **grounds}
    name = "u" + stem(id_of(line.kind, party, " ".join(texts)))[2:]
    if line.kind == "condition":
        keys: dict[str, Value] = {"option": texts[0], "needs": texts[1]}
    else:
        keys = {"refuses": texts[0]}
    return {"id": name, "party": party, **keys, **grounds}


def _cite(cite: Citation) -> Value:
    made: dict[str, Value] = {"report": cite.report, "quote": cite.quote}
    made |= {"prefix": cite.prefix} if cite.prefix else {}
    return made | ({"suffix": cite.suffix} if cite.suffix else {})


def _gone(
    party: str, formula: Formula, there: Sequence[Line], new: tuple[Citation, ...]
) -> Iterator[Proposal]:
    """Yield the lines of a case that its party no longer stands by."""
    for old in there:
        asked = old.kind == "condition" and old.formulas[-1:] == (formula,)
        wished = old.kind == "statement" and old.formulas == (formula,)
        if old.party == party and (asked or wished):
            key = id_of(old.kind, party, f"withdrawn {old.said}")
            yield Proposal(key, "withdrawn", old.kind, party, old.said, old.path, new)
