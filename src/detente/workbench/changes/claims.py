"""Changes of claims: what a person makes of a sentence, and what of it goes into the model."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from detente.case.editing import Edit, EditError
from detente.drafting import reviewing
from detente.drafting.citing import citation
from detente.drafting.joining import places, resting
from detente.drafting.reviewing import Proposal
from detente.questions.update import PROPOSALS
from detente.reading import judged
from detente.reading.claims import Claim
from detente.reading.evidence import CLAIMS
from detente.reading.paragraphs import Span
from detente.reading.report import Report
from detente.workbench.changes.core import CHANGES, Change, Desk, change, finished, short
from detente.workbench.changes.lines import long_form


def _claim(desk: Desk, name: str) -> Claim:
    found = next((c for c in desk.evidence.claims if c.id == name), None)
    if found is None:
        raise EditError("that claim is not there any more")
    return found


def _report(desk: Desk, name: str) -> Report:
    found = desk.evidence.report(name)
    if found is None:
        raise EditError(f"report '{name}' is not there any more")
    return found


def _claims(desk: Desk) -> str:
    return desk.texts.get(CLAIMS, "")


def cited(desk: Desk, claim: Claim) -> Mapping[str, str]:
    """Return the citation of a claim as a case file holds it."""
    made = citation(claim, _report(desk, claim.report).text)
    if made is None:
        raise EditError("these words cannot be cited; choose others")
    told = {
        "report": made.report,
        "quote": made.quote,
        "prefix": made.prefix,
        "suffix": made.suffix,
    }
    return {key: text for key, text in told.items() if text}


@change
def claim_accept(
    desk: Desk, claim: str, way: str = "", kind: str = "", formula: str = "", option: str = ""
) -> Change:
    """Accept a claim: it joins a line, becomes one, or is only marked as read.

    Parameters
    ----------
    way : str
        The line that its words join.
    kind, formula, option : str
        The line that it becomes.
    """
    one = _claim(desk, claim)
    texts = {CLAIMS: judged.accepted(_claims(desk), claim)}
    if way:
        more = CHANGES["cite"](desk, way=way, **cited(desk, one))
        texts |= more.texts
    elif formula:
        made = CHANGES["add_line"](
            desk, kind=kind, party=one.party or "", formula=formula, option=option,
            cite=cited(desk, one),
        )  # fmt: skip
        texts |= made.texts
    elif desk.case is not None:
        texts |= _drafts_accepted(desk, one)
    return Change(f"claim accepted: {short(one.text)}", texts)


def _drafts_accepted(desk: Desk, claim: Claim) -> Mapping[str, str]:
    """Return the case file in which the drafted lines hold that rest on a claim's words."""
    case = desk.whole
    there = resting(claim, places(case, desk.evidence))
    marked = [p for p in reviewing.marked(case) if tuple(p.way) in there]
    if not marked:
        return {}
    edits = [edit for p in marked for edit in reviewing.accept(p, case)]
    text = desk.made("", edits).texts[desk.file]
    return {desk.file: finished(desk, text)}


@change
def claim_out(desk: Desk, claim: str) -> Change:
    """Throw a claim out."""
    one = _claim(desk, claim)
    texts = {CLAIMS: judged.thrown_out(_claims(desk), claim)}
    return Change(f"claim thrown out: {short(one.text)}", texts)


@change
def claim_kind(desk: Desk, claim: str, kind: str) -> Change:
    """Set the kind of a claim."""
    one = _claim(desk, claim)
    return Change(
        f"kind is {kind} now: {short(one.text)}",
        {CLAIMS: judged.with_kind(_claims(desk), claim, kind)},
    )


@change
def claim_party(desk: Desk, claim: str, party: str) -> Change:
    """Set whose a claim is."""
    one = _claim(desk, claim)
    whose = desk.party(party).label if party else "nobody known"
    return Change(
        f"claim is of {whose}: {short(one.text)}",
        {CLAIMS: judged.with_party(_claims(desk), claim, party)},
    )


@change
def claim_wider(desk: Desk, claim: str) -> Change:
    """Let a claim hold more words: its clause, its sentence, its paragraph."""
    one = _claim(desk, claim)
    text = _report(desk, one.report).text
    span = judged.wider(text, Span(one.content[0].start, one.content[-1].end))
    return Change(
        f"words widened: {short(one.text)}",
        {CLAIMS: judged.with_words(_claims(desk), claim, text, span)},
    )


@change
def claim_make(
    desk: Desk, report: str, start: int, end: int, kind: str = "statement", party: str = ""
) -> Change:
    """Make a claim of some words."""
    found = _report(desk, report)
    made = judged.claim_by_hand(
        found.id, found.text, Span(int(start), int(end)), kind, party, _claims(desk)
    )
    texts = {CLAIMS: judged.added(_claims(desk), made)}
    return Change(f"claim made: {short(made.text)}", texts, go=f"claim:{made.id}")


@change
def claims(desk: Desk, text: str, proposals: str = "") -> Change:
    """Take in what was read in the reports, and what new ones of them propose."""
    told = {CLAIMS: text, **({PROPOSALS: proposals} if proposals else {})}
    return Change("reports read", told)


# --- what later reports propose -----------------------------------------------------------------

_Make: TypeAlias = Callable[[Proposal], tuple[Edit, ...]]


def _settled(desk: Desk, proposal: str, what: str, make: _Make) -> Change:
    """Return a change of the case and of what still waits to be settled."""
    waiting = reviewing.proposals_of(desk.texts.get(PROPOSALS, ""))
    found = next((one for one in waiting if one.id == proposal), None)
    if found is None:
        raise EditError("that proposal is not there any more")
    edits = make(found)
    texts = dict(desk.made("", edits).texts) if edits else {}
    texts[PROPOSALS] = reviewing.proposals_text(one for one in waiting if one.id != proposal)
    way = "/".join(map(str, edits[0].way)) if edits else ""
    return Change(f"{what}: {short(found.said)}", texts, go=way)


@change
def proposal_accept(desk: Desk, proposal: str) -> Change:
    """Take a proposal of later reports into the case."""

    def taken(found: Proposal) -> tuple[Edit, ...]:
        edits = reviewing.accept(found, desk.whole)
        if not edits:
            raise EditError("the line that this is about is not in the case any more; throw it out")
        if found.kind != "changed":
            return edits
        way = edits[0].way
        return (*long_form(desk, way[: way.index("cite")]), *edits)

    return _settled(desk, proposal, "accepted", taken)


@change
def proposal_out(desk: Desk, proposal: str) -> Change:
    """Throw a proposal of later reports out."""
    return _settled(desk, proposal, "thrown out", reviewing.throw_out)


@change
def proposal_mend(
    desk: Desk,
    proposal: str,
    that: str = "",
    option: str = "",
    needs: str = "",
    refuses: str = "",
    label: str = "",
) -> Change:
    """Take a proposal into the case with other formulas, each under its key in the file."""
    every = {"that": that, "option": option, "needs": needs, "refuses": refuses, "label": label}
    told = {key: text for key, text in every.items() if text}
    what = "mended and accepted"
    return _settled(desk, proposal, what, lambda one: reviewing.mend(one, desk.whole, told))
