"""What the page shows of a case: its lines and its reports as pieces of HTML, each with an id.

A piece that is the same after a change is not drawn again. The sentences come from the dossier's
own words; here they only get their place.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from detente.case.document import Steps
from detente.case.lines import Line, lines
from detente.case.model import Basis, Case, Condition, Refusal, Statements
from detente.dossier import telling
from detente.dossier.drawings import standing, theme
from detente.dossier.line_words import line_words
from detente.dossier.page.html import inline_html, safe
from detente.dossier.say import HEADINGS
from detente.dossier.words import plural
from detente.drafting.joining import Joint, joint, places
from detente.english.speech import sentence
from detente.errors import CaseError
from detente.questions.targets import read_target
from detente.reading import judged
from detente.reading.claims import KINDS, Claim
from detente.reading.evidence import Evidence, Place
from detente.reading.paragraphs import paragraphs
from detente.reading.report import Report
from detente.workbench.session import Session

HERE = Path(__file__).parent

FEW = 9
"""Kinds of claim that a digit sets; the others are found by typing."""

_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Shown:
    """A line of the model as the page shows it."""

    way: str
    kind: str
    words: Markup
    formula: str
    party: str = ""
    firmness: int = 0
    note: str = ""
    cites: int = 0
    draft: bool = False
    citable: bool = False
    movable: bool = False

    @property
    def assumed(self) -> bool:
        """Whether no report says so."""
        return self.citable and not self.cites

    @property
    def classes(self) -> str:
        """How it looks."""
        return "line" + " assumed" * self.assumed + " todo" * self.draft

    @property
    def grounds(self) -> str:
        """What it rests on, in a few words."""
        if not self.citable:
            return ""
        if not self.cites:
            return f"assumed: {self.note}" if self.note else "assumed"
        return plural(self.cites, "source")


def state(session: Session) -> dict[str, Any]:
    """Return everything that a page shows of a case but its answers, as JSON has it."""
    case = session.case
    return {
        "key": session.entry.key,
        "revision": session.store.revision,
        "title": case.title if case is not None else session.name,
        "undo": session.undo_what,
        "redo": session.redo_what,
        "broken": case is None,
        "copied": session.copied_from,
        "model": list(_model(session)),
        "reports": list(_reports(session)),
        "claims": list(_claims(session)),
        "head": render("head.html.j2", **_head(session)),
    }


def render(name: str, **given: Any) -> str:
    """Return a template as HTML; everything in it is escaped."""
    return str(_templates().get_template(name).render(**given))


@cache
def _templates() -> Environment:
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["text"] = safe
    made.globals |= {"plural": plural, "sign": lambda k: Markup(standing.sign(k)), "hue": theme.hue}
    return made


def _head(session: Session) -> dict[str, Any]:
    case = session.case
    marked = [line for line in lines(case) if line.basis and line.basis.draft] if case else []
    done = judged.reviewed(session.claims)
    return {
        "title": case.title if case is not None else session.name,
        "day": case.as_of.isoformat() if case is not None and case.as_of else "",
        "built_in": session.entry.built_in,
        "place": session.entry.file.parent.name,
        "undo": session.undo_what,
        "redo": session.redo_what,
        "to_check": len(marked),
        "claims": len(session.evidence.claims),
        "done": sum(claim.id in done for claim in session.evidence.claims),
        "broken": case is None,
    }


# --- the model ----------------------------------------------------------------------------------


def _model(session: Session) -> Iterator[tuple[str, str]]:
    """Yield the pieces of the middle pane: id and HTML."""
    case = session.case
    if case is None:
        yield "m-broken", render("broken.html.j2", problems=_problems(session), text=session.text)
        return
    shown = list(shown_lines(case))
    raw_today = case.status_quo
    yield "m-case", render("case.html.j2", **_case(session, case, shown))
    for k, party in enumerate(case.parties):
        own = [line for line in shown if line.party == party.name]
        first = (
            case.option_names.index(f"{party.name}.{party.options[0].name}") if party.options else 0
        )
        levels = raw_today[first : first + len(party.options)] if raw_today else ()
        yield (
            f"party-{party.name}",
            render(
                "party.html.j2",
                party=party,
                k=k,
                options=list(
                    zip(party.options, levels or (None,) * len(party.options), strict=True)
                ),
                said=[line for line in own if line.kind in ("condition", "refusal")],
                wishes=[line for line in own if line.kind in ("statement", "weight", "group")],
                listed=isinstance(party.preferences, Statements),
                readings=[reading.name for reading in party.readings],
            ),
        )
    yield (
        "m-rules",
        render(
            "rules.html.j2",
            rules=[line for line in shown if line.kind == "rule"],
            outcomes=[line for line in shown if line.kind == "outcome"],
            names={o.name: o.label or o.name for o in case.outcomes},
            risk=[line for line in shown if line.kind in _RISK],
        ),
    )


_RISK = ("danger", "goal", "misstep", "tempo", "behaviour", "tick", "what_if")


def _case(session: Session, case: Case, shown: Sequence[Shown]) -> dict[str, Any]:
    return {
        "case": case,
        "target_line": "target" if case.target is not None else "outcomes/talks",
        "target_words": _target(case),
        "problems": _problems(session),
        "parties": [(k, party) for k, party in enumerate(case.parties)],
    }


def _target(case: Case) -> Markup:
    """Say what should come about: what the case names, or what is asked for where it is silent."""
    try:
        formula = read_target(case, None)
    except CaseError:
        return Markup("")
    parties = [(party.name, party.label) for party in case.parties]
    context = telling.context(case)
    return inline_html(context.say(f"{sentence(context.english.clause(formula))}."), parties)


def _problems(session: Session) -> list[tuple[int, str, str]]:
    """Return what is wrong or doubtful: line, severity, message."""
    return [(p.place.line if p.place else 0, p.severity, p.message) for p in session.problems]


def words_of(case: Case) -> dict[str, Markup]:
    """Return every line of a case in words, those of what parties believe too, by its way."""
    context = telling.context(case)
    parties = [(party.name, party.label) for party in case.parties]
    return {
        way_of(path): inline_html(context.say(told), parties)
        for path, told in line_words(case).items()
    }


def shown_lines(case: Case) -> Iterator[Shown]:
    """Yield every line of a case as the page shows it."""
    words = words_of(case)
    aloud: tuple[Condition | Refusal, ...] = (*case.conditions, *case.refusals)
    strength = {one.id: one.firmness for one in aloud}
    for line in lines(case):
        basis = line.basis or Basis()
        yield Shown(
            way_of(line.path),
            line.kind,
            words[way_of(line.path)],
            line.said,
            line.party,
            strength.get(line.name, 0) if line.kind in ("condition", "refusal") else 0,
            basis.note,
            len(basis.cite),
            basis.draft,
            line.basis is not None and line.kind in ("statement", "condition", "refusal", "rule"),
            line.kind == "statement" and "either" not in line.path,
        )


def way_of(path: Steps) -> str:
    """Return a place in a case file as the page names it."""
    return "/".join(map(str, path))


# --- the reports --------------------------------------------------------------------------------


def _reports(session: Session) -> Iterator[tuple[str, str]]:
    """Yield the pieces of the left pane: the list, then each report."""
    evidence = session.evidence
    copies = {r.report: r.duplicate_of for r in evidence.records if r.duplicate_of}
    count: dict[str, int] = {}
    for claim in evidence.claims:
        count[claim.report] = count.get(claim.report, 0) + 1
    yield (
        "r-list",
        render(
            "reports.html.j2",
            reports=evidence.reports,
            copies=copies,
            count=count,
            notes=evidence.notes,
            unread=bool(evidence.reports) and not session.claims,
            built_in=session.entry.built_in,
        ),
    )
    if not evidence.reports:
        return
    marks = _marks(session)
    for report in evidence.reports:
        yield (
            f"r-{report.id}",
            render(
                "report.html.j2",
                report=report,
                copy=copies.get(report.id, ""),
                paragraphs=list(_paragraphs(report, marks.get(report.id, ()))),
            ),
        )


@dataclass(frozen=True, slots=True)
class _Mark:
    """Characters of a report that something rests on."""

    start: int
    end: int
    claim: str = ""
    line: str = ""
    look: str = ""
    said: str = ""


def _marks(session: Session) -> dict[str, list[_Mark]]:
    found: dict[str, list[_Mark]] = {}
    case, evidence = session.case, session.evidence
    done = judged.reviewed(session.claims)
    order = list(case.party_names) if case is not None else []
    label = {p.name: p.label for p in case.parties} if case is not None else {}
    for claim in evidence.claims:
        known = claim.party in order
        look = theme.hue(order.index(claim.party)) if known and claim.party else "nobody"
        look += "" if claim.id in done else " todo"
        said = f"{HEADINGS[claim.kind]} · {label.get(claim.party or '', 'not known')}"
        for span in claim.content:
            mark = _Mark(span.start, span.end, claim.id, "", look, said)
            found.setdefault(claim.report, []).append(mark)
    for path, where in (places(case, evidence) if case is not None else {}).items():
        for place in where:
            mark = _Mark(place.start, place.end, "", way_of(path))
            found.setdefault(place.report, []).append(mark)
    return found


def _paragraphs(report: Report, marks: Sequence[_Mark]) -> Iterator[Markup]:
    for span in paragraphs(report.text):
        start, end = max(span.start, report.body), span.end
        if start >= end:
            continue
        here = [m for m in marks if m.start < end and m.end > start]
        cuts = {start, end}
        cuts |= {min(max(at, start), end) for m in here for at in (m.start, m.end)}
        edges = sorted(cuts)
        yield Markup("").join(
            _piece(report.text, a, b, [m for m in here if m.start <= a and m.end >= b])
            for a, b in itertools.pairwise(edges)
        )


def _piece(text: str, start: int, end: int, marks: Sequence[_Mark]) -> Markup:
    """Return some characters, each run of which knows where it stands in the report."""
    runs = Markup("").join(_runs(text, start, end))
    if not marks:
        return runs
    claims = " ".join(dict.fromkeys(m.claim for m in marks if m.claim))
    ways = " ".join(dict.fromkeys(m.line for m in marks if m.line))
    looks = next((m.look for m in marks if m.look), "")
    said = next((m.said for m in marks if m.said and m.start == start), "")
    return Markup('<mark class="{}"{}{}{}>{}</mark>').format(
        f"cl {looks}" if claims else "cited",
        Markup(' data-claims="{}"').format(claims) if claims else "",
        Markup(' data-lines="{}"').format(ways) if ways else "",
        Markup(' data-said="{}"').format(said) if said else "",
        runs,
    )


def _runs(text: str, start: int, end: int) -> Iterator[Markup]:
    """Yield text in runs whose characters are those of the report, one by one."""
    at = start
    for odd in _UNSEEN.finditer(text, start, end):
        if odd.start() > at:
            yield Markup('<span data-at="{}">{}</span>').format(at, escape(text[at : odd.start()]))
        code = f"\\u{ord(odd.group()):04x}"
        yield Markup('<span class="odd" data-odd="{}">{}</span>').format(odd.start(), code)
        at = odd.end()
    if at < end:
        yield Markup('<span data-at="{}">{}</span>').format(at, safe(text[at:end]))


# --- claims -------------------------------------------------------------------------------------


def _claims(session: Session) -> Iterator[dict[str, Any]]:
    """Yield each claim in the order of the text, with what accepting it would do."""
    case, evidence = session.case, session.evidence
    done = judged.reviewed(session.claims)
    order = {report.id: k for k, report in enumerate(evidence.reports)}
    cited = places(case, evidence) if case is not None else {}
    words = {} if case is None else {line.way: line for line in shown_lines(case)}
    claims = sorted(evidence.claims, key=lambda c: (order[c.report], c.content[0].start))
    for claim in claims:
        found = joint(claim, case, cited) if case is not None else Joint()
        yield {
            "id": claim.id,
            "report": claim.report,
            "kind": claim.kind,
            "party": claim.party or "",
            "done": claim.id in done,
            "words": " ".join(claim.text.split()),
            "lines": [way_of(path) for path in found.lines],
            "does": _does(claim, found, words),
            "by": claim.by,
            "shown": claim.shown,
        }


def _does(claim: Claim, found: Joint, words: Mapping[str, Shown]) -> str:
    """Say what accepting a claim does."""
    there = [words[way_of(path)] for path in found.lines if way_of(path) in words]
    if there:
        drafts = any(line.draft for line in there)
        lead = "Its line holds from now on" if drafts else "It is in the model already"
        return f"{lead}: {there[0].words.striptags()}"
    if claim.kind in ("statement", "event", "denial", "silence"):
        return "No line of the model rests on it; it is marked as read."
    return "No line of the model rests on it yet: choose or write one."


def kinds() -> list[dict[str, str]]:
    """Return the kinds of claim, those first that a digit sets."""
    first = ("demand", "condition", "refusal", "offer", "threat", "concession", "acceptance",
             "pressure", "statement")  # fmt: skip
    order = [*first, *(kind for kind in KINDS if kind not in first)]
    return [{"kind": kind, "says": HEADINGS[kind]} for kind in order]


def search(session: Session, asked: str) -> list[dict[str, str]]:
    """Return where some words stand: in lines of the model, claims, and reports."""
    needle = " ".join(asked.split()).casefold()
    if len(needle) < 2:
        return []
    found: list[dict[str, str]] = []
    case = session.case
    for line in shown_lines(case) if case is not None else ():
        told = line.words.striptags()
        if needle in told.casefold() or needle in line.formula.casefold():
            found.append({"where": "model", "to": line.way, "text": told})
    for claim in session.evidence.claims:
        told = " ".join(claim.text.split())
        if needle in told.casefold():
            found.append({"where": "claim", "to": claim.id, "text": told})
    for report in session.evidence.reports:
        found += _in_report(report, needle)
    return found[:MOST_FOUND]


MOST_FOUND = 60
"""Places that a search shows."""


def _in_report(report: Report, needle: str) -> Iterator[dict[str, str]]:
    low = report.text.casefold()
    at = low.find(needle, report.body)
    while at >= 0 and len(low) == len(report.text):
        around = report.text[max(0, at - 40) : at + len(needle) + 40]
        to = f"{report.id}:{at}:{at + len(needle)}"
        yield {"where": report.id, "to": to, "text": " ".join(around.split())}
        at = low.find(needle, at + len(needle))


def place_of(place: Place) -> str:
    """Return a place in a report as the page names it."""
    return f"{place.report}:{place.start}:{place.end}"


# --- forms --------------------------------------------------------------------------------------


def cites_of(case: Case, evidence: Evidence, path: Steps) -> list[tuple[str, str, str]]:
    """Return the words a line rests on: report, words, and the place; empty where not found."""
    for line in lines(case):
        if tuple(line.path) == path and line.basis is not None:
            found = []
            for cite in line.basis.cite:
                place = evidence.locate(cite)
                found.append((cite.report, cite.quote, place_of(place) if place else ""))
            return found
    return []


def said_at(case: Case, path: Steps) -> Condition | Refusal | None:
    """Return the condition or refusal at a place."""
    ones: Mapping[Any, Sequence[Condition | Refusal]] = {
        "conditions": case.conditions,
        "refusals": case.refusals,
    }
    held = ones.get(path[0], ())
    return (
        held[path[1]]
        if len(path) == 2 and isinstance(path[1], int) and path[1] < len(held)
        else None
    )


def line_at(case: Case, path: Steps) -> Line | None:
    """Return the line at a place."""
    return next((line for line in lines(case) if tuple(line.path) == path), None)
