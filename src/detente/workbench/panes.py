"""What the page shows of a case: its lines and its reports as pieces of HTML, each with an id.

A piece that is the same after a change is not drawn again. The sentences come from the dossier's
own words; here they only get their place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from detente.case import understood
from detente.case.document import Steps
from detente.case.grades import asked_model, found_by
from detente.case.lines import Line, lines
from detente.case.model import Basis, Case, Citation, Condition, Refusal, Statements
from detente.dossier import telling
from detente.dossier.line_words import line_words, proposal_words
from detente.dossier.page.html import inline_html
from detente.dossier.say import HEADINGS
from detente.dossier.sections.context import Context
from detente.dossier.words import plural
from detente.drafting import reviewing
from detente.drafting.joining import Cited, places, resting
from detente.drafting.reviewing import Proposal
from detente.english.speech import sentence
from detente.errors import CaseError, DetenteError
from detente.questions.targets import read_target
from detente.questions.update import PROPOSALS
from detente.reading import judged
from detente.reading.claims import KINDS, Claim
from detente.reading.evidence import Evidence, Place
from detente.reading.report import Report
from detente.workbench import passages
from detente.workbench.pieces import render, way_of
from detente.workbench.session import Session

FEW = 9
"""Kinds of claim that a digit sets; the others are found by typing."""


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
    found: str = ""

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
        told = plural(self.cites, "source")
        if not self.cites:
            told = f"assumed: {self.note}" if self.note else "assumed"
        return f"{told}; {self.found}" if self.found else told


def state(session: Session) -> dict[str, Any]:
    """Return everything that a page shows of a case but its answers, as JSON has it."""
    case = session.case
    shown = [] if case is None else list(shown_lines(case))
    cited = {} if case is None else places(case, session.evidence)
    return {
        "key": session.entry.key,
        "revision": session.store.revision,
        "title": case.title if case is not None else session.name,
        "undo": session.undo_what,
        "redo": session.redo_what,
        "broken": case is None,
        "copied": session.copied_from,
        "model": list(_model(session, shown)),
        "reports": list(passages.pieces(session, cited)),
        "claims": list(_claims(session, shown, cited)),
        "head": render("head.html.j2", **_head(session)),
    }


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


def _model(session: Session, shown: Sequence[Shown]) -> Iterator[tuple[str, str]]:
    """Yield the pieces of the middle pane: id and HTML."""
    case = session.case
    if case is None:
        yield (
            "m-broken",
            render(
                "broken.html.j2",
                problems=_problems(session),
                text=session.text,
                readable=session.readable(),
            ),
        )
        return
    raw_today = case.status_quo
    yield "m-case", render("case.html.j2", **_case(session, case, shown))
    if session.proposals:
        yield "m-proposals", render("proposals.html.j2", **_proposals(session, case))
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


def _proposals(session: Session, case: Case) -> dict[str, Any]:
    """Return what later reports propose and nobody has settled."""
    try:
        found = reviewing.proposals_of(session.proposals)
    except DetenteError as error:
        return {"rows": [], "fault": f"{PROPOSALS}: {error}"}
    context = telling.context(case)
    parties = [(party.name, party.label) for party in case.parties]
    return {"rows": [_proposal(one, session, context, parties) for one in found], "fault": ""}


def _proposal(
    one: Proposal, session: Session, context: Context, parties: Sequence[tuple[str, str]]
) -> dict[str, Any]:
    case, evidence = session.case, session.evidence
    assert case is not None
    told = proposal_words(case, one)
    plain = f"{case.party(one.party).label}: {one.said}" if one.party else one.said
    return {
        "id": one.id,
        "why": sentence(reviewing.MEANING[one.kind]),
        "words": inline_html(context.say(told), parties) if told else plain,
        "cites": [_cite(cite, evidence) for cite in one.cite],
        "note": one.note,
        "gone": one.kind in ("withdrawn", "contradicted"),
        "mends": one.kind == "new",
    }


_RISK = ("danger", "goal", "misstep", "tempo", "behaviour", "tick", "what_if")


def _case(session: Session, case: Case, shown: Sequence[Shown]) -> dict[str, Any]:
    return {
        "case": case,
        "target_line": "target" if case.target is not None else "outcomes/talks",
        "target_words": _target(case),
        "to_check": sum(line.draft for line in shown),
        "thin": not understood.enough(case),
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
    words, asked = words_of(case), asked_model(case)
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
            found_by(basis, asked=asked) if basis.draft else "",
        )


# --- claims -------------------------------------------------------------------------------------


def _claims(session: Session, shown: Sequence[Shown], cited: Cited) -> Iterator[dict[str, Any]]:
    """Yield each claim in the order of the text, with what accepting it would do."""
    evidence = session.evidence
    done = judged.reviewed(session.claims)
    order = {report.id: k for k, report in enumerate(evidence.reports)}
    words = {line.way: line for line in shown}
    claims = sorted(evidence.claims, key=lambda c: (order[c.report], c.content[0].start))
    for claim in claims:
        ways = [way_of(path) for path in resting(claim, cited)]
        yield {
            "id": claim.id,
            "report": claim.report,
            "kind": claim.kind,
            "party": claim.party or "",
            "done": claim.id in done,
            "words": " ".join(claim.text.split()),
            "lines": ways,
            "does": _does(claim, [words[way] for way in ways if way in words]),
            "by": claim.by,
            "shown": claim.shown,
        }


def _does(claim: Claim, there: Sequence[Shown]) -> str:
    """Say what accepting a claim does, on whose words some lines rest already."""
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
            return [_cite(cite, evidence) for cite in line.basis.cite]
    return []


def _cite(cite: Citation, evidence: Evidence) -> tuple[str, str, str]:
    place = evidence.locate(cite)
    return cite.report, cite.quote, place_of(place) if place else ""


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
