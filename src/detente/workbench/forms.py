"""The forms of the page, each filled from the case: what can be set, and what depends on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import Markup

from detente.case import rewording, reworking
from detente.case.document import Steps
from detente.case.formula import to_text
from detente.case.lines import Line
from detente.case.model import Case
from detente.drafting import reviewing
from detente.drafting.joining import joint, lines_near, places
from detente.errors import DetenteError
from detente.workbench import panes, pieces
from detente.workbench.changes import steps_of
from detente.workbench.session import Session

Query = Mapping[str, str]


def form(session: Session, name: str, asked: Query) -> str:
    """Return a form as HTML.

    Raises
    ------
    DetenteError
        If there is none such, or what it is about is not there any more.
    """
    if name not in FORMS:
        raise DetenteError(f"there is no form '{name}'")
    try:
        return pieces.render(f"form-{name}.html.j2", **FORMS[name](session, asked))
    except (KeyError, StopIteration, ValueError):
        raise DetenteError("what this form is about is not there any more") from None


def _words(case: Case, depends: tuple[Line, ...]) -> list[Markup]:
    told = panes.words_of(case)
    return [told[pieces.way_of(line.path)] for line in depends]


def _head(session: Session, asked: Query) -> dict[str, Any]:
    case = session.whole
    return {"case": case, "target": "" if case.target is None else to_text(case.target)}


def _party(session: Session, asked: Query) -> dict[str, Any]:
    case = session.whole
    party = next(p for p in case.parties if p.name == asked["party"])
    depends = reworking.lines_of_party(case, party.name)
    others = [p for p in case.parties if p != party]
    return {"party": party, "others": others, "depends": _words(case, depends)}


def _option(session: Session, asked: Query) -> dict[str, Any]:
    case = session.whole
    party = next(p for p in case.parties if p.name == asked["party"])
    option = next(o for o in party.options if o.name == asked["option"])
    raw = rewording.plain(session.text)
    written = raw["parties"][party.name]["options"][option.name]
    return {
        "party": party,
        "option": option,
        "own_levels": isinstance(written, dict) and "levels" in written,
        "others": [o for o in party.options if o != option],
        "depends": _words(case, reworking.dependants(case, {(party.name, option.name)})),
    }


def _line(session: Session, asked: Query) -> dict[str, Any]:
    case = session.whole
    path = steps_of(asked["way"])
    line = panes.line_at(case, path)
    if line is None:
        raise KeyError(path)
    shown = next(one for one in panes.shown_lines(case) if one.way == asked["way"])
    outcome = line.name if line.kind == "outcome" else ""
    depends = reworking.dependants(case, outcomes={outcome}) if outcome else ()
    return {
        "way": asked["way"],
        "words": shown.words,
        "party": line.party if line.kind == "statement" else "",
        "formulas": _formulas(case, line, path),
        "firmness": shown.firmness,
        "outcome": outcome,
        "citable": shown.citable,
        "note": shown.note,
        "cites": panes.cites_of(case, session.evidence, path),
        "depends": _words(case, depends),
    }


def _formulas(case: Case, line: Line, path: Steps) -> list[tuple[str, str, str]]:
    """Return the formulas of a line that can be mended: key, label, text."""
    said = panes.said_at(case, path)
    if said is not None and line.kind == "condition":
        both = [to_text(formula) for formula in line.formulas]
        keys = ("option", "needs")
        return [(key, _MENDED[key], text) for key, text in zip(keys, both, strict=True)]
    if said is not None:
        return [("refuses", _MENDED["refuses"], to_text(line.formulas[0]))]
    return [("that", "Formula", line.said)] if line.kind in ("statement", "rule", "outcome") else []


_HEADINGS = {
    "condition": "A condition that {} says aloud",
    "refusal": "Something that {} refuses aloud",
    "rule": "Something that cannot be",
    "outcome": "An outcome",
}


def _add(session: Session, asked: Query) -> dict[str, Any]:
    case, kind, party = session.whole, asked["kind"], asked.get("party", "")
    whose = case.party(party).label if party else ""
    return {"kind": kind, "party": party, "heading": _HEADINGS[kind].format(whose)}


def _claim(session: Session, asked: Query) -> dict[str, Any]:
    case, evidence = session.whole, session.evidence
    claim = next(c for c in evidence.claims if c.id == asked["claim"])
    found = joint(claim, case, places(case, evidence))
    shown = {line.way: line for line in panes.shown_lines(case)}
    known = claim.party in case.party_names
    near = {*found.lines, *found.near}
    others = [
        shown[pieces.way_of(line.path)]
        for line in lines_near(case, claim.party or "")
        if tuple(line.path) not in near
    ]
    return {
        "claim": claim,
        "near": [shown[pieces.way_of(path)] for path in (*found.lines, *found.near)],
        "others": others,
        "party": case.party(claim.party) if known and claim.party else None,
        "kind": found.kind,
        "options": found.options,
    }


_MENDED = {
    "that": "What is wished for",
    "option": "It will do this",
    "needs": "only if this holds",
    "refuses": "It will never do or accept this",
    "label": "What it can do",
}


def _proposal(session: Session, asked: Query) -> dict[str, Any]:
    found = reviewing.proposals_of(session.proposals)
    one = next(one for one in found if one.id == asked["proposal"])
    told = reviewing.formulas_of(one, session.whole)
    formulas = [(key, _MENDED[key], text) for key, text in told.items()]
    whose = one.party if one.line == "statement" else ""
    return {"proposal": one.id, "formulas": formulas, "party": whose}


def _file(session: Session, asked: Query) -> dict[str, Any]:
    return {"text": session.text, "at": asked.get("at", "")}


def _report(session: Session, asked: Query) -> dict[str, Any]:
    return {}


def _out(session: Session, asked: Query) -> dict[str, Any]:
    return {"key": session.entry.key, "kinds": kinds_out()}


def kinds_out() -> list[tuple[str, str]]:
    """Return what can be taken out: file name, and words for it."""
    import importlib.util

    from detente.questions.brief import Brief

    found = [("dossier.html", "The dossier, one page that needs nothing else"),
             ("dossier.md", "The dossier as Markdown")]  # fmt: skip
    if hasattr(Brief, "docx") and importlib.util.find_spec("docx"):
        found.append(("dossier.docx", "The dossier for Word"))
    return [
        *found,
        ("answers.json", "Every answer as data, JSON"),
        ("folder.zip", "The folder: case, claims and reports, as zip"),
    ]


FORMS: Mapping[str, Callable[[Session, Query], dict[str, Any]]] = {
    "head": _head,
    "party": _party,
    "option": _option,
    "line": _line,
    "add": _add,
    "claim": _claim,
    "proposal": _proposal,
    "file": _file,
    "report": _report,
    "out": _out,
}
"""Name to what fills it."""
