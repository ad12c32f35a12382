"""Later reports held against a case that people have worked on: what they would change in it.

Nothing of the case is touched. What the reports bring is put beside it as proposals.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from detente.case import formula as fm
from detente.case.editing import Value
from detente.case.formula import Formula, to_text
from detente.case.identifiers import identifier
from detente.case.lines import Line, lines
from detente.case.model import Case, Citation, Option, Party
from detente.drafting.build import Built
from detente.drafting.likeness import Likeness, stem
from detente.drafting.options import TALK
from detente.drafting.reviewing import END, Proposal, id_of
from detente.reading.acts import Act


@dataclass(frozen=True)
class _Match:
    """Names of a draft in the names of the case, with the options that the case has not yet."""

    parties: dict[str, str]
    options: dict[tuple[str, str], tuple[str, str, bool]]
    new: tuple[tuple[str, str, str], ...]

    def formula(self, formula: Formula) -> Formula | None:
        """Return a formula in the case's names; None where it names a party that is not there."""
        try:
            return self._in(formula)
        except KeyError:
            return None

    def _in(self, formula: Formula) -> Formula:
        match formula:
            case fm.OptionIs(party, option):
                own, name, same = self.options[party, option]
                made: Formula = fm.OptionIs(own, name)
                return made if same else fm.Not(made)
            case fm.Not(operand):
                inner = self._in(operand)
                return inner.operand if isinstance(inner, fm.Not) else fm.Not(inner)
            case fm.And(operands):
                return fm.And(tuple(map(self._in, operands)))
            case fm.Or(operands):
                return fm.Or(tuple(map(self._in, operands)))
        raise KeyError(formula)


def act_of(label: str) -> Act:
    """Return the deed of a label that a person wrote."""
    words = [w.strip(".,;()").lower() for w in label.split()]
    rest = [w for w in words[1:] if w.isalpha()]
    return Act("", words[0] if words else "", " ".join(words), tuple(rest), frozenset(rest))


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
    match = _matched(case, built.case, like)
    there = list(lines(case))
    found: dict[str, Proposal] = {}
    for one in _all(case, built, match, there, frozenset(fresh)):
        found.setdefault(one.id, one)
    return tuple(found.values())


def _matched(case: Case, draft: Case, like: Likeness) -> _Match:
    named = {n.casefold(): p.name for p in case.parties for n in (p.label, p.name, *p.aliases)}
    parties = {p.name: named.get(p.label.casefold(), "") for p in draft.parties}
    options: dict[tuple[str, str], tuple[str, str, bool]] = {}
    new: list[tuple[str, str, str]] = []
    for party in draft.parties:
        own = parties[party.name]
        if not own:
            continue
        taken = {o.name for o in case.party(own).options}
        for option in party.options:
            name, same = _same(option, case.party(own), like)
            if not name:
                name, same = identifier(option.name, "option", taken), True
                taken.add(name)
                new.append((own, name, option.label))
            options[party.name, option.name] = (own, name, same)
    return _Match(parties, options, tuple(new))


def _same(option: Option, party: Party, like: Likeness) -> tuple[str, bool]:
    """Return the option of a case that an option of a draft is, and whether it points its way."""
    if option.name == TALK:
        known = next((o.name for o in party.options if like.talk(act_of(o.label)) > 0), "")
        return known, True
    for other in party.options:
        alike = like.alike(act_of(option.label), act_of(other.label))
        if alike:
            return other.name, alike > 0
    return next((o.name for o in party.options if o.name == option.name), ""), True


def _all(
    case: Case, built: Built, match: _Match, there: Sequence[Line], fresh: frozenset[str]
) -> Iterator[Proposal]:
    used: set[str] = set()
    made: list[Proposal] = []
    for line in lines(built.case):
        cites = line.basis.cite if line.basis else ()
        new = tuple(c for c in cites if c.report in fresh)
        party = match.parties.get(line.party, "")
        if line.kind in ("statement", "condition", "refusal") and new and party:
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
    for party, formula, cites in built.dropped:
        new = tuple(c for c in cites if c.report in fresh)
        told = match.formula(formula)
        if new and told is not None:
            yield from _gone(match.parties.get(party, ""), told, there, new)


def _named(one: Proposal) -> set[str]:
    return {word.strip("()") for word in one.said.replace(",", " ").split()}


def _line(
    case: Case,
    draft: Case,
    line: Line,
    party: str,
    match: _Match,
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
                all_cites: list[Value] = [_cite(c) for c in (*old.basis.cite, *more)]
                way = (*old.path, "cite")
                key = id_of(old.kind, party, f"{old.said} {more}")
                yield Proposal(
                    key, "changed", old.kind, party, old.said, way, tuple(more), "", all_cites
                )
            return
        contrary = old.party == party and len(told) == 1 and _contrary(old, line, told[0])
        if contrary:
            key = id_of(old.kind, party, f"contrary {old.said}")
            yield Proposal(key, "contradicted", old.kind, party, old.said, old.path, new)
    said = " only if ".join(map(to_text, told)) if len(told) == 2 else to_text(told[0])
    value = _value(line, party, told, new)
    where: tuple[str, ...] = (f"{line.kind}s",)
    if line.kind == "statement":
        where = ("preferences", party)
    note = line.basis.note if line.basis else ""
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


def _value(line: Line, party: str, told: Sequence[Formula], new: Sequence[Citation]) -> Value:
    """Return a line as the file would hold it."""
    texts = list(map(to_text, told))
    cite: Value = [_cite(c) for c in new]
    if line.kind == "statement":
        return {"that": texts[0], "cite": cite}
    name = "u" + stem(id_of(line.kind, party, " ".join(texts)))[2:]
    if line.kind == "condition":
        keys: dict[str, Value] = {"option": texts[0], "needs": texts[1]}
    else:
        keys = {"refuses": texts[0]}
    return {"id": name, "party": party, **keys, "cite": cite}


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
