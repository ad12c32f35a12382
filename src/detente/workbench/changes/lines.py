"""Changes of single lines: wishes, conditions, refusals, rules, outcomes, and what they rest on."""

from __future__ import annotations

from collections.abc import Mapping

from detente.case import reworking
from detente.case.document import Steps
from detente.case.editing import Edit, EditError, Value, edited
from detente.case.identifiers import identifier
from detente.case.lines import Line, wishes_at
from detente.drafting.joining import places, resting
from detente.reading import judged
from detente.reading.evidence import CLAIMS
from detente.workbench.changes.core import Change, Desk, change, finished, short, steps_of

_FORMULA_KEYS = {"condition": "needs", "refusal": "refuses"}


@change
def add_line(
    desk: Desk,
    kind: str,
    party: str = "",
    formula: str = "",
    option: str = "",
    name: str = "",
    note: str = "",
    cite: Mapping[str, str] | None = None,
    firmness: str = "1",
) -> Change:
    """Add a wish, a condition, a refusal, a rule or an outcome."""
    value, edits = _line_value(kind, party, formula, option, note, cite, firmness), []
    what = {"statement": "wish", "rule": "rule", "outcome": "outcome"}.get(kind, kind)
    if kind == "outcome":
        name = identifier(name, "outcome", desk.raw.get("outcomes") or {})
        edits = _into(desk, ("outcomes",), name, value)
    elif kind == "statement":
        way = tuple(wishes_of(desk, party))
        edits = _listed(desk, way, value)
    else:
        keys = {"condition": "conditions", "refusal": "refusals", "rule": "infeasible"}
        edits = _listed(desk, (keys[kind],), value)
    return desk.made(f"{what} added: {short(formula)}", edits)


def wishes_of(desk: Desk, party: str) -> Steps:
    """Return where a party's list of wishes stands, or would."""
    way = wishes_at(desk.party(party))
    there = desk.at(way)
    if isinstance(there, dict) and "statements" in there:
        return (*way, "statements")
    if there is not None and not isinstance(there, list):
        raise EditError("this party ranks or weighs; a wish cannot be added to that")
    return way


def _line_value(
    kind: str,
    party: str,
    formula: str,
    option: str,
    note: str,
    cite: Mapping[str, str] | None,
    firmness: str,
) -> Value:
    if not formula.strip():
        raise EditError("write a formula first")
    grounds: dict[str, Value] = {}
    if cite:
        grounds["cite"] = [{key: str(value) for key, value in cite.items() if value}]
    if note:
        grounds["note"] = note
    strength: dict[str, Value] = {"firmness": int(firmness)} if firmness not in ("", "1") else {}
    match kind:
        case "condition":
            return {"party": party, "option": option, "needs": formula, **strength, **grounds}
        case "refusal":
            return {"party": party, "refuses": formula, **strength, **grounds}
        case "statement" | "rule":
            return {"that": formula, **grounds} if grounds else formula
        case "outcome":
            return formula
    raise EditError(f"there is no line of the kind '{kind}'")


def _listed(desk: Desk, way: Steps, value: Value) -> list[Edit]:
    """Return the edits that put something at the end of a list, which may not be there yet."""
    there = desk.at(way)
    if not there:
        return [Edit("put", way, [value])]
    return [Edit("put", (*way, len(there)), value)]


def _into(desk: Desk, way: Steps, key: str, value: Value) -> list[Edit]:
    if not desk.at(way):
        return [Edit("put", way, {key: value})]
    return [Edit("put", (*way, key), value)]


@change
def mend(desk: Desk, way: str, formula: str, key: str = "") -> Change:
    """Give a line another formula."""
    line, path = desk.line(way), steps_of(way)
    there = desk.at(path)
    if isinstance(there, dict):
        path = (*path, key or _FORMULA_KEYS.get(line.kind, "that"))
    return desk.made(f"{_word(line)} is now: {short(formula)}", [Edit("put", path, formula)])


