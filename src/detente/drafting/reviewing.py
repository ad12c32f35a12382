"""Proposals one by one: what a line says, what it rests on, and the edits that settle it.

A proposal is a line of a case that is marked as a draft, or one that later reports bring. The same
functions serve the terminal and the workbench; none of them writes a file.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from detente.case.editing import END, Edit, Value, Way, edited
from detente.case.formula import Formula, Not, parse, to_text
from detente.case.grades import asked_model, found_by
from detente.case.lines import Line, lines
from detente.case.model import Case, Citation, Statements
from detente.errors import DetenteError

Kind: TypeAlias = Literal["draft", "new", "changed", "withdrawn", "contradicted"]

MEANING: dict[Kind, str] = {
    "draft": "proposed by the draft",
    "new": "new in these reports",
    "changed": "in the case already; these reports bring more words for it",
    "withdrawn": "in the case; these reports say that it is no longer asked",
    "contradicted": "in the case; these reports say the contrary",
}

KEYS = {
    "statement": ("that",),
    "condition": ("option", "needs"),
    "refusal": ("refuses",),
    "rule": ("that",),
    "option": ("label",),
}
"""Where the formulas stand that a person may mend, by what kind of line it is."""


PRESS = {
    "j": "next",
    "k": "back",
    "a": "accept",
    "x": "throw out",
    "1–9": "kind",
    "p": "party",
    "w": "more words",
    "z": "undo",
}
"""The keys of a review, on a terminal and in the browser."""

LINE_KINDS = ("statement", "condition", "refusal")
"""What a digit makes of a line on a terminal: 1, 2, 3."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A line that a person accepts, mends or throws out.

    Parameters
    ----------
    id : str
        The same as long as the line says the same.
    kind : str
        Why it is proposed; see :data:`MEANING`.
    line : str
        What kind of line: ``statement``, ``condition``, ``refusal``, ``rule``, ``option``, or
        ``today``, what is done already.
    party : str
        Whose.
    said : str
        The line as text.
    way : tuple
        Where it stands in the file, or where it would go.
    cite : tuple of Citation
        The words it rests on.
    note : str
        Why it is inferred; empty where it is not.
    value : value
        What the file would hold there; None for a line that is there already.
    found : str
        Who found it, as text, where a language model was asked, too.
    """

    id: str
    kind: Kind
    line: str
    party: str
    said: str
    way: Way
    cite: tuple[Citation, ...] = ()
    note: str = ""
    value: Value = None
    found: str = ""


def id_of(line: str, party: str, said: str) -> str:
    """Return the id of a line."""
    digest = hashlib.sha256(f"{line}\0{party}\0{said}".encode()).hexdigest()
    return f"{line[0]}-{digest[:8]}"


def marked(case: Case) -> tuple[Proposal, ...]:
    """Return the lines of a case that nobody has looked at, in the order of its file."""
    asked = asked_model(case)
    return tuple(
        _of(line, asked=asked)
        for line in lines(case)
        if line.basis is not None and line.basis.draft
    )


def _of(line: Line, *, asked: bool) -> Proposal:
    assert line.basis is not None
    return Proposal(
        id_of(line.kind, line.party, line.said),
        "draft",
        line.kind,
        line.party,
        line.said,
        tuple(line.path),
        line.basis.cite,
        line.basis.note,
        found=found_by(line.basis, asked=asked),
    )


def accept(found: Proposal, case: Case) -> tuple[Edit, ...]:
    """Return the edits by which a proposal holds from now on.

    What later reports say of a line is about that line wherever it stands by now; none where it
    is gone.
    """
    if found.kind == "draft":
        return (Edit("drop", (*found.way, "draft")),)
    if found.kind == "new":
        return (Edit("put", _at(found.way, case), found.value),)
    if found.line == "today":
        return (Edit("drop", ("status_quo", found.said)),)
    old = next((one for one in lines(case) if _is(one, found)), None)
    if old is None or old.basis is None:
        return ()
    if found.kind in ("withdrawn", "contradicted"):
        return (Edit("drop", tuple(old.path)),)
    known = {(c.report, c.quote) for c in old.basis.cite}
    more = [c for c in found.cite if (c.report, c.quote) not in known]
    if not old.basis.cite:
        return (Edit("put", (*old.path, "cite"), [_cited(c) for c in more]),)
    ends = enumerate(more, start=len(old.basis.cite))
    return tuple(Edit("put", (*old.path, "cite", k), _cited(c)) for k, c in ends)


def _is(line: Line, found: Proposal) -> bool:
    """Tell whether a line is the one that a proposal is about."""
    return (line.kind, line.party, line.said) == (found.line, found.party, found.said)


def _at(way: Way, case: Case) -> Way:
    """Return a way with the place that the end of its list has now."""
    if way[-1] != END:
        return way
    if way[0] == "status_quo":
        return way
    held = {
        "conditions": len(case.conditions),
        "refusals": len(case.refusals),
        "infeasible": len(case.infeasible),
    }
    if way[0] == "preferences":
        wants = case.party(str(way[1])).preferences
        return (*way[:-1], len(wants.statements) if isinstance(wants, Statements) else 0)
    return (*way[:-1], held[str(way[0])])


def throw_out(found: Proposal) -> tuple[Edit, ...]:
    """Return the edits by which a proposal is gone; none where it is not in the case yet."""
    return (Edit("drop", found.way),) if found.kind == "draft" else ()


def formulas_of(found: Proposal, case: Case) -> dict[str, str]:
    """Return what of a proposal can be mended: its key in the file, and what stands there."""
    keys = KEYS.get(found.line, ("that",))
    if found.kind == "draft":
        said = next(
            (one.formulas for one in lines(case) if tuple(one.path) == tuple(found.way)), ()
        )
        return dict(zip(keys, map(to_text, said), strict=False))
    if isinstance(found.value, dict):
        return {key: str(found.value[key]) for key in keys if key in found.value}
    return {keys[0]: found.value} if isinstance(found.value, str) else {}


def mend(found: Proposal, case: Case, told: Mapping[str, str]) -> tuple[Edit, ...]:
    """Return the edits by which a proposal holds with other formulas, each under its key."""
    if found.kind == "draft":
        puts = tuple(Edit("put", (*found.way, key), text) for key, text in told.items())
        return (*puts, *accept(found, case))
    plain = next(iter(told.values()), found.value)
    value = {**found.value, **told} if isinstance(found.value, dict) else plain
    return (Edit("put", _at(found.way, case), value),)


def of_kind(found: Proposal, case: Case, kind: str) -> tuple[Edit, ...]:
    """Return the edits by which a drafted wish is a refusal, or a refusal a wish; else none.

    What is wished for is the contrary of what is refused; a condition needs two formulas, and so
    becomes nothing else.
    """
    if found.kind != "draft" or {found.line, kind} != {"statement", "refusal"}:
        return ()
    formula = found.said.removeprefix("never ")
    contrary = to_text(_contrary(parse(formula)))
    if kind == "refusal":
        return _moved(found, case, ("refusals", END), {"party": found.party, "refuses": contrary})
    return _moved(found, case, ("preferences", found.party, END), {"that": contrary})


def of_party(found: Proposal, case: Case, party: str) -> tuple[Edit, ...]:
    """Return the edits by which a drafted line is another party's."""
    if found.kind != "draft" or party == found.party or not found.party:
        return ()
    if found.line == "statement":
        return _moved(found, case, ("preferences", party, END), {"that": found.said})
    return (Edit("put", (*found.way, "party"), party),)


