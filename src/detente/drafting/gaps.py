"""What the reports do not say, so that a person knows what to look for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from detente.case.model import Case, Statements
from detente.case.understood import NOTHING_READ, missing
from detente.drafting.lines import Lines
from detente.drafting.options import Menu
from detente.drafting.sides import Sides
from detente.drafting.waiting import waiting
from detente.english.speech import English, sentence, shortened
from detente.reading.claims import Claim

MAX_NAMED = 6
_WORDS = 90
"""Characters of a claim that are told."""
_NEAR = 2
"""So many characters between two words of a claim are a mark and a space."""
_INNER = str.maketrans("“”", "‘’")


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that the reports leave open.

    Parameters
    ----------
    kind : str
        ``talks``, ``understood``, ``waiting``, ``conditions``, ``refusals``, ``dropped``,
        ``meaning``, ``demands``, ``options``, ``today``, ``dates``, ``parties`` or ``nobody``.
    text : str
        A sentence for people.
    """

    kind: str
    text: str


def gaps(
    case: Case, claims: Sequence[Claim], said: Lines, menu: Menu, people: Sides
) -> tuple[Gap, ...]:
    """Return what is missing in a drafted case, the weightiest first.

    Parameters
    ----------
    case : Case
        The case.
    claims : sequence of Claim
        Those that no position was made of.
    said : Lines
        The conditions and refusals.
    menu : Menu
        The options.
    people : Sides
        Who takes part.
    """
    if not people.names:
        return (*_talks(case, people), *_nothing(case), *_left_out(claims, menu, people))
    return (
        *_talks(case, people),
        *_understood(case),
        *_waiting(case),
        *_dropped(said),
        *_positions(case),
        *_meaning(said),
        *_no_deeds(claims, people),
        *_wants(case),
        *_today(case),
        *_left_out(claims, menu, people),
    )


def _nothing(case: Case) -> Iterator[Gap]:
    """Yield what to do with a draft without a party."""
    why = NOTHING_READ if NOTHING_READ in missing(case) else "no party was found"
    yield Gap(
        "understood",
        f"{sentence(why)}. What is read are reports of a dispute, in English, that tell what its"
        " parties say and do: give it others, or begin a case by hand ('detente new').",
    )


def _understood(case: Case) -> Iterator[Gap]:
    if why := list(missing(case)):
        yield Gap("understood", f"Too little was understood to answer from it: {'; '.join(why)}.")


def _talks(case: Case, people: Sides) -> Iterator[Gap]:
    if people.talks:
        return
    known = (*people.names, *people.left_out)
    names = f"it may be {_list(known)}" if known else "nobody is named in these reports"
    yield Gap(
        "talks",
        f"Who has to sit down with whom? It cannot be told; {names}. Answer with"
        " 'detente draft --ask', or name them under 'talks' in a sides.yaml.",
    )


def _waiting(case: Case) -> Iterator[Gap]:
    for one, other in waiting(case):
        told = f"{sentence(English(case).said(one))}, and {English(case).said(other)}"
        yield Gap("waiting", f"Each waits for the other: {told}. Who begins is not said.")


def _dropped(said: Lines) -> Iterator[Gap]:
    for c in _distinct(said.dropped):
        yield Gap("dropped", f"{c.party} no longer asks for this: “{_few(c)}” ({c.report}).")


def _positions(case: Case) -> Iterator[Gap]:
    if not case.conditions:
        yield Gap("conditions", "No condition was found: nobody says 'only if' of an option here.")
    if not case.refusals:
        yield Gap("refusals", "No refusal of a known option was found.")


def _meaning(said: Lines) -> Iterator[Gap]:
    texts = [
        f"What {c.party} means by “{_few(c)}” ({c.report}) is not clear." for c in said.unclear
    ]
    for text in texts[:MAX_NAMED]:
        yield Gap("meaning", text)
    if len(texts) > MAX_NAMED:
        yield Gap("meaning", f"The same holds of {len(texts) - MAX_NAMED:,} more claims.")


_POSITIONS = ("condition", "refusal", "demand", "offer", "acceptance", "threat", "pressure")


def _no_deeds(claims: Sequence[Claim], people: Sides) -> Iterator[Gap]:
    """Yield the positions whose words name no deed that an option could be made of."""
    found = [
        f"“{_few(c)}” ({c.party}, {c.report})"
        for c in _distinct(claims)
        if c.kind in _POSITIONS and c.party in people.names
        if any(act is not None and act.fault for act in (c.act, c.bound))
    ]
    if found:
        yield Gap(
            "meaning",
            "Left out, as these words name nothing that could be done or left, or do not say"
            f" what: {_list(found)}.",
        )


def _wants(case: Case) -> Iterator[Gap]:
    for party in case.parties:
        wants = party.preferences
        if not (isinstance(wants, Statements) and wants.statements):
            yield Gap("demands", f"What {party.label} wants, these reports do not say.")
        if not party.options:
            yield Gap("options", f"Nothing {party.label} could do was found.")


def _today(case: Case) -> Iterator[Gap]:
    if not any(case.status_quo or ()):
        yield Gap("today", "No report tells of anything done already; today, nothing is done.")
    if case.as_of is None:
        yield Gap("dates", "No report has a date, so the case has none; add 'as_of'.")


def _left_out(claims: Sequence[Claim], menu: Menu, people: Sides) -> Iterator[Gap]:
    if menu.left_out:
        named = [f"“{choice.label}” ({choice.agent})" for choice in menu.left_out]
        yield Gap("options", f"Left out, as there were too many: {_list(named)}.")
    if people.mediators:
        yield Gap("parties", f"Taken to bring the others together: {_list(people.mediators)}.")
    if people.left_out:
        yield Gap(
            "parties",
            "Left out, as they have no position of their own or nothing is asked of them:"
            f" {_list(people.left_out)}.",
        )
    nobody = sum(c.party is None and c.kind != "statement" for c in claims)
    if nobody:
        few = "claim names" if nobody == 1 else "claims name"
        yield Gap("nobody", f"{nobody:,} {few} nobody who does it; see claims.jsonl.")


def _list(names: Sequence[str]) -> str:
    """Return names in a row, the last ones counted where there are many."""
    more = f" and {len(names) - MAX_NAMED} more" if len(names) > MAX_NAMED else ""
    return ", ".join(names[:MAX_NAMED]) + more


def _few(claim: Claim) -> str:
    """Return the first words of a claim, with a mark where words between them are none of it."""
    told, at = "", 0
    for k, span in enumerate(claim.content):
        if k:
            told += " " if span.start - claim.content[k - 1].end <= _NEAR else " … "
        told += claim.text[at : (at := at + span.end - span.start)]
    flat = " ".join(told.translate(_INNER).split()).strip(" ,.")
    return shortened(flat, _WORDS)


def _distinct(claims: Sequence[Claim]) -> list[Claim]:
    """Return claims with the same words by the same party once."""
    return list({(c.party, c.text): c for c in reversed(claims)}.values())[::-1]