@change
def drop(desk: Desk, way: str) -> Change:
    """Delete a line; an outcome goes with what depends on it."""
    line = desk.line(way)
    edits = list(reworking.dropped(desk.raw, [steps_of(way)]))
    if line.kind == "outcome":
        edits = list(reworking.delete_outcome(desk.whole, desk.raw, line.name))
    text = desk.made("", edits).texts[desk.file]
    if line.basis is not None and line.basis.draft:
        text = finished(desk, text)
    return Change(f"{_word(line)} deleted: {short(line.said)}", {desk.file: text})


@change
def rename_outcome(desk: Desk, outcome: str, name: str) -> Change:
    """Give an outcome another name in formulas, everywhere."""
    edits = reworking.rename_outcome(desk.raw, outcome, name)
    return desk.made(f"{outcome} is called {name} everywhere", edits)


@change
def move(desk: Desk, way: str, to: str | int) -> Change:
    """Move a wish to another place of its party's list."""
    line, path = desk.line(way), steps_of(way)
    if not isinstance(path[-1], int) or line.kind != "statement":
        raise EditError("only wishes have an order")
    edits = [Edit("move", path, to=int(to))]
    said = short(line.said)
    return desk.made(
        f"wish moved to place {int(to) + 1}: {said}", edits, f"{'/'.join(map(str, path[:-1]))}/{to}"
    )


@change
def firmness(desk: Desk, way: str, firmness: str | int) -> Change:
    """Say what giving a condition or refusal up would cost."""
    line = desk.line(way)
    edits = [Edit("put", (*steps_of(way), "firmness"), int(firmness))]
    return desk.made(f"firmness {int(firmness)}: {short(line.said)}", edits)


@change
def note(desk: Desk, way: str, note: str) -> Change:
    """Say why a line is assumed, or how its words were read."""
    line, path = desk.line(way), steps_of(way)
    edits = [*long_form(desk, path), Edit("put", (*path, "note"), note)]
    there = desk.at(path)
    if not note:
        edits = (
            [Edit("drop", (*path, "note"))] if isinstance(there, dict) and "note" in there else []
        )
    return desk.made(f"note on {short(line.said)}", edits)


@change
def cite(
    desk: Desk, way: str, report: str, quote: str, prefix: str = "", suffix: str = ""
) -> Change:
    """Let a line rest on words of a report, too."""
    line, path = desk.line(way), steps_of(way)
    told = {"report": report, "quote": quote, "prefix": prefix, "suffix": suffix}
    edits = [*long_form(desk, path), *_cited(desk, path, told)]
    return desk.made(f"words joined to: {short(line.said)}", edits, way)


@change
def uncite(desk: Desk, way: str, number: str | int) -> Change:
    """Take words away from a line."""
    line, path = desk.line(way), (*steps_of(way), "cite")
    there = desk.at(path) or ()
    edits = [Edit("drop", (*path, int(number)) if len(there) > 1 else path)]
    return desk.made(f"words taken from: {short(line.said)}", edits, way)


def _cited(desk: Desk, path: Steps, told: Mapping[str, str]) -> list[Edit]:
    """Return the edits that add a citation to a line in its long form."""
    value: Value = {key: text for key, text in told.items() if text}
    there = desk.at((*path, "cite"))
    return [
        Edit(
            "put",
            (*path, "cite", len(there)) if there else (*path, "cite"),
            value if there else [value],
        )
    ]


def long_form(desk: Desk, path: Steps) -> list[Edit]:
    """Return the edit that turns a bare formula into a line that can hold more."""
    there = desk.at(path)
    return [] if isinstance(there, dict) else [Edit("put", path, {"that": str(there)})]


@change
def accept(desk: Desk, way: str) -> Change:
    """Let a drafted line hold from now on, and the claims of its party that it rests on."""
    line, path = desk.line(way), steps_of(way)
    text = edited(desk.text, [Edit("drop", (*path, "draft"))])
    claims, cited = desk.texts.get(CLAIMS, ""), places(desk.whole, desk.evidence)
    for claim in desk.evidence.claims:
        if claim.party == line.party and path in resting(claim, cited):
            claims = judged.accepted(claims, claim.id)
    texts = {desk.file: finished(desk, text), **({CLAIMS: claims} if claims else {})}
    return Change(f"accepted: {short(line.said)}", texts)


def _word(line: Line) -> str:
    return {"statement": "wish", "rule": "rule"}.get(line.kind, line.kind.replace("_", " "))