def _contrary(formula: Formula) -> Formula:
    return formula.operand if isinstance(formula, Not) else Not(formula)


def _moved(found: Proposal, case: Case, way: Way, value: dict[str, Value]) -> tuple[Edit, ...]:
    """Return the edits that put a line elsewhere with what it rests on, and take it away here."""
    grounds: dict[str, Value] = {"draft": True}
    if found.cite:
        grounds["cite"] = [_cited(one) for one in found.cite]
    if found.note:
        grounds["note"] = found.note
    made: Value = {**value, **grounds}
    place = _at(way, case)
    new = Edit("put", place[:-1], [made]) if place[-1] == 0 else Edit("put", place, made)
    return (new, Edit("drop", found.way))


def _cited(cite: Citation) -> dict[str, Value]:
    told = {
        "report": cite.report,
        "quote": cite.quote,
        "prefix": cite.prefix,
        "suffix": cite.suffix,
    }
    return {key: text for key, text in told.items() if text}


def with_words(found: Proposal, cite: Citation) -> tuple[Edit, ...]:
    """Return the edits by which a drafted line rests on other words first."""
    if found.kind != "draft" or not found.cite:
        return ()
    return (Edit("put", (*found.way, "cite", 0), _cited(cite)),)


_HEAD = re.compile(r"^# A draft, made by a program from reports\..*\n(?:# .*\n)*(?:#?\n)?", re.M)
"""What stands at the head of a draft: that every line is a proposal."""


