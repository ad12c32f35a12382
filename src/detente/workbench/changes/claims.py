"""Changes of claims: what a person makes of a sentence, and what of it goes into the model."""

from __future__ import annotations

from collections.abc import Mapping

from detente.case.editing import EditError
from detente.drafting import reviewing
from detente.drafting.citing import citation
from detente.drafting.joining import joint, places
from detente.reading import judged
from detente.reading.claims import Claim
from detente.reading.evidence import CLAIMS
from detente.reading.paragraphs import Span
from detente.reading.report import Report
from detente.workbench.changes.core import CHANGES, Change, Desk, change, finished, short


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
    found = joint(claim, case, places(case, desk.evidence))
    marked = [p for p in reviewing.marked(case) if tuple(p.way) in found.lines]
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
def claims(desk: Desk, text: str) -> Change:
    """Take in what was read in the reports anew."""
    if _claims(desk):
        raise EditError("the reports have been read already")
    return Change("reports read", {CLAIMS: text})