def finished(text: str, case: Case) -> str:
    """Return a case file without its marks as a draft, once no line of it is marked any more.

    What the reports leave open stays at its head.
    """
    if not case.draft or marked(case):
        return text
    edits = [Edit("drop", ("draft",))]
    edits += [Edit("drop", ("understood",))] if case.understood is not None else []
    return _HEAD.sub("", edited(text, edits), count=1)


# --- proposals as a document --------------------------------------------------------------------


def to_record(found: Proposal) -> dict[str, object]:
    """Return a proposal as JSON has it."""
    return {
        "id": found.id,
        "kind": found.kind,
        "line": found.line,
        "party": found.party,
        "said": found.said,
        "way": list(found.way),
        "cite": [_cited(c) for c in found.cite],
        "note": found.note,
        "value": found.value,
    }


def from_record(row: Mapping[str, object]) -> Proposal:
    """Return a proposal that :func:`to_record` wrote; KeyError or TypeError where it is none."""
    cite, way = row["cite"], row["way"]
    assert isinstance(cite, list)
    assert isinstance(way, list)
    if row["kind"] not in MEANING:
        raise KeyError(row["kind"])
    return Proposal(
        str(row["id"]),
        row["kind"],
        str(row["line"]),
        str(row["party"]),
        str(row["said"]),
        tuple(way),
        tuple(
            Citation(c["report"], c["quote"], c.get("prefix", ""), c.get("suffix", ""))
            for c in cite
        ),
        str(row["note"]),
        row["value"],  # type: ignore[arg-type]
    )


def proposals_of(text: str) -> tuple[Proposal, ...]:
    """Return the proposals of a file as :func:`proposals_text` writes it.

    Raises
    ------
    DetenteError
        If it is none.
    """
    try:
        return tuple(from_record(json.loads(row)) for row in text.splitlines() if row.strip())
    except (ValueError, KeyError, TypeError, AssertionError):
        raise DetenteError(
            "not as 'detente update' writes it; move it away and update again"
        ) from None


def proposals_text(found: Iterable[Proposal]) -> str:
    """Return a file of proposals, a line each."""
    return "".join(f"{json.dumps(to_record(one), ensure_ascii=False)}\n" for one in found)


def proposals_beside(where: Path) -> tuple[Proposal, ...]:
    """Return the proposals of a file that nobody has settled; none where it is not there.

    Raises
    ------
    DetenteError
        If it is no file of proposals.
    """
    try:
        return proposals_of(where.read_text("utf-8")) if where.exists() else ()
    except (OSError, UnicodeDecodeError, DetenteError) as error:
        why = str(error) if isinstance(error, DetenteError) else "cannot be read"
        raise DetenteError(f"{where}: {why}") from None
